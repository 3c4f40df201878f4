/* An encrypting filter in a stack of disk drivers, as Windows drivers are written. A request comes from above and
   is passed down; its completion routine runs when the lower driver is done. Reads are finished in the completion
   routine. A write waits for its completion on a sticky event and finishes it itself. What the lower disk has done
   in part counts as failed: the layer above asks again for the whole.
     NEVER_RESETS       the event is not reset, so that the second write does not wait
     COMPLETES_TWICE    the completion routine hands a write back that its dispatch routine is waiting for
     ERROR_PATH_SLEEPS  a write that failed never signals the event
     TOUCHES_PASSED     a read is decrypted after it was passed down
     FORGETS_REST       a read that is done in part is neither finished nor asked for again
     DROPS_SERIAL       the serial number is neither passed on nor given back */
#include "filter.h"

//@ import "../contract.sg";
/*@ driver Filter : threads {
      port upper : exp BlockDisk;
      port lower : imp BlockDisk;
      state Idle, Reading = upper@Reading, Writing = upper@Writing;
      owned b, serial;
      var outcome : {DONE, FAILED, GONE} = DONE;
      event done latch;                                                 @*/

static void on_online(struct filter *f, struct serial *s)       //@ on lower.Online(serial) {
{
#ifdef DROPS_SERIAL                                             //@ #ifdef DROPS_SERIAL
    (void)s;
    no_medium(f->upper);                                        //@   send upper.NoMedium;
#else                                                           //@ #else
    online(f->upper, s);                                        //@   send upper.Online(serial);
#endif                                                          //@ #endif
}                                                               //@ }

static void on_no_medium(struct filter *f)                      //@ on lower.NoMedium {
{
    no_medium(f->upper);                                        //@   send upper.NoMedium;
}                                                               //@ }

static void on_read(struct filter *f, struct buffer *b)         //@ on upper.Read(b) {
{
    read(f->lower, b);                                          //@   goto Reading;  send lower.Read(b);
#ifdef TOUCHES_PASSED                                           //@ #ifdef TOUCHES_PASSED
    decrypt(b);                                                 //@   use b as decrypt;
#endif                                                          //@ #endif
}                                                               //@ }

static void on_read_done(struct filter *f, struct buffer *b)    //@ on lower.ReadDone(b) {
{
    decrypt(b);                                                 //@   use b as decrypt;  goto Idle as on_read_done;
    read_done(f->upper, b);                                     //@   send upper.ReadDone(b);
}                                                               //@ }

static void on_read_part(struct filter *f, struct buffer *b)    //@ on lower.ReadPart(b) {
{
    keep_part(f->lower);                                        //@   send lower.KeepPart;
#ifdef FORGETS_REST                                             //@ #ifdef FORGETS_REST
    recycle(b);                                                 //@   free b as recycle;
#else                                                           //@ #else
    read_failed(f->upper, b);                                   //@   goto Idle as read_failed;  send upper.ReadFailed(b);
#endif                                                          //@ #endif
}                                                               //@ }

static void on_read_failed(struct filter *f, struct buffer *b)  //@ on lower.ReadFailed(b) {
{
    read_failed(f->upper, b);                                   //@   goto Idle as read_failed;  send upper.ReadFailed(b);
}                                                               //@ }

static void on_write(struct filter *f, struct buffer *b)        //@ on upper.Write(b) {
{
#ifndef NEVER_RESETS                                            //@ #ifndef NEVER_RESETS
    event_reset(f->done);                                       //@   reset done;
#endif                                                          //@ #endif
    encrypt(b);                                                 //@   use b as encrypt;  goto Writing as on_write;
    write(f->lower, b);                                         //@   send lower.Write(b);
    event_wait(f->done);                                        //@   wait done;
    decrypt(b);                                                 //@   use b as decrypt;  goto Idle as decrypt;
    switch (f->outcome) {
    case DONE: write_done(f->upper, b); break;                  //@   if (outcome == DONE) { send upper.WriteDone(b); }
    case FAILED: write_failed(f->upper, b); break;              //@   else if (outcome == FAILED) { send upper.WriteFailed(b); }
    case GONE: medium_gone(f->upper, b); break;                 //@   else { send upper.MediumGone(b); }
    }
}                                                               //@ }

static void on_write_done(struct filter *f, struct buffer *b)   //@ on lower.WriteDone(b) {
{
    f->outcome = DONE;                                          //@   outcome = DONE;
#ifdef COMPLETES_TWICE                                          //@ #ifdef COMPLETES_TWICE
    write_done(f->upper, b);                                    //@   send upper.WriteDone(b);
#endif                                                          //@ #endif
    event_signal(f->done);                                      //@   signal done;
    (void)b;
}                                                               //@ }

static void on_write_part(struct filter *f, struct buffer *b)   //@ on lower.WritePart(b) {
{
    (void)b;
    accept_loss(f->lower);                                      //@   send lower.AcceptLoss;
    f->outcome = FAILED;                                        //@   outcome = FAILED;
    event_signal(f->done);                                      //@   signal done;
}                                                               //@ }

static void on_write_failed(struct filter *f, struct buffer *b) //@ on lower.WriteFailed(b) {
{
    (void)b;
    f->outcome = FAILED;                                        //@   outcome = FAILED;
#ifndef ERROR_PATH_SLEEPS                                       //@ #ifndef ERROR_PATH_SLEEPS
    event_signal(f->done);                                      //@   signal done;
#endif                                                          //@ #endif
}                                                               //@ }

/* The medium was taken out under a read or a write: the routine is the same, what it does is not. */
static void on_medium_gone(struct filter *f, struct buffer *b)  //@ on lower.MediumGone(b) as medium_gone in Writing {
{
    f->outcome = GONE;                                          //@   outcome = GONE;
    event_signal(f->done);                                      //@   signal done;
    (void)b;
}                                                               //@ }

static void on_read_gone(struct filter *f, struct buffer *b)    //@ on lower.MediumGone(b) as read_gone in Reading {
{
    medium_gone(f->upper, b);                                   //@   goto Idle as gone;  send upper.MediumGone(b);
}                                                               //@ }

static void on_flush(struct filter *f)                          //@ on upper.Flush {
{
    flush(f->lower);                                            //@   send lower.Flush;
}                                                               //@ }

static void on_flushed(struct filter *f)                        //@ on lower.Flushed {
{
    flushed(f->upper);                                          //@   send upper.Flushed;
}                                                               //@ }

static void on_flush_failed(struct filter *f)                   //@ on lower.FlushFailed {
{
    flush_failed(f->upper);                                     //@   send upper.FlushFailed;
}                                                               //@ }

/* What is deleted need not be encrypted: the hint is not passed down. */
static void on_discard(struct filter *f)                        //@ on upper.Discard {
{
    discard_ignored(f->upper);                                  //@   send upper.DiscardIgnored;
}                                                               //@ }

static void on_wait_for_medium(struct filter *f)                //@ on upper.WaitForMedium {
{
    wait_for_medium(f->lower);                                  //@   send lower.WaitForMedium;
}                                                               //@ }

static void on_close(struct filter *f)                          //@ on upper.Close {
{
    close_lower(f->lower);                                      //@   send lower.Close;
}                                                               //@ }

static void on_closed(struct filter *f)                         //@ on lower.Closed {
{
    closed(f->upper);                                           //@   send upper.Closed;
}                                                               //@ }
//@ }
//@ check (Filter.upper@Writing) leadsto (Filter.upper@Ready || Filter.upper@Empty);
//@ check reachable (Filter.outcome == GONE && Filter.upper@Empty);

const struct filter_operations filter_operations = {
    on_online, on_no_medium, on_read, on_read_done, on_read_part, on_read_failed, on_write, on_write_done,
    on_write_part, on_write_failed, on_medium_gone, on_read_gone, on_flush, on_flushed, on_flush_failed,
    on_discard, on_wait_for_medium, on_close, on_closed,
};

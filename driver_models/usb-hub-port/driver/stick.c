/* The driver of a USB memory stick, which may be pulled out at any time: while it is asked what it is, at rest, in
   the middle of a transfer, and on its way into sleep or out of it.
     UNPLUG_IN_TRANSFER  nobody has thought of a removal in the middle of a transfer
     ANSWERS_TOO_EARLY   the client gets its buffer back before the hub has returned it
     FORGETS_CLIENT      the hub is told that the removal was seen, and the client waits for ever
     SLEEPS_IN_TRANSFER  asks the hub to suspend a port that is busy
     STAYS_UP            does not remember that the stick is gone */
#include "stick.h"

//@ import "../contract.sg";
/*@ contract Stick {
      in message Open();  out message Opened();  out message NoDevice();
      in message Transfer(byte[] in ExHeap b);
      out message Transferred(byte[] in ExHeap b);  out message Failed(byte[] in ExHeap b);
      state Closed: one { Open? -> (Opened! or NoDevice!) -> Ready; }
      state Ready: one { Transfer? -> (Transferred! or Failed!) -> Ready; }
    }
    driver Memory : loop {
      port hub : imp HubPort;
      port client : exp Stick;
      power pm;
      state New = hub@Fresh, Asking, Configuring, Up = hub@Configured, Busy, Stalled, Cut = hub@Returning,
            Sleeping, Asleep = hub@Asleep, Waking, Gone = hub@Gone;
      owned keep b;  owned text;                                         @*/

static void on_open(struct stick *s)                             //@ on client.Open in New {
{
    read_descriptor(s->hub);                                     //@   send hub.ReadDescriptor;
                                                                 //@   goto Asking;
}                                                                //@ }

static void on_descriptor(struct stick *s, struct buffer *text)  //@ on hub.Descriptor(text) in Asking {
{
    int known = understands(text);                               //@   use text;
    free_buffer(text);                                           //@   free text;
    if (known) {                                                 //@   choose {
        select_configuration(s->hub);                            //@     send hub.SelectConfiguration;
                                                                 //@     goto Configuring;
    } else {                                                     //@   } or {
        decline(s->hub);                                         //@     send hub.Decline;
        no_device(s->client);                                    //@     send client.NoDevice;
                                                                 //@     goto Gone;
    }                                                            //@   }
}                                                                //@ }

static void on_configured(struct stick *s)                       //@ on hub.ConfigurationSet as configured in Configuring {
{
    opened(s->client);                                           //@   send client.Opened;
                                                                 //@   goto Up;
}                                                                //@ }

static void on_refused(struct stick *s)                          //@ on hub.ConfigurationRefused as refused in Configuring {
{
    decline(s->hub);                                             //@   send hub.Decline;
    no_device(s->client);                                        //@   send client.NoDevice;
                                                                 //@   goto Gone;
}                                                                //@ }

static void on_transfer(struct stick *s, struct buffer *b)       //@ on client.Transfer(b) in Up {
{
    submit(s->hub, b);                                           //@   send hub.Submit(b);
                                                                 //@   goto Busy;
}                                                                //@ }

/* A sleeping or absent stick moves nothing. On its way into sleep or out of it the request waits. */
static void on_transfer_refused(struct stick *s, struct buffer *b) //@ on client.Transfer(b) in Asleep, Gone {
{
    transfer_failed(s->client, b);                               //@   send client.Failed(b);
}                                                                //@ }
//@ defer client.Transfer in Sleeping, Waking;

static void on_completed(struct stick *s, struct buffer *b)      //@ on hub.Completed(b) in Busy {
{
    transferred(s->client, b);                                   //@   send client.Transferred(b);
                                                                 //@   goto Up;
}                                                                //@ }

static void on_stalled(struct stick *s, struct buffer *b)        //@ on hub.Stalled(b) in Busy {
{
    s->transfer = b;                                             //@   use b as transfer;
    clear_halt(s->hub);                                          //@   send hub.ClearHalt;
                                                                 //@   goto Stalled;
}                                                                //@ }

static void on_halt_cleared(struct stick *s)                     //@ on hub.HaltCleared in Stalled {
{
    transfer_failed(s->client, s->transfer);                     //@   send client.Failed(b);
                                                                 //@   goto Up;
}                                                                //@ }

static void on_detached_early(struct stick *s)                   //@ on hub.Detached in Asking, Configuring {
{
    detach_seen(s->hub);                                         //@   send hub.DetachSeen;
    no_device(s->client);                                        //@   send client.NoDevice;
                                                                 //@   goto Gone;
}                                                                //@ }

static void on_detached(struct stick *s)                         //@ on hub.Detached in Up, Asleep {
{
    detach_seen(s->hub);                                         //@   send hub.DetachSeen;
#ifndef STAYS_UP                                                 //@ #ifndef STAYS_UP
                                                                 //@   goto Gone;
#endif                                                           //@ #endif
}                                                                //@ }

/* The hub still has the buffer; it comes back with Aborted. */
#ifndef UNPLUG_IN_TRANSFER                                       //@ #ifndef UNPLUG_IN_TRANSFER
static void on_detached_busy(struct stick *s)                    //@ on hub.Detached in Busy {
{
#ifdef ANSWERS_TOO_EARLY                                         //@ #ifdef ANSWERS_TOO_EARLY
    transfer_failed(s->client, s->transfer);                     //@   send client.Failed(b);
#endif                                                           //@ #endif
    (void)s;
                                                                 //@   goto Cut;
}                                                                //@ }
#endif                                                           //@ #endif

static void on_aborted(struct stick *s, struct buffer *b)        //@ on hub.Aborted(b) in Cut {
{
    detach_seen(s->hub);                                         //@   send hub.DetachSeen;
#ifdef FORGETS_CLIENT                                            //@ #ifdef FORGETS_CLIENT
    free_buffer(b);                                              //@   free b;
#else                                                            //@ #else
    transfer_failed(s->client, b);                               //@   send client.Failed(b);
#endif                                                           //@ #endif
                                                                 //@   goto Gone;
}                                                                //@ }

static void on_detached_stalled(struct stick *s)                 //@ on hub.Detached in Stalled {
{
    detach_seen(s->hub);                                         //@   send hub.DetachSeen;
    transfer_failed(s->client, s->transfer);                     //@   send client.Failed(b);
                                                                 //@   goto Gone;
}                                                                //@ }

#ifdef SLEEPS_IN_TRANSFER                                        //@ #ifdef SLEEPS_IN_TRANSFER
static void on_suspend(struct stick *s)                          //@ on pm.Suspend in Up, Busy {
#else                                                            //@ #else
static void on_suspend(struct stick *s)                          //@ on pm.Suspend in Up {
#endif                                                           //@ #endif
{
    suspend(s->hub);                                             //@   send hub.Suspend;
                                                                 //@   goto Sleeping;
}                                                                //@ }
//@ defer pm.Suspend in Asking, Configuring, Stalled, Cut;
//@ #ifndef SLEEPS_IN_TRANSFER
//@ defer pm.Suspend in Busy;
//@ #endif

static void on_suspended(struct stick *s)                        //@ on hub.Suspended in Sleeping {
{
    suspended(s->power);                                         //@   send pm.Suspended;
                                                                 //@   goto Asleep;
}                                                                //@ }

static void on_detached_sleeping(struct stick *s)                //@ on hub.Detached in Sleeping {
{
    detach_seen(s->hub);                                         //@   send hub.DetachSeen;
    suspended(s->power);                                         //@   send pm.Suspended;
                                                                 //@   goto Gone;
}                                                                //@ }

static void on_resume(struct stick *s)                           //@ on pm.Resume in Asleep {
{
    resume(s->hub);                                              //@   send hub.Resume;
                                                                 //@   goto Waking;
}                                                                //@ }

static void on_resumed(struct stick *s)                          //@ on hub.Resumed in Waking {
{
    resumed(s->power);                                           //@   send pm.Resumed;
                                                                 //@   goto Up;
}                                                                //@ }

static void on_detached_waking(struct stick *s)                  //@ on hub.Detached in Waking {
{
    detach_seen(s->hub);                                         //@   send hub.DetachSeen;
    resumed(s->power);                                           //@   send pm.Resumed;
                                                                 //@   goto Gone;
}                                                                //@ }

/* Where there is nothing to put to sleep or to wake. */
static void on_suspend_nothing(struct stick *s)                  //@ on pm.Suspend in New, Gone {
{
    suspended(s->power);                                         //@   send pm.Suspended;
}                                                                //@ }

static void on_resume_nothing(struct stick *s)                   //@ on pm.Resume in New, Gone, Asking, Configuring, Up, Busy, Stalled, Cut {
{
    resumed(s->power);                                           //@   send pm.Resumed;
}                                                                //@ }
//@ }
//@ check (Memory.client@Ready && Memory@Cut) leadsto (Memory@Gone);

const struct stick_operations stick_operations = {
    on_open, on_transfer, on_transfer_refused, on_descriptor, on_configured, on_refused, on_completed, on_stalled,
    on_halt_cleared, on_aborted,
#ifdef UNPLUG_IN_TRANSFER
    {on_detached_early, on_detached, 0, on_detached_stalled, on_detached_sleeping, on_detached_waking},
#else
    {on_detached_early, on_detached, on_detached_busy, on_detached_stalled, on_detached_sleeping, on_detached_waking},
#endif
    on_suspend, on_suspend_nothing, on_suspended, on_resume, on_resume_nothing, on_resumed,
};

/* A network card that captures frames and sends none: buffers of the stack are lent to the card's DMA and come
   back. The interrupt handler shares a ring with the requests; a spin lock guards it. The stack polls: of the
   events it is told the end alone.
     STOP_KEEPS_DMA        buffers go back to the stack while the card may still write into them
     RETURNS_LOCKED        the early return of TakeReceived forgets the lock
     SLEEPS_IN_IRQ         the interrupt handler sleeps until the card has settled
     EVENT_TOO_EARLY       says that the link is up before anybody has registered for events
     DROPS_LENT            StopIO forgets the buffer that is lent and lets the stack lend another */
#include "nic.h"

//@ import "../contract.sg";
/*@ driver Nic : threads {
      port dev    : exp NicDevice;      // the network stack
      port events : exp NicEvents;      // unbound until RegisterForEvents brings it
      state New, Stopped, Running;
      owned keep rx;  owned second, tx, model;
      var lent : bool;  var full : bool;
      lock ring spin;
      irq received armed;                                                  @*/

static void nic_start(struct nic *n)                            //@ thread start {
{
    struct buffer *model = new_model_name(n);                   //@   new model;

    send_device_info(n->dev, model);                            //@   send dev.DeviceInfo(model);
#ifdef EVENT_TOO_EARLY                                          //@ #ifdef EVENT_TOO_EARLY
    send_event(n->events);                                      //@   send events.Event;
#endif                                                          //@ #endif
}                                                               //@ }

static void nic_register(struct nic *n, struct channel *events) //@ on dev.RegisterForEvents(events) as register {
{
    n->events = events;                                         //@   goto Stopped as events;
    send_events_registered(n->dev);                             //@   send dev.EventsRegistered;
}                                                               //@ }

static void nic_configure(struct nic *n)                        //@ on dev.ConfigureIO as configure {
{
    if (parameters_are_good(n))                                 //@   choose {
        send_io_configured(n->dev);                             //@     send dev.IOConfigured;
    else                                                        //@   } or {
        send_bad_parameters(n->dev);                            //@     send dev.BadParameters;
                                                                //@   }
}                                                               //@ }

static void nic_start_io(struct nic *n)                         //@ on dev.StartIO {
{
    if (link_is_up(n)) {                                        //@   choose {
        n->running = true;                                      //@     goto Running;
        send_io_started(n->dev);                                //@     send dev.IOStarted;
    } else {                                                    //@   } or {
        send_no_link(n->dev);                                   //@     send dev.NoLink;
    }                                                           //@   }
}                                                               //@ }

static void nic_lend(struct nic *n, struct buffer *b)           //@ on dev.LendForReceive(rx) as lend in Running when (!lent) {
{
    if (!size_is_right(n, b)) {                                 //@   choose {
        send_wrong_size(n->dev, b);                             //@     send dev.WrongSize(rx);
        return;                                                 //@     return;
    }                                                           //@   } or { skip; }
    n->rx = b;
    ring_lock(n);                                               //@   acquire ring;
    ring_give(n, n->rx);                                        //@   give rx to hw as ring_give;
    n->lent = true;                                             //@   lent = true;
    arm_receive(n);                                             //@   arm received as receive;
    ring_unlock(n);                                             //@   release ring;
    send_lent(n->dev);                                          //@   send dev.Lent;
}                                                               //@ }

/* The ring has one slot. What comes while it is taken goes straight back. */
static void nic_lend_more(struct nic *n, struct buffer *b)      //@ on dev.LendForReceive(second) as lend in Running when (lent) {
{
    send_receive_ring_full(n->dev, b);                          //@   send dev.ReceiveRingFull(second);
}                                                               //@ }

static void nic_take_received(struct nic *n)                    //@ on dev.TakeReceived in Running {
{
    ring_lock(n);                                               //@   acquire ring;
    if (!n->full) {                                             //@   if (!full) {
#ifndef RETURNS_LOCKED                                          //@ #ifndef RETURNS_LOCKED
        ring_unlock(n);                                         //@     release ring;
#endif                                                          //@ #endif
        send_nothing_received(n->dev);                          //@     send dev.NothingReceived;
        return;                                                 //@     return;
    }                                                           //@   }
    n->full = false;                                            //@   full = false;
    n->lent = false;                                            //@   lent = false;
    ring_take(n, n->rx);                                        //@   take rx;
    ring_unlock(n);                                             //@   release ring;
    send_received(n->dev, n->rx);                               //@   send dev.Received(rx);
}                                                               //@ }

static void nic_send(struct nic *n, struct buffer *b)           //@ on dev.Send(tx) in Running {
{
    send_send_ring_full(n->dev, b);                             //@   send dev.SendRingFull(tx);
}                                                               //@ }

static void nic_take_sent(struct nic *n)                        //@ on dev.TakeSent in Running {
{
    send_nothing_sent(n->dev);                                  //@   send dev.NothingSent;
}                                                               //@ }

/* Atomic: may take the spin lock, may not sleep. When it gets the lock, StopIO may have taken the buffer. */
static void nic_receive_interrupt(struct nic *n)                //@ on received as receive {
{
    ring_lock(n);                                               //@   acquire ring;
    n->full = n->lent;                                          //@   full = lent;
    ring_unlock(n);                                             //@   release ring;
#ifdef SLEEPS_IN_IRQ                                            //@ #ifdef SLEEPS_IN_IRQ
    msleep(1);                                                  //@   block as msleep;
#endif                                                          //@ #endif
}                                                               //@ }

/* The receiver is switched off first; then nothing is lent any more, and every buffer goes home. */
static void nic_stop_io(struct nic *n)                          //@ on dev.StopIO as stop_io in Running {
{
    n->running = false;                                         //@   goto Stopped as running;
    ring_lock(n);                                               //@   acquire ring;
    cancel_receive(n);                                          //@   cancel received as receive;
    if (n->lent) {                                              //@   if (lent) {
        n->lent = n->full = false;                              //@     lent = false;  full = false;
#ifndef STOP_KEEPS_DMA                                          //@ #ifndef STOP_KEEPS_DMA
        ring_take(n, n->rx);                                    //@     take rx;
#endif                                                          //@ #endif
        ring_unlock(n);                                         //@     release ring;
#ifndef DROPS_LENT                                              //@ #ifndef DROPS_LENT
        send_buffer_back(n->dev, n->rx);                        //@     send dev.BufferBack(rx);
        recv_next_buffer(n->dev);                               //@     recv dev.NextBuffer;
#endif                                                          //@ #endif
    } else {                                                    //@   } else {
        ring_unlock(n);                                         //@     release ring;
    }                                                           //@   }
    send_io_stopped(n->dev);                                    //@   send dev.IOStopped;
}                                                               //@ }

static void nic_close(struct nic *n)                            //@ on dev.Close in Stopped {
{
    send_events_end(n->events);                                 //@   send events.EventsEnd;
    send_closed(n->dev);                                        //@   send dev.Closed;
}                                                               //@ }

static void nic_close_early(struct nic *n)                      //@ on dev.Close in New {
{
    send_closed(n->dev);                                        //@   send dev.Closed;
}                                                               //@ }
//@ }
//@ check never (Nic.active == 0 && Nic.full && !Nic.lent);
//@ check reachable (Nic@Stopped && Nic.dev@DRAINING && !Nic.lent);

const struct nic_operations nic_operations = {
    nic_start, nic_register, nic_configure, nic_start_io, nic_lend, nic_lend_more, nic_take_received,
    nic_send, nic_take_sent, nic_stop_io, nic_close, nic_close_early, nic_receive_interrupt,
};

/* What the driver uses of the card and of the system. */
#ifndef NIC_H
#define NIC_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct channel;

struct nic {
    struct channel *dev, *events;  /* the network stack; where news of the card go */
    struct buffer *rx;             /* what is lent to the card */
    bool lent, full, running;
};

void ring_lock(struct nic *n);
void ring_unlock(struct nic *n);
void ring_give(struct nic *n, struct buffer *b);
struct buffer *ring_take(struct nic *n, struct buffer *b);
void arm_receive(struct nic *n);
void cancel_receive(struct nic *n);
bool link_is_up(struct nic *n);
bool size_is_right(struct nic *n, struct buffer *b);
bool parameters_are_good(struct nic *n);
struct buffer *new_model_name(struct nic *n);

void msleep(unsigned milliseconds);

void send_device_info(struct channel *c, struct buffer *model);
void send_events_registered(struct channel *c);
void send_io_configured(struct channel *c);
void send_bad_parameters(struct channel *c);
void send_io_started(struct channel *c);
void send_no_link(struct channel *c);
void send_lent(struct channel *c);
void send_receive_ring_full(struct channel *c, struct buffer *b);
void send_wrong_size(struct channel *c, struct buffer *b);
void send_received(struct channel *c, struct buffer *b);
void send_nothing_received(struct channel *c);
void send_send_ring_full(struct channel *c, struct buffer *b);
void send_nothing_sent(struct channel *c);
void send_buffer_back(struct channel *c, struct buffer *b);
void recv_next_buffer(struct channel *c);
void send_io_stopped(struct channel *c);
void send_closed(struct channel *c);
void send_event(struct channel *c);
void send_events_end(struct channel *c);

/* The table that the system calls the driver through. */
struct nic_operations {
    void (*start)(struct nic *n);
    void (*register_for_events)(struct nic *n, struct channel *events);
    void (*configure_io)(struct nic *n);
    void (*start_io)(struct nic *n);
    void (*lend_for_receive)(struct nic *n, struct buffer *b);
    void (*lend_more)(struct nic *n, struct buffer *b); /* while one is lent */
    void (*take_received)(struct nic *n);
    void (*send)(struct nic *n, struct buffer *b);
    void (*take_sent)(struct nic *n);
    void (*stop_io)(struct nic *n);
    void (*close)(struct nic *n);
    void (*close_early)(struct nic *n); /* before anybody has registered for events */
    void (*receive_interrupt)(struct nic *n);
};

#endif

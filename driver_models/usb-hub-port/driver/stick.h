/* What the driver of a memory stick uses of the system. */
#ifndef STICK_H
#define STICK_H

struct buffer;
struct hub;
struct client;
struct power;

struct stick {
    struct hub *hub;
    struct client *client;
    struct power *power;
    struct buffer *transfer; /* kept while a stall is cleared */
};

void read_descriptor(struct hub *h);
void select_configuration(struct hub *h);
void decline(struct hub *h);
void submit(struct hub *h, struct buffer *b);
void clear_halt(struct hub *h);
void suspend(struct hub *h);
void resume(struct hub *h);
void detach_seen(struct hub *h);
int understands(struct buffer *descriptor);
void free_buffer(struct buffer *b);

void opened(struct client *c);
void no_device(struct client *c);
void transferred(struct client *c, struct buffer *b);
void transfer_failed(struct client *c, struct buffer *b);

void suspended(struct power *p);
void resumed(struct power *p);

struct stick_operations {
    void (*open)(struct stick *s);
    void (*transfer)(struct stick *s, struct buffer *b);
    void (*transfer_refused)(struct stick *s, struct buffer *b);
    void (*descriptor)(struct stick *s, struct buffer *b);
    void (*configured)(struct stick *s);
    void (*refused)(struct stick *s);
    void (*completed)(struct stick *s, struct buffer *b);
    void (*stalled)(struct stick *s, struct buffer *b);
    void (*halt_cleared)(struct stick *s);
    void (*aborted)(struct stick *s, struct buffer *b);
    void (*detached[6])(struct stick *s); /* early, at rest, in a transfer, stalled, going to sleep, waking up */
    void (*suspend)(struct stick *s);
    void (*suspend_nothing)(struct stick *s);
    void (*suspended)(struct stick *s);
    void (*resume)(struct stick *s);
    void (*resume_nothing)(struct stick *s);
    void (*resumed)(struct stick *s);
};

#endif

/* What a filter driver uses of the system. */
#ifndef FILTER_H
#define FILTER_H

struct buffer;
struct serial;
struct device;
struct event;

enum outcome { DONE, FAILED, GONE };

struct filter {
    struct device *upper, *lower;
    struct event *done;            /* sticky until it is reset */
    enum outcome outcome;
};

void event_reset(struct event *e);
void event_signal(struct event *e);
void event_wait(struct event *e);
void encrypt(struct buffer *b);
void decrypt(struct buffer *b);
void recycle(struct buffer *b);

/* Down: requests. */
void read(struct device *lower, struct buffer *b);
void write(struct device *lower, struct buffer *b);
void flush(struct device *lower);
void keep_part(struct device *lower);
void accept_loss(struct device *lower);
void wait_for_medium(struct device *lower);
void close_lower(struct device *lower);

/* Up: how requests end. */
void online(struct device *upper, struct serial *s);
void no_medium(struct device *upper);
void read_done(struct device *upper, struct buffer *b);
void read_failed(struct device *upper, struct buffer *b);
void write_done(struct device *upper, struct buffer *b);
void write_failed(struct device *upper, struct buffer *b);
void medium_gone(struct device *upper, struct buffer *b);
void flushed(struct device *upper);
void flush_failed(struct device *upper);
void discard_ignored(struct device *upper);
void closed(struct device *upper);

struct filter_operations {
    void (*online)(struct filter *f, struct serial *s);
    void (*no_medium)(struct filter *f);
    void (*read)(struct filter *f, struct buffer *b);
    void (*read_done)(struct filter *f, struct buffer *b);
    void (*read_part)(struct filter *f, struct buffer *b);
    void (*read_failed)(struct filter *f, struct buffer *b);
    void (*write)(struct filter *f, struct buffer *b);
    void (*write_done)(struct filter *f, struct buffer *b);
    void (*write_part)(struct filter *f, struct buffer *b);
    void (*write_failed)(struct filter *f, struct buffer *b);
    void (*medium_gone)(struct filter *f, struct buffer *b); /* while writing */
    void (*read_gone)(struct filter *f, struct buffer *b);   /* while reading */
    void (*flush)(struct filter *f);
    void (*flushed)(struct filter *f);
    void (*flush_failed)(struct filter *f);
    void (*discard)(struct filter *f);
    void (*wait_for_medium)(struct filter *f);
    void (*close)(struct filter *f);
    void (*closed)(struct filter *f);
};

#endif

/* deliver.h -- brings what waits in a spool to a record store.
 *
 * A request holds a batch.  Where the record store will not have a batch, it is halved until it is known which statement
 * is meant; that one is set aside, or was there already.  What may do at another time is tried again, each time after
 * twice as long. */
#ifndef SEND_DELIVER_H
#define SEND_DELIVER_H

#include "send/post.h"
#include "send/spool.h"

struct delivery {
    struct post *post;
    struct spool *spool;
    uint32_t batch;        /* statements in a request */
    uint32_t tries;        /* in a row that may fail */
    uint32_t wait;         /* seconds before the second */
    bool (*pause)(long milliseconds); /* waits; false: we were asked to stop */
    void (*told)(const struct delivery *d, void *self); /* after each batch; may be NULL */
    void *self;

    uint64_t sent, there, refused;
    struct post_answer last; /* what ended it, where it did not come to the end */
    int error;             /* errno of the spool; 0: fine */
};

/* True once nothing waits any more.  False: D->error or D->last say why. */
bool deliver(struct delivery *d);
void delivery_done(struct delivery *d);

#endif

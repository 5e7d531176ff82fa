/* recorder.h -- keeps one session while it is played: a struct keeper (report/keeper.h) before a store.
 *
 * What could not be kept waits here in order.  Trying again opens the store anew where that may help, and looks what is
 * there before anything is added; where the store was lost and begun anew, the whole session is put there from memory. */
#ifndef RECORD_RECORDER_H
#define RECORD_RECORDER_H

#include "record/store.h"
#include "report/keeper.h"

struct recorder;

/* What a store's waiting goes through, so that whoever plays can be told of it later: give it to store_open as `self`, with
 * recorder_waits as `wait`. */
struct recorder_wait {
    keeper_wait_fn *wait;              /* NULL: just waits */
    void *self;
};
bool recorder_waits(void *self, int fd, bool to_write, int ms);

struct recorder_config {
    struct store *store;               /* and all below must outlive the recorder */
    struct recorder_wait *wait;        /* may be NULL */
    const struct kept_trainee *trainee; /* NULL: a room */
    struct text tags;                  /* cohorts besides the trainee's own */
    bool shared;
};

/* For a new session. */
struct recorder *recorder_open(const struct recorder_config *config);
/* Goes on with SESSION, which nobody else may write to from here on.  NULL with F. */
struct recorder *recorder_resume(const struct recorder_config *config, const struct kept_session *session,
                                 struct store_fault *f);
void recorder_close(struct recorder *r);
struct keeper *recorder_keeper(struct recorder *r);

#endif

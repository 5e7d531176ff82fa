/* trainee.h -- what a trainee has practised, read from the records. */
#ifndef CMD_TRAINEE_H
#define CMD_TRAINEE_H

#include "cmd/keep.h"
#include "report/practice.h"
#include "report/progress.h"

/* Conversations of a trainee, oldest first, with their decisions. */
struct trainee_play {
    int64_t session;
    struct text scenario;
    struct practised practised;
    struct practised_decision *v; /* practised.v */
    int32_t *over;             /* by decision: points above chance, thousandths */
    uint32_t cap;
};

struct trainee_plays {
    struct arena arena;
    struct trainee_play *v;
    uint32_t n, cap;
    uint32_t found; /* where the session of the last piece is */
};

/* Grades what was answered and never graded since: a conversation that was cut off, or one that was imported. */
bool trainee_grade(struct keep *k, int64_t trainee, struct store_fault *f);

/* Fills OUT, which need not be initialised; trainee_plays_done frees. */
bool trainee_plays(struct keep *k, int64_t trainee, struct trainee_plays *out, struct store_fault *f);
void trainee_plays_done(struct trainee_plays *plays);
/* When ROLE's chair of SCENARIO, which has CHAIRS, is to be practised again. */
struct practice trainee_plan(const struct trainee_plays *plays, struct text scenario, struct text role, uint32_t chairs);
/* Whether it was ever taken. */
bool trainee_played(const struct trainee_plays *plays, struct text scenario, struct text role);

/* Fills P, begun, from all records of TRAINEE: what is kept, what it comes to, and sentences from the newest
 * conversations. */
bool trainee_progress(struct keep *k, int64_t trainee, struct progress *p, struct store_fault *f);

#endif

/* turning.h -- the answers on which a play turned: found by playing it again with one answer changed.
 *
 * For each answer of the people who played, and each other option that was offered there, the play is played again with
 * the same seed, and every later answer as it was.  Where a later decision was not answered in the play, or the answer is
 * not offered now, the replay stops, and nothing is claimed of it.  Where the ending is another, the answer is a turning
 * point.  At most two are kept: a good one first -- a worse ending lay beside it -- then the one where most was missed.
 *
 *     struct turning_search *t = turning_new(session, lang);
 *     while (!turning_run(t, 1000))
 *         ;
 *     use(turning_result(t));
 *     turning_free(t); */
#ifndef PLAY_TURNING_H
#define PLAY_TURNING_H

#include "play/session.h"

enum turning_kind {
    TURNING_GOOD = 1, /* another option would have led to a worse ending */
    TURNING_MISSED,   /* ... to a better one */
    TURNING_OTHER     /* ... to another that is neither */
};

/* Another option, and what would have come of it. */
struct turning_other {
    option_id option;
    scene_id ending; /* 0: the replay stopped, nothing is claimed */
    int32_t points;  /* there and in what follows, more than the play had: in the focus of the trainee's role */
    struct text said, said_manner, reaction, reaction_manner, reaction_by;
};

struct turning_point {
    uint8_t kind;    /* enum turning_kind */
    uint32_t event;  /* number of the EV_CHOSE */
    decision_id decision;
    option_id option;
    struct turning_other *others;
    uint32_t n_others;
};

enum { TURNING_MOST = 2, TURNING_REPLAYS = 400 };

struct turning_result {
    struct turning_point v[TURNING_MOST];
    uint32_t n;
    struct turning_point *all; /* every answer that had others beside it, in order; kind 0 */
    uint32_t n_all;
    bool whole;      /* every other option was tried; else there were more than TURNING_REPLAYS */
};

struct turning_search;

/* For the road of SE, which must have come to an ending; else nothing will be found.  Texts are those of language LANG.
 * Only the scenario and the scorer must outlive it.  Where the play cannot be played again to the same ending (an
 * answer was given on a road taken back), nothing is claimed at all. */
struct turning_search *turning_new(const struct session *se, uint32_t lang);
void turning_free(struct turning_search *t);
/* Plays about STEPS steps more; true where all is done. */
bool turning_run(struct turning_search *t, uint32_t steps);
/* Replays so far, and to be played. */
uint32_t turning_replays(const struct turning_search *t, uint32_t *of);
/* Alive as long as T; once turning_run was true. */
const struct turning_result *turning_result(const struct turning_search *t);

#endif

/* probe.h -- one step from any state, on any road of chance: for whoever looks at all that a play can do.
 *
 * Nothing is kept: no log, no shuffled places, no values for texts.  Where a step draws, or the engine answers for a
 * role that nobody plays, it follows the feed; whoever asks again after feed_next is led down the next road, until all
 * were taken.  Roads are told apart by what scripts drew and by which options the engine took.
 *
 *     *probe_from(p) = state;
 *     feed_reset(&p->feed);
 *     do
 *         look(probe_run(p, o), p->feed.odds);
 *     while (feed_next(&p->feed)); */
#ifndef PLAY_PROBE_H
#define PLAY_PROBE_H

#include "play/session.h"

/* One turning of a road: which way was taken, of how many. */
struct turning {
    uint32_t taken, of;
};

struct feed {
    struct turning *v;
    uint32_t n, cap;    /* turnings met so far on this road */
    uint32_t next;
    double odds;        /* of the road, from its beginning to where it is now */
    bool dice;          /* take a road at random instead, from SEED, at number DRAWN */
    uint64_t seed, drawn;
};

/* The first road. */
void feed_reset(struct feed *f);
/* The next; false where all were taken. */
bool feed_next(struct feed *f);

struct probe {
    struct session *se; /* its events from number 1 on are those of the last step */
    struct feed feed;
};

/* For the roles, and nothing else, of PARAMS, which must pass session_params_check. */
struct probe *probe_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params);
void probe_free(struct probe *p);
/* The state that the next steps begin at: filled in by the caller, as large as state_size says. */
struct state *probe_from(struct probe *p);
/* From there, answers the decision asked with option O (or its no-answer); 0: begins a play.  What comes of it is
 * alive until the next run. */
const struct state *probe_run(struct probe *p, option_id o);

#endif

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

/* One fork of a road: which way was taken, of how many. */
struct fork {
    uint32_t taken, of;
};

/* What a step asked about: two states that agree on all of it, step alike. */
enum note_kind {
    NOTE_CODE = 1, /* code_id of the small language, run: whatever it mentions */
    NOTE_FACT,
    NOTE_TOTAL,    /* comp_id */
    NOTE_WHETHER,  /* state mark: above 0 or not */
    NOTE_COUNT,    /* state mark */
    NOTE_TURN
};

struct note {
    uint32_t kind, id;
};

enum { FEED_HALTS = 3 };

struct feed {
    struct note *notes; /* of the last step, with repetitions */
    uint32_t n_notes, cap_notes;
    struct fork *v;
    uint32_t n, cap;    /* forks met so far on this road */
    uint32_t next;
    double odds;        /* of the road, from its beginning to where it is now */
    bool halts;         /* stop where the engine has answered and FEED_HALTS forks were met: roads multiply from
                         * there on, and states that meet again need not; probe_go_on takes it from there */
    uint32_t scene, node; /* … where that leads: a scene to be entered, or a node of the present one; else NODE is
                         * that of the decision met last */
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
/* The same with a message of PARTS, which must make one for the decision asked (no more than one a slot). */
const struct state *probe_compose(struct probe *p, const uint32_t *parts, uint32_t n);
/* From there, where a step halted (its phase is PHASE_RUN), goes on at SCENE or NODE. */
const struct state *probe_go_on(struct probe *p, uint32_t scene, uint32_t node);

#endif

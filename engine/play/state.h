/* state.h -- where a play stands: flat, small, copied and compared as bytes.
 *
 * One block of memory: this head, then facts, totals and marks.  No pointers.  The size depends on the scenario alone
 * (state_size).  Only apply.h writes it. */
#ifndef PLAY_STATE_H
#define PLAY_STATE_H

#include "scenario/scenario.h"

enum phase {
    PHASE_RUN,   /* not begun (`scene` is 0), or in the middle of a step */
    PHASE_ASK,   /* `decision` waits for an answer */
    PHASE_ENDED, /* `scene` is an ending */
    PHASE_STUCK  /* nothing can be chosen, or the scene ran out of places to go: an author's mistake */
};

enum { TURN_MAX = 99, TIMES_MAX = 9 };

struct state {
    uint32_t node;     /* the node of the decision asked; in a step: the first node played since the last event */
    uint32_t scene;    /* scene_id; 0: the first scene waits to be entered */
    uint32_t decision; /* decision_id asked, or answered last in this scene */
    uint32_t draws;    /* random numbers drawn so far */
    uint8_t phase, turn;
    uint16_t moves;    /* scenes entered since somebody was last asked */
    int32_t cell[];    /* facts 0…n_facts, totals 0…n_comps, then marks as bytes */
};

size_t state_size(const struct scenario *s);
static inline int32_t *state_facts(struct state *st) { return st->cell; }
static inline int32_t *state_totals(const struct scenario *s, struct state *st) { return st->cell + s->n_facts + 1; }
static inline uint8_t *state_marks(const struct scenario *s, struct state *st)
{
    return (uint8_t *)(st->cell + s->n_facts + 1 + s->rubric.n_comps + 1);
}
/* Every fact at its start, nothing seen, the first scene to be entered. */
void state_init(const struct scenario *s, struct state *st);

#endif

/* step.h -- what a script may ask and do while a step is being decided.
 *
 * A step works on a scratch copy of the state; every effect is checked, recorded as an item and applied to the copy at
 * once, so that whatever comes later in the same step sees it.  script/ calls these; it never sees a state.  Functions
 * that can be misused return false and fill in ERR (without a place: the caller knows it). */
#ifndef PLAY_STEP_H
#define PLAY_STEP_H

#include "play/event.h"

struct step;

const struct scenario *step_scenario(const struct step *p);
int32_t step_fact(const struct step *p, fact_id f);
/* Clamps gauges and counters to their bounds; a flag takes 0 or 1, a one-of the index of one of its values. */
void step_set(struct step *p, fact_id f, int32_t value);
/* The same with VALUE more than it is. */
void step_add(struct step *p, fact_id f, int32_t value);
int32_t step_points(const struct step *p, comp_id c); /* total of evidence so far */
bool step_seen(const struct step *p, scene_id sc);
bool step_chose(const struct step *p, option_id o);
int32_t step_times(const struct step *p, option_id o); /* 0…9 */
int32_t step_moves(const struct step *p, move_id m);   /* 0…9 */
int32_t step_turn(const struct step *p);               /* decisions answered so far, 0…99 */
role_id step_role(const struct step *p);               /* the trainee's */
/* 1…N for N in 1…100, recorded: SplitMix64 of seed and number of the draw, high 32 bits scaled (docs/format.md). */
int32_t step_random(struct step *p, int32_t n);
/* Only while an answer is played. REASON may be empty. */
bool step_score(struct step *p, comp_id c, int32_t points, struct text reason, struct err *err);
/* Only while an answer is played; the last call wins. */
bool step_go(struct step *p, scene_id to, struct err *err);
/* Records that a script failed; the play goes on as if it had not been there. */
void step_problem(struct step *p, const struct err *err);

/* Runs native code; code.c.  The value of a condition, or 0. */
bool step_code(struct step *p, const struct code *c);

#endif

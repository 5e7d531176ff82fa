/* workshop_keep.h -- a workshop's own state as text, and back: what is not in the session's events.
 *
 * Where the room stands, the votes of the round that is open, heads, the clock, what the facilitator wants otherwise.  Kept beside the events, the last one counts.  It may be one step behind them, where a
 * process died between the two: workshop_catch_up plays that step. */
#ifndef FRONT_WORKSHOP_KEEP_H
#define FRONT_WORKSHOP_KEEP_H

#include "base/json.h"
#include "front/workshop_state.h"

/* What stands beside the state machine. */
struct workshop_beside {
    uint32_t events;          /* of the session, when it was kept */
    int64_t began;            /* milliseconds since 1970 UTC */
};

void workshop_put(const struct workshop *w, const struct workshop_beside *beside, struct buf *out);
/* Fills W, which workshop_begin made and whose story is whole again, from BODY.  False, with W as it was, where it is no
 * state of this story. */
bool workshop_take(struct workshop *w, struct text body, struct workshop_beside *beside);
/* Plays the step whose events were kept and not shown; EVENTS are the session's from number BESIDE->events on, OPEN is what
 * it waits for now. */
void workshop_catch_up(struct workshop *w, struct text events, uint32_t from, uint32_t open);
/* Where there is no usable state: the room stands at the last decision, or at the end. */
void workshop_stand_at_end(struct workshop *w, uint32_t open);

#endif

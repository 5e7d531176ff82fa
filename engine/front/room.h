/* room.h -- what phones show in a workshop: a function of its state, as the wall is.
 *
 * The same words as on the wall, where words can be read alone; never a count before it is revealed, what an option will do,
 * or the facilitator's notes. */
#ifndef FRONT_ROOM_H
#define FRONT_ROOM_H

#include "front/phones.h"
#include "front/workshop_state.h"
#include "report/minutes.h"

/* A room with the memory it stands in.  Zeroed is valid; room_done frees. */
struct room_made {
    struct arena arena;
    struct room room;
    uint64_t print;         /* of all that would be seen, and of where the workshop stands: the same while nothing has gone on */
};

/* MINUTES: English, Chinese; what is looked back on, NULL before there is an ending. */
struct room_wants {
    const struct workshop *w;
    const struct minutes *minutes[2];
};

/* Fills R anew, all but room.step, and answered where a form is open: whoever publishes knows these.  Texts are borrowed
 * from what W points to, from the minutes, and from R. */
void room_make(struct room_made *r, const struct room_wants *wants);
void room_done(struct room_made *r);
/* The items of the form at a workshop's end, in A: what went well, what to change, the scenario's survey. */
struct room_item *room_items(const struct about *about, struct arena *a, uint32_t *n);

#endif

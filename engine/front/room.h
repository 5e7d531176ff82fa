/* room.h -- what phones show, made from the workshop's state as the wall is.
 *
 * A function of the state: whoever looks at the wall and whoever hears a phone read aloud get the same.  Pure; the server
 * (phones.h) takes what is made here. */
#ifndef FRONT_ROOM_H
#define FRONT_ROOM_H

#include "front/phones.h"
#include "front/wall.h"

/* A room with the memory it stands in.  Zeroed is valid; room_done frees. */
struct room_made {
    struct arena arena;
    struct room room;
};

struct room_wants {
    const struct workshop *w;
    const struct wall_setting *set; /* the minutes, once there is an ending */
    uint32_t step;
    uint32_t wrote;                 /* phones that have answered the form */
};

/* Everything that a room is made from and that changes, but for who has answered: equal bytes make equal rooms. */
struct room_mark {
    uint32_t stage, poll, shown, ask, page, round, debrief, lesson, slot, taken, road, endings, rest_minutes;
    uint32_t votes[BALLOT_OPTIONS]; /* where they are shown */
    uint32_t looked_back;
};

void room_mark(const struct room_wants *wants, struct room_mark *out);
/* Fills M anew. */
void room_make(struct room_made *m, const struct room_wants *wants);
/* The numbers of it that change with every vote. */
void room_counts(const struct room_wants *wants, uint32_t *answered, uint32_t *here);
void room_done(struct room_made *m);

#endif

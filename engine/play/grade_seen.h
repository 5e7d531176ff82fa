/* grade_seen.h -- what a place shows without a number: modes, parts of feedback, steps of making good, closed doors.
 * Only grade.c includes it. */
#ifndef PLAY_GRADE_SEEN_H
#define PLAY_GRADE_SEEN_H

#include "play/grade.h"
#include "play/place.h"

/* Room in G for what PLACES places can show. */
void told_room(struct grade *g, uint32_t places);
void see_told(struct grade *g, const struct place *p);
/* After the last place. */
void told_close(struct grade *g);

#endif

/* event_parse.h -- one kept event, read into a step; for replay.c. */
#ifndef PLAY_EVENT_PARSE_H
#define PLAY_EVENT_PARSE_H

#include "play/step.h"

struct arena;

/* Reads JSON as the next event of P's session into P, and applies it to the scratch copy.  False, with ERR, where it
 * cannot be that; P must then be dropped.  What ERR says lives in A. */
bool event_parse(struct step *p, struct text json, struct arena *a, struct err *err);

#endif

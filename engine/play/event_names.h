/* event_names.h -- the words that stand for kinds in written events; for event_json.c and event_parse.c. */
#ifndef PLAY_EVENT_NAMES_H
#define PLAY_EVENT_NAMES_H

#include "play/session.h"

/* The largest whole number that every reader of JSON keeps exact; greater seeds are written as text. */
#define EVENT_NUMBER_MAX ((uint64_t)1 << 53)

enum { EVENT_NAME_BYTES = 64 };

/* By enumerator; 0 where there is none. */
extern const char *const EVENT_NAMES[EV_PROPOSED + 1];
extern const char *const CHOOSER_NAMES[BY_NOBODY + 1];
extern const char *const STUCK_NAMES[STUCK_MOVES + 1];
extern const char *const MODE_NAMES[MODE_WORKSHOP + 1];

#endif

/* client_event.h -- one kept event, as far as a host has to understand it.
 *
 * What happened is the engine's to tell; a host reads from the canonical bytes only what it keeps beside them, and what a
 * session says about itself before any engine runs. */
#ifndef WIRE_CLIENT_EVENT_H
#define WIRE_CLIENT_EVENT_H

#include "base/arena.h"
#include "wire/terms.h"

struct client_event {
    uint32_t n;
    struct text kind;            /* "chose" */
    struct text place;           /* entered: scene; ended: ending */
    struct text decision, option, by;
    struct text text;            /* noted, proposed: own words */
    struct text parts;           /* chose: of a message, "slot/part", blank-separated */
    struct text lang;            /* began, language: shown from here on */
    uint32_t ms, to;             /* chose; rewound */
    bool again, self;
    /* began */
    struct text scenario, version, digest, started;
    struct text roles;           /* blank-separated */
    enum wire_mode mode;
    uint64_t seed;
};

/* Reads LINE, without its end; texts live in A.  False where it is no event.  What an event has not is empty or 0. */
bool client_event_read(struct arena *a, struct text line, struct client_event *out);
/* Appends LINE, which must be canonical, without the words that somebody wrote: the engine reads such an event, too, and
 * knows that they were withheld (docs/format.md).  True where there were any. */
bool client_event_withhold(struct text line, struct buf *out);

#endif

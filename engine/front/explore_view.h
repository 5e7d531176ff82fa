/* explore_view.h -- what a scenario can do, told to a facilitator. */
#ifndef FRONT_EXPLORE_VIEW_H
#define FRONT_EXPLORE_VIEW_H

#include "base/json.h"
#include "front/screen.h"
#include "wire/client.h"

struct explored {
    const struct client_explored *x;
    const struct client_info *info;
    struct text role;    /* played */
    uint64_t seed;
};

/* How many of the findings ask for something to be done. */
uint32_t explored_findings(const struct explored *e);
void explored_tell(struct screen *s, const struct explored *e);
/* A play that reaches the best total for COMPETENCY (empty: all together). */
void explored_tell_play(struct screen *s, const struct client_explored_play *p, struct text competency);
/* The same as one JSON object, which the caller closes; a play is one more field of it. */
void explored_put(struct json_out *o, const struct explored *e);
void explored_put_play(struct json_out *o, const struct client_explored_play *play, struct text competency);

#endif

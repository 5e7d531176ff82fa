/* desk.h -- what only the facilitator sees, as data: a function of the workshop's state.
 *
 * The scene's notes, what each option will do, live counts, the clock and what remains of the plan.  Shown by `rehearse
 * notes` in a second terminal, spoken by its --plain, and on the facilitator's own phone; never on the wall. */
#ifndef FRONT_DESK_H
#define FRONT_DESK_H

#include "base/json.h"
#include "front/phones.h"
#include "front/workshop_state.h"

/* A desk with the memory it stands in.  Zeroed is valid; desk_done frees. */
struct desk_made {
    struct arena arena;
    struct desk desk;
    struct both spoken;        /* the state in one sentence or two */
    struct both now;           /* what stands on the wall, in short */
    struct both remark;        /* about the last key */
    struct both field;         /* what is asked for in the field that is open; empty: none is */
    struct text typed;         /* in it */
    struct both phones;        /* how many, how they are; empty: none are asked in */
    struct text own;           /* the address that makes a phone the facilitator's; empty: none */
    const struct text *wall;   /* what stands on the wall, line by line, without bars */
    uint32_t n_wall;
};

/* What the desk is made from.  OUTLINES: English, Chinese; either may be NULL. */
struct desk_wants {
    const struct workshop *w;
    const struct client_outline *outlines[2];
    struct text wall;          /* its rows; may be empty */
    struct both phones;        /* as desk_made */
    struct text own;
    const struct both *written; /* by phones, at the end */
    uint32_t n_written;
};

/* Fills D anew. */
void desk_make(struct desk_made *d, const struct desk_wants *wants);
void desk_done(struct desk_made *d);

/* D as one JSON object; and read back, texts in A.  False where V is no desk. */
void desk_put(struct json_out *o, const struct desk_made *d);
bool desk_take(const struct json_value *v, struct arena *a, struct desk_made *out);

#endif

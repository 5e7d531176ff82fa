/* wall.h -- what the room sees: a function of the workshop's state.
 *
 * Legible from the last row: few words, much air, one thing at a time.  Never the facilitator's notes, the clock, the plan,
 * what an option will do, points, levels or an order of people. */
#ifndef FRONT_WALL_H
#define FRONT_WALL_H

#include "front/flow.h"
#include "front/qr.h"
#include "front/workshop_state.h"
#include "report/minutes.h"

struct wall_setting {
    struct tongues tongues;
    struct text address;      /* that phones open, "192.168.1.5:8080"; empty: no phones */
    bool named;               /* phones are asked for a name */
    const struct qr *code;    /* for it; NULL: none */
    struct text wifi;         /* the network's name; empty: none is told */
    const struct qr *join;    /* a code that joins it; NULL: none */
    const struct minutes *en, *zh; /* what is looked back on; NULL before there is an ending */
};

/* Draws it on C, as large as C is. */
void wall_draw(const struct wall_setting *set, const struct workshop *w, struct canvas *c);
/* The pages that what is shown needs on a screen as large as C, of which nothing is drawn. */
unsigned wall_pages(const struct wall_setting *set, const struct workshop *w, struct canvas *c);
/* The pages of the debrief; the same for every size. */
uint32_t wall_debrief_pages(const struct wall_setting *set, const struct workshop *w);

/* Whether the page of the debrief that is shown asks for something in writing. */
bool wall_asks_back(const struct wall_setting *set, const struct workshop *w);

/* What the stage is called, for the wall's corner and for the desk. */
struct both wall_stage_name(const struct workshop *w);
/* What is kept of a workshop, as the room is told before it begins. */
struct both wall_kept(const struct wall_setting *set);
/* "31 people in the room". */
struct both wall_people(struct arena *a, uint32_t here);
/* The words of a remark, in A. */
struct both wall_remark(const struct workshop *w, struct arena *a);
/* The words before a field. */
struct both wall_field_name(const struct workshop *w);

#endif

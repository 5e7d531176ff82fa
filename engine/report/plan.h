/* plan.h -- a workshop's minutes: which decisions a room can talk over, and what is left of the time.
 *
 * The way ahead is not known, since the room chooses it; so the plan is made for the way with the most to do, from where the
 * room stands, and whoever takes a shorter one has time to spare.  Each decision is played as the scenario's writer wished
 * (`room`) as long as there is time; then votes become one vote, and one vote becomes the facilitator's word, the last
 * ones first and every other one first of all, so that the room is never only told; one decision is talked over to the
 * end, as long as seven minutes can be had.  Pure; made anew at every decision from the minutes that are left. */
#ifndef REPORT_PLAN_H
#define REPORT_PLAN_H

#include "base/arena.h"
#include "wire/client_outline.h"

enum plan_kind {
    PLAN_LOBBY = 1, /* people come in */
    PLAN_WARM_UP,
    PLAN_FRAME,     /* objectives and ground rules */
    PLAN_LESSON,
    PLAN_BRIEF,
    PLAN_DECISION,
    PLAN_ENDING,
    PLAN_GO_BACK,   /* a turning point, played the other way */
    PLAN_DEBRIEF,
    PLAN_TAKE_HOME
};

struct plan_step {
    enum plan_kind kind;
    unsigned minutes;
    const struct outline_scene *scene;   /* PLAN_DECISION */
    const struct outline_node *decision; /* PLAN_DECISION */
    enum wire_room room;                 /* how it is to be played */
};

/* What somebody has said about one decision. */
struct plan_own {
    struct text decision;
    enum wire_room room;
};

struct plan_wants {
    const struct client_outline *outline;
    struct text role;            /* whom the room plays; decisions of others are not asked */
    bool lesson;                 /* there is one to show before it begins */
    unsigned minutes;            /* that are left; 0: as many as it takes */
    struct text from;            /* a decision: it comes first, and what comes before it is over; empty: from the beginning */
    bool ended;                  /* with FROM empty: the conversation is over */
    const struct plan_own *own;
    uint32_t n_own;
};

/* Zeroed is valid and empty; plan_done frees. */
struct plan {
    struct plan_step *v;
    uint32_t n, cap;
    unsigned minutes; /* of all steps */
    bool over;        /* more than there are */
};

void plan_make(struct plan *p, const struct plan_wants *w);
void plan_done(struct plan *p);
/* How the writer, or WANTS, would have DECISION played were there time. */
enum wire_room plan_wish(const struct outline_node *decision, const struct plan_wants *w);
/* Minutes that DECISION takes when it is played so. */
unsigned plan_minutes(const struct outline_node *decision, enum wire_room room);
/* The decision called ID, and its scene; NULL where there is none. */
const struct outline_node *plan_find(const struct client_outline *outline, struct text id, const struct outline_scene **scene);

#endif

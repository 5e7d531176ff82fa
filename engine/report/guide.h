/* guide.h -- what a facilitator takes into the room on paper: the plan, minute by minute, and the scenario with its notes;
 * and what trainees take into a role-play in threes: role cards and an observer's sheet. */
#ifndef REPORT_GUIDE_H
#define REPORT_GUIDE_H

#include "report/doc.h"
#include "report/plan.h"
#include "wire/client.h"

struct guide_of {
    const struct words *words;
    const struct client_info *info;
    const struct client_outline *outline; /* in the same language */
    struct text role;          /* whom the room plays */
    const struct plan *plan;   /* guide_compose alone */
    const char *scenario;      /* as it is called on the command line */
    unsigned minutes;          /* 0: as many as it takes */
};

/* The facilitator's plan, appended to D, which keeps the texts. */
void guide_compose(struct doc *d, const struct guide_of *g);
/* Role cards, one sheet each, then the observer's sheet. */
void handout_compose(struct doc *d, const struct guide_of *g);

#endif

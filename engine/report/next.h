/* next.h -- what to practise next: what is due, then a chair that shows the competency that needs it most, in one's own
 * department where there is one, then a chair that was never taken.
 *
 * Pure: scenarios and what was played of them come in; an order with reasons comes out. */
#ifndef REPORT_NEXT_H
#define REPORT_NEXT_H

#include "report/practice.h"

enum { NEXT_MOST = 3, NEXT_CHAIRS = 8, NEXT_FOCUS = 3 };

struct next_chair {
    struct text role;
    struct text focus[NEXT_FOCUS];
    uint32_t n_focus;
    bool played;
    struct practice practice;
};

struct next_scenario {
    struct text name;             /* what `rehearse play` takes */
    struct text about;            /* tags, audience, positions: where a department is looked for */
    struct next_chair chairs[NEXT_CHAIRS];
    uint32_t n_chairs;
};

/* How a competency stands. */
struct next_need {
    struct text competency;
    uint32_t places;              /* of first plays */
    double quality;               /* choice quality, where places > 0 */
};

struct next_wish {
    struct text department, role; /* the trainee's; may be empty */
    const struct next_need *needs;
    uint32_t n_needs;
    int64_t now;
};

enum next_why {
    NEXT_DUE = 1,    /* it is time */
    NEXT_NEEDED,     /* `need` is what it shows */
    NEXT_NEW,        /* nobody sat there yet */
    NEXT_LATER       /* it will be time, at `due` */
};

struct next_pick {
    enum next_why why;
    uint32_t scenario, chair;     /* numbers */
    struct text need;             /* competency, of NEXT_NEEDED; and whether too little of it was seen to say anything */
    bool unknown;
    enum practice_how how;        /* of NEXT_DUE and NEXT_LATER */
    int64_t due;
};

/* Fills PICKS, the best first; how many.  At most one a scenario. */
uint32_t next_pick(const struct next_scenario *v, uint32_t n, const struct next_wish *wish, struct next_pick picks[NEXT_MOST]);
/* The competency that needs it most: little evidence first, then low quality; empty where nothing is known. */
struct text next_need_most(const struct next_wish *wish);

#endif

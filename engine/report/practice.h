/* practice.h -- when a conversation is to be practised again, and how: spaced practice of the decisions that went wrong.
 *
 * A decision is weak where no more was got than by chance.  A conversation with weak decisions comes back after 1 day, and
 * while they go well after 3, 7, 16 and 35; one that goes wrong again starts over (Cepeda and others 2006, Psychological
 * Bulletin 132: spacing; the steps are docs/pedagogy.md's, section 9).  The same replies again would train memory for the
 * key: so the second time own words come first, the third time it is the other chair, and so on in turn.
 *
 * Pure: whoever asks hands over what was played, in the order of time. */
#ifndef REPORT_PRACTICE_H
#define REPORT_PRACTICE_H

#include "base/text.h"

#include <stdint.h>

enum { PRACTICE_STEPS = 5, PRACTICE_EARLY_HOURS = 8 };

enum practice_how { PRACTICE_OWN_WORDS = 1, PRACTICE_OTHER_CHAIR };

/* A decision that was answered for the first time in its conversation. */
struct practised_decision {
    struct text decision;
    bool weak;
};

/* One conversation of one scenario. */
struct practised {
    int64_t at;              /* milliseconds since 1970 */
    struct text role;        /* the trainee's */
    bool ended;
    const struct practised_decision *v;
    uint32_t n;
};

/* One chair of the scenario, and when it is to be practised again. */
struct practice {
    uint32_t step;           /* 0 … PRACTICE_STEPS - 1: the interval that runs now */
    int64_t due;             /* milliseconds since 1970; 0: nothing is to be practised */
    enum practice_how how;
    uint32_t weak;           /* decisions */
};

/* What is to be done with ROLE's chair after the N conversations V, oldest first.  CHAIRS: how many the scenario has. */
struct practice practice_plan(const struct practised *v, uint32_t n, struct text role, uint32_t chairs);
/* Whether it is time: from PRACTICE_EARLY_HOURS before on, so that tomorrow morning counts as a day. */
bool practice_is_due(const struct practice *p, int64_t now);

#endif

/* export.h -- records written out, complete enough to be read back: portable.h's lines.
 *
 * What was written in somebody's own words goes out with sessions that were shared, and where they ask for their own;
 * elsewhere events say that it was withheld, and the rest is left out.  Nothing else is changed, so that what was exported,
 * imported and exported again is the same, byte for byte.  Grades are not written: the events give them again. */
#ifndef RECORD_EXPORT_H
#define RECORD_EXPORT_H

#include "record/store.h"

struct export {
    struct kept_filter filter; /* order and most are not looked at */
    bool own;                  /* the filter's trainee asks: all of their words */
    bool (*write)(void *self, struct text lines); /* false: it cannot be written */
    void *self;

    uint32_t sessions;         /* written */
    uint32_t withheld;         /* of them without words that were there */
    bool unwritten;            /* write said false */
};

/* All that X's filter means, with the scenarios and people it takes; with an empty filter all people.  One state of the
 * whole, however long it takes.  False with F, or with unwritten. */
bool export_records(struct store *s, struct export *x, struct store_fault *f);

#endif

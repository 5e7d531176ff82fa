/* mark.h -- inline marks inside a text.
 *
 * XML 1.0 allows no control character below TAB, so the marks are kept as such bytes inside the text itself, and a
 * scenario cannot forge them: em, term and end are single bytes; a value is VALUE, its kind and number as decimal
 * digits, and END.  The written form (in XML and PO) is <em>…</em>, <term>…</term>, <value of="trust"/>. */
#ifndef SCENARIO_MARK_H
#define SCENARIO_MARK_H

#include "base/text.h"

struct scenario;

enum mark { MARK_EM = 1, MARK_TERM = 2, MARK_VALUE = 3, MARK_END = 4 };

/* One piece of a text: plain words (mark 0), emphasised words, a term, or a value to be filled in. */
struct run {
    enum mark mark; /* 0, MARK_EM, MARK_TERM or MARK_VALUE */
    struct text words;
    bool fact;      /* MARK_VALUE: a fact, else a setting */
    uint32_t ref;   /* MARK_VALUE: fact_id or setting_id */
};

/* Takes the next run off *T; false at the end. */
bool mark_next(struct text *t, struct run *out);
/* The written form, appended to OUT. */
void mark_write(const struct scenario *s, struct text t, struct buf *out);

#endif

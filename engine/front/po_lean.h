/* po_lean.h -- a PO file without what makes the library slow.
 *
 * A stranger's file goes through libgettextpo in the host, which nothing can stop.  The library looks through all references
 * of an entry for each new one, and through all plural forms; neither is of any use here, so they are taken out or refused
 * before it sees them. */
#ifndef FRONT_PO_LEAN_H
#define FRONT_PO_LEAN_H

#include "base/arena.h"
#include "base/text.h"

struct lean {
    struct buf bytes;      /* the same lines, without references, extracted comments, and flags other than fuzzy */
    uint32_t bad_line;     /* where it is refused */
    const char *bad_words; /* and why, in English */
};

/* False, with bad_line and bad_words, where BYTES hold more entries or plural forms than any scenario has texts.  BYTES of
 * OUT are the caller's to free in any case. */
bool po_lean(struct text bytes, struct lean *out);

#endif

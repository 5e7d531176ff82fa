/* po.h -- translations beside a scenario: PO files read, and brought up to date.
 *
 * A row is one text: its context (a path of ids, "first-reply/reflect/says"), the source words, the translation.  Files
 * are opened by the caller; po_read gets bytes, po_update gets the old bytes and hands back the new ones. */
#ifndef FRONT_PO_H
#define FRONT_PO_H

#include "base/arena.h"
#include "base/text.h"
#include "wire/files.h"

struct po_row {
    struct text ctx, id, str;
    bool fuzzy;
    bool obsolete;
    struct text was; /* of a fuzzy one: the source it translates, where that is known */
    uint32_t line; /* in the file, of the entry's first line; 0 where unknown */
};

struct po_rows {
    struct po_row *v; /* in ARENA, with all texts */
    size_t n;
    uint32_t bad_line;    /* where reading went wrong; 0 where it did not */
    struct text bad_words; /* what the library said, in English */
};

/* False, with bad_line and bad_words, for bytes that are no PO file in UTF-8. */
bool po_read(struct text bytes, struct arena *a, struct po_rows *out);

/* What wire/files.h wants of a reader of PO files: the entries that are not obsolete. */
bool po_pairs_parse(void *self, struct text name, struct text bytes, struct po_pairs *out);

struct po_counts {
    uint32_t kept, fresh, changed, gone; /* changed: now fuzzy; gone: now obsolete */
    uint32_t missing, fuzzy;             /* of the new file: without a translation; to be looked at again */
};

/* OLD (empty: a new file) with the texts of SOURCES (ctx and id are read) in their order; where one has a str, that takes the
 * place of its translation, marked or not as `fuzzy` says.  Of the others a translation whose source did not change is kept,
 * a changed source makes it fuzzy with the previous msgid, a text that is gone makes it obsolete; the translator's comments
 * stay.  Running it twice changes nothing.  PROJECT and LANG go into a new header.  OUT gets the bytes.  False, with FAULT,
 * where OLD is no PO file.  A holds what is needed meanwhile and FAULT's words. */
bool po_update(struct text old, const struct po_row *sources, size_t n, struct text project, struct text lang,
               struct arena *a, struct buf *out, struct po_counts *counts, struct po_rows *fault);

#endif

/* csv.h -- translations as a table for spreadsheet programs, and back. */
#ifndef FRONT_CSV_H
#define FRONT_CSV_H

#include "front/po.h"

/* Appends the table: context, source, translation, state; RFC 4180 with CR LF, a byte order mark at the head (WPS and
 * Excel take UTF-8 for GBK without it), every field quoted, and ' before what a spreadsheet would take for a formula. */
void csv_write(const struct po_row *sources, size_t n, const struct po_rows *old, struct buf *out);

/* ---- reading (csv_read.c) ---- */

/* What cannot be used, and where. */
struct csv_fault {
    uint32_t line;
    const char *form;      /* N_, with %1 and %2 */
    struct text a1, a2;
};

struct csv_row {
    struct text ctx, source, str; /* white space collapsed, the ' before a formula taken off */
    bool fuzzy;                   /* the state says so */
    uint32_t line;
};

struct csv_table {
    struct arena arena;
    struct csv_row *v;
    size_t n, cap;
    bool has_source;       /* a column tells which source was translated */
    struct csv_fault *faults;
    size_t n_faults, cap_faults;
};

/* Reads a table that csv_write wrote and a spreadsheet program saved: fields apart by commas, semicolons or tabs, quoted or
 * not, lines that end in CR LF, LF or CR; columns in any order, and others among them.  False, with one fault, where it is
 * none, so that nothing of it can be trusted; a row that cannot be used is a fault of its own.  csv_done frees in any case;
 * OUT need not be initialised. */
bool csv_read(struct text bytes, struct csv_table *out);
void csv_done(struct csv_table *t);

struct csv_counts {
    uint32_t taken, same, empty; /* new or changed translations; as they were; left empty */
};

/* Puts what the rows of T bring into SOURCES (str, fuzzy, was), to be taken over by po_update; OLD is the PO file as it
 * stands.  An empty cell changes nothing.  A translation of a source that has changed since is marked fuzzy.  What belongs to
 * no source, or comes twice, is a fault. */
void csv_match(struct csv_table *t, struct po_row *sources, size_t n, const struct po_rows *old, struct csv_counts *counts);

/* The translation of SOURCE among the N of V, in the order of po_row_order: of the same text, else of the same context. */
const struct po_row *csv_find(const struct po_row *const *v, size_t n, const struct po_row *source);
int po_row_order(const void *a, const void *b); /* of pointers to rows, by context and source */

#endif

/* csv.h -- translations as a table for spreadsheet programs. */
#ifndef FRONT_CSV_H
#define FRONT_CSV_H

#include "front/po.h"

/* Appends the table: context, source, translation, state; RFC 4180 with CR LF, a byte order mark at the head (WPS and
 * Excel take UTF-8 for GBK without it), every field quoted, and ' before what a spreadsheet would take for a formula. */
void csv_write(const struct po_row *sources, size_t n, const struct po_rows *old, struct buf *out);

#endif

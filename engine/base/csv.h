/* csv.h -- rows for spreadsheet programs, by RFC 4180: every field quoted, CR LF at the end of a row.
 *
 * A field that a spreadsheet would take for a formula gets ' before it (OWASP, CSV injection); a number does not. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/text.h"

/* A byte order mark, for programs that take UTF-8 for GBK without it; at the head of a file. */
void csv_mark(struct buf *out);
void csv_row(struct buf *out, const struct text *fields, size_t n);

#endif

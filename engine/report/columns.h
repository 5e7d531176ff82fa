/* columns.h -- a table of short cells, side by side. */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "report/doc.h"

struct columns {
    uint32_t n;
    unsigned cells[DOC_CELLS]; /* of the terminal */
    bool right[DOC_CELLS];     /* numbers end under each other */
};

/* The columns of the DOC_TABLE at D->v[AT] with its rows, in WIDTH cells of the terminal: wide columns of words may
 * have to go on below.  False where even so they do not fit, and where there is one column, or sentences in several: those
 * read better as a list. */
bool columns_fit(const struct doc *d, uint32_t at, unsigned width, struct columns *c);
/* Appends one row of it: whole lines. */
void columns_row(const struct columns *c, const struct doc_block *row, struct buf *out);

#endif

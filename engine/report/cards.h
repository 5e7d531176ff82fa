/* cards.h -- cards to vote with: the letters of the wall in the colours of the wall, on paper. */
#ifndef REPORT_CARDS_H
#define REPORT_CARDS_H

#include "base/text.h"

/* One HTML file for A4: six cards a sheet, a set for one person; LARGE: one card a sheet. */
void cards_html(bool large, struct buf *out);

#endif

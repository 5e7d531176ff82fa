/* qr.h -- a QR code: a text as dark and light cells, for a wall, a terminal or a page.
 *
 * As small as it can be, since large cells are what a phone sees from the last row: the address of a room in capitals
 * ("HTTP://192.168.1.5:8080/") takes 25 cells a side. */
#ifndef FRONT_QR_H
#define FRONT_QR_H

#include "base/text.h"

enum { QR_SIDE_MAX = 61, QR_QUIET = 4 }; /* QR_QUIET: light cells that belong around it; two are enough on most screens */

struct qr {
    unsigned side;                              /* cells */
    uint8_t dark[QR_SIDE_MAX * QR_SIDE_MAX];    /* [side * side], row by row; 1: dark */
};

/* False where T is longer than a code of QR_SIDE_MAX holds (some 200 bytes), empty, or has a NUL. */
bool qr_make(struct text t, struct qr *out);
/* Outside of the code, too, where all is light. */
bool qr_dark(const struct qr *q, int column, int row);

/* One line of a terminal, without line end, with QUIET light cells around; drawn dark on light by whoever shows it.
 * Half blocks: a character is one cell wide and two high, ROW counts pairs of rows from 0.  Blanks: a cell is two blanks,
 * light or dark by DARK_ON and DARK_OFF around runs: where half blocks come out two wide, as on many Chinese terminals.
 * False below the last line. */
bool qr_half_line(const struct qr *q, unsigned quiet, unsigned row, struct buf *out);
bool qr_blank_line(const struct qr *q, unsigned quiet, unsigned row, const char *dark_on, const char *dark_off, struct buf *out);

/* An SVG element, dark on light with its quiet zone, of CLASS. */
void qr_svg(const struct qr *q, const char *css_class, struct buf *out);

/* Appends what makes a phone join the Wi-Fi NAME; PASSWORD empty: an open one. */
void qr_wifi(struct text name, struct text password, struct buf *out);

#endif

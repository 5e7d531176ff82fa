/* qr.h -- a QR code: a text as dark and light cells, for a wall, a terminal or a page.
 *
 * As small as it can be, since large cells are what a phone sees from the last row: the address of a room in capitals
 * ("HTTP://192.168.1.5:8080/") takes 25 cells a side. */
#ifndef FRONT_QR_H
#define FRONT_QR_H

#include "base/text.h"

enum { QR_SIDE_MAX = 61, QR_QUIET = 4 }; /* QR_QUIET: light cells that belong around it on paper */

struct qr {
    unsigned side;                              /* cells */
    uint8_t dark[QR_SIDE_MAX * QR_SIDE_MAX];    /* [side * side], row by row; 1: dark */
};

/* False where T is longer than a code of QR_SIDE_MAX holds (some 200 bytes), empty, or has a NUL. */
bool qr_make(struct text t, struct qr *out);
/* Outside of the code, too, where all is light. */
bool qr_dark(const struct qr *q, int column, int row);

/* Appends what makes a phone join the Wi-Fi NAME; PASSWORD empty: an open one. */
void qr_wifi(struct text name, struct text password, struct buf *out);

#endif

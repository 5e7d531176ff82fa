/* qr_draw.h -- a QR code on a canvas: dark on light in every theme, with the light zone around it that readers need. */
#ifndef FRONT_QR_DRAW_H
#define FRONT_QR_DRAW_H

#include "front/canvas.h"

/* The cells that a code of SIDE modules takes on C.  Two modules a cell, one above the other; where the terminal draws half
 * blocks two cells wide, a module is two blanks, and the code four times as large. */
void qr_draw_size(const struct canvas *c, unsigned side, unsigned *w, unsigned *h);
/* Draws DARK ([side * side], row by row, 1: dark) from X, Y. */
void qr_draw(struct canvas *c, unsigned x, unsigned y, const uint8_t *dark, unsigned side);

#endif

/* qr_draw.c -- modules as half blocks, or as blanks where half blocks cannot be trusted. */
#include "front/qr_draw.h"

enum { QUIET = 2 };

struct modules {
    const uint8_t *dark;
    int side;
};

/* In cells with the light zone counted in. */
static bool dark_at(const struct modules *m, unsigned x, unsigned y)
{
    int column = (int)x - QUIET, row = (int)y - QUIET;
    return column >= 0 && row >= 0 && column < m->side && row < m->side && m->dark[row * m->side + column];
}

void qr_draw_size(const struct canvas *c, unsigned side, unsigned *w, unsigned *h)
{
    unsigned whole = side + 2 * QUIET;
    *w = c->wide ? 2 * whole : whole;
    *h = c->wide ? whole : (whole + 1) / 2;
}

static void draw_blanks(struct canvas *c, unsigned x0, unsigned y0, const struct modules *m, unsigned whole)
{
    for (unsigned y = 0; y < whole; y++)
        for (unsigned x = 0; x < whole; x++)
            canvas_fill(c, x0 + 2 * x, y0 + y, 2, 1, ' ', dark_at(m, x, y) ? INK_DARK : INK_LIGHT);
}

static void draw_halves(struct canvas *c, unsigned x0, unsigned y0, const struct modules *m, unsigned whole)
{
    for (unsigned y = 0; 2 * y < whole; y++)
        for (unsigned x = 0; x < whole; x++) {
            bool up = dark_at(m, x, 2 * y), down = dark_at(m, x, 2 * y + 1);
            if (up == down)
                canvas_fill(c, x0 + x, y0 + y, 1, 1, ' ', up ? INK_DARK : INK_LIGHT);
            else /* the half that is drawn is the foreground, and dark */
                canvas_str(c, x0 + x, y0 + y, up ? "▀" : "▄", INK_HALF);
        }
}

void qr_draw(struct canvas *c, unsigned x, unsigned y, const uint8_t *dark, unsigned side)
{
    struct modules m = {dark, (int)side};
    if (c->wide)
        draw_blanks(c, x, y, &m, side + 2 * QUIET);
    else
        draw_halves(c, x, y, &m, side + 2 * QUIET);
}

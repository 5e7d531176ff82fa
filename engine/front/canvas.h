/* canvas.h -- a projected screen as cells, before any terminal has seen it.
 *
 * Whoever draws puts clean text (phrase.h) in places; whatever would leave the screen is cut at a whole cluster.  Each cell
 * has an ink, which says what it is and not how it looks: stage.c has a look for each in each theme, and nothing is told by
 * an ink alone.  A test reads the rows as text.
 *
 * A bar, a tile or a line is put before any foreign text of its row, so that a terminal which draws some character wider
 * than it should can never break one. */
#ifndef FRONT_CANVAS_H
#define FRONT_CANVAS_H

#include "base/arena.h"
#include "base/text.h"

enum ink {
    INK_PLAIN,
    INK_STRONG,
    INK_QUIET,
    INK_NAME,    /* of whoever speaks */
    INK_ASIDE,   /* how something is said */
    INK_OTHER,   /* the second language */
    INK_WARN,
    INK_BAR,     /* what is full of a bar; and big figures */
    INK_BAR_BEFORE, /* the same of an earlier round */
    INK_REST,    /* what is empty of a bar */
    INK_FIELD,   /* where somebody types */
    INK_LIGHT, INK_DARK, /* of a QR code: light and dark in every theme; both together: INK_HALF */
    INK_HALF,    /* ▀ dark above light */
    INK_TILE,    /* + option % INK_TILES: the letter of an option, in the colour of its card */
    INK_TILES = 6,
    INKS = INK_TILE + INK_TILES
};

struct cell {
    uint32_t at;     /* of its cluster in canvas.bytes; len 0: a blank */
    uint16_t len;
    uint8_t cells;   /* 1 or 2; 0: the right half of the one before */
    uint8_t ink;
    bool em;         /* stressed, or a term of the trade */
};

/* Zeroed is valid: it has no cells until canvas_begin. */
struct canvas {
    unsigned w, h;
    bool wide;       /* the terminal draws characters of ambiguous width in two cells */
    struct cell *v;  /* [h * w] */
    size_t cap;
    struct buf bytes;
    struct arena arena; /* of one drawing */
};

/* Blank, W cells by H rows. */
void canvas_begin(struct canvas *c, unsigned w, unsigned h, bool wide);
void canvas_done(struct canvas *c);

/* T in one line from X, Y; the cells it took.  Behind the edge nothing is put. */
unsigned canvas_put(struct canvas *c, unsigned x, unsigned y, struct text t, enum ink ink);
unsigned canvas_str(struct canvas *c, unsigned x, unsigned y, const char *ours, enum ink ink);
/* The same ending before cell X. */
void canvas_right(struct canvas *c, unsigned x, unsigned y, struct text t, enum ink ink);
void canvas_centre(struct canvas *c, unsigned y, struct text t, enum ink ink);
/* W times H cells of INK, each showing the character FILL. */
void canvas_fill(struct canvas *c, unsigned x, unsigned y, unsigned w, unsigned h, char fill, enum ink ink);

/* How many lines T takes when it is broken to W cells, further lines indented by HANG. */
unsigned canvas_height(struct canvas *c, struct text t, unsigned w, unsigned hang);
/* Puts it in lines from X, Y, at most MOST of them, the last with an ellipsis where it was cut; the lines it took. */
unsigned canvas_wrapped(struct canvas *c, unsigned x, unsigned y, unsigned w, unsigned hang, unsigned most, struct text t, enum ink ink);

/* A whole number or a time ("12:40") in figures of 5 rows, centred between X and X + W where they fit; the rows it took,
 * 0 where they do not fit and nothing was put. */
unsigned canvas_big(struct canvas *c, unsigned x, unsigned y, unsigned w, const char *digits, enum ink ink);
enum { CANVAS_BIG_ROWS = 5 };

/* Row Y as text, without blanks at its end, appended. */
void canvas_row(const struct canvas *c, unsigned y, struct buf *out);
/* All rows, each with a line end. */
void canvas_text(const struct canvas *c, struct buf *out);

#endif

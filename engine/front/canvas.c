/* canvas.c -- cells, and text put into them.
 *
 * Clusters are measured as terminal.h measures them.  Where the terminal draws ambiguous characters in two cells, quotes,
 * dots and dashes are put as characters that are not: they are most of what Chinese and English hold of that kind, and a
 * line of text must end where the terminal thinks it does.  Knows no terminal and no colour. */
#include "front/canvas.h"

#include "base/terminal.h"
#include "front/screen.h"

#include <stdlib.h>
#include <string.h>

void canvas_begin(struct canvas *c, unsigned w, unsigned h, bool wide)
{
    size_t n = (size_t)w * h;
    if (n > c->cap) {
        c->v = mem_grow(c->v, n * sizeof *c->v);
        c->cap = n;
    }
    memset(c->v, 0, n * sizeof *c->v);
    for (size_t i = 0; i < n; i++)
        c->v[i].cells = 1;
    c->w = w;
    c->h = h;
    c->wide = wide;
    buf_reset(&c->bytes);
    arena_reset(&c->arena);
}

void canvas_done(struct canvas *c)
{
    free(c->v);
    buf_done(&c->bytes);
    arena_done(&c->arena);
    *c = (struct canvas){0};
}

/* ---- ambiguous characters ---- */

static const char *narrow_for(uint32_t code)
{
    switch (code) {
    case 0x2018:
    case 0x2019: return "'";
    case 0x201C: return "「";
    case 0x201D: return "」";
    case 0x2013:
    case 0x2010: return "-";
    case 0x2014: return "--";
    case 0x2026: return "...";
    case 0x00B7:
    case 0x2022: return ".";
    case 0x00D7: return "x";
    case 0x2192: return "->";
    case 0x25CF: return "*";
    default: return NULL;
    }
}

static struct text narrowed(struct canvas *c, struct text t)
{
    struct buf b = {0};
    uint32_t code;
    bool any = false;
    for (struct text rest = t; text_next(&rest, &code) && !any;)
        any = terminal_ambiguous(code);
    if (!c->wide || !any)
        return t;
    while (text_next(&t, &code)) {
        const char *other = narrow_for(code);
        if (other)
            buf_str(&b, other);
        else
            buf_code(&b, code);
    }
    struct text kept = text_keep(&c->arena, buf_view(&b));
    buf_done(&b);
    return kept;
}

/* ---- putting ---- */

static struct cell *cell_at(struct canvas *c, unsigned x, unsigned y) { return &c->v[(size_t)y * c->w + x]; }

/* A wide character that is half overwritten is not left standing on one leg. */
static void clear_at(struct canvas *c, unsigned x, unsigned y)
{
    struct cell *cell = cell_at(c, x, y);
    if (cell->cells == 0 && x > 0)
        *cell_at(c, x - 1, y) = (struct cell){.cells = 1};
    if (cell->cells == 2 && x + 1 < c->w)
        *cell_at(c, x + 1, y) = (struct cell){.cells = 1};
    *cell = (struct cell){.cells = 1};
}

static void put_cluster(struct canvas *c, unsigned x, unsigned y, struct text cluster, unsigned cells, enum ink ink, bool em)
{
    clear_at(c, x, y);
    *cell_at(c, x, y) = (struct cell){.at = (uint32_t)c->bytes.len, .len = (uint16_t)cluster.len, .cells = (uint8_t)cells,
                                      .ink = (uint8_t)ink, .em = em};
    buf_text(&c->bytes, cluster);
    if (cells == 2) {
        clear_at(c, x + 1, y);
        *cell_at(c, x + 1, y) = (struct cell){.cells = 0, .ink = (uint8_t)ink};
    }
}

/* The same with a mark that may be open from the line before. */
static unsigned put_marked(struct canvas *c, unsigned x, unsigned y, struct text t, enum ink ink, bool *em)
{
    struct text cluster;
    unsigned cells, from = x;
    while (y < c->h && terminal_cluster(&t, c->wide, &cluster, &cells)) {
        char first = cluster.at[0];
        if (first == MARKED_EM || first == MARKED_TERM || first == MARKED_END)
            *em = first != MARKED_END;
        if (cells == 0)
            continue;
        if (x + cells > c->w)
            break;
        put_cluster(c, x, y, cluster, cells, ink, *em);
        x += cells;
    }
    return x - from;
}

unsigned canvas_put(struct canvas *c, unsigned x, unsigned y, struct text t, enum ink ink)
{
    bool em = false;
    return put_marked(c, x, y, narrowed(c, t), ink, &em);
}

unsigned canvas_str(struct canvas *c, unsigned x, unsigned y, const char *ours, enum ink ink)
{
    return canvas_put(c, x, y, text_of(ours), ink);
}

void canvas_right(struct canvas *c, unsigned x, unsigned y, struct text t, enum ink ink)
{
    t = narrowed(c, t);
    size_t cells = terminal_width(t, c->wide);
    canvas_put(c, cells < x ? x - (unsigned)cells : 0, y, t, ink);
}

void canvas_centre(struct canvas *c, unsigned y, struct text t, enum ink ink)
{
    t = narrowed(c, t);
    size_t cells = terminal_width(t, c->wide);
    canvas_put(c, cells < c->w ? (c->w - (unsigned)cells) / 2 : 0, y, t, ink);
}

void canvas_fill(struct canvas *c, unsigned x, unsigned y, unsigned w, unsigned h, char fill, enum ink ink)
{
    for (unsigned row = y; row < y + h && row < c->h; row++)
        for (unsigned col = x; col < x + w && col < c->w; col++)
            put_cluster(c, col, row, text_from(&fill, 1), 1, ink, false);
}

/* ---- lines ---- */

static struct wrap_line *broken(struct canvas *c, struct text *t, unsigned w, unsigned hang, size_t *n)
{
    struct wrap how = {.width = w ? w : 1, .hang = hang, .wide = c->wide};
    *t = narrowed(c, *t);
    return terminal_wrap(*t, &how, &c->arena, n);
}

unsigned canvas_height(struct canvas *c, struct text t, unsigned w, unsigned hang)
{
    size_t n = 0;
    if (t.len)
        broken(c, &t, w, hang, &n);
    return (unsigned)n;
}

unsigned canvas_wrapped(struct canvas *c, unsigned x, unsigned y, unsigned w, unsigned hang, unsigned most, struct text t, enum ink ink)
{
    size_t n = 0, shown;
    bool em = false;
    if (!t.len || !most)
        return 0;
    const struct wrap_line *lines = broken(c, &t, w, hang, &n);
    shown = n < most ? n : most;
    for (size_t i = 0; i < shown; i++) {
        struct text line = text_from(t.at + lines[i].from, lines[i].to - lines[i].from);
        struct buf fitted = {0};
        unsigned in = i ? hang : 0;
        if (i + 1 == shown && shown < n) { /* as much as there is room for, and that there was more */
            buf_text(&fitted, terminal_begin(line, w > in + 3 ? w - in - 3 : 1, c->wide));
            buf_str(&fitted, "...");
            line = buf_view(&fitted);
        }
        put_marked(c, x + in, y + (unsigned)i, line, ink, &em);
        buf_done(&fitted);
    }
    return (unsigned)shown;
}

/* ---- big figures ---- */

enum { FIGURE_W = 4, PIXEL_W = 2 };

/* Five rows of four pixels, the leftmost the highest bit. */
static const unsigned char figures[][CANVAS_BIG_ROWS] = {
    {0x6, 0x9, 0x9, 0x9, 0x6}, {0x2, 0x6, 0x2, 0x2, 0x7}, {0xE, 0x1, 0x6, 0x8, 0xF}, {0xE, 0x1, 0x6, 0x1, 0xE},
    {0x9, 0x9, 0xF, 0x1, 0x1}, {0xF, 0x8, 0xE, 0x1, 0xE}, {0x7, 0x8, 0xE, 0x9, 0x6}, {0xF, 0x1, 0x2, 0x4, 0x4},
    {0x6, 0x9, 0x6, 0x9, 0x6}, {0x6, 0x9, 0x7, 0x1, 0xE}, {0x0, 0x4, 0x0, 0x4, 0x0} /* : */
};

unsigned canvas_big(struct canvas *c, unsigned x, unsigned y, unsigned w, const char *digits, enum ink ink)
{
    unsigned n = (unsigned)strlen(digits), each = (FIGURE_W + 1) * PIXEL_W;
    if (n == 0 || n * each > w || y + CANVAS_BIG_ROWS > c->h)
        return 0;
    x += (w - n * each + PIXEL_W) / 2;
    for (unsigned i = 0; i < n; i++) {
        unsigned which = digits[i] >= '0' && digits[i] <= '9' ? (unsigned)(digits[i] - '0') : 10;
        for (unsigned row = 0; row < CANVAS_BIG_ROWS; row++)
            for (unsigned bit = 0; bit < FIGURE_W; bit++)
                if (figures[which][row] & (8u >> bit))
                    canvas_fill(c, x + i * each + bit * PIXEL_W, y + row, PIXEL_W, 1, '#', ink);
    }
    return CANVAS_BIG_ROWS;
}

/* ---- read back ---- */

void canvas_row(const struct canvas *c, unsigned y, struct buf *out)
{
    size_t from = out->len;
    for (unsigned x = 0; x < c->w; x++) {
        const struct cell *cell = &c->v[(size_t)y * c->w + x];
        if (cell->len)
            buf_add(out, c->bytes.at + cell->at, cell->len);
        else if (cell->cells)
            buf_char(out, ' ');
    }
    while (out->len > from && out->at[out->len - 1] == ' ')
        out->len--;
}

void canvas_text(const struct canvas *c, struct buf *out)
{
    for (unsigned y = 0; y < c->h; y++) {
        canvas_row(c, y, out);
        buf_char(out, '\n');
    }
}

/* columns.c -- widths are cells of a terminal, since Chinese takes two for a character. */
#include "report/columns.h"

#include "base/terminal.h"

#include <string.h>

enum { BETWEEN = 2, INDENT = 2, NARROWEST = 16 };

/* A figure, its sign, its unit: what is read from its end. */
static bool is_number(struct text t)
{
    static const char minus[] = "\xe2\x88\x92", to[] = "\xe2\x80\x93";
    bool digit = false;
    for (size_t i = 0; i < t.len; i++) {
        if (t.len - i >= 3 && (memcmp(t.at + i, minus, 3) == 0 || memcmp(t.at + i, to, 3) == 0))
            i += 2;
        else if (t.at[i] >= '0' && t.at[i] <= '9')
            digit = true;
        else if (t.at[i] != ' ' && t.at[i] != '.' && t.at[i] != '%')
            return false;
    }
    return digit;
}

static void take(struct columns *c, const struct doc_block *row, bool head)
{
    for (uint32_t i = 0; i < row->n_cells; i++) {
        unsigned cells = (unsigned)terminal_width(row->cells[i], false);
        c->cells[i] = cells > c->cells[i] ? cells : c->cells[i];
        if (!head && row->cells[i].len)
            c->right[i] &= is_number(row->cells[i]);
    }
}

/* Takes OVER cells from columns of words, the widest first; their cells then go on below. */
static bool narrow(struct columns *c, unsigned over)
{
    for (; over; over--) {
        uint32_t widest = 0;
        for (uint32_t i = 1; i < c->n; i++)
            if (!c->right[i] && c->cells[i] > c->cells[widest])
                widest = i;
        if (c->cells[widest] <= NARROWEST)
            return false;
        c->cells[widest]--;
    }
    return true;
}

bool columns_fit(const struct doc *d, uint32_t at, unsigned width, struct columns *c)
{
    unsigned whole = INDENT;
    *c = (struct columns){.n = d->v[at].n_cells};
    for (uint32_t i = 1; i < c->n; i++)
        c->right[i] = true;
    take(c, &d->v[at], true);
    for (uint32_t r = at + 1; r < d->n && d->v[r].kind == DOC_ROW; r++)
        take(c, &d->v[r], false);
    for (uint32_t i = 0; i < c->n; i++)
        whole += c->cells[i] + (i ? BETWEEN : 0);
    return c->n > 1 && !d->v[at].strong && (whole <= width || narrow(c, whole - width));
}

static void blanks(struct buf *out, size_t n)
{
    while (n--)
        buf_char(out, ' ');
}

/* One cell's lines. */
struct folded {
    struct text t;
    struct wrap_line *v;
    size_t n;
};

static struct text line_of(const struct folded *f, size_t line)
{
    return line < f->n ? text_from(f->t.at + f->v[line].from, f->v[line].to - f->v[line].from) : (struct text){0};
}

static void put_line(const struct columns *c, const struct folded *cells, size_t line, struct buf *out)
{
    size_t owed = INDENT; /* nothing is put at a line's end */
    for (uint32_t i = 0; i < c->n; i++) {
        struct text cell = line_of(&cells[i], line);
        size_t taken = terminal_width(cell, false), free = taken < c->cells[i] ? c->cells[i] - taken : 0;
        if (cell.len) {
            blanks(out, owed + (c->right[i] ? free : 0));
            buf_text(out, cell);
            owed = c->right[i] ? 0 : free;
        } else {
            owed += free;
        }
        owed += BETWEEN;
    }
    buf_char(out, '\n');
}

void columns_row(const struct columns *c, const struct doc_block *row, struct buf *out)
{
    struct arena a = {0};
    struct folded cells[DOC_CELLS] = {0};
    size_t lines = 1;
    for (uint32_t i = 0; i < c->n && i < row->n_cells; i++) {
        struct wrap how = {.width = c->cells[i]};
        cells[i].t = row->cells[i];
        if (row->cells[i].len)
            cells[i].v = terminal_wrap(row->cells[i], &how, &a, &cells[i].n);
        lines = cells[i].n > lines ? cells[i].n : lines;
    }
    for (size_t line = 0; line < lines; line++)
        put_line(c, cells, line, out);
    arena_done(&a);
}

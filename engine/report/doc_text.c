/* doc_text.c -- a report as plain text: words only, wrapped for reading and for mail. */
#include "report/columns.h"

#include "base/terminal.h"

enum { WIDTH = 72 };

struct writer {
    const struct doc_look *look;
    struct arena a;
    struct buf *out;
    const struct doc_block *table; /* whose rows are being written */
    struct columns columns;        /* of it, where they fit side by side */
    bool in_columns;
};

static void put(struct writer *w, const char *mark, unsigned indent, struct text t)
{
    struct wrap how = {.width = WIDTH, .first = indent, .hang = indent};
    if (!t.len)
        return;
    for (unsigned i = (unsigned)text_of(mark).len; i < indent; i++)
        buf_char(w->out, ' ');
    buf_str(w->out, mark);
    terminal_wrap_to(t, &how, w->out);
    buf_char(w->out, '\n');
}

/* "Name: words", or the words alone. */
static struct text named(struct writer *w, struct text name, struct text words)
{
    return name.len ? doc_fill(&w->a, trc(w->look->words, "who: what", "%1: %2"), name, words) : words;
}

/* Without columns a row is its first cell, and under it the others by their titles. */
static void put_row(struct writer *w, const struct doc_block *b)
{
    if (w->in_columns) {
        columns_row(&w->columns, b, w->out);
        return;
    }
    put(w, "- ", 4, b->cells[0]);
    for (uint32_t i = 1; i < b->n_cells; i++)
        if (b->cells[i].len)
            put(w, "", 4, named(w, w->table ? w->table->cells[i] : (struct text){0}, b->cells[i]));
}

static void put_moment(struct writer *w, const struct doc_block *b)
{
    struct buf t = {0};
    buf_char(w->out, '\n');
    if (b->number)
        buf_printf(&t, "%u  ", b->number);
    buf_text(&t, b->words);
    put(w, "", 0, buf_view(&t));
    buf_done(&t);
}

static void put_block(struct writer *w, const struct doc *d, uint32_t at)
{
    const struct doc_block *b = &d->v[at];
    switch (b->kind) {
    case DOC_TITLE: put(w, "", 0, b->words); break;
    case DOC_QUIET: put(w, "", 0, b->words); break;
    case DOC_HEADING:
        buf_char(w->out, '\n');
        put(w, "", 0, b->words);
        buf_char(w->out, '\n');
        break;
    case DOC_MOMENT: put_moment(w, b); break;
    case DOC_PARAGRAPH: put(w, "", 0, named(w, b->label, b->words)); break;
    case DOC_QUOTE: put(w, "", 2, named(w, b->label, b->words)); break;
    case DOC_ITEM: put(w, "- ", 4, named(w, b->label, b->words)); break;
    case DOC_TABLE:
        if (w->table && d->v[at - 1].kind == DOC_ROW)
            buf_char(w->out, '\n');
        w->table = b;
        w->in_columns = columns_fit(d, at, WIDTH, &w->columns);
        if (w->in_columns)
            columns_row(&w->columns, b, w->out);
        else
            put(w, "", 2, named(w, b->cells[0], (struct text){0}));
        break;
    case DOC_ROW: put_row(w, b); break;
    case DOC_LINE:
        put(w, "", 0, b->label);
        if (b->words.len)
            put(w, "", 2, b->words);
        else
            buf_str(w->out, "  ____________________________________________________________\n");
        break;
    case DOC_FIGURE: put(w, "", 0, b->words); break;
    case DOC_BLANK:
    case DOC_SHEET: buf_char(w->out, '\n'); break;
    case DOC_FOOTER:
        buf_char(w->out, '\n');
        put(w, "", 0, b->words);
        break;
    }
}

void doc_text(const struct doc *d, const struct doc_look *look, struct buf *out)
{
    struct writer w = {.look = look, .out = out};
    for (uint32_t i = 0; i < d->n; i++)
        put_block(&w, d, i);
    arena_done(&w.a);
}

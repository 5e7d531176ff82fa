/* doc_view.c -- the blocks of a report, shown as a conversation is shown: what a view has no block for becomes the nearest
 * it has.  A table of short cells stands in columns; one of sentences becomes a list. */
#include "front/doc_view.h"

#include "report/columns.h"

struct shower {
    struct screen *s;
    struct arena a;
    const struct doc_block *table;
    struct columns columns;
    bool in_columns;
};

static struct text labelled(struct shower *w, struct text label, struct text words)
{
    return label.len ? doc_fill(&w->a, trc(w->s->words, "who: what", "%1: %2"), label, words) : words;
}

static void show_cells(struct shower *w, const struct doc_block *b, bool head)
{
    struct buf lines = {0};
    struct text rest, line;
    columns_row(&w->columns, b, &lines);
    rest = buf_view(&lines);
    while (text_split(&rest, '\n', &line))
        w->s->view->row(w->s, line, head);
    buf_done(&lines);
}

static void show_table(struct shower *w, const struct doc *d, uint32_t at)
{
    const struct doc_block *b = w->table = &d->v[at];
    w->in_columns = w->s->view->row && columns_fit(d, at, screen_width(w->s), &w->columns);
    if (w->in_columns)
        show_cells(w, b, true);
    else
        w->s->view->notice(w->s, labelled(w, b->cells[0], (struct text){0}));
}

static void show_row(struct shower *w, const struct doc_block *b)
{
    const struct view *v = w->s->view;
    if (w->in_columns) {
        show_cells(w, b, false);
        return;
    }
    v->item(w->s, b->cells[0]);
    for (uint32_t i = 1; i < b->n_cells; i++)
        if (b->cells[i].len)
            v->labelled(w->s, w->table ? w->table->cells[i] : (struct text){0}, b->cells[i]);
}

static void show_block(struct shower *w, const struct doc *d, uint32_t at)
{
    const struct doc_block *b = &d->v[at];
    const struct view *v = w->s->view;
    switch (b->kind) {
    case DOC_TITLE: v->heading(w->s, b->words); break;
    case DOC_QUIET: v->notice(w->s, b->words); break;
    case DOC_HEADING: v->heading(w->s, b->words); break;
    case DOC_MOMENT: v->moment(w->s, b->number, b->words); break;
    case DOC_PARAGRAPH:
        if (b->label.len)
            v->labelled(w->s, b->label, b->words);
        else
            v->paragraph(w->s, b->words);
        break;
    case DOC_QUOTE:
        if (b->label.len)
            v->labelled(w->s, b->label, b->words);
        else
            v->quote(w->s, b->words);
        break;
    case DOC_ITEM: v->item(w->s, labelled(w, b->label, b->words)); break;
    case DOC_TABLE: show_table(w, d, at); break;
    case DOC_ROW: show_row(w, b); break;
    case DOC_LINE:
        if (b->words.len)
            v->labelled(w->s, b->label, b->words);
        break;
    case DOC_FIGURE:
        if (b->words.len)
            v->notice(w->s, b->words);
        break;
    case DOC_BLANK:
    case DOC_SHEET: break;
    case DOC_FOOTER: v->paragraph(w->s, b->words); break;
    }
}

void doc_show(struct screen *s, const struct doc *d)
{
    struct shower w = {.s = s};
    for (uint32_t i = 0; i < d->n; i++)
        show_block(&w, d, i);
    arena_done(&w.a);
}

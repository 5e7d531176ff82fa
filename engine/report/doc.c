/* doc.c -- composing: blocks are appended, words are borrowed. */
#include "report/doc.h"

#include <stdlib.h>

void doc_done(struct doc *d)
{
    free(d->v);
    arena_done(&d->arena);
    *d = (struct doc){0};
}

struct doc_block *doc_add(struct doc *d, enum doc_kind kind, struct text words)
{
    array_room(d->v, d->n, d->cap);
    d->v[d->n] = (struct doc_block){.kind = kind, .words = words};
    return &d->v[d->n++];
}

void doc_title(struct doc *d, struct text words) { doc_add(d, DOC_TITLE, words); }
void doc_heading(struct doc *d, const char *words) { doc_add(d, DOC_HEADING, text_of(words)); }
void doc_footer(struct doc *d, struct text words) { doc_add(d, DOC_FOOTER, words); }
void doc_moment(struct doc *d, unsigned number, struct text words) { doc_add(d, DOC_MOMENT, words)->number = number; }

void doc_quiet(struct doc *d, struct text words)
{
    if (words.len)
        doc_add(d, DOC_QUIET, words);
}

void doc_paragraph(struct doc *d, struct text words)
{
    if (words.len)
        doc_add(d, DOC_PARAGRAPH, words);
}

static void labelled(struct doc *d, enum doc_kind kind, struct text label, struct text words, bool strong)
{
    if (!words.len)
        return;
    struct doc_block *b = doc_add(d, kind, words);
    b->label = label;
    b->strong = strong;
}

void doc_labelled(struct doc *d, struct text label, struct text words) { labelled(d, DOC_PARAGRAPH, label, words, false); }
void doc_quote(struct doc *d, struct text who, struct text words, bool own) { labelled(d, DOC_QUOTE, who, words, own); }
void doc_item(struct doc *d, struct text label, struct text words) { labelled(d, DOC_ITEM, label, words, false); }

void doc_row(struct doc *d, enum doc_kind table_or_row, const struct text *cells, uint32_t n)
{
    struct doc_block *b = doc_add(d, table_or_row, (struct text){0});
    b->n_cells = n < DOC_CELLS ? n : DOC_CELLS;
    for (uint32_t i = 0; i < b->n_cells; i++)
        b->cells[i] = cells[i];
}

void doc_line(struct doc *d, const char *label, struct text words)
{
    doc_add(d, DOC_LINE, words)->label = text_of(label);
}

void doc_join(struct doc *d, const struct doc *b, enum doc_form form)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (b->v[i].form == DOC_BOTH || b->v[i].form == form)
            *doc_add(d, b->v[i].kind, b->v[i].words) = b->v[i];
}

struct text doc_keep(struct arena *a, struct buf *b)
{
    struct text t = text_keep(a, buf_view(b));
    buf_done(b);
    *b = (struct buf){0};
    return t;
}

struct text doc_fill(struct arena *a, const char *form, struct text a1, struct text a2)
{
    struct buf b = {0};
    struct text args[2] = {a1, a2};
    words_fill(&b, form, args, 2);
    return doc_keep(a, &b);
}

struct text doc_label(const struct doc_look *look, struct arena *a, struct text label)
{
    return text_trim(doc_fill(a, trc(look->words, "who: what", "%1: %2"), label, (struct text){0}));
}

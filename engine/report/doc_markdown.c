/* doc_markdown.c -- a report as Markdown (CommonMark, tables as GitHub has them).
 *
 * Foreign text is escaped wherever a character could mean something: it stays text. */
#include "report/doc.h"

#include <string.h>

struct writer {
    const struct doc_look *look;
    struct arena a;
    struct buf *out;
};

static void text(struct buf *out, struct text t)
{
    static const char special[] = "\\`*_{}[]<>#|~&!$^=";
    bool digits = true;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.at[i];
        bool first = i == 0;
        bool number = digits && !first && (c == '.' || c == ')'); /* would begin a list */
        if (memchr(special, c, sizeof special - 1) || (first && (c == '-' || c == '+')) || number)
            buf_char(out, '\\');
        buf_char(out, c);
        digits = digits && c >= '0' && c <= '9';
    }
}

static void line(struct writer *w, const char *before, struct text t, const char *after)
{
    if (!t.len)
        return;
    buf_str(w->out, before);
    text(w->out, t);
    buf_str(w->out, after);
}

static void label(struct writer *w, struct text label)
{
    if (label.len)
        line(w, "**", doc_label(w->look, &w->a, label), "** ");
}

/* An empty line before what comes. */
static void gap(struct writer *w)
{
    const struct buf *out = w->out;
    if (out->len && out->at[out->len - 1] != '\n')
        buf_char(w->out, '\n');
    if (out->len > 1 && out->at[out->len - 2] != '\n')
        buf_char(w->out, '\n');
}

static void put_cells(struct writer *w, const struct doc_block *b)
{
    buf_str(w->out, "|");
    for (uint32_t i = 0; i < b->n_cells; i++) {
        line(w, " ", b->cells[i], "");
        buf_str(w->out, " |");
    }
    buf_str(w->out, "\n");
}

static void put_table(struct writer *w, const struct doc_block *b)
{
    put_cells(w, b);
    buf_str(w->out, "|");
    for (uint32_t i = 0; i < b->n_cells; i++)
        buf_str(w->out, "---|");
    buf_str(w->out, "\n");
}

static void put_moment(struct writer *w, const struct doc_block *b)
{
    buf_str(w->out, "### ");
    if (b->number)
        buf_printf(w->out, "%u · ", b->number);
    line(w, "", b->words, "");
    buf_str(w->out, "\n");
}

static void put_line(struct writer *w, const struct doc_block *b)
{
    line(w, "- **", b->label, "**");
    line(w, "  \n  ", b->words.len ? b->words : TEXT("……………………"), "\n");
}

static void put_labelled(struct writer *w, const char *mark, const struct doc_block *b, const char *end)
{
    buf_str(w->out, mark);
    label(w, b->label);
    line(w, b->strong ? "**" : "", b->words, b->strong ? "**" : "");
    buf_str(w->out, end);
}

static void put_block(struct writer *w, const struct doc_block *b)
{
    switch (b->kind) {
    case DOC_TITLE: line(w, "# ", b->words, "\n"); break;
    case DOC_HEADING: line(w, "## ", b->words, "\n"); break;
    case DOC_MOMENT: put_moment(w, b); break;
    case DOC_QUIET:
    case DOC_PARAGRAPH: put_labelled(w, "", b, "\n"); break;
    case DOC_QUOTE: put_labelled(w, "> ", b, "  \n"); break;
    case DOC_ITEM: put_labelled(w, "- ", b, "\n"); break;
    case DOC_TABLE: put_table(w, b); break;
    case DOC_ROW: put_cells(w, b); break;
    case DOC_LINE: put_line(w, b); break;
    case DOC_FIGURE: line(w, "", b->words, "\n"); break;
    case DOC_BLANK:
    case DOC_SHEET: break;
    case DOC_FOOTER: line(w, "---\n\n", b->words, "\n"); break;
    }
}

/* Whether B goes on with what stands before it: the next line of a quote, a list, a table. */
static bool goes_on(const struct doc_block *before, const struct doc_block *b)
{
    return b->kind == DOC_ROW || (before->kind == b->kind && (b->kind == DOC_QUOTE || b->kind == DOC_ITEM || b->kind == DOC_LINE));
}

void doc_markdown(const struct doc *d, const struct doc_look *look, struct buf *out)
{
    struct writer w = {.look = look, .out = out};
    for (uint32_t i = 0; i < d->n; i++) {
        if (i && !goes_on(&d->v[i - 1], &d->v[i]))
            gap(&w);
        put_block(&w, &d->v[i]);
    }
    arena_done(&w.a);
}

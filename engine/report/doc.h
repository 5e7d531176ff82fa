/* doc.h -- a report as a list of blocks: composed once, then written by one small file for each output.
 *
 *     struct doc d = {0};
 *     doc_title(&d, title);
 *     doc_labelled(&d, name, words);
 *     doc_html(&d, &look, &out);
 *     doc_done(&d);
 *
 * Words are clean (base/terminal.h) and without marks: each writer makes them harmless for its own output.  They are not
 * copied; whoever composes keeps them alive.  The writers are doc_html.c, doc_markdown.c and doc_text.c; a screen is
 * written by front/doc_view.c. */
#ifndef REPORT_DOC_H
#define REPORT_DOC_H

#include "base/arena.h"
#include "base/words.h"

enum doc_kind {
    DOC_TITLE = 1,
    DOC_QUIET,     /* circumstances: a line in a low voice */
    DOC_HEADING,
    DOC_MOMENT,    /* a heading below that, with a number; 0: without one */
    DOC_PARAGRAPH, /* a label before it may be empty */
    DOC_QUOTE,     /* what was said: the label says by whom; strong: by the reader */
    DOC_ITEM,      /* a label may be empty */
    DOC_TABLE,     /* cells: the titles of columns; its rows follow; strong: of sentences, which without a page are a list */
    DOC_ROW,       /* cells, as many as titles */
    DOC_LINE,      /* label: what is asked; words: what was written, empty for a line to write on */
    DOC_FIGURE,    /* figure: an SVG element; words: the same for outputs without pictures, may be empty */
    DOC_BLANK,     /* a little room */
    DOC_SHEET,     /* what follows stands on a new sheet of paper */
    DOC_FOOTER
};

/* In which form of a report a block stands. */
enum doc_form { DOC_BOTH, DOC_LONG, DOC_SHORT };

enum { DOC_CELLS = 8 };

struct doc_block {
    enum doc_kind kind;
    bool strong;
    enum doc_form form; /* nothing to the writers: doc_join looks at it */
    unsigned number;
    struct text label, words, figure;
    struct text cells[DOC_CELLS];
    uint32_t n_cells;
};

struct doc {
    struct arena arena; /* for whoever composes */
    struct doc_block *v;
    uint32_t n, cap;
};

struct doc_look {
    const struct words *words;
    struct text lang;   /* a tag; empty: that of the words */
    bool large;         /* letters to be read at arm's length, where the output has sizes */
};

void doc_done(struct doc *d);

struct doc_block *doc_add(struct doc *d, enum doc_kind kind, struct text words);
void doc_title(struct doc *d, struct text words);
void doc_quiet(struct doc *d, struct text words);
void doc_heading(struct doc *d, const char *words);
void doc_moment(struct doc *d, unsigned number, struct text words);
void doc_paragraph(struct doc *d, struct text words);
/* Nothing where WORDS are empty; the same with quotes and items. */
void doc_labelled(struct doc *d, struct text label, struct text words);
void doc_quote(struct doc *d, struct text who, struct text words, bool own);
void doc_item(struct doc *d, struct text label, struct text words);
void doc_row(struct doc *d, enum doc_kind table_or_row, const struct text *cells, uint32_t n);
void doc_line(struct doc *d, const char *label, struct text words);
void doc_footer(struct doc *d, struct text words);

/* Appends those blocks of B to D that stand in FORM; the words stay B's. */
void doc_join(struct doc *d, const struct doc *b, enum doc_form form);

/* FORM (already translated) with %1 and %2 filled in, in A. */
struct text doc_fill(struct arena *a, const char *form, struct text a1, struct text a2);
/* What BUF holds, in A; BUF is freed. */
struct text doc_keep(struct arena *a, struct buf *b);
/* "Name:" before what somebody says, in the language's manner. */
struct text doc_label(const struct doc_look *look, struct arena *a, struct text label);

/* ---- writers ---- */

void doc_html(const struct doc *d, const struct doc_look *look, struct buf *out);
void doc_markdown(const struct doc *d, const struct doc_look *look, struct buf *out);
void doc_text(const struct doc *d, const struct doc_look *look, struct buf *out);

/* ---- files: doc_file.c ---- */

/* Whether PATH ends in .html, .htm, .md or .txt. */
bool doc_named_well(const char *path);
/* Writes D as the ending of PATH says: under another name beside it first, for nobody else to read, then in its place.
 * 0, or errno. */
int doc_write(const struct doc *d, const struct doc_look *look, const char *path);

#endif

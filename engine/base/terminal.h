/* terminal.h -- text for a terminal: made harmless, measured, and broken into lines.
 *
 * The order is always: clean, measure or wrap, and only then style.  Whatever somebody else wrote (a scenario, a
 * script, a participant, an answer of the engine) goes through terminal_clean; all other functions take clean text.
 * Widths are cells by grapheme cluster, at most 2 each, so an emoji sequence counts as terminals draw it.  Knows no
 * escape sequence, no descriptor and no size but the one it is given. */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include "base/text.h"

enum clean {
    CLEAN_PLAY, /* for players: what cannot be shown is dropped or becomes U+FFFD */
    CLEAN_CHECK /* for authors: what cannot be shown is written out, ^[ or <U+202E> */
};

/* Appends T to OUT, in one line, since a text that breaks lines could look like ours, and without anything that steers a terminal or hides in it: control characters, bidirectional controls,
 * invisible and zero-width characters (a joiner stays inside emoji), noncharacters, bad bytes, more than four marks on
 * one base.  A TAB becomes four blanks. */
void terminal_clean(struct text t, enum clean how, struct buf *out);

/* Cells that T takes.  WIDE: characters of ambiguous width take two, as on many Chinese terminals. */
size_t terminal_width(struct text t, bool wide);

/* Whether CODE is one of these, as are “ ” … · ● ─ (but not ▮ ░ ✓). */
bool terminal_ambiguous(uint32_t code);

/* Takes the next cluster off *T -- what is drawn, erased and stepped over as one -- and says its bytes and cells.
 * False at the end. */
bool terminal_cluster(struct text *t, bool wide, struct text *cluster, unsigned *cells);

/* The longest beginning of T, in whole clusters, that takes at most CELLS. */
struct text terminal_begin(struct text t, size_t cells, bool wide);
/* The longest end of T, in whole clusters, that takes at most CELLS. */
struct text terminal_end(struct text t, size_t cells, bool wide);
/* Appends T, or where it takes more than CELLS its beginning and an ellipsis. */
void terminal_fit(struct text t, size_t cells, bool wide, struct buf *out);

/* How lines are laid out. */
struct wrap {
    unsigned width; /* cells of a line */
    unsigned first; /* cells of the first line that are taken already */
    unsigned hang;  /* indent of all further lines */
    bool wide;
};

struct wrap_line {
    size_t from, to; /* bytes of the text; blanks at the line's end are left out */
    bool hard;       /* the text itself ends the line here */
};

/* Breaks T into lines by UAX #14 -- no ，。」 begins a line -- and, where a word is wider than a line, between clusters.
 * *N lines, at least one, in A.  Control characters put in after cleaning, to say where a style begins, take no
 * room. */
struct wrap_line *terminal_wrap(struct text t, const struct wrap *how, struct arena *a, size_t *n);
/* The same, appended to OUT with line ends and indents; no line end behind the last line. */
void terminal_wrap_to(struct text t, const struct wrap *how, struct buf *out);

#endif

/* screen.h -- where the conversation is written: a descriptor, a width, and what is waiting to go out.
 *
 * Text shown is clean (base/terminal.h) except for three marks of our own that clean text cannot hold: MARKED_EM and
 * MARKED_TERM begin a stressed word or a term of the trade, MARKED_END ends it.  screen_clean makes such text from
 * foreign text.  Output is collected and written by screen_flush; a failed write is remembered in `error`. */
#ifndef FRONT_SCREEN_H
#define FRONT_SCREEN_H

#include "base/terminal.h"
#include "base/words.h"

enum { MARKED_EM = 1, MARKED_TERM = 2, MARKED_END = 4 };
enum { SCREEN_READING_WIDTH = 72 };

/* The fixed table of what styling there is; term.c says how each looks. */
enum style { STYLE_NONE, STYLE_NAME, STYLE_ASIDE, STYLE_QUIET, STYLE_STRONG, STYLE_TERM, STYLE_BAD, STYLE_COUNT };

struct view;

struct screen {
    int fd;
    unsigned columns, rows; /* of the window, clamped to 20…500 and 5…500 */
    bool styled;            /* escape sequences from the fixed table are wanted */
    const struct words *words;
    const struct view *view;
    struct buf out;
    int error;              /* errno of the first write that failed; 0: none */
};

/* Looks at the descriptor and the environment: plain for --plain, ACCESSIBLE, TERM=dumb and where FD is no terminal;
 * without styles for NO_COLOR too. */
void screen_open(struct screen *s, int fd, bool plain, const struct words *words);
void screen_measure(struct screen *s);
/* Cells of a line of text: min(columns, 72), with a cell kept free at the edge. */
unsigned screen_width(const struct screen *s);
/* False once anything could not be written. */
bool screen_flush(struct screen *s);
void screen_done(struct screen *s);

/* Adds T wrapped between INDENT and the width, ending in a line end, in STYLE with its marks shown. */
void screen_wrapped(struct screen *s, struct text t, unsigned indent, enum style style);
/* The same where the first line already has FIRST cells. */
void screen_hanging(struct screen *s, struct text t, unsigned first, unsigned indent, enum style style);
/* Adds T as it stands, in STYLE. */
void screen_add(struct screen *s, struct text t, enum style style);
void screen_str(struct screen *s, const char *words, enum style style);
void screen_blanks(struct screen *s, unsigned n);
void screen_line_end(struct screen *s);

#endif

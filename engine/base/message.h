/* message.h -- a diagnostic, as people read it.
 *
 *     scenario.xml:41:19: error: no scene is called “apology” [scene-unknown]
 *        41 |   <option next="apology">
 *           |                 ^~~~~~~ did you mean “apologise”?
 *
 * Everything that came from a file is cleaned for the terminal and cut: a message to MESSAGE_BYTES, a quoted line to
 * what fits around the place.  Wide characters count as the cells they take, so that the caret stands where it should.
 * Knows no engine and no file: the host fills a struct message from an answer, the library from its sources. */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include "base/err.h"
#include "base/words.h"

enum { MESSAGE_BYTES = 300 };

struct message {
    enum msg code;
    struct text args[ERR_ARGS];
    struct text file;    /* empty: no place */
    uint32_t line, col;  /* 0: no place */
    struct text quoted;  /* the line of source; empty: none is quoted */
    size_t from, to;     /* bytes of QUOTED to underline; TO may lie behind its end */
};

/* What surrounds a message: put before a piece and taken back behind it.  Zeroed: nothing. */
struct message_style {
    const char *place, *error, *warning, *note, *caret, *mend, *end;
};

struct message_look {
    const struct words *words;
    unsigned width; /* cells of a line; 0: 100 */
    bool wide;      /* terminal.h */
    struct message_style style;
};

/* With the quoted line and the caret, ending in a line end. */
void message_show(const struct message *m, const struct message_look *look, struct buf *out);
/* All in one line, without a line end: for logs and for front ends with little room. */
void message_line(const struct message *m, const struct message_look *look, struct buf *out);
/* What to write instead, by itself: empty where an argument it would show is. */
void message_mend(const struct message *m, const struct words *words, struct buf *out);
/* E with its place looked up; borrows from both. */
struct message message_of(const struct err *e, struct sources *ss);

#endif

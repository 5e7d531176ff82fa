/* source.h -- the files a scenario was read from, and places in them.
 *
 * A span is a file number and a range of bytes.  source_where turns it into line and column (1-based; columns count
 * code points), source_line gives the line's text for a caret.  Knows nothing of XML or Lua. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/text.h"

struct span {
    uint32_t file;     /* 1-based index into a sources; 0: no place */
    uint32_t from, to; /* bytes, half open */
};

struct source {
    struct text name;  /* as shown to people: a path relative to what the user typed */
    struct text bytes; /* borrowed; whole file */
    uint32_t *lines;   /* offsets of line starts; made on first use */
    uint32_t n_lines;
    uint32_t *chars;   /* code points before each block of bytes: a column in a very long line stays cheap */
};

struct sources {
    struct source *v; /* v[1] is the first */
    uint32_t n;       /* highest valid index */
    uint32_t cap;
};

struct where {
    struct text name;
    uint32_t line, col; /* 1-based; 0 where there is no place */
};

/* Adds a file; NAME is copied, BYTES are borrowed and must live as long as SS.  Returns its number. */
uint32_t sources_add(struct sources *ss, struct text name, struct text bytes);
void sources_done(struct sources *ss);
struct where source_where(struct sources *ss, struct span at);
/* The text of the line that AT begins on, without its line end. */
struct text source_line(struct sources *ss, struct span at);

#endif

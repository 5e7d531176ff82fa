/* lines.h -- the framing of the protocol, the same at both ends.
 *
 * One JSON text a line, ended by LF, at most LINE_MAX_BYTES with it; a line may be followed by raw bytes whose number
 * it names.  What is put is kept together until lines_flush, so that an answer is usually one write.  Knows nothing of
 * JSON, pipes or deadlines: bytes come and go through two functions.
 *
 *     {"file":"en.po","bytes":3}⏎abc{"do":"quit"}⏎
 */
#ifndef WIRE_LINES_H
#define WIRE_LINES_H

#include "base/text.h"

enum { LINE_MAX_BYTES = 1 << 20 };

struct lines_io {
    void *self;
    /* Up to SIZE bytes to AT: how many, 0 at the end, below 0 when it failed (SELF knows why). */
    ptrdiff_t (*read)(void *self, void *at, size_t size);
    /* All SIZE bytes, or false. */
    bool (*write)(void *self, const void *bytes, size_t size);
};

struct lines {
    struct lines_io io;
    char *in;            /* read and not yet taken: from … to */
    size_t from, to, cap;
    struct buf out;      /* put and not yet flushed */
    bool lost;           /* a write failed; nothing more is written */
};

enum line_got {
    LINE_OK,
    LINE_END,      /* the other end closed between two lines */
    LINE_CUT,      /* it closed in the middle of one */
    LINE_TOO_LONG, /* no line end within LINE_MAX_BYTES: there is no going on from here */
    LINE_FAILED    /* io.read failed */
};

void lines_init(struct lines *l, struct lines_io io);
void lines_done(struct lines *l);

/* The next line without its LF; borrowed until the next call. */
enum line_got lines_read(struct lines *l, struct text *line);
/* Exactly N raw bytes, which replace what OUT held. */
enum line_got lines_take(struct lines *l, size_t n, struct buf *out);
/* True while bytes that were already read wait to be taken. */
bool lines_waiting(const struct lines *l);

/* Adds LINE (which holds no LF) and its end, then BYTES as they are. */
void lines_put(struct lines *l, struct text line);
void lines_put_bytes(struct lines *l, struct text bytes);
/* Writes what was put; false when this or an earlier write failed. */
bool lines_flush(struct lines *l);

#endif

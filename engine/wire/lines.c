/* lines.c -- the framing of the protocol.
 *
 * The buffer for what comes in starts small and never grows beyond one longest line; raw bytes go around it.  Must not
 * know JSON or file descriptors. */
#include "wire/lines.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 16 << 10, FLUSH_AT = 256 << 10 };

void lines_init(struct lines *l, struct lines_io io) { *l = (struct lines){.io = io}; }

void lines_done(struct lines *l)
{
    free(l->in);
    buf_done(&l->out);
    *l = (struct lines){0};
}

/* Reads once more behind what is there. */
static enum line_got lines_fill(struct lines *l)
{
    if (l->from > 0) {
        memmove(l->in, l->in + l->from, l->to - l->from);
        l->to -= l->from;
        l->from = 0;
    }
    if (l->to == l->cap) {
        l->cap = l->cap ? l->cap * 2 : FIRST_ROOM;
        l->in = mem_grow(l->in, l->cap);
    }
    ptrdiff_t got = l->io.read(l->io.self, l->in + l->to, l->cap - l->to);
    if (got < 0)
        return LINE_FAILED;
    if (got == 0)
        return l->to > 0 ? LINE_CUT : LINE_END;
    l->to += (size_t)got;
    return LINE_OK;
}

enum line_got lines_read(struct lines *l, struct text *line)
{
    size_t seen = 0;
    for (;;) {
        size_t have = l->to - l->from;
        const char *at = have > seen ? l->in + l->from : NULL;
        const char *lf = at ? memchr(at + seen, '\n', have - seen) : NULL;
        size_t len = lf ? (size_t)(lf - at) : have;
        if (len >= LINE_MAX_BYTES)
            return LINE_TOO_LONG;
        if (lf) {
            *line = text_from(at, len);
            l->from += len + 1;
            return LINE_OK;
        }
        seen = have;
        enum line_got got = lines_fill(l);
        if (got != LINE_OK)
            return got;
    }
}

enum line_got lines_take(struct lines *l, size_t n, struct buf *out)
{
    buf_reset(out);
    size_t have = l->to - l->from < n ? l->to - l->from : n;
    if (have > 0)
        buf_add(out, l->in + l->from, have);
    l->from += have;
    char piece[FIRST_ROOM];
    while (out->len < n) {
        size_t want = n - out->len < sizeof piece ? n - out->len : sizeof piece;
        ptrdiff_t got = l->io.read(l->io.self, piece, want);
        if (got <= 0)
            return got < 0 ? LINE_FAILED : LINE_CUT;
        buf_add(out, piece, (size_t)got);
    }
    return LINE_OK;
}

bool lines_waiting(const struct lines *l) { return l->from < l->to; }

void lines_put(struct lines *l, struct text line)
{
    lines_put_bytes(l, line);
    lines_put_bytes(l, TEXT("\n"));
}

void lines_put_bytes(struct lines *l, struct text bytes)
{
    if (l->lost)
        return;
    buf_text(&l->out, bytes);
    if (l->out.len >= FLUSH_AT)
        lines_flush(l);
}

bool lines_flush(struct lines *l)
{
    if (!l->lost && l->out.len > 0)
        l->lost = !l->io.write(l->io.self, l->out.at, l->out.len);
    buf_reset(&l->out);
    return !l->lost;
}

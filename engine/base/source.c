/* source.c -- the files a scenario was read from, and places in them.
 *
 * A scenario may be one line of four million bytes with an error at each tag, so a place must not cost a walk over its
 * line: besides the starts of lines, the number of code points before each block of bytes is kept.  Both are made when
 * the first place of a file is asked for; a scenario without mistakes pays nothing.
 * Knows nothing of XML, Lua or PO. */
#include "base/source.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { CHARS_BLOCK = 256 };

uint32_t sources_add(struct sources *ss, struct text name, struct text bytes)
{
    assert(bytes.len <= UINT32_MAX - 1);
    if (ss->n + 1 >= ss->cap) {
        ss->cap = ss->cap ? ss->cap * 2 : 8;
        ss->v = mem_grow(ss->v, ss->cap * sizeof *ss->v);
    }
    if (ss->n == 0) {
        ss->v[0] = (struct source){0};
    }
    char *copy = mem_new(name.len + 1);
    if (name.len) {
        memcpy(copy, name.at, name.len);
    }
    copy[name.len] = 0;
    ss->v[++ss->n] = (struct source){.name = {copy, name.len}, .bytes = bytes};
    return ss->n;
}

void sources_done(struct sources *ss)
{
    for (uint32_t i = 1; i <= ss->n; i++) {
        free((char *)ss->v[i].name.at);
        free(ss->v[i].lines);
        free(ss->v[i].chars);
    }
    free(ss->v);
    *ss = (struct sources){0};
}

/* Code points that begin within T: all bytes but those that continue one. */
static uint32_t chars_begun(struct text t)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t.len; i++) {
        n += ((unsigned char)t.at[i] & 0xC0u) != 0x80u;
    }
    return n;
}

static void source_index(struct source *s)
{
    size_t n = 1;
    const char *end = s->bytes.at + s->bytes.len;
    for (const char *p = s->bytes.at; p && p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++) {
        n++;
    }
    s->lines = mem_new(n * sizeof *s->lines);
    s->lines[0] = text_starts(s->bytes, "\xEF\xBB\xBF") ? 3 : 0; /* nobody sees a byte order mark as a column */
    s->n_lines = 1;
    for (const char *p = s->bytes.at; p && p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++) {
        s->lines[s->n_lines++] = (uint32_t)(p + 1 - s->bytes.at);
    }
    size_t blocks = s->bytes.len / CHARS_BLOCK + 1;
    s->chars = mem_new(blocks * sizeof *s->chars);
    s->chars[0] = 0;
    for (size_t i = 1; i < blocks; i++) {
        s->chars[i] = s->chars[i - 1] + chars_begun((struct text){s->bytes.at + (i - 1) * CHARS_BLOCK, CHARS_BLOCK});
    }
}

static struct source *source_at(struct sources *ss, struct span at)
{
    if (at.file == 0 || at.file > ss->n) {
        return NULL;
    }
    struct source *s = &ss->v[at.file];
    if (!s->lines) {
        source_index(s);
    }
    return s;
}

/* The last line that begins at or before OFFSET; from 0. */
static uint32_t line_of(const struct source *s, uint32_t offset)
{
    uint32_t lo = 0, hi = s->n_lines;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->lines[mid] <= offset) {
            lo = mid;
        } else {
            hi = mid;
        }
    }
    return lo;
}

static uint32_t chars_before(const struct source *s, uint32_t offset)
{
    uint32_t block = offset / CHARS_BLOCK, from = block * CHARS_BLOCK;
    if (from == offset) {
        return s->chars[block];
    }
    return s->chars[block] + chars_begun((struct text){s->bytes.at + from, offset - from});
}

static uint32_t offset_in(const struct source *s, uint32_t offset)
{
    return offset > s->bytes.len ? (uint32_t)s->bytes.len : offset;
}

struct where source_where(struct sources *ss, struct span at)
{
    struct source *s = source_at(ss, at);
    if (!s) {
        return (struct where){0};
    }
    uint32_t offset = offset_in(s, at.from), line = line_of(s, offset);
    uint32_t start = s->lines[line];
    uint32_t col = offset > start ? chars_before(s, offset) - chars_before(s, start) + 1 : 1;
    return (struct where){s->name, line + 1, col};
}

struct text source_line(struct sources *ss, struct span at)
{
    struct source *s = source_at(ss, at);
    if (!s) {
        return (struct text){0};
    }
    uint32_t line = line_of(s, offset_in(s, at.from));
    size_t from = s->lines[line];
    size_t to = line + 1 < s->n_lines ? s->lines[line + 1] - 1u : s->bytes.len;
    if (to > from && s->bytes.at[to - 1] == '\r') {
        to--;
    }
    return (struct text){s->bytes.at + from, to - from};
}

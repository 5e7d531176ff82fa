/* statements.c -- lines looked at before they are taken.
 *
 * Only what sending rests on is looked at: a record store knows best what a statement has to be, and says so. */
#include "send/statements.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_uuid(struct text t)
{
    bool ok = t.len == 36;
    for (size_t i = 0; ok && i < t.len; i++) {
        char c = t.at[i];
        bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        ok = i == 8 || i == 13 || i == 18 || i == 23 ? c == '-' : hex;
    }
    return ok;
}

enum statement_flaw statement_read(struct arena *a, struct text line, const struct json_value **v)
{
    struct text id = {0};
    if (line.len > STATEMENT_BYTES)
        return STATEMENT_LONG;
    const struct json_value *s = json_parse(a, line);
    if (v)
        *v = s;
    if (!s || s->kind != JSON_IS_OBJECT)
        return STATEMENT_NO_JSON;
    if (!json_get_text(s, "id", &id) || !is_uuid(id))
        return STATEMENT_NO_ID;
    return json_get_object(s, "actor") && json_get_object(s, "verb") && json_get_object(s, "object") ? STATEMENT_FINE : STATEMENT_NO_PARTS;
}

/* One line of input; false where it cannot be taken. */
static bool take_line(struct arena *a, struct text line, struct intake *in, enum statement_flaw *flaw)
{
    if (text_starts(line, "\xEF\xBB\xBF") && in->lines == 0)
        line = text_from(line.at + 3, line.len - 3);
    line = text_trim(line);
    if (!line.len)
        return true;
    *flaw = statement_read(a, line, NULL);
    arena_reset(a);
    return *flaw == STATEMENT_FINE && intake_line(in, line);
}

bool statements_take(int fd, struct intake *in, enum statement_flaw *flaw, uint64_t *line, int *error)
{
    enum { ROOM = STATEMENT_BYTES + 4096 };
    struct arena a = {0};
    char *at = mem_new(ROOM);
    size_t n = 0;
    bool ok = true;
    *flaw = STATEMENT_FINE;
    *line = 0;
    *error = 0;
    for (bool more = true; ok && (more || n);) {
        ssize_t got = more ? read(fd, at + n, ROOM - n) : 0;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            *error = errno;
        ok = got >= 0;
        more = got > 0;
        n += ok ? (size_t)got : 0;
        struct text rest = text_from(at, n);
        const char *end;
        while (ok && rest.len && ((end = memchr(rest.at, '\n', rest.len)) != NULL || !more || rest.len == ROOM)) {
            size_t len = end ? (size_t)(end - rest.at) : rest.len;
            ++*line;
            ok = take_line(&a, text_from(rest.at, len), in, flaw);
            rest = text_from(rest.at + len + (end ? 1 : 0), rest.len - len - (end ? 1 : 0));
        }
        memmove(at, rest.at, rest.len);
        n = rest.len;
    }
    if (in->error)
        *error = in->error;
    free(at);
    arena_done(&a);
    return ok;
}

/* ---- how they are sent ---- */

static void put_unit(struct buf *out, uint32_t unit) { buf_printf(out, "\\u%04x", (unsigned)unit); }

void statement_ascii(struct text statement, struct buf *out)
{
    while (statement.len) {
        size_t plain = 0;
        while (plain < statement.len && (unsigned char)statement.at[plain] < 0x80)
            plain++;
        buf_add(out, statement.at, plain);
        statement = text_from(statement.at + plain, statement.len - plain);
        uint32_t code;
        if (!text_next(&statement, &code))
            break;
        if (code >= 0x10000) {
            put_unit(out, 0xD800 + ((code - 0x10000) >> 10));
            code = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        put_unit(out, code);
    }
}

/* ---- what a record store gives back ---- */

static bool same_value(const struct json_value *a, const struct json_value *b);

static bool same_array(const struct json_value *a, const struct json_value *b)
{
    bool same = a->n == b->n;
    for (uint32_t i = 0; same && i < a->n; i++)
        same = same_value(&a->items[i], &b->items[i]);
    return same;
}

/* Every member of A is in B. */
static bool same_object(const struct json_value *a, const struct json_value *b)
{
    bool same = true;
    for (uint32_t i = 0; same && i < a->n; i++) {
        const struct json_value *other = json_find(b, a->items[i].key.at);
        same = other && same_value(&a->items[i], other);
    }
    return same;
}

static bool is_number(const struct json_value *v) { return v->kind == JSON_IS_INT || v->kind == JSON_IS_REAL; }

static bool same_value(const struct json_value *a, const struct json_value *b)
{
    if (is_number(a) && is_number(b)) /* 1.0 may come back as 1; fractions are not looked at */
        return a->kind == JSON_IS_REAL || b->kind == JSON_IS_REAL || a->number == b->number;
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case JSON_IS_NULL: return true;
    case JSON_IS_BOOL: return a->truth == b->truth;
    case JSON_IS_TEXT: return text_eq(json_text(a), json_text(b));
    case JSON_IS_ARRAY: return same_array(a, b);
    case JSON_IS_OBJECT: return same_object(a, b);
    case JSON_IS_INT:
    case JSON_IS_REAL: break;
    }
    return true;
}

bool statement_same(const struct json_value *ours, const struct json_value *theirs)
{
    bool same = theirs && theirs->kind == JSON_IS_OBJECT;
    for (uint32_t i = 0; same && i < ours->n; i++) {
        const struct json_value *mine = &ours->items[i], *other = json_find(theirs, mine->key.at);
        if (text_is(mine->key, "id") || text_is(mine->key, "timestamp") || text_is(mine->key, "version"))
            continue;
        same = other && same_value(mine, other);
    }
    return same;
}

/* json_out.c -- JSON, written.
 *
 * By hand rather than by the library: events are compared byte by byte, and each answer of the engine is written here,
 * straight into one buffer.  Runs of plain characters are copied whole.
 * Knows no protocol and no event. */
#include "base/json.h"

static void value(struct json_out *o)
{
    if (o->comma) {
        buf_char(o->to, ',');
    }
    o->comma = true;
}

static void open_with(struct json_out *o, char bracket)
{
    value(o);
    buf_char(o->to, bracket);
    o->comma = false;
}

static void close_with(struct json_out *o, char bracket)
{
    buf_char(o->to, bracket);
    o->comma = true;
}

void json_open_object(struct json_out *o)
{
    open_with(o, '{');
}

void json_close_object(struct json_out *o)
{
    close_with(o, '}');
}

void json_open_array(struct json_out *o)
{
    open_with(o, '[');
}

void json_close_array(struct json_out *o)
{
    close_with(o, ']');
}

void json_key(struct json_out *o, const char *name)
{
    value(o);
    buf_char(o->to, '"');
    buf_str(o->to, name);
    buf_add(o->to, "\":", 2);
    o->comma = false;
}

static void escape(struct buf *b, unsigned code)
{
    static const char digits[] = "0123456789abcdef";
    char u[6] = {'\\', 'u'};
    for (unsigned i = 0; i < 4; i++) {
        u[5 - i] = digits[code >> (4 * i) & 15];
    }
    buf_add(b, u, sizeof u);
}

/* One ASCII character that cannot stand as it is. */
static void escape_ascii(struct buf *b, unsigned char c)
{
    switch (c) {
    case '"':
        buf_add(b, "\\\"", 2);
        break;
    case '\\':
        buf_add(b, "\\\\", 2);
        break;
    case '\n':
        buf_add(b, "\\n", 2);
        break;
    case '\r':
        buf_add(b, "\\r", 2);
        break;
    case '\t':
        buf_add(b, "\\t", 2);
        break;
    default:
        escape(b, c);
    }
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

/* What a terminal would obey or not show: C1 controls, soft hyphen, zero-width and bidirectional characters.  Joiners
 * belong to emoji. */
static bool is_unseen(const unsigned char *c, size_t n)
{
    if (n == 2) {
        return (c[0] == 0xC2 && (c[1] < 0xA0 || c[1] == 0xAD)) || (c[0] == 0xD8 && c[1] == 0x9C);
    }
    return n == 3 && ((c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0x8B || c[2] == 0x8E || c[2] == 0x8F || (c[2] >= 0xA8 && c[2] <= 0xAE))) ||
                      (c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA0 && c[2] <= 0xAF) ||
                      (c[0] == 0xEF && c[1] == 0xBB && c[2] == 0xBF));
}

/* Length of the sequence at the start of T, 0 where it cannot stand as it is. */
static size_t plain_len(struct text t)
{
    unsigned char c = (unsigned char)t.at[0];
    if (c < 0x80) {
        return is_plain(c);
    }
    size_t n = text_utf8_len(t);
    return is_unseen((const unsigned char *)t.at, n) ? 0 : n;
}

void json_str(struct json_out *o, struct text t)
{
    value(o);
    buf_char(o->to, '"');
    while (t.len) {
        size_t run = 0;
        for (size_t n; run < t.len && (n = plain_len(text_from(t.at + run, t.len - run))) > 0; run += n) {
        }
        buf_add(o->to, t.at, run);
        t = text_from(t.at + run, t.len - run);
        if (t.len == 0) {
            break;
        }
        uint32_t code;
        unsigned char c = (unsigned char)t.at[0];
        text_next(&t, &code);
        if (c < 0x80) {
            escape_ascii(o->to, c);
        } else if (code == 0xFFFD) {
            buf_code(o->to, code);
        } else {
            escape(o->to, code);
        }
    }
    buf_char(o->to, '"');
}

void json_key_text(struct json_out *o, struct text name)
{
    json_str(o, name);
    buf_char(o->to, ':');
    o->comma = false;
}

void json_int(struct json_out *o, int64_t n)
{
    value(o);
    buf_int(o->to, n);
}

void json_bool(struct json_out *o, bool b)
{
    json_raw(o, b ? TEXT("true") : TEXT("false"));
}

void json_nothing(struct json_out *o)
{
    json_raw(o, TEXT("null"));
}

void json_raw(struct json_out *o, struct text json)
{
    value(o);
    buf_text(o->to, json);
}

void json_put_text(struct json_out *o, const char *name, struct text t)
{
    json_key(o, name);
    json_str(o, t);
}

void json_put_int(struct json_out *o, const char *name, int64_t n)
{
    json_key(o, name);
    json_int(o, n);
}

void json_put_bool(struct json_out *o, const char *name, bool b)
{
    json_key(o, name);
    json_bool(o, b);
}

/* xml_scan.c -- XML as bytes.
 *
 * The parser stops at the first fault and speaks of names and grammar.  An author thinks of a missing quote: so the tag
 * at fault is read once more here, in the order in which people make mistakes.  Knows no parser and no format. */
#include "scenario/xml_scan.h"

#include "scenario/xml.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == ':' || (c & 0x80);
}

static bool name_start(char c)
{
    return name_char(c) && c != '-' && c != '.' && !(c >= '0' && c <= '9');
}

static uint32_t skip_space(struct text b, uint32_t at)
{
    while (at < b.len && scan_space(b.at[at]))
        at++;
    return at;
}

static uint32_t skip_name(struct text b, uint32_t at)
{
    while (at < b.len && name_char(b.at[at]))
        at++;
    return at;
}

static struct text slice(struct text b, uint32_t from, uint32_t to)
{
    return text_from(b.at + from, to - from);
}

static bool begins(struct text b, size_t at, const char *with)
{
    size_t n = strlen(with);
    return at + n <= b.len && memcmp(b.at + at, with, n) == 0;
}

/* Offset of WHAT at or behind AT, or b.len. */
static uint32_t find(struct text b, size_t at, const char *what)
{
    const char *p = at < b.len ? memmem(b.at + at, b.len - at, what, strlen(what)) : NULL;
    return (uint32_t)(p ? (size_t)(p - b.at) : b.len);
}

bool scan_attr(struct text bytes, uint32_t *pos, uint32_t end, struct scan_attr *out)
{
    uint32_t at = skip_space(bytes, *pos), from = at;
    at = skip_name(bytes, at);
    if (at == from || at >= end)
        return false;
    out->name = slice(bytes, from, at);
    out->name_from = from;
    at = skip_space(bytes, at);
    if (at >= end || bytes.at[at] != '=')
        return false;
    at = skip_space(bytes, at + 1);
    if (at >= end || (bytes.at[at] != '"' && bytes.at[at] != '\''))
        return false;
    const char *close = memchr(bytes.at + at + 1, bytes.at[at], bytes.len - at - 1);
    if (!close)
        return false;
    out->from = at + 1;
    out->to = (uint32_t)(close - bytes.at);
    *pos = out->to + 1;
    return true;
}

/* ---- before the parser -------------------------------------------------------------------------------------------- */

static bool refuse(struct errs *es, enum msg code, uint32_t file, size_t from, size_t to, struct text arg)
{
    errs_add(es, code, (struct span){file, (uint32_t)from, (uint32_t)to}, arg, (struct text){0}, (struct text){0});
    return false;
}

static bool declares_well(struct text b, uint32_t file, size_t from, struct errs *es)
{
    if (!begins(b, from, "<?xml") || from + 5 >= b.len || !scan_space(b.at[from + 5]))
        return true;
    uint32_t end = find(b, from, "?>"), pos = (uint32_t)from + 5;
    struct scan_attr a;
    while (scan_attr(b, &pos, end, &a)) {
        struct text value = slice(b, a.from, a.to);
        if (text_is(a.name, "version") && !text_is(value, "1.0"))
            return refuse(es, MSG_XML_VERSION, file, a.from, a.to, value);
        if (text_is(a.name, "encoding") && !(value.len == 5 && strncasecmp(value.at, "utf-8", 5) == 0))
            return refuse(es, MSG_XML_ENCODING, file, a.from, a.to, value);
    }
    return true;
}

/* A start tag's length decides how long the parser takes over it, so no long one may reach it. */
static bool tags_are_short(struct text b, uint32_t file, uint32_t limit, struct errs *es)
{
    size_t at = 0;
    for (const char *p; at < b.len && (p = memchr(b.at + at, '<', b.len - at));) {
        at = (size_t)(p - b.at);
        if (begins(b, at, "<!--")) {
            at = find(b, at + 4, "-->");
            continue;
        }
        if (begins(b, at, "<![CDATA[")) {
            at = find(b, at + 9, "]]>");
            continue;
        }
        size_t from = at++;
        char quote = 0;
        while (at < b.len && (quote || b.at[at] != '>')) {
            char c = b.at[at];
            if (quote ? c == quote : c == '"' || c == '\'')
                quote = quote ? 0 : c;
            else if (c == '<')
                break; /* not well-formed: the parser will say so */
            if (++at - from <= limit)
                continue;
            char number[16];
            snprintf(number, sizeof number, "%u", limit);
            return refuse(es, MSG_XML_LARGE_TAG, file, from, from + 1, text_of(number));
        }
    }
    return true;
}

bool scan_before(struct sources *ss, uint32_t file, const struct limits *limits, uint32_t *skipped, struct errs *es)
{
    struct text b = ss->v[file].bytes;
    *skipped = begins(b, 0, "\xef\xbb\xbf") ? 3 : 0;
    if (text_trim(slice(b, *skipped, (uint32_t)b.len)).len == 0)
        return refuse(es, MSG_XML_EMPTY, file, 0, 0, (struct text){0});
    if (begins(b, 0, "\xff\xfe") || begins(b, 0, "\xfe\xff") || (b.len > 3 && (!b.at[0] || !b.at[1])))
        return refuse(es, MSG_XML_UTF16, file, 0, 0, (struct text){0});
    const char *nul = memchr(b.at, 0, b.len);
    if (nul)
        return refuse(es, MSG_XML_NUL, file, (size_t)(nul - b.at), (size_t)(nul - b.at) + 1, (struct text){0});
    if (!declares_well(b, file, *skipped, es))
        return false;
    size_t valid = text_utf8_valid(b);
    if (valid < b.len)
        return refuse(es, MSG_XML_UTF8, file, valid, valid + 1, (struct text){0});
    return tags_are_short(b, file, limits->tag_bytes, es);
}

/* ---- after the parser has given up -------------------------------------------------------------------------------- */

struct blame {
    struct errs *es;
    struct text bytes;
    uint32_t file;
};

static void say(const struct blame *b, enum msg code, uint32_t from, uint32_t to, struct text a1, struct text a2)
{
    uint32_t end = (uint32_t)b->bytes.len; /* what is at fault may be what is missing there */
    errs_add(b->es, code, (struct span){b->file, from < end ? from : end, to < end ? to : end}, a1, a2, (struct text){0});
}

/* The next tag behind AT, past comments and CDATA. */
static uint32_t next_tag(struct text b, uint32_t at)
{
    while (at < b.len) {
        at = find(b, at, "<");
        if (begins(b, at, "<!--"))
            at = find(b, at + 4, "-->");
        else if (begins(b, at, "<![CDATA["))
            at = find(b, at + 9, "]]>");
        else if ((begins(b, at, "<?xml ") && at < 4) || begins(b, at, "<?xml-model ")) /* where they belong */
            at = find(b, at + 5, "?>");
        else
            break;
    }
    return at;
}

/* "trust < 3" turned round: "3 > trust". */
static void turned_round(struct text b, uint32_t from, uint32_t lt, struct buf *out)
{
    uint32_t left = lt, right = lt + 1;
    bool equal = right < b.len && b.at[right] == '=';
    while (left > from && b.at[left - 1] == ' ')
        left--;
    uint32_t left_to = left;
    while (left > from && name_char(b.at[left - 1]) && !(b.at[left - 1] & 0x80))
        left--;
    right = skip_space(b, right + equal);
    uint32_t right_to = skip_name(b, right);
    if (left == left_to || right == right_to) {
        buf_str(out, "&lt;");
        return;
    }
    buf_text(out, slice(b, right, right_to));
    buf_str(out, equal ? " >= " : " > ");
    buf_text(out, slice(b, left, left_to));
}

/* The value that opens at QUOTE holds a '<' at LT, or the file ends there. */
static void blame_value(const struct blame *b, struct text name, uint32_t quote, uint32_t lt)
{
    uint32_t before = lt;
    while (before > quote + 1 && scan_space(b->bytes.at[before - 1]))
        before--;
    bool line_end = memchr(b->bytes.at + quote, '\n', lt - quote) != NULL;
    if (lt >= b->bytes.len || line_end || b->bytes.at[before - 1] == '>') {
        say(b, MSG_XML_QUOTE_OPEN, quote, quote + 1, name, (struct text){0});
        return;
    }
    struct buf better = {0};
    turned_round(b->bytes, quote + 1, lt, &better);
    say(b, MSG_XML_LT_VALUE, lt, lt + 1, buf_view(&better), (struct text){0});
    buf_done(&better);
}

/* A value in the quotes of a word processor, without them. */
static struct text without_curly(struct text t)
{
    static const char *const quotes[] = {"“", "”", "‘", "’", "„", "＂"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t n = strlen(quotes[i]);
        if (t.len >= n && memcmp(t.at, quotes[i], n) == 0)
            t = slice(t, (uint32_t)n, (uint32_t)t.len);
        if (t.len >= n && memcmp(t.at + t.len - n, quotes[i], n) == 0)
            t = slice(t, 0, (uint32_t)(t.len - n));
    }
    return t;
}

/* Reads one attribute as an author would; false where it is at fault and that has been said. */
static bool attr_is_sound(const struct blame *b, uint32_t *pos, struct text tag)
{
    struct text t = b->bytes;
    uint32_t from = *pos, at = skip_name(t, from);
    struct text name = slice(t, from, at);
    if (at == from) {
        say(b, MSG_XML_TAG, from, from + 1, tag, (struct text){0});
        return false;
    }
    at = skip_space(t, at);
    if (at >= t.len || t.at[at] != '=') {
        say(b, MSG_XML_VALUE_NONE, from, from + (uint32_t)name.len, name, (struct text){0});
        return false;
    }
    at = skip_space(t, at + 1);
    if (at >= t.len || (t.at[at] != '"' && t.at[at] != '\'')) {
        uint32_t to = at;
        while (to < t.len && !scan_space(t.at[to]) && t.at[to] != '>' && t.at[to] != '<' && t.at[to] != '"')
            to++;
        say(b, MSG_XML_QUOTE_NONE, at, to, name, without_curly(slice(t, at, to)));
        return false;
    }
    uint32_t quote = at++;
    while (at < t.len && t.at[at] != t.at[quote] && t.at[at] != '<')
        at++;
    if (at >= t.len || t.at[at] == '<') {
        blame_value(b, name, quote, at);
        return false;
    }
    at++;
    if (at < t.len && name_start(t.at[at])) {
        /* a closing quote that opens the next value: the quote before it was forgotten */
        if (memchr(t.at + quote, '=', at - quote) || memchr(t.at + quote, '\n', at - quote))
            say(b, MSG_XML_QUOTE_OPEN, quote, quote + 1, name, (struct text){0});
        else
            say(b, MSG_XML_SPACE, at, at + 1, (struct text){0}, (struct text){0});
        return false;
    }
    *pos = at;
    return true;
}

static bool blame_tag(const struct blame *b, uint32_t tag)
{
    struct text t = b->bytes;
    uint32_t at = tag + 1;
    if (at < t.len && t.at[at] == '?') {
        say(b, MSG_XML_INSTRUCTION, tag, at + 1, slice(t, at + 1, skip_name(t, at + 1)), (struct text){0});
        return true;
    }
    if (at < t.len && t.at[at] == '/')
        at++;
    if (at >= t.len || !name_start(t.at[at])) {
        say(b, MSG_XML_LT_TEXT, tag, tag + 1, (struct text){0}, (struct text){0});
        return true;
    }
    struct text name = slice(t, at, skip_name(t, at));
    for (at = skip_name(t, at); at < t.len;) {
        at = skip_space(t, at);
        if (at >= t.len || t.at[at] == '<') {
            say(b, MSG_XML_TAG, tag, tag + 1 + (uint32_t)name.len, name, (struct text){0});
            return true;
        }
        if (t.at[at] == '>' || t.at[at] == '/' || t.at[at] == '?')
            return false;
        if (!attr_is_sound(b, &at, name))
            return true;
    }
    say(b, MSG_XML_TAG, tag, tag + 1 + (uint32_t)name.len, name, (struct text){0});
    return true;
}

/* A CDATA section or comment that opens behind AT and never ends. */
static bool blame_open_end(const struct blame *b, uint32_t at)
{
    struct text t = b->bytes;
    for (at = find(t, at, "<!"); at < t.len; at = find(t, at, "<!")) {
        bool cdata = begins(t, at, "<![CDATA["), comment = begins(t, at, "<!--");
        uint32_t end = cdata ? find(t, at + 9, "]]>") : comment ? find(t, at + 4, "-->") : at + 2;
        if (end >= t.len) {
            say(b, cdata ? MSG_XML_CDATA : MSG_XML_COMMENT, at, at + (cdata ? 9 : 4), (struct text){0}, (struct text){0});
            return true;
        }
        at = end;
    }
    return false;
}

/* The character reference that ends at END, where it is one that names no character. */
static bool blame_charref(const struct blame *b, uint32_t end)
{
    struct text t = b->bytes;
    uint32_t from = end;
    while (from > 0 && end - from < 16 && t.at[from] != '&')
        from--;
    uint32_t to = begins(t, from, "&#") ? skip_name(t, from + 2) : from;
    if (to == from || to >= t.len || t.at[to] != ';' || to + 1 < end)
        return false;
    say(b, MSG_XML_CHARREF, from, to + 1, slice(t, from + 1, to), (struct text){0});
    return true;
}

static bool known_entity(struct text name)
{
    return text_is(name, "amp") || text_is(name, "lt") || text_is(name, "gt") || text_is(name, "quot") ||
           text_is(name, "apos");
}

static bool blame_ampersand(const struct blame *b, uint32_t from, uint32_t to)
{
    struct text t = b->bytes;
    for (uint32_t at = find(t, from, "&"); at < t.len && at <= to; at = find(t, at + 1, "&")) {
        uint32_t end = at + 1;
        if (end < t.len && t.at[end] == '#')
            end++;
        end = skip_name(t, end);
        struct text name = slice(t, at + 1, end);
        bool closed = end < t.len && t.at[end] == ';' && name.len;
        if (closed && known_entity(name))
            continue;
        enum msg code = !closed ? MSG_XML_AMPERSAND : name.at[0] == '#' ? MSG_XML_CHARREF : MSG_XML_ENTITY;
        if (code == MSG_XML_CHARREF && end < to)
            continue;
        say(b, code, at, closed ? end + 1 : at + 1, name, (struct text){0});
        return true;
    }
    return false;
}

static void blame_twice(const struct blame *b, uint32_t tag, struct text name)
{
    uint32_t pos = skip_name(b->bytes, tag + 1), seen = 0;
    struct scan_attr a;
    while (scan_attr(b->bytes, &pos, (uint32_t)b->bytes.len, &a))
        if (text_eq(a.name, name) && seen++) {
            say(b, MSG_XML_TWICE, a.name_from, a.name_from + (uint32_t)name.len, name, (struct text){0});
            return;
        }
    say(b, MSG_XML_TWICE, tag, tag + 1, name, (struct text){0});
}

static void blame_mismatch(const struct blame *b, struct sources *ss, uint32_t tag, const struct scan_fault *f)
{
    char line[16];
    struct where opened = source_where(ss, (struct span){b->file, f->open_at, f->open_at});
    snprintf(line, sizeof line, "%u", opened.line);
    uint32_t to = find(b->bytes, tag, ">");
    struct text closing = text_trim(slice(b->bytes, tag + 2 < to ? tag + 2 : to, to));
    errs_add(b->es, MSG_XML_MISMATCH, (struct span){b->file, tag, to}, f->open, closing, text_of(line));
}

/* Behind white space, comments and the lines <?…?> from AT on. */
static uint32_t skip_prolog(struct text b, uint32_t at)
{
    for (;;) {
        at = skip_space(b, at);
        struct text rest = text_from(b.at + at, b.len - at);
        bool comment = text_starts(rest, "<!--");
        uint32_t end = comment || text_starts(rest, "<?") ? find(b, at, comment ? "-->" : "?>") : (uint32_t)b.len;
        if (end >= b.len)
            return at;
        at = end + (comment ? 3 : 2);
    }
}

/* What is there instead of the first element: words, an end tag, nothing but a comment. */
static bool blame_start(const struct blame *b, const struct scan_fault *f)
{
    uint32_t at = skip_prolog(b->bytes, f->after), end = at;
    bool tag = at + 1 < b->bytes.len && b->bytes.at[at] == '<' && !strchr("!/", b->bytes.at[at + 1]);
    if (f->seen || tag || skip_space(b->bytes, f->after) == b->bytes.len)
        return false;
    while (end < b->bytes.len && b->bytes.at[end] != '\n')
        end++;
    say(b, MSG_XML_START, at, end, (struct text){0}, (struct text){0});
    return true;
}

static void blame_other(const struct blame *b, const struct scan_fault *f)
{
    uint32_t at = f->pos < b->bytes.len ? f->pos : (uint32_t)b->bytes.len;
    say(b, MSG_XML_OTHER, at, at, f->message, (struct text){0});
}

void scan_explain(struct sources *ss, uint32_t file, const struct scan_fault *f, struct errs *es)
{
    struct blame b = {es, ss->v[file].bytes, file};
    uint32_t tag = next_tag(b.bytes, f->after), end = (uint32_t)b.bytes.len;
    uint32_t special = find(b.bytes, f->after, "<!");
    switch (f->kind) {
    case FAULT_EMPTY:
        if (!blame_start(&b, f))
            say(&b, MSG_XML_EMPTY, 0, 0, (struct text){0}, (struct text){0});
        return;
    case FAULT_TWICE:
        blame_twice(&b, tag, f->text1);
        return;
    case FAULT_PREFIX:
        say(&b, MSG_XML_PREFIX, tag, tag + 1, f->text1.len ? f->text1 : f->text2, (struct text){0});
        return;
    case FAULT_HYPHENS: {
        uint32_t comment = find(b.bytes, f->after, "<!--");
        uint32_t at = find(b.bytes, comment + 4, "--");
        say(&b, MSG_XML_HYPHENS, at, at + 2, (struct text){0}, (struct text){0});
        return;
    }
    case FAULT_COMMENT:
        say(&b, MSG_XML_COMMENT, special, special + 4, (struct text){0}, (struct text){0});
        return;
    case FAULT_CDATA:
        say(&b, MSG_XML_CDATA, special, special + 9, (struct text){0}, (struct text){0});
        return;
    case FAULT_CHARACTER:
        if (!blame_charref(&b, f->pos))
            say(&b, MSG_XML_CHARACTER, f->pos, f->pos + 1, (struct text){0}, (struct text){0});
        return;
    case FAULT_AFTER:
        tag = skip_space(b.bytes, f->after);
        say(&b, MSG_XML_AFTER, tag, tag + 1, (struct text){0}, (struct text){0});
        return;
    case FAULT_MISMATCH:
        if (tag + 1 < end && b.bytes.at[tag + 1] == '/') {
            blame_mismatch(&b, ss, tag, f);
            return;
        }
        break;
    case FAULT_ENDS:
    case FAULT_TAG:
    case FAULT_AMPERSAND:
    case FAULT_OTHER:
        break;
    }
    if ((f->kind == FAULT_ENDS || f->kind == FAULT_TAG) && blame_open_end(&b, f->after))
        return;
    if (blame_ampersand(&b, f->after, f->pos > tag ? f->pos : tag) || (tag < end && blame_tag(&b, tag)))
        return;
    if (f->open.len && (f->kind == FAULT_ENDS || tag >= end))
        say(&b, MSG_XML_ENDS, f->open_at, f->open_at + 1 + (uint32_t)f->open.len, f->open, (struct text){0});
    else if (!blame_start(&b, f))
        blame_other(&b, f);
}

/* ---- places inside a value ---------------------------------------------------------------------------------------- */

/* Bytes that the reference at the start of RAW stands for, and how long it is as written. */
static uint32_t reference(struct text raw, uint32_t *written)
{
    const char *semicolon = memchr(raw.at, ';', raw.len);
    *written = semicolon ? (uint32_t)(semicolon - raw.at) + 1 : 1;
    if (raw.len < 3 || raw.at[1] != '#')
        return 1;
    uint32_t code = 0;
    bool hex = raw.at[2] == 'x';
    for (const char *p = raw.at + (hex ? 3 : 2); semicolon && p < semicolon && code < 0x110000; p++) {
        uint32_t digit = *p <= '9' ? (uint32_t)(*p - '0') : (uint32_t)((*p | 32) - 'a' + 10);
        code = code * (hex ? 16 : 10) + digit;
    }
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

uint32_t xml_raw_offset(struct text raw, uint32_t decoded)
{
    uint32_t at = 0, n = 0;
    bool cdata = false;
    while (at < raw.len) {
        if (!cdata && begins(raw, at, "<!--")) {
            at = find(raw, at + 4, "-->") + 3;
            continue;
        }
        if (!cdata && begins(raw, at, "<![CDATA[")) {
            cdata = true;
            at += 9;
            continue;
        }
        if (cdata && begins(raw, at, "]]>")) {
            cdata = false;
            at += 3;
            continue;
        }
        if (n >= decoded)
            return at;
        uint32_t written = 1, bytes = 1;
        if (!cdata && raw.at[at] == '&')
            bytes = reference(slice(raw, at, (uint32_t)raw.len), &written);
        else if (raw.at[at] == '\r' && at + 1 < raw.len && raw.at[at + 1] == '\n')
            written = 2;
        if (n + bytes > decoded)
            return at;
        n += bytes;
        at += written;
    }
    return (uint32_t)raw.len < at ? (uint32_t)raw.len : at;
}

/* text.c -- text as pointer and length, and text being built.
 *
 * UTF-8 is decoded by hand, strictly (no overlong forms, no surrogates, nothing above U+10FFFF), because every floor
 * asks for it and one answer must hold everywhere.  Widths, clusters and line breaks are terminal.c's.
 * Knows no language, no terminal and no file. */
#include "base/text.h"

#include "base/arena.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text text_of(const char *nul_terminated)
{
    return (struct text){nul_terminated, nul_terminated ? strlen(nul_terminated) : 0};
}

bool text_eq(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool text_equals(struct text a, const char *nul_terminated)
{
    return text_eq(a, text_of(nul_terminated));
}

int text_cmp(struct text a, struct text b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

bool text_starts(struct text t, const char *prefix)
{
    size_t n = strlen(prefix);
    return t.len >= n && (n == 0 || memcmp(t.at, prefix, n) == 0);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct text drop(struct text t, size_t n)
{
    return n ? (struct text){t.at + n, t.len - n} : t;
}

struct text text_trim(struct text t)
{
    while (t.len && is_blank(t.at[0])) {
        t = drop(t, 1);
    }
    while (t.len && is_blank(t.at[t.len - 1])) {
        t.len--;
    }
    return t;
}

bool text_split(struct text *rest, char sep, struct text *piece)
{
    if (rest->len == 0) {
        return false;
    }
    const char *end = memchr(rest->at, sep, rest->len);
    size_t n = end ? (size_t)(end - rest->at) : rest->len;
    *piece = (struct text){rest->at, n};
    *rest = drop(*rest, end ? n + 1 : n);
    return true;
}

bool text_word(struct text *rest, struct text *word)
{
    struct text t = *rest;
    while (t.len && is_blank(t.at[0])) {
        t = drop(t, 1);
    }
    size_t n = 0;
    while (n < t.len && !is_blank(t.at[n])) {
        n++;
    }
    *word = (struct text){t.at, n};
    *rest = drop(t, n);
    return n > 0;
}

bool text_has_word(struct text list, struct text word)
{
    for (struct text one; text_word(&list, &one);)
        if (text_eq(one, word))
            return true;
    return false;
}

bool text_int(struct text t, long lo, long hi, long *out)
{
    bool minus = t.len && t.at[0] == '-';
    if (t.len && (t.at[0] == '-' || t.at[0] == '+')) {
        t = drop(t, 1);
    }
    if (t.len == 0) {
        return false;
    }
    long n = 0; /* counted downwards: LONG_MIN has no positive twin */
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] < '0' || t.at[i] > '9') {
            return false;
        }
        long digit = t.at[i] - '0';
        if (n < (LONG_MIN + digit) / 10) {
            return false;
        }
        n = n * 10 - digit;
    }
    if (!minus) {
        if (n == LONG_MIN) {
            return false;
        }
        n = -n;
    }
    if (n < lo || n > hi) {
        return false;
    }
    *out = n;
    return true;
}

struct text text_keep(struct arena *a, struct text t)
{
    return (struct text){arena_copy(a, t.at, t.len), t.len};
}

uint64_t text_hash(struct text t)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < t.len; i++) {
        h = (h ^ (unsigned char)t.at[i]) * UINT64_C(1099511628211);
    }
    return h;
}

/* ---- UTF-8 ---- */

static bool is_tail(unsigned char c)
{
    return (c & 0xC0u) == 0x80u;
}

size_t text_utf8_len(struct text t)
{
    if (t.len == 0) {
        return 0;
    }
    const unsigned char *s = (const unsigned char *)t.at;
    if (s[0] < 0x80) {
        return 1;
    }
    if (s[0] < 0xC2 || s[0] > 0xF4) {
        return 0;
    }
    if (s[0] < 0xE0) {
        return t.len >= 2 && is_tail(s[1]) ? 2 : 0;
    }
    if (s[0] < 0xF0) {
        bool ok = t.len >= 3 && is_tail(s[1]) && is_tail(s[2]) && !(s[0] == 0xE0 && s[1] < 0xA0) &&
                  !(s[0] == 0xED && s[1] >= 0xA0);
        return ok ? 3 : 0;
    }
    bool ok = t.len >= 4 && is_tail(s[1]) && is_tail(s[2]) && is_tail(s[3]) && !(s[0] == 0xF0 && s[1] < 0x90) &&
              !(s[0] == 0xF4 && s[1] >= 0x90);
    return ok ? 4 : 0;
}

size_t text_utf8_valid(struct text t)
{
    size_t i = 0;
    while (i < t.len) {
        uint64_t eight;
        if (t.len - i >= sizeof eight) { /* plain ASCII is skipped by the word */
            memcpy(&eight, t.at + i, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        size_t n = text_utf8_len((struct text){t.at + i, t.len - i});
        if (n == 0) {
            return i;
        }
        i += n;
    }
    return t.len;
}

bool text_next(struct text *t, uint32_t *code)
{
    if (t->len == 0) {
        return false;
    }
    const unsigned char *s = (const unsigned char *)t->at;
    size_t n = text_utf8_len(*t);
    switch (n) {
    case 1:
        *code = s[0];
        break;
    case 2:
        *code = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
        break;
    case 3:
        *code = (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
        break;
    case 4:
        *code = (s[0] & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
        break;
    default:
        *code = 0xFFFD;
        n = 1;
    }
    *t = drop(*t, n);
    return true;
}

size_t text_chars(struct text t)
{
    size_t n = 0;
    for (uint32_t code; text_next(&t, &code); n++) {
    }
    return n;
}

/* ---- nearest name ---- */

enum { CODES_ON_STACK = 72 }; /* ids are at most 64 long */

static size_t codes_of(struct text t, uint32_t *out)
{
    size_t n = 0;
    while (text_next(&t, &out[n])) {
        n++;
    }
    return n;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Three rows of the usual table; only the band |i - j| <= LIMIT can hold values within LIMIT.  ROWS has 3 * (M + 1). */
static unsigned distance_banded(const uint32_t *a, size_t n, const uint32_t *b, size_t m, unsigned limit,
                                unsigned *rows)
{
    unsigned *before = rows, *above = rows + (m + 1), *row = rows + 2 * (m + 1);
    unsigned over = limit + 1;
    for (size_t j = 0; j <= m; j++) {
        above[j] = before[j] = row[j] = least((unsigned)j, over);
    }
    for (size_t i = 1; i <= n; i++) {
        size_t lo = i > limit ? i - limit : 1, hi = i + limit < m ? i + limit : m;
        row[lo - 1] = lo == 1 ? least((unsigned)i, over) : over;
        unsigned best = row[lo - 1];
        for (size_t j = lo; j <= hi; j++) {
            unsigned d = above[j - 1] + (a[i - 1] != b[j - 1]);
            d = least(d, row[j - 1] + 1);
            d = least(d, j < i + limit ? above[j] + 1 : over);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d = least(d, before[j - 2] + 1);
            }
            row[j] = least(d, over);
            best = least(best, row[j]);
        }
        if (best > limit) {
            return over;
        }
        unsigned *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[m];
}

unsigned text_distance(struct text a, struct text b, unsigned limit)
{
    assert(limit < UINT_MAX / 4);
    size_t longest = a.len > b.len ? a.len : b.len;
    if (longest > UINT32_MAX / 64) {
        return text_eq(a, b) ? 0 : limit + 1;
    }
    uint32_t few[2 * CODES_ON_STACK];
    unsigned few_rows[3 * (CODES_ON_STACK + 1)];
    bool small = longest < CODES_ON_STACK;
    uint32_t *codes = small ? few : mem_new(2 * (longest + 1) * sizeof *codes);
    unsigned *rows = small ? few_rows : mem_new(3 * (longest + 1) * sizeof *rows);
    uint32_t *ca = codes, *cb = codes + longest + 1;
    size_t n = codes_of(a, ca), m = codes_of(b, cb);
    size_t gap = n > m ? n - m : m - n;
    unsigned d = gap > limit ? limit + 1 : distance_banded(ca, n, cb, m, limit, rows);
    if (!small) {
        free(codes);
        free(rows);
    }
    return d;
}

struct text text_nearest(struct text wanted, const struct text *candidates, size_t n)
{
    size_t third = text_chars(wanted) / 3;
    unsigned limit = third < 1 ? 1 : third > 20 ? 20 : (unsigned)third;
    struct text nearest = {0};
    for (size_t i = 0; i < n; i++) {
        unsigned d = text_distance(wanted, candidates[i], limit);
        if (d > limit) {
            continue;
        }
        nearest = candidates[i];
        if (d <= 1) {
            break; /* 0 is the thing itself, and the first at 1 is as good as any */
        }
        limit = d - 1;
    }
    return nearest;
}

/* ---- text being built ---- */

void buf_done(struct buf *b)
{
    free(b->at);
    *b = (struct buf){0};
}

static void buf_room(struct buf *b, size_t more)
{
    if (b->cap - b->len >= more) {
        return;
    }
    size_t cap = b->cap ? b->cap : 64;
    while (cap - b->len < more) {
        if (cap > SIZE_MAX / 2) {
            cap = SIZE_MAX; /* mem_grow reports it */
            break;
        }
        cap *= 2;
    }
    b->at = mem_grow(b->at, cap);
    b->cap = cap;
}

void buf_add(struct buf *b, const void *bytes, size_t len)
{
    if (len) {
        buf_room(b, len);
        memcpy(b->at + b->len, bytes, len);
        b->len += len;
    }
}

void buf_text(struct buf *b, struct text t)
{
    buf_add(b, t.at, t.len);
}

void buf_str(struct buf *b, const char *nul_terminated)
{
    buf_text(b, text_of(nul_terminated));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_code(struct buf *b, uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        code = 0xFFFD;
    }
    unsigned char c[4];
    size_t n;
    if (code < 0x80) {
        c[0] = (unsigned char)code;
        n = 1;
    } else if (code < 0x800) {
        c[0] = (unsigned char)(0xC0 | code >> 6);
        c[1] = (unsigned char)(0x80 | (code & 0x3F));
        n = 2;
    } else if (code < 0x10000) {
        c[0] = (unsigned char)(0xE0 | code >> 12);
        c[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
        c[2] = (unsigned char)(0x80 | (code & 0x3F));
        n = 3;
    } else {
        c[0] = (unsigned char)(0xF0 | code >> 18);
        c[1] = (unsigned char)(0x80 | (code >> 12 & 0x3F));
        c[2] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
        c[3] = (unsigned char)(0x80 | (code & 0x3F));
        n = 4;
    }
    buf_add(b, c, n);
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[20];
    size_t i = sizeof digits;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do {
        digits[--i] = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (n < 0) {
        buf_char(b, '-');
    }
    buf_add(b, digits + i, sizeof digits - i);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    assert(format);
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    buf_room(b, (size_t)n + 1); /* vsnprintf wants room for its NUL */
    vsnprintf(b->at + b->len, (size_t)n + 1, format, again);
    b->len += (size_t)n;
    va_end(again);
    va_end(args);
}

void buf_reset(struct buf *b)
{
    b->len = 0;
}

void buf_sentence(struct buf *b, struct text t)
{
    enum { WIDE = 0x2e80 }; /* from here on: ideographs, kana, full-width marks */
    struct text all = buf_view(b), rest = t;
    uint32_t before = 0, behind = 0, c;
    while (text_next(&all, &c))
        before = c < ' ' ? before : c; /* marks stand between the words of a text */
    while (!behind && text_next(&rest, &c))
        behind = c < ' ' ? 0 : c;
    if (before && behind && before < WIDE && behind < WIDE)
        buf_char(b, ' ');
    buf_text(b, t);
}

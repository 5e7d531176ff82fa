/* form.c -- urlencoded bodies, cookies, Accept-Language, Host and Origin.
 *
 * Written by hand, because it must refuse what a lenient reader would guess at: a field that stands twice, a broken
 * escape, a host that is almost ours.  Pure; fuzzed by tests/fuzz/fuzz_form.c. */
#include "front/form.h"

#include <arpa/inet.h>
#include <string.h>

/* ---- forms ---- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool decode(struct text t, struct buf *out)
{
    for (size_t i = 0; i < t.len; i++) {
        char c = t.at[i] == '+' ? ' ' : t.at[i];
        if (c == '%') {
            int hi = i + 2 < t.len ? hex(t.at[i + 1]) : -1, lo = i + 2 < t.len ? hex(t.at[i + 2]) : -1;
            if (hi < 0 || lo < 0)
                return false;
            c = (char)(hi << 4 | lo);
            i += 2;
        }
        if (c == 0)
            return false;
        buf_char(out, c);
    }
    return true;
}

bool form_field(struct text body, const char *field, struct buf *out)
{
    struct text pair, found = {0};
    bool seen = false;
    buf_reset(out);
    while (text_split(&body, '&', &pair)) {
        struct text name = {0};
        text_split(&pair, '=', &name);
        if (!text_is(name, field))
            continue;
        if (seen)
            return false;
        seen = true;
        found = pair;
    }
    if (seen && decode(found, out))
        return true;
    buf_reset(out);
    return false;
}

bool form_number(struct text body, const char *field, uint32_t most, uint32_t *out)
{
    struct buf b = {0};
    long n = 0;
    bool ok = form_field(body, field, &b) && b.len > 0 && b.len <= 10;
    for (size_t i = 0; ok && i < b.len; i++)
        ok = b.at[i] >= '0' && b.at[i] <= '9';
    ok = ok && text_int(buf_view(&b), 0, (long)most, &n);
    buf_done(&b);
    if (ok)
        *out = (uint32_t)n;
    return ok;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* T, whatever its capitals, is NAME, which has none. */
static bool same_word(struct text t, const char *name)
{
    size_t n = strlen(name);
    bool same = t.len == n;
    for (size_t i = 0; same && i < n; i++)
        same = lower(t.at[i]) == lower(name[i]);
    return same;
}

bool form_is_form(struct text content_type)
{
    struct text type = {0};
    text_split(&content_type, ';', &type);
    return same_word(text_trim(type), "application/x-www-form-urlencoded");
}

/* ---- cookies ---- */

bool form_cookie(struct text header, const char *name, struct text *value)
{
    struct text pair;
    while (text_split(&header, ';', &pair)) {
        struct text key = {0};
        pair = text_trim(pair);
        text_split(&pair, '=', &key);
        if (text_is(key, name)) {
            *value = pair;
            return true;
        }
    }
    return false;
}

/* ---- languages ---- */

/* "0.85" in thousandths, at most 1000; 0 where that is no number. */
static long thousandths(struct text t)
{
    long q = 0, unit = 1000;
    bool behind = false;
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == '.' && !behind) {
            behind = true;
            continue;
        }
        if (t.at[i] < '0' || t.at[i] > '9')
            return 0;
        unit = behind ? unit / 10 : unit;
        q += (t.at[i] - '0') * unit;
        q = q > 1000 ? 1000 : q;
    }
    return q;
}

/* The weight of a range's parameters: ";q=0.8", which may stand among others. */
static long weight(struct text parameters)
{
    struct text one, name = {0};
    while (text_split(&parameters, ';', &one)) {
        text_split(&one, '=', &name);
        if (same_word(text_trim(name), "q"))
            return thousandths(text_trim(one));
    }
    return 1000;
}

enum form_lang form_language(struct text header)
{
    long best = 0;
    enum form_lang lang = FORM_NEITHER;
    struct text range;
    while (text_split(&header, ',', &range)) {
        struct text tag = {0};
        text_split(&range, ';', &tag);
        tag = text_trim(tag);
        struct text two = text_from(tag.at, tag.len < 2 ? tag.len : 2);
        bool whole = tag.len <= 2 || tag.at[2] == '-', english = whole && same_word(two, "en"), chinese = whole && same_word(two, "zh");
        long w = english || chinese ? weight(range) : 0;
        if (w > best) { /* of two alike the first was meant: some phones write no weights */
            best = w;
            lang = chinese ? FORM_CHINESE : FORM_ENGLISH;
        }
    }
    return lang;
}

/* ---- where a request was meant for, and where it comes from ---- */

static bool is_address(struct text t)
{
    char at[INET6_ADDRSTRLEN + 2];
    struct in6_addr to;
    bool six = t.len > 2 && t.at[0] == '[' && t.at[t.len - 1] == ']';
    if (six)
        t = text_from(t.at + 1, t.len - 2);
    if (t.len == 0 || t.len >= sizeof at || memchr(t.at, 0, t.len))
        return false;
    memcpy(at, t.at, t.len);
    at[t.len] = 0;
    return inet_pton(six ? AF_INET6 : AF_INET, at, &to) == 1;
}

/* Takes the port off HOST; false where it is not PORT. */
static bool take_port(struct text *host, uint16_t port)
{
    size_t n = host->len;
    long is = 0;
    while (n > 0 && host->at[n - 1] >= '0' && host->at[n - 1] <= '9')
        n--;
    if (n == 0 || host->at[n - 1] != ':' || (host->at[0] == '[' && !memchr(host->at, ']', n)))
        return port == 80;
    bool ok = text_int(text_from(host->at + n, host->len - n), 1, 65535, &is) && is == port;
    host->len = n - 1;
    return ok;
}

bool form_host(struct text host, uint16_t port, const char *name)
{
    return take_port(&host, port) && (is_address(host) || (name && *name && same_word(host, name)));
}

bool form_origin(struct text origin, struct text host)
{
    static const char scheme[] = "http://";
    size_t n = sizeof scheme - 1;
    bool same = origin.len == n + host.len && memcmp(origin.at, scheme, n) == 0;
    for (size_t i = 0; same && i < host.len; i++)
        same = lower(origin.at[n + i]) == lower(host.at[i]);
    return same;
}

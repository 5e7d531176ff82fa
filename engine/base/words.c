/* words.c -- the program's own words, in the reader's language.
 *
 * gettext's tools without its library: libintl translates only under locales that are installed, holds one language a
 * process and opens files.  Here a language is bytes in the program, in the layout that msgfmt writes: a head, a table
 * of originals in byte order, a table of translations beside it.  All numbers are little-endian (po.mk asks for that).
 * Knows no locale and no environment; the caller hands those in. */
#include "base/words.h"

#include "base/plural.h"

#include <string.h>

enum { MO_COUNT = 8, MO_ORIGINALS = 12, MO_TRANSLATIONS = 16, MO_ROW = 8 };

static uint32_t mo_number(const struct words *w, size_t at)
{
    if (at > w->len || w->len - at < 4) {
        return 0;
    }
    const unsigned char *p = w->mo + at;
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Row I of the table whose place stands at HEAD; a NUL is behind it. */
static struct text mo_text(const struct words *w, size_t head, uint32_t i)
{
    size_t row = mo_number(w, head) + (size_t)i * MO_ROW;
    size_t len = mo_number(w, row), at = mo_number(w, row + 4);
    if (at >= w->len || len >= w->len - at) {
        return (struct text){0};
    }
    return text_from((const char *)w->mo + at, len);
}

/* The translation of KEY, empty where there is none.  A plural's original is two texts with a NUL between; its order is
 * that of the first. */
static struct text mo_find(const struct words *w, const char *key)
{
    uint32_t lo = 0, hi = mo_number(w, MO_COUNT);
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        struct text original = mo_text(w, MO_ORIGINALS, mid);
        int c = strcmp(key, original.at ? original.at : "");
        if (c == 0) {
            return mo_text(w, MO_TRANSLATIONS, mid);
        }
        if (c < 0) {
            hi = mid;
        } else {
            lo = mid + 1;
        }
    }
    return (struct text){0};
}

const char *tr(const struct words *w, const char *english)
{
    if (!w || !english[0]) { /* "" is the key of the header */
        return english;
    }
    struct text found = mo_find(w, english);
    return found.len ? found.at : english;
}

const char *trc(const struct words *w, const char *context, const char *english)
{
    char key[512];
    size_t c = strlen(context), e = strlen(english);
    if (!w || c + e + 2 > sizeof key) {
        return english;
    }
    memcpy(key, context, c);
    key[c] = '\004'; /* as gettext joins them */
    memcpy(key + c + 1, english, e + 1);
    struct text found = mo_find(w, key);
    return found.len ? found.at : english;
}

const char *trn(const struct words *w, const char *one, const char *many, unsigned long n)
{
    struct text forms = w ? mo_find(w, one) : (struct text){0};
    if (!forms.len) {
        return n == 1 ? one : many;
    }
    struct text form;
    unsigned long wanted = plural_form(mo_find(w, ""), n);
    for (unsigned long i = 0; text_split(&forms, 0, &form); i++) {
        if (i == wanted) {
            break;
        }
    }
    return form.at; /* the last form where a header asks for more than there are */
}

/* ---- choosing ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "zh" of "zh-CN", "zh_TW.UTF-8", "ZH". */
static bool same_language(struct text a, struct text b)
{
    for (size_t i = 0;; i++) {
        char x = i < a.len ? lower(a.at[i]) : 0, y = i < b.len ? lower(b.at[i]) : 0;
        bool end_x = x < 'a' || x > 'z', end_y = y < 'a' || y > 'z';
        if (end_x || end_y) {
            return end_x && end_y && i > 0;
        }
        if (x != y) {
            return false;
        }
    }
}

/* Tag and name alike, '-' or '_', to the end of the tag: "zh-CN" and "zh_CN.UTF-8". */
static bool same_tag(const char *tag, struct text name)
{
    size_t i = 0;
    for (; tag[i]; i++) {
        char c = i < name.len ? lower(name.at[i]) : 0;
        if (lower(tag[i]) != (c == '_' ? '-' : c)) {
            return false;
        }
    }
    return i == name.len || name.at[i] == '.' || name.at[i] == '@';
}

bool words_find(struct text name, const struct words **out)
{
    *out = NULL;
    if (same_language(name, TEXT("en")) || text_is(name, "C") || text_starts(name, "C.") || text_is(name, "POSIX")) {
        return true;
    }
    for (const struct words *w = words_all; w->tag; w++) {
        if (same_tag(w->tag, name)) {
            *out = w;
            return true;
        }
    }
    for (const struct words *w = words_all; w->tag; w++) {
        if (same_language(text_of(w->tag), name)) {
            *out = w;
            return true;
        }
    }
    return false;
}

const struct words *words_choose(const char *option, const char *lc_all, const char *lc_messages, const char *lang)
{
    const struct words *w = NULL;
    if (option && option[0] && words_find(text_of(option), &w)) {
        return w;
    }
    const char *locale = lc_all && lc_all[0] ? lc_all : lc_messages && lc_messages[0] ? lc_messages : lang;
    words_find(text_of(locale), &w);
    return w;
}

const char *words_tag(const struct words *w)
{
    return w ? w->tag : "en";
}

void words_fill(struct buf *out, const char *form, const struct text args[], size_t n)
{
    for (const char *p = form; *p; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9') {
            size_t i = (size_t)(*++p - '1');
            if (i < n) {
                buf_text(out, args[i]);
            }
        } else if (p[0] == '%' && p[1] == '%') {
            buf_char(out, *p++);
        } else {
            buf_char(out, *p);
        }
    }
}

/* terminal_wrap.c -- clean text broken into lines.
 *
 * Where a line may end is libunistring's answer by UAX #14; which of these places are used is decided here, because
 * cells are counted by cluster and a first line may be shorter.  One thing is added for Chinese: UAX #14 lets no line
 * end beside curly quotes, which Latin needs and Chinese reads as ragged lines; a curly quote next to a wide character
 * is therefore shown to the library as the corner bracket of its kind, which is as long in UTF-8. */
#include "base/terminal.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

enum { CELLS_MIN = 2 };

struct lines {
    struct wrap_line *v;
    size_t n, cap;
};

static bool is_wide_code(uint32_t c)
{
    return c >= 0x2E80 && c <= 0xFFEF;
}

/* The bracket that breaks as the quote C should, NULL for anything else. */
static const char *bracket_for(uint32_t c)
{
    switch (c) {
    case 0x2018:
        return "『";
    case 0x2019:
        return "』";
    case 0x201C:
        return "「";
    case 0x201D:
        return "」";
    default:
        return NULL;
    }
}

/* COPY is T's bytes; the quotes of Chinese in it become brackets. */
static void quotes_to_brackets(struct text t, char *copy)
{
    struct text rest = t;
    uint32_t before = 0, c = 0, after = 0;
    for (bool more = text_next(&rest, &c); more;) {
        size_t end = t.len - rest.len;
        after = 0;
        more = text_next(&rest, &after);
        const char *bracket = bracket_for(c);
        if (bracket && (is_wide_code(before) || is_wide_code(after))) {
            memcpy(copy + end - 3, bracket, 3);
        }
        before = c;
        c = after;
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* LB29: no break between a colon or point and a letter (:back, 10.a); libunistring would break behind it. */
static void colons_to_letters(struct text t, char *copy)
{
    for (size_t i = 0; i + 1 < t.len; i++) {
        if ((t.at[i] == ':' || t.at[i] == '.') && is_letter(t.at[i + 1])) {
            copy[i] = 'x';
        }
    }
}

/* "40 %" is one word. */
static void keep_percents(struct text t, char *places)
{
    for (size_t i = 2; i < t.len; i++) {
        if (t.at[i] == '%' && t.at[i - 1] == ' ' && t.at[i - 2] >= '0' && t.at[i - 2] <= '9') {
            places[i] = UC_BREAK_PROHIBITED;
        }
    }
}

/* One of libunistring's answers a byte: what may happen before it. */
static char *breaks_of(struct text t)
{
    char *places = mem_new(t.len + 1), *copy = mem_new(t.len + 1);
    if (t.len) {
        memcpy(copy, t.at, t.len);
        quotes_to_brackets(t, copy);
        colons_to_letters(t, copy);
        u8_possible_linebreaks((const uint8_t *)copy, t.len, "UTF-8", places);
        keep_percents(t, places);
    }
    free(copy);
    return places;
}

static bool is_blank(struct text cluster)
{
    return text_eq(cluster, TEXT(" ")) || text_eq(cluster, TEXT("\u3000"));
}

struct room {
    size_t used, width;
    bool wide;
    bool may_wait; /* a word that does not fit here may begin on the next line, which has more room */
};

/* The line that begins at FROM; returns where the next one begins. */
static size_t line_at(struct text t, const char *places, size_t from, const struct room *room, struct wrap_line *line)
{
    struct text rest = text_from(t.at + from, t.len - from), cluster;
    size_t at = from, used = room->used, ink = from; /* ink: end of the last cluster that is no blank */
    size_t broken = from, kept = from;               /* the last place to break, and the ink before it */
    for (unsigned cells; terminal_cluster(&rest, room->wide, &cluster, &cells); at += cluster.len) {
        if (places[at] == UC_BREAK_MANDATORY) {
            *line = (struct wrap_line){from, ink, true};
            return at + cluster.len;
        }
        if (places[at] == UC_BREAK_POSSIBLE && at > from) {
            broken = at;
            kept = ink;
        }
        used += cells;
        if (is_blank(cluster)) {
            continue; /* blanks hang over the edge */
        }
        if (used > room->width && (at > from || room->may_wait)) {
            bool word = broken > from || room->may_wait;
            *line = (struct wrap_line){from, word ? kept : ink, false};
            return word ? broken : at;
        }
        ink = at + cluster.len;
    }
    *line = (struct wrap_line){from, ink, true};
    return t.len;
}

struct wrap_line *terminal_wrap(struct text t, const struct wrap *how, struct arena *a, size_t *n)
{
    size_t width = how->width < how->hang + CELLS_MIN ? how->hang + CELLS_MIN : how->width;
    struct room room = {how->first, width, how->wide, how->first > how->hang};
    char *places = breaks_of(t);
    struct lines ls = {0};
    size_t from = 0;
    do {
        array_room(ls.v, ls.n, ls.cap);
        from = line_at(t, places, from, &room, &ls.v[ls.n++]);
        room.used = how->hang;
        room.may_wait = false;
    } while (from < t.len);
    free(places);
    struct wrap_line *lines = arena_array(a, struct wrap_line, ls.n);
    memcpy(lines, ls.v, ls.n * sizeof *lines);
    free(ls.v);
    *n = ls.n;
    return lines;
}

void terminal_wrap_to(struct text t, const struct wrap *how, struct buf *out)
{
    struct arena a = {0};
    size_t n;
    const struct wrap_line *lines = terminal_wrap(t, how, &a, &n);
    for (size_t i = 0; i < n; i++) {
        if (i) {
            buf_char(out, '\n');
        }
        for (unsigned b = 0; i && b < how->hang && lines[i].to > lines[i].from; b++) {
            buf_char(out, ' ');
        }
        buf_add(out, t.at + lines[i].from, lines[i].to - lines[i].from);
    }
    arena_done(&a);
}

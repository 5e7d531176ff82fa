/* terminal.c -- text for a terminal: made harmless, and measured.
 *
 * What a text may hold is decided by one table of ranges and the Unicode properties of libunistring; everything else is
 * dropped, replaced or written out.  Each code point is looked at once, and what may pile up on one cell is bounded
 * (marks, joined emoji), so a hostile text costs as much as a friendly one of its length.  ASCII and Chinese take a
 * short way.
 * Knows no escape sequence and no descriptor: who styles text does so after it came from here. */
#include "base/terminal.h"

#include <uniwidth.h>
#include <unictype.h>

enum { MARKS_MAX = 4, JOINS_MAX = 3, TAB_BLANKS = 4 };
enum { ZWJ = 0x200D, DOTTED_CIRCLE = 0x25CC, EMOJI_STYLE = 0xFE0F, REPLACEMENT = 0xFFFD };

static bool is_ascii(uint32_t c)
{
    return c >= 0x20 && c < 0x7F;
}

/* Ideographs and full-width forms: what Chinese is made of, always two cells and never a mark. */
static bool is_plain_wide(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF01 && c <= 0xFF60) || (c >= 0x3000 && c <= 0x3020);
}

static unsigned code_cells(uint32_t c, bool wide)
{
    if (is_ascii(c)) {
        return 1;
    }
    if (is_plain_wide(c)) {
        return 2;
    }
    int w = uc_width(c, "UTF-8");
    return w <= 0 ? 0 : w == 1 && wide && terminal_ambiguous(c) ? 2 : (unsigned)w;
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static bool is_nonchar(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static bool is_mark(uint32_t c)
{
    if (is_ascii(c) || is_plain_wide(c) || is_control(c)) {
        return false;
    }
    return uc_width(c, "UTF-8") == 0 || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me);
}

/* Reorders, hides or does not show. */
static bool is_hidden(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0x00AD, 0x00AD},   {0x061C, 0x061C},   {0x115F, 0x1160},   {0x17B4, 0x17B5}, {0x180E, 0x180E},
        {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164}, {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},   {0xFFF9, 0xFFFB},   {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0] && c >= ranges[i].from; i++) {
        if (c <= ranges[i].to) {
            return true;
        }
    }
    return false;
}

static bool is_pictographic(uint32_t c)
{
    return c > 0xFF && uc_is_property_extended_pictographic(c);
}

static bool is_emoji_modifier(uint32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

static bool is_regional(uint32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static uint32_t code_ahead(struct text t)
{
    uint32_t c = 0;
    text_next(&t, &c);
    return c;
}

/* ---- making harmless ---- */

struct cleaner {
    enum clean how;
    struct buf *out;
    bool base;      /* something stands here that a mark can sit on */
    bool picture;   /* an emoji stands here that a joiner can join */
    unsigned marks; /* on this base */
    unsigned joins; /* in this emoji */
};

static void put_base(struct cleaner *k, uint32_t c)
{
    buf_code(k->out, c);
    k->base = true;
    k->picture = false;
    k->marks = k->joins = 0;
}

/* Written out for an author. */
static void put_form(struct cleaner *k, uint32_t c)
{
    if (c < 0x20 || c == 0x7F) {
        buf_char(k->out, '^');
        buf_char(k->out, (char)(c ^ 0x40));
    } else {
        buf_printf(k->out, "<U+%04X>", (unsigned)c);
    }
    k->base = true; /* its last character */
    k->picture = false;
    k->marks = k->joins = 0;
}

static void put_control(struct cleaner *k, uint32_t c)
{
    if (c == '\t') {
        for (int i = 0; i < TAB_BLANKS; i++) {
            put_base(k, ' ');
        }
    } else if (k->how == CLEAN_CHECK) {
        put_form(k, c);
    } else if (c == '\n') {
        put_base(k, ' ');
    } else {
        put_base(k, REPLACEMENT);
    }
}

static void put_hidden(struct cleaner *k, uint32_t c)
{
    if (k->how == CLEAN_CHECK) {
        put_form(k, c);
    }
}

static void put_mark(struct cleaner *k, uint32_t c)
{
    if (!k->base) {
        put_base(k, DOTTED_CIRCLE); /* else it would sit on what we wrote before this text */
    }
    if (k->marks == MARKS_MAX) {
        put_hidden(k, c);
        k->marks = MARKS_MAX; /* written out or not, it is no new base */
        return;
    }
    buf_code(k->out, c);
    k->marks++;
}

static void put_joiner(struct cleaner *k, uint32_t next)
{
    if (!k->picture || k->joins == JOINS_MAX || !is_pictographic(next)) {
        put_hidden(k, ZWJ);
        return;
    }
    buf_code(k->out, ZWJ);
    k->joins++;
    k->marks = 0;
}

static void put_picture(struct cleaner *k, uint32_t c)
{
    unsigned joins = k->joins;
    bool joined = k->out->len >= 3 && joins > 0 && text_eq(text_from(k->out->at + k->out->len - 3, 3), TEXT("\u200D"));
    put_base(k, c);
    k->picture = true;
    k->joins = joined ? joins : 0;
}

static void put_code(struct cleaner *k, uint32_t c, uint32_t next)
{
    if (is_ascii(c) || is_plain_wide(c)) {
        put_base(k, c);
    } else if (is_control(c)) {
        put_control(k, c);
    } else if (c == ZWJ) {
        put_joiner(k, next);
    } else if (is_hidden(c)) {
        put_hidden(k, c);
    } else if (c == 0x2028 || c == 0x2029) {
        put_control(k, k->how == CLEAN_CHECK ? c : '\n');
    } else if (is_nonchar(c)) {
        put_control(k, c);
    } else if (is_mark(c)) {
        put_mark(k, c);
    } else if (is_pictographic(c)) {
        put_picture(k, c);
    } else {
        bool toned = k->picture && is_emoji_modifier(c);
        unsigned joins = k->joins;
        put_base(k, c);
        if (toned) { /* a skin tone leaves it the emoji it was */
            k->picture = true;
            k->joins = joins;
        }
    }
}

void terminal_clean(struct text t, enum clean how, struct buf *out)
{
    struct cleaner k = {.how = how, .out = out};
    while (t.len) {
        size_t run = 0;
        while (run < t.len && is_ascii((unsigned char)t.at[run])) {
            run++;
        }
        if (run) {
            buf_add(out, t.at, run - 1);
            put_base(&k, (unsigned char)t.at[run - 1]);
            t = text_from(t.at + run, t.len - run);
        }
        uint32_t c;
        if (text_next(&t, &c)) {
            put_code(&k, c, c == ZWJ ? code_ahead(t) : 0);
        }
    }
}

/* ---- measuring ---- */

struct shape {
    uint32_t base;
    bool picture; /* it may be joined and toned */
    bool toned;   /* it has its skin tone */
    bool paired;  /* a flag has both its letters */
};

/* Takes *C, the next code point, off *T if it belongs to the cluster. */
static bool shape_takes(struct shape *s, struct text *t, uint32_t *c)
{
    struct text rest = *t;
    if (!text_next(&rest, c) || is_ascii(*c) || is_plain_wide(*c) || is_control(*c)) {
        return false;
    }
    if (*c == ZWJ && s->picture && is_pictographic(code_ahead(rest))) {
        text_next(&rest, c);
        s->toned = false;
    } else if (is_emoji_modifier(*c)) {
        if (!s->picture || s->toned) {
            return false;
        }
        s->toned = true;
    } else if (is_regional(*c)) {
        if (!is_regional(s->base) || s->paired) {
            return false;
        }
        s->paired = true;
    } else if (!is_mark(*c)) {
        return false;
    }
    *t = rest;
    return true;
}

bool terminal_cluster(struct text *t, bool wide, struct text *cluster, unsigned *cells)
{
    struct text begin = *t;
    uint32_t base, c;
    if (!text_next(t, &base)) {
        return false;
    }
    *cells = code_cells(base, wide);
    bool alone = t->len == 0 || (unsigned char)t->at[0] < 0x80 || is_control(base);
    if (!alone) {
        struct shape s = {.base = base, .picture = is_pictographic(base)};
        while (shape_takes(&s, t, &c)) {
            if (c == EMOJI_STYLE && uc_is_property_emoji(base)) {
                *cells = 2;
            }
        }
        *cells = s.paired ? 2 : *cells;
    }
    *cells = *cells > 2 ? 2 : *cells;
    *cluster = text_from(begin.at, begin.len - t->len);
    return true;
}

size_t terminal_width(struct text t, bool wide)
{
    size_t width = 0;
    unsigned cells;
    for (struct text cluster; terminal_cluster(&t, wide, &cluster, &cells);) {
        width += cells;
    }
    return width;
}

struct text terminal_begin(struct text t, size_t cells, bool wide)
{
    struct text rest = t, cluster;
    size_t taken = 0, used = 0;
    for (unsigned w; terminal_cluster(&rest, wide, &cluster, &w) && used + w <= cells; used += w) {
        taken += cluster.len;
    }
    return text_from(t.at, taken);
}

struct text terminal_end(struct text t, size_t cells, bool wide)
{
    size_t width = terminal_width(t, wide);
    struct text cluster;
    for (unsigned w; width > cells && terminal_cluster(&t, wide, &cluster, &w);) {
        width -= w;
    }
    return t;
}

void terminal_fit(struct text t, size_t cells, bool wide, struct buf *out)
{
    struct text whole = terminal_begin(t, cells, wide);
    size_t dots = code_cells(0x2026, wide);
    if (whole.len == t.len) {
        buf_text(out, t);
    } else if (cells >= dots) {
        buf_text(out, terminal_begin(t, cells - dots, wide));
        buf_str(out, "…");
    }
}

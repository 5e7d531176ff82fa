/* flow.c -- blocks laid out on a canvas.
 *
 * Drawing and measuring are one function, so that they cannot disagree: without a canvas to put it on, a block only says how
 * many rows it takes.  Bars and tiles are put before the words of their row and never to the right of them. */
#include "front/flow.h"

#include "base/terminal.h"
#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDE_FROM = 96, BESIDE = 4, TILE = 5, TALL_ROWS = 30, BAR_MOST = 40, HEAD_ROWS = 5, READING = 76, ANCHOR = 42, PAIR_FROM = 60 };

struct block *flow_add(struct flow *f, enum block_kind kind, enum ink ink)
{
    array_room(f->v, f->n, f->cap);
    f->v[f->n] = (struct block){.kind = kind, .ink = ink};
    return &f->v[f->n++];
}

struct block *flow_words(struct flow *f, struct both words, enum ink ink)
{
    struct block *b = flow_add(f, BLOCK_WORDS, ink);
    b->words = words;
    return b;
}

void flow_gap(struct flow *f) { flow_add(f, BLOCK_GAP, INK_PLAIN); }
void flow_weak_gap(struct flow *f) { flow_add(f, BLOCK_GAP, INK_PLAIN)->weak = true; }

void flow_done(struct flow *f)
{
    free(f->v);
    *f = (struct flow){0};
}

bool tongues_read(const char *list, struct tongues *t)
{
    struct text rest = text_of(list ? list : "en"), tag;
    *t = (struct tongues){0};
    while (text_split(&rest, '+', &tag)) {
        const struct words *w;
        if (t->n == 2 || !words_find(tag, &w))
            return false;
        t->zh[t->n++] = text_starts(text_of(words_tag(w)), "zh");
    }
    return t->n > 0 && (t->n == 1 || t->zh[0] != t->zh[1]);
}

struct text both_in(struct both b, const struct tongues *t, uint32_t place)
{
    struct text own = t->zh[place] ? b.zh : b.en, other = t->zh[place] ? b.en : b.zh;
    return own.len ? own : other;
}

/* Whether B says something in the second language that it does not say in the first. */
static bool says_twice(struct both b, const struct tongues *t)
{
    return t->n > 1 && b.en.len && b.zh.len && !text_eq(b.en, b.zh);
}

/* ---- drawing and measuring ---- */

struct pen {
    struct canvas *c;
    const struct tongues *t;
    unsigned x, w, h;   /* the column, and the screen's rows */
    unsigned end;       /* the row nothing is put at or behind */
    bool dry;           /* only measure */
    unsigned air;       /* 3: all of it; 2: no weak gaps; 1: no large figures either; 0: none */
};
enum { AIR_ALL = 3, AIR_SOME = 2, AIR_GAPS = 1, AIR_NONE = 0 };

static unsigned put(const struct pen *p, unsigned x, unsigned y, unsigned w, unsigned hang, struct text t, enum ink ink)
{
    if (p->dry)
        return canvas_height(p->c, t, w, hang);
    return canvas_wrapped(p->c, x, y, w, hang, y < p->end ? p->end - y : 0, t, ink);
}

/* Words in one or both languages from X on, W cells wide; rows taken. */
static unsigned put_both(const struct pen *p, unsigned x, unsigned y, unsigned w, unsigned hang, struct both b, enum ink ink)
{
    bool twice = says_twice(b, p->t);
    if (twice && p->w >= WIDE_FROM) { /* the second column begins at the same place, whatever stands before the first */
        unsigned middle = p->x + (p->w + BESIDE) / 2, end = p->x + p->w;
        unsigned left = put(p, x, y, middle - BESIDE - x, hang, both_in(b, p->t, 0), ink);
        unsigned right = put(p, middle, y, end - middle, hang, both_in(b, p->t, 1), ink == INK_PLAIN ? INK_OTHER : ink);
        return left > right ? left : right;
    }
    if (!twice && w > READING)
        w = READING;
    unsigned rows = put(p, x, y, w, hang, both_in(b, p->t, 0), ink);
    if (twice)
        rows += put(p, x, y + rows, w, hang, both_in(b, p->t, 1), ink == INK_PLAIN ? INK_OTHER : ink);
    return rows;
}

/* ---- blocks ---- */

static unsigned block_words(const struct pen *p, const struct block *b, unsigned y)
{
    struct text mark = both_in(b->mark, p->t, 0);
    unsigned in = mark.len ? (unsigned)terminal_width(mark, p->c->wide) + 2 : 0;
    if (!p->dry && mark.len && y < p->end)
        canvas_put(p->c, p->x, y, mark, INK_STRONG);
    return put_both(p, p->x + in, y, p->w > in ? p->w - in : 1, 0, b->words, b->ink);
}

/* "(arms folded)", in the brackets of each language. */
static struct both aside(struct canvas *c, struct both manner)
{
    struct buf en = {0}, zh = {0};
    if (manner.en.len) {
        buf_char(&en, '(');
        buf_text(&en, manner.en);
        buf_char(&en, ')');
    }
    if (manner.zh.len) {
        buf_str(&zh, "（");
        buf_text(&zh, manner.zh);
        buf_str(&zh, "）");
    }
    struct both out = {text_keep(&c->arena, buf_view(&en)), text_keep(&c->arena, buf_view(&zh))};
    buf_done(&en);
    buf_done(&zh);
    return out;
}

static unsigned one_speech(const struct pen *p, const struct block *b, unsigned y)
{
    bool quiet = b->ink == INK_QUIET;
    unsigned rows = 0;
    if (!both_empty(b->name))
        rows += put_both(p, p->x, y, p->w, 0, b->name, quiet ? INK_QUIET : INK_NAME);
    if (!both_empty(b->manner))
        rows += put_both(p, p->x + 2, y + rows, p->w - 2, 0, aside(p->c, b->manner), quiet ? INK_QUIET : INK_ASIDE);
    if (!both_empty(b->words))
        rows += put_both(p, p->x + 2, y + rows, p->w - 2, 0, b->words, b->ink);
    return rows;
}

/* In both languages, one below the other: first all of it in one, then in the other. */
static unsigned block_speech(const struct pen *p, const struct block *b, unsigned y)
{
    bool twice = says_twice(b->words, p->t) || says_twice(b->manner, p->t);
    if (!twice || p->w >= WIDE_FROM)
        return one_speech(p, b, y);
    unsigned rows = 0;
    for (uint32_t i = 0; i < 2; i++) {
        struct tongues alone = {.zh = {p->t->zh[i]}, .n = 1};
        struct pen one = *p;
        struct block said = *b;
        one.t = &alone;
        said.ink = i && b->ink == INK_PLAIN ? INK_OTHER : b->ink;
        rows += one_speech(&one, &said, y + rows);
    }
    return rows;
}

static void put_tile(const struct pen *p, unsigned y, unsigned rows, const struct block *b)
{
    char letter[2] = {(char)('A' + b->letter - 1), 0};
    enum ink ink = INK_TILE + (b->letter - 1) % INK_TILES;
    unsigned tall = rows < 3 || p->h < TALL_ROWS ? 1 : 3;
    if (y >= p->end)
        return;
    for (unsigned i = 0; i < tall && y + i < p->end; i++)
        canvas_fill(p->c, p->x, y + i, 3, 1, ' ', ink);
    canvas_str(p->c, p->x + 1, y + tall / 2, letter, ink);
    if (b->chosen)
        canvas_str(p->c, p->x + 3, y + tall / 2, ">", INK_WARN);
}

static struct both with_manner(struct canvas *c, const struct block *b)
{
    struct both a = aside(c, b->manner), out = b->words;
    if (both_empty(b->manner))
        return out;
    struct buf en = {0}, zh = {0};
    buf_text(&en, a.en);
    if (a.en.len && b->words.en.len)
        buf_char(&en, ' ');
    buf_text(&en, b->words.en);
    buf_text(&zh, a.zh);
    buf_text(&zh, b->words.zh);
    out = (struct both){text_keep(&c->arena, buf_view(&en)), text_keep(&c->arena, buf_view(&zh))};
    buf_done(&en);
    buf_done(&zh);
    return out;
}

static unsigned block_option(const struct pen *p, const struct block *b, unsigned y)
{
    struct both words = with_manner(p->c, b);
    struct pen dry = *p;
    dry.dry = true;
    unsigned rows = put_both(&dry, p->x + TILE, y, p->w - TILE, 0, words, b->ink);
    unsigned least = p->air == AIR_ALL && p->h >= TALL_ROWS ? 3 : 1, down = rows == 1 && least == 3 ? 1 : 0;
    if (p->dry)
        return rows > least ? rows : least;
    put_tile(p, y, rows > least ? rows : least, b);
    put_both(p, p->x + TILE, y + down, p->w - TILE, 0, words, b->ink);
    return rows > least ? rows : least;
}

/* A bar of WIDTH cells, of which N of MOST are full; what it stands for behind it. */
static void put_bar(const struct pen *p, unsigned x, unsigned y, unsigned width, uint32_t n, uint32_t most, enum ink ink)
{
    struct buf full = {0}, rest = {0};
    unsigned cells = most ? (unsigned)((uint64_t)n * width / most) : 0;
    if (n && !cells)
        cells = 1;
    for (unsigned i = 0; i < width; i++)
        buf_str(i < cells ? &full : &rest, i < cells ? "▮" : "▯");
    canvas_put(p->c, x, y, buf_view(&full), ink);
    canvas_put(p->c, x + cells, y, buf_view(&rest), INK_REST);
    buf_done(&full);
    buf_done(&rest);
}

static void put_votes(const struct pen *p, const struct block *b, unsigned y)
{
    unsigned x = p->x + TILE + (b->rounds > 1 ? 3 : 0), room = p->w > TILE + 18 ? p->w - TILE - 18 : 4;
    unsigned width = room < BAR_MOST ? room : BAR_MOST;
    for (uint32_t k = 0; k < b->rounds && y + k < p->end; k++) {
        bool last = k + 1 == b->rounds;
        char number[24] = "", shift[24] = "", round[12];
        snprintf(round, sizeof round, "%u", k + 1);
        if (b->rounds > 1)
            canvas_str(p->c, p->x + TILE, y + k, round, INK_QUIET);
        put_bar(p, x, y + k, width, b->votes[k], b->most, last ? INK_BAR : INK_BAR_BEFORE);
        snprintf(number, sizeof number, "%u", b->votes[k]);
        canvas_right(p->c, x + width + 5, y + k, text_of(number), last ? INK_STRONG : INK_QUIET);
        if (last && k > 0) {
            int moved = (int)b->votes[k] - (int)b->votes[k - 1];
            snprintf(shift, sizeof shift, "%s%d", moved > 0 ? "+" : moved < 0 ? "-" : "=", moved < 0 ? -moved : moved);
            canvas_right(p->c, x + width + 11, y + k, text_of(moved ? shift : "="), INK_STRONG);
        }
    }
}

static unsigned block_bars(const struct pen *p, const struct block *b, unsigned y)
{
    unsigned rows = b->most ? b->rounds : 0, words;
    struct both text = with_manner(p->c, b);
    if (p->dry || p->air == AIR_ALL)
        words = put_both(p, p->x + TILE, y, p->w - TILE, 0, text, b->chosen ? INK_STRONG : INK_PLAIN);
    else { /* one line says which it is */
        words = 1;
        canvas_wrapped(p->c, p->x + TILE, y, p->w - TILE, 0, 1, both_in(text, p->t, 0), b->chosen ? INK_STRONG : INK_PLAIN);
    }
    if (p->dry && p->air != AIR_ALL)
        words = 1;
    if (!p->dry) {
        put_tile(p, y, 1, b);
        if (rows)
            put_votes(p, b, y + words);
    }
    return words + rows;
}

static unsigned block_gauge(const struct pen *p, const struct block *b, unsigned y)
{
    enum { CELLS = 10 };
    char number[32];
    if (p->dry)
        return 1;
    snprintf(number, sizeof number, "%u/%u", b->value, b->full);
    put_bar(p, p->x, y, CELLS, b->value, b->full, INK_BAR);
    unsigned x = p->x + CELLS + 2;
    x += canvas_str(p->c, x, y, number, INK_PLAIN) + 2;
    canvas_put(p->c, x, y, both_in(b->name, p->t, 0), INK_QUIET);
    return 1;
}

static unsigned block_big(const struct pen *p, const struct block *b, unsigned y)
{
    bool large = p->air >= AIR_SOME && p->h >= 3 * CANVAS_BIG_ROWS;
    if (p->dry)
        return large ? CANVAS_BIG_ROWS : 1;
    if (large && y + CANVAS_BIG_ROWS <= p->end && canvas_big(p->c, p->x, y, p->w < READING ? p->w : READING, b->figures, b->ink))
        return CANVAS_BIG_ROWS;
    canvas_str(p->c, p->x, y, b->figures, b->ink == INK_WARN ? INK_WARN : INK_STRONG);
    return large ? CANVAS_BIG_ROWS : 1;
}

/* Two texts side by side, or one below the other on a narrow screen. */
static unsigned block_pair(const struct pen *p, const struct block *b, unsigned y)
{
    unsigned half = (p->w - BESIDE) / 2;
    struct pen left = *p, right = *p;
    if (p->w < PAIR_FROM)
        return put_both(p, p->x, y, p->w, 0, b->words, b->ink);
    left.w = right.w = half < READING ? half : READING;
    right.x = p->x + left.w + BESIDE;
    unsigned a = put_both(&left, left.x, y, left.w, 0, b->words, b->ink);
    unsigned c = put_both(&right, right.x, y, right.w, 0, b->beside, b->ink);
    return a > c ? a : c;
}

static unsigned block_draw(const struct pen *p, const struct block *b, unsigned y)
{
    switch (b->kind) {
    case BLOCK_WORDS: return block_words(p, b, y);
    case BLOCK_SPEECH: return block_speech(p, b, y);
    case BLOCK_OPTION: return block_option(p, b, y);
    case BLOCK_BARS: return block_bars(p, b, y);
    case BLOCK_BIG: return block_big(p, b, y);
    case BLOCK_GAUGE: return block_gauge(p, b, y);
    case BLOCK_PAIR: return block_pair(p, b, y);
    case BLOCK_GAP: return p->air == AIR_ALL || (p->air && !b->weak) ? 1 : 0;
    }
    return 0;
}

/* ---- pages ---- */

static unsigned rows_of(const struct flow *f, const struct pen *p, uint32_t from, uint32_t to)
{
    struct pen dry = *p;
    unsigned rows = 0;
    dry.dry = true;
    for (uint32_t i = from; i < to; i++)
        rows += block_draw(&dry, &f->v[i], 0);
    return rows;
}

/* Where the page that begins with block FROM ends, in H rows. */
static uint32_t page_end(const struct flow *f, const struct pen *p, uint32_t from, unsigned h)
{
    uint32_t i = from;
    unsigned rows = 0;
    while (i < f->n) {
        unsigned more = rows_of(f, p, i, i + 1);
        if (i > from && rows + more > h)
            break;
        rows += more;
        i++;
    }
    return i;
}

/* How F is cut: the head repeated in so many rows, the rows of a page's rest. */
struct cut {
    bool repeats;
    unsigned head, rest;
};

static struct cut cut_for(const struct flow *f, struct pen *p, unsigned h)
{
    struct cut c = {0};
    for (p->air = AIR_ALL; p->air > AIR_NONE && rows_of(f, p, 0, f->n) > h;)
        p->air--;
    unsigned head = rows_of(f, p, 0, f->head);
    c.repeats = f->head && head <= HEAD_ROWS && head * 2 < h;
    c.head = c.repeats ? head : 0;
    c.rest = h > c.head ? h - c.head : 1;
    return c;
}

static struct pen pen_for(const struct tongues *t, struct canvas *c, unsigned x, unsigned w)
{
    return (struct pen){.c = c, .t = t, .x = x, .w = w, .h = c->h, .end = c->h};
}

unsigned flow_pages(const struct flow *f, const struct tongues *t, struct canvas *c, unsigned w, unsigned h)
{
    struct pen p = pen_for(t, c, 0, w);
    struct cut cut = cut_for(f, &p, h);
    unsigned pages = 0;
    if (rows_of(f, &p, 0, f->n) <= h)
        return 1;
    for (uint32_t i = cut.repeats ? f->head : 0; i < f->n; pages++)
        i = page_end(f, &p, i, cut.rest);
    return pages ? pages : 1;
}

void flow_draw(const struct flow *f, const struct tongues *t, struct canvas *c, unsigned x, unsigned y, unsigned w, unsigned h,
               unsigned page)
{
    struct pen p = pen_for(t, c, x, w);
    struct cut cut = cut_for(f, &p, h);
    unsigned all = rows_of(f, &p, 0, f->n);
    uint32_t from = 0, to = f->n;
    p.end = y + h;
    if (all <= h && f->anchor) {
        unsigned above = rows_of(f, &p, 0, f->anchor - 1), at = h * ANCHOR / 100;
        y += at > above ? at - above : 0;
        y -= y + all > p.end ? y + all - p.end : 0;
    } else if (all <= h) {
        y += f->centred ? (h - all) / 3 : 0;
    } else {
        unsigned pages = flow_pages(f, t, c, w, h);
        to = cut.repeats ? f->head : 0;
        for (unsigned k = 0; k <= page && k < pages; k++) {
            from = to;
            to = page_end(f, &p, from, cut.rest);
        }
        for (uint32_t i = 0; cut.repeats && i < f->head; i++)
            y += block_draw(&p, &f->v[i], y);
    }
    for (uint32_t i = from; i < to; i++)
        y += block_draw(&p, &f->v[i], y);
}

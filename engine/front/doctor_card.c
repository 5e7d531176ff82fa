/* doctor_card.c -- a test card for the projector, and a page for a phone to try.
 *
 * It is drawn by the same means as the wall: what is right here will be right there.  Each check says what to look for, since
 * only people in the room can see a beamer's colours.  The page behind the code says that it came through, and does nothing
 * else. */
#include "front/doctor.h"

#include "front/http.h"
#include "front/loop.h"
#include "front/phones.h"
#include "front/phrase.h"
#include "front/qr.h"
#include "front/qr_draw.h"
#include "front/stage.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MARGIN = 2, TILE = 5, BAR = 20, PEERS = 512 };

struct card {
    const struct doctor *d;
    struct stage *stage;
    struct canvas canvas;
    struct http *http;
    struct qr qr;
    struct buf address;      /* "192.168.1.5:8080" */
    const struct peer *came[PEERS]; /* addresses that phones came from */
    int n;
    bool dirty;
};

/* ---- the page ---- */

static void put_page(struct buf *out)
{
    const struct words *zh = NULL;
    words_find(TEXT("zh-CN"), &zh);
    buf_str(out, "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
                 "<title>Rehearse</title></head><body><h1 lang=\"zh-CN\">");
    buf_str(out, tr(zh, N_("This phone reaches the laptop.")));
    buf_str(out, "</h1><h1>This phone reaches the laptop.</h1></body></html>\n");
}

static void on_asked(void *self, const struct http_request *q, struct http_answer *a)
{
    struct card *k = self;
    bool known = !text_is(q->path, "/");
    a->status = known ? 404 : 200;
    put_page(&a->body);
    for (int i = 0; i < k->n && !known; i++)
        known = k->came[i] == q->peer;
    if (!known && k->n < PEERS) {
        k->came[k->n++] = q->peer;
        k->dirty = true;
    }
}

static void on_stream(void *self, void *listener, struct http_stream *s)
{
    (void)self;
    (void)listener;
    (void)s;
}

static void open_page(struct card *k)
{
    const struct doctor *d = k->d;
    int error;
    struct http_config c = {.address = d->address, .port = d->port, .hears = {k, on_asked, on_stream, on_stream}};
    struct buf url = {0};
    if (!d->address || d->listening || !(k->http = http_open(&c, &error)))
        return;
    phones_put_address(d->address, http_port(k->http), &k->address);
    phones_put_url(d->address, http_port(k->http), &url);
    if (!qr_make(buf_view(&url), &k->qr))
        k->qr.side = 0;
    buf_done(&url);
}

/* ---- the card ---- */

static unsigned put_wrapped(struct card *k, unsigned y, unsigned w, const char *words, enum ink ink)
{
    return y + canvas_wrapped(&k->canvas, MARGIN, y, w, 0, 4, text_of(tr(k->d->words, words)), ink);
}

static unsigned put_tiles(struct card *k, unsigned y, unsigned w)
{
    for (unsigned i = 0; i < INK_TILES && (i + 1) * (TILE + 1) <= w; i++) {
        char letter[8];
        snprintf(letter, sizeof letter, "  %c  ", 'A' + (int)i);
        canvas_str(&k->canvas, MARGIN + i * (TILE + 1), y, letter, INK_TILE + i);
    }
    return put_wrapped(k, y + 1, w, N_("Every letter must be easy to read on its colour."), INK_QUIET) + 1;
}

static unsigned put_bar(struct card *k, unsigned y, unsigned w)
{
    unsigned cells = w < BAR ? w : BAR;
    canvas_fill(&k->canvas, MARGIN, y, cells * 2 / 3, 1, '#', INK_BAR);
    canvas_fill(&k->canvas, MARGIN + cells * 2 / 3, y, cells - cells * 2 / 3, 1, '.', INK_REST);
    return put_wrapped(k, y + 1, w, N_("The full part of the bar must stand out from the rest."), INK_QUIET) + 1;
}

static unsigned put_widths(struct card *k, unsigned y, unsigned w)
{
    struct canvas *c = &k->canvas;
    canvas_str(c, MARGIN, y, "|中文宽度|", INK_STRONG);
    canvas_str(c, MARGIN, y + 1, "|ABCDefgh|", INK_STRONG);
    y = put_wrapped(k, y + 2, w, N_("The bars at both ends must stand exactly under each other."), INK_QUIET);
    return put_wrapped(k, y, w, c->wide ? N_("This terminal draws “ · … ” two cells wide: codes take twice the room.")
                                        : N_("This terminal draws “ · … ” one cell wide, as it should."), INK_QUIET) + 1;
}

static void put_code(struct card *k, unsigned *w)
{
    struct canvas *c = &k->canvas;
    unsigned cw, ch;
    if (!k->http || !k->qr.side)
        return;
    qr_draw_size(c, k->qr.side, &cw, &ch);
    if (c->h < ch + 3 || c->w < cw + 30)
        return;
    qr_draw(c, c->w - MARGIN - cw, 1, k->qr.dark, k->qr.side);
    *w = c->w - 2 * MARGIN - cw - 3;
}

static void draw(struct card *k)
{
    struct canvas *c = &k->canvas;
    unsigned sw, sh, y = 1, w;
    struct buf line = {0}, n = {0};
    stage_size(k->stage, &sw, &sh);
    canvas_begin(c, sw, sh, stage_wide(k->stage));
    w = c->w - 2 * MARGIN;
    put_code(k, &w);
    y = put_wrapped(k, y, w, N_("Can you read this from the last row?"), INK_STRONG) + 1;
    y = put_tiles(k, y, w);
    y = put_bar(k, y, w);
    y = put_widths(k, y, w);
    if (k->http) {
        y = put_wrapped(k, y, w, N_("Scan the code, or type the address, with a phone that is in the room's network:"), INK_PLAIN);
        canvas_put(c, MARGIN, y, buf_view(&k->address), INK_STRONG);
        buf_int(&n, k->n);
        words_fill(&line, trn(k->d->words, "%1 phone came through.", "%1 phones came through.", (unsigned long)k->n), (struct text[]){buf_view(&n)}, 1);
        canvas_put(c, MARGIN, y + 1, buf_view(&line), k->n ? INK_STRONG : INK_QUIET);
    }
    canvas_right(c, c->w - MARGIN, c->h - 1, text_of(tr(k->d->words, N_("any key ends this"))), INK_QUIET);
    stage_draw(k->stage, c);
    k->dirty = false;
    buf_done(&line);
    buf_done(&n);
}

/* ---- running ---- */

static void show(struct card *k, struct loop *loop)
{
    for (bool over = false; !over;) {
        int fds[] = {STDIN_FILENO, k->http ? http_descriptor(k->http) : -1}, signal = 0;
        bool ready[2];
        if (k->dirty)
            draw(k);
        enum wake woke = loop_watch(loop, fds, ready, 2, k->http ? http_timeout(k->http) : -1, &signal);
        if (woke == WAKE_SIGNAL && signal == SIGWINCH)
            stage_resize(k->stage);
        k->dirty |= woke == WAKE_SIGNAL;
        over = woke == WAKE_SIGNAL && signal != SIGWINCH && signal != SIGCONT;
        if (k->http)
            http_run(k->http);
        if (woke == WAKE_INPUT && ready[0])
            over |= stage_press(k->stage) != PRESS_NONE;
    }
}

int doctor_card(const struct doctor *d)
{
    struct card k = {.d = d, .dirty = true};
    struct loop loop;
    int came = -1;
    if (!loop_open(&loop))
        return -1;
    k.stage = stage_open(THEME_DARK);
    if (k.stage) {
        open_page(&k);
        show(&k, &loop);
        if (k.http)
            http_close(k.http);
        stage_close(k.stage);
        came = k.n;
    }
    canvas_done(&k.canvas);
    buf_done(&k.address);
    loop_close(&loop);
    return came;
}

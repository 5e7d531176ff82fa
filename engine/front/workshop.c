/* workshop.c -- a workshop's beginning and end, and its one loop.
 *
 * The scenario is opened before the terminal is touched, so that a complaint is an ordinary line; from then on every way out
 * gives the terminal back.  Keys, signals, the engine's death and time are all that happens here; what any of them means is
 * the state machine's business. */
#include "front/workshop_host.h"

#include <signal.h>
#include <string.h>

/* ---- languages ---- */

/* "zh-CN+en": the first is read first. */
static bool choose_tongues(const char *lang, struct tongues *t)
{
    struct text rest = text_of(lang ? lang : "en"), tag;
    *t = (struct tongues){0};
    while (text_split(&rest, '+', &tag)) {
        const struct words *w;
        if (t->n == 2 || !words_find(tag, &w))
            return false;
        t->zh[t->n++] = w != NULL && strncmp(words_tag(w), "zh", 2) == 0;
    }
    return t->n > 0 && (t->n == 1 || t->zh[0] != t->zh[1]);
}

/* ---- drawing ---- */

static void draw(struct host *h)
{
    unsigned w, rows;
    stage_size(h->stage, &w, &rows);
    canvas_begin(&h->canvas, w, rows, stage_wide(h->stage));
    wall_draw(&h->wall, &h->w, &h->canvas);
    stage_draw(h->stage, &h->canvas);
    h->dirty = false;
}

static bool has_more(struct host *h)
{
    unsigned w, rows;
    stage_size(h->stage, &w, &rows);
    canvas_begin(&h->canvas, w, rows, stage_wide(h->stage));
    return h->w.now.page + 1 < wall_pages(&h->wall, &h->w, &h->canvas);
}

/* ---- what happens ---- */

static long long clock_now(const struct host *h) { return loop_now() - h->began; }

static void change_theme(struct host *h)
{
    static enum theme now = THEME_DARK;
    now = now == THEME_DARK ? THEME_PAPER : THEME_DARK;
    stage_theme(h->stage, now);
}

static void press(struct host *h, uint32_t key, bool desk)
{
    enum want want = workshop_press(&h->w, key, desk, has_more(h), clock_now(h));
    h->dirty |= want != WANT_NOTHING;
    switch (want) {
    case WANT_NOTHING:
    case WANT_SHOW: break;
    case WANT_STEP: host_step(h); break;
    case WANT_QUIT: h->over = true; break;
    case WANT_THEME: change_theme(h); break;
    case WANT_REDRAW: stage_redraw(h->stage); break;
    case WANT_PHONES:
    case WANT_LOCK: break;
    }
}

static void on_signal(struct host *h, int sig)
{
    switch (sig) {
    case SIGWINCH:
        stage_resize(h->stage);
        h->dirty = true;
        break;
    case SIGTSTP:
        stage_pause(h->stage);
        loop_suspend();
        stage_go_on(h->stage);
        h->dirty = true;
        break;
    case SIGCONT: break;
    default:
        h->signal = sig;
        h->over = true;
    }
}

static void read_keys(struct host *h)
{
    uint32_t key;
    bool any = false;
    while (!h->over && (key = stage_press(h->stage)) != PRESS_NONE) {
        press(h, key, false);
        any = true;
    }
    static unsigned idle;
    idle = any ? 0 : idle + 1;
    if (idle > 100) { /* readable, and never a key: the terminal is gone */
        h->signal = SIGHUP;
        h->over = true;
    }
}

static void wait(struct host *h)
{
    int fds[2] = {0, client_descriptor(h->opening.client)}, sig = 0;
    bool ready[2] = {false, false};
    switch (loop_watch(&h->loop, fds, ready, 2, workshop_wait(&h->w, clock_now(h)), &sig)) {
    case WAKE_SIGNAL: on_signal(h, sig); break;
    case WAKE_INPUT:
    case WAKE_ENGINE:
        if (ready[0])
            read_keys(h);
        if (ready[1])
            host_engine_gone(h);
        break;
    case WAKE_TIME: break;
    }
    h->dirty |= workshop_tick(&h->w, clock_now(h));
}

static void run(struct host *h)
{
    h->dirty = true;
    while (!h->over) {
        if (h->dirty)
            draw(h);
        wait(h);
    }
}

static bool interrupted(void *self)
{
    struct host *h = self;
    return loop_stop_asked(&h->loop);
}

enum opening_end workshop_run(const struct workshop_config *config, int *sig)
{
    struct host h = {.config = config, .opening_config = config->opening};
    *sig = 0;
    if (!choose_tongues(config->lang, &h.wall.tongues))
        return opening_complain(&config->opening, OPENING_USAGE, N_("--lang is en, zh-CN, or both: zh-CN+en"), (struct text){0}, (struct text){0});
    if (!loop_open(&h.loop))
        return OPENING_IO;
    h.opening_config.watch = loop_descriptor(&h.loop);
    h.opening_config.interrupted = interrupted;
    h.opening_config.self = &h;
    enum opening_end end = host_open_scenario(&h);
    if (end == OPENING_FINE) {
        h.began = loop_now();
        workshop_begin(&h.w, &h.about, &h.story, &h.outline);
        h.w.minutes = config->minutes;
        h.stage = stage_open(config->theme);
        if (!h.stage)
            end = opening_complain(&config->opening, OPENING_IO, N_("this needs a terminal to draw on"), (struct text){0}, (struct text){0});
        else
            run(&h);
        stage_close(h.stage);
        *sig = h.signal;
    }
    host_done(&h);
    loop_close(&h.loop);
    return end;
}

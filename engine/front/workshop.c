/* workshop.c -- a workshop's beginning and end, and its one loop.
 *
 * The scenario is opened before the terminal is touched, so that a complaint is an ordinary line; from then on every way out
 * gives the terminal back.  Keys, signals, the engine's death and time are all that happens here; what any of them means is
 * the state machine's business. */
#include "front/workshop_host.h"

#include <signal.h>

enum { IDLE_MOST = 100 };

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

/* The desk, for whoever looks at it. */
static void tell_desk(struct host *h)
{
    struct desk_wants wants = {.w = &h->w, .outlines = {h->tags[0].len ? &h->outlines[0] : NULL, h->tags[1].len ? &h->outlines[1] : NULL}};
    struct buf wall = {0};
    if (!h->door)
        return;
    canvas_text(&h->canvas, &wall);
    wants.wall = buf_view(&wall);
    desk_make(&h->desk, &wants);
    buf_done(&wall);
    buf_reset(&h->told);
    struct json_out o = json_to(&h->told);
    desk_put(&o, &h->desk);
    door_tell(h->door, buf_view(&h->told));
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
    h->theme = h->theme == THEME_DARK ? THEME_PAPER : THEME_DARK;
    stage_theme(h->stage, h->theme);
}

/* While a step is not kept nothing new is shown: the next key tries to keep it, and does no more. */
static bool waits_to_be_kept(struct host *h)
{
    bool held = h->held.held;
    if (host_keep_again(h) && held && h->w.step != STEP_NONE)
        host_step(h);
    h->dirty |= held;
    return held;
}

static void follow(struct host *h, enum want want)
{
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

static void press(struct host *h, uint32_t key, bool desk)
{
    if (!waits_to_be_kept(h))
        follow(h, workshop_press(&h->w, key, desk, has_more(h), clock_now(h)));
}

/* A key from the facilitator's own screen. */
static void pressed(void *self, uint32_t key, struct text line)
{
    struct host *h = self;
    if (h->over)
        return;
    h->dirty = true; /* it is answered, whatever it did */
    if (line.len && !waits_to_be_kept(h))
        follow(h, workshop_line(&h->w, key, line, clock_now(h)));
    else if (!line.len)
        press(h, key, true);
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
    h->idle = any ? 0 : h->idle + 1;
    if (h->idle > IDLE_MOST) { /* readable, and never a key: the terminal is gone */
        h->signal = SIGHUP;
        h->over = true;
    }
}

static void wait(struct host *h)
{
    enum { KEYS, ENGINE, DOOR };
    int fds[DOOR + DOOR_DESCRIPTORS] = {0, client_descriptor(h->opening.client)}, sig = 0;
    bool ready[DOOR + DOOR_DESCRIPTORS] = {false};
    unsigned n = DOOR + (h->door ? door_descriptors(h->door, fds + DOOR) : 0);
    switch (loop_watch(&h->loop, fds, ready, n, workshop_wait(&h->w, clock_now(h)), &sig)) {
    case WAKE_SIGNAL: on_signal(h, sig); break;
    case WAKE_INPUT:
    case WAKE_ENGINE:
        if (ready[KEYS])
            read_keys(h);
        if (ready[ENGINE])
            host_engine_gone(h);
        if (h->door)
            door_run(h->door, pressed, h);
        break;
    case WAKE_TIME: break;
    }
    h->dirty |= workshop_tick(&h->w, clock_now(h));
}

static void run(struct host *h)
{
    h->dirty = true;
    while (!h->over) {
        if (h->dirty) {
            host_keep(h);
            draw(h);
            tell_desk(h);
        }
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
    if (!tongues_read(config->lang, &h.wall.tongues))
        return opening_complain(&config->opening, OPENING_USAGE, N_("--lang is en, zh-CN, or both: zh-CN+en"), (struct text){0}, (struct text){0});
    if (!loop_open(&h.loop))
        return OPENING_IO;
    h.opening_config.watch = loop_descriptor(&h.loop);
    h.opening_config.interrupted = interrupted;
    h.opening_config.self = &h;
    enum opening_end end = host_open_scenario(&h);
    if (end == OPENING_FINE) {
        workshop_begin(&h.w, &h.about, &h.story, &h.outlines[h.tags[0].len && text_eq(h.first, h.tags[0]) ? 0 : 1]);
        h.w.minutes = config->minutes;
        host_take_up(&h);
        h.door = door_open();
        h.theme = config->theme;
        h.stage = stage_open(h.theme);
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

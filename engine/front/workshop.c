/* workshop.c -- a workshop's beginning and end, and its one loop.
 *
 * The scenario is opened before the terminal is touched, so that a complaint is an ordinary line; from then on every way out
 * gives the terminal back.  Keys, signals, the engine's death and time are all that happens here; what any of them means is
 * the state machine's business. */
#include "front/workshop_host.h"

#include <signal.h>
#include <string.h>

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
    if (!h->door && !h->phones.server)
        return;
    arena_reset(&h->scratch);
    canvas_text(&h->canvas, &wall);
    wants.wall = buf_view(&wall);
    room_phones_tell(h, &h->scratch, &wants);
    desk_make(&h->desk, &wants);
    buf_done(&wall);
    if (h->door) {
        buf_reset(&h->told);
        struct json_out o = json_to(&h->told);
        desk_put(&o, &h->desk);
        door_tell(h->door, buf_view(&h->told));
    }
    room_phones_show(h);
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
    case WANT_PHONES: h->phones_asked = true; break;
    case WANT_LOCK: room_phones_lock(h); break;
    }
}

static void press(struct host *h, uint32_t key, bool desk)
{
    if (!waits_to_be_kept(h))
        follow(h, workshop_press(&h->w, key, desk, has_more(h), clock_now(h)));
}

void host_pressed(struct host *h, uint32_t key, struct text line)
{
    if (h->over)
        return;
    h->dirty = true; /* it is answered, whatever it did */
    if (line.len && !waits_to_be_kept(h))
        follow(h, workshop_line(&h->w, key, line, clock_now(h)));
    else if (!line.len)
        press(h, key, true);
}

static void at_the_door(void *self, uint32_t key, struct text line) { host_pressed(self, key, line); }

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

/* Milliseconds until time alone brings something; -1: never. */
static int rest(const struct host *h)
{
    int clock = workshop_wait(&h->w, clock_now(h)), phones = h->phones.server ? phones_timeout(h->phones.server) : -1;
    return clock < 0 || (phones >= 0 && phones < clock) ? phones : clock;
}

static void wait(struct host *h)
{
    enum { KEYS, ENGINE, PHONES, DOOR };
    int fds[DOOR + DOOR_DESCRIPTORS] = {0, client_descriptor(h->opening.client), h->phones.server ? phones_descriptor(h->phones.server) : -1}, sig = 0;
    bool ready[DOOR + DOOR_DESCRIPTORS] = {false};
    unsigned n = DOOR + (h->door ? door_descriptors(h->door, fds + DOOR) : 0);
    switch (loop_watch(&h->loop, fds, ready, n, rest(h), &sig)) {
    case WAKE_SIGNAL: on_signal(h, sig); break;
    case WAKE_INPUT:
    case WAKE_ENGINE:
        if (ready[KEYS])
            read_keys(h);
        if (ready[ENGINE])
            host_engine_gone(h);
        if (h->door)
            door_run(h->door, at_the_door, h);
        break;
    case WAKE_TIME: break;
    }
    room_phones_run(h);
    if (h->phones_asked)
        room_phones_switch(h);
    h->phones_asked = false;
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

/* Where phones were asked for and cannot come, that is said before people do; a workshop that goes on goes on without. */
static enum opening_end ask_phones_in(struct host *h)
{
    const struct opening_config *c = &h->config->opening;
    struct room_phones *p = &h->phones;
    struct buf port = {0};
    int error = 0;
    if (!p->config.on || room_phones_open(h, &error))
        return OPENING_FINE;
    if (h->config->resume) {
        h->w.remark = REMARK_PHONES_NOT;
        return OPENING_FINE;
    }
    buf_int(&port, p->config.port ? p->config.port : PHONES_PORT);
    enum opening_end end = error ? opening_complain(c, OPENING_IO, N_("phones cannot be asked in on port %1: %2. rehearse doctor says more; without --phones hands count"),
                                                    buf_view(&port), text_of(strerror(error)))
                                 : opening_complain(c, OPENING_IO, N_("phones cannot be asked in: this computer is in no network. rehearse doctor says more; without --phones hands count"),
                                                    (struct text){0}, (struct text){0});
    buf_done(&port);
    return end;
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
        end = ask_phones_in(&h);
    }
    if (end == OPENING_FINE) {
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

/* play_replay.c -- a kept conversation shown again, as it was played.
 *
 * It is the play itself, with two things put in place of others: what was typed then is typed now, read from the events; and
 * a step is not asked of the engine but taken from what it led to.  So the same code shows the same bytes.  The session is
 * made anew from its first events each time, so that everything that asks how it stands hears how it stood. */
#include "front/play_inside.h"

#include "wire/client_event.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHARACTERS_A_SECOND = 15, PAUSE_MS = 1200 };

struct replay {
    size_t *at;          /* offset of each event; at[n]: the end */
    bool *opens;         /* whether it is what somebody did: a step begins there */
    uint32_t n, cap, next; /* next: the first event not yet shown */
    size_t seen;         /* bytes of the screen that were read so far */
};

/* ---- the steps ---- */

static struct text event_line(const struct play *p, uint32_t n)
{
    const struct replay *r = p->replay;
    return text_from(p->config->resume->events.at + r->at[n], r->at[n + 1] - r->at[n] - 1);
}

static bool opens_step(const struct client_event *e)
{
    return (text_is(e->kind, "chose") && !text_is(e->by, "engine")) || text_is(e->kind, "rewound") || text_is(e->kind, "noted") ||
           text_is(e->kind, "language") || text_is(e->kind, "proposed");
}

static void add_event(struct replay *r, size_t at, bool opens)
{
    if (r->n >= r->cap) {
        r->cap = r->cap ? r->cap * 2 : 64;
        r->at = mem_grow(r->at, (r->cap + 1) * sizeof *r->at);
        r->opens = mem_grow(r->opens, (r->cap + 1) * sizeof *r->opens);
    }
    r->at[r->n] = at;
    r->opens[r->n++] = opens;
}

static struct replay *replay_new(struct text events)
{
    struct replay *r = mem_new(sizeof *r);
    struct arena a = {0};
    struct client_event e;
    struct text rest = events;
    *r = (struct replay){.next = 1};
    for (struct text line; text_split(&rest, '\n', &line); arena_reset(&a))
        add_event(r, (size_t)(line.at - events.at), client_event_read(&a, line, &e) && opens_step(&e));
    if (r->n)
        r->at[r->n] = events.len;
    arena_done(&a);
    return r;
}

void play_replay_done(struct play *p)
{
    if (!p->replay)
        return;
    free(p->replay->at);
    free(p->replay->opens);
    free(p->replay);
}

/* The session as it stood behind event N - 1. */
static enum client_end stand(struct play *p, uint32_t n, struct client_fault *fault)
{
    enum client_end end = CLIENT_OK;
    struct text events = text_from(p->config->resume->events.at, p->replay->at[n]);
    struct client_session *s = client_resume(p->client, events, NULL, NULL, &end, fault);
    if (!s)
        return end;
    client_session_end(p->session);
    p->session = s;
    return CLIENT_OK;
}

enum client_end play_take(struct play *p, const struct client_input *in, struct client_answer *answer,
                          struct client_fault *fault)
{
    struct replay *r = p->replay;
    if (!r)
        return client_step(p->session, in, answer, fault);
    uint32_t from = r->next, to = from + 1;
    while (to < r->n && !r->opens[to])
        to++;
    r->next = to < r->n ? to : r->n;
    enum client_end end = stand(p, r->next, fault);
    return end == CLIENT_OK ? client_show(p->session, from, p->lang, answer, fault) : end;
}

/* ---- what was typed ---- */

static void add_number(struct buf *lines, uint32_t n)
{
    buf_printf(lines, "%u\n", n);
}

/* "decision/option" among what stands on the screen. */
static uint32_t number_of(const struct play *p, const struct client_event *e)
{
    struct buf name = {0};
    uint32_t number = p->n_offers + 1; /* none of these */
    buf_text(&name, e->decision);
    buf_char(&name, '/');
    buf_text(&name, e->option);
    for (uint32_t i = 0; i < p->n_offers; i++)
        if (text_eq(p->offers[i].id, buf_view(&name)))
            number = i + 1;
    buf_done(&name);
    return number;
}

/* The parts of a message, slot by slot, and Enter for the whole. */
static void type_message(const struct play *p, const struct client_event *e, struct buf *lines)
{
    for (uint32_t i = 0; i < p->n_slots; i++) {
        const struct own_slot *slot = &p->slots[i];
        uint32_t taken = 0;
        for (uint32_t k = 0; k < slot->n; k++) {
            struct text rest = e->parts, part, id = p->parts[slot->first + k].id, decision;
            text_split(&id, '/', &decision);
            while (text_word(&rest, &part))
                if (text_eq(part, id))
                    taken = k + 1;
        }
        add_number(lines, taken);
    }
    buf_char(lines, '\n');
}

/* What was typed for E, line by line. */
static void typed_for(const struct play *p, const struct client_event *e, struct buf *lines)
{
    if (text_is(e->kind, "noted")) {
        buf_str(lines, p->form == WIRE_FORM_DISCUSS ? "" : ":note ");
        buf_text(lines, e->text);
        buf_char(lines, '\n');
    } else if (text_is(e->kind, "rewound"))
        buf_str(lines, ":back\n");
    else if (text_is(e->kind, "language")) {
        buf_str(lines, ":lang ");
        buf_text(lines, e->lang);
        buf_char(lines, '\n');
    } else if (text_is(e->kind, "proposed")) {
        buf_text(lines, e->text);
        buf_char(lines, '\n');
    } else {
        if (p->reading || p->writing) /* Enter: the lines were read; the replies were wanted without own words */
            buf_char(lines, '\n');
        if (p->form == WIRE_FORM_COMPOSE)
            type_message(p, e, lines);
        else if (p->form == WIRE_FORM_DISCUSS)
            buf_char(lines, '\n');
        else
            add_number(lines, number_of(p, e));
    }
}

/* ---- time to read ---- */

/* Milliseconds that what came to the screen since the last time takes to read. */
static int reading_time(struct play *p)
{
    struct text new = text_from(p->screen.out.at + p->replay->seen, p->screen.out.len - p->replay->seen);
    size_t units = 0;
    uint32_t c;
    while (text_next(&new, &c))
        units += c < 0x2E80 ? 2 : 5; /* a Chinese character says more than a letter */
    return (int)(units * 1000 / (2 * CHARACTERS_A_SECOND));
}

/* Waits for MS milliseconds (-1: for Enter); Enter goes on at once, Ctrl-C and Ctrl-D leave. */
static void wait(struct play *p, int ms)
{
    long long until = loop_now() + (ms < 0 ? 0 : ms);
    char bytes[256];
    while (!p->over) {
        int sig = 0;
        long long left = ms < 0 ? -1 : until - loop_now();
        if (ms >= 0 && left <= 0)
            return;
        enum wake why = loop_wait(&p->loop, STDIN_FILENO, -1, (int)left, &sig);
        if (why == WAKE_SIGNAL && sig == SIGWINCH)
            screen_measure(&p->screen);
        else if (why == WAKE_SIGNAL && sig == SIGTSTP)
            loop_suspend();
        else if (why == WAKE_SIGNAL && sig != SIGCONT) {
            p->signal = sig;
            play_leave(p, PLAY_SIGNAL);
        } else if (why == WAKE_INPUT) {
            if (read(STDIN_FILENO, bytes, sizeof bytes) <= 0)
                play_leave(p, PLAY_ENDED);
            return;
        } else if (why == WAKE_TIME)
            return;
    }
}

/* Shows what came; on a terminal, until it was read. */
void play_pace(struct play *p)
{
    if (!p->replay || !p->config->paced)
        return;
    int ms = reading_time(p);
    if (!screen_flush(&p->screen))
        play_leave(p, PLAY_IO);
    p->replay->seen = p->screen.out.len;
    if (!p->config->stepwise)
        wait(p, ms);
}

/* ---- the whole ---- */

static void echo(struct play *p, struct text line)
{
    buf_str(&p->screen.out, "> ");
    terminal_clean(line, CLEAN_PLAY, &p->screen.out);
    buf_char(&p->screen.out, '\n');
}

/* One thing that somebody did. */
static void do_again(struct play *p, const struct client_event *e)
{
    struct buf lines = {0};
    if (text_is(e->by, "nobody")) {
        play_silence(p);
        return;
    }
    typed_for(p, e, &lines);
    struct text rest = buf_view(&lines), line;
    while (!p->over && text_split(&rest, '\n', &line)) {
        play_pace(p);
        if (p->config->paced)
            wait(p, p->config->stepwise ? -1 : PAUSE_MS);
        if (p->over)
            break;
        echo(p, line);
        play_line(p, line);
    }
    buf_done(&lines);
}

void play_replay(struct play *p)
{
    struct arena a = {0};
    struct client_event e;
    struct client_fault fault = {0};
    p->replay = replay_new(p->config->resume->events);
    struct replay *r = p->replay;
    if (r->n < 2 || stand(p, 1, &fault) != CLIENT_OK) {
        play_leave(p, r->n < 2 ? PLAY_ENDED : PLAY_NO_ENGINE);
        return;
    }
    play_step(p, &(struct client_input){.kind = WIRE_BEGIN});
    while (!p->over && r->next < r->n) {
        uint32_t before = r->next;
        client_event_read(&a, event_line(p, before), &e);
        do_again(p, &e);
        if (!p->over && r->next == before) /* what was typed does not do that again: shown all the same */
            play_step(p, &(struct client_input){.kind = WIRE_BEGIN});
        arena_reset(&a);
    }
    play_pace(p);
    if (!p->over && client_session_phase(p->session) == WIRE_ASK)
        play_notice(p, N_("Here it stopped."));
    arena_done(&a);
}

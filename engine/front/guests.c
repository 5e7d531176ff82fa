/* guests.c -- between a workshop and its phones.
 *
 * A vote goes to the state machine, and is kept before the phone hears that it counts.  Numbers of voters are kept ahead, a
 * few at a time, so that joining rarely waits for a disk and no number is ever given twice.  A cookie belongs to an
 * address: where phones are served from another one than before, whoever comes is somebody new, and what phones had voted
 * in the open round is taken back, since nobody could do that any more. */
#include "front/guests.h"

#include "base/json.h"
#include "front/addresses.h"
#include "front/guests_inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AHEAD = 16 };

/* ---- what phones say ---- */

static bool kept_now(struct guests *g) { return g->config.keep_now(g->config.self); }

static bool on_joined(void *self, uint32_t voter)
{
    struct guests *g = self;
    struct guests_known *k = g->config.known;
    uint32_t before = k->voters;
    if (voter >= BALLOT_VOTERS)
        return false;
    g->config.w->phones++;
    if (voter > k->voters)
        k->voters = voter + AHEAD < BALLOT_VOTERS ? voter + AHEAD : BALLOT_VOTERS - 1;
    if (voter > before && !kept_now(g)) {
        g->config.w->phones--;
        k->voters = before;
        return false;
    }
    g->changed = true;
    return true;
}

static enum phones_reply on_voted(void *self, uint32_t voter, uint32_t round, uint32_t option)
{
    struct guests *g = self;
    switch (workshop_vote(g->config.w, voter, round, option)) {
    case CAST_TAKEN: break;
    case CAST_CLOSED:
    case CAST_NOT_OFFERED: return PHONES_LATE;
    case CAST_NO_VOTER: return PHONES_NOT_KEPT;
    }
    g->changed = true;
    return kept_now(g) ? PHONES_TAKEN : PHONES_NOT_KEPT;
}

static void on_pressed(void *self, char key, struct text line)
{
    struct guests *g = self;
    if (g->n_keys == KEYS_MOST)
        return;
    struct guest_key *k = &g->keys[g->n_keys++];
    k->key = (uint32_t)key;
    buf_reset(&k->line);
    buf_text(&k->line, line);
}

static uint32_t chosen(void *self, uint32_t voter, uint32_t round)
{
    const struct guests *g = self;
    return workshop_voted(g->config.w, voter, round);
}

/* ---- what phones show ---- */

/* How many phones have answered the form that is open. */
static uint32_t answered_form(const struct guests *g)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->n; i++)
        n += guest_answered(g, &g->v[i]);
    return n;
}

void guests_show(struct guests *g, const struct minutes *const minutes[2], const struct desk *desk)
{
    struct room_made *next = &g->made[!g->which];
    struct room_wants wants = {g->config.w, {minutes[0], minutes[1]}};
    if (!g->phones)
        return;
    room_make(next, &wants);
    if (next->room.state == ROOM_FORM)
        next->room.answered = answered_form(g);
    if (!g->shown || next->print != g->made[g->which].print) {
        next->room.step = ++g->step;
        g->which = !g->which;
        g->shown = true;
        phones_publish(g->phones, &next->room);
    } else {
        phones_count(g->phones, next->room.answered, next->room.here);
    }
    phones_desk(g->phones, desk);
}

static void tell_keys(struct guests *g)
{
    for (uint32_t i = 0; i < g->n_keys; i++)
        g->config.pressed(g->config.self, g->keys[i].key, buf_view(&g->keys[i].line));
    g->changed |= g->n_keys > 0;
    g->n_keys = 0;
}

bool guests_run(struct guests *g)
{
    if (g->phones)
        phones_run(g->phones);
    tell_keys(g);
    bool changed = g->changed;
    g->changed = false;
    return changed;
}

bool guests_are_open(const struct guests *g) { return g->phones != NULL; }
int guests_descriptor(const struct guests *g) { return g->phones ? phones_descriptor(g->phones) : -1; }
int guests_timeout(const struct guests *g) { return g->phones ? phones_timeout(g->phones) : -1; }
bool guests_locked(const struct guests *g) { return g->locked; }

void guests_lock(struct guests *g, bool locked)
{
    g->locked = locked;
    if (g->phones)
        phones_lock(g->phones, locked);
}

/* ---- opening ---- */

static struct phones *listen_on(struct guests *g, const char *address, int *error)
{
    const struct guests_setting *s = g->config.setting;
    const struct guests_known *k = g->config.known;
    struct phones_config c = {.address = address, .secret = k->has_secret ? k->secret : NULL, .voters = k->voters, .desk = k->desk,
                              .identity = s->identity, .roster = s->roster, .n_roster = s->n_roster, .lang = s->lang,
                              .hears = {g, on_joined, on_voted, guest_named, guest_said, on_pressed, chosen, guest_name, guest_answer}};
    struct phones *p = NULL;
    for (uint16_t i = 0; !p && i < (s->port ? 1 : GUESTS_PORTS); i++) {
        c.port = s->port ? s->port : (uint16_t)(PHONES_PORT + i);
        p = phones_open(&c, error);
        if (!p && *error != EADDRINUSE)
            break;
    }
    return p;
}

/* Nobody can take these back any more. */
static void forget_votes(struct workshop *w, uint32_t voters)
{
    for (uint32_t v = 1; v <= voters; v++)
        workshop_vote(w, v, workshop_round(w), 0);
    w->phones = 0;
}

/* Where phones are now; the server borrows it. */
static bool take_address(struct guests *g)
{
    struct address found[ADDRESSES_MAX];
    const char *asked = g->config.setting->address;
    if (!asked && addresses_find(found) && address_reaches(found[0].kind))
        asked = found[0].text;
    snprintf(g->bound, sizeof g->bound, "%s", asked ? asked : "");
    return asked != NULL;
}

static void know_again(struct guests *g)
{
    struct guests_known *k = g->config.known;
    struct buf address = {0};
    phones_address(g->phones, &address);
    buf_char(&address, 0);
    if (*k->address && strcmp(k->address, address.at) != 0)
        forget_votes(g->config.w, k->voters);
    snprintf(k->address, sizeof k->address, "%s", address.at);
    memcpy(k->secret, phones_secret(g->phones), sizeof k->secret);
    k->has_secret = true;
    buf_done(&address);
}

bool guests_open(struct guests *g, int *error)
{
    *error = ENETUNREACH;
    if (!g->phones && take_address(g) && (g->phones = listen_on(g, g->bound, error))) {
        know_again(g);
        phones_lock(g->phones, g->locked);
        g->shown = false;
    }
    return g->phones != NULL;
}

void guests_close(struct guests *g)
{
    phones_close(g->phones);
    g->phones = NULL;
}

struct guests *guests_new(const struct guests_config *config)
{
    struct guests *g = mem_new(sizeof *g);
    *g = (struct guests){.config = *config};
    g->items = room_items(config->w->about, &g->arena, &g->n_items);
    return g;
}

void guests_free(struct guests *g)
{
    if (!g)
        return;
    guests_close(g);
    guest_all_done(g);
    for (int i = 0; i < KEYS_MOST; i++)
        buf_done(&g->keys[i].line);
    room_done(&g->made[0]);
    room_done(&g->made[1]);
    arena_done(&g->arena);
    free(g);
}

/* ---- how it stands ---- */

struct text guests_address(const struct guests *g) { return text_of(g->phones ? g->config.known->address : ""); }

void guests_url(const struct guests *g, struct buf *out)
{
    if (g->phones)
        phones_url(g->phones, out);
}

void guests_tell(const struct guests *g, const struct words *words, struct buf *out)
{
    struct phones_seen seen;
    struct buf n[3] = {{0}};
    struct text args[3];
    if (!g->phones)
        return;
    phones_look(g->phones, &seen);
    uint32_t numbers[] = {g->config.w->phones, seen.awake, seen.most};
    for (int i = 0; i < 3; i++) {
        buf_int(&n[i], numbers[i]);
        args[i] = buf_view(&n[i]);
    }
    words_fill(out, tr(words, N_("Phones: %1 joined, %2 are awake; the most from one address: %3.")), args, 3);
    buf_char(out, ' ');
    if (g->locked)
        buf_str(out, tr(words, N_("No more can join.")));
    buf_str(out, g->locked ? " " : "");
    buf_str(out, tr(words, N_("Your own phone, never for the wall:")));
    buf_char(out, ' ');
    phones_desk_url(g->phones, out);
    for (int i = 0; i < 3; i++)
        buf_done(&n[i]);
}

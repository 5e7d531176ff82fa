/* workshop_keep.c -- a workshop's state, written and read.
 *
 * Numbers under names, lists for what is many.  A kept text is nobody's word: each number is held to what it may be in this
 * story before any of it is used.
 *
 *     {"workshop":1,"events":31,"began":…,"stage":9,"beat":44,…,"rounds":[{"hands":[12,7],"phones":[0,3]}],
 *      "cast":[[7,2]],"road":[[4,9,2,3,1]],"endings":[[40,0,0,0,0,0]],"own":[["first-reply",2]]} */
#include "front/workshop_keep.h"

#include "front/workshop_inside.h"
#include "wire/client_event.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, STEP_FIELDS = 5 };

/* ---- numbers ---- */

/* Every plain number of the state: its name, where it is, and whether it counts beats. */
struct field_row {
    const char *name;
    size_t at;
    bool beat;
};
#define NUMBER(f) {#f, offsetof(struct workshop_state, f), false}
#define BEAT(f) {#f, offsetof(struct workshop_state, f), true}
static const struct field_row numbers[] = {
    NUMBER(page),  BEAT(beat),    BEAT(shown),  BEAT(scene),        BEAT(ask),    BEAT(otherwise), NUMBER(first_round), NUMBER(open),
    NUMBER(chose), NUMBER(taken), NUMBER(slot), NUMBER(lesson),     NUMBER(debrief),
};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static uint32_t *number_at(struct workshop_state *s, const struct field_row *f) { return (uint32_t *)(void *)((char *)s + f->at); }

static void put_numbers(struct json_out *o, const char *name, const uint32_t *v, uint32_t n)
{
    json_key(o, name);
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++)
        json_int(o, v[i]);
    json_close_array(o);
}

/* ---- written ---- */

static void put_step(struct json_out *o, const struct road_step *s)
{
    const uint32_t v[STEP_FIELDS] = {s->ask, s->said, s->event, s->chose, s->taken};
    for (int i = 0; i < STEP_FIELDS; i++)
        json_int(o, v[i]);
}

/* WHO: with each phone's own vote, which a round that is over is kept without. */
static void put_ballot(struct json_out *o, const struct ballot *b, bool who)
{
    json_put_bool(o, "open_round", b->open);
    json_put_int(o, "n_options", b->n_options);
    json_key(o, "rounds");
    json_open_array(o);
    for (uint32_t k = 0; k < b->round; k++) {
        json_open_object(o);
        put_numbers(o, "hands", b->rounds[k].hands, b->n_options);
        put_numbers(o, "phones", b->rounds[k].phones, b->n_options);
        json_close_object(o);
    }
    json_close_array(o);
    json_key(o, "cast");
    json_open_array(o);
    for (uint32_t i = 0; who && i < BALLOT_VOTERS; i++)
        if (b->cast[i]) {
            json_open_array(o);
            json_int(o, i);
            json_int(o, b->cast[i]);
            json_close_array(o);
        }
    json_close_array(o);
}

static bool is_voted_on(const struct workshop_state *s)
{
    return s->ballot.open || (s->poll != POLL_NONE && s->stage >= STAGE_READ && s->stage <= STAGE_REVEAL);
}

static void put_roads(struct json_out *o, const struct workshop_state *s)
{
    json_key(o, "road");
    json_open_array(o);
    for (uint32_t i = 0; i < s->n_road; i++) {
        json_open_array(o);
        put_step(o, &s->road[i]);
        json_close_array(o);
    }
    json_close_array(o);
    json_key(o, "endings");
    json_open_array(o);
    for (uint32_t i = 0; i < s->n_endings; i++) {
        json_open_array(o);
        json_int(o, s->endings[i].ended);
        put_step(o, &s->endings[i].turned);
        json_close_array(o);
    }
    json_close_array(o);
    json_key(o, "back");
    json_open_array(o);
    put_step(o, &s->back);
    json_close_array(o);
}

static void put_message(struct json_out *o, const struct workshop_state *s)
{
    put_numbers(o, "slots", s->slots, s->n_slots);
    json_key(o, "voted");
    json_open_array(o);
    for (uint32_t i = 0; i < s->n_slots; i++) {
        json_open_object(o);
        put_numbers(o, "votes", s->voted[i].votes, s->voted[i].n);
        json_put_int(o, "hands", s->voted[i].hands);
        json_put_int(o, "taken", s->voted[i].taken);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_state(struct json_out *o, const struct workshop_state *s)
{
    json_put_int(o, "stage", s->stage);
    json_put_int(o, "from", s->from);
    json_put_int(o, "poll", s->poll);
    json_put_int(o, "form", s->form);
    json_put_int(o, "mode", s->mode);
    for (int i = 0; i < NUMBERS; i++)
        json_put_int(o, numbers[i].name, *number_at((struct workshop_state *)(uintptr_t)s, &numbers[i]));
    json_put_bool(o, "revealed", s->revealed);
    json_put_bool(o, "wrote", s->wrote);
    json_put_bool(o, "reveal_due", s->reveal_due);
    put_numbers(o, "options", s->options, s->n_options);
    put_ballot(o, &s->ballot, is_voted_on(s));
    put_message(o, s);
    put_roads(o, s);
}

void workshop_put(const struct workshop *w, const struct workshop_beside *b, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_int(&o, "workshop", VERSION);
    json_put_int(&o, "events", b->events);
    json_put_int(&o, "began", b->began);
    json_put_int(&o, "phones", w->phones);
    json_put_int(&o, "minutes", w->minutes);
    json_put_int(&o, "heads", w->heads);
    json_put_int(&o, "rounds_given", w->rounds);
    json_put_int(&o, "clock", w->now_ms);
    json_put_int(&o, "asked", w->asked_ms);
    json_put_bool(&o, "begun", w->begun);
    json_key(&o, "own");
    json_open_array(&o);
    for (uint32_t i = 0; i < w->n_own; i++) {
        json_open_array(&o);
        json_str(&o, w->own[i].decision);
        json_int(&o, w->own[i].room);
        json_close_array(&o);
    }
    json_close_array(&o);
    json_key(&o, "state");
    json_open_object(&o);
    put_state(&o, &w->now);
    json_close_object(&o);
    json_close_object(&o);
}

/* ---- read ---- */

/* A state being read; BAD once something was not what it must be. */
struct taking {
    const struct workshop *w;
    bool bad;
};

static uint32_t number(struct taking *t, const struct json_value *v, const char *name, uint32_t most)
{
    int64_t n = 0;
    if (!json_get_int(v, name, 0, most, &n))
        t->bad = true;
    return (uint32_t)n;
}

static bool truth(const struct json_value *v, const char *name)
{
    bool b = false;
    json_get_bool(v, name, &b);
    return b;
}

/* The numbers of list NAME, each at most EACH, at most MOST of them; how many. */
static uint32_t list(struct taking *t, const struct json_value *v, const char *name, uint32_t *out, uint32_t most, uint32_t each)
{
    const struct json_value *l = json_get_array(v, name);
    if (!l || l->n > most) {
        t->bad = true;
        return 0;
    }
    for (uint32_t i = 0; i < l->n; i++) {
        t->bad |= l->items[i].kind != JSON_IS_INT || l->items[i].number < 0 || l->items[i].number > each;
        out[i] = t->bad ? 0 : (uint32_t)l->items[i].number;
    }
    return l->n;
}

static uint32_t element(struct taking *t, const struct json_value *l, uint32_t i, uint32_t most)
{
    if (l->kind != JSON_IS_ARRAY || i >= l->n || l->items[i].kind != JSON_IS_INT || l->items[i].number < 0 || l->items[i].number > most) {
        t->bad = true;
        return 0;
    }
    return (uint32_t)l->items[i].number;
}

static struct road_step take_step(struct taking *t, const struct json_value *l, uint32_t first)
{
    uint32_t beats = t->w->story->n;
    return (struct road_step){.ask = element(t, l, first, beats), .said = element(t, l, first + 1, beats), .event = element(t, l, first + 2, INT32_MAX),
                              .chose = element(t, l, first + 3, INT32_MAX), .taken = element(t, l, first + 4, BALLOT_OPTIONS)};
}

static void take_ballot(struct taking *t, const struct json_value *v, struct ballot *b)
{
    const struct json_value *rounds = json_get_array(v, "rounds"), *cast = json_get_array(v, "cast");
    b->n_options = number(t, v, "n_options", BALLOT_OPTIONS);
    b->open = truth(v, "open_round");
    b->round = rounds && rounds->n <= BALLOT_ROUNDS ? rounds->n : 0;
    t->bad |= !rounds || rounds->n > BALLOT_ROUNDS;
    for (uint32_t k = 0; k < b->round; k++)
        t->bad |= list(t, &rounds->items[k], "hands", b->rounds[k].hands, b->n_options, BALLOT_MOST) != b->n_options ||
                  list(t, &rounds->items[k], "phones", b->rounds[k].phones, b->n_options, BALLOT_VOTERS) != b->n_options;
    for (uint32_t i = 0; cast && i < cast->n; i++) {
        uint32_t voter = element(t, &cast->items[i], 0, BALLOT_VOTERS - 1);
        b->cast[voter] = (uint8_t)element(t, &cast->items[i], 1, b->n_options);
    }
    for (uint32_t i = 0; b->round && (b->open || (cast && cast->n)) && i < b->n_options; i++) { /* the numbers follow from who voted */
        uint32_t n = 0;
        for (uint32_t k = 0; k < BALLOT_VOTERS; k++)
            n += b->cast[k] == i + 1;
        t->bad |= n != b->rounds[b->round - 1].phones[i];
    }
}

static void take_roads(struct taking *t, const struct json_value *v, struct workshop_state *s)
{
    const struct json_value *road = json_get_array(v, "road"), *ends = json_get_array(v, "endings"), *back = json_get_array(v, "back");
    t->bad |= !road || road->n > ROAD_MOST || !ends || ends->n > ENDINGS_MOST || !back;
    for (uint32_t i = 0; !t->bad && i < road->n; i++)
        s->road[s->n_road++] = take_step(t, &road->items[i], 0);
    for (uint32_t i = 0; !t->bad && i < ends->n; i++)
        s->endings[s->n_endings++] = (struct road_ending){.ended = element(t, &ends->items[i], 0, t->w->story->n),
                                                          .turned = take_step(t, &ends->items[i], 1)};
    if (!t->bad)
        s->back = take_step(t, back, 0);
    for (uint32_t i = 0; i < s->n_endings; i++)
        t->bad |= !s->endings[i].ended;
}

static void take_message(struct taking *t, const struct json_value *v, struct workshop_state *s)
{
    const struct json_value *voted = json_get_array(v, "voted");
    s->n_slots = list(t, v, "slots", s->slots, SLOTS_OF_MESSAGE, t->w->story->n);
    for (uint32_t i = 0; voted && i < voted->n && i < s->n_slots; i++) {
        s->voted[i].n = (uint8_t)list(t, &voted->items[i], "votes", s->voted[i].votes, BALLOT_OPTIONS, BALLOT_MOST);
        s->voted[i].hands = number(t, &voted->items[i], "hands", BALLOT_MOST);
        s->voted[i].taken = (uint8_t)number(t, &voted->items[i], "taken", BALLOT_OPTIONS);
    }
    for (uint32_t i = 0; i < s->n_slots; i++)
        t->bad |= !s->slots[i] || t->w->story->v[s->slots[i] - 1].kind != WIRE_OUT_SLOT;
    t->bad |= s->slot > s->n_slots;
}

static void take_state(struct taking *t, const struct json_value *v, struct workshop_state *s)
{
    uint32_t beats = t->w->story->n;
    s->stage = number(t, v, "stage", STAGE_END);
    s->from = number(t, v, "from", STAGE_END);
    s->poll = number(t, v, "poll", POLL_SLOT);
    s->form = number(t, v, "form", WIRE_FORMS - 1);
    s->mode = number(t, v, "mode", WIRE_ROOMS - 1);
    for (int i = 0; i < NUMBERS; i++)
        *number_at(s, &numbers[i]) = number(t, v, numbers[i].name, numbers[i].beat ? beats : INT32_MAX);
    s->revealed = truth(v, "revealed");
    s->wrote = truth(v, "wrote");
    s->reveal_due = truth(v, "reveal_due");
    s->n_options = list(t, v, "options", s->options, BALLOT_OPTIONS, beats);
    take_ballot(t, v, &s->ballot);
    take_message(t, v, s);
    take_roads(t, v, s);
    t->bad |= !s->stage || (!s->from && (s->stage == STAGE_LESSON || s->stage == STAGE_TURN));
    uint32_t letters = s->poll == POLL_WARM_UP ? t->w->about->warm_up.n_choices : s->n_options;
    t->bad |= (s->stage == STAGE_VOTE || s->stage == STAGE_REVEAL) && (!s->ballot.round || s->poll == POLL_NONE);
    t->bad |= s->poll == POLL_SLOT && (s->slot >= s->n_slots || s->form != WIRE_FORM_COMPOSE);
    t->bad |= s->taken > BALLOT_OPTIONS || (s->ask && t->w->story->v[s->ask - 1].kind != WIRE_OUT_ASK) ||
              (s->ballot.round && s->poll != POLL_NONE && s->ballot.n_options != letters);
}

static void take_own(struct workshop *w, const struct json_value *v)
{
    const struct json_value *own = json_get_array(v, "own");
    const struct outline_scene *scene;
    w->n_own = 0;
    for (uint32_t i = 0; own && i < own->n && w->n_own < ROAD_MOST; i++) {
        const struct json_value *row = &own->items[i];
        if (row->kind != JSON_IS_ARRAY || row->n != 2 || row->items[1].kind != JSON_IS_INT)
            continue;
        const struct outline_node *d = plan_find(w->outline, json_text(&row->items[0]), &scene);
        if (d && row->items[1].number > 0 && row->items[1].number < WIRE_ROOMS)
            w->own[w->n_own++] = (struct plan_own){d->id, (enum wire_room)row->items[1].number};
    }
}

bool workshop_take(struct workshop *w, struct text body, struct workshop_beside *b)
{
    struct arena a = {0};
    struct taking t = {.w = w};
    struct workshop_state *s = mem_new(sizeof *s);
    const struct json_value *v = json_parse(&a, body), *state = json_get_object(v, "state");
    memset(s, 0, sizeof *s);
    *b = (struct workshop_beside){0};
    if (state && number(&t, v, "workshop", VERSION) == VERSION)
        take_state(&t, state, s);
    else
        t.bad = true;
    b->events = number(&t, v, "events", INT32_MAX);
    json_get_int(v, "began", 0, INT64_MAX, &b->began);
    uint32_t phones = number(&t, v, "phones", BALLOT_VOTERS);
    uint32_t heads = number(&t, v, "heads", BALLOT_MOST), rounds = number(&t, v, "rounds_given", INT32_MAX), minutes = number(&t, v, "minutes", INT32_MAX);
    bool begun = truth(v, "begun");
    int64_t clock = 0, asked = 0;
    json_get_int(v, "clock", 0, INT64_MAX, &clock);
    json_get_int(v, "asked", 0, INT64_MAX, &asked);
    if (!t.bad) {
        w->now = *s;
        w->heads = heads;
        w->phones = phones;
        w->rounds = rounds;
        w->minutes = minutes;
        w->now_ms = clock;
        w->asked_ms = asked;
        w->begun = begun;
        take_own(w, v);
    }
    free(s);
    arena_done(&a);
    return !t.bad;
}

/* ---- behind the events ---- */

static uint32_t letter_of(const struct workshop *w, const struct client_event *e)
{
    struct buf name = {0};
    uint32_t letter = 0;
    buf_text(&name, e->decision);
    buf_char(&name, '/');
    buf_text(&name, e->option);
    for (uint32_t i = 0; i < w->now.n_options; i++)
        if (w->now.options[i] && text_eq(w->story->v[w->now.options[i] - 1].id, buf_view(&name)))
            letter = i + 1;
    buf_done(&name);
    return letter;
}

void workshop_catch_up(struct workshop *w, struct text events, uint32_t from, uint32_t open)
{
    struct arena a = {0};
    struct client_event e;
    struct text line;
    uint32_t first = 0;
    while (first < w->story->n && w->story->v[first].event < from)
        first++;
    if (!text_split(&events, '\n', &line) || !client_event_read(&a, line, &e)) {
        arena_done(&a);
        return;
    }
    if (text_is(e.kind, "entered")) {
        w->step = STEP_BEGIN;
    } else if (text_is(e.kind, "chose")) {
        w->step = w->now.form == WIRE_FORM_COMPOSE ? STEP_COMPOSE : STEP_CHOOSE;
        w->now.taken = letter_of(w, &e);
        ballot_close(&w->now.ballot);
    } else if (text_is(e.kind, "rewound")) {
        w->step = STEP_REWIND;
        w->step_to = e.to;
    } else if (text_is(e.kind, "proposed")) {
        w->step = STEP_WRITE;
    }
    if (w->step != STEP_NONE)
        workshop_told(w, first, from, open);
    w->remark = REMARK_NONE;
    arena_done(&a);
}

void workshop_stand_at_end(struct workshop *w, uint32_t open)
{
    struct workshop_state *s = &w->now;
    w->begun = w->story->n > 0;
    s->open = open;
    if (!w->begun)
        return;
    s->beat = w->story->n;
    while (s->beat > 0 && w->story->v[s->beat - 1].kind != WIRE_OUT_ASK && w->story->v[s->beat - 1].kind != WIRE_OUT_ENDED)
        s->beat--;
    s->beat -= s->beat > 0;
    road_advance(w);
}

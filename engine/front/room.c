/* room.c -- one state of the workshop as phones show it.
 *
 * While the room looks at the wall a phone says what stands there in its own language, for whoever cannot see it; what the
 * wall hides, the votes of an open round, is not here either. */
#include "front/room.h"

#include <string.h>

enum { PARAGRAPHS_MOST = 12, MINUTE_MS = 60000, OWN_ITEMS = 2 };

/* A room being made. */
struct maker {
    struct arena *a;
    struct room *r;
    const struct room_wants *wants;
    const struct workshop *w;
    const struct workshop_state *s;
    struct both *paragraphs;
};

static void say(struct maker *m, struct both words)
{
    if (!both_empty(words) && m->r->n_paragraphs < PARAGRAPHS_MOST)
        m->paragraphs[m->r->n_paragraphs++] = words;
}

static struct both fill(struct maker *m, const char *form, struct both a1, struct both a2)
{
    struct both args[2] = {a1, a2};
    return both_fill(m->a, form, args, 2);
}

/* ---- looking at the wall ---- */

static void say_beat(struct maker *m)
{
    const struct beat *b = workshop_beat(m->w, m->s->shown);
    if (!b)
        return;
    struct both words = both_empty(b->words) ? b->manner : b->words;
    say(m, both_empty(b->name) || both_empty(words) ? words : fill(m, N_("%1: %2"), b->name, words));
}

static void say_lesson(struct maker *m)
{
    const struct about *about = m->w->about;
    if (m->s->lesson >= about->n_lessons)
        return;
    const struct about_lesson *l = &about->lessons[m->s->lesson];
    m->r->heading = l->title;
    for (uint32_t i = 0; i < l->n_paragraphs; i++)
        say(m, l->paragraphs[i]);
}

static void say_brief(struct maker *m)
{
    const struct about_role *own = m->w->about->own;
    if (!own)
        return;
    m->r->heading = fill(m, both_empty(own->position) ? N_("We are %1.") : N_("We are %1, %2."), own->name, own->position);
    say(m, own->brief);
}

static void look_at_the_wall(struct maker *m)
{
    const struct workshop_state *s = m->s;
    const struct beat *ask = workshop_beat(m->w, s->ask);
    m->r->state = ROOM_WALL;
    switch (s->stage) {
    case STAGE_FRAME:
        m->r->heading = both_tr(N_("What it is for"));
        for (uint32_t i = 0; i < m->w->about->n_objectives; i++)
            say(m, m->w->about->objectives[i]);
        break;
    case STAGE_LESSON: say_lesson(m); break;
    case STAGE_BRIEF: say_brief(m); break;
    case STAGE_STORY:
    case STAGE_REACTION: say_beat(m); break;
    case STAGE_READ:
    case STAGE_WRITE:
        if (ask)
            say(m, ask->words);
        break;
    case STAGE_ENDING:
        if (s->n_endings)
            say(m, m->w->story->v[s->endings[s->n_endings - 1].ended - 1].words);
        break;
    default: break;
    }
}

/* ---- votes ---- */

static void take_options(struct maker *m)
{
    const struct workshop_state *s = m->s;
    const struct beat *ask = workshop_beat(m->w, s->ask);
    uint32_t n = s->poll == POLL_WARM_UP ? m->w->about->warm_up.n_choices : s->n_options;
    struct room_option *list = arena_array(m->a, struct room_option, n + 1);
    for (uint32_t i = 0; i < n; i++)
        list[i] = (struct room_option){workshop_option_manner(m->w, i), workshop_option(m->w, i)};
    m->r->options = list;
    m->r->n_options = n < ROOM_OPTIONS_MAX ? n : ROOM_OPTIONS_MAX;
    m->r->round = workshop_round(m->w);
    m->r->again = s->poll == POLL_DECISION && s->ballot.round > 1;
    if (s->poll == POLL_WARM_UP)
        m->r->heading = m->w->about->warm_up.words;
    else if (s->poll == POLL_SLOT)
        m->r->heading = fill(m, N_("Part %1 of %2"), both_number(m->a, s->slot + 1), both_number(m->a, s->n_slots));
    else if (ask)
        m->r->heading = ask->words;
}

static void take_tallies(struct maker *m)
{
    const struct ballot *b = &m->s->ballot;
    uint32_t first = b->round > ROOM_TALLIES_MAX ? b->round - ROOM_TALLIES_MAX : 0;
    struct room_tally *list = arena_array(m->a, struct room_tally, ROOM_TALLIES_MAX);
    for (uint32_t k = first; k < b->round; k++) {
        uint32_t *counts = arena_array(m->a, uint32_t, m->r->n_options + 1);
        for (uint32_t i = 0; i < m->r->n_options; i++)
            counts[i] = ballot_votes(b, k + 1, i);
        list[m->r->n_tallies++] = (struct room_tally){m->s->first_round + k, counts};
    }
    m->r->tallies = list;
    m->r->played = m->s->poll == POLL_WARM_UP ? 0 : m->s->taken;
}

static void talk_over(struct maker *m)
{
    const struct beat *v = m->w->story->v;
    m->r->state = ROOM_DISCUSS;
    if (m->s->form != WIRE_FORM_DISCUSS || m->s->poll != POLL_NONE) {
        take_options(m);
        say(m, both_tr(N_("Which one did you choose, and why?")));
        say(m, both_tr(N_("What would have to be different for another one to be better?")));
        return;
    }
    uint32_t first = m->s->ask ? m->s->ask - 1 : 0;
    while (first > 0 && (v[first - 1].kind == WIRE_OUT_QUESTION || v[first - 1].kind == WIRE_OUT_GAUGE))
        first--;
    for (uint32_t i = first; m->s->ask && i < m->s->ask - 1; i++)
        if (v[i].kind == WIRE_OUT_QUESTION)
            say(m, v[i].words);
}

/* ---- forms ---- */

static enum item_kind kind_of(enum wire_survey_kind kind)
{
    return kind == WIRE_SCALE ? ITEM_SCALE : kind == WIRE_CHOICE ? ITEM_CHOICE : ITEM_TEXT;
}

static void ask_in_writing(struct maker *m)
{
    const struct about *about = m->w->about;
    struct room_item *list = arena_array(m->a, struct room_item, OWN_ITEMS + about->n_after);
    uint32_t n = OWN_ITEMS, texts = OWN_ITEMS;
    list[0] = (struct room_item){.id = TEXT(".plus"), .kind = ITEM_TEXT, .words = both_tr(N_("What did we do well?"))};
    list[1] = (struct room_item){.id = TEXT(".delta"), .kind = ITEM_TEXT, .words = both_tr(N_("What would we change?"))};
    for (uint32_t i = 0; i < about->n_after && n < ROOM_ITEMS_MAX; i++) {
        const struct about_item *x = &about->after[i];
        enum item_kind kind = kind_of(x->kind);
        texts += kind == ITEM_TEXT;
        if (kind != ITEM_TEXT || texts <= ROOM_TEXTS_MAX)
            list[n++] = (struct room_item){.id = x->id, .kind = kind, .words = x->words, .steps = x->steps, .low = x->low,
                                           .high = x->high, .choices = x->choices, .n_choices = x->n_choices};
    }
    m->r->state = ROOM_FORM;
    m->r->items = list;
    m->r->n_items = n;
}

/* ---- home ---- */

/* What minutes in both languages say of the same thing. */
#define IN_BOTH(en, zh, what) ((struct both){(en) ? (en)->what : (struct text){0}, (zh) ? (zh)->what : (struct text){0}})

static void take_home(struct maker *m)
{
    const struct minutes *en = m->wants->set->en, *zh = m->wants->set->zh, *any = en ? en : zh;
    struct take_home *h = arena_array(m->a, struct take_home, 1);
    uint32_t n_turns = any ? any->n_turns : 0, n_briefs = any ? any->n_briefs : 0;
    struct take_step *path = arena_array(m->a, struct take_step, n_turns + 1);
    struct take_brief *briefs = arena_array(m->a, struct take_brief, n_briefs + 1);
    for (uint32_t i = 0; i < n_turns; i++) {
        if (any->turns[i].taken_back || !any->turns[i].said.len)
            continue;
        path[h->n_path++] = (struct take_step){IN_BOTH(en, zh, turns[i].said), IN_BOTH(en, zh, turns[i].reaction_by),
                                               IN_BOTH(en, zh, turns[i].reaction), IN_BOTH(en, zh, turns[i].because)};
    }
    for (uint32_t i = 0; i < n_briefs; i++)
        briefs[i] = (struct take_brief){IN_BOTH(en, zh, briefs[i].name), IN_BOTH(en, zh, briefs[i].words)};
    h->path = path;
    h->briefs = briefs;
    h->n_briefs = n_briefs;
    h->ending = IN_BOTH(en, zh, ending);
    h->questions = m->w->about->questions;
    h->n_questions = m->w->about->n_questions;
    m->r->state = ROOM_TAKE_HOME;
    m->r->take_home = h;
}

/* ---- all of it ---- */

static bool asks(const struct room_wants *wants) { return wants->w->now.stage == STAGE_DEBRIEF && wall_asks_back(wants->set, wants->w); }

static uint32_t minutes_of_rest(const struct workshop *w)
{
    long long left = w->break_until - w->now_ms;
    return !w->break_until ? 0 : left > MINUTE_MS ? (uint32_t)((left + MINUTE_MS - 1) / MINUTE_MS) : 1;
}

static void make_state(struct maker *m)
{
    const struct workshop_state *s = m->s;
    switch (s->stage) {
    case STAGE_LOBBY:
        m->r->state = ROOM_LOBBY;
        say(m, wall_kept(m->wants->set));
        break;
    case STAGE_VOTE:
        m->r->state = ROOM_VOTE;
        take_options(m);
        break;
    case STAGE_TALK: talk_over(m); break;
    case STAGE_CHOOSE:
        if (!s->ballot.round) {
            look_at_the_wall(m);
            break;
        }
        m->r->state = ROOM_WAIT;
        take_options(m);
        break;
    case STAGE_REVEAL:
        m->r->state = ROOM_REVEAL;
        take_options(m);
        take_tallies(m);
        break;
    case STAGE_DEBRIEF:
        if (asks(m->wants))
            ask_in_writing(m);
        else
            look_at_the_wall(m);
        break;
    case STAGE_TAKE_HOME:
    case STAGE_END: take_home(m); break;
    default: look_at_the_wall(m);
    }
}

void room_counts(const struct room_wants *wants, uint32_t *answered, uint32_t *here)
{
    const struct ballot *b = &wants->w->now.ballot;
    *here = workshop_here(wants->w);
    *answered = asks(wants) ? wants->wrote : ballot_answered(b, b->round);
}

void room_mark(const struct room_wants *wants, struct room_mark *out)
{
    const struct workshop_state *s = &wants->w->now;
    memset(out, 0, sizeof *out);
    *out = (struct room_mark){.stage = s->stage, .poll = s->poll, .shown = s->shown, .ask = s->ask, .page = s->page,
                              .round = workshop_round(wants->w), .debrief = s->debrief, .lesson = s->lesson, .slot = s->slot,
                              .taken = s->taken, .road = s->n_road, .endings = s->n_endings,
                              .rest_minutes = minutes_of_rest(wants->w), .looked_back = wants->set->en || wants->set->zh};
    for (uint32_t i = 0; s->stage == STAGE_REVEAL && i < s->ballot.n_options; i++)
        out->votes[i] = ballot_votes(&s->ballot, s->ballot.round, i);
}

void room_make(struct room_made *made, const struct room_wants *wants)
{
    arena_reset(&made->arena);
    made->room = (struct room){.step = wants->step, .title = wants->w->about->title};
    struct maker m = {.a = &made->arena, .r = &made->room, .wants = wants, .w = wants->w, .s = &wants->w->now};
    m.paragraphs = arena_array(m.a, struct both, PARAGRAPHS_MOST);
    if (wants->w->break_until) {
        m.r->state = ROOM_BREAK;
        say(&m, both_count(m.a, N_("We go on in about a minute."), N_("We go on in about %1 minutes."), minutes_of_rest(wants->w)));
    } else {
        make_state(&m);
    }
    m.r->paragraphs = m.paragraphs;
    room_counts(wants, &m.r->answered, &m.r->here);
}

void room_done(struct room_made *m)
{
    arena_done(&m->arena);
    *m = (struct room_made){0};
}

/* room.c -- from the workshop's state to what phones show.
 *
 * Phones say what the wall says, for whoever sits far from it or has it read aloud; what only makes sense on the wall (bars
 * between rounds, both roads side by side) stays there, and phones point to it. */
#include "front/room.h"

enum { PARAGRAPHS_MOST = 16 };

/* A room being made. */
struct maker {
    struct room *r;
    const struct room_wants *wants;
    const struct workshop *w;
    const struct workshop_state *s;
    struct arena *a;
    struct both *paragraphs; /* [PARAGRAPHS_MOST] */
};

static struct both fill(struct maker *m, const char *form, struct both a1, struct both a2)
{
    struct both args[2] = {a1, a2};
    return both_fill(m->a, form, args, 2);
}

static void add_paragraph(struct maker *m, struct both words)
{
    if (!both_empty(words) && m->r->n_paragraphs < PARAGRAPHS_MOST)
        m->paragraphs[m->r->n_paragraphs++] = words;
}

static void add_paragraphs(struct maker *m, const struct both *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        add_paragraph(m, v[i]);
}

/* ---- what stands on the wall ---- */

static void put_beat(struct maker *m)
{
    const struct beat *b = workshop_beat(m->w, m->s->shown);
    if (!b)
        return;
    if (b->kind == WIRE_OUT_CHECKED)
        add_paragraph(m, both_tr(b->right ? N_("Yes, that is what was said.") : N_("That is not what was said.")));
    struct both words = both_empty(b->words) ? b->manner : b->words;
    add_paragraph(m, both_empty(b->name) || b->kind == WIRE_OUT_CHECKED ? words : fill(m, N_("%1: %2"), b->name, words));
}

static void put_brief(struct maker *m)
{
    const struct about_role *own = m->w->about->own;
    if (!own)
        return;
    m->r->heading = fill(m, both_empty(own->position) ? N_("We are %1.") : N_("We are %1, %2."), own->name, own->position);
    add_paragraph(m, own->brief);
}

static void put_lesson(struct maker *m)
{
    const struct about *about = m->w->about;
    if (m->s->lesson >= about->n_lessons)
        return;
    m->r->heading = about->lessons[m->s->lesson].title;
    add_paragraphs(m, about->lessons[m->s->lesson].paragraphs, about->lessons[m->s->lesson].n_paragraphs);
}

static void put_ending(struct maker *m)
{
    const struct beat *b = m->s->n_endings ? workshop_beat(m->w, m->s->endings[m->s->n_endings - 1].ended) : NULL;
    if (b)
        add_paragraph(m, b->words);
}

/* ---- what is voted on ---- */

static struct both prompt(struct maker *m)
{
    const struct beat *ask = workshop_beat(m->w, m->s->ask);
    if (m->s->poll == POLL_WARM_UP)
        return m->w->about->warm_up.words;
    if (m->s->poll == POLL_SLOT)
        return fill(m, N_("Part %1 of %2"), both_number(m->a, m->s->slot + 1), both_number(m->a, m->s->n_slots));
    return ask && !both_empty(ask->words) ? ask->words : both_tr(N_("What do we say?"));
}

static void put_options(struct maker *m)
{
    uint32_t n = m->s->ballot.n_options;
    struct room_option *v = arena_array(m->a, struct room_option, n + 1);
    for (uint32_t i = 0; i < n; i++)
        v[i] = (struct room_option){.manner = workshop_option_manner(m->w, i), .words = workshop_option(m->w, i)};
    m->r->heading = prompt(m);
    m->r->options = v;
    m->r->n_options = n;
    m->r->round = workshop_round(m->w);
    m->r->again = m->s->ballot.round > 1;
    m->r->answered = ballot_answered(&m->s->ballot, m->s->ballot.round);
}

/* The first round and the last, which is what a room compares. */
static void put_tallies(struct maker *m)
{
    uint32_t last = m->s->ballot.round, rounds[ROOM_TALLIES_MAX] = {1, last}, n = last > 1 ? 2 : last;
    struct room_tally *v = arena_array(m->a, struct room_tally, ROOM_TALLIES_MAX);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t *counts = arena_array(m->a, uint32_t, m->s->ballot.n_options + 1);
        for (uint32_t i = 0; i < m->s->ballot.n_options; i++)
            counts[i] = ballot_votes(&m->s->ballot, rounds[k], i);
        v[k] = (struct room_tally){m->s->first_round + rounds[k] - 1, counts};
    }
    m->r->tallies = v;
    m->r->n_tallies = n;
    m->r->played = m->s->taken;
}

static void put_talk(struct maker *m)
{
    bool voted = m->s->ballot.round > 0;
    if (voted)
        put_options(m);
    else
        m->r->heading = prompt(m);
    if (!voted)
        return;
    add_paragraph(m, both_tr(N_("Which one did you choose, and why?")));
    add_paragraph(m, both_tr(N_("What would have to be different for another one to be better?")));
}

/* ---- looking back ---- */

#define in_both(m, what)                                                                                               \
    ((struct both){(m)->wants->minutes[0] ? (m)->wants->minutes[0]->what : (struct text){0},                           \
                   (m)->wants->minutes[1] ? (m)->wants->minutes[1]->what : (struct text){0}})

/* Either language's; both tell of the same play (minutes_same). */
static const struct minutes *minutes_of(const struct maker *m)
{
    return m->wants->minutes[0] ? m->wants->minutes[0] : m->wants->minutes[1];
}

static void put_home_path(struct maker *m, struct take_home *h, const struct minutes *of)
{
    struct take_step *v = arena_array(m->a, struct take_step, of->n_turns + 1);
    for (uint32_t i = 0; i < of->n_turns; i++)
        if (!of->turns[i].taken_back)
            v[h->n_path++] = (struct take_step){.said = in_both(m, turns[i].said), .by = in_both(m, turns[i].reaction_by),
                                                .reaction = in_both(m, turns[i].reaction), .because = in_both(m, turns[i].because)};
    h->path = v;
    h->ending = in_both(m, ending);
}

static void put_home(struct maker *m)
{
    struct take_home *h = arena_array(m->a, struct take_home, 1);
    const struct minutes *of = minutes_of(m);
    if (of) {
        struct take_brief *briefs = arena_array(m->a, struct take_brief, of->n_briefs + 1);
        put_home_path(m, h, of);
        for (uint32_t i = 0; i < of->n_briefs; i++)
            briefs[h->n_briefs++] = (struct take_brief){.name = in_both(m, briefs[i].name), .words = in_both(m, briefs[i].words)};
        h->briefs = briefs;
    }
    h->questions = m->w->about->questions;
    h->n_questions = m->w->about->n_questions;
    m->r->take_home = h;
}

static struct room_item item_of(const struct about_item *i)
{
    static const enum item_kind kinds[] = {[WIRE_SCALE] = ITEM_SCALE, [WIRE_CHOICE] = ITEM_CHOICE, [WIRE_TEXT] = ITEM_TEXT};
    return (struct room_item){.id = i->id, .kind = kinds[i->kind], .words = i->words, .steps = i->steps, .low = i->low, .high = i->high,
                              .choices = i->choices, .n_choices = i->n_choices};
}

struct room_item *room_items(const struct about *about, struct arena *a, uint32_t *n)
{
    struct room_item *v = arena_array(a, struct room_item, ROOM_ITEMS_MAX);
    uint32_t texts = 2;
    v[0] = (struct room_item){.id = TEXT(ROOM_PLUS), .kind = ITEM_TEXT, .words = both_tr(N_("What did we do well?"))};
    v[1] = (struct room_item){.id = TEXT(ROOM_DELTA), .kind = ITEM_TEXT, .words = both_tr(N_("What would we change?"))};
    *n = 2;
    for (uint32_t i = 0; i < about->n_after && *n < ROOM_ITEMS_MAX; i++) {
        bool text = about->after[i].kind == WIRE_TEXT;
        if (about->after[i].kind && (!text || texts++ < ROOM_TEXTS_MAX))
            v[(*n)++] = item_of(&about->after[i]);
    }
    return v;
}

/* ---- states ---- */

static enum room_state poll_state(const struct workshop_state *s)
{
    switch (s->stage) {
    case STAGE_VOTE: return s->ballot.open ? ROOM_VOTE : ROOM_WAIT;
    case STAGE_TALK: return ROOM_DISCUSS;
    case STAGE_CHOOSE: return s->ballot.round ? ROOM_WAIT : ROOM_WALL;
    case STAGE_REVEAL: return ROOM_REVEAL;
    default: return ROOM_WALL;
    }
}

static enum room_state state_of(const struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    if (w->break_until)
        return ROOM_BREAK;
    switch (s->stage) {
    case STAGE_LOBBY: return ROOM_LOBBY;
    case STAGE_TAKE_HOME:
    case STAGE_END: return ROOM_TAKE_HOME;
    case STAGE_DEBRIEF: return s->debrief + 1 == w->debrief_pages ? ROOM_FORM : ROOM_WALL;
    default: return poll_state(s);
    }
}

/* What phones say while there is nothing to do on them. */
static void put_wall(struct maker *m)
{
    switch (m->s->stage) {
    case STAGE_FRAME:
        m->r->heading = both_tr(N_("Afterwards you can …"));
        add_paragraphs(m, m->w->about->objectives, m->w->about->n_objectives);
        break;
    case STAGE_LESSON: put_lesson(m); break;
    case STAGE_BRIEF: put_brief(m); break;
    case STAGE_STORY:
    case STAGE_REACTION: put_beat(m); break;
    case STAGE_READ:
    case STAGE_WRITE:
    case STAGE_CHOOSE: m->r->heading = prompt(m); break;
    case STAGE_ENDING: put_ending(m); break;
    default: break;
    }
}

static void put_state(struct maker *m)
{
    switch (m->r->state) {
    case ROOM_LOBBY:
        add_paragraph(m, both_tr(N_("Kept of it: what the room decides, how many voted for what, and what you write at the end.")));
        break;
    case ROOM_WALL: put_wall(m); break;
    case ROOM_VOTE:
    case ROOM_WAIT: put_options(m); break;
    case ROOM_DISCUSS: put_talk(m); break;
    case ROOM_REVEAL:
        put_options(m);
        put_tallies(m);
        break;
    case ROOM_BREAK: add_paragraph(m, both_tr(N_("The wall shows until when."))); break;
    case ROOM_FORM: m->r->items = room_items(m->w->about, m->a, &m->r->n_items); break;
    case ROOM_TAKE_HOME: put_home(m); break;
    }
}

/* ---- whether anything has gone on ---- */

static void print_both(struct buf *b, struct both words)
{
    buf_text(b, words.en);
    buf_char(b, 0);
    buf_text(b, words.zh);
    buf_char(b, 0);
}

static uint64_t print_of(const struct maker *m)
{
    const struct room *r = m->r;
    struct buf b = {0};
    /* where the wall stands counts, too: a key of the facilitator's phone belongs to what it was pressed at */
    buf_printf(&b, "%d %d %u %u %u %u %u %u %d %u", r->state, m->s->stage, m->s->page, m->s->beat, m->s->shown, m->s->slot, m->s->debrief, r->round,
               r->again, r->played);
    print_both(&b, r->heading);
    for (uint32_t i = 0; i < r->n_paragraphs; i++)
        print_both(&b, r->paragraphs[i]);
    for (uint32_t i = 0; i < r->n_options; i++)
        print_both(&b, r->options[i].words);
    for (uint32_t k = 0; k < r->n_tallies; k++)
        for (uint32_t i = 0; i < r->n_options; i++)
            buf_printf(&b, " %u", r->tallies[k].counts[i]);
    buf_printf(&b, " %u", r->take_home ? r->take_home->n_path + 1 : 0);
    uint64_t print = text_hash(buf_view(&b));
    buf_done(&b);
    return print;
}

void room_make(struct room_made *r, const struct room_wants *wants)
{
    arena_reset(&r->arena);
    r->room = (struct room){.state = state_of(wants->w), .title = wants->w->about->title, .here = workshop_here(wants->w)};
    struct maker m = {&r->room, wants, wants->w, &wants->w->now, &r->arena, arena_array(&r->arena, struct both, PARAGRAPHS_MOST)};
    r->room.paragraphs = m.paragraphs;
    put_state(&m);
    r->print = print_of(&m);
}

void room_done(struct room_made *r)
{
    arena_done(&r->arena);
    *r = (struct room_made){0};
}

/* wall_play.c -- the conversation on the wall: lines, decisions, votes that stay hidden, and how they came out.
 *
 * The other person answers before the bars are shown: first the consequence, then the count.  Of a vote by fewer than five
 * only what led is shown. */
#include "front/wall_inside.h"

#include <stdio.h>

enum { BEFORE_MOST = 2 }; /* lines above the one that is said now */

/* ---- lines ---- */

static bool is_spoken(const struct beat *b)
{
    return b->kind == WIRE_OUT_LINE || b->kind == WIRE_OUT_SAID || b->kind == WIRE_OUT_REACTION;
}

static void add_beat(struct wall *l, const struct beat *b, enum ink ink)
{
    struct flow *f = &l->flow;
    if (b->kind == WIRE_OUT_STUCK) {
        flow_words(f, both_tr(N_("The story cannot go on here.")), INK_WARN);
    } else if (b->kind == WIRE_OUT_CHECKED) {
        flow_words(f, b->right ? both_tr(N_("Yes, that is what was said.")) : both_tr(N_("That is not what was said.")), ink == INK_QUIET ? ink : INK_STRONG);
        flow_words(f, b->right ? b->words : wall_fill(l, N_("What was said: %1"), b->manner, both_same((struct text){0})), ink);
    } else if (is_spoken(b)) {
        struct block *k = flow_add(f, BLOCK_SPEECH, ink);
        k->name = b->name;
        k->manner = b->manner;
        k->words = b->words;
    } else {
        flow_words(f, b->words, ink);
    }
}

/* Whether the beat numbered I (from 0) was shown before the present one in this scene. */
static bool stood(const struct wall *l, uint32_t i)
{
    const struct beat *b = &l->w->story->v[i];
    return (is_spoken(b) || b->kind == WIRE_OUT_NARRATION || b->kind == WIRE_OUT_CHECKED) && !(both_empty(b->words) && both_empty(b->manner));
}

void wall_story(struct wall *l)
{
    uint32_t now = l->s->shown, before[BEFORE_MOST], n = 0;
    if (!now)
        return;
    for (uint32_t i = now - 1; i-- > 0 && i + 1 >= l->s->scene && n < BEFORE_MOST;)
        if (stood(l, i))
            before[n++] = i;
    unsigned room = l->c->h > 12 ? (l->c->h - 6) / 2 : 0;
    struct flow above = {0};
    for (uint32_t k = n; k-- > 0;) { /* as much of what was said before as leaves the present line its room */
        struct flow kept = l->flow;
        l->flow = above;
        add_beat(l, &l->w->story->v[before[k]], INK_QUIET);
        flow_gap(&l->flow);
        above = l->flow;
        l->flow = kept;
    }
    if (above.n && flow_pages(&above, &l->set->tongues, l->c, l->c->w, room) == 1)
        for (uint32_t i = 0; i < above.n; i++)
            *flow_add(&l->flow, BLOCK_GAP, INK_PLAIN) = above.v[i];
    flow_done(&above);
    l->flow.anchor = l->flow.n + 1;
    add_beat(l, &l->w->story->v[now - 1], l->s->stage == STAGE_REACTION ? INK_STRONG : INK_PLAIN);
}

/* ---- what is asked ---- */

static void add_gauges(struct wall *l)
{
    uint32_t before = l->flow.n;
    for (uint32_t i = l->s->ask - 1; i-- > 0 && l->w->story->v[i].kind != WIRE_OUT_ASK;) {
        const struct beat *b = &l->w->story->v[i];
        if (b->kind != WIRE_OUT_GAUGE || b->event != l->w->story->v[l->s->ask - 1].event)
            continue;
        struct block *k = flow_add(&l->flow, BLOCK_GAUGE, INK_BAR);
        k->name = b->words;
        k->value = (uint32_t)(b->value - b->from);
        k->full = (uint32_t)(b->to_value - b->from);
    }
    if (l->flow.n > before)
        flow_gap(&l->flow);
}

static void add_prompt(struct wall *l)
{
    const struct beat *ask = workshop_beat(l->w, l->s->ask);
    struct flow *f = &l->flow;
    if (l->s->poll == POLL_WARM_UP) {
        flow_words(f, l->w->about->warm_up.words, INK_STRONG);
    } else if (l->s->poll == POLL_SLOT) {
        struct both n = both_number(l->a, l->s->slot + 1), of = both_number(l->a, l->s->n_slots);
        flow_words(f, wall_fill(l, N_("Part %1 of %2"), n, of), INK_STRONG);
    } else if (ask) {
        flow_words(f, both_empty(ask->words) ? both_tr(N_("What do we say?")) : ask->words, INK_STRONG);
    }
    flow_gap(f);
    f->head = f->n;
}

static uint32_t letters(const struct wall *l)
{
    return l->s->poll == POLL_WARM_UP ? l->w->about->warm_up.n_choices : l->s->n_options;
}

static void add_options(struct wall *l, enum ink ink)
{
    for (uint32_t i = 0; i < letters(l); i++) {
        struct block *b = flow_add(&l->flow, BLOCK_OPTION, ink);
        b->letter = i + 1;
        b->words = workshop_option(l->w, i);
        b->manner = workshop_option_manner(l->w, i);
        flow_weak_gap(&l->flow);
    }
}

/* The parts taken so far, as one text. */
static struct both message_so_far(struct wall *l)
{
    struct buf en = {0}, zh = {0};
    const struct beat *v = l->w->story->v;
    for (uint32_t k = 0; k < l->s->slot && k < l->s->n_slots; k++) {
        uint32_t at = l->s->slots[k] + l->s->voted[k].taken - 1u;
        if (!l->s->voted[k].taken || at >= l->w->story->n || v[at].kind != WIRE_OUT_PART)
            continue;
        buf_sentence(&en, v[at].words.en);
        buf_sentence(&zh, v[at].words.zh);
    }
    struct both whole = {text_keep(l->a, buf_view(&en)), text_keep(l->a, buf_view(&zh))};
    buf_done(&en);
    buf_done(&zh);
    return whole;
}

static void add_message_so_far(struct wall *l)
{
    struct both whole = message_so_far(l);
    if (l->s->poll != POLL_SLOT || both_empty(whole))
        return;
    flow_words(&l->flow, whole, INK_QUIET);
    flow_gap(&l->flow);
}

static void add_wrote(struct wall *l)
{
    for (uint32_t i = l->w->story->n; l->s->wrote && i-- > 0;)
        if (l->w->story->v[i].kind == WIRE_OUT_WROTE) {
            struct block *b = flow_add(&l->flow, BLOCK_SPEECH, INK_ASIDE);
            b->name = both_tr(N_("Said in this room"));
            b->words = l->w->story->v[i].words;
            flow_gap(&l->flow);
            return;
        }
}

void wall_read(struct wall *l)
{
    const struct beat *ask = workshop_beat(l->w, l->s->ask);
    if (ask)
        add_gauges(l);
    add_prompt(l);
    if (l->s->form == WIRE_FORM_COMPOSE) {
        struct both none = both_same((struct text){0});
        if (ask && !both_empty(ask->to))
            flow_words(&l->flow, wall_fill(l, N_("We put together what we say to %1, part by part."), ask->to, none), INK_PLAIN);
        else
            flow_words(&l->flow, both_tr(N_("We put together what we say, part by part.")), INK_PLAIN);
        l->flow.centred = true;
        return;
    }
    if (l->s->form == WIRE_FORM_RECALL) {
        flow_words(&l->flow, both_tr(N_("What did you hear? Nothing can be looked up now.")), INK_ASIDE);
        flow_gap(&l->flow);
    }
    add_wrote(l);
    add_options(l, INK_PLAIN);
}

void wall_write(struct wall *l)
{
    const struct beat *ask = workshop_beat(l->w, l->s->ask);
    add_prompt(l);
    flow_words(&l->flow, both_tr(N_("In your own words. Say it to your neighbour, as you would say it.")), INK_PLAIN);
    if (ask && ask->wanted) {
        struct both n = both_number(l->a, ask->wanted), none = both_same((struct text){0});
        flow_words(&l->flow, wall_fill(l, N_("About %1 words are enough."), n, none), INK_QUIET);
    }
    flow_gap(&l->flow);
    wall_timer(l);
    l->flow.centred = true;
}

void wall_vote(struct wall *l)
{
    add_prompt(l);
    add_message_so_far(l);
    add_options(l, INK_PLAIN);
}

void wall_choose(struct wall *l)
{
    uint32_t leads = ballot_leads(&l->s->ballot, l->s->ballot.round);
    struct buf b = {0};
    struct both none = both_same((struct text){0});
    for (uint32_t i = 0; i < BALLOT_OPTIONS; i++)
        if (leads >> i & 1) {
            buf_str(&b, b.len ? "  " : "");
            buf_char(&b, (char)('A' + i));
        }
    add_prompt(l);
    if (l->s->ballot.round && leads)
        flow_words(&l->flow, wall_fill(l, N_("The votes stand level: %1. The facilitator chooses."), both_same(text_keep(l->a, buf_view(&b))), none), INK_ASIDE);
    else if (l->s->ballot.round)
        flow_words(&l->flow, both_tr(N_("No votes were counted. The facilitator chooses.")), INK_ASIDE);
    else
        flow_words(&l->flow, both_tr(N_("This one the facilitator chooses.")), INK_ASIDE);
    flow_gap(&l->flow);
    l->flow.head = l->flow.n;
    add_message_so_far(l);
    add_options(l, INK_PLAIN);
    buf_done(&b);
}

void wall_whole(struct wall *l)
{
    const struct beat *ask = workshop_beat(l->w, l->s->ask);
    struct both whole = message_so_far(l), none = both_same((struct text){0});
    if (ask && !both_empty(ask->to))
        flow_words(&l->flow, wall_fill(l, N_("This is what we say to %1:"), ask->to, none), INK_STRONG);
    else
        flow_words(&l->flow, both_tr(N_("This is what we say:")), INK_STRONG);
    flow_gap(&l->flow);
    flow_words(&l->flow, both_empty(whole) ? both_tr(N_("(nothing)")) : whole, INK_PLAIN);
    l->flow.centred = true;
}

/* ---- talk ---- */

static struct both group_names(enum wire_groups groups)
{
    switch (groups) {
    case WIRE_ALONE: return both_tr(N_("Each for themselves"));
    case WIRE_THREES: return both_tr(N_("In threes"));
    case WIRE_TABLES: return both_tr(N_("Table by table"));
    default: return both_tr(N_("In pairs"));
    }
}

/* The last who spoke and is not ours. */
static struct both other_name(const struct wall *l)
{
    for (uint32_t i = l->s->ask ? l->s->ask - 1 : 0; i-- > 0;) {
        const struct beat *b = &l->w->story->v[i];
        if ((b->kind == WIRE_OUT_LINE || b->kind == WIRE_OUT_REACTION) && !text_eq(b->who, l->w->role) && !both_empty(b->name))
            return b->name;
    }
    return both_same((struct text){0});
}

static void talk_between(struct wall *l)
{
    struct both name = other_name(l), none = both_same((struct text){0});
    flow_words(&l->flow, both_tr(N_("Turn to your neighbour.")), INK_STRONG);
    flow_gap(&l->flow);
    wall_item(l, both_tr(N_("Which one did you choose, and why?")), INK_PLAIN);
    if (!both_empty(name))
        wall_item(l, wall_fill(l, N_("What will %1 hear in it?"), name, none), INK_PLAIN);
    wall_item(l, both_tr(N_("What would have to be different for another one to be better?")), INK_PLAIN);
    flow_gap(&l->flow);
    wall_timer(l);
    add_options(l, INK_QUIET);
}

static void talk_asked(struct wall *l)
{
    const struct beat *ask = workshop_beat(l->w, l->s->ask);
    uint32_t first = l->s->ask ? l->s->ask - 1 : 0;
    while (first > 0 && (l->w->story->v[first - 1].kind == WIRE_OUT_QUESTION || l->w->story->v[first - 1].kind == WIRE_OUT_GAUGE))
        first--;
    flow_words(&l->flow, group_names(ask ? ask->groups : WIRE_PAIRS), INK_STRONG);
    flow_gap(&l->flow);
    for (uint32_t i = first; ask && i < l->s->ask - 1; i++)
        if (l->w->story->v[i].kind == WIRE_OUT_QUESTION) {
            wall_item(l, l->w->story->v[i].words, INK_PLAIN);
            flow_gap(&l->flow);
        }
    if (ask && !both_empty(ask->words)) {
        struct both none = both_same((struct text){0});
        flow_words(&l->flow, wall_fill(l, N_("Then each tells: %1"), ask->words, none), INK_ASIDE);
        flow_gap(&l->flow);
    }
    wall_timer(l);
    l->flow.centred = true;
}

void wall_talk(struct wall *l)
{
    if (l->s->form == WIRE_FORM_DISCUSS && l->s->poll == POLL_NONE)
        talk_asked(l);
    else
        talk_between(l);
}

/* ---- how it came out ---- */

static const char *settled_words(const struct wall *l)
{
    uint32_t votes[BALLOT_OPTIONS];
    for (uint32_t i = 0; i < letters(l); i++)
        votes[i] = ballot_votes(&l->s->ballot, l->s->ballot.round, i);
    if (!l->s->taken)
        return NULL;
    switch (votes_settle(votes, letters(l), l->s->taken - 1)) {
    case SETTLED_TIE: return N_("The votes stood level; the facilitator chose.");
    case SETTLED_VETO: return N_("The facilitator chose otherwise.");
    default: return NULL;
    }
}

static void add_bars(struct wall *l, uint32_t i, uint32_t first, uint32_t most)
{
    const struct ballot *v = &l->s->ballot;
    uint32_t leads = ballot_leads(v, v->round);
    struct block *b = flow_add(&l->flow, BLOCK_BARS, INK_PLAIN);
    b->letter = i + 1;
    b->words = workshop_option(l->w, i);
    b->manner = workshop_option_manner(l->w, i);
    b->chosen = l->s->taken ? l->s->taken == i + 1 : most == 0 && (leads >> i & 1);
    b->most = most;
    b->rounds = v->round - first + 1;
    for (uint32_t k = first; k <= v->round; k++)
        b->votes[k - first] = ballot_votes(v, k, i);
    flow_weak_gap(&l->flow);
}

void wall_reveal(struct wall *l)
{
    const struct ballot *v = &l->s->ballot;
    uint32_t first = v->round > 1 ? v->round - 1 : v->round, most = 0, least = UINT32_MAX;
    if (!v->round)
        return;
    for (uint32_t k = first; k <= v->round; k++) {
        uint32_t n = ballot_answered(v, k);
        most = n > most ? n : most;
        least = n < least ? n : least;
    }
    add_prompt(l);
    if (least < MINUTES_FEW) {
        most = 0;
        flow_words(&l->flow, both_tr(N_("With so few votes, only which leads is shown.")), INK_QUIET);
    } else if (v->round > 1) {
        flow_words(&l->flow, both_tr(N_("1: before we talked   2: after")), INK_QUIET);
    }
    const char *how = settled_words(l);
    if (how)
        flow_words(&l->flow, both_tr(how), INK_ASIDE);
    flow_weak_gap(&l->flow);
    l->flow.head = l->flow.n;
    for (uint32_t i = 0; i < letters(l); i++)
        add_bars(l, i, first, most);
}

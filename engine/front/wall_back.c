/* wall_back.c -- from the ending on: back to a turning point, both endings side by side, the debrief, what is taken home.
 *
 * The debrief tells how the room decided, in sentences, and shows nobody's part in it: where it changed its mind or was
 * split, what else was possible, the other side's brief, the scenario's questions. */
#include "front/wall_inside.h"

enum { MOMENTS_MOST = 2, SIDE_BY_SIDE = 72 };

static struct both outcome_words(enum wire_outcome outcome)
{
    switch (outcome) {
    case WIRE_AGREED: return both_tr(N_("You came to an agreement."));
    case WIRE_PARTLY: return both_tr(N_("Some of it is settled."));
    case WIRE_OPEN: return both_tr(N_("The matter stays open."));
    case WIRE_WORSE: return both_tr(N_("It is worse than before."));
    case WIRE_OUTCOMES: break;
    }
    return both_same((struct text){0});
}

static const struct both nothing = {{0}, {0}};

/* ---- ending, and back ---- */

void wall_ending(struct wall *l)
{
    const struct road_ending *e = l->s->n_endings ? &l->s->endings[l->s->n_endings - 1] : NULL;
    const struct beat *b = e ? workshop_beat(l->w, e->ended) : NULL;
    if (!b)
        return;
    flow_words(&l->flow, b->words, INK_STRONG);
    flow_gap(&l->flow);
    flow_words(&l->flow, outcome_words(b->outcome), INK_PLAIN);
    l->flow.centred = true;
}

struct both wall_said(const struct wall *l, const struct road_step *step)
{
    const struct beat *b = workshop_beat(l->w, step->said);
    if (!b)
        return nothing;
    return both_empty(b->words) ? b->manner : b->words;
}

void wall_list(struct wall *l)
{
    struct flow *f = &l->flow;
    flow_words(f, both_tr(N_("Back to which decision?")), INK_STRONG);
    flow_gap(f);
    f->head = f->n;
    for (uint32_t i = 0; i < l->s->n_road; i++) {
        const struct road_step *step = &l->s->road[i];
        const struct beat *ask = workshop_beat(l->w, step->ask);
        struct block *b = flow_words(f, ask ? ask->words : nothing, step->event == l->w->suggested ? INK_STRONG : INK_PLAIN);
        b->mark = both_number(l->a, i + 1);
        if (ask && ask->form == WIRE_FORM_DISCUSS)
            b->words = both_tr(N_("We talked."));
        if (both_empty(b->words))
            b->words = both_tr(N_("What do we say?"));
        if (step->event == l->w->suggested)
            b->words = wall_fill(l, N_("%1  << here another way lay open"), b->words, nothing);
        if (!both_empty(wall_said(l, step))) {
            struct block *said = flow_words(f, wall_said(l, step), INK_QUIET);
            said->mark = both_same(TEXT(" "));
        }
        flow_gap(f);
    }
}

/* What is told of one road. */
struct road_told {
    struct both title, said, ending, outcome;
};

static struct road_told told(const struct wall *l, const char *title, const struct road_step *step, const struct road_ending *e)
{
    const struct beat *b = workshop_beat(l->w, e->ended);
    struct road_told r = {.title = both_tr(title), .said = step ? wall_said(l, step) : nothing};
    if (b) {
        r.ending = b->words;
        r.outcome = outcome_words(b->outcome);
    }
    return r;
}

static void add_pair(struct wall *l, struct both left, struct both right, enum ink ink)
{
    struct block *b = flow_add(&l->flow, BLOCK_PAIR, ink);
    b->words = left;
    b->beside = right;
    flow_gap(&l->flow);
}

/* One road below the other where they cannot stand side by side. */
static void add_road(struct wall *l, const struct road_told *r)
{
    flow_words(&l->flow, r->title, INK_NAME);
    flow_words(&l->flow, r->said, INK_PLAIN);
    flow_words(&l->flow, r->ending, INK_STRONG);
    flow_words(&l->flow, r->outcome, INK_PLAIN);
    flow_gap(&l->flow);
}

void wall_roads(struct wall *l)
{
    const struct workshop_state *s = l->s;
    if (s->n_endings < 2)
        return;
    const struct road_ending *old = &s->endings[s->n_endings - 2], *new = &s->endings[s->n_endings - 1];
    const struct beat *ask = workshop_beat(l->w, new->turned.ask);
    const struct road_step *now = NULL;
    for (uint32_t i = 0; i < s->n_road; i++)
        if (s->road[i].event == new->turned.event)
            now = &s->road[i];
    struct road_told first = told(l, N_("The first time we said"), &new->turned, old), second = told(l, N_("The second time we said"), now, new);
    if (ask && !both_empty(ask->words))
        flow_words(&l->flow, ask->words, INK_PLAIN);
    flow_gap(&l->flow);
    if (l->c->w < SIDE_BY_SIDE) {
        add_road(l, &first);
        add_road(l, &second);
    } else {
        add_pair(l, first.title, second.title, INK_NAME);
        add_pair(l, first.said, second.said, INK_PLAIN);
        add_pair(l, first.ending, second.ending, INK_STRONG);
        add_pair(l, first.outcome, second.outcome, INK_PLAIN);
    }
    l->flow.centred = true;
}

/* ---- the debrief ---- */

enum back_page { BACK_MOMENT, BACK_ELSE, BACK_BRIEF, BACK_CASE, BACK_QUESTIONS, BACK_PLUS };

/* Page number PAGE of the debrief: which kind, and which of its kind in *INDEX; false behind the last. */
static bool page_at(const struct wall_setting *set, const struct workshop *w, uint32_t page, enum back_page *kind, uint32_t *index)
{
    uint32_t moments[MOMENTS_MOST];
    const struct minutes *m = set->en ? set->en : set->zh;
    const uint32_t counts[] = {
        [BACK_MOMENT] = m ? minutes_moments(m, moments, MOMENTS_MOST) : 0,
        [BACK_ELSE] = m ? m->n_turning : 0,
        [BACK_BRIEF] = m ? m->n_briefs : 0,
        [BACK_CASE] = !both_empty(w->about->case_text),
        [BACK_QUESTIONS] = w->about->n_questions > 0,
        [BACK_PLUS] = 1,
    };
    for (*kind = BACK_MOMENT; *kind <= BACK_PLUS; ++*kind) {
        if (page < counts[*kind]) {
            *index = page;
            return true;
        }
        page -= counts[*kind];
    }
    return false;
}

uint32_t wall_debrief_pages(const struct wall_setting *set, const struct workshop *w)
{
    enum back_page kind;
    uint32_t n = 0, index;
    while (page_at(set, w, n, &kind, &index))
        n++;
    return n;
}

bool wall_asks_back(const struct wall_setting *set, const struct workshop *w)
{
    enum back_page kind;
    uint32_t index;
    return page_at(set, w, w->now.debrief, &kind, &index) && kind == BACK_PLUS;
}

/* What minutes in both languages say of the same thing. */
#define in_both(l, what)                                                                                               \
    ((struct both){(l)->set->en ? (l)->set->en->what : (struct text){0}, (l)->set->zh ? (l)->set->zh->what : (struct text){0}})

/* The two options with the most votes in the last round, as sentences. */
static void add_split(struct wall *l, const struct minutes_vote *v, uint32_t turn)
{
    uint32_t last = v->n_rounds - 1, first = 0, second = UINT32_MAX;
    for (uint32_t i = 1; i < v->n_options; i++)
        if (v->options[i].votes[last] > v->options[first].votes[last]) {
            second = first;
            first = i;
        } else if (second == UINT32_MAX || v->options[i].votes[last] > v->options[second].votes[last]) {
            second = i;
        }
    for (int k = 0; k < 2; k++) {
        uint32_t i = k ? second : first;
        if (i >= v->n_options)
            continue;
        struct both args[] = {both_number(l->a, v->options[i].votes[last]), in_both(l, turns[turn].vote.options[i].words)};
        flow_words(&l->flow, both_fill(l->a, N_("%1 of us chose “%2”"), args, 2), INK_STRONG);
    }
    flow_gap(&l->flow);
}

static void add_numbers(struct wall *l, const struct minutes_vote *v, uint32_t turn)
{
    uint32_t last = v->n_rounds - 1, led = minutes_led(v, 0), now = minutes_led(v, last);
    uint32_t which = led ? led : now, all = minutes_answered(v, 0);
    if (minutes_answered(v, last) < MINUTES_FEW || all < MINUTES_FEW)
        return;
    if (!which || (v->n_rounds == 1 && minutes_split(v))) {
        add_split(l, v, turn);
        return;
    }
    struct both words = in_both(l, turns[turn].vote.options[which - 1].words);
    struct both first[] = {both_number(l->a, v->heads > all ? v->heads : all), both_number(l->a, v->options[which - 1].votes[0]), words};
    if (v->n_rounds > 1) {
        flow_words(&l->flow, both_fill(l->a, N_("We were %1. At first %2 of us chose “%3”"), first, 3), INK_STRONG);
        struct both after[] = {both_number(l->a, v->options[which - 1].votes[last])};
        flow_words(&l->flow, both_fill(l->a, N_("After we had talked it was %1."), after, 1), INK_STRONG);
    } else {
        flow_words(&l->flow, both_fill(l->a, N_("We were %1, and %2 of us chose “%3”"), first, 3), INK_STRONG);
    }
    flow_gap(&l->flow);
}

static void back_moment(struct wall *l, uint32_t index)
{
    uint32_t moments[MOMENTS_MOST];
    const struct minutes *m = l->set->en ? l->set->en : l->set->zh;
    minutes_moments(m, moments, MOMENTS_MOST);
    uint32_t turn = moments[index];
    const struct minutes_vote *v = &m->turns[turn].vote;
    flow_words(&l->flow, both_tr(minutes_moment(v)), INK_NAME);
    flow_gap(&l->flow);
    add_numbers(l, v, turn);
    struct block *heard = flow_add(&l->flow, BLOCK_SPEECH, INK_PLAIN);
    heard->name = in_both(l, turns[turn].heard_by);
    heard->words = in_both(l, turns[turn].heard);
    flow_gap(&l->flow);
    struct block *said = flow_add(&l->flow, BLOCK_SPEECH, INK_STRONG);
    said->name = both_tr(N_("We"));
    said->words = in_both(l, turns[turn].said);
    said->manner = in_both(l, turns[turn].said_manner);
    flow_gap(&l->flow);
    struct block *reacted = flow_add(&l->flow, BLOCK_SPEECH, INK_PLAIN);
    reacted->name = in_both(l, turns[turn].reaction_by);
    reacted->words = in_both(l, turns[turn].reaction);
    reacted->manner = in_both(l, turns[turn].reaction_manner);
    flow_gap(&l->flow);
    flow_words(&l->flow, in_both(l, turns[turn].because), INK_ASIDE);
}

static struct both turn_said(const struct wall *l, uint32_t index)
{
    const struct minutes *en = l->set->en, *zh = l->set->zh;
    return (struct both){en && index < en->n_turning ? en->turns[en->turning[index].turn].said : (struct text){0},
                         zh && index < zh->n_turning ? zh->turns[zh->turning[index].turn].said : (struct text){0}};
}

static void back_else(struct wall *l, uint32_t index)
{
    const struct minutes *m = l->set->en ? l->set->en : l->set->zh;
    const struct minutes_turning *t = &m->turning[index];
    flow_words(&l->flow, both_tr(t->kind == WIRE_TURN_GOOD ? N_("This sentence carried the conversation") : N_("Here another way lay open")), INK_NAME);
    flow_gap(&l->flow);
    struct block *said = flow_add(&l->flow, BLOCK_SPEECH, INK_STRONG);
    said->name = both_tr(N_("We"));
    said->words = turn_said(l, index);
    flow_gap(&l->flow);
    flow_words(&l->flow, both_tr(N_("What else could have been said:")), INK_PLAIN);
    flow_gap(&l->flow);
    l->flow.head = 1;
    for (uint32_t i = 0; i < t->n_others; i++) {
        struct block *k = flow_words(&l->flow, in_both(l, turning[index].others[i].said), INK_PLAIN);
        k->mark = both_same(TEXT("-"));
        k = flow_words(&l->flow, in_both(l, turning[index].others[i].ending), INK_STRONG);
        k->mark = both_same(TEXT("  ->"));
        flow_gap(&l->flow);
    }
}

static void back_brief(struct wall *l, uint32_t index)
{
    flow_words(&l->flow, wall_fill(l, N_("What %1 knew, and we did not"), in_both(l, briefs[index].name), nothing), INK_NAME);
    flow_gap(&l->flow);
    flow_words(&l->flow, in_both(l, briefs[index].words), INK_PLAIN);
    l->flow.head = 2;
    l->flow.centred = true;
}

static void back_questions(struct wall *l)
{
    flow_words(&l->flow, both_tr(N_("To talk about")), INK_NAME);
    flow_gap(&l->flow);
    l->flow.head = 2;
    for (uint32_t i = 0; i < l->w->about->n_questions; i++) {
        wall_item(l, l->w->about->questions[i], INK_PLAIN);
        flow_gap(&l->flow);
    }
    l->flow.centred = true;
}

void wall_debrief(struct wall *l)
{
    enum back_page kind;
    uint32_t index;
    if (!page_at(l->set, l->w, l->s->debrief, &kind, &index))
        return;
    switch (kind) {
    case BACK_MOMENT: back_moment(l, index); break;
    case BACK_ELSE: back_else(l, index); break;
    case BACK_BRIEF: back_brief(l, index); break;
    case BACK_CASE:
        flow_words(&l->flow, both_tr(N_("What really happened")), INK_NAME);
        flow_gap(&l->flow);
        flow_words(&l->flow, l->w->about->case_text, INK_PLAIN);
        l->flow.head = 2;
        break;
    case BACK_QUESTIONS: back_questions(l); break;
    case BACK_PLUS:
        flow_words(&l->flow, both_tr(N_("What did we do well? What would we change?")), INK_STRONG);
        flow_gap(&l->flow);
        flow_words(&l->flow, both_tr(N_("Two minutes, alone. Then whoever likes to says one of each.")), INK_PLAIN);
        flow_gap(&l->flow);
        wall_timer(l);
        l->flow.centred = true;
        break;
    }
}

/* ---- home ---- */

void wall_take_home(struct wall *l)
{
    flow_words(&l->flow, both_tr(N_("One sentence you will try this week")), INK_STRONG);
    flow_gap(&l->flow);
    flow_words(&l->flow, both_tr(N_("To whom, and when? Write it down; it is yours, nobody collects it.")), INK_PLAIN);
    flow_gap(&l->flow);
    if (l->set->address.len)
        flow_words(&l->flow, both_tr(N_("Your phone keeps a page: the way we took, the other side's brief, your sentence.")), INK_PLAIN);
    flow_gap(&l->flow);
    wall_timer(l);
    l->flow.centred = true;
}

void wall_end(struct wall *l)
{
    flow_words(&l->flow, both_tr(N_("Thank you.")), INK_STRONG);
    flow_gap(&l->flow);
    flow_words(&l->flow, l->w->about->title, INK_PLAIN);
    l->flow.centred = true;
}

/* reach.c -- what the answers of one play did to what was still within reach.
 *
 * The play is walked through the graph once more.  Where an answer may lead to several states, the road that the play took
 * is the one on which scripts drew the same numbers and the engine took the same options.  On the way every step says what
 * the best was before it and is after it, so all losses together are what separates the play from the best. */
#include "study/inside.h"

#include <stdlib.h>

/* ---- the best ending from every node ---- */

/* The better of two endings: by outcome, then in the scenario's order. */
static scene_id better(const struct study *st, scene_id a, scene_id b)
{
    if (!a.i || !b.i)
        return a.i ? a : b;
    uint8_t oa = st->s->scenes[a.i].outcome, ob = st->s->scenes[b.i].outcome;
    return oa < ob || (oa == ob && a.i < b.i) ? a : b;
}

static scene_id edge_ending(const struct study *st, const struct edge *e)
{
    if (is_ending(e->to))
        return (scene_id){e->to - TO_END};
    return is_node(e->to) ? st->best_ending[e->to] : (scene_id){0};
}

static void endings_find(struct study *st)
{
    st->best_ending = mem_new(st->main_nodes * sizeof *st->best_ending);
    memset(st->best_ending, 0, st->main_nodes * sizeof *st->best_ending);
    for (uint32_t from = 0, to; from < st->main_nodes; from = to) {
        scene_id best = {0};
        for (to = from; to < st->main_nodes && st->part[st->order[to]] == st->part[st->order[from]]; to++)
            for (uint32_t e = edges_begin(&st->g, st->order[to]); e < edges_end(&st->g, st->order[to]); e++)
                best = better(st, best, edge_ending(st, &st->g.edges[e]));
        for (uint32_t i = from; i < to; i++)
            st->best_ending[st->order[i]] = best;
    }
}

/* ---- the road the play took ---- */

/* What chance decided in a session, in the order in which it did: event AT, its item ITEM; item UINT32_MAX: the event's
 * own head, an option that the engine took. */
struct cursor {
    const struct session *se;
    uint32_t at, item;
};

static bool same_message(const struct event *a, const struct event *b)
{
    uint32_t n = 0, m = 0;
    for (;; n++, m++) {
        while (n < a->n && event_items(a)[n].kind != ITEM_TAKEN)
            n++;
        while (m < b->n && event_items(b)[m].kind != ITEM_TAKEN)
            m++;
        if (n == a->n || m == b->n)
            return n == a->n && m == b->n;
        if (event_items(a)[n].ref != event_items(b)[m].ref)
            return false;
    }
}

/* On to what chance decided next; false where it decided no more. */
static bool cursor_next(struct cursor *c)
{
    for (; c->at < c->se->n_events; c->at++, c->item = UINT32_MAX) {
        const struct event *e = session_event(c->se, c->at);
        for (uint32_t i = c->item + 1; i < e->n; i++)
            if (event_items(e)[i].kind == ITEM_DRAW) {
                c->item = i;
                return true;
            }
        const struct event *next = c->at + 1 < c->se->n_events ? session_event(c->se, c->at + 1) : NULL;
        if (next && next->kind == EV_CHOSE && next->by == BY_ENGINE) {
            c->at++;
            c->item = UINT32_MAX;
            return true;
        }
    }
    return false;
}

static bool cursors_agree(const struct cursor *a, const struct cursor *b)
{
    const struct event *ea = session_event(a->se, a->at), *eb = session_event(b->se, b->at);
    if (a->item == UINT32_MAX || b->item == UINT32_MAX)
        return a->item == b->item && ea->a == eb->a && same_message(ea, eb);
    const struct item *ia = &event_items(ea)[a->item], *ib = &event_items(eb)[b->item];
    return ia->ref == ib->ref && ia->value == ib->value;
}

/* On to what the play has where the probe has PROBE.  A play records the numbers drawn for an option that the engine
 * takes, just before it; a probe draws none. */
static bool cursor_beside(struct cursor *play, const struct cursor *probe)
{
    do {
        if (!cursor_next(play))
            return false;
    } while (probe->item == UINT32_MAX && play->item != UINT32_MAX);
    return cursors_agree(probe, play);
}

/* Whether the step that the probe just made is the one the play made at C, which then stands behind it. */
static bool step_agrees(const struct session *made, struct cursor *c)
{
    struct cursor play = *c, probe = {made, 0, UINT32_MAX};
    while (cursor_next(&probe))
        if (!cursor_beside(&play, &probe))
            return false;
    *c = play;
    return true;
}

/* ---- walking ---- */

struct walk {
    struct study *st;
    struct cursor play;
    uint32_t person;       /* the event to look for the next answer of a person at */
    uint32_t node;         /* UINT32_MAX: the play has ended */
    struct reach *out;
    const int32_t *worth;  /* of the step just made, [k] */
    uint32_t to;
};

/* Makes the step ROOT from the present node on the road that the play took; false where there is none. */
static bool step(struct walk *w, uint32_t root)
{
    struct study *st = w->st;
    const uint64_t *words = node_words(st, w->node);
    struct roads r;
    for (bool any = roads_first(st, &r, words, root); any; any = roads_next(st, &r)) {
        struct cursor play = w->play;
        bool agrees = true;
        for (uint32_t leg = 0; leg <= r.last && agrees; leg++)
            agrees = step_agrees(road_play(st, &r, leg), &play);
        if (!agrees)
            continue;
        w->play = play;
        w->worth = st->steps.worths + (size_t)r.worth * st->k;
        w->to = graph_led(st, &r);
        return is_ending(w->to) || w->to < st->main_nodes;
    }
    return false;
}

static int32_t best_at(const struct study *st, uint32_t to, uint32_t k)
{
    return is_node(to) ? st->best[(size_t)to * st->k + k] : 0;
}

/* ---- one answer ---- */

/* The edge of ACTION with the most for K, and among those the one with the most there and then; with its sum. */
static const struct edge *edge_best(const struct study *st, uint32_t action, uint32_t k, int32_t *sum)
{
    const struct edge *best = NULL;
    for (uint32_t i = st->g.actions[action].first; i < st->g.actions[action + 1].first; i++) {
        const struct edge *e = &st->g.edges[i];
        if ((!is_ending(e->to) && !is_node(e->to)) || best_at(st, e->to, k) == STUDY_NONE)
            continue;
        int32_t all = worth_of(st, e)[k] + best_at(st, e->to, k);
        if (best && (all < *sum || (all == *sum && worth_of(st, e)[k] <= worth_of(st, best)[k])))
            continue;
        best = e;
        *sum = all;
    }
    return best;
}

/* The best edge of all answers at NODE. */
static const struct edge *answer_best(const struct study *st, uint32_t node, uint32_t k, int32_t *sum)
{
    const struct edge *best = NULL;
    for (uint32_t a = st->g.nodes[node].first; a < st->g.nodes[node + 1].first; a++) {
        int32_t all;
        const struct edge *e = edge_best(st, a, k, &all);
        if (!e || (best && (all < *sum || (all == *sum && worth_of(st, e)[k] <= worth_of(st, best)[k]))))
            continue;
        best = e;
        *sum = all;
    }
    return best;
}

/* What the step from the present node came to in all, for K. */
static int32_t came_to(const struct walk *w, uint32_t k)
{
    return w->worth[k] + best_at(w->st, w->to, k);
}

/* ACTION UINT32_MAX: nobody answered, which is not in the graph; then nothing is chance's. */
static void turn_price(struct walk *w, struct reach_turn *t, uint32_t action)
{
    const struct study *st = w->st;
    for (uint32_t k = 0; k < st->k; k++) {
        int32_t most = 0, mine = came_to(w, k), here = w->worth[k];
        const struct edge *best = answer_best(st, w->node, k, &most);
        const struct edge *own = action == UINT32_MAX ? NULL : edge_best(st, action, k, &mine);
        here = own ? worth_of(st, own)[k] : here;
        t->price[k] = most - mine;
        t->here[k] = t->price[k] ? worth_of(st, best)[k] - here : 0;
        t->later[k] = t->price[k] - t->here[k];
        t->luck[k] = mine - came_to(w, k);
    }
}

static void turn_options(struct walk *w, struct reach_turn *t)
{
    const struct study *st = w->st;
    const struct graph *g = &st->g;
    uint32_t first = g->nodes[w->node].first, end = g->nodes[w->node + 1].first;
    t->options = arena_array(&w->out->arena, struct reach_option, end - first + 1);
    for (uint32_t a = first; a < end; a++) {
        if (g->actions[a].option >= MESSAGE)
            continue;
        struct reach_option *o = &t->options[t->n_options++];
        o->option.i = g->actions[a].option;
        for (uint32_t e = g->actions[a].first; e < g->actions[a + 1].first; e++)
            o->ending = better(st, o->ending, edge_ending(st, &g->edges[e]));
    }
    t->before = st->best_ending[w->node];
}

static int32_t *figures(struct walk *w)
{
    return arena_array(&w->out->arena, int32_t, w->st->k);
}

/* Adds a turn for the answer E, event number N, to the decision asked at the present node. */
static void turn_add(struct walk *w, uint32_t n, uint32_t action)
{
    struct reach_turn *t = &w->out->turns[w->out->n_turns++];
    *t = (struct reach_turn){.event = n, .price = figures(w), .here = figures(w), .later = figures(w), .luck = figures(w)};
    turn_options(w, t);
    turn_price(w, t, action);
}

/* Whether OPTION, as in the graph, is the answer E. */
static bool is_answer(const struct study *st, const struct event *e, uint32_t option)
{
    uint32_t parts[SLOTS_OF_MESSAGE], n, at = 0;
    if (option < MESSAGE)
        return option == e->a;
    n = message_parts(st->s, &st->s->decisions[e->b], option - MESSAGE, parts);
    for (uint32_t i = 0; i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_TAKEN && (at == n || event_items(e)[i].ref != parts[at++]))
            return false;
    return at == n;
}

static uint32_t action_of(const struct walk *w, const struct event *e)
{
    const struct graph *g = &w->st->g;
    for (uint32_t a = g->nodes[w->node].first; a < g->nodes[w->node + 1].first; a++)
        if (is_answer(w->st, e, g->actions[a].option))
            return a;
    return UINT32_MAX;
}

/* The next answer of a person; 0 where there is none. */
static uint32_t answer_find(struct walk *w)
{
    for (; w->person < w->play.se->n_events; w->person++) {
        const struct event *e = session_event(w->play.se, w->person);
        if (e->kind == EV_CHOSE && e->by != BY_ENGINE)
            return w->person++;
    }
    return 0;
}

static bool answer_walk(struct walk *w)
{
    const struct graph *g = &w->st->g;
    const struct spot *spot = node_spot(w->st, w->node);
    bool asks = spot->asks;
    uint32_t n = asks ? answer_find(w) : 0, action = UINT32_MAX;
    const struct event *e = n ? session_event(w->play.se, n) : NULL;
    if (asks && (!e || e->b != spot->decision))
        return false;
    if (!asks)
        action = g->nodes[w->node].first;
    else if (e->by != BY_NOBODY && (action = action_of(w, e)) == UINT32_MAX)
        return false;
    if (asks && e->by == BY_NOBODY && !spot->late)
        return false;
    if (!step(w, action == UINT32_MAX ? spot->first + spot->n : action_root(w->st, w->node, action)))
        return false;
    if (is_node(w->to) && w->st->best[(size_t)w->to * w->st->k] == STUDY_NONE)
        return false;
    if (asks)
        turn_add(w, n, action);
    for (uint32_t k = 0; k < w->st->k; k++) {
        w->out->got[k] += w->worth[k];
        if (!asks && w->out->n_turns)
            w->out->turns[w->out->n_turns - 1].luck[k] += best_at(w->st, w->node, k) - came_to(w, k);
        else if (!asks)
            w->out->luck[k] += best_at(w->st, w->node, k) - came_to(w, k);
    }
    w->node = is_node(w->to) ? w->to : UINT32_MAX;
    return true;
}

/* ---- a play ---- */

static bool same_roles(const struct session_params *a, const struct session_params *b)
{
    bool same = a->n_roles == b->n_roles;
    for (uint32_t i = 0; same && i < a->n_roles; i++)
        same = a->roles[i].i == b->roles[i].i;
    return same;
}

static enum reach_fit fits(const struct study *st, const struct session *se)
{
    if (st->stage != STAGE_DONE || st->result.kind != STUDY_EXACT || st->best[0] == STUDY_NONE ||
        se->scenario != st->s || !same_roles(&st->probe->se->params, &se->params))
        return REACH_NO_STUDY;
    for (uint32_t n = 1; n < se->n_events; n++)
        if (session_event(se, n)->kind == EV_REWOUND)
            return REACH_TAKEN_BACK;
    return se->state->phase == PHASE_ENDED ? REACH_KNOWN : REACH_NOT_ENDED;
}

enum reach_fit study_reach(struct study *st, const struct session *se, struct reach *out)
{
    *out = (struct reach){.n_scores = st->k};
    enum reach_fit fit = fits(st, se);
    if (fit != REACH_KNOWN)
        return fit;
    struct walk w = {.st = st, .play = {se, 0, UINT32_MAX}, .out = out};
    if (!st->best_ending)
        endings_find(st);
    out->got = figures(&w);
    out->luck = figures(&w);
    out->worst = figures(&w);
    out->best = figures(&w);
    memcpy(out->worst, st->worst, st->k * sizeof *out->worst);
    memcpy(out->best, st->best, st->k * sizeof *out->best);
    out->turns = arena_array(&out->arena, struct reach_turn, se->n_events + 1);
    while (w.node != UINT32_MAX && answer_walk(&w))
        continue;
    if (w.node == UINT32_MAX)
        return REACH_KNOWN;
    reach_done(out);
    out->n_scores = st->k;
    return REACH_ELSEWHERE;
}

void reach_done(struct reach *r)
{
    arena_done(&r->arena);
    *r = (struct reach){0};
}

/* graph.c -- every state that a play can come to, and what each answer leads to.
 *
 * Breadth first, so that the first way found to a state is a shortest one.  States are numbered as they are found and
 * looked at in that order; so the actions of all states, and their edges, follow each other in two arrays.  Knows
 * nothing of competencies beyond a vector of points. */
#include "study/inside.h"

#include <stdlib.h>
#include <string.h>

enum { ROADS_MOST = 20000, PROBLEMS_MOST = 16, ODDS_MOST = UINT16_MAX, WORTHS_MOST = UINT16_MAX };

/* ---- keys ---- */

static uint64_t key_hash(const uint8_t *key, uint32_t size)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (uint32_t i = 0; i < size; i += 4) {
        uint32_t word;
        memcpy(&word, key + i, 4);
        h = (h ^ word) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

static uint32_t slot_find(const struct study *st, const uint8_t *key)
{
    const struct graph *g = &st->g;
    uint32_t size = st->asked.size, i = (uint32_t)key_hash(key, size) & (g->n_slots - 1);
    while (g->slots[i] && memcmp(g->keys + (size_t)(g->slots[i] - 1) * size, key, size) != 0)
        i = (i + 1) & (g->n_slots - 1);
    return i;
}

static void slots_grow(struct study *st)
{
    struct graph *g = &st->g;
    free(g->slots);
    g->n_slots = g->n_slots ? g->n_slots * 2 : 1024;
    g->slots = mem_new(g->n_slots * sizeof *g->slots);
    memset(g->slots, 0, g->n_slots * sizeof *g->slots);
    for (uint32_t i = 0; i < g->n; i++)
        g->slots[slot_find(st, g->keys + (size_t)i * st->asked.size)] = i + 1;
}

uint32_t graph_find(const struct study *st, const uint8_t *key)
{
    return st->g.n_slots ? st->g.slots[slot_find(st, key)] - 1 : UINT32_MAX;
}

/* The node of KEY, new where there was none: found by edge FROM. */
static uint32_t node_of(struct study *st, const uint8_t *key, uint32_t from)
{
    struct graph *g = &st->g;
    uint32_t size = st->asked.size;
    if (g->n * 2 >= g->n_slots)
        slots_grow(st);
    uint32_t slot = slot_find(st, key);
    if (g->slots[slot])
        return g->slots[slot] - 1;
    if (g->n + 1 >= g->cap) {
        g->cap = g->cap ? g->cap + g->cap / 2 : 256;
        g->nodes = mem_grow(g->nodes, g->cap * sizeof *g->nodes);
        g->keys = mem_grow(g->keys, (size_t)g->cap * size);
    }
    memcpy(g->keys + (size_t)g->n * size, key, size);
    g->nodes[g->n].from = from; /* where its actions begin may stand there already: the end of those before */
    g->slots[slot] = ++g->n;
    return g->n - 1;
}

size_t graph_memory(const struct study *st)
{
    const struct graph *g = &st->g;
    size_t held = (size_t)g->cap * (st->asked.size + sizeof *g->nodes) + g->cap_actions * sizeof *g->actions +
                  g->cap_edges * sizeof *g->edges + g->n_slots * sizeof *g->slots;
    return held + (size_t)g->n * (2 * st->k * sizeof(int32_t) + 8 * sizeof(uint32_t)); /* what solving will need */
}

/* ---- what is the same again and again: odds and evidence ---- */

static uint16_t odds_of(struct study *st, struct odds odds)
{
    struct graph *g = &st->g;
    for (uint32_t i = 0; i < g->n_odds; i++) {
        double off = g->odds[i].p - odds.p;
        if (g->odds[i].roads == odds.roads && off < 1e-15 && off > -1e-15)
            return (uint16_t)i;
    }
    if (g->n_odds == ODDS_MOST) {
        st->full = true;
        return 0;
    }
    array_room(g->odds, g->n_odds, g->cap_odds);
    g->odds[g->n_odds] = odds;
    return (uint16_t)g->n_odds++;
}

static uint16_t worth_id(struct study *st, const int32_t *worth)
{
    struct graph *g = &st->g;
    size_t size = st->k * sizeof *worth;
    for (uint32_t n = 0, i = g->last_worth; n < g->n_worths; n++, i = (i + 1) % g->n_worths)
        if (memcmp(g->worths + (size_t)i * st->k, worth, size) == 0) {
            g->last_worth = i;
            return (uint16_t)i;
        }
    if (g->n_worths == WORTHS_MOST) {
        st->full = true;
        return 0;
    }
    if (g->n_worths == g->cap_worths) {
        g->cap_worths = g->cap_worths ? g->cap_worths * 2 : 64;
        g->worths = mem_grow(g->worths, g->cap_worths * size);
    }
    memcpy(g->worths + (size_t)g->n_worths * st->k, worth, size);
    return (uint16_t)g->n_worths++;
}

void answer_worth(const struct study *st, int32_t *worth)
{
    const struct session *se = st->probe->se;
    memset(worth, 0, st->k * sizeof *worth);
    for (uint32_t n = 1; n < se->n_events; n++) {
        const struct event *e = session_event(se, n);
        const struct item *it = event_items(e);
        for (uint32_t i = 0; e->kind == EV_CHOSE && i < e->n; i++) {
            if (it[i].kind != ITEM_EVIDENCE)
                continue;
            worth[it[i].comp] += it[i].value;
            worth[0] += it[i].value;
        }
    }
}

/* ---- what was seen ---- */

static void problem_seen(struct study *st, const struct session *se, const struct item *it, const struct item *end)
{
    struct seen *seen = &st->seen;
    struct err err = {.code = (enum msg)it->ref, .at = {(uint32_t)it->value, it[1].ref, (uint32_t)it[1].value}};
    for (uint32_t i = 0; i < seen->n_problems; i++)
        if (seen->problems[i].problem.code == err.code && seen->problems[i].problem.at.from == err.at.from)
            return;
    if (seen->n_problems == PROBLEMS_MOST)
        return;
    it += 2;
    for (uint32_t i = 0; it < end && it->kind == ITEM_TEXT && i < ERR_ARGS; i++, it++)
        err.args[i] = text_keep(&st->arena, session_text(se, it));
    array_room(seen->problems, seen->n_problems, seen->cap_problems);
    seen->problems[seen->n_problems++] = (struct finding){.kind = FIND_SCRIPT_FAILS, .problem = err};
}

static void event_seen(struct study *st, const struct session *se, const struct event *e)
{
    const struct item *it = event_items(e);
    struct seen *seen = &st->seen;
    if (e->kind == EV_CHOSE)
        seen->option[e->a] = true;
    if (e->kind == EV_ENTERED || e->kind == EV_ENDED)
        seen->scene[e->a] = true;
    for (uint32_t i = 0; i < e->n; i++) {
        if (it[i].kind == ITEM_SHOW)
            seen->node[it[i].ref] = true;
        else if (it[i].kind == ITEM_SET)
            seen->fact[it[i].ref] = true;
        else if (it[i].kind == ITEM_PROBLEM)
            problem_seen(st, se, &it[i], it + e->n);
    }
    if (e->kind == EV_CHOSE || e->kind == EV_OFFERED)
        seen->decision[e->kind == EV_CHOSE ? e->b : e->a] = true;
}

/* ---- roads ---- */

uint32_t offered_mask(const struct session *se, const struct scenario *s, uint32_t *decision)
{
    const struct event *e = session_event(se, se->n_events - 1);
    uint32_t mask = 0;
    *decision = e->a;
    for (uint32_t i = 0; i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_OPTION)
            mask |= 1u << (event_items(e)[i].ref - s->decisions[e->a].first);
    return mask;
}

static uint32_t stuck_of(struct study *st, const struct state *now, uint32_t why, uint32_t from)
{
    struct graph *g = &st->g;
    struct stuck_place place = {now->scene, now->decision, why, from};
    for (uint32_t i = 0; i < g->n_stuck; i++)
        if (g->stuck[i].scene == place.scene && g->stuck[i].decision == place.decision && g->stuck[i].why == why)
            return TO_STUCK + i;
    array_room(g->stuck, g->n_stuck, g->cap_stuck);
    g->stuck[g->n_stuck++] = place;
    return TO_STUCK + g->n_stuck - 1;
}

/* Where the step that the probe just made has led. */
static uint32_t led_to(struct study *st, const struct state *now, uint32_t from)
{
    const struct session *se = st->probe->se;
    uint32_t decision, mask;
    for (uint32_t n = 1; n < se->n_events; n++)
        event_seen(st, se, session_event(se, n));
    if (now->phase == PHASE_ENDED)
        return TO_END + now->scene;
    if (now->phase != PHASE_ASK)
        return stuck_of(st, now, session_event(se, se->n_events - 1)->a, from);
    mask = offered_mask(se, st->s, &decision);
    key_pack(&st->asked, st->s, now, mask, st->key);
    return node_of(st, st->key, from);
}

/* Adds a road to those of the answer, or its odds to one that comes to the same. */
static void road_add(struct study *st, uint32_t to, uint16_t worth, double p)
{
    for (uint32_t i = 0; i < st->n_roads; i++) {
        struct road *r = &st->roads[i];
        if (r->to == to && r->worth == worth) {
            r->odds.p += p;
            r->odds.roads++;
            return;
        }
    }
    array_room(st->roads, st->n_roads, st->cap_roads);
    st->roads[st->n_roads++] = (struct road){to, worth, {p, 1}};
}

/* Takes every road that answer O may take from the state in the probe.  LATE: they have no place in the graph. */
static void roads_take(struct study *st, option_id o, bool late)
{
    uint32_t taken = 0;
    st->n_roads = 0;
    feed_reset(&st->probe->feed);
    do {
        const struct state *now = probe_run(st->probe, o);
        uint32_t to = led_to(st, now, late ? UINT32_MAX : st->g.n_edges + st->n_roads);
        answer_worth(st, st->worth);
        road_add(st, to, worth_id(st, st->worth), st->probe->feed.odds);
        st->transitions++;
        st->full |= ++taken == ROADS_MOST;
    } while (!st->full && feed_next(&st->probe->feed));
}

static void edges_add(struct study *st)
{
    struct graph *g = &st->g;
    for (uint32_t i = 0; i < st->n_roads; i++) {
        const struct road *r = &st->roads[i];
        uint16_t odds = st->n_roads == 1 && r->odds.roads == 1 ? 0 : odds_of(st, r->odds);
        array_room(g->edges, g->n_edges, g->cap_edges);
        g->edges[g->n_edges++] = (struct edge){r->to, r->worth, odds};
    }
}

static void action_take(struct study *st, uint32_t option)
{
    struct graph *g = &st->g;
    array_room(g->actions, g->n_actions + 1, g->cap_actions);
    g->actions[g->n_actions++] = (struct action){option, g->n_edges};
    roads_take(st, (option_id){option}, false);
    edges_add(st);
    g->actions[g->n_actions].first = g->n_edges;
}

static void node_expand(struct study *st, uint32_t node)
{
    struct graph *g = &st->g;
    const uint8_t *key = g->keys + (size_t)node * st->asked.size;
    uint32_t at = key_node(key), mask = key_mask(key);
    key_unpack(&st->asked, st->s, key, probe_from(st->probe));
    g->nodes[node].first = g->n_actions;
    if (at == 0)
        action_take(st, 0);
    else
        for (uint32_t i = 0, first = st->s->decisions[st->s->nodes[at].ref].first; mask >> i; i++)
            if (mask >> i & 1)
                action_take(st, first + i);
    g->nodes[node + 1].first = g->n_actions;
    g->done = node + 1;
}

static bool budget_left(const struct study *st)
{
    return !st->full && st->g.n <= st->budget.states && graph_memory(st) <= st->budget.memory;
}

bool graph_expand(struct study *st, uint32_t states)
{
    for (uint32_t i = 0; i < states && st->g.done < st->g.n; i++) {
        if (!budget_left(st)) {
            st->full = true;
            return false;
        }
        node_expand(st, st->g.done);
    }
    return true;
}

/* ---- no-answers ---- */

/* What nobody's answer leads to has no place in the graph: only what was seen counts. */
void graph_late(struct study *st, uint32_t states)
{
    struct graph *g = &st->g;
    for (uint32_t i = 0; i < states && st->late < g->n && budget_left(st); i++, st->late++) {
        const uint8_t *key = g->keys + (size_t)st->late * st->asked.size;
        uint32_t at = key_node(key), mask = key_mask(key);
        if (at == 0)
            continue;
        const struct decision *d = &st->s->decisions[st->s->nodes[at].ref];
        key_unpack(&st->asked, st->s, key, probe_from(st->probe));
        for (uint32_t k = 0; mask >> k && st->late >= st->main_nodes; k++)
            if (mask >> k & 1)
                roads_take(st, (option_id){d->first + k}, true);
        if (d->no_answer.i)
            roads_take(st, d->no_answer, true);
    }
}

/* ---- ways back ---- */

uint32_t edge_action(const struct graph *g, uint32_t edge)
{
    uint32_t lo = 0, hi = g->n_actions;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (g->actions[mid].first <= edge)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

uint32_t action_node(const struct graph *g, uint32_t action)
{
    uint32_t lo = 0, hi = g->done;
    while (hi - lo > 1) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (g->nodes[mid].first <= action)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

option_id *graph_way(struct study *st, uint32_t edge, uint32_t *n)
{
    const struct graph *g = &st->g;
    uint32_t len = 0;
    for (uint32_t e = edge, node = 1; node; len++) {
        node = action_node(g, edge_action(g, e));
        e = g->nodes[node].from;
    }
    option_id *v = arena_array(&st->arena, option_id, len);
    *n = len - 1; /* the first is the beginning */
    for (uint32_t e = edge, i = len; i-- > 1;) {
        uint32_t a = edge_action(g, e);
        v[i - 1].i = g->actions[a].option;
        e = g->nodes[action_node(g, a)].from;
    }
    return v;
}

/* ---- making and ending ---- */

void graph_init(struct study *st)
{
    struct graph *g = &st->g;
    memset(st->key, 0, st->asked.size);
    memset(st->worth, 0, st->k * sizeof *st->worth);
    odds_of(st, (struct odds){1, 1});
    worth_id(st, st->worth);
    array_room(g->actions, g->n_actions, g->cap_actions);
    g->actions[0] = (struct action){0};
    node_of(st, st->key, 0);
    g->nodes[0].first = 0;
}

void graph_done(struct graph *g)
{
    free(g->keys);
    free(g->nodes);
    free(g->actions);
    free(g->edges);
    free(g->slots);
    free(g->odds);
    free(g->worths);
    free(g->stuck);
}

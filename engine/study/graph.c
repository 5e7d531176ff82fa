/* graph.c -- every state that a play can come to, and what each answer leads to.
 *
 * Breadth first, so that the first way found to a state is a shortest one.  States are numbered as they are found and
 * looked at in that order; so the actions of all states, and their edges, follow each other in two arrays.  Knows
 * nothing of competencies beyond a vector of points. */
#include "study/inside.h"

#include <stdlib.h>
#include <string.h>

enum { LEARNING = 2000, ROADS_MOST = 20000, PROBLEMS_MOST = 16, ODDS_MOST = UINT16_MAX, WORTHS_MOST = UINT16_MAX };

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

static uint32_t slot_find(const struct study *st, const uint8_t *key, uint32_t size)
{
    const struct graph *g = &st->g;
    uint32_t i = (uint32_t)key_hash(key, size) & (g->n_slots - 1);
    /* equal places have keys of equal size, and the place stands first */
    while (g->slots[i] && (key_word(key_of(g, g->slots[i] - 1), 0) != key_word(key, 0) ||
                           memcmp(key_of(g, g->slots[i] - 1), key, size) != 0))
        i = (i + 1) & (g->n_slots - 1);
    return i;
}

static uint32_t key_size(const struct study *st, const uint8_t *key)
{
    return st->asked.layouts[key_spot(st->s, key).place].size;
}

static void slots_grow(struct study *st)
{
    struct graph *g = &st->g;
    free(g->slots);
    g->n_slots = g->n_slots ? g->n_slots * 2 : 1024;
    g->slots = mem_new(g->n_slots * sizeof *g->slots);
    memset(g->slots, 0, g->n_slots * sizeof *g->slots);
    for (uint32_t i = 0; i < g->n; i++)
        g->slots[slot_find(st, key_of(g, i), key_size(st, key_of(g, i)))] = i + 1;
}

uint32_t graph_find(const struct study *st, const uint8_t *key, uint32_t size)
{
    return st->g.slots[slot_find(st, key, size)] - 1;
}

/* The node of KEY, new where there was none: found by edge FROM. */
static uint32_t node_of(struct study *st, const uint8_t *key, uint32_t size, uint32_t from)
{
    struct graph *g = &st->g;
    if (g->n * 2 >= g->n_slots)
        slots_grow(st);
    uint32_t slot = slot_find(st, key, size);
    if (g->slots[slot])
        return g->slots[slot] - 1;
    if (g->n + 1 >= g->cap) {
        g->cap = g->cap ? g->cap + g->cap / 2 : 256;
        g->nodes = mem_grow(g->nodes, g->cap * sizeof *g->nodes);
    }
    if (g->n_keys + size / 4 > g->cap_key_words) {
        g->cap_key_words = g->cap_key_words + g->cap_key_words / 2 + size;
        g->keys = mem_grow(g->keys, (size_t)g->cap_key_words * 4);
    }
    memcpy(g->keys + (size_t)g->n_keys * 4, key, size);
    g->nodes[g->n].key = g->n_keys;
    g->nodes[g->n].from = from; /* where its actions begin may stand there already: the end of those before */
    g->n_keys += size / 4;
    g->slots[slot] = ++g->n;
    return g->n - 1;
}

size_t graph_memory(const struct study *st)
{
    const struct graph *g = &st->g;
    size_t held = (size_t)g->cap_key_words * 4 + g->cap * sizeof *g->nodes + g->cap_actions * sizeof *g->actions +
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

void answer_worth(struct study *st, int32_t *worth)
{
    const struct session *se = st->probe->se;
    memset(worth, 0, st->k * sizeof *worth);
    for (uint32_t n = 1; n < se->n_events; n++) {
        const struct event *e = session_event(se, n);
        bool own = e->kind == EV_CHOSE && st->s->decisions[e->b].form == FORM_ASK;
        const struct item *it = event_items(e);
        for (uint32_t i = 0; e->kind == EV_CHOSE && i < e->n; i++) {
            st->slow += it[i].kind == ITEM_PROBLEM && it[i].ref == MSG_SCRIPT_BUDGET;
            if (it[i].kind != ITEM_EVIDENCE)
                continue;
            worth[it[i].comp] += it[i].value;
            if (!own && scenario_grades(st->s, se->params.roles[0], (comp_id){it[i].comp}))
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

static uint32_t stuck_of(struct study *st, const struct state *now, uint32_t why, uint32_t from)
{
    struct graph *g = &st->g;
    uint32_t decision = why == STUCK_NO_OPTION ? st->s->nodes[st->probe->feed.node].ref : 0;
    struct stuck_place place = {now->scene, decision, why, from};
    for (uint32_t i = 0; i < g->n_stuck; i++)
        if (g->stuck[i].scene == place.scene && g->stuck[i].decision == place.decision && g->stuck[i].why == why)
            return TO_STUCK + i;
    array_room(g->stuck, g->n_stuck, g->cap_stuck);
    g->stuck[g->n_stuck++] = place;
    return TO_STUCK + g->n_stuck - 1;
}

const struct state *graph_step(struct study *st, const uint8_t *key, uint32_t option)
{
    uint32_t on = key_word(key, 1);
    if (option >= MESSAGE) {
        uint32_t parts[SLOTS_OF_MESSAGE];
        uint32_t n = message_parts(st->s, &st->s->decisions[key_decision(st->s, key)], option - MESSAGE, parts);
        return probe_compose(st->probe, parts, n);
    }
    if (key_word(key, 0) < HALTED)
        return probe_run(st->probe, (option_id){option});
    return on & 1 ? probe_go_on(st->probe, on >> 1, 0) : probe_go_on(st->probe, 0, on >> 1);
}

struct spot graph_spot(const struct study *st, const struct state *now)
{
    const struct feed *f = &st->probe->feed;
    uint32_t decision;
    if (now->phase == PHASE_ASK)
        return (struct spot){now->decision, now->node, offered_mask(st->probe->se, st->s, &decision)};
    return (struct spot){now->decision + st->s->n_decisions, HALTED + now->decision,
                         f->scene ? f->scene << 1 | 1 : f->node << 1};
}

/* Where the step that the probe just made has led. */
static uint32_t led_to(struct study *st, const struct state *now, uint32_t place, uint32_t from)
{
    const struct session *se = st->probe->se;
    struct spot spot = {0};
    for (uint32_t n = 1; n < se->n_events; n++)
        event_seen(st, se, session_event(se, n));
    if (now->phase == PHASE_ASK || now->phase == PHASE_RUN)
        spot = graph_spot(st, now);
    asked_watch(&st->asked, st->probe, place, spot.place);
    if (now->phase == PHASE_ENDED)
        return TO_END + now->scene;
    if (now->phase == PHASE_STUCK)
        return stuck_of(st, now, session_event(se, se->n_events - 1)->a, from);
    return node_of(st, st->key, key_pack(&st->asked, st->s, now, spot, st->key), from);
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
static void roads_take(struct study *st, struct spot from, uint32_t option, bool late)
{
    uint32_t taken = 0;
    uint8_t key[8];
    memcpy(key, &from.at, 4);
    memcpy(key + 4, &from.how, 4);
    st->n_roads = 0;
    feed_reset(&st->probe->feed);
    do {
        const struct state *now = graph_step(st, key, option);
        uint32_t to = led_to(st, now, from.place, late ? UINT32_MAX : st->g.n_edges + st->n_roads);
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

static void action_take(struct study *st, struct spot from, uint32_t option)
{
    struct graph *g = &st->g;
    array_room(g->actions, g->n_actions + 1, g->cap_actions);
    g->actions[g->n_actions++] = (struct action){option, g->n_edges};
    roads_take(st, from, option, false);
    edges_add(st);
    g->actions[g->n_actions].first = g->n_edges;
}

/* Calls for each answer at NODE, or for what goes on by itself there; keeps edges unless LATE. */
static void answers_take(struct study *st, uint32_t node, bool late)
{
    uint8_t key[8]; /* the keys move when a node is added */
    memcpy(key, key_of(&st->g, node), sizeof key);
    struct spot spot = key_spot(st->s, key);
    uint32_t n = 0, option = answer_next(st->s, key, &n);
    st->full |= answers_too_many(st->s, &st->s->decisions[key_decision(st->s, key)]);
    do {
        if (late)
            roads_take(st, spot, option, true);
        else
            action_take(st, spot, option);
    } while ((option = answer_next(st->s, key, &n)));
}

static void node_expand(struct study *st, uint32_t node)
{
    struct graph *g = &st->g;
    key_unpack(&st->asked, st->s, key_of(g, node), probe_from(st->probe));
    g->nodes[node].first = g->n_actions;
    answers_take(st, node, false);
    g->nodes[node + 1].first = g->n_actions;
    g->done = node + 1;
}

static bool budget_left(const struct study *st)
{
    return !st->full && st->g.n <= st->budget.states && graph_memory(st) <= st->budget.memory;
}

/* Whether what was learnt since the pass began is worth beginning anew for: it takes a while to learn the rest. */
static bool coarse(const struct study *st)
{
    const struct graph *g = &st->g;
    return st->asked.grown && (g->done == g->n || g->done - st->grown_at > LEARNING);
}

bool graph_expand(struct study *st, uint32_t states)
{
    for (uint32_t i = 0; i < states && st->g.done < st->g.n; i++) {
        if (!budget_left(st))
            return false;
        bool before = st->asked.grown;
        node_expand(st, st->g.done);
        if (!before && st->asked.grown)
            st->grown_at = st->g.done;
        if (coarse(st))
            graph_begin(st);
    }
    return true;
}

/* ---- no-answers ---- */

/* What nobody's answer leads to has no place in the graph: only what was seen counts. */
void graph_late(struct study *st, uint32_t states)
{
    struct graph *g = &st->g;
    for (uint32_t i = 0; i < states && st->late < g->n && budget_left(st); i++, st->late++) {
        struct spot spot = key_spot(st->s, key_of(g, st->late));
        const struct decision *d = &st->s->decisions[key_decision(st->s, key_of(g, st->late))];
        bool asks = node_asks(g, st->late);
        key_unpack(&st->asked, st->s, key_of(g, st->late), probe_from(st->probe));
        if (st->late >= st->main_nodes)
            answers_take(st, st->late, true);
        if (asks && d->no_answer.i)
            roads_take(st, spot, d->no_answer.i, true);
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
    option_id *v = NULL;
    *n = 0;
    for (int pass = 0;; pass++) {
        uint32_t at = *n;
        if (pass)
            v = arena_array(&st->arena, option_id, *n + 1);
        for (uint32_t e = edge, node = 1; node; e = g->nodes[node].from) {
            uint32_t a = edge_action(g, e);
            node = action_node(g, a);
            if (pass && g->actions[a].option)
                v[--at] = answer_option(st->s, &st->s->decisions[key_decision(st->s, key_of(g, node))], g->actions[a].option);
            *n += !pass && g->actions[a].option;
        }
        if (pass)
            return v;
    }
}

/* ---- making and ending ---- */

static void seen_nothing(struct study *st)
{
    const struct scenario *s = st->s;
    memset(st->seen.option, 0, s->n_options + 1);
    memset(st->seen.node, 0, s->n_nodes + 1);
    memset(st->seen.scene, 0, s->n_scenes + 1);
    memset(st->seen.decision, 0, s->n_decisions + 1);
    memset(st->seen.fact, 0, s->n_facts + 1);
    st->seen.n_problems = 0;
}

void graph_begin(struct study *st)
{
    struct graph *g = &st->g;
    asked_settle(&st->asked, st->s);
    seen_nothing(st);
    st->passes++;
    st->late = 0;
    g->n = g->done = g->n_actions = g->n_edges = g->n_keys = g->n_odds = g->n_worths = g->last_worth = g->n_stuck = 0;
    if (st->cap_key < st->asked.largest) {
        st->cap_key = st->asked.largest;
        st->key = mem_grow(st->key, st->cap_key);
    }
    if (g->n_slots)
        memset(g->slots, 0, g->n_slots * sizeof *g->slots);
    memset(st->worth, 0, st->k * sizeof *st->worth);
    odds_of(st, (struct odds){1, 1});
    worth_id(st, st->worth);
    array_room(g->actions, g->n_actions, g->cap_actions);
    g->actions[0] = (struct action){0};
    state_init(st->s, probe_from(st->probe));
    st->probe->feed.halts = true;
    node_of(st, st->key, key_pack(&st->asked, st->s, probe_from(st->probe), (struct spot){0}, st->key), 0);
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

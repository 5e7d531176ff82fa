/* graph.c -- every state that a play can come to, and what each answer leads to.
 *
 * Breadth first, so that the first way found to a state is a shortest one.  States are numbered as they are found and
 * looked at in that order; so the actions of all states, and their edges, follow each other in two arrays.  What an answer
 * does is steps.c's business; here it is applied to one state after another.  Knows nothing of competencies beyond a vector
 * of points. */
#include "study/inside.h"

#include <stdlib.h>

enum { LEARNING = 500, SCOUTS_QUIET = 100, SCOUTS_EACH = 4, SCOUTS_MOST = 4000, SCOUT_STEPS = 300, ROADS_MOST = 20000, ROADS_FEW = 32, ODDS_MOST = UINT16_MAX };

/* ---- states ---- */

static uint64_t words_hash(const uint64_t *words, uint32_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (uint32_t i = 0; i < n; i++) {
        h = (h ^ words[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

static bool words_eq(const uint64_t *a, const uint64_t *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static uint32_t slot_find(const struct study *st, const uint64_t *words)
{
    const struct graph *g = &st->g;
    uint32_t n = st->asked.words, i = (uint32_t)words_hash(words, n) & (g->n_slots - 1);
    while (g->slots[i] && !words_eq(node_words(st, g->slots[i] - 1), words, n))
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
        g->slots[slot_find(st, node_words(st, i))] = i + 1;
}

uint32_t graph_find(const struct study *st, const uint64_t *words)
{
    return st->g.slots[slot_find(st, words)] - 1;
}

/* The node of the state WORDS, new where there was none: found by edge FROM. */
static uint32_t node_of(struct study *st, const uint64_t *words, uint32_t from)
{
    struct graph *g = &st->g;
    if (g->n * 2 >= g->n_slots)
        slots_grow(st);
    uint32_t slot = slot_find(st, words);
    if (g->slots[slot])
        return g->slots[slot] - 1;
    if (g->n + 1 >= g->cap) {
        g->cap = g->cap ? g->cap + g->cap / 2 : 256;
        g->nodes = mem_grow(g->nodes, g->cap * sizeof *g->nodes);
        g->states = mem_grow(g->states, (size_t)g->cap * st->asked.words * sizeof *g->states);
    }
    memcpy(node_words(st, g->n), words, st->asked.words * sizeof *words);
    g->nodes[g->n].from = from; /* where its actions begin may stand there already: the end of those before */
    g->slots[slot] = ++g->n;
    return g->n - 1;
}

size_t study_memory(const struct study *st)
{
    const struct graph *g = &st->g;
    size_t held = (size_t)g->cap * (sizeof *g->nodes + st->asked.words * sizeof *g->states) +
                  g->cap_actions * sizeof *g->actions + g->cap_edges * sizeof *g->edges + g->n_slots * sizeof *g->slots;
    held += steps_memory(&st->steps);
    return held + (size_t)g->n * (2 * st->k * sizeof(int32_t) + 8 * sizeof(uint32_t)); /* what solving will need */
}

/* ---- what is the same again and again: odds ---- */

static uint16_t odds_of(struct study *st, struct odds odds)
{
    struct graph *g = &st->g;
    float rough = (float)odds.p;
    uint32_t bits, i;
    memcpy(&bits, &rough, sizeof bits);
    i = pairs_find(&g->odds_at, bits, (uint32_t)odds.roads);
    if (i && g->odds[i - 1].roads == odds.roads && g->odds[i - 1].p - odds.p < 1e-15 && odds.p - g->odds[i - 1].p < 1e-15)
        return (uint16_t)(i - 1);
    if (g->n_odds == ODDS_MOST) {
        st->full = true;
        return 0;
    }
    array_room(g->odds, g->n_odds, g->cap_odds);
    g->odds[g->n_odds++] = odds;
    pairs_put(&g->odds_at, bits, (uint32_t)odds.roads, g->n_odds);
    return (uint16_t)(g->n_odds - 1);
}

/* ---- roads ---- */

uint32_t graph_led(struct study *st, const struct roads *r)
{
    const struct leaf *l = road_leaf(st, r);
    if (!is_node(l->to))
        return l->to;
    leaf_reach(st, l, road_words(r), st->to);
    return graph_find(st, st->to);
}

/* Where the road R leads, by edge FROM. */
static uint32_t led_to(struct study *st, const struct roads *r, uint32_t from)
{
    const struct leaf *l = road_leaf(st, r);
    if (!is_node(l->to)) {
        struct stuck_place *stuck = l->to >= TO_STUCK ? &st->steps.stuck[l->to - TO_STUCK] : NULL;
        if (stuck && stuck->from == UINT32_MAX)
            stuck->from = from;
        return l->to;
    }
    leaf_reach(st, l, road_words(r), st->to);
    return node_of(st, st->to, from);
}

/* The road of the answer that comes to the same; their number where there is none. */
static uint32_t road_find(struct study *st, uint32_t to, uint16_t worth)
{
    uint32_t i = 0;
    if (st->n_roads > ROADS_FEW) {
        i = pairs_find(&st->road_of, to, worth);
        return i ? i - 1 : st->n_roads;
    }
    while (i < st->n_roads && (st->roads[i].to != to || st->roads[i].worth != worth))
        i++;
    return i;
}

/* Adds a road to those of the answer, or its odds to one that comes to the same. */
static void road_add(struct study *st, uint32_t to, uint16_t worth, double p)
{
    uint32_t i = road_find(st, to, worth);
    if (i < st->n_roads) {
        st->roads[i].odds.p += p;
        st->roads[i].odds.roads++;
        return;
    }
    array_room(st->roads, st->n_roads, st->cap_roads);
    st->roads[st->n_roads++] = (struct road){to, worth, {p, 1}};
    if (st->n_roads == ROADS_FEW + 1)
        pairs_clear(&st->road_of);
    for (i = st->n_roads == ROADS_FEW + 1 ? 0 : st->n_roads - 1; st->n_roads > ROADS_FEW && i < st->n_roads; i++)
        pairs_put(&st->road_of, st->roads[i].to, st->roads[i].worth, i + 1);
}

/* Takes every road of the answer ROOT from the state WORDS.  LATE: they have no place in the graph. */
static void roads_take(struct study *st, const uint64_t *words, uint32_t root, bool late)
{
    uint32_t taken = 0;
    struct roads r;
    st->n_roads = 0;
    for (bool any = roads_first(st, &r, words, root); any && !st->full; any = roads_next(st, &r)) {
        uint32_t to = led_to(st, &r, late ? UINT32_MAX : st->g.n_edges + st->n_roads);
        road_add(st, to, r.worth, r.odds);
        st->transitions++;
        st->full |= ++taken == ROADS_MOST;
    }
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

static void action_take(struct study *st, const uint64_t *words, uint32_t root)
{
    struct graph *g = &st->g;
    array_room(g->actions, g->n_actions + 1, g->cap_actions);
    g->actions[g->n_actions++] = (struct action){st->steps.roots[root].option, g->n_edges};
    roads_take(st, words, root, false);
    edges_add(st);
    g->actions[g->n_actions].first = g->n_edges;
}

uint32_t action_root(const struct study *st, uint32_t node, uint32_t action)
{
    return node_spot(st, node)->first + action - st->g.nodes[node].first;
}

/* The state of NODE, where it stays when nodes are added. */
static const uint64_t *node_copy(struct study *st, uint32_t node)
{
    return memcpy(st->from, node_words(st, node), st->asked.words * sizeof *st->from);
}

static void node_expand(struct study *st, uint32_t node)
{
    struct graph *g = &st->g;
    const uint64_t *words = node_copy(st, node);
    struct spot spot = *node_spot(st, node);
    st->full |= spot.n == 0; /* more messages than anybody can look at */
    g->nodes[node].first = g->n_actions;
    for (uint32_t i = 0; i < spot.n; i++)
        action_take(st, words, spot.first + i);
    g->nodes[node + 1].first = g->n_actions;
    g->done = node + 1;
}

static void scout_once(struct study *st, struct dice *dice)
{
    walk_begin(st);
    for (uint32_t n = 0; n < SCOUT_STEPS; n++) {
        struct spot spot = st->steps.spots[words_spot(st->from)];
        struct roads r;
        if (!spot.n || !roads_roll(st, &r, st->from, spot.first + dice_roll(dice, spot.n), dice) || st->asked.lacking ||
            !walk_on(st, road_leaf(st, &r)))
            return;
    }
}

/* Until so many plays, more where there are many decisions, have learnt nothing that matters. */
void graph_scout(struct study *st)
{
    struct dice dice = {.seed = 1};
    uint32_t enough = SCOUTS_QUIET + SCOUTS_EACH * st->s->n_decisions;
    for (uint32_t i = 0, quiet = 0; i < SCOUTS_MOST && quiet < enough && !st->full; i++) {
        st->asked.grown = false;
        scout_once(st, &dice);
        quiet = st->asked.grown ? 0 : quiet + 1;
        if (st->asked.lacking)
            study_settle(st);
    }
}

static bool budget_left(const struct study *st)
{
    return !st->full && st->g.n <= st->budget.states && study_memory(st) <= st->budget.memory;
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

/* ---- scenes that follow each other and ask nobody ---- */

static bool stays(const struct study *st, uint32_t v, uint32_t to)
{
    return is_node(to) && !node_asks(st, v) && !node_asks(st, to);
}

/* Nodes at which nobody is asked are taken away as long as no other of them leads there (Kahn 1962): what is left goes
 * round. */
bool graph_spins(const struct study *st)
{
    const struct graph *g = &st->g;
    uint32_t *block = mem_new(2 * (size_t)g->done * sizeof *block), *from = block, *free_of = block + g->done, n = 0, left = 0;
    memset(from, 0, g->done * sizeof *from);
    for (uint32_t v = 0; v < g->done; v++)
        for (uint32_t e = edges_begin(g, v); e < edges_end(g, v); e++)
            if (stays(st, v, g->edges[e].to))
                from[g->edges[e].to]++;
    for (uint32_t v = 0; v < g->done; v++) {
        left += from[v] > 0;
        if (from[v] == 0)
            free_of[n++] = v;
    }
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t e = edges_begin(g, free_of[i]); e < edges_end(g, free_of[i]); e++)
            if (stays(st, free_of[i], g->edges[e].to) && --from[g->edges[e].to] == 0) {
                free_of[n++] = g->edges[e].to;
                left--;
            }
    free(block);
    return left > 0;
}

/* ---- no-answers ---- */

/* What nobody's answer leads to has no place in the graph: only what was seen counts. */
void graph_late(struct study *st, uint32_t states)
{
    struct graph *g = &st->g;
    for (uint32_t i = 0; i < states && st->late < g->n && budget_left(st); i++, st->late++) {
        struct spot spot = *node_spot(st, st->late);
        const uint64_t *words = node_copy(st, st->late);
        for (uint32_t k = 0; k < spot.n && st->late >= st->main_nodes; k++)
            roads_take(st, words, spot.first + k, true);
        if (spot.late)
            roads_take(st, words, spot.first + spot.n, true);
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
                v[--at] = answer_option(st->s, &st->s->decisions[node_decision(st, node)], g->actions[a].option);
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
}

void study_settle(struct study *st)
{
    asked_settle(&st->asked, st->s);
    st->passes++;
    st->from = mem_grow(st->from, st->asked.words * sizeof *st->from);
    st->mid = mem_grow(st->mid, st->asked.words * sizeof *st->mid);
    st->to = mem_grow(st->to, st->asked.words * sizeof *st->to);
}

void graph_begin(struct study *st)
{
    struct graph *g = &st->g;
    study_settle(st);
    seen_nothing(st);
    st->late = 0;
    g->n = g->done = g->n_actions = g->n_edges = g->n_odds = 0;
    g->states = mem_grow(g->states, (size_t)g->cap * st->asked.words * sizeof *g->states); /* states have another size */
    pairs_clear(&g->odds_at);
    if (g->n_slots)
        memset(g->slots, 0, g->n_slots * sizeof *g->slots);
    odds_of(st, (struct odds){1, 1});
    array_room(g->actions, g->n_actions, g->cap_actions);
    g->actions[0] = (struct action){0};
    asked_begin(&st->asked, st->from);
    node_of(st, st->from, 0);
    g->nodes[0].first = 0;
}

void graph_done(struct graph *g)
{
    free(g->states);
    free(g->nodes);
    free(g->actions);
    free(g->edges);
    free(g->slots);
    free(g->odds);
    pairs_done(&g->odds_at);
}

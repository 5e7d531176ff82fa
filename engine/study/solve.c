/* solve.c -- cycles, bounds and counts, on the graph.
 *
 * Cycles are contracted first (Tarjan 1972, without recursion); what is left has an order, sinks first, in which every
 * figure is found in one sweep.  No evidence lies inside a cycle: what counts an answer's evidence sets a mark that is
 * never taken back, or stands where no play comes twice.  So a cycle has one best and one worst for all its states, and
 * going round changes nothing but the length. */
#include "study/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- components ---- */

struct tarjan {
    uint32_t *index, *low, *stack, *path, *at;
    uint32_t n_stack, n_path, next, n_order;
};

static void visit(struct study *st, struct tarjan *t, uint32_t v)
{
    t->index[v] = t->low[v] = ++t->next;
    t->stack[t->n_stack++] = v;
    t->path[t->n_path++] = v;
    t->at[v] = edges_begin(&st->g, v);
}

static void part_close(struct study *st, struct tarjan *t, uint32_t root)
{
    uint32_t v;
    do {
        v = t->stack[--t->n_stack];
        st->part[v] = st->n_parts;
        st->order[t->n_order++] = v;
    } while (v != root);
    st->n_parts++;
}

/* One step at the end of the path. */
static void path_step(struct study *st, struct tarjan *t)
{
    uint32_t v = t->path[t->n_path - 1];
    if (t->at[v] < edges_end(&st->g, v)) {
        uint32_t to = st->g.edges[t->at[v]++].to;
        if (!is_node(to))
            return;
        if (!t->index[to])
            visit(st, t, to);
        else if (st->part[to] == UINT32_MAX && t->index[to] < t->low[v])
            t->low[v] = t->index[to];
        return;
    }
    t->n_path--;
    if (t->low[v] == t->index[v])
        part_close(st, t, v);
    if (t->n_path && t->low[v] < t->low[t->path[t->n_path - 1]])
        t->low[t->path[t->n_path - 1]] = t->low[v];
}

static void parts_find(struct study *st)
{
    uint32_t n = st->main_nodes;
    uint32_t *block = mem_new((size_t)n * 5 * sizeof *block);
    struct tarjan t = {block, block + n, block + 2 * (size_t)n, block + 3 * (size_t)n, block + 4 * (size_t)n, 0, 0, 0, 0};
    memset(t.index, 0, n * sizeof *t.index);
    st->order = mem_new(n * sizeof *st->order);
    st->part = mem_new(n * sizeof *st->part);
    memset(st->part, 0xff, n * sizeof *st->part);
    visit(st, &t, 0);
    while (t.n_path)
        path_step(st, &t);
    free(block);
}

/* ---- figures of one state or cycle ---- */

/* The nodes order[from] … order[to - 1] are one component. */
struct span_of {
    uint32_t from, to;
};

static bool goes_round(const struct study *st, struct span_of p)
{
    uint32_t v = st->order[p.from];
    if (p.to - p.from > 1)
        return true;
    for (uint32_t e = edges_begin(&st->g, v); e < edges_end(&st->g, v); e++)
        if (st->g.edges[e].to == v)
            return true;
    return false;
}

/* What edge E leads to for figure K, itself included; STUDY_NONE where no ending can be reached, or inside PART. */
static int32_t edge_value(const struct study *st, const struct edge *e, uint32_t k, const int32_t *values, uint32_t part)
{
    if (is_ending(e->to))
        return worth_of(st, e)[k];
    if (!is_node(e->to) || st->part[e->to] == part)
        return STUDY_NONE;
    int32_t on = values[(size_t)e->to * st->k + k];
    return on == STUDY_NONE ? STUDY_NONE : on + worth_of(st, e)[k];
}

/* What edge E leads to, itself included, widens BEST and WORST. */
static void bounds_widen(const struct study *st, const struct edge *e, uint32_t part, int32_t *best, int32_t *worst)
{
    static const int32_t nothing;
    const int32_t *hi = &nothing, *lo = &nothing, *worth = worth_of(st, e);
    uint32_t step = 0;
    if (is_node(e->to)) {
        hi = st->best + (size_t)e->to * st->k;
        lo = st->worst + (size_t)e->to * st->k;
        step = 1;
        if (st->part[e->to] == part || *hi == STUDY_NONE)
            return;
    } else if (!is_ending(e->to)) {
        return;
    }
    bool first = best[0] == STUDY_NONE;
    for (uint32_t k = 0; k < st->k; k++) {
        int32_t most = hi[k * step] + worth[k], least = lo[k * step] + worth[k];
        best[k] = first || most > best[k] ? most : best[k];
        worst[k] = first || least < worst[k] ? least : worst[k];
    }
}

/* All figures at once: where one has no bounds, since no ending can be reached, none has. */
static void bounds_of(struct study *st, struct span_of p)
{
    uint32_t part = st->part[st->order[p.from]];
    int32_t *best = st->best + (size_t)st->order[p.from] * st->k, *worst = st->worst + (size_t)st->order[p.from] * st->k;
    for (uint32_t k = 0; k < st->k; k++)
        best[k] = worst[k] = STUDY_NONE;
    for (uint32_t i = p.from; i < p.to; i++)
        for (uint32_t e = edges_begin(&st->g, st->order[i]); e < edges_end(&st->g, st->order[i]); e++)
            bounds_widen(st, &st->g.edges[e], part, best, worst);
    for (uint32_t i = p.from + 1; i < p.to; i++) {
        memcpy(st->best + (size_t)st->order[i] * st->k, best, st->k * sizeof *best);
        memcpy(st->worst + (size_t)st->order[i] * st->k, worst, st->k * sizeof *worst);
    }
}

int32_t action_best(const struct study *st, uint32_t action, uint32_t k)
{
    int32_t best = STUDY_NONE;
    for (uint32_t e = st->g.actions[action].first; e < st->g.actions[action + 1].first; e++) {
        int32_t v = edge_value(st, &st->g.edges[e], k, st->best, UINT32_MAX);
        best = v > best ? v : best;
    }
    return best;
}

double action_worth(const struct study *st, uint32_t action, uint32_t k)
{
    double sum = 0;
    for (uint32_t e = st->g.actions[action].first; e < st->g.actions[action + 1].first; e++)
        sum += st->g.odds[st->g.edges[e].odds].p * worth_of(st, &st->g.edges[e])[k];
    return sum;
}

/* Whether all answers at NODE come to the same evidence, and chance has no part in it. */
static bool worth_alike(const struct study *st, uint32_t node)
{
    const struct graph *g = &st->g;
    uint32_t first = edges_begin(g, node), end = edges_end(g, node);
    for (uint32_t e = first; e < end; e++)
        if (g->edges[e].worth != g->edges[first].worth)
            return false;
    return true;
}

uint32_t node_pieces(const struct study *st, uint32_t node, uint32_t k)
{
    const struct decision *d = &st->s->decisions[node_decision(st, node)];
    uint32_t first = st->g.nodes[node].first, end = st->g.nodes[node + 1].first;
    for (uint32_t a = first + 1; a < end; a++)
        if (fabs(action_worth(st, a, k) - action_worth(st, first, k)) > 1e-9)
            return d->form == FORM_COMPOSE ? message_pieces(st->s, d, k) : d->form != FORM_ASK;
    return 0;
}

/* ---- luck: the most that chance takes on one play ---- */

/* For figure K of all that LUCK knows, [node][k].  Where only one road leads on, chance takes nothing. */
static int32_t action_luck(const struct study *st, uint32_t action, uint32_t k, const int32_t *luck)
{
    uint32_t first = st->g.actions[action].first, end = st->g.actions[action + 1].first;
    int32_t best = end - first > 1 ? action_best(st, action, k) : 0, most = 0;
    for (uint32_t e = first; e < end; e++) {
        const struct edge *ed = &st->g.edges[e];
        int32_t got = end - first > 1 ? edge_value(st, ed, k, st->best, UINT32_MAX) : 0;
        if (got == STUDY_NONE)
            continue;
        int32_t here = best - got + (is_node(ed->to) ? luck[(size_t)ed->to * st->k + k] : 0);
        most = here > most ? here : most;
    }
    return most;
}

static void luck_of(struct study *st, struct span_of p, int32_t *luck)
{
    int32_t *own = luck + (size_t)st->order[p.from] * st->k;
    for (uint32_t i = p.from; i < p.to; i++)
        memset(luck + (size_t)st->order[i] * st->k, 0, st->k * sizeof *luck);
    for (uint32_t i = p.from; i < p.to; i++) {
        uint32_t v = st->order[i];
        for (uint32_t a = st->g.nodes[v].first; a < st->g.nodes[v + 1].first; a++)
            for (uint32_t k = 0; k < st->k; k++) {
                int32_t here = action_luck(st, a, k, luck);
                own[k] = here > own[k] ? here : own[k];
            }
    }
    for (uint32_t i = p.from + 1; i < p.to; i++)
        memcpy(luck + (size_t)st->order[i] * st->k, own, st->k * sizeof *own);
}

/* ---- fewest pieces of evidence on the way to an agreed ending ---- */

/* LEAST: what node V adds, and FEWEST, [node][k], knows of what follows; of ways out of PART. */
static void pieces_look(const struct study *st, uint32_t v, uint32_t part, const uint32_t *fewest, uint32_t *least)
{
    bool alike = worth_alike(st, v);
    for (uint32_t k = 0; k < st->k; k++) {
        uint32_t piece = alike ? 0 : node_pieces(st, v, k);
        for (uint32_t e = edges_begin(&st->g, v); e < edges_end(&st->g, v); e++) {
            uint32_t to = st->g.edges[e].to, on = UINT32_MAX;
            if (is_ending(to) && st->s->scenes[to - TO_END].outcome == OUTCOME_AGREED)
                on = 0;
            else if (is_node(to) && st->part[to] != part)
                on = fewest[(size_t)to * st->k + k];
            if (on != UINT32_MAX && on + piece < least[k])
                least[k] = on + piece;
        }
    }
}

static void pieces_of(struct study *st, struct span_of p, uint32_t *fewest)
{
    uint32_t part = st->part[st->order[p.from]], *own = fewest + (size_t)st->order[p.from] * st->k;
    for (uint32_t k = 0; k < st->k; k++)
        own[k] = UINT32_MAX;
    for (uint32_t i = p.from; i < p.to; i++)
        pieces_look(st, st->order[i], part, fewest, own);
    for (uint32_t i = p.from + 1; i < p.to; i++)
        memcpy(fewest + (size_t)st->order[i] * st->k, own, st->k * sizeof *own);
}

/* ---- how many plays, and how long ---- */

struct tally {
    uint64_t n;
    double log10; /* where it is huge */
    bool huge;
};

static double tally_log10(struct tally t)
{
    return t.huge ? t.log10 : log10((double)t.n);
}

static void tally_add(struct tally *t, struct tally more, uint64_t times)
{
    uint64_t product, sum;
    if (!more.huge && more.n == 0)
        return;
    if (!t->huge && !more.huge && !__builtin_mul_overflow(more.n, times, &product) && !__builtin_add_overflow(t->n, product, &sum)) {
        t->n = sum;
        return;
    }
    double power = tally_log10(more) + log10((double)times);
    if (t->huge || t->n) {
        double own = tally_log10(*t), hi = power > own ? power : own, lo = power > own ? own : power;
        power = hi + log1p(pow(10, lo - hi)) / log(10);
    }
    *t = (struct tally){.log10 = power, .huge = true};
}

static struct tally plays_from(const struct study *st, uint32_t v, const struct tally *tallies)
{
    struct tally t = {0};
    for (uint32_t e = edges_begin(&st->g, v); e < edges_end(&st->g, v); e++) {
        const struct edge *ed = &st->g.edges[e];
        uint64_t roads = st->g.odds[ed->odds].roads;
        if (is_ending(ed->to))
            tally_add(&t, (struct tally){.n = 1}, roads);
        else if (is_node(ed->to))
            tally_add(&t, tallies[ed->to], roads);
    }
    return t;
}

static uint32_t longest_from(const struct study *st, uint32_t v, const uint32_t *longest)
{
    uint32_t most = 0;
    for (uint32_t e = edges_begin(&st->g, v); e < edges_end(&st->g, v); e++) {
        uint32_t to = st->g.edges[e].to;
        if (!is_ending(to) && (!is_node(to) || longest[to] == 0))
            continue;
        uint32_t here = node_asks(st, v) + (is_node(to) ? longest[to] : 1); /* one more; 0: no ending from there */
        most = here > most ? here : most;
    }
    return most;
}

static void count_plays(struct study *st)
{
    struct tally *tallies = mem_new(st->main_nodes * sizeof *tallies);
    uint32_t *longest = mem_new(st->main_nodes * sizeof *longest);
    for (uint32_t i = 0; i < st->main_nodes; i++) {
        uint32_t v = st->order[i];
        tallies[v] = st->best[(size_t)v * st->k] == STUDY_NONE ? (struct tally){0} : plays_from(st, v, tallies);
        longest[v] = st->best[(size_t)v * st->k] == STUDY_NONE ? 0 : longest_from(st, v, longest);
    }
    st->result.plays = tallies[0].n;
    st->result.plays_log10 = tallies[0].huge || tallies[0].n ? tally_log10(tallies[0]) : 0;
    st->result.plays_huge = tallies[0].huge;
    st->result.longest = longest[0] ? longest[0] - 1 : 0;
    free(tallies);
    free(longest);
}

/* Fewest decisions to an ending: by rings, in which what goes on by itself costs nothing. */
struct rings {
    uint32_t *now, *next;
    uint32_t n, n_next;
    uint8_t *met; /* 1: in the next ring; 2: in this or an earlier one */
};

static bool ring_look(const struct study *st, struct rings *r, uint32_t v)
{
    bool asks = node_asks(st, v);
    for (uint32_t e = edges_begin(&st->g, v); e < edges_end(&st->g, v); e++) {
        uint32_t to = st->g.edges[e].to;
        if (is_ending(to) && !asks)
            return true;
        if (is_ending(to))
            r->met[st->main_nodes] = 1;
        if (!is_node(to) || r->met[to] == 2 || (asks && r->met[to] == 1))
            continue;
        r->met[to] = asks ? 1 : 2;
        if (asks)
            r->next[r->n_next++] = to;
        else
            r->now[r->n++] = to;
    }
    return false;
}

static uint32_t shortest(const struct study *st)
{
    uint32_t n = st->main_nodes, length = 0;
    uint32_t *block = mem_new(4 * ((size_t)n + 1) * sizeof *block);
    struct rings r = {.now = block, .next = block + 2 * ((size_t)n + 1), .n = 1, .met = mem_new(n + 1)};
    memset(r.met, 0, n + 1);
    r.now[0] = 0;
    r.met[0] = 2;
    for (bool ended = false; r.n && !ended; length += !ended) {
        for (uint32_t i = 0; i < r.n && !ended; i++)
            ended = ring_look(st, &r, r.now[i]);
        if (ended || r.met[n]) {
            length += !ended;
            break;
        }
        uint32_t *other = r.now;
        r.n = 0;
        for (uint32_t i = 0; i < r.n_next; i++)
            if (r.met[r.next[i]] == 1) {
                r.met[r.next[i]] = 2;
                r.next[r.n++] = r.next[i];
            }
        r.now = r.next;
        r.next = other;
        r.n_next = 0;
    }
    free(block);
    free(r.met);
    return length;
}

/* ---- all of it ---- */

static struct span_of part_at(const struct study *st, uint32_t from)
{
    struct span_of p = {from, from};
    while (p.to < st->main_nodes && st->part[st->order[p.to]] == st->part[st->order[from]])
        p.to++;
    return p;
}

/* Luck and pieces, one after the other in the same memory. */
static void figures_solve(struct study *st)
{
    void *room = mem_new((size_t)st->main_nodes * st->k * sizeof(int32_t));
    int32_t *luck = room;
    uint32_t *fewest = room;
    for (struct span_of p = {0}; p.to < st->main_nodes;)
        luck_of(st, p = part_at(st, p.to), luck);
    for (uint32_t k = 0; k < st->k; k++)
        st->scores[k].luck = luck[k];
    for (struct span_of p = {0}; p.to < st->main_nodes;)
        pieces_of(st, p = part_at(st, p.to), fewest);
    for (uint32_t k = 0; k < st->k; k++) {
        st->scores[k].pieces_good = fewest[k];
        st->scores[k].best = st->best[k];
        st->scores[k].worst = st->worst[k];
    }
    free(room);
}

void study_solve(struct study *st)
{
    size_t figures = (size_t)st->main_nodes * st->k;
    st->best = mem_new(figures * sizeof *st->best);
    st->worst = mem_new(figures * sizeof *st->worst);
    parts_find(st);
    for (struct span_of p = {0}; p.to < st->main_nodes;) {
        p = part_at(st, p.to);
        bounds_of(st, p);
        if (st->best[(size_t)st->order[p.from] * st->k] != STUDY_NONE)
            st->result.unbounded |= goes_round(st, p);
    }
    figures_solve(st);
    st->result.shortest = shortest(st);
    if (!st->result.unbounded)
        count_plays(st);
}

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
    bool cyclic;
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

static void bounds_of(struct study *st, struct span_of p)
{
    uint32_t part = st->part[st->order[p.from]];
    for (uint32_t k = 0; k < st->k; k++) {
        int32_t best = STUDY_NONE, worst = STUDY_NONE;
        for (uint32_t i = p.from; i < p.to; i++)
            for (uint32_t e = edges_begin(&st->g, st->order[i]); e < edges_end(&st->g, st->order[i]); e++) {
                int32_t hi = edge_value(st, &st->g.edges[e], k, st->best, part);
                int32_t lo = edge_value(st, &st->g.edges[e], k, st->worst, part);
                best = hi > best ? hi : best;
                worst = lo != STUDY_NONE && (worst == STUDY_NONE || lo < worst) ? lo : worst;
            }
        for (uint32_t i = p.from; i < p.to; i++) {
            st->best[(size_t)st->order[i] * st->k + k] = best;
            st->worst[(size_t)st->order[i] * st->k + k] = worst;
        }
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

static int32_t action_luck(const struct study *st, uint32_t action, uint32_t k, const int32_t *luck)
{
    int32_t best = action_best(st, action, k), most = 0;
    for (uint32_t e = st->g.actions[action].first; e < st->g.actions[action + 1].first; e++) {
        const struct edge *ed = &st->g.edges[e];
        int32_t got = edge_value(st, ed, k, st->best, UINT32_MAX);
        if (got == STUDY_NONE)
            continue;
        int32_t here = best - got + (is_node(ed->to) ? luck[ed->to] : 0);
        most = here > most ? here : most;
    }
    return most;
}

static void luck_of(struct study *st, struct span_of p, uint32_t k, int32_t *luck)
{
    int32_t most = 0;
    for (uint32_t i = p.from; i < p.to; i++)
        luck[st->order[i]] = 0;
    for (uint32_t i = p.from; i < p.to; i++) {
        uint32_t v = st->order[i];
        for (uint32_t a = st->g.nodes[v].first; a < st->g.nodes[v + 1].first; a++) {
            int32_t here = action_luck(st, a, k, luck);
            most = here > most ? here : most;
        }
    }
    for (uint32_t i = p.from; i < p.to; i++)
        luck[st->order[i]] = most;
}

/* ---- fewest pieces of evidence on the way to an agreed ending ---- */

static void pieces_of(struct study *st, struct span_of p, uint32_t k, uint32_t *fewest)
{
    uint32_t least = UINT32_MAX, part = st->part[st->order[p.from]];
    for (uint32_t i = p.from; i < p.to; i++) {
        uint32_t v = st->order[i], piece = node_pieces(st, v, k);
        for (uint32_t e = edges_begin(&st->g, v); e < edges_end(&st->g, v); e++) {
            uint32_t to = st->g.edges[e].to, on = UINT32_MAX;
            if (is_ending(to) && st->s->scenes[to - TO_END].outcome == OUTCOME_AGREED)
                on = 0;
            else if (is_node(to) && st->part[to] != part)
                on = fewest[to];
            if (on != UINT32_MAX && on + piece < least)
                least = on + piece;
        }
    }
    for (uint32_t i = p.from; i < p.to; i++)
        fewest[st->order[i]] = least;
}

/* ---- how many plays, and how long ---- */

struct tally {
    uint64_t n;
    double log10;
    bool huge;
};

static void tally_add(struct tally *t, struct tally more, uint64_t times)
{
    uint64_t product, sum;
    double power = more.log10 + log10((double)times);
    if (!more.huge && more.n == 0)
        return;
    bool huge = t->huge || more.huge || __builtin_mul_overflow(more.n, times, &product) ||
                __builtin_add_overflow(t->n, product, &sum);
    if (!t->huge && t->n == 0)
        t->log10 = power;
    else {
        double hi = power > t->log10 ? power : t->log10, lo = power > t->log10 ? t->log10 : power;
        t->log10 = hi + log1p(pow(10, lo - hi)) / log(10);
    }
    t->huge = huge;
    t->n = huge ? 0 : sum;
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
    st->result.plays_log10 = tallies[0].log10;
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

static void figure_solve(struct study *st, uint32_t k, uint32_t *room)
{
    struct study_score *sc = &st->scores[k];
    sc->best = st->best[k];
    sc->worst = st->worst[k];
    for (int of_luck = 1; of_luck >= 0; of_luck--)
        for (struct span_of p = {0}; p.from < st->main_nodes; p.from = p.to) {
            for (p.to = p.from; p.to < st->main_nodes && st->part[st->order[p.to]] == st->part[st->order[p.from]];)
                p.to++;
            if (of_luck)
                luck_of(st, p, k, (int32_t *)room);
            else
                pieces_of(st, p, k, room);
            if (p.to == st->main_nodes && of_luck)
                sc->luck = ((int32_t *)room)[0];
            else if (p.to == st->main_nodes)
                sc->pieces_good = room[0];
        }
}

void study_solve(struct study *st)
{
    size_t figures = (size_t)st->main_nodes * st->k;
    st->best = mem_new(figures * sizeof *st->best);
    st->worst = mem_new(figures * sizeof *st->worst);
    parts_find(st);
    for (struct span_of p = {0}; p.from < st->main_nodes; p.from = p.to) {
        for (p.to = p.from; p.to < st->main_nodes && st->part[st->order[p.to]] == st->part[st->order[p.from]];)
            p.to++;
        bounds_of(st, p);
        if (st->best[(size_t)st->order[p.from] * st->k] != STUDY_NONE)
            st->result.unbounded |= goes_round(st, p);
    }
    uint32_t *room = mem_new(st->main_nodes * sizeof *room);
    for (uint32_t k = 0; k < st->k; k++)
        figure_solve(st, k, room);
    free(room);
    st->result.shortest = shortest(st);
    if (!st->result.unbounded)
        count_plays(st);
}

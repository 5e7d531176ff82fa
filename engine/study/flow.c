/* flow.c -- how often a random play comes to each state, and so to each ending.
 *
 * A random play takes each offered answer with equal probability.  Expected visits flow from the beginning through the
 * components in their order; inside a cycle they solve v = b + P'v: by elimination (Golub and Van Loan, "Matrix
 * Computations", 3.4) where it is small, else by pushing what is left round and round until less than 1e-14 of it is on
 * its way.  A cycle without a way out swallows what comes in. */
#include "study/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DENSE_MOST = 300 };
static const double LEFT_LEAST = 1e-14;
static const uint64_t PUSHES_MOST = 400000000;

struct flow {
    struct study *st;
    double *in, *ending; /* by node: what comes in; by scene */
    uint32_t *place;     /* of a node in its component */
    double lost;         /* in cycles without a way out, and in places where a play is stuck */
};

/* Calls for each edge of V: its target, and the chance that a random play takes it from there. */
#define EACH_WAY(st, v, to, p)                                                                                         \
    for (uint32_t a_ = (st)->g.nodes[v].first, n_ = (st)->g.nodes[(v) + 1].first - a_, m_ = n_; n_; a_++, n_--)         \
        for (uint32_t e_ = (st)->g.actions[a_].first, to = 0;                                                          \
             e_ < (st)->g.actions[a_ + 1].first && ((to = (st)->g.edges[e_].to), true); e_++)                           \
            for (double p = (st)->g.odds[(st)->g.edges[e_].odds].p / m_; p > 0; p = -1)

/* ---- inside one component ---- */

static bool inside(const struct study *st, uint32_t to, uint32_t part)
{
    return is_node(to) && st->part[to] == part;
}

/* Gauss with row pivots on the N by N matrix A, right side B; the solution is left in B. */
static void eliminate(double *a, double *b, uint32_t n)
{
    for (uint32_t c = 0; c < n; c++) {
        uint32_t best = c;
        for (uint32_t r = c + 1; r < n; r++)
            if (fabs(a[r * n + c]) > fabs(a[best * n + c]))
                best = r;
        for (uint32_t k = 0; k < n && best != c; k++) {
            double other = a[c * n + k];
            a[c * n + k] = a[best * n + k];
            a[best * n + k] = other;
        }
        double right = b[c];
        b[c] = b[best];
        b[best] = right;
        for (uint32_t r = c + 1; r < n; r++) {
            double f = a[r * n + c] / a[c * n + c];
            for (uint32_t k = c; k < n && f != 0; k++)
                a[r * n + k] -= f * a[c * n + k];
            b[r] -= f * b[c];
        }
    }
    for (uint32_t c = n; c-- > 0;) {
        for (uint32_t k = c + 1; k < n; k++)
            b[c] -= a[c * n + k] * b[k];
        b[c] /= a[c * n + c];
    }
}

static void solve_dense(struct flow *f, const uint32_t *nodes, uint32_t n)
{
    struct study *st = f->st;
    double *a = mem_new((size_t)n * n * sizeof *a), *b = mem_new(n * sizeof *b);
    memset(a, 0, (size_t)n * n * sizeof *a);
    for (uint32_t i = 0; i < n; i++) {
        a[i * n + i] += 1;
        b[i] = f->in[nodes[i]];
        EACH_WAY(st, nodes[i], to, p)
            if (inside(st, to, st->part[nodes[i]]))
                a[f->place[to] * n + i] -= p;
    }
    eliminate(a, b, n);
    for (uint32_t i = 0; i < n; i++)
        st->visits[nodes[i]] = b[i];
    free(a);
    free(b);
}

static void solve_pushing(struct flow *f, const uint32_t *nodes, uint32_t n)
{
    struct study *st = f->st;
    double begun = 0, left = 0;
    for (uint32_t i = 0; i < n; i++)
        begun += f->in[nodes[i]];
    uint64_t pushes = 0;
    do {
        for (uint32_t i = n; i-- > 0;) { /* the component's root stands last: with the stream */
            uint32_t v = nodes[i];
            double now = f->in[v];
            f->in[v] = 0;
            st->visits[v] += now;
            EACH_WAY(st, v, to, p)
                if (inside(st, to, st->part[v]))
                    f->in[to] += now * p;
        }
        left = 0;
        for (uint32_t i = 0; i < n; i++)
            left += f->in[nodes[i]];
        pushes += n;
    } while (left > begun * LEFT_LEAST && pushes < PUSHES_MOST);
    f->lost += left;
}

static bool has_way_out(const struct study *st, const uint32_t *nodes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t e = edges_begin(&st->g, nodes[i]); e < edges_end(&st->g, nodes[i]); e++)
            if (!inside(st, st->g.edges[e].to, st->part[nodes[i]]))
                return true;
    return false;
}

static void part_flow(struct flow *f, const uint32_t *nodes, uint32_t n)
{
    struct study *st = f->st;
    if (!has_way_out(st, nodes, n)) {
        for (uint32_t i = 0; i < n; i++)
            f->lost += f->in[nodes[i]];
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        f->place[nodes[i]] = i;
    if (n <= DENSE_MOST)
        solve_dense(f, nodes, n);
    else
        solve_pushing(f, nodes, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t v = nodes[i];
        EACH_WAY(st, v, to, p) {
            if (is_ending(to))
                f->ending[to - TO_END] += st->visits[v] * p;
            else if (!is_node(to))
                f->lost += st->visits[v] * p;
            else if (st->part[to] != st->part[v])
                f->in[to] += st->visits[v] * p;
        }
    }
}

/* ---- all of it ---- */

static void means(struct study *st)
{
    st->result.mean_length = 0;
    for (uint32_t v = 0; v < st->main_nodes; v++) {
        uint32_t first = st->g.nodes[v].first, n = st->g.nodes[v + 1].first - first;
        st->result.mean_length += node_asks(st, v) ? st->visits[v] : 0;
        for (uint32_t k = 0; k < st->k && st->visits[v] > 0; k++)
            for (uint32_t a = first; a < first + n; a++)
                st->scores[k].mean += st->visits[v] / n * action_worth(st, a, k);
    }
}

void study_flow(struct study *st)
{
    uint32_t n = st->main_nodes;
    struct flow f = {.st = st};
    st->visits = mem_new(n * sizeof *st->visits);
    f.in = mem_new(n * sizeof *f.in);
    f.place = mem_new(n * sizeof *f.place);
    f.ending = mem_new((st->s->n_scenes + 1) * sizeof *f.ending);
    memset(st->visits, 0, n * sizeof *st->visits);
    memset(f.in, 0, n * sizeof *f.in);
    memset(f.ending, 0, (st->s->n_scenes + 1) * sizeof *f.ending);
    f.in[0] = 1;
    for (uint32_t to = n, from; to > 0; to = from) {
        for (from = to - 1; from > 0 && st->part[st->order[from - 1]] == st->part[st->order[to - 1]];)
            from--;
        part_flow(&f, st->order + from, to - from);
    }
    for (uint32_t i = 0; i < st->result.n_endings; i++) {
        double p = f.ending[st->endings[i].ending.i];
        st->endings[i].share = (struct share){p, p, p};
    }
    st->result.unended = (struct share){f.lost, f.lost, f.lost};
    means(st);
    free(f.in);
    free(f.place);
    free(f.ending);
}

/* path.c -- one play out of all: a shortest that reaches the best, or the worst.
 *
 * Breadth first by decisions, along edges that lose nothing.  What chance or the engine must do for it is found by walking
 * the play once more, on the roads that lead to the next state, and making their steps with the probe. */
#include "study/inside.h"

#include <stdlib.h>
#include <string.h>

struct seek {
    struct study *st;
    const int32_t *values; /* best or worst */
    uint32_t k;
    uint32_t *from;        /* by node: the edge that led there + 1 */
};

/* Whether edge E of node V loses nothing. */
static bool keeps(const struct seek *s, uint32_t v, const struct edge *e)
{
    int32_t here = s->values[(size_t)v * s->st->k + s->k], worth = worth_of(s->st, e)[s->k];
    if (is_ending(e->to))
        return worth == here;
    if (!is_node(e->to))
        return false;
    int32_t on = s->values[(size_t)e->to * s->st->k + s->k];
    return on != STUDY_NONE && on + worth == here;
}

/* What was found in so many decisions, and what takes one more. */
struct ring {
    uint32_t *v, n;
};

/* Looks at node V, whose nodes behind it go to NOW where nobody is asked here, else to NEXT.  The last edge of the play where
 * it ends here; else UINT32_MAX. */
static uint32_t ring_seek(struct seek *s, uint32_t v, struct ring *now, struct ring *next)
{
    const struct graph *g = &s->st->g;
    struct ring *to = node_asks(s->st, v) ? next : now;
    for (uint32_t e = edges_begin(g, v); e < edges_end(g, v); e++) {
        const struct edge *ed = &g->edges[e];
        if (!keeps(s, v, ed))
            continue;
        if (is_ending(ed->to))
            return e;
        if (ed->to == 0 || s->from[ed->to])
            continue;
        s->from[ed->to] = e + 1;
        to->v[to->n++] = ed->to;
    }
    return UINT32_MAX;
}

/* The last edge of the play; UINT32_MAX where there is none. */
static uint32_t seek_ending(struct seek *s)
{
    uint32_t n = s->st->main_nodes, found = UINT32_MAX, *block = mem_new(2 * (size_t)n * sizeof *block);
    struct ring now = {block, 1}, next = {block + n, 0};
    now.v[0] = 0;
    while (now.n && found == UINT32_MAX) {
        for (int asking = 0; asking < 2; asking++) /* first those that cost nothing */
            for (uint32_t i = 0; i < now.n && found == UINT32_MAX; i++)
                if (node_asks(s->st, now.v[i]) == asking)
                    found = ring_seek(s, now.v[i], &now, &next);
        struct ring other = now;
        now = next;
        next = (struct ring){other.v, 0};
    }
    free(block);
    return found;
}

/* ---- telling it ---- */

struct teller {
    struct study_play *out;
    uint32_t cap;
};

static void tell(struct teller *t, struct study_step step)
{
    array_room(t->out->v, t->out->n, t->cap);
    t->out->v[t->out->n++] = step;
}

static void tell_parts(struct study_step *step, const struct event *e)
{
    for (uint32_t i = 0; i < e->n && step->n_parts < sizeof step->parts / sizeof *step->parts; i++)
        if (event_items(e)[i].kind == ITEM_TAKEN)
            step->parts[step->n_parts++] = event_items(e)[i].ref;
}

/* Tells of what happened in SE, on the way of edge ED. */
static void leg_tell(struct seek *s, struct teller *t, const struct session *se, const struct edge *ed)
{
    const struct study *st = s->st;
    int32_t left = is_node(ed->to) ? s->values[(size_t)ed->to * st->k + s->k] : 0;
    for (uint32_t n = 1; n < se->n_events; n++) {
        const struct event *ev = session_event(se, n);
        if (ev->kind == EV_CHOSE) {
            tell(t, (struct study_step){.decision = {ev->b}, .option = {ev->a}, .engine = ev->by == BY_ENGINE,
                                        .points = ev->by == BY_ENGINE ? 0 : worth_of(st, ed)[s->k], .left = left});
            tell_parts(&t->out->v[t->out->n - 1], ev);
        }
        for (uint32_t i = 0; i < ev->n; i++)
            if (event_items(ev)[i].kind == ITEM_DRAW)
                tell(t, (struct study_step){.drawn = (uint32_t)event_items(ev)[i].value, .of = event_items(ev)[i].ref});
    }
}

/* Takes the road of edge E once more, and tells of what happened on it. */
static void edge_tell(struct seek *s, struct teller *t, uint32_t e)
{
    struct study *st = s->st;
    const struct graph *g = &st->g;
    const struct edge *ed = &g->edges[e];
    uint32_t action = edge_action(g, e), v = action_node(g, action);
    const uint64_t *words = node_words(st, v);
    struct roads r;
    for (bool any = roads_first(st, &r, words, action_root(st, v, action)); any; any = roads_next(st, &r))
        if (r.worth == ed->worth && graph_led(st, &r) == ed->to)
            break;
    for (uint32_t leg = 0; leg <= r.last; leg++)
        leg_tell(s, t, road_play(st, &r, leg), ed);
}

bool study_play(struct study *st, comp_id c, bool worst, struct study_play *out)
{
    *out = (struct study_play){0};
    if (st->result.kind != STUDY_EXACT || st->best[c.i] == STUDY_NONE)
        return false;
    struct seek s = {.st = st, .values = worst ? st->worst : st->best, .k = c.i};
    s.from = mem_new(st->main_nodes * sizeof *s.from);
    memset(s.from, 0, st->main_nodes * sizeof *s.from);
    uint32_t last = seek_ending(&s), n = 0;
    uint32_t *edges = mem_new((st->main_nodes + 1) * sizeof *edges);
    struct teller t = {.out = out};
    for (uint32_t e = last, v = 1; v; e = s.from[v] - 1) {
        edges[n++] = e;
        v = action_node(&st->g, edge_action(&st->g, e));
        if (v == 0)
            break;
    }
    while (n)
        edge_tell(&s, &t, edges[--n]);
    out->total = s.values[c.i];
    out->ending.i = st->g.edges[last].to - TO_END;
    free(edges);
    free(s.from);
    return true;
}

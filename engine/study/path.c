/* path.c -- one play out of all: a shortest that reaches the best, or the worst.
 *
 * Breadth first along edges that lose nothing.  What chance or the engine must do for it is found by walking the play
 * once more with the probe and taking the road that leads to the next state. */
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

/* The last edge of the play; UINT32_MAX where there is none. */
static uint32_t seek_ending(struct seek *s)
{
    const struct graph *g = &s->st->g;
    uint32_t *queue = mem_new(s->st->main_nodes * sizeof *queue), n = 1, found = UINT32_MAX;
    queue[0] = 0;
    for (uint32_t i = 0; i < n && found == UINT32_MAX; i++)
        for (uint32_t e = edges_begin(g, queue[i]); e < edges_end(g, queue[i]); e++) {
            const struct edge *ed = &g->edges[e];
            if (!keeps(s, queue[i], ed) || (is_node(ed->to) && (ed->to == 0 || s->from[ed->to])))
                continue;
            if (is_ending(ed->to)) {
                found = e;
                break;
            }
            s->from[ed->to] = e + 1;
            queue[n++] = ed->to;
        }
    free(queue);
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

/* Takes the road of edge E once more, and tells of what happened on it. */
static void edge_tell(struct seek *s, struct teller *t, uint32_t e)
{
    struct study *st = s->st;
    const struct graph *g = &st->g;
    uint32_t action = edge_action(g, e), v = action_node(g, action);
    key_unpack(&st->asked, st->s, key_of(g, v), probe_from(st->probe));
    feed_reset(&st->probe->feed);
    do {
        const struct state *now = graph_step(st, key_of(g, v), g->actions[action].option);
        uint32_t to = TO_END + now->scene;
        if (now->phase == PHASE_ASK || now->phase == PHASE_RUN)
            to = graph_find(st, st->key, key_pack(&st->asked, st->s, now, graph_spot(st, now), st->key));
        answer_worth(st, st->worth);
        if (now->phase != PHASE_STUCK && to == g->edges[e].to &&
            memcmp(st->worth, worth_of(st, &g->edges[e]), st->k * sizeof *st->worth) == 0)
            break;
    } while (feed_next(&st->probe->feed));
    const struct edge *ed = &g->edges[e];
    int32_t left = is_node(ed->to) ? s->values[(size_t)ed->to * st->k + s->k] : 0;
    for (uint32_t n = 1; n < st->probe->se->n_events; n++) {
        const struct event *ev = session_event(st->probe->se, n);
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

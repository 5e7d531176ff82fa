/* check_graph.c -- ways through the scenes: what is never reached, and where a play would have no way on.
 *
 * A condition may always hold and may never hold: what is unreachable here is so whatever the facts are, while a scene
 * "runs out" as soon as some combination of conditions lets it.  The exact answer for reachable facts is the study of
 * all plays; this one takes linear time.  What scripts may do from anywhere (go() in a hook or a shared function) is one
 * more node of the graph, which every scene with a decision leads to. */
#include "scenario/check.h"

#include <stdlib.h>

void ways_add(struct ways *w, uint32_t to)
{
    array_room(w->to, w->n_to, w->cap_to);
    w->to[w->n_to++] = to;
}

void ways_done(struct ways *w)
{
    free(w->to);
}

/* What playing one scene from top to bottom shows. */
struct fall {
    bool goes_on;                /* the end can be passed */
    bool decides;
    const struct option *option; /* the last answer after which it goes on */
    const struct node *when;     /* the last goto or decision that is left out when its condition does not hold */
    const struct node *never;    /* the first node that is never played */
};

bool ways_answer(struct check *c, const struct option *o, struct ways *w)
{
    uint32_t meant = 0;
    bool lost = !o->next.i && way_lost(c, o->at, &meant);
    if (o->next.i || meant)
        ways_add(w, o->next.i ? o->next.i : meant);
    for (uint32_t i = 0; i < o->n_nodes; i++) {
        const struct node *n = &c->s->nodes[o->first_node + i];
        if (n->kind == NODE_DO)
            for (uint32_t g = c->go_first[n->ref]; g < c->go_first[n->ref + 1]; g++)
                ways_add(w, c->go_to[g]);
    }
    return !lost && check_goes_on(c, o);
}

/* The same for a decision; *LAST is the last answer after which its scene goes on, or NULL. */
static void ways_decision(struct check *c, const struct decision *d, struct ways *w, const struct option **last)
{
    *last = NULL;
    for (uint32_t i = 0; i < d->n; i++) {
        const struct option *o = &c->s->options[d->first + i];
        if (ways_answer(c, o, w))
            *last = o;
    }
    const option_id beside[] = {d->no_answer, d->otherwise};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        const struct option *o = &c->s->options[beside[i].i];
        if (beside[i].i && ways_answer(c, o, w))
            *last = o;
    }
}

void ways_goto(struct check *c, const struct node *n, struct ways *w)
{
    uint32_t to = n->ref;
    if (to || (way_lost(c, n->at, &to) && to))
        ways_add(w, to);
}

static struct fall scene_ways(struct check *c, const struct scene *sc, struct ways *w)
{
    struct fall f = {.goes_on = true};
    for (uint32_t i = 0; i < sc->n_nodes; i++) {
        const struct node *n = &c->s->nodes[sc->first_node + i];
        if (!f.goes_on) {
            f.never = n;
            break;
        }
        const struct option *last = NULL;
        if (n->kind == NODE_GOTO)
            ways_goto(c, n, w);
        else if (n->kind == NODE_DECISION)
            ways_decision(c, &c->s->decisions[n->ref], w, &last);
        else
            continue;
        f.decides |= n->kind == NODE_DECISION;
        f.goes_on = n->when.i || last;
        f.option = last;
        f.when = n->when.i && !last ? n : NULL;
    }
    return f;
}

static void say_fall(struct check *c, const struct scene *sc, const struct fall *f)
{
    struct text whole = scenario_name(c->s, sc->name), name = whole;
    if (sc->part) /* "agenda.after": whoever wrote it knows only the first word */
        text_split(&whole, '.', &name);
    if (f->never && f->never->ordinal != NODE_ONWARD) /* the way on from a topic is nobody's element */
        check_say(c, MSG_NODE_NEVER, f->never->at, (struct text){0}, (struct text){0}, (struct text){0});
    if (!f->goes_on || sc->outcome)
        return;
    if (f->decides && c->n_script_go)
        check_say(c, MSG_SCENE_MAY_RUN_OUT, sc->at, name, (struct text){0}, (struct text){0});
    else if (f->option)
        check_say(c, MSG_SCENE_RUNS_OUT, f->option->at, name, (struct text){0}, (struct text){0});
    else if (f->when)
        check_say(c, MSG_SCENE_RUNS_OUT_WHEN, f->when->at, name, (struct text){0}, (struct text){0});
    else
        check_say(c, sc->part ? MSG_TOPICS_NO_EXIT : MSG_SCENE_NO_EXIT, sc->at, name, (struct text){0}, (struct text){0});
}

/* All ways between scenes; says on the way what a single scene shows, and marks in FALLS those said to run out. */
static struct ways ways_make(struct check *c, bool *falls)
{
    const struct scenario *s = c->s;
    uint32_t any = s->n_scenes + 1;
    struct ways w = {.n = any, .first = arena_array(&c->scratch, uint32_t, any + 2)};
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        w.first[i] = w.n_to;
        struct fall f = scene_ways(c, &s->scenes[i], &w);
        if (!torn_scene(c, i))
            say_fall(c, &s->scenes[i], &f);
        falls[i] = f.goes_on || torn_scene(c, i);
        if (f.decides && c->n_script_go)
            ways_add(&w, any);
    }
    w.first[any] = w.n_to;
    for (uint32_t i = 0; i < c->n_script_go; i++)
        ways_add(&w, c->script_go[i]);
    w.first[any + 1] = w.n_to;
    return w;
}

/* The same ways, travelled backwards. */
static struct ways ways_back(struct check *c, const struct ways *w)
{
    struct ways b = {.n = w->n, .first = arena_array(&c->scratch, uint32_t, w->n + 2)};
    uint32_t *fill = arena_array(&c->scratch, uint32_t, w->n + 2);
    b.to = mem_new((w->n_to + 1) * sizeof *b.to);
    b.n_to = w->n_to;
    for (uint32_t e = 0; e < w->n_to; e++)
        fill[w->to[e]]++;
    for (uint32_t i = 1; i <= w->n; i++)
        b.first[i + 1] = b.first[i] + fill[i];
    for (uint32_t i = 1; i <= w->n; i++)
        fill[i] = b.first[i];
    for (uint32_t i = 1; i <= w->n; i++)
        for (uint32_t e = w->first[i]; e < w->first[i + 1]; e++)
            b.to[fill[w->to[e]]++] = i;
    return b;
}

/* Marks in SEEN whatever W leads to from the N nodes in QUEUE, which has room for every node. */
static void spread(const struct ways *w, bool *seen, uint32_t *queue, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        seen[queue[i]] = true;
    for (uint32_t head = 0; head < n; head++)
        for (uint32_t e = w->first[queue[head]]; e < w->first[queue[head] + 1]; e++)
            if (!seen[w->to[e]]) {
                seen[w->to[e]] = true;
                queue[n++] = w->to[e];
            }
}

/* Says of each reached scene that leads to no ending; of a whole region without one only where it is entered. */
static void say_traps(struct check *c, const struct ways *back, const bool *reached, const bool *ends)
{
    const struct scenario *s = c->s;
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        if (!reached[i] || ends[i])
            continue;
        bool entered = i == 1;
        for (uint32_t e = back->first[i]; e < back->first[i + 1] && !entered; e++)
            entered = reached[back->to[e]] && ends[back->to[e]];
        if (entered)
            check_say(c, MSG_ENDING_NONE, s->scenes[i].at, scenario_name(s, s->scenes[i].name), (struct text){0},
                      (struct text){0});
    }
}

void check_graph(struct check *c)
{
    const struct scenario *s = c->s;
    if (!s->n_scenes)
        return;
    bool *falls = arena_array(&c->scratch, bool, s->n_scenes + 1);
    struct ways w = ways_make(c, falls), back = ways_back(c, &w);
    bool *reached = arena_array(&c->scratch, bool, w.n + 1), *ends = arena_array(&c->scratch, bool, w.n + 1);
    uint32_t *queue = arena_array(&c->scratch, uint32_t, w.n + 1), n = 1;
    queue[0] = 1;
    spread(&w, reached, queue, n);
    n = 0;
    bool any_ending = false; /* that there is none has been said */
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        any_ending |= s->scenes[i].outcome != OUTCOME_NONE;
        if (s->scenes[i].outcome || falls[i]) /* what runs out has been said; once is enough */
            queue[n++] = i;
    }
    spread(&back, ends, queue, n);
    for (uint32_t i = 1; i <= s->n_scenes && !(c->torn & TORN_WAYS); i++)
        if (!reached[i])
            check_say(c, s->scenes[i].outcome ? MSG_ENDING_UNREACHED : MSG_SCENE_UNREACHED, s->scenes[i].at,
                      scenario_name(s, s->scenes[i].name), (struct text){0}, (struct text){0});
    if (any_ending)
        say_traps(c, &back, reached, ends);
    ways_done(&back);
    ways_done(&w);
}

/* check_cycles.c -- ways round on which nobody is asked anything.
 *
 * Such a round would be played again and again before a person can say a word.  A decision asks if somebody plays its
 * role.  First every playable role is taken as played: a round that is silent even then is an error.  Then each
 * playable role alone: a round that asks only the others is a warning, because then the engine answers on it and only
 * chance, or a condition, can end it.  Rounds are found as strongly connected components (Tarjan 1972, SIAM J. Comput.
 * 1:146-160), with a stack of its own in place of recursion. */
#include "scenario/check.h"

enum { ROLES_TRIED = 16, NAMES_SHOWN = 6 };

/* True where D asks somebody when only ROLE is played; role 0: when all playable roles are. */
static bool asks(const struct check *c, const struct decision *d, role_id role)
{
    return role.i ? d->who.i == role.i : check_asks(c, d);
}

/* Adds the ways out of a decision that the engine makes; true where the scene may go on after it.  What is offered once
 * ends by itself: no round goes over it for ever. */
static bool engine_ways(struct check *c, const struct decision *d, struct ways *w)
{
    bool on = false;
    for (uint32_t i = 0; i < d->n; i++) {
        const struct option *o = &c->s->options[d->first + i];
        if (!o->once && o->weight)
            on |= ways_answer(c, o, w);
    }
    return on;
}

/* Adds the ways out of SC that can be taken before anybody is asked. */
static void silent_ways(struct check *c, const struct scene *sc, role_id role, struct ways *w)
{
    for (uint32_t i = 0; i < sc->n_nodes; i++) {
        const struct node *n = &c->s->nodes[sc->first_node + i];
        bool on = false;
        if (n->kind == NODE_GOTO)
            ways_goto(c, n, w);
        else if (n->kind != NODE_DECISION)
            continue;
        else if (!asks(c, &c->s->decisions[n->ref], role))
            on = engine_ways(c, &c->s->decisions[n->ref], w);
        if (!n->when.i && !on)
            return;
    }
}

/* Tarjan's bookkeeping; one entry a scene. */
struct tarjan {
    uint32_t *index, *low, *next; /* order of discovery, from 1; lowest reached; next way to look at */
    uint32_t *path, n_path;       /* the walk from the root of the search */
    uint32_t *stack, n_stack;     /* visited, component not yet known */
    uint32_t *component;          /* 0 while not known */
    uint32_t n_components, count;
};

static struct tarjan tarjan_make(struct arena *a, uint32_t n)
{
    return (struct tarjan){
        .index = arena_array(a, uint32_t, n + 1), .low = arena_array(a, uint32_t, n + 1),
        .next = arena_array(a, uint32_t, n + 1), .path = arena_array(a, uint32_t, n + 1),
        .stack = arena_array(a, uint32_t, n + 1), .component = arena_array(a, uint32_t, n + 1)};
}

static void tarjan_enter(struct tarjan *t, const struct ways *w, uint32_t v)
{
    t->index[v] = t->low[v] = ++t->count;
    t->next[v] = w->first[v];
    t->path[t->n_path++] = t->stack[t->n_stack++] = v;
}

/* V is done with: closes its component if it is the root of one, and tells the node before. */
static void tarjan_leave(struct tarjan *t, uint32_t v)
{
    if (t->low[v] == t->index[v]) {
        t->n_components++;
        uint32_t u;
        do {
            u = t->stack[--t->n_stack];
            t->component[u] = t->n_components;
        } while (u != v);
    }
    t->n_path--;
    if (t->n_path) {
        uint32_t before = t->path[t->n_path - 1];
        if (t->low[v] < t->low[before])
            t->low[before] = t->low[v];
    }
}

static void tarjan_run(struct tarjan *t, const struct ways *w)
{
    for (uint32_t root = 1; root <= w->n; root++) {
        if (t->index[root])
            continue;
        tarjan_enter(t, w, root);
        while (t->n_path) {
            uint32_t v = t->path[t->n_path - 1];
            if (t->next[v] == w->first[v + 1]) {
                tarjan_leave(t, v);
                continue;
            }
            uint32_t to = w->to[t->next[v]++];
            if (!t->index[to])
                tarjan_enter(t, w, to);
            else if (!t->component[to] && t->index[to] < t->low[v])
                t->low[v] = t->index[to];
        }
    }
}

/* The shortest round through FROM inside its component, "a → b → a", or nothing where there is none.  BEFORE and QUEUE
 * are scratch, one entry a scene; every scene is in one component, so all rounds together take linear time. */
static struct text round_of(struct check *c, const struct ways *w, const uint32_t *component, uint32_t from,
                            uint32_t *before, uint32_t *queue)
{
    uint32_t n = 0, end = 0;
    queue[n++] = from;
    for (uint32_t head = 0; head < n && !end; head++)
        for (uint32_t e = w->first[queue[head]]; e < w->first[queue[head] + 1] && !end; e++) {
            uint32_t to = w->to[e];
            if (to == from) {
                end = queue[head];
            } else if (component[to] == component[from] && !before[to]) {
                before[to] = queue[head];
                queue[n++] = to;
            }
        }
    if (!end)
        return (struct text){0};
    n = 0; /* the queue has served; now the round backwards */
    for (uint32_t v = end; v != from; v = before[v])
        queue[n++] = v;
    struct buf b = {0};
    buf_text(&b, scenario_name(c->s, c->s->scenes[from].name));
    for (uint32_t i = n; i > 0; i--) {
        buf_str(&b, n - i < NAMES_SHOWN ? " → " : " → …");
        if (n - i >= NAMES_SHOWN)
            break;
        buf_text(&b, scenario_name(c->s, c->s->scenes[queue[i - 1]].name));
    }
    buf_str(&b, " → ");
    buf_text(&b, scenario_name(c->s, c->s->scenes[from].name));
    struct text round = text_keep(&c->scratch, buf_view(&b));
    buf_done(&b);
    return round;
}

/* Looks for rounds while ROLE alone is played (0: all).  What was said of a scene in an earlier call is in SAID and not
 * said again. */
static void say_rounds(struct check *c, role_id role, bool *said)
{
    const struct scenario *s = c->s;
    struct arena a = {0};
    struct ways w = {.n = s->n_scenes, .first = arena_array(&a, uint32_t, s->n_scenes + 2)};
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        w.first[i] = w.n_to;
        silent_ways(c, &s->scenes[i], role, &w);
    }
    w.first[s->n_scenes + 1] = w.n_to;
    struct tarjan t = tarjan_make(&a, w.n);
    tarjan_run(&t, &w);
    bool *done = arena_array(&a, bool, t.n_components + 1);
    uint32_t *before = arena_array(&a, uint32_t, w.n + 1), *queue = arena_array(&a, uint32_t, w.n + 1);
    for (uint32_t i = 1; i <= s->n_scenes; i++)
        done[t.component[i]] |= said[i];
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        if (done[t.component[i]])
            continue;
        done[t.component[i]] = true;
        struct text round = round_of(c, &w, t.component, i, before, queue);
        if (!round.len)
            continue;
        said[i] = true;
        if (role.i)
            check_say(c, MSG_CYCLE_ONE_ROLE, s->scenes[i].at, scenario_name(s, s->roles[role.i].name), round,
                      (struct text){0});
        else
            check_say(c, MSG_CYCLE_SILENT, s->scenes[i].at, round, (struct text){0}, (struct text){0});
    }
    ways_done(&w);
    arena_done(&a);
}

void check_cycles(struct check *c)
{
    const struct scenario *s = c->s;
    bool *said = arena_array(&c->scratch, bool, s->n_scenes + 1);
    say_rounds(c, (role_id){0}, said);
    uint32_t playable = 0, tried = 0;
    for (uint32_t r = 1; r <= s->n_roles; r++)
        playable += s->roles[r].playable;
    for (uint32_t r = 1; r <= s->n_roles && playable > 1 && tried < ROLES_TRIED; r++)
        if (s->roles[r].playable) {
            bool *again = arena_array(&c->scratch, bool, s->n_scenes + 1);
            for (uint32_t i = 1; i <= s->n_scenes; i++)
                again[i] = said[i];
            say_rounds(c, (role_id){r}, again);
            tried++;
        }
}

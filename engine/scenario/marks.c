/* marks.c -- which decisions need a mark in the state.
 *
 * Decisions that no play can meet twice need no mark: those outside every cycle of scenes.  Finding the cycles by
 * Tarjan's strongly connected components, without recursion (Tarjan 1972). */
#include "scenario/build.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    uint32_t *low, *index, *stack, *path, *edge, *edge_at;
    uint32_t n_stack, n_path, next;
    bool *on_stack, *cyclic;
};

static uint32_t edges_of(const struct scenario *s, uint32_t scene, uint32_t *out)
{
    uint32_t n = 0;
    const struct scene *sc = &s->scenes[scene];
    for (uint32_t i = 0; i < sc->n_nodes; i++) {
        const struct node *no = &s->nodes[sc->first_node + i];
        if (no->kind == NODE_GOTO && no->ref)
            out[n++] = no->ref;
        if (no->kind != NODE_DECISION || !no->ref)
            continue;
        const struct decision *de = &s->decisions[no->ref];
        for (uint32_t k = 0; k < de->n; k++)
            if (s->options[de->first + k].next.i)
                out[n++] = s->options[de->first + k].next.i;
        const option_id beside[] = {de->no_answer, de->otherwise};
        for (size_t k = 0; k < sizeof beside / sizeof *beside; k++)
            if (s->options[beside[k].i].next.i)
                out[n++] = s->options[beside[k].i].next.i;
    }
    return n;
}

static void close_component(struct walk *w, uint32_t root)
{
    bool many = w->stack[w->n_stack - 1] != root;
    for (uint32_t v = 0; v != root;) {
        v = w->stack[--w->n_stack];
        w->on_stack[v] = false;
        w->cyclic[v] |= many;
    }
}

static void visit(struct walk *w, uint32_t v)
{
    w->index[v] = w->low[v] = ++w->next;
    w->stack[w->n_stack++] = v;
    w->path[w->n_path++] = v;
    w->on_stack[v] = true;
}

static void components_from(struct walk *w, uint32_t root, const uint32_t *edges)
{
    visit(w, root);
    while (w->n_path) {
        uint32_t v = w->path[w->n_path - 1];
        if (w->edge[v] < w->edge_at[v + 1]) {
            uint32_t to = edges[w->edge[v]++];
            w->cyclic[v] |= to == v;
            if (!w->index[to])
                visit(w, to);
            else if (w->on_stack[to] && w->index[to] < w->low[v])
                w->low[v] = w->index[to];
            continue;
        }
        w->n_path--;
        if (w->low[v] == w->index[v])
            close_component(w, v);
        if (w->n_path && w->low[v] < w->low[w->path[w->n_path - 1]])
            w->low[w->path[w->n_path - 1]] = w->low[v];
    }
}

/* A script's go() can lead anywhere: then any decision may be met twice. */
static bool scripts_may_go(const struct scenario *s)
{
    for (uint32_t i = 1; i <= s->n_codes; i++)
        if (s->codes[i].lua && s->codes[i].kind == CODE_DO && memmem(s->codes[i].text.at, s->codes[i].text.len, "go", 2))
            return true;
    for (uint32_t i = 1; i <= s->n_scripts; i++)
        if (memmem(s->scripts[i].bytes.at, s->scripts[i].bytes.len, "go", 2))
            return true;
    return false;
}

void marks_give(struct scenario *s)
{
    uint32_t n = s->n_scenes + 2, total = 0;
    uint32_t most = s->n_nodes + s->n_options + 1;
    uint32_t *block = mem_new((size_t)(n * 6 + most) * sizeof *block);
    bool *flags = mem_new(2 * n);
    memset(block, 0, (size_t)(n * 6 + most) * sizeof *block);
    memset(flags, 0, 2 * n);
    struct walk w = {.low = block, .index = block + n, .stack = block + 2 * n, .path = block + 3 * n,
                     .edge = block + 4 * n, .edge_at = block + 5 * n, .on_stack = flags, .cyclic = flags + n};
    uint32_t *edges = block + 6 * n;
    for (uint32_t v = 1; v <= s->n_scenes; v++) {
        w.edge[v] = w.edge_at[v] = total;
        total += edges_of(s, v, edges + total);
    }
    w.edge_at[s->n_scenes + 1] = total;
    for (uint32_t v = 1; v <= s->n_scenes; v++)
        if (!w.index[v])
            components_from(&w, v, edges);
    bool anywhere = scripts_may_go(s);
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        if (anywhere || w.cyclic[s->decisions[i].scene.i])
            s->decisions[i].mark = ++s->n_marks;
    for (uint32_t i = 1; i <= s->n_options; i++)
        if (s->options[i].once && !s->options[i].mark)
            s->options[i].mark = ++s->n_marks;
    free(block);
    free(flags);
}


/* untouched.c -- the scenario as it is written, less what the runs have touched.
 *
 * What the engine answers for a role that nobody plays counts, too: it was heard.  The way on from a list of topics that has
 * been talked through is no answer of anybody's. */
#include "front/untouched.h"

#include <string.h>

static bool touched(const struct rehearsal_result *r, struct text name)
{
    struct buf key = {0};
    touch_name(&key, name);
    bool found = r->touched.len && memmem(r->touched.at, r->touched.len, key.at, key.len);
    buf_done(&key);
    return found;
}

static void add(struct text *v, uint32_t *n, const struct rehearsal_result *r, struct text name)
{
    if (name.len && !touched(r, name))
        v[(*n)++] = name;
}

static bool ends_topics(const struct outline_node *node, struct text option)
{
    return node->form == WIRE_FORM_TOPICS && option.len > 6 && memcmp(option.at + option.len - 6, "/leave", 6) == 0;
}

static void look_at(struct untouched *u, const struct outline_node *node, const struct rehearsal_result *r)
{
    if (node->kind == WIRE_NODE_LINE || node->kind == WIRE_NODE_NARRATION)
        add(u->lines, &u->n_lines, r, node->at);
    for (uint32_t i = 0; i < node->n_options; i++)
        if (!ends_topics(node, node->options[i].id))
            add(u->answers, &u->n_answers, r, node->options[i].id);
    for (uint32_t i = 0; i < node->n_slots; i++)
        for (uint32_t k = 0; k < node->slots[i].n_parts; k++)
            add(u->answers, &u->n_answers, r, node->slots[i].parts[k].id);
}

static void count(const struct client_outline *o, uint32_t *answers, uint32_t *nodes)
{
    for (uint32_t i = 0; i < o->n_scenes; i++)
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++) {
            const struct outline_node *node = &o->scenes[i].nodes[k];
            ++*nodes;
            *answers += node->n_options;
            for (uint32_t s = 0; s < node->n_slots; s++)
                *answers += node->slots[s].n_parts;
        }
}

void untouched_find(struct untouched *u, const struct client_outline *o, const struct rehearsal_result *r)
{
    uint32_t answers = 0, nodes = 0;
    count(o, &answers, &nodes);
    *u = (struct untouched){0};
    u->endings = arena_array(&u->arena, struct text, o->n_scenes + 1);
    u->answers = arena_array(&u->arena, struct text, answers + 1);
    u->lines = arena_array(&u->arena, struct text, nodes + 1);
    for (uint32_t i = 0; i < o->n_scenes; i++) {
        if (o->scenes[i].outcome)
            add(u->endings, &u->n_endings, r, o->scenes[i].id);
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++)
            look_at(u, &o->scenes[i].nodes[k], r);
    }
}

void untouched_done(struct untouched *u)
{
    arena_done(&u->arena);
    *u = (struct untouched){0};
}

/* scenario.c -- questions to a finished scenario: by name, by number, by place. */
#include "scenario/scenario.h"

#include "scenario/mark.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void scenario_free(struct scenario *s)
{
    if (!s)
        return;
    map_done(&s->name_map);
    free(s->names);
    if (s->n_languages)
        free(s->languages[0].v); /* the others are in the arena */
    free(s->languages);
    free(s->words_at);
    free(s->words_file);
    free(s->codes);
    free(s->scripts);
    free(s->rubric.lists);
    sources_done(&s->sources);
    arena_done(&s->arena);
    free(s);
}

/* ---- texts -------------------------------------------------------------------------------------------------------- */

struct text scenario_name(const struct scenario *s, name_id id)
{
    return id.i && id.i <= s->n_names ? s->names[id.i] : (struct text){0};
}

struct text scenario_words(const struct scenario *s, uint32_t lang, words_id id, bool *original)
{
    struct text t = id.i && lang < s->n_languages ? s->languages[lang].v[id.i] : (struct text){0};
    bool missing = id.i && !t.len && lang != 0;
    if (original)
        *original = missing;
    return missing ? s->languages[0].v[id.i] : t;
}

static struct text primary(struct text tag)
{
    struct text rest = tag, first = {0};
    text_split(&rest, '-', &first);
    return first;
}

static bool same_tag(struct text a, struct text b)
{
    return a.len == b.len && strncasecmp(a.at, b.at, a.len) == 0;
}

int scenario_language(const struct scenario *s, struct text tag)
{
    for (uint32_t i = 0; i < s->n_languages; i++)
        if (same_tag(s->languages[i].tag, tag))
            return (int)i;
    for (uint32_t i = 0; i < s->n_languages; i++)
        if (tag.len && same_tag(primary(s->languages[i].tag), primary(tag)))
            return (int)i;
    return -1;
}

struct span scenario_span(const struct scenario *s, struct range r)
{
    return (struct span){s->file, r.from, r.to};
}

/* By place; what no element holds comes last. */
static int by_place(const void *x, const void *y)
{
    const struct po_text *a = x, *b = y;
    bool last_a = !a->at.to, last_b = !b->at.to;
    if (last_a != last_b)
        return last_a - last_b;
    return a->at.from < b->at.from ? -1 : a->at.from > b->at.from;
}

struct po_text *scenario_po_texts(const struct scenario *s, struct arena *a, uint32_t *n)
{
    struct po_text *v = arena_array(a, struct po_text, s->n_words + 1);
    struct buf written = {0};
    *n = 0;
    for (uint32_t w = 1; s->contexts && w <= s->n_words; w++) {
        if (!s->contexts[w].len)
            continue;
        buf_reset(&written);
        mark_write(s, s->languages[0].v[w], &written);
        v[(*n)++] = (struct po_text){s->contexts[w], text_keep(a, buf_view(&written)),
                                     {s->words_file[w], s->words_at[w].from, s->words_at[w].to}};
    }
    buf_done(&written);
    if (*n)
        qsort(v, *n, sizeof *v, by_place);
    return v;
}

bool scenario_is_exercise(const struct scenario *s, role_id role)
{
    uint32_t n = 0;
    for (uint32_t i = 1; i <= s->n_decisions; i++)
        n += s->decisions[i].who.i == role.i && form_graded(s->decisions[i].form);
    return n >= EXERCISE_DECISIONS;
}

bool scenario_grades(const struct scenario *s, role_id role, comp_id c)
{
    const struct role *r = &s->roles[role.i];
    for (uint32_t i = 0; i < r->n_focus; i++)
        if (r->focus[i].comp.i == c.i)
            return true;
    return false;
}

/* ---- by name ------------------------------------------------------------------------------------------------------ */

name_id scenario_name_find(const struct scenario *s, struct text name)
{
    return (name_id){map_find(&s->name_map, name)};
}

static uint32_t place_find(const struct scenario *s, struct text name, enum place_kind kind)
{
    uint32_t place = s->places ? s->places[scenario_name_find(s, name).i] : 0;
    return place && (place - 1) % 2 == (uint32_t)kind ? (place - 1) >> 1 : 0;
}

scene_id scenario_scene(const struct scenario *s, struct text name)
{
    return (scene_id){place_find(s, name, PLACE_SCENE)};
}

decision_id scenario_decision(const struct scenario *s, struct text name)
{
    return (decision_id){place_find(s, name, PLACE_DECISION)};
}

/* The option called NAME in decision D, or its no-answer. */
static option_id option_in(const struct scenario *s, decision_id d, struct text name)
{
    const struct decision *de = &s->decisions[d.i];
    name_id id = scenario_name_find(s, name);
    if (!d.i || !id.i)
        return (option_id){0};
    for (uint32_t k = 0; k < de->n; k++)
        if (s->options[de->first + k].name.i == id.i)
            return (option_id){de->first + k};
    if (text_is(name, "otherwise"))
        return de->otherwise;
    return text_is(name, "no-answer") ? de->no_answer : (option_id){0};
}

option_id scenario_option(const struct scenario *s, struct text name)
{
    struct text rest = name, decision;
    if (name.len && memchr(name.at, '/', name.len) && text_split(&rest, '/', &decision))
        return option_in(s, scenario_decision(s, decision), rest);
    name_id id = scenario_name_find(s, name);
    option_id found = {0};
    for (uint32_t i = 1; id.i && i <= s->n_options; i++) {
        if (s->options[i].name.i != id.i)
            continue;
        if (found.i)
            return (option_id){0};
        found.i = i;
    }
    return found;
}

fact_id scenario_fact(const struct scenario *s, struct text name)
{
    name_id id = scenario_name_find(s, name);
    for (uint32_t i = 1; id.i && i <= s->n_facts; i++)
        if (s->facts[i].name.i == id.i)
            return (fact_id){i};
    return (fact_id){0};
}

role_id scenario_role(const struct scenario *s, struct text name)
{
    name_id id = scenario_name_find(s, name);
    for (uint32_t i = 1; id.i && i <= s->n_roles; i++)
        if (s->roles[i].name.i == id.i)
            return (role_id){i};
    return (role_id){0};
}

comp_id scenario_comp(const struct scenario *s, struct text name)
{
    name_id id = scenario_name_find(s, name);
    for (uint32_t i = 1; id.i && i <= s->rubric.n_comps; i++)
        if (s->rubric.comps[i].name.i == id.i)
            return (comp_id){i};
    return (comp_id){0};
}

move_id scenario_move(const struct scenario *s, struct text name)
{
    name_id id = scenario_name_find(s, name);
    for (uint32_t i = 1; id.i && i <= s->rubric.n_moves; i++)
        if (s->rubric.moves[i].name.i == id.i)
            return (move_id){i};
    return (move_id){0};
}

/* ---- nodes -------------------------------------------------------------------------------------------------------- */

static const char *const node_names[] = {"", "line", "narration", "note", "lesson", "change", "do", "score", "decision", "goto"};

/* Scenes stand in the order of their nodes, and so do options; all scenes' nodes come before all options'.  The last of
 * 1 … N whose nodes begin at or before NODE; FIRST reads where they begin. */
static uint32_t owner(const struct scenario *s, uint32_t n, uint32_t node, uint32_t (*first)(const struct scenario *, uint32_t))
{
    uint32_t lo = 1, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo + 1) / 2;
        if (first(s, mid) <= node)
            lo = mid;
        else
            hi = mid - 1;
    }
    return n ? lo : 0;
}

static uint32_t scene_first(const struct scenario *s, uint32_t i)
{
    return s->scenes[i].first_node;
}

static uint32_t option_first(const struct scenario *s, uint32_t i)
{
    return s->options[i].first_node;
}

scene_id scenario_node_scene(const struct scenario *s, node_id n)
{
    uint32_t i = owner(s, s->n_scenes, n.i, scene_first);
    return (scene_id){i && n.i >= s->scenes[i].first_node && n.i - s->scenes[i].first_node < s->scenes[i].n_nodes ? i : 0};
}

option_id scenario_node_option(const struct scenario *s, node_id n)
{
    uint32_t i = owner(s, s->n_options, n.i, option_first);
    const struct option *o = &s->options[i];
    return (option_id){i && n.i >= o->first_node && n.i - o->first_node < o->n_nodes ? i : 0};
}

void scenario_node_name(const struct scenario *s, node_id n, struct buf *out)
{
    const struct node *no = &s->nodes[n.i];
    option_id o = scenario_node_option(s, n);
    if (o.i) {
        buf_text(out, scenario_name(s, s->decisions[s->options[o.i].decision.i].name));
        buf_char(out, '/');
        buf_text(out, scenario_name(s, s->options[o.i].name));
    } else {
        buf_text(out, scenario_name(s, s->scenes[scenario_node_scene(s, n).i].name));
    }
    buf_char(out, '/');
    if (no->name.i)
        buf_text(out, scenario_name(s, no->name));
    else
        buf_printf(out, "%s.%u", node_names[no->kind], no->ordinal);
}

/* Among FIRST … FIRST + N - 1, the node whose last piece of name is NAME. */
static uint32_t node_in(const struct scenario *s, uint32_t first, uint32_t n, struct text name)
{
    for (uint32_t i = first; i < first + n; i++)
        if (s->nodes[i].name.i && text_eq(scenario_name(s, s->nodes[i].name), name))
            return i;
    const char *dot = name.len ? memrchr(name.at, '.', name.len) : NULL;
    long ordinal;
    if (!dot || !text_int(text_from(dot + 1, name.len - (size_t)(dot + 1 - name.at)), 1, UINT16_MAX, &ordinal))
        return 0;
    struct text kind = text_from(name.at, (size_t)(dot - name.at));
    for (uint32_t i = first; i < first + n; i++)
        if (s->nodes[i].ordinal == ordinal && !s->nodes[i].name.i && text_is(kind, node_names[s->nodes[i].kind]))
            return i;
    return 0;
}

node_id scenario_node(const struct scenario *s, struct text name)
{
    const char *slash = name.len ? memrchr(name.at, '/', name.len) : NULL;
    if (!slash)
        return (node_id){0};
    struct text owner_name = text_from(name.at, (size_t)(slash - name.at));
    struct text last = text_from(slash + 1, name.len - owner_name.len - 1);
    if (memchr(owner_name.at, '/', owner_name.len)) {
        option_id o = scenario_option(s, owner_name);
        return (node_id){o.i ? node_in(s, s->options[o.i].first_node, s->options[o.i].n_nodes, last) : 0};
    }
    scene_id sc = scenario_scene(s, owner_name);
    return (node_id){sc.i ? node_in(s, s->scenes[sc.i].first_node, s->scenes[sc.i].n_nodes, last) : 0};
}

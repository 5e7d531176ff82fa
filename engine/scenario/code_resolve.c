/* code_resolve.c -- what conditions, statements and scripts mention, found while loading.
 *
 * Scripts first, since conditions may call what they define; then every code once, however often it is used; then the
 * places where statements stand, since only an answer can score.
 * Does not know Lua, and does not judge its syntax: script/ compiles what goes to Lua and says where it is wrong. */
#include "scenario/code_resolve.h"

#include "scenario/code_unit.h"
#include "scenario/xml.h"

#include <stdlib.h>
#include <string.h>

enum { NEAREST_SLICE = 256 };

/* ---- places ---- */

struct span code_span(const struct scenario *s, struct text text, struct span at, uint32_t from, uint32_t to)
{
    struct text raw = {0};
    if (at.file && at.file <= s->sources.n && at.to <= s->sources.v[at.file].bytes.len && at.from <= at.to) {
        raw = text_from(s->sources.v[at.file].bytes.at + at.from, at.to - at.from);
    }
    to = to < text.len ? to : (uint32_t)text.len;
    if (raw.len && !text_eq(raw, text)) {
        from = xml_raw_offset(raw, from);
        to = xml_raw_offset(raw, to);
    }
    return (struct span){at.file, at.from + from, at.from + to};
}

struct span unit_span(const struct resolve *r, uint32_t from, uint32_t to)
{
    return code_span(r->s, r->t.text, r->at, from, to);
}

void unit_err(struct resolve *r, enum msg code, uint32_t from, uint32_t to, struct text a1, struct text a2,
              struct text a3)
{
    r->failed = true;
    errs_add(r->es, code, unit_span(r, r->t.v[from].from, r->t.v[to - 1].to), a1, a2, a3);
}

/* ---- names ---- */

static uint32_t *names_slot(const struct names *names, struct text name)
{
    uint32_t i = (uint32_t)text_hash(name) & (names->n_slots - 1);
    while (names->slots[i] && !text_eq(names->v[names->slots[i] - 1], name)) {
        i = (i + 1) & (names->n_slots - 1);
    }
    return &names->slots[i];
}

static void names_grow(struct names *names)
{
    names->n_slots = names->n_slots ? names->n_slots * 2 : 64;
    free(names->slots);
    names->slots = mem_new(names->n_slots * sizeof *names->slots);
    memset(names->slots, 0, names->n_slots * sizeof *names->slots);
    for (uint32_t i = 0; i < names->n; i++) {
        *names_slot(names, names->v[i]) = i + 1;
    }
}

void names_add(struct names *names, struct text name)
{
    if (names->n * 2 >= names->n_slots) {
        names_grow(names);
    }
    uint32_t *slot = names_slot(names, name);
    if (*slot == 0) {
        array_room(names->v, names->n, names->cap);
        names->v[names->n++] = name;
        *slot = names->n;
    }
}

bool names_has(const struct names *names, struct text name)
{
    return names->n && *names_slot(names, name);
}

static void names_done(struct names *names)
{
    free(names->v);
    free(names->slots);
}

struct text names_nearest(struct resolve *r, const struct names *names, struct text wanted)
{
    uint32_t n = names->n < NEAREST_SLICE ? names->n : NEAREST_SLICE;
    bool fresh = r->looked < LOOKED_MAX;
    r->looked += n;
    return fresh ? text_nearest(wanted, names->v, n) : (struct text){0};
}

struct text unit_fact_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->facts[i + 1].name);
}

struct text unit_nearest(struct resolve *r, struct text wanted, uint32_t n,
                         struct text (*name)(const struct scenario *s, uint32_t i))
{
    struct text slice[NEAREST_SLICE], best[2] = {0};
    for (uint32_t i = 0; i < n && r->looked < LOOKED_MAX;) {
        uint32_t k = 0;
        for (; k < NEAREST_SLICE && i < n; k++, i++, r->looked++) {
            slice[k] = name(r->s, i);
        }
        best[1] = text_nearest(wanted, slice, k);
        best[0] = best[0].len && best[1].len ? text_nearest(wanted, best, 2) : best[0].len ? best[0] : best[1];
    }
    return best[0];
}

/* ---- the walk over a scenario ---- */

static void unit_read(struct resolve *r, int kind, struct text text, struct span at)
{
    r->kind = kind;
    r->at = at;
    r->failed = r->scores = r->goes = false;
    tokens_read(&r->t, text);
    code_scan(r);
}

static void facts_check(struct resolve *r)
{
    const struct scenario *s = r->s;
    for (uint32_t i = 1; i <= s->n_facts; i++) {
        struct text name = scenario_name(s, s->facts[i].name);
        if (code_name_known(name)) {
            errs_add(r->es, MSG_CODE_FACT_NAME, scenario_span(s, s->facts[i].at), name, (struct text){0},
                     (struct text){0});
        }
    }
}

enum { SCORES = 1, GOES = 2 };

/* Reads every code; what each calls goes to CALLS, one byte a code. */
static void codes_read(struct resolve *r, uint8_t *calls)
{
    struct scenario *s = r->s;
    array_room(r->ops, r->n_ops, r->cap_ops);
    r->ops[r->n_ops++] = (struct op){0};
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        struct code *c = &s->codes[i];
        c->lua = true;
        if (r->es->errors >= ERRS_MAX) { /* nothing more would be said, and nothing will be played */
            continue;
        }
        unit_read(r, c->kind, c->text, c->at);
        calls[i] = (uint8_t)((r->scores ? SCORES : 0) | (r->goes ? GOES : 0));
        c->lua = r->failed || !code_compile(r, c) || s->limits.lua_only;
    }
    s->ops = arena_array(&s->arena, struct op, r->n_ops);
    memcpy(s->ops, r->ops, r->n_ops * sizeof *r->ops);
    s->n_ops = r->n_ops - 1;
}

/* Statements of a scene itself, where no answer is being played. */
static void places_check(struct resolve *r, const uint8_t *calls)
{
    const struct scenario *s = r->s;
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        for (uint32_t k = 0; k < s->scenes[i].n_nodes; k++) {
            const struct node *n = &s->nodes[s->scenes[i].first_node + k];
            if (n->kind == NODE_DO && calls[n->ref]) {
                errs_add(r->es, MSG_CODE_PLACE, scenario_span(s, n->at),
                         calls[n->ref] & SCORES ? TEXT("score") : TEXT("go"), (struct text){0}, (struct text){0});
            }
        }
    }
}

static void reasons_keep(struct resolve *r)
{
    struct scenario *s = r->s;
    s->n_script_words = r->reasons.n;
    s->script_words = arena_array(&s->arena, struct text, r->reasons.n + 1);
    s->script_words_id = arena_array(&s->arena, words_id, r->reasons.n + 1);
    for (uint32_t i = 0; i < r->reasons.n; i++) {
        s->script_words[i] = r->reasons.v[i];
    }
}

void codes_resolve(struct scenario *s, struct errs *es)
{
    struct resolve r = {.s = s, .es = es};
    uint8_t *calls = mem_new(s->n_codes + 1u);
    if (!s->move_mark) {
        s->move_mark = arena_array(&s->arena, uint32_t, s->rubric.n_moves + 1);
    }
    facts_check(&r);
    for (uint32_t i = 1; i <= s->n_scripts; i++) {
        unit_read(&r, UNIT_SCRIPT, s->scripts[i].bytes, s->scripts[i].at);
    }
    memset(calls, 0, s->n_codes + 1u);
    codes_read(&r, calls);
    places_check(&r, calls);
    reasons_keep(&r);
    for (uint32_t i = 1; i <= s->n_options; i++) {
        if (s->options[i].once && s->options[i].mark == 0) {
            s->options[i].mark = ++s->n_marks;
        }
    }
    tokens_done(&r.t);
    buf_done(&r.scratch);
    free(r.ops);
    names_done(&r.globals);
    names_done(&r.reasons);
    free(calls);
}

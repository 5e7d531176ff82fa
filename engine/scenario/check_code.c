/* check_code.c -- what conditions, statements and scripts mention: facts read, facts changed, scenes they go() to.
 *
 * What stays inside the small language is read from its compiled form.  Of Lua only the tokens are walked: a fact's
 * bare name before a single `=` is a change, anywhere else a use; `go("…")` is a way to a scene.  That errs on the
 * side of saying nothing: a name in dead code counts as used.  Whether ids exist has been checked (code_resolve.h). */
#include "scenario/check.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/code.h"
#include "scenario/token.h"

/* Growing list of scenes. */
struct targets {
    uint32_t *v;
    uint32_t n, cap;
};

/* FUNCTION was called with the string ID before all else. */
static void take_call(struct check *c, struct text function, struct text id, struct targets *go)
{
    if (text_is(function, "score")) {
        c->comp_scored[scenario_comp(c->s, id).i] = true;
        return;
    }
    scene_id to = scenario_scene(c->s, id);
    array_room(go->v, go->n, go->cap);
    if (to.i)
        go->v[go->n++] = to.i;
}

/* The name that token I is, if it is one and no step into a table. */
static struct text bare_name(const struct tokens *t, uint32_t i)
{
    bool field = i && (token_is(t, i - 1, '.') || token_is(t, i - 1, ':'));
    return t->v[i].kind == TOK_NAME && !field ? token_text(t, i) : (struct text){0};
}

/* Walks one piece of Lua; FACTS are numbers of facts by name_id, T and SCRATCH are only memory. */
static void walk(struct check *c, const uint32_t *facts, struct tokens *t, struct buf *scratch, struct text lua,
                 struct targets *go)
{
    tokens_read(t, lua);
    for (uint32_t i = 0; i < t->n; i++) {
        struct text name = bare_name(t, i);
        if (!name.len)
            continue;
        bool sets = token_is(t, i + 1, '=');
        uint32_t f = facts[scenario_name_find(c->s, name).i];
        c->fact_changed[f] |= sets || token_is(t, i + 1, ',');
        c->fact_read[f] |= !sets;
        if (text_is(name, "pick") && (sets || (i && token_word(t, i - 1, WORD_FUNCTION))))
            c->picks = true;
        uint32_t id = token_is(t, i + 1, '(') ? i + 2 : i + 1;
        if ((text_is(name, "go") || text_is(name, "score")) && id < t->n && t->v[id].kind == TOK_STRING)
            take_call(c, name, token_string(t, id, scratch), go);
    }
}

/* What stays inside the small language: a fact that is only used to compute itself is changed, not read. */
static void walk_ops(struct check *c, const struct code *code)
{
    const struct op *ops = c->s->ops + code->first_op;
    uint32_t done = 0;
    for (uint32_t i = 0; i <= code->n_ops; i++) {
        if (i < code->n_ops && ops[i].kind != OP_SET)
            continue;
        uint32_t set = i < code->n_ops ? ops[i].ref : 0;
        for (; done < i; done++)
            if (ops[done].kind == OP_FACT && ops[done].ref != set)
                c->fact_read[ops[done].ref] = true;
        if (set)
            c->fact_changed[set] = true;
        done = i + 1;
    }
}

void check_code(struct check *c)
{
    const struct scenario *s = c->s;
    c->fact_read = arena_array(&c->scratch, bool, s->n_facts + 1);
    c->fact_changed = arena_array(&c->scratch, bool, s->n_facts + 1);
    c->comp_scored = arena_array(&c->scratch, bool, s->rubric.n_comps + 1);
    c->go_first = arena_array(&c->scratch, uint32_t, s->n_codes + 2);
    uint32_t *facts = arena_array(&c->scratch, uint32_t, s->n_names + 1); /* by name */
    for (uint32_t i = 1; i <= s->n_facts; i++)
        facts[s->facts[i].name.i] = i;
    facts[0] = 0;
    struct targets go = {0}, script = {0};
    struct tokens tokens = {0};
    struct buf scratch = {0};
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        c->go_first[i] = go.n;
        if (s->codes[i].lua)
            walk(c, facts, &tokens, &scratch, s->codes[i].text, &go);
        else
            walk_ops(c, &s->codes[i]);
    }
    c->go_first[s->n_codes + 1] = go.n;
    for (uint32_t i = 1; i <= s->n_scripts; i++)
        walk(c, facts, &tokens, &scratch, s->scripts[i].bytes, &script);
    c->go_to = arena_array(&c->scratch, uint32_t, go.n + 1);
    c->script_go = arena_array(&c->scratch, uint32_t, script.n + 1);
    if (go.n)
        memcpy(c->go_to, go.v, go.n * sizeof *go.v);
    if (script.n)
        memcpy(c->script_go, script.v, script.n * sizeof *script.v);
    c->n_script_go = script.n;
    free(go.v);
    free(script.v);
    tokens_done(&tokens);
    buf_done(&scratch);
}

/* check_code.c -- what conditions, statements and scripts mention: facts read, facts changed, scenes they go() to.
 *
 * What stays inside the small language is read from its compiled form.  Of Lua only the tokens are walked: a fact's
 * bare name before a single `=` is a change, anywhere else a use; `go("…")` is a way to a scene.  That errs on the
 * side of saying nothing: a name in dead code counts as used.  Whether ids exist has been checked (code_resolve.h). */
#include "scenario/check.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/code.h"

enum token { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_SIGN };

/* The scan of one piece of Lua. */
struct scan {
    const char *at, *end;
    struct text token; /* a string without its quotes */
};

static bool name_byte(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_';
}

/* Number of `=` in a long bracket that opens at P, or -1. */
static int bracket_level(const struct scan *sc, const char *p)
{
    if (p >= sc->end || *p != '[')
        return -1;
    const char *q = p + 1;
    while (q < sc->end && *q == '=')
        q++;
    return q < sc->end && *q == '[' ? (int)(q - p - 1) : -1;
}

/* Takes a long bracket of LEVEL that opens where the scan stands. */
static void take_bracket(struct scan *sc, int level)
{
    const char *from = sc->at + level + 2;
    for (const char *p = from; p < sc->end; p++) {
        if (*p != ']')
            continue;
        const char *q = p + 1;
        while (q < sc->end && *q == '=')
            q++;
        if (q < sc->end && *q == ']' && q - p - 1 == level) {
            sc->token = text_from(from, (size_t)(p - from));
            sc->at = q + 1;
            return;
        }
        p = q - 1;
    }
    sc->token = text_from(sc->end, 0);
    sc->at = sc->end;
}

static void skip_comment(struct scan *sc)
{
    sc->at += 2;
    int level = bracket_level(sc, sc->at);
    if (level >= 0) {
        take_bracket(sc, level);
        return;
    }
    while (sc->at < sc->end && *sc->at != '\n')
        sc->at++;
}

static enum token take_string(struct scan *sc)
{
    char quote = *sc->at++;
    const char *from = sc->at;
    while (sc->at < sc->end && *sc->at != quote && *sc->at != '\n') {
        if (*sc->at == '\\' && sc->at + 1 < sc->end)
            sc->at++;
        sc->at++;
    }
    sc->token = text_from(from, (size_t)(sc->at - from));
    if (sc->at < sc->end)
        sc->at++;
    return TOKEN_STRING;
}

static enum token scan_next(struct scan *sc)
{
    for (;;) {
        while (sc->at < sc->end && (*sc->at == ' ' || (*sc->at >= '\t' && *sc->at <= '\r')))
            sc->at++;
        if (sc->end - sc->at >= 2 && sc->at[0] == '-' && sc->at[1] == '-')
            skip_comment(sc);
        else
            break;
    }
    if (sc->at >= sc->end)
        return TOKEN_END;
    if (*sc->at == '"' || *sc->at == '\'')
        return take_string(sc);
    int level = bracket_level(sc, sc->at);
    if (level >= 0) {
        take_bracket(sc, level);
        return TOKEN_STRING;
    }
    const char *from = sc->at++;
    bool name = name_byte(*from);
    while (name && sc->at < sc->end && name_byte(*sc->at))
        sc->at++;
    if (!name && sc->at < sc->end && *sc->at == '=' && strchr("=~<>", *from))
        sc->at++; /* == ~= <= >= are one sign, unlike the = of an assignment */
    while (*from == '.' && sc->at < sc->end && *sc->at == '.')
        sc->at++; /* a joining .. is no step into a table */
    sc->token = text_from(from, (size_t)(sc->at - from));
    return name ? TOKEN_NAME : TOKEN_SIGN;
}

/* Facts by name: open addressing, because the walk meets a name for every few bytes of script. */
struct fact_table {
    uint32_t *slots;
    uint32_t mask;
};

static struct fact_table table_make(struct check *c)
{
    uint32_t size = 4;
    while (size < 2 * (c->s->n_facts + 1))
        size *= 2;
    struct fact_table t = {arena_array(&c->scratch, uint32_t, size), size - 1};
    for (uint32_t f = 1; f <= c->s->n_facts; f++) {
        uint32_t i = (uint32_t)text_hash(scenario_name(c->s, c->s->facts[f].name)) & t.mask;
        while (t.slots[i])
            i = (i + 1) & t.mask;
        t.slots[i] = f;
    }
    return t;
}

static uint32_t table_find(const struct check *c, const struct fact_table *t, struct text name)
{
    uint32_t i = (uint32_t)text_hash(name) & t->mask;
    while (t->slots[i] && !text_eq(scenario_name(c->s, c->s->facts[t->slots[i]].name), name))
        i = (i + 1) & t->mask;
    return t->slots[i];
}

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

/* Walks one piece of Lua. */
static void walk(struct check *c, const struct fact_table *facts, struct text lua, struct targets *go)
{
    struct scan sc = {lua.at, lua.at + lua.len, {0}};
    struct text name = {0}, before = {0}; /* a name that waits for what follows it, and what stood before it */
    struct text calls = {0};              /* go or score, with or without its ( */
    enum token t;
    do {
        t = scan_next(&sc);
        bool sets = t == TOKEN_SIGN && text_is(sc.token, "=");
        uint32_t f = name.len && !text_is(before, ".") ? table_find(c, facts, name) : 0;
        if (f) {
            c->fact_changed[f] |= sets || (t == TOKEN_SIGN && text_is(sc.token, ","));
            c->fact_read[f] |= !sets;
        }
        if (text_is(name, "pick") && (sets || text_is(before, "function")))
            c->picks = true;
        if (calls.len && t == TOKEN_STRING)
            take_call(c, calls, sc.token, go);
        if (t == TOKEN_NAME && (text_is(sc.token, "go") || text_is(sc.token, "score")))
            calls = sc.token;
        else if (t != TOKEN_SIGN || !text_is(sc.token, "("))
            calls = (struct text){0};
        before = name.len ? name : before;
        name = (struct text){0};
        if (t == TOKEN_NAME)
            name = sc.token;
        else if (t != TOKEN_END)
            before = sc.token;
    } while (t != TOKEN_END);
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
    struct fact_table facts = table_make(c);
    struct targets go = {0}, script = {0};
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        c->go_first[i] = go.n;
        if (s->codes[i].lua)
            walk(c, &facts, s->codes[i].text, &go);
        else
            walk_ops(c, &s->codes[i]);
    }
    c->go_first[s->n_codes + 1] = go.n;
    for (uint32_t i = 1; i <= s->n_scripts; i++)
        walk(c, &facts, s->scripts[i].bytes, &script);
    c->go_to = arena_array(&c->scratch, uint32_t, go.n + 1);
    c->script_go = arena_array(&c->scratch, uint32_t, script.n + 1);
    if (go.n)
        memcpy(c->go_to, go.v, go.n * sizeof *go.v);
    if (script.n)
        memcpy(c->script_go, script.v, script.n * sizeof *script.v);
    c->n_script_go = script.n;
    free(go.v);
    free(script.v);
}

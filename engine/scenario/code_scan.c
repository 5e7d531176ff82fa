/* code_scan.c -- what a piece of Lua mentions.
 *
 * Blocks and local names are followed token by token, which needs no grammar of expressions: a name is a local, a key
 * or field, a fact, a function of the engine or of a script, or a mistake.  Where a local begins a little early (`local
 * x = x`) nothing is reported that is right.
 * Does not compile, and does not judge what Lua itself judges. */
#include "scenario/code_resolve.h"
#include "scenario/code_unit.h"

#include <stdlib.h>
#include <string.h>

enum block_kind { BLOCK_FUNCTION = 1, BLOCK_PLAIN, BLOCK_WAITS /* for and while before their do */, BLOCK_BRACE };

struct block {
    uint8_t kind;
    uint32_t locals; /* so many names were local when it began */
};

struct local {
    struct text name;
    uint32_t functions; /* nesting of the function that declares it */
};

struct scan {
    struct resolve *r;
    const struct tokens *t;
    struct block *blocks;
    struct local *locals;
    uint32_t n_blocks, cap_blocks, n_locals, cap_locals, functions;
};

enum { OPTIONS_NEAR = 27 }; /* a decision's options and its no-answer */

/* ---- names the language has from the start ---- */

enum asks { ASKS_NOTHING, ASKS_SCENE, ASKS_OPTION, ASKS_TIMES, ASKS_MOVE, ASKS_POINTS, ASKS_SCORE, ASKS_GO };

struct known {
    const char *name;
    enum asks asks;
};

static const struct known known[] = {
    {"answer", 0}, {"assert", 0}, {"chose", ASKS_OPTION}, {"error", 0}, {"go", ASKS_GO}, {"ipairs", 0}, {"math", 0},
    {"moves", ASKS_MOVE}, {"pairs", 0}, {"pcall", 0}, {"points", ASKS_POINTS}, {"random", 0}, {"role", 0},
    {"score", ASKS_SCORE}, {"seen", ASKS_SCENE}, {"select", 0}, {"string", 0}, {"table", 0}, {"times", ASKS_TIMES},
    {"tonumber", 0}, {"tostring", 0}, {"turn", 0}, {"type", 0}, {"utf8", 0},
};

static const struct known *known_find(struct text name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].name[0] == name.at[0] && text_is(name, known[i].name)) {
            return &known[i];
        }
    }
    return NULL;
}

bool code_name_known(struct text name)
{
    return name.len && known_find(name);
}

static struct text known_name(const struct scenario *s, uint32_t i)
{
    (void)s;
    return text_of(known[i].name);
}

/* ---- blocks and locals ---- */

static void block_open(struct scan *c, enum block_kind kind)
{
    array_room(c->blocks, c->n_blocks, c->cap_blocks);
    c->blocks[c->n_blocks++] = (struct block){.kind = (uint8_t)kind, .locals = c->n_locals};
    c->functions += kind == BLOCK_FUNCTION;
}

static void block_close(struct scan *c)
{
    if (c->n_blocks) {
        struct block *b = &c->blocks[--c->n_blocks];
        c->n_locals = b->locals;
        c->functions -= b->kind == BLOCK_FUNCTION;
    }
}

static bool in_brace(const struct scan *c)
{
    return c->n_blocks && c->blocks[c->n_blocks - 1].kind == BLOCK_BRACE;
}

static void report(struct scan *c, enum msg code, uint32_t from, uint32_t to, struct text a1, struct text a2)
{
    unit_err(c->r, code, from, to, a1, a2, (struct text){0});
}

/* The environment is the fence: nothing may replace it. */
static bool is_env(struct scan *c, uint32_t i)
{
    bool env = text_is(token_text(c->t, i), "_ENV");
    if (env) {
        report(c, MSG_CODE_ENV, i, i + 1, (struct text){0}, (struct text){0});
    }
    return env;
}

static void local_add(struct scan *c, uint32_t i)
{
    is_env(c, i);
    array_room(c->locals, c->n_locals, c->cap_locals);
    c->locals[c->n_locals++] = (struct local){token_text(c->t, i), c->functions};
}

static const struct local *local_find(const struct scan *c, struct text name)
{
    for (uint32_t i = c->n_locals; i-- > 0;) {
        if (text_eq(c->locals[i].name, name)) {
            return &c->locals[i];
        }
    }
    return NULL;
}

static bool is_name(const struct scan *c, uint32_t i)
{
    return i < c->t->n && c->t->v[i].kind == TOK_NAME;
}

/* Names from I on, with commas and attributes between; returns what stands behind them. */
static uint32_t locals_read(struct scan *c, uint32_t i)
{
    while (is_name(c, i)) {
        local_add(c, i++);
        if (token_is(c->t, i, '<') && is_name(c, i + 1) && token_is(c->t, i + 2, '>')) {
            i += 3;
        }
        if (!token_is(c->t, i, ',')) {
            break;
        }
        i++;
    }
    return i;
}

/* ---- ids ---- */

static struct text scene_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->scenes[i + 1].name);
}

static struct text comp_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->rubric.comps[i + 1].name);
}

static struct text move_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->rubric.moves[i + 1].name);
}

static struct text decision_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->decisions[i + 1].name);
}

static struct text option_name(const struct scenario *s, uint32_t i)
{
    return scenario_name(s, s->options[i + 1].name);
}

static void mark_give(struct scenario *s, uint32_t *mark)
{
    if (*mark == 0) {
        *mark = ++s->n_marks;
    }
}

/* "first/listen" for an ID that is nearly so. */
static void option_near(struct scan *c, struct text id, size_t slash, struct buf *out)
{
    const struct scenario *s = c->r->s;
    struct text d = text_from(id.at, slash), options[OPTIONS_NEAR];
    if (!scenario_decision(s, d).i) {
        d = unit_nearest(c->r, d, s->n_decisions, decision_name);
    }
    const struct decision *found = &s->decisions[d.len ? scenario_decision(s, d).i : 0];
    uint32_t n = d.len && found->n < OPTIONS_NEAR ? found->n : 0;
    for (uint32_t i = 0; i < n; i++) {
        options[i] = scenario_name(s, s->options[found->first + i].name);
    }
    struct text o = text_nearest(text_from(id.at + slash + 1, id.len - slash - 1), options, n);
    if (o.len) {
        buf_printf(out, "%.*s/%.*s", (int)d.len, d.at, (int)o.len, o.at);
    }
}

/* No option is called so: says whether several are, or which is near. */
static void option_unknown(struct scan *c, uint32_t i, struct text id)
{
    const struct scenario *s = c->r->s;
    const char *slash = id.len ? memchr(id.at, '/', id.len) : NULL;
    enum msg code = MSG_CODE_OPTION_UNKNOWN;
    struct buf near = {0};
    for (uint32_t k = 1; !slash && k <= s->n_options && !near.len; k++) {
        if (text_eq(scenario_name(s, s->options[k].name), id)) {
            struct text d = scenario_name(s, s->decisions[s->options[k].decision.i].name);
            buf_printf(&near, "%.*s/%.*s", (int)d.len, d.at, (int)id.len, id.at);
            code = MSG_CODE_OPTION_AMBIGUOUS;
        }
    }
    if (slash) {
        option_near(c, id, (size_t)(slash - id.at), &near);
    } else if (!near.len) {
        buf_text(&near, unit_nearest(c->r, id, s->n_options, option_name));
    }
    report(c, code, i, i + 1, id, buf_view(&near));
    buf_done(&near);
}

/* ID is what the call asks about: it must exist, and from now on it has a mark. */
static void ask(struct scan *c, enum asks asks, uint32_t i)
{
    struct scenario *s = c->r->s;
    struct text id = token_string(c->t, i, &c->r->scratch);
    if (asks == ASKS_SCENE || asks == ASKS_GO) {
        scene_id scene = scenario_scene(s, id);
        if (!scene.i) {
            report(c, MSG_CODE_SCENE_UNKNOWN, i, i + 1, id, unit_nearest(c->r, id, s->n_scenes, scene_name));
        } else if (asks == ASKS_SCENE) {
            mark_give(s, &s->scenes[scene.i].mark);
        }
    } else if (asks == ASKS_OPTION || asks == ASKS_TIMES) {
        option_id option = scenario_option(s, id);
        if (option.i) {
            mark_give(s, &s->options[option.i].mark);
        } else {
            option_unknown(c, i, id);
        }
    } else if (asks == ASKS_MOVE) {
        move_id move = scenario_move(s, id);
        if (move.i) {
            mark_give(s, &s->move_mark[move.i]);
        } else {
            report(c, MSG_CODE_MOVE_UNKNOWN, i, i + 1, id, unit_nearest(c->r, id, s->rubric.n_moves, move_name));
        }
    } else if (!scenario_comp(s, id).i) {
        report(c, MSG_CODE_COMPETENCY_UNKNOWN, i, i + 1, id,
               unit_nearest(c->r, id, s->rubric.n_comps, comp_name));
    }
}

/* ---- calls ---- */

/* Words for trainees hold a blank or something beyond ASCII; an id does not. */
static bool is_words(struct text t)
{
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == ' ' || (unsigned char)t.at[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

/* The last argument of the call that opens at I, where it is one literal; else 0. */
static uint32_t last_literal(const struct scan *c, uint32_t i)
{
    int depth = 0;
    for (; i < c->t->n; i++) {
        if (token_is(c->t, i, '(')) {
            depth++;
        } else if (token_is(c->t, i, ')') && --depth == 0) {
            bool alone = c->t->v[i - 1].kind == TOK_STRING && (token_is(c->t, i - 2, ',') || token_is(c->t, i - 2, '('));
            return alone ? i - 1 : 0;
        }
    }
    return 0;
}

/* A reason given literally, to score() or to a script's function that hands it on, is words to translate. */
static void keep_reason(struct scan *c, uint32_t open, bool scores)
{
    uint32_t i = token_is(c->t, open, '(') ? last_literal(c, open) : 0;
    if (i < open + (scores ? 2 : 1)) {
        return;
    }
    struct text words = token_string(c->t, i, &c->r->scratch);
    if (words.len && (scores || is_words(words)) && !names_has(&c->r->reasons, words)) {
        names_add(&c->r->reasons, text_keep(&c->r->s->arena, words));
    }
}

/* At the name of a function of the engine. */
static void call(struct scan *c, const struct known *k, uint32_t i)
{
    struct resolve *r = c->r;
    if (k->asks == ASKS_NOTHING) {
        return;
    }
    bool paren = token_is(c->t, i + 1, '(');
    uint32_t id = paren ? i + 2 : i + 1;
    bool literal = id < c->t->n && c->t->v[id].kind == TOK_STRING;
    if (literal && paren) {
        literal = token_is(c->t, id + 1, ')') || (k->asks == ASKS_SCORE && token_is(c->t, id + 1, ','));
    }
    if (!literal) {
        report(c, MSG_CODE_ID_LITERAL, i, i + 1, token_text(c->t, i), (struct text){0});
        return;
    }
    if (k->asks == ASKS_SCORE || k->asks == ASKS_GO) {
        *(k->asks == ASKS_SCORE ? &r->scores : &r->goes) = true;
        if (r->kind == UNIT_WHEN) {
            report(c, MSG_CODE_EFFECT, i, i + 1, token_text(c->t, i), (struct text){0});
        }
        if (k->asks == ASKS_SCORE) {
            keep_reason(c, i + 1, true);
        }
    }
    ask(c, k->asks, id);
}

/* ---- assignments ---- */

/* Steps back over the variable that ends at I; *SIMPLE where it is a bare name.  Returns the token before it. */
static uint32_t variable_back(const struct scan *c, uint32_t i, bool *simple)
{
    *simple = true;
    for (;; *simple = false) {
        while (i && (token_is(c->t, i, ']') || token_is(c->t, i, ')'))) {
            int depth = 0;
            *simple = false;
            for (; i; i--) {
                depth += token_is(c->t, i, ']') || token_is(c->t, i, ')');
                depth -= token_is(c->t, i, '[') || token_is(c->t, i, '(');
                if (depth == 0) {
                    break;
                }
            }
            i -= i > 0;
        }
        if (i == 0 || !is_name(c, i)) {
            return i;
        }
        i--;
        if (i == 0 || !(token_is(c->t, i, '.') || token_is(c->t, i, ':'))) {
            return i;
        }
        i--;
    }
}

/* A name is given a value. */
static void assigned(struct scan *c, uint32_t i)
{
    struct resolve *r = c->r;
    struct text name = token_text(c->t, i);
    const struct local *local = local_find(c, name);
    if (local) {
        if (r->kind == UNIT_SCRIPT && local->functions < c->functions) {
            report(c, MSG_SCRIPT_KEEPS, i, i + 1, name, (struct text){0});
        }
        return;
    }
    if (code_name_known(name)) {
        report(c, MSG_CODE_READ_ONLY, i, i + 1, name, (struct text){0});
    } else if (r->kind == UNIT_SCRIPT && !scenario_fact(r->s, name).i) {
        names_add(&r->globals, name);
    }
}

/* At a '=' that is not a key's: every bare name left of it. */
static void assignment(struct scan *c, uint32_t equals)
{
    uint32_t i = equals;
    do {
        bool simple;
        uint32_t end = i - 1, before = variable_back(c, end, &simple);
        if (i == 0 || (!simple && before == end)) {
            return;
        }
        if (is_name(c, end) && simple) {
            assigned(c, end);
        }
        i = before;
    } while (i && token_is(c->t, i, ','));
}

/* ---- the walk ---- */

/* At `function`: its name, its parameters and its block; returns the last token used. */
static uint32_t function(struct scan *c, uint32_t i)
{
    bool local = i && token_word(c->t, i - 1, WORD_LOCAL), method = false;
    uint32_t name = i + 1;
    if (is_name(c, name)) {
        bool plain = !token_is(c->t, name + 1, '.') && !token_is(c->t, name + 1, ':');
        if (local) {
            local_add(c, name);
        } else if (plain) {
            assigned(c, name);
        }
        for (i = name; token_is(c->t, i + 1, '.') || token_is(c->t, i + 1, ':'); i += 2) {
            method = token_is(c->t, i + 1, ':');
        }
    }
    block_open(c, BLOCK_FUNCTION);
    if (method) {
        array_room(c->locals, c->n_locals, c->cap_locals);
        c->locals[c->n_locals++] = (struct local){TEXT("self"), c->functions};
    }
    if (token_is(c->t, i + 1, '(')) {
        i = locals_read(c, i + 2) - 1;
    }
    return i;
}

/* At a reserved word; returns the last token used. */
static uint32_t word(struct scan *c, uint32_t i)
{
    switch ((enum lua_word)c->t->v[i].op) {
    case WORD_LOCAL:
        return locals_read(c, i + 1) - 1;
    case WORD_FUNCTION:
        return function(c, i);
    case WORD_FOR:
        block_open(c, BLOCK_WAITS);
        return locals_read(c, i + 1) - 1;
    case WORD_WHILE:
        block_open(c, BLOCK_WAITS);
        return i;
    case WORD_IF:
    case WORD_REPEAT:
        block_open(c, BLOCK_PLAIN);
        return i;
    case WORD_DO:
        if (c->n_blocks && c->blocks[c->n_blocks - 1].kind == BLOCK_WAITS) {
            c->blocks[c->n_blocks - 1].kind = BLOCK_PLAIN;
        } else {
            block_open(c, BLOCK_PLAIN);
        }
        return i;
    case WORD_ELSE:
    case WORD_ELSEIF:
        if (c->n_blocks) {
            c->n_locals = c->blocks[c->n_blocks - 1].locals;
        }
        return i;
    case WORD_UNTIL: /* its condition still sees the block's locals */
        if (c->n_blocks) {
            c->blocks[c->n_blocks - 1].locals = c->n_locals;
        }
        block_close(c);
        return i;
    case WORD_END:
        block_close(c);
        return i;
    case WORD_GOTO:
        return is_name(c, i + 1) ? i + 1 : i;
    default:
        return i;
    }
}

static struct text any_name(const struct scenario *s, uint32_t i)
{
    return i < s->n_facts ? unit_fact_name(s, i) : known_name(s, i - s->n_facts);
}

/* At a name that is no field. */
static void name(struct scan *c, uint32_t i)
{
    struct resolve *r = c->r;
    struct text n = token_text(c->t, i);
    if (is_env(c, i)) {
        return;
    }
    if ((in_brace(c) && token_is(c->t, i + 1, '=')) || local_find(c, n) || scenario_fact(r->s, n).i) {
        return;
    }
    const struct known *k = known_find(n);
    if (k && !token_is(c->t, i + 1, '=')) {
        call(c, k, i);
    } else if (k) {
        return; /* reported at the = */
    } else if (names_has(&r->globals, n)) {
        keep_reason(c, i + 1, false);
    } else if (r->kind != UNIT_SCRIPT && !code_foreign_name(r, i)) {
        uint32_t count = r->s->n_facts + (uint32_t)(sizeof known / sizeof *known);
        struct text near = unit_nearest(r, n, count, any_name);
        report(c, MSG_CODE_NAME_UNKNOWN, i, i + 1, n, near.len ? near : names_nearest(&r->globals, n));
    }
}

static uint32_t op(struct scan *c, uint32_t i)
{
    switch (c->t->v[i].op) {
    case '{':
        block_open(c, BLOCK_BRACE);
        return i;
    case '}':
        if (in_brace(c)) {
            block_close(c);
        }
        return i;
    case '.':
    case ':':
        return is_name(c, i + 1) ? i + 1 : i;
    case OP2(':', ':'):
        return is_name(c, i + 1) && token_is(c->t, i + 2, OP2(':', ':')) ? i + 2 : i;
    case '=':
        if (in_brace(c) || i == 0) {
            return i;
        }
        if (c->r->kind == UNIT_WHEN && c->functions == 0) {
            report(c, MSG_CODE_ASSIGNS, i, i + 1, (struct text){0}, (struct text){0});
        } else {
            assignment(c, i);
        }
        return i;
    default:
        return i;
    }
}

void code_scan(struct resolve *r)
{
    if (r->kind == UNIT_WHEN && r->t.comment != r->t.comment_to) {
        struct span at = unit_span(r, r->t.comment, r->t.comment_to);
        errs_add(r->es, MSG_CODE_COMMENT, at, (struct text){0}, (struct text){0}, (struct text){0});
        r->failed = true;
    }
    if (!code_foreign(r)) {
        return;
    }
    struct scan c = {.r = r, .t = &r->t};
    for (uint32_t i = 0; i < r->t.n; i++) {
        switch ((enum token_kind)r->t.v[i].kind) {
        case TOK_WORD:
            i = word(&c, i);
            break;
        case TOK_NAME:
            name(&c, i);
            break;
        case TOK_OP:
            i = op(&c, i);
            break;
        case TOK_END:
        case TOK_STRING:
        case TOK_NUMBER:
        case TOK_BAD:
            break;
        }
    }
    free(c.blocks);
    free(c.locals);
}

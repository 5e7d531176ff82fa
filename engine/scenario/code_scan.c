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
    uint32_t hash;
    uint32_t functions; /* nesting of the function that declares it */
};

struct scan {
    struct resolve *r;
    const struct tokens *t;
    struct block *blocks;
    struct local *locals;
    uint32_t n_blocks, cap_blocks, n_locals, cap_locals, functions;
    bool full; /* more locals than LOCALS_MAX were reported */
};

enum {
    LOCALS_MAX = 1000,  /* seen at once; Lua itself allows 200 a function */
    TARGET_TOKENS = 100 /* looked back over for the left side of an assignment */
};

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

static void local_push(struct scan *c, struct text name)
{
    array_room(c->locals, c->n_locals, c->cap_locals);
    c->locals[c->n_locals++] = (struct local){name, (uint32_t)text_hash(name), c->functions};
}

static void local_add(struct scan *c, uint32_t i)
{
    is_env(c, i);
    if (c->n_locals < LOCALS_MAX) {
        local_push(c, token_text(c->t, i));
    } else if (!c->full) {
        report(c, MSG_CODE_LOCALS, i, i + 1, (struct text){0}, (struct text){0});
        c->full = true;
    }
}

static const struct local *local_find(const struct scan *c, struct text name)
{
    uint32_t hash = (uint32_t)text_hash(name);
    for (uint32_t i = c->n_locals; i-- > 0;) {
        if (c->locals[i].hash == hash && text_eq(c->locals[i].name, name)) {
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

/* ---- assignments ---- */

/* Steps back over the variable that ends at I; *SIMPLE where it is a bare name.  Returns the token before it. */
static uint32_t variable_back(const struct scan *c, uint32_t i, bool *simple)
{
    *simple = true;
    for (;; *simple = false) {
        while (i && (token_is(c->t, i, ']') || token_is(c->t, i, ')'))) {
            int depth = 0;
            *simple = false;
            for (uint32_t stop = i > TARGET_TOKENS ? i - TARGET_TOKENS : 0; i > stop; i--) {
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
        local_push(c, TEXT("self"));
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
    if (code_call(r, i)) {
        return;
    }
    if (names_has(&r->globals, n)) {
        code_reason(r, i + 1, false);
    } else if (r->kind != UNIT_SCRIPT && !code_foreign_name(r, i)) {
        code_unknown(r, i);
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

/* load.c -- compiling scripts and snippets.
 *
 * Scripts are run once, and what they define is frozen.  Snippets are compiled 250 at a time, since a Lua chunk costs
 * more than a function in it.  A batch could change the language -- a snippet that closes its function and opens
 * another -- so each function must begin and end on the lines that were written for it; else, and after any error,
 * that batch is compiled one by one, and each mistake is found at its place. */
#include "script/host.h"

#include "scenario/code_resolve.h"
#include "scenario/token.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 250 };

/* ---- scripts ---- */

static void report(struct lua_host *h, int status, struct errs *es)
{
    struct err err = {0};
    fault_err(h, status, &err);
    errs_push(es, &err);
}

/* Everything that may raise, as one protected call. */
static int script_run(lua_State *L)
{
    struct lua_host *h = host_of(L);
    h->metered = true;
    lua_call(L, 0, 0);
    h->metered = false;
    freeze_all(L);
    return 0;
}

static void load_script(struct lua_host *h, uint32_t i, struct errs *es)
{
    lua_State *L = h->L;
    const struct script *s = &h->s->scripts[i];
    h->home = (struct place){.script = i};
    lua_pushcfunction(L, script_run);
    char name[16] = "=s";
    char *p = name + sizeof name - 1;
    for (uint32_t n = i; n; n /= 10) {
        *--p = (char)('0' + n % 10);
    }
    memmove(name + 2, p, (size_t)(name + sizeof name - p));
    if (luaL_loadbufferx(L, s->bytes.at ? s->bytes.at : "", s->bytes.len, name, "t") != LUA_OK) {
        if (h->dead) {
            report(h, LUA_ERRMEM, es);
        } else {
            struct unread u = {.prefix = "", .text = s->bytes, .at = s->at};
            syntax_report(h, &u, es);
        }
    } else {
        h->script = i;
        h->fault.code = MSG_NONE;
        int status = lua_pcall(L, 1, 0, SLOT_HANDLER);
        if (status != LUA_OK || h->dead) {
            report(h, status, es);
        }
        h->metered = false;
        h->script = 0;
    }
    h->home = (struct place){0};
    lua_settop(L, SLOTS);
}

/* ---- snippets ---- */

static const char *prefix_of(const struct code *c)
{
    return c->kind == CODE_WHEN ? "return " : "";
}

/* Lines a text ends on, counted as Lua counts them. */
static int lines_in(struct text t)
{
    int n = 0;
    for (size_t i = 0; i < t.len; i++) {
        bool eol = t.at[i] == '\n' || t.at[i] == '\r';
        n += eol;
        if (eol && i + 1 < t.len && (t.at[i + 1] == '\n' || t.at[i + 1] == '\r') && t.at[i + 1] != t.at[i]) {
            i++;
        }
    }
    return n;
}

struct batch {
    const struct scenario *s;
    uint32_t first, n; /* places in LIST */
    const uint32_t *list;
    uint32_t at; /* pieces read */
};

/* "return function() … end,function() … end": the pieces one after another, nothing copied. */
static const char *batch_read(lua_State *L, void *batch, size_t *size)
{
    struct batch *b = batch;
    (void)L;
    uint32_t piece = b->at++, i = piece / 3;
    const char *fixed;
    if (i >= b->n) {
        *size = 0;
        return NULL;
    }
    const struct code *c = &b->s->codes[b->list[b->first + i]];
    if (piece % 3 == 1 && c->text.len) {
        *size = c->text.len;
        return c->text.at;
    }
    if (piece % 3 == 0) {
        static const char *const opens[2][2] = {{"return function()", "return function()return "},
                                                {"function()", "function()return "}};
        fixed = opens[i > 0][c->kind == CODE_WHEN];
    } else {
        fixed = piece % 3 == 1 ? " " : i + 1 < b->n ? "\nend," : "\nend";
    }
    *size = strlen(fixed);
    return fixed;
}

/* Whether the N functions on the stack are those that were written; then they are kept. */
static bool batch_keep(struct lua_host *h, const struct batch *b)
{
    lua_State *L = h->L;
    int line = 1, base = lua_gettop(L) - (int)b->n;
    for (uint32_t i = 0; i < b->n; i++) {
        lua_Debug ar = {0};
        int last = line + lines_in(h->s->codes[b->list[b->first + i]].text) + 1;
        if (!lua_isfunction(L, base + (int)i + 1)) {
            return false;
        }
        lua_pushvalue(L, base + (int)i + 1);
        lua_getinfo(L, ">S", &ar);
        if (ar.linedefined != line || ar.lastlinedefined != last) {
            return false;
        }
        line = last;
    }
    for (uint32_t i = b->n; i > 0; i--) {
        struct snippet *sn = &h->snippets[b->list[b->first + i - 1]];
        line -= lines_in(h->s->codes[b->list[b->first + i - 1]].text) + 1;
        sn->line = line;
        sn->slot = b->first + i;
        lua_rawseti(L, SLOT_CODES, sn->slot);
    }
    return true;
}

static bool load_batch(struct lua_host *h, struct batch *b)
{
    lua_State *L = h->L;
    bool fine = lua_load(L, batch_read, b, "=c", "t") == LUA_OK && lua_pcall(L, 0, LUA_MULTRET, 0) == LUA_OK &&
                lua_gettop(L) == SLOTS + (int)b->n && batch_keep(h, b);
    lua_settop(L, SLOTS);
    return fine;
}

struct single {
    struct text piece[2];
    int at;
};

static const char *single_read(lua_State *L, void *single, size_t *size)
{
    struct single *s = single;
    (void)L;
    while (s->at < 2) {
        struct text t = s->piece[s->at++];
        if (t.len) {
            *size = t.len;
            return t.at;
        }
    }
    *size = 0;
    return NULL;
}

/* The memory for all conditions and statements together is spent; CODE is about where. */
static void report_full(struct lua_host *h, uint32_t code, struct errs *es)
{
    const struct code *c = &h->s->codes[code];
    errs_add(es, MSG_SCRIPT_CODES, code_span(h->s, c->text, c->at, 0, (uint32_t)c->text.len), (struct text){0},
             (struct text){0}, (struct text){0});
}

static void load_single(struct lua_host *h, uint32_t code, uint32_t slot, struct errs *es)
{
    lua_State *L = h->L;
    const struct code *c = &h->s->codes[code];
    struct single one = {.piece = {text_of(prefix_of(c)), c->text}};
    if (lua_load(L, single_read, &one, "=c", "t") == LUA_OK) {
        lua_rawseti(L, SLOT_CODES, slot);
        h->snippets[code].line = 1;
        h->snippets[code].slot = slot;
    } else if (!h->dead) {
        struct unread u = {.prefix = prefix_of(c), .text = c->text, .at = c->at, .statement = c->kind == CODE_DO};
        syntax_report(h, &u, es);
    }
    if (h->dead) {
        report_full(h, code, es);
    }
    lua_settop(L, SLOTS);
}

/* A snippet without loops that calls nothing but the engine cannot run long. */
static void weigh(struct lua_host *h, uint32_t code, struct tokens *t)
{
    struct snippet *sn = &h->snippets[code];
    tokens_read(t, h->s->codes[code].text);
    sn->cost = t->n + 1;
    for (uint32_t i = 0; i < t->n && !sn->hooked; i++) {
        if (t->v[i].kind == TOK_WORD) {
            uint32_t w = t->v[i].op;
            sn->hooked = w == WORD_FOR || w == WORD_WHILE || w == WORD_REPEAT || w == WORD_GOTO || w == WORD_FUNCTION;
        } else if (t->v[i].kind == TOK_NAME) {
            struct text name = token_text(t, i);
            bool field = i > 0 && (token_is(t, i - 1, '.') || token_is(t, i - 1, ':'));
            sn->hooked = !field && !scenario_fact(h->s, name).i && !code_name_known(name);
        }
    }
}

static void load_snippets(struct lua_host *h, const uint32_t *list, uint32_t n, struct errs *es)
{
    struct tokens t = {0};
    lua_gc(h->L, LUA_GCSTOP);
    for (uint32_t i = 0; i < n && !h->dead; i += BATCH) {
        struct batch b = {.s = h->s, .first = i, .n = n - i < BATCH ? n - i : BATCH, .list = list};
        bool fine = load_batch(h, &b);
        if (h->dead) {
            report_full(h, list[i], es);
        } else if (!fine) {
            for (uint32_t k = 0; k < b.n && !h->dead && es->n < ERRS_MAX; k++) {
                load_single(h, list[i + k], i + k + 1, es);
            }
        }
        for (uint32_t k = 0; k < b.n; k++) {
            weigh(h, list[i + k], &t);
        }
    }
    lua_gc(h->L, LUA_GCRESTART);
    tokens_done(&t);
}

static bool mentions_env(struct text t, struct tokens *tokens)
{
    if (!t.len || !memmem(t.at, t.len, "_ENV", 4)) {
        return false;
    }
    tokens_read(tokens, t);
    for (uint32_t i = 0; i < tokens->n; i++) {
        if (tokens->v[i].kind == TOK_NAME && text_is(token_text(tokens, i), "_ENV")) {
            return true;
        }
    }
    return false;
}

/* codes_resolve has reported these: nothing that names the environment is compiled. */
static bool is_barred(const struct lua_host *h, struct tokens *t)
{
    bool barred = false;
    for (uint32_t i = 1; i <= h->s->n_scripts; i++) {
        barred = barred || mentions_env(h->s->scripts[i].bytes, t);
    }
    for (uint32_t i = 1; i <= h->s->n_codes; i++) {
        barred = barred || (h->s->codes[i].lua && mentions_env(h->s->codes[i].text, t));
    }
    return barred;
}

void load_all(struct lua_host *h, struct errs *es)
{
    const struct scenario *s = h->s;
    struct tokens t = {0};
    bool barred = is_barred(h, &t);
    tokens_done(&t);
    if (barred && es->errors == 0) {
        errs_add(es, MSG_CODE_ENV, (struct span){0}, (struct text){0}, (struct text){0}, (struct text){0});
    }
    if (barred) {
        return;
    }
    budget_begin(h);
    budget_watch(h, true);
    for (uint32_t i = 1; i <= s->n_scripts && !h->dead; i++) {
        load_script(h, i, es);
    }
    budget_watch(h, false);
    uint32_t *list = mem_new((s->n_codes + 1u) * sizeof *list), n = 0;
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        if (s->codes[i].lua) {
            list[n++] = i;
        }
    }
    load_snippets(h, list, n, es);
    free(list);
}

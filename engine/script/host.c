/* host.c -- one Lua state a scenario, and the scorer's entries into it.
 *
 * Every entry is one protected call with a C message handler; a result is read only after it.  What a failing script
 * changed is undone by play/, which marks the step before.
 * Nothing here knows what a function does: api.c and lib_*.c do. */
#include "script/host.h"

#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- entries ---- */

/* Clears away what a failed entry left, so that the next begins as if nothing had been. */
static void recover(struct lua_host *h)
{
    lua_State *L = h->L;
    bool full = h->dead > DEAD_STEPS;
    h->metered = false;
    lua_settop(L, SLOTS);
    lua_sethook(L, NULL, 0, 0);
    h->hooked = false;
    h->dead = ALIVE;
    h->refused = 0;
    if (full) {
        lua_gc(L, LUA_GCCOLLECT);
    }
}

static bool steps_left(struct lua_host *h, struct err *err)
{
    if (h->steps >= 0) {
        return true;
    }
    struct place start = {.line = h->snippets[h->code.i].line};
    return err_set(err, MSG_SCRIPT_BUDGET, fault_span(h, start), (struct text){0}, (struct text){0});
}

/* Calls what lies on the stack. */
static bool enter(struct lua_host *h, struct step *p, int args, int results, struct err *err)
{
    h->step = p;
    h->metered = true;
    h->fault.code = MSG_NONE;
    h->fault.place = (struct place){0};
    int status = lua_pcall(h->L, args, results, SLOT_HANDLER);
    h->metered = false;
    h->step = NULL;
    if (status == LUA_OK && !h->dead) {
        return true;
    }
    fault_err(h, status, err);
    recover(h);
    return false;
}

static bool enter_code(struct lua_host *h, struct step *p, code_id c, int results, struct err *err)
{
    const struct snippet *sn = &h->snippets[c.i];
    h->code = c;
    h->steps -= sn->cost;
    if (!steps_left(h, err)) {
        return false;
    }
    budget_watch(h, sn->hooked);
    lua_rawgeti(h->L, SLOT_CODES, sn->slot);
    return enter(h, p, 0, results, err);
}

static bool host_test(void *self, struct step *p, code_id c, bool *value, struct err *err)
{
    struct lua_host *h = self;
    lua_State *L = h->L;
    *value = false;
    h->pure = true;
    bool fine = enter_code(h, p, c, 1, err);
    h->pure = false;
    if (!fine) {
        return false;
    }
    if (lua_isboolean(L, -1) || lua_isnil(L, -1)) {
        *value = lua_toboolean(L, -1);
    } else {
        struct place start = {.line = h->snippets[c.i].line};
        fault_value(L, -1, h->fault.arg[0]);
        fine = err_set(err, MSG_SCRIPT_CONDITION, fault_span(h, start), text_of(h->fault.arg[0]), (struct text){0});
    }
    lua_settop(L, SLOTS);
    return fine;
}

static bool host_run(void *self, struct step *p, code_id c, struct err *err)
{
    return enter_code(self, p, c, 0, err);
}

/* The hook and its argument, pushed where a want of memory is caught. */
struct hooked {
    uint32_t value;
    struct text arg;
};

static int call_hook(lua_State *L)
{
    const struct hooked *c = lua_touserdata(L, 1);
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_rawgeti(L, 1, c->value);
    lua_pushlstring(L, c->arg.at ? c->arg.at : "", c->arg.len);
    lua_call(L, 1, 1);
    return 1;
}

/* Where hook K is written. */
static struct place hook_home(struct lua_host *h, int k)
{
    lua_State *L = h->L;
    lua_Debug ar = {0};
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_rawgeti(L, -1, h->hooks[k]);
    if (lua_isfunction(L, -1) && !lua_iscfunction(L, -1)) {
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &ar);
    }
    lua_pop(L, 2);
    return (struct place){h->hook_scripts[k], ar.linedefined};
}

static bool hook_result(struct lua_host *h, struct text *picked, struct err *err)
{
    size_t len = 0;
    const char *at = lua_type(h->L, -1) == LUA_TSTRING ? lua_tolstring(h->L, -1, &len) : NULL;
    bool fine = len <= sizeof h->picked && (at || lua_isnil(h->L, -1));
    if (at && fine) {
        memcpy(h->picked, at, len);
        *picked = text_from(h->picked, len);
    }
    lua_settop(h->L, SLOTS);
    return fine || err_set(err, MSG_SCRIPT_PICK, fault_span(h, h->home), (struct text){0}, (struct text){0});
}

static bool host_hook(void *self, struct step *p, const char *hook, struct text arg, struct text *picked,
                      struct err *err)
{
    static const char *const names[HOOKS] = {"on_start", "on_choice", "on_end", "pick"};
    struct lua_host *h = self;
    int k = 0;
    while (k < HOOKS - 1 && strcmp(hook, names[k]) != 0) {
        k++;
    }
    if (h->hooks[k] == 0) {
        return true;
    }
    struct hooked call = {.value = h->hooks[k], .arg = arg};
    h->code = (code_id){0};
    h->home = hook_home(h, k);
    h->steps -= HOOK_STEPS;
    if (!steps_left(h, err)) {
        return false;
    }
    budget_watch(h, true);
    lua_pushcfunction(h->L, call_hook);
    lua_pushlightuserdata(h->L, &call);
    h->pure = k == HOOK_PICK;
    bool fine = enter(h, p, 1, 1, err);
    h->pure = false;
    if (!fine || k != HOOK_PICK) {
        lua_settop(h->L, SLOTS);
        return fine;
    }
    return hook_result(h, picked, err);
}

static void host_begin(void *self)
{
    budget_begin(self);
}

/* ---- the library ---- */

/* The table of NAME's library, made where it is not there yet, is pushed; its rest is returned. */
static const char *library(lua_State *L, const char *name)
{
    const char *dot = strchr(name, '.');
    if (!dot) {
        return NULL;
    }
    lua_pushlstring(L, name, (size_t)(dot - name));
    const struct bind *b = bind_find(&host_of(L)->names, lua_topointer(L, -1));
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    if (b) {
        lua_rawgeti(L, -1, b->ref);
    } else {
        lua_newtable(L);
        lua_pushvalue(L, -1);
        env_define(L, lua_tostring(L, -4));
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
    return dot + 1;
}

/* Pushes what a row's name means.  Lua's own library lies at index 1, a table of tables. */
static void push_row(lua_State *L, const struct api_row *row)
{
    const char *dot = strchr(row->name, '.');
    if (row->call) {
        lua_pushcfunction(L, row->call);
        if (row->call != lib_codepoint) {
            return;
        }
        lua_pop(L, 1);
    }
    lua_pushlstring(L, row->name, dot ? (size_t)(dot - row->name) : 0);
    lua_rawget(L, 1);
    lua_getfield(L, -1, dot ? dot + 1 : row->name);
    lua_remove(L, -2);
    if (lua_isfunction(L, -1)) {
        lua_pushcclosure(L, row->call ? row->call : lib_charged, 1);
    }
}

static void standard(lua_State *L, const char *name, lua_CFunction open)
{
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1);
    lua_setfield(L, 1, name);
}

static void open_rows(lua_State *L)
{
    for (const struct api_row *row = api_rows; row->name; row++) {
        if (!*row->name) {
            continue;
        }
        const char *field = library(L, row->name);
        push_row(L, row);
        if (field) {
            lua_setfield(L, -2, field);
            lua_pop(L, 1);
        } else {
            env_define(L, row->name);
        }
    }
}

/* Texts have the library's functions as methods, and nothing else: no arithmetic. */
static void open_methods(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "string");
    const struct bind *b = bind_find(&host_of(L)->names, lua_topointer(L, -1));
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_rawgeti(L, -1, b->ref);
    lua_setfield(L, -4, "__index");
    lua_pop(L, 2);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static uint32_t snippets_in(const struct scenario *s)
{
    uint32_t n = 0;
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        n += s->codes[i].lua;
    }
    return n;
}

/* Everything that may raise while the state is made. */
static int open_state(lua_State *L)
{
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, REG_ANCHORS);
    lua_newtable(L);
    standard(L, "", luaopen_base);
    standard(L, "math", luaopen_math);
    standard(L, "string", luaopen_string);
    standard(L, "utf8", luaopen_utf8);
    lua_getfield(L, 1, "string");
    lua_getfield(L, -1, "format");
    lua_rawseti(L, LUA_REGISTRYINDEX, REG_FORMAT);
    lua_settop(L, 1);
    env_open(L);
    open_rows(L);
    open_methods(L);
    freeze_all(L);
    lua_createtable(L, (int)snippets_in(host_of(L)->s), 0); /* SLOT_CODES: filled later without asking for memory */
    return 1;
}

/* ---- making and freeing ---- */

/* An error outside every protected call is a fault of this program: nothing can be trusted any more. */
static int on_panic(lua_State *L)
{
    (void)L;
    _exit(70);
}

static void host_open(struct lua_host *h, struct errs *es)
{
    h->L = lua_newstate(budget_alloc, h);
    if (h->L) {
        *(struct lua_host **)lua_getextraspace(h->L) = h;
        lua_atpanic(h->L, on_panic);
        lua_pushcfunction(h->L, open_state);
    }
    if (!h->L || lua_pcall(h->L, 0, 1, 0) != LUA_OK || !lua_checkstack(h->L, 2 * ARGS_MOST)) {
        struct span nowhere = {0};
        errs_add(es, MSG_SCRIPT_MEMORY, nowhere, (struct text){0}, (struct text){0}, (struct text){0});
        h->dead = DEAD_MEMORY;
        return;
    }
    lua_pushcfunction(h->L, fault_handler);
    lua_insert(h->L, SLOT_HANDLER);
    load_all(h, es);
    recover(h);
    lua_gc(h->L, LUA_GCCOLLECT);
    h->longest_loaded = h->longest;
    h->widest_loaded = h->widest;
    h->settled = h->used;
}

struct lua_host *lua_host_new(const struct scenario *s, struct errs *es)
{
    struct lua_host *h = mem_new(sizeof *h);
    memset(h, 0, sizeof *h);
    h->s = s;
    h->cap = s->limits.script_memory;
    h->scorer = (struct scorer){h, host_test, host_run, host_hook, host_begin};
    h->snippets = mem_new((s->n_codes + 1u) * sizeof *h->snippets);
    memset(h->snippets, 0, (s->n_codes + 1u) * sizeof *h->snippets);
    if (s->n_scripts || snippets_in(s)) {
        host_open(h, es);
    }
    return h;
}

void lua_host_free(struct lua_host *h)
{
    if (!h) {
        return;
    }
    if (h->L) {
        lua_close(h->L);
    }
    free(h->names.v);
    free(h->ids.v);
    free(h->snippets);
    free(h);
}

void lua_host_warm(void)
{
    struct scenario s = {.limits = LIMITS_DEFAULT};
    struct arena arena = {0};
    struct errs es;
    errs_init(&es, &arena);
    struct lua_host *h = lua_host_new(&s, &es);
    host_open(h, &es);
    lua_host_free(h);
    errs_done(&es);
    arena_done(&arena);
}

const struct scorer *lua_host_scorer(const struct lua_host *h)
{
    return &h->scorer;
}

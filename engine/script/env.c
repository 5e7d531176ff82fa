/* env.c -- facts, functions and libraries as bare names.
 *
 * The environment of every function is one userdata with __index and __newindex in C.  A name's string is interned by
 * Lua, so its address (lua_topointer) finds its meaning by one probe; nothing is looked up by its letters while a script
 * runs.
 * Reads and changes the play through step.h only. */
#include "script/host.h"

#include <stdlib.h>
#include <string.h>

enum { SHORT_STRING = 40 }; /* longer ones are not interned by Lua 5.4 */

static const char *const hook_names[HOOKS] = {"on_start", "on_choice", "on_end", "pick"};

/* ---- binds ---- */

static uint32_t slot_of(const struct binds *b, const char *key)
{
    return (uint32_t)(((uint64_t)(uintptr_t)key >> 3) * 0x9E3779B97F4A7C15u >> 40) & (b->cap - 1);
}

const struct bind *bind_find(const struct binds *b, const char *key)
{
    if (b->cap == 0) {
        return NULL;
    }
    for (uint32_t i = slot_of(b, key);; i = (i + 1) & (b->cap - 1)) {
        if (b->v[i].key == key) {
            return &b->v[i];
        }
        if (!b->v[i].key) {
            return NULL;
        }
    }
}

static void bind_put(struct binds *b, struct bind bind)
{
    uint32_t i = slot_of(b, bind.key);
    while (b->v[i].key) {
        i = (i + 1) & (b->cap - 1);
    }
    b->v[i] = bind;
    b->n++;
}

void bind_add(struct binds *b, struct bind bind)
{
    if (b->n * 2 >= b->cap) {
        struct binds old = *b;
        *b = (struct binds){.cap = old.cap ? old.cap * 2 : 64};
        b->v = mem_new(b->cap * sizeof *b->v);
        memset(b->v, 0, b->cap * sizeof *b->v);
        for (uint32_t i = 0; i < old.cap; i++) {
            if (old.v[i].key) {
                bind_put(b, old.v[i]);
            }
        }
        free(old.v);
    }
    bind_put(b, bind);
}

/* Anchors the string on top of the stack, pops it and gives its address. */
static const char *anchor(lua_State *L)
{
    const char *at = lua_topointer(L, -1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_ANCHORS);
    lua_insert(L, -2);
    lua_pushlightuserdata(L, (void *)(uintptr_t)at);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    return at;
}

/* A long name is no one string: the one that was anchored stands for all. */
static const struct bind *long_name_find(lua_State *L, int index)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_ANCHORS);
    lua_pushvalue(L, index);
    lua_rawget(L, -2);
    const char *at = lua_touserdata(L, -1);
    lua_pop(L, 2);
    return at ? bind_find(&host_of(L)->names, at) : NULL;
}

/* What the name at INDEX means; NULL: nothing. */
static inline const struct bind *name_find(struct lua_host *h, lua_State *L, int index)
{
    const char *at = lua_topointer(L, index);
    const struct bind *b = at ? bind_find(&h->names, at) : NULL;
    return b ? b : long_name_find(L, index);
}

static void bind_text(lua_State *L, struct binds *b, struct text name, enum bind_kind kind, uint32_t ref)
{
    if (name.len <= SHORT_STRING) {
        lua_pushlstring(L, name.at ? name.at : "", name.len);
        bind_add(b, (struct bind){.key = anchor(L), .kind = (uint8_t)kind, .ref = ref});
    }
}

/* ---- unknown names ---- */

static struct text nearest_fact(const struct scenario *s, struct text wanted)
{
    struct text best[2] = {0};
    for (uint32_t i = 1; i <= s->n_facts; i++) {
        best[1] = scenario_name(s, s->facts[i].name);
        best[0] = text_nearest(wanted, best, 2);
    }
    return best[0];
}

static struct text text_at(lua_State *L, int index)
{
    size_t len;
    const char *at = lua_tolstring(L, index, &len);
    return text_from(at, len);
}

static int name_unknown(lua_State *L)
{
    struct text name = text_at(L, 2);
    fault_raise(L, MSG_SCRIPT_NAME_UNKNOWN, name, nearest_fact(host_of(L)->s, name), (struct text){0});
}

struct step *env_step(lua_State *L, const char *name)
{
    struct step *p = host_of(L)->step;
    if (!p) {
        fault_raise(L, MSG_SCRIPT_LOADING, text_of(name), (struct text){0}, (struct text){0});
    }
    return p;
}

struct step *env_effect(lua_State *L, const char *name)
{
    struct step *p = env_step(L, name);
    if (host_of(L)->pure) {
        fault_raise(L, MSG_SCRIPT_PURE, (struct text){0}, (struct text){0}, (struct text){0});
    }
    return p;
}

/* ---- reading ---- */

static void push_text(lua_State *L, struct text t)
{
    lua_pushlstring(L, t.at ? t.at : "", t.len);
}

static void push_value(lua_State *L, const struct scenario *s, uint32_t fact, int32_t value)
{
    push_text(L, scenario_name(s, s->values[s->facts[fact].values + (uint32_t)value]));
}

static int env_get(lua_State *L)
{
    struct lua_host *h = host_of(L);
    const struct bind *b = name_find(h, L, 2);
    if (!b) {
        return name_unknown(L);
    }
    if (b->kind == BIND_VALUE) {
        lua_rawgeti(L, lua_upvalueindex(1), b->ref);
        return 1;
    }
    struct step *p = h->step ? h->step : env_step(L, lua_tostring(L, 2));
    switch ((enum bind_kind)b->kind) {
    case BIND_NUMBER:
        lua_pushinteger(L, step_fact(p, (fact_id){b->ref}));
        break;
    case BIND_FLAG:
        lua_pushboolean(L, step_fact(p, (fact_id){b->ref}));
        break;
    case BIND_ONE_OF:
        push_value(L, h->s, b->ref, step_fact(p, (fact_id){b->ref}));
        break;
    case BIND_TURN:
        lua_pushinteger(L, step_turn(p));
        break;
    case BIND_ROLE:
        push_text(L, scenario_name(h->s, h->s->roles[step_role(p).i].name));
        break;
    default:
        lua_pushliteral(L, "");
        break;
    }
    return 1;
}

/* ---- setting ---- */

bool env_whole(lua_State *L, int index, lua_Integer *out)
{
    int whole = 0;
    if (lua_isinteger(L, index)) {
        *out = lua_tointeger(L, index);
        return true;
    }
    if (lua_type(L, index) == LUA_TNUMBER) { /* a text of digits is no number here */
        *out = lua_tointegerx(L, index, &whole);
    }
    return whole;
}

static int32_t clamped(lua_Integer v)
{
    return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : (int32_t)v;
}

static int wrong_value(lua_State *L, enum msg code, uint32_t fact)
{
    const struct scenario *s = host_of(L)->s;
    char shown[FAULT_BYTES + 1], list[FAULT_BYTES + 1] = "";
    const struct fact *f = &s->facts[fact];
    size_t n = 0;
    for (int32_t i = 0; code == MSG_SCRIPT_WORD && i <= f->to; i++) {
        struct text name = scenario_name(s, s->values[f->values + (uint32_t)i]);
        if (n + name.len + 2 < sizeof list) {
            memcpy(list + n, ", ", 2);
            memcpy(list + n + 2, name.at, name.len);
            n += name.len + 2;
        }
    }
    struct text values = n ? text_from(list + 2, n - 2) : (struct text){0};
    fault_raise(L, code, text_at(L, 2), fault_value(L, 3, shown), values);
}

static int set_one_of(lua_State *L, struct step *p, uint32_t fact)
{
    const struct scenario *s = host_of(L)->s;
    const struct fact *f = &s->facts[fact];
    if (lua_type(L, 3) == LUA_TSTRING) {
        struct text word = text_at(L, 3);
        for (int32_t i = 0; i <= f->to; i++) {
            if (text_eq(word, scenario_name(s, s->values[f->values + (uint32_t)i]))) {
                step_set(p, (fact_id){fact}, i);
                return 0;
            }
        }
    }
    return wrong_value(L, MSG_SCRIPT_WORD, fact);
}

static int name_frozen(lua_State *L)
{
    struct text name = text_at(L, 2), near = nearest_fact(host_of(L)->s, name);
    if (near.len) {
        fault_raise(L, MSG_SCRIPT_NAME_UNKNOWN, name, near, (struct text){0});
    }
    fault_raise(L, MSG_SCRIPT_FROZEN, name, (struct text){0}, (struct text){0});
}

/* While a script is loaded, a new name is the script's own. */
static int define(lua_State *L, const struct bind *b)
{
    struct lua_host *h = host_of(L);
    struct text name = text_at(L, 2), none = {0};
    if (b && b->kind != BIND_VALUE) {
        fault_raise(L, MSG_SCRIPT_LOADING, name, none, none);
    }
    if (b && (b->script == 0 || b->script != h->script)) {
        fault_raise(L, MSG_SCRIPT_NAME_TAKEN, name, none, none);
    }
    for (int k = 0; k < HOOKS; k++) {
        if (text_is(name, hook_names[k]) && h->s->scripts[h->script].shared) {
            fault_raise(L, MSG_SCRIPT_HOOK_SHARED, name, none, none);
        }
    }
    if (b) {
        lua_settop(L, 3);
        lua_rawseti(L, lua_upvalueindex(1), b->ref);
        return 0;
    }
    lua_settop(L, 3);
    env_define(L, lua_tostring(L, 2));
    return 0;
}

static int env_set(lua_State *L)
{
    struct lua_host *h = host_of(L);
    const struct bind *b = name_find(h, L, 2);
    lua_Integer whole = 0;
    if (!h->step) {
        return define(L, b);
    }
    if (!b || b->kind > BIND_ONE_OF) {
        return name_frozen(L);
    }
    struct step *p = h->pure ? env_effect(L, lua_tostring(L, 2)) : h->step;
    switch ((enum bind_kind)b->kind) {
    case BIND_NUMBER:
        if (!env_whole(L, 3, &whole)) {
            return wrong_value(L, MSG_SCRIPT_NUMBER, b->ref);
        }
        step_set(p, (fact_id){b->ref}, clamped(whole));
        return 0;
    case BIND_FLAG:
        if (!lua_isboolean(L, 3)) {
            return wrong_value(L, MSG_SCRIPT_FLAG, b->ref);
        }
        step_set(p, (fact_id){b->ref}, lua_toboolean(L, 3));
        return 0;
    default:
        return set_one_of(L, p, b->ref);
    }
}

/* ---- ids ---- */

static uint32_t id_slow(const struct scenario *s, enum bind_kind kind, struct text id)
{
    switch (kind) {
    case BIND_SCENE:
        return scenario_scene(s, id).i;
    case BIND_OPTION:
        return scenario_option(s, id).i;
    case BIND_MOVE:
        return scenario_move(s, id).i;
    default:
        return scenario_comp(s, id).i;
    }
}

uint32_t env_id(lua_State *L, int index, enum bind_kind kind, const char *name)
{
    struct lua_host *h = host_of(L);
    struct text none = {0};
    if (lua_type(L, index) != LUA_TSTRING) {
        fault_raise(L, MSG_SCRIPT_TEXT, text_of(name), none, none);
    }
    /* The key of an id is its address and its kind together: one text may name several things. */
    const struct bind *b = bind_find(&h->ids, (const char *)lua_topointer(L, index) + kind);
    if (b) {
        return b->ref;
    }
    struct text id = text_at(L, index);
    uint32_t found = id.len > SHORT_STRING ? id_slow(h->s, kind, id) : 0;
    if (!found) {
        fault_raise(L, MSG_SCRIPT_ID, text_of(name), id, none);
    }
    return found;
}

static void bind_id(lua_State *L, struct text name, enum bind_kind kind, uint32_t ref)
{
    if (name.len <= SHORT_STRING) {
        lua_pushlstring(L, name.at, name.len);
        const char *key = anchor(L) + kind;
        struct binds *ids = &host_of(L)->ids;
        if (!bind_find(ids, key)) {
            bind_add(ids, (struct bind){.key = key, .kind = (uint8_t)kind, .ref = ref});
        }
    }
}

/* "decision/option", and the bare name where only one option has it. */
static void bind_option(lua_State *L, const struct scenario *s, uint32_t i)
{
    char full[160];
    struct text o = scenario_name(s, s->options[i].name);
    struct text d = scenario_name(s, s->decisions[s->options[i].decision.i].name);
    if (d.len && o.len && d.len + o.len + 1 <= SHORT_STRING) {
        memcpy(full, d.at, d.len);
        full[d.len] = '/';
        memcpy(full + d.len + 1, o.at, o.len);
        bind_id(L, text_from(full, d.len + o.len + 1), BIND_OPTION, i);
    }
    if (scenario_option(s, o).i == i) {
        bind_id(L, o, BIND_OPTION, i);
    }
}

/* ---- making it ---- */

void env_define(lua_State *L, const char *name)
{
    struct lua_host *h = host_of(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_insert(L, -2);
    lua_rawseti(L, -2, ++h->n_values);
    lua_pop(L, 1);
    lua_pushstring(L, name);
    for (int k = 0; k < HOOKS; k++) {
        if (strcmp(name, hook_names[k]) == 0) {
            h->hooks[k] = h->n_values;
            h->hook_scripts[k] = h->script;
        }
    }
    bind_add(&h->names,
             (struct bind){.key = anchor(L), .kind = BIND_VALUE, .script = (uint16_t)h->script, .ref = h->n_values});
}

static void bind_facts(lua_State *L)
{
    struct lua_host *h = host_of(L);
    const struct scenario *s = h->s;
    static const enum bind_kind kinds[] = {
        [FACT_GAUGE] = BIND_NUMBER, [FACT_FLAG] = BIND_FLAG, [FACT_COUNTER] = BIND_NUMBER, [FACT_ONE_OF] = BIND_ONE_OF};
    for (uint32_t i = 1; i <= s->n_facts; i++) {
        bind_text(L, &h->names, scenario_name(s, s->facts[i].name), kinds[s->facts[i].kind], i);
        for (int32_t v = 0; s->facts[i].kind == FACT_ONE_OF && v <= s->facts[i].to; v++) {
            push_value(L, s, i, v);
            anchor(L);
        }
    }
    bind_text(L, &h->names, TEXT("turn"), BIND_TURN, 0);
    bind_text(L, &h->names, TEXT("role"), BIND_ROLE, 0);
    bind_text(L, &h->names, TEXT("answer"), BIND_ANSWER, 0);
}

static void bind_ids(lua_State *L)
{
    const struct scenario *s = host_of(L)->s;
    for (uint32_t i = 1; i <= s->rubric.n_comps; i++) {
        bind_id(L, scenario_name(s, s->rubric.comps[i].name), BIND_COMP, i);
    }
    for (uint32_t i = 1; i <= s->rubric.n_moves && s->move_mark; i++) {
        if (s->move_mark[i]) {
            bind_id(L, scenario_name(s, s->rubric.moves[i].name), BIND_MOVE, i);
        }
    }
    for (uint32_t i = 1; i <= s->n_scenes; i++) {
        if (s->scenes[i].mark) {
            bind_id(L, scenario_name(s, s->scenes[i].name), BIND_SCENE, i);
        }
    }
    for (uint32_t i = 1; i <= s->n_options; i++) {
        if (s->options[i].mark || s->options[i].times) {
            bind_option(L, s, i);
        }
    }
}

void env_open(lua_State *L)
{
    lua_newuserdatauv(L, 1, 0);
    lua_createtable(L, 0, 3);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, env_get, 1);
    lua_setfield(L, -3, "__index");
    lua_pushcclosure(L, env_set, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bind_facts(L);
    bind_ids(L);
}

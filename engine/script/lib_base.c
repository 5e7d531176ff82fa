/* lib_base.c -- the library's basic functions.
 *
 * Lua's own are not used where they could run a metamethod, tell one run from another (addresses, the order of pairs)
 * or swallow the end of the budget. */
#include "script/host.h"

#include <string.h>

int lib_assert(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_toboolean(L, 1)) {
        return lua_gettop(L);
    }
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_pushliteral(L, "assertion failed");
    }
    return lua_error(L);
}

int lib_error(lua_State *L)
{
    lua_settop(L, 1);
    return lua_error(L);
}

int lib_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    int status = lua_pcall(L, lua_gettop(L) - 1, LUA_MULTRET, 0);
    if (host_of(L)->dead) {
        budget_raise(L);
    }
    lua_pushboolean(L, status == LUA_OK);
    lua_insert(L, 1);
    return lua_gettop(L);
}

int lib_select(lua_State *L)
{
    int n = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == '#') {
        lua_pushinteger(L, n - 1);
        return 1;
    }
    lua_Integer i = luaL_checkinteger(L, 1);
    i = i < 0 ? n + i : i > n ? n : i;
    luaL_argcheck(L, i >= 1, 1, "index out of range");
    return n - (int)i;
}

int lib_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

/* A table's or a function's address would differ from run to run. */
int lib_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    switch (lua_type(L, 1)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
        lua_tolstring(L, 1, NULL);
        lua_settop(L, 1);
        return 1;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, 1) ? "true" : "false");
        return 1;
    default:
        return lib_type(L);
    }
}

static int ipairs_next(lua_State *L)
{
    lua_Integer i = luaL_checkinteger(L, 2);
    i = (lua_Integer)((lua_Unsigned)i + 1);
    lua_pushinteger(L, i);
    return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

int lib_ipairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushcfunction(L, ipairs_next);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* ---- pairs: numbers in order, then texts by their bytes, then false and true ---- */

struct key {
    lua_Integer whole;
    lua_Number number;
    const char *at; /* a text: borrowed from the table */
    size_t len;
    uint8_t rank;   /* 0 integer, 1 float, 2 text, 3 boolean */
    uint32_t place; /* in the list of keys */
};

static int key_compare(const struct key *a, const struct key *b)
{
    if (a->rank <= 1 && b->rank <= 1) {
        if (a->rank == 0 && b->rank == 0) {
            return (a->whole > b->whole) - (a->whole < b->whole);
        }
        return (a->number > b->number) - (a->number < b->number);
    }
    if (a->rank != b->rank) {
        return a->rank - b->rank;
    }
    if (a->rank == 3) {
        return (int)(a->whole - b->whole);
    }
    size_t n = a->len < b->len ? a->len : b->len;
    int c = n ? memcmp(a->at, b->at, n) : 0;
    return c ? c : (a->len > b->len) - (a->len < b->len);
}

/* Merges upwards; V has room for 2 × N.  Returns the half that holds the result. */
static struct key *keys_sort(struct key *v, size_t n)
{
    struct key *from = v, *to = v + n;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t left = 0; left < n; left += 2 * width) {
            size_t mid = left + width < n ? left + width : n, end = mid + width < n ? mid + width : n;
            for (size_t a = left, b = mid, k = left; k < end; k++) {
                bool first = a < mid && (b == end || key_compare(&from[a], &from[b]) <= 0);
                to[k] = first ? from[a++] : from[b++];
            }
        }
        struct key *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static struct key key_read(lua_State *L, int index, uint32_t place)
{
    struct key k = {.place = place};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        k.rank = lua_isinteger(L, index) ? 0 : 1;
        k.whole = k.rank ? 0 : lua_tointeger(L, index);
        k.number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        k.rank = 2;
        k.at = lua_tolstring(L, index, &k.len);
        break;
    case LUA_TBOOLEAN:
        k.rank = 3;
        k.whole = lua_toboolean(L, index);
        break;
    default:
        luaL_error(L, "pairs needs keys that are numbers, texts or booleans");
    }
    return k;
}

/* state, key → the next key and its value.  Upvalues: the keys in order, how many were given. */
static int pairs_next(lua_State *L)
{
    lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    while (lua_rawgeti(L, lua_upvalueindex(1), ++i) != LUA_TNIL) {
        lua_pushvalue(L, -1);
        if (lua_gettable(L, 1) != LUA_TNIL) {
            lua_pushinteger(L, i);
            lua_replace(L, lua_upvalueindex(2));
            return 2;
        }
        lua_pop(L, 2);
        budget_charge(L, 1);
    }
    return 1;
}

int lib_pairs(lua_State *L)
{
    struct lua_host *h = host_of(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (!freeze_content(L, 1)) {
        lua_pushvalue(L, 1);
    }
    /* An emptied table is as long to walk as a full one, and its size cannot be seen from here. */
    budget_charge(L, 16 + (h->used > h->settled ? (h->used - h->settled) / 256 : 0));
    lua_newtable(L); /* 3: the keys as they come */
    uint32_t n = 0;
    for (lua_pushnil(L); lua_next(L, 2);) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, 3, ++n);
    }
    budget_charge(L, (size_t)n * 8);
    struct key *v = lua_newuserdatauv(L, 2 * (n + 1) * sizeof *v, 0);
    for (uint32_t i = 1; i <= n; i++) {
        lua_rawgeti(L, 3, i);
        v[i - 1] = key_read(L, -1, i);
        lua_pop(L, 1);
    }
    v = keys_sort(v, n);
    lua_createtable(L, n < ARGS_MOST ? (int)n : ARGS_MOST, 0);
    for (uint32_t i = 1; i <= n; i++) {
        lua_rawgeti(L, 3, v[i - 1].place);
        lua_rawseti(L, -2, i);
    }
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_next, 2);
    lua_pushvalue(L, 1);
    return 2;
}

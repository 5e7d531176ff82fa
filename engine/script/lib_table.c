/* lib_table.c -- the library's functions on tables.
 *
 * Charged by the elements they move.  sort is a merge: stable, the same on every machine, and whatever nonsense the
 * comparison answers, it ends after n log n steps. */
#include "script/host.h"

#include <limits.h>

static lua_Integer length(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    return luaL_len(L, 1);
}

static int too_long(lua_State *L)
{
    fault_raise(L, MSG_SCRIPT_TEXT_LONG, (struct text){0}, (struct text){0}, (struct text){0});
}

int lib_concat(lua_State *L)
{
    size_t between, sum = 0;
    lua_Integer n = length(L);
    const char *sep = luaL_optlstring(L, 2, "", &between);
    lua_Integer from = luaL_optinteger(L, 3, 1), to = luaL_optinteger(L, 4, n);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (lua_Integer i = from; i <= to; i++) {
        size_t len;
        int type = lua_geti(L, 1, i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER) {
            return luaL_error(L, "table.concat: value %I is a %s, no text", (LUAI_UACINT)i, luaL_typename(L, -1));
        }
        lua_tolstring(L, -1, &len);
        sum += len + between;
        if (sum > TEXT_LONGEST) {
            return too_long(L);
        }
        budget_charge(L, 2 + len / TEXT_STEP);
        luaL_addvalue(&b);
        if (i != to) {
            luaL_addlstring(&b, sep, between);
        }
        if (i == LLONG_MAX) {
            break;
        }
    }
    luaL_pushresult(&b);
    return 1;
}

int lib_insert(lua_State *L)
{
    lua_Integer end = (lua_Integer)((lua_Unsigned)length(L) + 1), at = end;
    int n = lua_gettop(L);
    if (n != 2 && n != 3) {
        return luaL_error(L, "table.insert takes a table, perhaps a position, and a value");
    }
    if (n == 3) {
        at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, at >= 1 && at <= end, 2, "position out of bounds");
        budget_charge(L, (size_t)(end - at) + 1);
        for (lua_Integer i = end; i > at; i--) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
    }
    lua_seti(L, 1, at);
    return 0;
}

int lib_remove(lua_State *L)
{
    lua_Integer size = length(L), at = luaL_optinteger(L, 2, size);
    if (lua_gettop(L) > 1) {
        luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
    }
    budget_charge(L, at < size ? (size_t)(size - at) + 1 : 1);
    lua_geti(L, 1, at);
    for (; at < size; at++) {
        lua_geti(L, 1, at + 1);
        lua_seti(L, 1, at);
    }
    lua_pushnil(L);
    lua_seti(L, 1, at);
    return 1;
}

int lib_unpack(lua_State *L)
{
    lua_Integer n = length(L), from = luaL_optinteger(L, 2, 1), to = luaL_optinteger(L, 3, n);
    if (from > to) {
        return 0;
    }
    if ((lua_Unsigned)to - (lua_Unsigned)from >= ARGS_MOST) {
        return luaL_error(L, "more than %d values at once", ARGS_MOST);
    }
    luaL_checkstack(L, ARGS_MOST, NULL);
    for (lua_Integer i = from; i <= to; i++) {
        lua_geti(L, 1, i);
    }
    return (int)(to - from) + 1;
}

/* ---- sort ---- */

enum { SORTED = 1, LESS, FROM, INTO };

/* Whether the value on top comes before the one below it; both stay. */
static bool before(lua_State *L)
{
    if (lua_isnil(L, LESS)) {
        return lua_compare(L, -1, -2, LUA_OPLT);
    }
    lua_pushvalue(L, LESS);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_call(L, 2, 1);
    bool answer = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return answer;
}

/* Merges A … MID - 1 and MID … END - 1 of FROM into INTO. */
static void merge(lua_State *L, lua_Integer a, lua_Integer mid, lua_Integer end)
{
    lua_Integer b = mid;
    for (lua_Integer k = a; k < end; k++) {
        bool second = a == mid;
        if (a < mid && b < end) {
            lua_rawgeti(L, FROM, a);
            lua_rawgeti(L, FROM, b);
            second = before(L);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, FROM, second ? b : a);
        lua_rawseti(L, INTO, k);
        *(second ? &b : &a) += 1;
    }
}

static lua_Integer least(lua_Integer a, lua_Integer b)
{
    return a < b ? a : b;
}

int lib_sort(lua_State *L)
{
    lua_Integer n = length(L);
    lua_settop(L, 2);
    if (!lua_isnil(L, LESS)) {
        luaL_checktype(L, LESS, LUA_TFUNCTION);
    }
    budget_charge(L, 1 + (size_t)n);
    lua_newtable(L);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, SORTED, i);
        lua_rawseti(L, FROM, i);
    }
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer left = 1; left <= n; left += 2 * width) {
            lua_Integer mid = least(left + width, n + 1), end = least(mid + width, n + 1);
            budget_charge(L, (size_t)(end - left) * 4);
            merge(L, left, mid, end);
        }
        lua_pushvalue(L, FROM);
        lua_copy(L, INTO, FROM);
        lua_replace(L, INTO);
    }
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, FROM, i);
        lua_seti(L, SORTED, i);
    }
    return 0;
}

/* freeze.c -- tables that can no longer change.
 *
 * A script's tables and functions outlive a session, so nothing a session runs may change them.  What a table holds is
 * moved to a shadow; the table itself stays, empty, and hands out the shadow's values.  Assigning to a local of an
 * enclosing function is refused by the scan of the tokens (scenario/code_scan.c), so a frozen function stays the same,
 * too.
 * Does not follow C functions: the library keeps nothing. */
#include "script/host.h"

enum { QUEUE = 1, SEEN, TABLE, SHADOW };

bool freeze_content(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index)) {
        return false;
    }
    lua_pushliteral(L, "__index");
    lua_rawget(L, -2);
    lua_remove(L, -2);
    return true;
}

static int frozen_set(lua_State *L)
{
    fault_raise(L, MSG_SCRIPT_TABLE_FROZEN, (struct text){0}, (struct text){0}, (struct text){0});
}

static int frozen_len(lua_State *L)
{
    freeze_content(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

/* Pops a value and queues it, if it is one that can hold others. */
static void push(lua_State *L)
{
    bool holds = lua_istable(L, -1) || (lua_isfunction(L, -1) && !lua_iscfunction(L, -1));
    lua_pushvalue(L, -1);
    if (!holds || lua_rawget(L, SEEN) != LUA_TNIL) {
        lua_pop(L, 2);
        return;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushboolean(L, 1);
    lua_rawset(L, SEEN);
    lua_rawseti(L, QUEUE, (lua_Integer)lua_rawlen(L, QUEUE) + 1);
}

/* Moves what TABLE holds to SHADOW. */
static void table_move(lua_State *L)
{
    lua_pushnil(L);
    while (lua_next(L, TABLE)) {
        lua_pushvalue(L, -2);
        push(L);
        lua_pushvalue(L, -1);
        push(L);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, SHADOW);
    }
    lua_pushnil(L);
    while (lua_next(L, TABLE)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, TABLE);
    }
}

static void table_freeze(lua_State *L)
{
    if (lua_getmetatable(L, TABLE)) { /* frozen before */
        lua_settop(L, SEEN);
        return;
    }
    lua_newtable(L);
    table_move(L);
    lua_createtable(L, 0, 4);
    lua_pushvalue(L, SHADOW);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, frozen_set);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, frozen_len);
    lua_setfield(L, -2, "__len");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, TABLE);
    lua_settop(L, SEEN);
}

/* All that the values reach, one after another: a script's tables may be nested as deeply as memory allows. */
static int walk(lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_VALUES);
    lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 3, i);
        push(L);
    }
    lua_settop(L, SEEN);
    for (lua_Integer i = 1; lua_rawgeti(L, QUEUE, i) != LUA_TNIL; i++) {
        if (lua_istable(L, TABLE)) {
            table_freeze(L);
            continue;
        }
        for (int up = 1; lua_getupvalue(L, TABLE, up); up++) {
            push(L);
        }
        lua_settop(L, SEEN);
    }
    return 0;
}

void freeze_all(lua_State *L)
{
    lua_pushcfunction(L, walk);
    lua_call(L, 0, 0);
}

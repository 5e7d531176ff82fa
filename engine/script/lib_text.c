/* lib_text.c -- the library's functions on texts.
 *
 * Every text is at most 64 KiB, and every function is charged by the bytes it reads and writes.  Pattern functions are
 * absent: a short pattern can run for hours. */
#include "script/host.h"

#include <string.h>

enum { CHARGE_BYTES = 16 }; /* read for one step */

int lib_charged(lua_State *L)
{
    size_t len, sum = 0;
    for (int i = lua_gettop(L); i > 0; i--) {
        if (lua_type(L, i) == LUA_TSTRING) {
            lua_tolstring(L, i, &len);
            sum += len;
        }
    }
    budget_charge(L, 1 + sum / CHARGE_BYTES);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* From a position that may be negative to one from 1 on. */
static lua_Integer position(lua_Integer i, size_t len)
{
    if (i >= 0) {
        return i;
    }
    return i < -(lua_Integer)len ? 0 : (lua_Integer)len + i + 1;
}

int lib_byte(lua_State *L)
{
    size_t len;
    const char *s = luaL_checklstring(L, 1, &len);
    lua_Integer from = position(luaL_optinteger(L, 2, 1), len), to = position(luaL_optinteger(L, 3, from), len);
    from = from < 1 ? 1 : from;
    to = to > (lua_Integer)len ? (lua_Integer)len : to;
    if (from > to) {
        return 0;
    }
    if (to - from >= ARGS_MOST) {
        return luaL_error(L, "more than %d values at once", ARGS_MOST);
    }
    luaL_checkstack(L, ARGS_MOST, NULL);
    for (lua_Integer i = from; i <= to; i++) {
        lua_pushinteger(L, (unsigned char)s[i - 1]);
    }
    return (int)(to - from) + 1;
}

/* Lua's own, on at most so many bytes. */
int lib_codepoint(lua_State *L)
{
    size_t len;
    luaL_checklstring(L, 1, &len);
    lua_Integer from = position(luaL_optinteger(L, 2, 1), len), to = position(luaL_optinteger(L, 3, from), len);
    if (to >= from && (lua_Unsigned)to - (lua_Unsigned)from >= ARGS_MOST) {
        return luaL_error(L, "more than %d values at once", ARGS_MOST);
    }
    return lib_charged(L);
}

/* string.find without patterns. */
int lib_find(lua_State *L)
{
    size_t len, wanted;
    const char *s = luaL_checklstring(L, 1, &len), *w = luaL_checklstring(L, 2, &wanted);
    lua_Integer from = position(luaL_optinteger(L, 3, 1), len);
    from = from < 1 ? 1 : from;
    budget_charge(L, 1 + (len + wanted) / CHARGE_BYTES);
    if (from > (lua_Integer)len + 1) {
        lua_pushnil(L);
        return 1;
    }
    const char *at = wanted ? memmem(s + from - 1, len - (size_t)from + 1, w, wanted) : s + from - 1;
    if (!at) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, at - s + 1);
    lua_pushinteger(L, at - s + (lua_Integer)wanted);
    return 2;
}

static void too_long(lua_State *L)
{
    fault_raise(L, MSG_SCRIPT_TEXT_LONG, (struct text){0}, (struct text){0}, (struct text){0});
}

int lib_rep(lua_State *L)
{
    size_t len, between;
    const char *s = luaL_checklstring(L, 1, &len);
    lua_Integer n = luaL_checkinteger(L, 2);
    const char *sep = luaL_optlstring(L, 3, "", &between);
    if (n <= 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (n > TEXT_LONGEST || (size_t)n * (len + between) > TEXT_LONGEST + between) {
        too_long(L);
    }
    budget_charge(L, (size_t)n + (size_t)n * (len + between) / CHARGE_BYTES);
    luaL_Buffer b;
    char *to = luaL_buffinitsize(L, &b, (size_t)n * (len + between) + 1);
    size_t used = 0;
    for (lua_Integer i = 0; i < n; i++) {
        memcpy(to + used, s, len);
        used += len;
        if (i + 1 < n) {
            memcpy(to + used, sep, between);
            used += between;
        }
    }
    luaL_pushresultsize(&b, used);
    return 1;
}

/* Checks one conversion that begins behind the '%' at P, with argument ARG; returns the byte behind it. */
static const char *conversion(lua_State *L, const char *p, const char *end, int arg, size_t *sum)
{
    int digits = 0, point = 0;
    while (p < end && *p && strchr("-+ #0", *p)) {
        p++;
    }
    for (; p < end && ((*p >= '0' && *p <= '9') || (*p == '.' && !point)); p++) {
        digits = *p == '.' ? 0 : digits + 1;
        point += *p == '.';
        if (digits > 2) {
            luaL_error(L, "a width or precision in string.format has at most 2 digits");
        }
    }
    if (p == end || !*p || !strchr("cdiuxXoeEfgGs", *p)) {
        luaL_error(L, "string.format knows %%d %%i %%u %%x %%o %%c %%e %%f %%g %%s and %%%%");
    }
    *sum += 128;
    if (*p == 's') {
        int type = lua_type(L, arg);
        luaL_argcheck(L, type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN, arg,
                      "a text, a number or a boolean expected");
        size_t len = 0;
        if (type == LUA_TSTRING) {
            lua_tolstring(L, arg, &len);
        }
        *sum += len;
    } else if (*p == 'e' || *p == 'E' || *p == 'f' || *p == 'g' || *p == 'G') {
        *sum += 512;
    }
    return p + 1;
}

int lib_format(lua_State *L)
{
    size_t len, sum = 0;
    const char *p = luaL_checklstring(L, 1, &len), *end = p + len;
    int arg = 2;
    while (p < end) {
        if (*p++ != '%') {
            continue;
        }
        if (p < end && *p == '%') {
            p++;
        } else {
            p = conversion(L, p, end, arg++, &sum);
        }
        if (sum > TEXT_LONGEST) {
            too_long(L);
        }
    }
    budget_charge(L, 1 + (len + sum) / CHARGE_BYTES);
    lua_rawgeti(L, LUA_REGISTRYINDEX, REG_FORMAT);
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

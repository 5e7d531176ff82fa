/* budget.c -- memory and steps, which nothing a script does can stretch.
 *
 * Steps are counted by a hook every thousand, and by everything whose work is not a step: memory asked for, texts
 * built, tables walked.  One counter serves all scripts of a session's step.  When it is spent, or memory is refused,
 * the state is dead: the hook then raises at every single step, so that pcall only delays the end by one.
 * One step may walk a whole text, a chain of keys that share one place, or all arguments of a call.  So the price of a
 * step grows with the longest text and the largest block about, which for scripts as people write them changes nothing.
 */
#include "script/host.h"

#include <stdlib.h>

enum {
    STRING_HEAD = 32,        /* Lua's own bytes before a string's, at most */
    EMERGENCY_STEPS = 50000, /* what a whole collection costs */
    TEXT_CHEAP = 128,        /* texts up to this length make no step dearer */
    BLOCK_CHEAP = 8192,      /* and blocks up to this size */
    KEYS_MOST = 4096,        /* places for keys in one table, beside its list */
    KEYS_STEP = 64,          /* keys met in one place that cost one step */
    DEPTH_DEEP = 1000        /* nested calls that mean a recursion without an end */
};

static int64_t price(const struct lua_host *h)
{
    return 1 + (int64_t)(h->longest / TEXT_CHEAP + h->widest / BLOCK_CHEAP);
}

_Noreturn void budget_raise(lua_State *L)
{
    lua_pushnil(L);
    lua_error(L);
    abort(); /* not reached */
}

static void on_count(lua_State *L, lua_Debug *ar)
{
    struct lua_host *h = host_of(L);
    (void)ar;
    if (!h->dead) {
        h->steps -= HOOK_STEPS * price(h);
        if (h->steps < 0) {
            budget_die(h, DEAD_STEPS);
        }
    }
    if (h->dead) {
        budget_raise(L);
    }
}

void budget_watch(struct lua_host *h, bool watch)
{
    if (watch != h->hooked) {
        lua_sethook(h->L, watch ? on_count : NULL, watch ? LUA_MASKCOUNT : 0, watch ? HOOK_STEPS : 0);
        h->hooked = watch;
    }
}

void budget_die(struct lua_host *h, enum dead why)
{
    lua_Debug ar;
    if (h->dead || !h->L) {
        return;
    }
    h->dead = why != DEAD_TEXT && lua_getstack(h->L, DEPTH_DEEP, &ar) ? DEAD_DEEP : why;
    h->fault.place = fault_place(h->L);
    lua_sethook(h->L, on_count, LUA_MASKCOUNT, 1);
    h->hooked = true;
}

static void spend(struct lua_host *h, size_t n)
{
    if (h->metered) {
        h->steps -= n < INT32_MAX ? (int64_t)n : INT32_MAX;
        if (h->steps < 0) {
            budget_die(h, DEAD_STEPS);
        }
    }
}

void budget_charge(lua_State *L, size_t n)
{
    struct lua_host *h = host_of(L);
    spend(h, n);
    if (h->dead) {
        budget_raise(L);
    }
}

void budget_begin(struct lua_host *h)
{
    h->steps = (int64_t)h->s->limits.script_steps;
    h->longest = h->longest_loaded;
    h->widest = h->widest_loaded;
}

/* The places for keys in a block of SIZE bytes, where it is a table's: 24 bytes each, their number a power of two.  A
 * list's blocks are powers of two. */
static size_t keys_in(size_t size)
{
    size_t n = size % 24 == 0 ? size / 24 : 0;
    return n & (n - 1) ? 0 : n;
}

/* A script has asked for SIZE bytes.  False where no table may have so many keys.  Moving n keys may cost n * n, since
 * an author can choose them to share one place. */
static bool block_take(struct lua_host *h, size_t size)
{
    size_t keys = keys_in(size);
    if (!h->metered || (size & (size - 1)) == 0) {
        return true;
    }
    h->widest = size > h->widest ? size : h->widest;
    if (keys <= KEYS_MOST) {
        spend(h, keys * keys / KEYS_STEP);
    }
    return keys <= KEYS_MOST;
}

/* Lua asks again after it has collected everything; the second refusal is the last. */
static void *refuse(struct lua_host *h, size_t size)
{
    if (h->refused == size) {
        budget_die(h, DEAD_MEMORY);
    } else {
        spend(h, EMERGENCY_STEPS);
    }
    h->refused = size;
    return NULL;
}

void *budget_alloc(void *host, void *old, size_t old_size, size_t size)
{
    struct lua_host *h = host;
    size_t held = old ? old_size : 0;
    if (size == 0) {
        free(old);
        h->used -= held;
        return NULL;
    }
    if (size > held) {
        bool string = !old && old_size == LUA_TSTRING;
        if (string && size > TEXT_LONGEST + STRING_HEAD) {
            budget_die(h, DEAD_TEXT);
            h->steps -= EMERGENCY_STEPS; /* Lua collects everything before it gives up */
            return NULL;
        }
        if (h->used - held + size > h->cap || (!string && !block_take(h, size))) {
            return refuse(h, size);
        }
        h->longest = string && size > h->longest ? size : h->longest;
        spend(h, size / TEXT_STEP);
    }
    void *now = realloc(old, size);
    if (!now) {
        return size > held ? refuse(h, size) : old;
    }
    h->refused = size > held ? 0 : h->refused;
    h->used = h->used - held + size;
    return now;
}

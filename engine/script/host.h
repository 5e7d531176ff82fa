/* host.h -- private to script/: one Lua state, what it may reach, and what it may use up.
 *
 *   host.c    making, freeing, and the scorer's entries      load.c    compiling and running scripts and snippets
 *   budget.c  memory and steps                               syntax.c  what Lua says of a text it cannot read
 *   fault.c   errors that carry a message row                freeze.c  tables that can no longer change
 *   env.c     bare names                                     api.c     the functions, as one table
 *   lib_*.c   the library
 *
 * A C function that may raise holds no memory outside Lua and the host: a Lua error jumps over C frames. */
#ifndef SCRIPT_HOST_H
#define SCRIPT_HOST_H

#include "script/lua_host.h"

#include <lauxlib.h>
#include <lua.h>

/* Fixed slots of the main stack, and of the registry. */
enum { SLOT_HANDLER = 1, SLOT_CODES, SLOTS = SLOT_CODES };
enum {
    REG_VALUES = 16, /* what names mean: functions, libraries, constants; an array */
    REG_ANCHORS,     /* strings whose addresses stand in binds */
    REG_FORMAT       /* Lua's own string.format */
};

enum {
    TEXT_LONGEST = 65536, /* of one string */
    ARGS_MOST = 250,      /* values a function may give at once */
    HOOK_STEPS = 1000,    /* between two looks at the budget */
    TEXT_STEP = 64,       /* bytes that cost one step */
    FAULT_BYTES = 200
};

/* ---- bare names and ids: from an interned string to what it means, by one probe ---- */

enum bind_kind {
    BIND_NUMBER = 1,
    BIND_FLAG,
    BIND_ONE_OF, /* ref: fact */
    BIND_TURN,
    BIND_ROLE,
    BIND_ANSWER,
    BIND_VALUE, /* ref: index into the values */
    BIND_SCENE,
    BIND_OPTION,
    BIND_MOVE,
    BIND_COMP
};

struct bind {
    const char *key; /* the address of the string (lua_topointer), which is anchored */
    uint8_t kind;
    uint16_t script; /* BIND_VALUE: who defined it; 0: the engine */
    uint32_t ref;
};

struct binds {
    struct bind *v;
    uint32_t n, cap; /* cap: a power of two, or 0 */
};

const struct bind *bind_find(const struct binds *b, const char *key);
void bind_add(struct binds *b, struct bind bind);

/* ---- what went wrong ---- */

enum dead { ALIVE, DEAD_STEPS, DEAD_MEMORY, DEAD_TEXT, DEAD_DEEP };

/* A line of a script (script > 0; line 0: its first) or of the running snippet; all 0: nowhere. */
struct place {
    uint32_t script;
    int line;
};

struct fault {
    enum msg code;
    char arg[3][FAULT_BYTES + 1];
    char said[FAULT_BYTES * 2 + 1];   /* the error's text as Lua carries it; empty where it is no text */
    char raised[FAULT_BYTES * 2 + 1]; /* the text that goes with CODE */
    struct place place;
};

/* ---- the host ---- */

enum hook { HOOK_START, HOOK_CHOICE, HOOK_END, HOOK_PICK, HOOKS };

struct snippet {
    int line;      /* where it begins in its chunk */
    uint32_t slot; /* of the codes; 0: not compiled */
    uint32_t cost; /* steps charged at its start */
    bool hooked;   /* may run long: the count hook is needed */
};

struct lua_host {
    const struct scenario *s;
    lua_State *L;
    struct scorer scorer;

    struct step *step; /* while a session runs a script */
    bool pure;         /* ... that may change nothing */
    code_id code;      /* the snippet that runs, or 0 */
    uint32_t script;   /* while it is loaded */
    struct place home; /* what is to be pointed at where Lua cannot say */

    size_t used, cap;               /* bytes */
    size_t settled;                 /* used when loading was done */
    size_t refused;                 /* bytes of the request refused just now */
    size_t longest, longest_loaded; /* strings made so far in this step; and in the loaded scripts */
    size_t widest, widest_loaded;   /* other blocks */
    int64_t steps;                  /* left */
    bool metered;                   /* steps are counted */
    bool hooked;                    /* the count hook is set */
    enum dead dead;

    struct binds names, ids;
    uint32_t n_values;
    struct snippet *snippets;
    uint32_t hooks[HOOKS]; /* values; 0: not defined */
    uint32_t hook_scripts[HOOKS];
    struct fault fault;
    char picked[160];
};

static inline struct lua_host *host_of(lua_State *L)
{
    return *(struct lua_host **)lua_getextraspace(L);
}

/* ---- budget.c ---- */

void *budget_alloc(void *host, void *old, size_t old_size, size_t size);
void budget_begin(struct lua_host *h);
/* Sets the count hook, or takes it away. */
void budget_watch(struct lua_host *h, bool watch);
/* N steps' worth of work is about to be done; raises where they are not there. */
void budget_charge(lua_State *L, size_t n);
/* From now on nothing runs: whatever a script catches, the next step raises again. */
void budget_die(struct lua_host *h, enum dead why);
_Noreturn void budget_raise(lua_State *L);

/* ---- fault.c ---- */

/* Raises an error that carries a message row.  Arguments are copied. */
_Noreturn void fault_raise(lua_State *L, enum msg code, struct text a1, struct text a2, struct text a3);
/* The message handler of every entry. */
int fault_handler(lua_State *L);
/* Where the innermost Lua function stands. */
struct place fault_place(lua_State *L);
/* What the entry that ended with STATUS has to report. */
void fault_err(struct lua_host *h, int status, struct err *err);
struct span fault_span(const struct lua_host *h, struct place place);
/* The value at INDEX as a message shows it, in OUT. */
struct text fault_value(lua_State *L, int index, char out[FAULT_BYTES + 1]);
/* Valid UTF-8 of at most FAULT_BYTES, without control characters. */
struct text fault_clean(struct text t, char out[FAULT_BYTES + 1]);

/* ---- env.c ---- */

/* Makes the environment: facts, roles, ids and the functions of api.c. */
void env_open(lua_State *L);
/* NAME means the value on top, which is popped. */
void env_define(lua_State *L, const char *name);
/* The session's step, or an error that NAME has no value yet. */
struct step *env_step(lua_State *L, const char *name);
/* The same, where something is changed. */
struct step *env_effect(lua_State *L, const char *name);
/* The id of KIND at argument INDEX of function NAME. */
uint32_t env_id(lua_State *L, int index, enum bind_kind kind, const char *name);
/* A number with a whole value, integer or float. */
bool env_whole(lua_State *L, int index, lua_Integer *out);

/* ---- freeze.c ---- */

/* Freezes every table that a name reaches. */
void freeze_all(lua_State *L);
/* For a frozen table pushes what it holds and returns true. */
bool freeze_content(lua_State *L, int index);

/* ---- load.c, syntax.c ---- */

void load_all(struct lua_host *h, struct errs *es);
/* PREFIX TEXT did not compile: says why, at its place in AT. */
struct unread {
    const char *prefix; /* what the host put before the text */
    struct text text;
    struct span at;
    bool statement; /* a `do` */
};
void syntax_report(struct lua_host *h, const struct unread *u, struct errs *es);

/* ---- api.c and the library ---- */

struct api_row {
    const char *name;   /* "score", "string.rep" */
    lua_CFunction call; /* NULL: Lua's own, charged by the length of its texts */
    const char *signature;
    const char *sentence;
    const char *example, *gives; /* a runnable example and what it gives */
};
/* Every name a script finds, in the order of the documentation; ends in a row without a name. */
extern const struct api_row api_rows[];

int lib_assert(lua_State *L);
int lib_error(lua_State *L);
int lib_ipairs(lua_State *L);
int lib_pairs(lua_State *L);
int lib_pcall(lua_State *L);
int lib_select(lua_State *L);
int lib_tostring(lua_State *L);
int lib_type(lua_State *L);
int lib_byte(lua_State *L);
int lib_codepoint(lua_State *L); /* upvalue: Lua's own */
int lib_find(lua_State *L);
int lib_format(lua_State *L);
int lib_rep(lua_State *L);
int lib_concat(lua_State *L);
int lib_insert(lua_State *L);
int lib_remove(lua_State *L);
int lib_sort(lua_State *L);
int lib_unpack(lua_State *L);
/* Calls the function in its first upvalue, charging for the texts handed to it. */
int lib_charged(lua_State *L);
#endif

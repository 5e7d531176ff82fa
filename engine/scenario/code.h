/* code.h -- the small language inside Lua that the engine runs by itself.
 *
 * Conditions and assignments over facts -- `trust >= 3 and heard`, `trust = trust + 2; angry = false` -- are by far
 * the most common, and mean the same in every Lua.  They are compiled to a postfix code with 64-bit wrapping integers,
 * as in Lua, and run without Lua; the study of all paths rests on them, too.  Whatever leaves this language (calls of
 * other functions, floats, string building, locals) goes to Lua.  tests/unit/test_code.c runs both and compares.
 *
 *   when := expr                      expr over: or and not, == ~= < <= > >=, + - *, unary -, ( ),
 *   do   := { name = expr [;] }       integers, true false, one-of values as strings, facts,
 *                                     seen("…") chose("…") times("…") points("…") moves("…") turn role
 *
 * `and` and `or` take booleans only here; with other operands the code goes to Lua. */
#ifndef SCENARIO_CODE_H
#define SCENARIO_CODE_H

#include "base/text.h"

struct scenario;
struct errs;

enum op_kind {
    OP_INT,    /* push value */
    OP_FACT,   /* push fact ref */
    OP_MARK,   /* push mark ref as a number */
    OP_MARKED, /* push mark ref > 0 */
    OP_POINTS, /* push total of competency ref */
    OP_TURN,
    OP_ROLE_IS, /* push: the trainee plays role ref */
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_NEG,
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_NOT,
    OP_AND, /* if top is false: go on at op VALUE (0 is the code's first), else pop */
    OP_OR,  /* if top is true: go on at op VALUE, else pop */
    OP_SET  /* pop into fact ref */
};

struct op {
    uint32_t kind; /* enum op_kind */
    uint32_t ref;
    int64_t value;
};

enum { CODE_STACK = 32 };

/* What an operation on two numbers gives, from OP_ADD to OP_GE but OP_NEG; sums and products wrap as Lua's do. */
static inline int64_t code_compute(enum op_kind op, int64_t a, int64_t b)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)b;
    switch (op) {
    case OP_ADD:
        return (int64_t)(x + y);
    case OP_SUB:
        return (int64_t)(x - y);
    case OP_MUL:
        return (int64_t)(x * y);
    case OP_EQ:
        return a == b;
    case OP_NE:
        return a != b;
    case OP_LT:
        return a < b;
    case OP_LE:
        return a <= b;
    case OP_GT:
        return a > b;
    default:
        return a >= b;
    }
}

#endif

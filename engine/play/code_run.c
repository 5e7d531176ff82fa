/* code_run.c -- runs the small language of scenario/code.h.
 *
 * A stack machine over 64-bit integers that wrap, as Lua's do; code.c has made sure of the kinds, and that the stack
 * is deep enough.  It reads the scratch state directly, since most of what a scenario computes passes here.
 * Knows no Lua and cannot fail. */
#include "scenario/code.h"

#include "base/raw.h"
#include "play/decide.h"
#include "play/feed.h"

#include <assert.h>

static int32_t clamped(int64_t v)
{
    return v > INT32_MAX ? INT32_MAX : v < INT32_MIN ? INT32_MIN : (int32_t)v;
}

/* What OP reads. */
static void op_asked(const struct step *p, const struct op *op)
{
    static const uint8_t kinds[] = {[OP_FACT] = NOTE_FACT, [OP_MARK] = NOTE_COUNT, [OP_MARKED] = NOTE_WHETHER,
                                    [OP_POINTS] = NOTE_TOTAL, [OP_TURN] = NOTE_TURN};
    if (op->kind <= OP_TURN && kinds[op->kind])
        feed_asked(p, (enum note_kind)kinds[op->kind], op->ref);
}

/* `trust = trust + 2`: however much it is, so that it asks nothing. */
static bool only_adds(const struct op *op, const struct op *end)
{
    return end - op >= 4 && op[0].kind == OP_FACT && op[1].kind == OP_INT && (op[2].kind == OP_ADD || op[2].kind == OP_SUB) &&
           op[3].kind == OP_SET && op[3].ref == op[0].ref && op[1].value >= 0 && op[1].value <= INT32_MAX;
}

static inline bool takes_two(const struct op *op)
{
    return op->kind >= OP_ADD && op->kind <= OP_GE && op->kind != OP_NEG;
}

/* PROBED is known where this is inlined: a play pays nothing for what a probe notes. */
static inline __attribute__((always_inline)) bool run(struct step *p, const struct code *c, bool probed)
{
    int64_t stack[CODE_STACK + 1] RAW, *top = stack;
    const struct op *first = p->s->ops + c->first_op, *end = first + c->n_ops;
    stack[0] = 0;
    for (const struct op *op = first; op < end; op++) {
        if (probed && only_adds(op, end)) {
            step_add(p, (fact_id){op->ref}, op[2].kind == OP_ADD ? (int32_t)op[1].value : -(int32_t)op[1].value);
            op += 3;
            continue;
        }
        if (probed)
            op_asked(p, op);
        switch ((enum op_kind)op->kind) {
        case OP_INT:
            if (top > stack && op + 1 < end && takes_two(op + 1)) { /* most numbers are a right side */
                *top = code_compute((enum op_kind)op[1].kind, *top, op->value);
                op++;
            } else {
                *++top = op->value;
            }
            break;
        case OP_FACT:
            *++top = state_facts(p->st)[op->ref];
            break;
        case OP_MARK:
            *++top = state_marks(p->s, p->st)[op->ref];
            break;
        case OP_MARKED:
            *++top = state_marks(p->s, p->st)[op->ref] > 0;
            break;
        case OP_POINTS:
            *++top = state_totals(p->s, p->st)[op->ref];
            break;
        case OP_TURN:
            *++top = p->st->turn;
            break;
        case OP_ROLE_IS:
            *++top = step_role(p).i == op->ref;
            break;
        case OP_NEG:
            *top = code_compute(OP_SUB, 0, *top);
            break;
        case OP_ADD:
        case OP_SUB:
        case OP_MUL:
        case OP_EQ:
        case OP_NE:
        case OP_LT:
        case OP_LE:
        case OP_GT:
        case OP_GE:
            top--;
            *top = code_compute((enum op_kind)op->kind, top[0], top[1]);
            break;
        case OP_NOT:
            *top = !*top;
            break;
        case OP_SET:
            step_set(p, (fact_id){op->ref}, clamped(*top--));
            break;
        case OP_AND:
        case OP_OR:
            if ((*top != 0) == (op->kind == OP_OR))
                op = first + op->value - 1;
            else
                top--;
            break;
        }
    }
    assert(top >= stack && top <= stack + CODE_STACK);
    return *top != 0;
}

bool step_code(struct step *p, const struct code *c)
{
    return p->se->feed ? run(p, c, true) : run(p, c, false);
}

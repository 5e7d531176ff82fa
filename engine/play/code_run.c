/* code_run.c -- runs the small language of scenario/code.h.
 *
 * A stack machine over 64-bit integers that wrap, as Lua's do; code.c has made sure of the kinds, and that the stack
 * is deep enough.  It reads the scratch state directly, since most of what a scenario computes passes here.
 * Knows no Lua and cannot fail. */
#include "scenario/code.h"

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

/* One operation on the stack, whose top is *TOP; returns the new top. */
static inline int64_t *op_run(struct step *p, const struct op *op, int64_t *top)
{
    switch ((enum op_kind)op->kind) {
    case OP_INT:
        *++top = op->value;
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
        break; /* code_run jumps */
    }
    return top;
}

/* PROBED is known where this is inlined: a play pays nothing for what a probe notes. */
static inline __attribute__((always_inline)) bool run(struct step *p, const struct code *c, bool probed)
{
    int64_t stack[CODE_STACK + 1], *top = stack;
    const struct op *ops = p->s->ops + c->first_op;
    stack[0] = 0;
    for (uint32_t i = 0; i < c->n_ops; i++) {
        const struct op *op = &ops[i];
        if (probed)
            op_asked(p, op);
        if (op->kind != OP_AND && op->kind != OP_OR) {
            top = op_run(p, op, top);
        } else if ((*top != 0) == (op->kind == OP_OR)) {
            i = (uint32_t)op->value - 1;
        } else {
            top--;
        }
    }
    assert(top >= stack && top <= stack + CODE_STACK);
    return *top != 0;
}

bool step_code(struct step *p, const struct code *c)
{
    return p->se->feed ? run(p, c, true) : run(p, c, false);
}

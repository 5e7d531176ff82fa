/* check_offer.c -- how many options of a decision can stand there at once.
 *
 * Options whose conditions exclude each other are never read side by side.  What the conditions ask about is given every
 * value at which one of them could turn (bounds, and about each number they name), and the options left open are
 * counted.  That facts depend on each other through the story is not known here, nor what a condition in Lua says: such an
 * option is left out. */
#include "scenario/check.h"

#include "scenario/code.h"

enum { ASKED_MOST = 10, VALUES_MOST = 40, TRIES_MOST = 20000, MARK_MOST = 9, FAR = 1000 };

/* Something conditions ask about: a fact, a mark, the points or the turn; OP_MARKED is asked as OP_MARK. */
struct asked {
    uint32_t kind, ref;
    int64_t low, high, v[VALUES_MOST];
    uint32_t n, at;
};

struct offer {
    const struct check *c;
    const struct decision *d;
    struct asked asked[ASKED_MOST];
    uint32_t n;
    bool full; /* more is asked than can be tried */
};

static const struct code *condition(const struct offer *f, uint32_t option)
{
    return &f->c->s->codes[f->c->s->options[f->d->first + option].when.i];
}

static uint32_t kind_of(const struct op *op) { return op->kind == OP_MARKED ? OP_MARK : op->kind; }

static struct asked *asked_find(struct offer *f, const struct op *op)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->asked[i].kind == kind_of(op) && f->asked[i].ref == op->ref)
            return &f->asked[i];
    return NULL;
}

static void asked_add(struct offer *f, const struct op *op)
{
    const struct fact *fact = &f->c->s->facts[op->kind == OP_FACT ? op->ref : 0];
    if (asked_find(f, op))
        return;
    f->full |= f->n == ASKED_MOST;
    if (f->full)
        return;
    struct asked *a = &f->asked[f->n++];
    *a = (struct asked){.kind = kind_of(op), .ref = op->ref, .low = 0, .high = MARK_MOST};
    if (op->kind == OP_FACT)
        a->low = fact->from, a->high = fact->to;
    else if (op->kind == OP_POINTS || op->kind == OP_TURN)
        a->low = op->kind == OP_TURN ? 0 : -FAR, a->high = FAR;
}

static void value_add(struct offer *f, struct asked *a, int64_t v)
{
    if (v < a->low || v > a->high)
        return;
    for (uint32_t i = 0; i < a->n; i++)
        if (a->v[i] == v)
            return;
    f->full |= a->n == VALUES_MOST;
    if (!f->full)
        a->v[a->n++] = v;
}

/* Calls EACH for every operation of a condition that can be run here. */
static void ops_walk(struct offer *f, void (*each)(struct offer *, const struct op *))
{
    for (uint32_t k = 0; k < f->d->n; k++) {
        const struct code *code = condition(f, k);
        for (uint32_t i = 0; !code->lua && i < code->n_ops; i++)
            each(f, &f->c->s->ops[code->first_op + i]);
    }
}

static void take_asked(struct offer *f, const struct op *op)
{
    if (op->kind == OP_FACT || op->kind == OP_MARK || op->kind == OP_MARKED || op->kind == OP_POINTS || op->kind == OP_TURN)
        asked_add(f, op);
}

static void take_number(struct offer *f, const struct op *op)
{
    for (uint32_t i = 0; op->kind == OP_INT && i < f->n; i++)
        for (int64_t v = -1; v <= 1; v++)
            value_add(f, &f->asked[i], op->value + v);
}

/* ---- one try ---- */

static int64_t pushed(struct offer *f, const struct op *op)
{
    if (op->kind == OP_INT)
        return op->value;
    if (op->kind == OP_ROLE_IS)
        return op->ref == f->d->who.i;
    const struct asked *a = asked_find(f, op);
    return op->kind == OP_MARKED ? a->v[a->at] > 0 : a->v[a->at];
}

static bool holds(struct offer *f, const struct code *code)
{
    int64_t stack[CODE_STACK + 1] = {0}, *top = stack;
    const struct op *ops = f->c->s->ops + code->first_op;
    for (uint32_t i = 0; i < code->n_ops; i++) {
        const struct op *op = &ops[i];
        if (op->kind == OP_AND || op->kind == OP_OR) {
            if ((*top != 0) == (op->kind == OP_OR))
                i = (uint32_t)op->value - 1;
            else
                top--;
        } else if (op->kind == OP_NOT || op->kind == OP_NEG) {
            *top = op->kind == OP_NOT ? !*top : code_compute(OP_SUB, 0, *top);
        } else if (op->kind >= OP_ADD) {
            top--;
            *top = code_compute((enum op_kind)op->kind, top[0], top[1]);
        } else {
            *++top = pushed(f, op);
        }
    }
    return *top != 0;
}

static uint32_t open_now(struct offer *f)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < f->d->n; k++)
        n += !f->c->s->options[f->d->first + k].when.i || (!condition(f, k)->lua && holds(f, condition(f, k)));
    return n;
}

static bool next_try(struct offer *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        if (++f->asked[i].at < f->asked[i].n)
            return true;
        f->asked[i].at = 0;
    }
    return false;
}

uint32_t offer_most(const struct check *c, const struct decision *d)
{
    struct offer f = {.c = c, .d = d};
    uint32_t most = 0, free = 0, tries = 1;
    for (uint32_t k = 0; k < d->n; k++)
        free += !c->s->options[d->first + k].when.i;
    if (free == d->n)
        return free;
    ops_walk(&f, take_asked);
    for (uint32_t i = 0; i < f.n; i++) {
        value_add(&f, &f.asked[i], f.asked[i].low);
        value_add(&f, &f.asked[i], f.asked[i].high);
    }
    ops_walk(&f, take_number);
    for (uint32_t i = 0; i < f.n && !f.full; i++)
        f.full = (tries *= f.asked[i].n) > TRIES_MOST;
    if (f.full)
        return free;
    do {
        uint32_t n = open_now(&f);
        most = n > most ? n : most;
    } while (next_try(&f));
    return most;
}

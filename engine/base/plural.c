/* plural.c -- which of a language's plural forms goes with a number.
 *
 * The expression is C's: numbers, n, ?:, ||, &&, == != < > <= >=, + - * / %, ! and parentheses; one table gives each
 * operator its rank.  It is evaluated as it is read, both sides of everything, which no expression of this kind minds.
 * The words are the program's own, so a wrong expression is a translator's slip and not an attack: it gives form 0. */
#include "base/plural.h"

enum { NESTING = 32 };

struct reader {
    struct text rest;
    unsigned long n;
    unsigned depth;
    bool bad;
};

static void skip(struct reader *r, size_t bytes)
{
    r->rest = text_from(r->rest.at + bytes, r->rest.len - bytes);
}

static void blanks(struct reader *r)
{
    while (r->rest.len && (r->rest.at[0] == ' ' || r->rest.at[0] == '\t')) {
        skip(r, 1);
    }
}

static bool take(struct reader *r, const char *sign)
{
    blanks(r);
    if (!text_starts(r->rest, sign)) {
        return false;
    }
    skip(r, text_of(sign).len);
    return true;
}

enum op { NOP, OR, AND, EQ, NE, LE, GE, LT, GT, ADD, SUB, MUL, DIV, MOD };

/* Longer signs before their beginnings. */
static const struct row {
    const char *sign;
    enum op op;
    int rank;
} ops[] = {{"||", OR, 1}, {"&&", AND, 2}, {"==", EQ, 3}, {"!=", NE, 3}, {"<=", LE, 4}, {">=", GE, 4}, {"<", LT, 4},
           {">", GT, 4},  {"+", ADD, 5},  {"-", SUB, 5}, {"*", MUL, 6}, {"/", DIV, 6}, {"%", MOD, 6}};

static enum op operator_from(struct reader *r, int lowest, int *rank)
{
    blanks(r);
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (text_starts(r->rest, ops[i].sign)) {
            if (ops[i].rank < lowest) {
                return NOP;
            }
            skip(r, text_of(ops[i].sign).len);
            *rank = ops[i].rank;
            return ops[i].op;
        }
    }
    return NOP;
}

static unsigned long compute(struct reader *r, enum op op, unsigned long a, unsigned long b)
{
    switch (op) {
    case OR:
        return a || b;
    case AND:
        return a && b;
    case EQ:
        return a == b;
    case NE:
        return a != b;
    case LE:
        return a <= b;
    case GE:
        return a >= b;
    case LT:
        return a < b;
    case GT:
        return a > b;
    case ADD:
        return a + b;
    case SUB:
        return a - b;
    case MUL:
        return a * b;
    case DIV:
    case MOD:
        r->bad |= b == 0;
        return b == 0 ? 0 : op == DIV ? a / b : a % b;
    case NOP:
        break;
    }
    return 0;
}

static unsigned long choice(struct reader *r);

static unsigned long operand(struct reader *r)
{
    unsigned long v = 0;
    if (r->depth++ >= NESTING) {
        r->bad = true;
    } else if (take(r, "!")) {
        v = !operand(r);
    } else if (take(r, "(")) {
        v = choice(r);
        r->bad |= !take(r, ")");
    } else if (take(r, "n")) {
        v = r->n;
    } else {
        size_t digits = 0;
        for (; digits < r->rest.len && r->rest.at[digits] >= '0' && r->rest.at[digits] <= '9'; digits++) {
            v = v * 10 + (unsigned long)(r->rest.at[digits] - '0');
        }
        r->bad |= digits == 0;
        skip(r, digits);
    }
    r->depth--;
    return v;
}

static unsigned long binary(struct reader *r, int lowest)
{
    unsigned long a = operand(r);
    int rank = 0;
    for (enum op op; !r->bad && (op = operator_from(r, lowest, &rank)) != NOP;) {
        unsigned long b = binary(r, rank + 1);
        a = compute(r, op, a, b);
    }
    return a;
}

static unsigned long choice(struct reader *r)
{
    unsigned long v = binary(r, 1);
    if (r->bad || !take(r, "?")) {
        return v;
    }
    r->bad |= r->depth++ >= NESTING;
    unsigned long yes = r->bad ? 0 : choice(r);
    r->bad |= !take(r, ":");
    unsigned long no = r->bad ? 0 : choice(r);
    r->depth--;
    return v ? yes : no;
}

unsigned long plural_form(struct text header, unsigned long n)
{
    struct text line = {0}, key = TEXT("plural=");
    while (text_split(&header, '\n', &line) && !text_starts(line, "Plural-Forms:")) {
        line = (struct text){0};
    }
    while (line.len && !text_starts(line, key.at)) {
        line = text_from(line.at + 1, line.len - 1);
    }
    if (line.len == 0) {
        return n != 1;
    }
    struct reader r = {.rest = text_from(line.at + key.len, line.len - key.len), .n = n};
    unsigned long form = choice(&r);
    return r.bad ? 0 : form;
}

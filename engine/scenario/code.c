/* code.c -- compiles the small language inside Lua.
 *
 * A recursive descent over the tokens with Lua's precedences.  Whatever it does not know makes it give up without a
 * word: Lua then compiles the same text and has the last word.  It speaks only where something is certainly wrong,
 * such as a flag compared with a number.
 * Knows facts and marks; does not know Lua, and runs nothing. */
#include "scenario/code_unit.h"

enum kind { KIND_NUMBER = 1, KIND_TRUTH, KIND_FACT_WORD, KIND_WORD, KIND_ROLE };

/* An operand; words and the role are not pushed before it is known what they are compared with. */
struct operand {
    enum kind kind;
    fact_id fact;      /* KIND_FACT_WORD */
    uint32_t from, to; /* its tokens */
};

struct compile {
    struct resolve *r;
    const struct scenario *s;
    uint32_t i;     /* the next token */
    uint32_t first; /* of r->ops */
    int depth, level;
};

enum { LEVELS_MAX = 64, NUMBER_DIGITS = 18 };

static bool expression(struct compile *c, int floor, struct operand *out);

/* DEPTH: by how much the stack grows. */
static bool emit(struct compile *c, enum op_kind kind, uint32_t ref, int64_t value, int depth)
{
    struct resolve *r = c->r;
    array_room(r->ops, r->n_ops, r->cap_ops);
    r->ops[r->n_ops++] = (struct op){.kind = kind, .ref = ref, .value = value};
    c->depth += depth;
    return c->depth <= CODE_STACK;
}

static struct text written(const struct compile *c, const struct operand *o)
{
    const struct token *v = c->r->t.v;
    return text_from(c->r->t.text.at + v[o->from].from, v[o->to - 1].to - v[o->from].from);
}

static bool wrong(struct compile *c, enum msg code, const struct operand *at, struct text a1, struct text a2,
                  struct text a3)
{
    unit_err(c->r, code, at->from, at->to, a1, a2, a3);
    return false;
}

/* "calm, tense" */
static struct text values_of(const struct compile *c, fact_id f, struct buf *out)
{
    const struct fact *fact = &c->s->facts[f.i];
    buf_reset(out);
    for (int32_t i = 0; i <= fact->to; i++) {
        buf_str(out, i ? ", " : "");
        buf_text(out, scenario_name(c->s, c->s->values[fact->values + (uint32_t)i]));
    }
    return buf_view(out);
}

/* The index of the value that the word names, or -1 and a message. */
static int32_t value_of(struct compile *c, fact_id f, const struct operand *word)
{
    const struct fact *fact = &c->s->facts[f.i];
    struct text w = token_string(&c->r->t, word->from, &c->r->scratch);
    for (int32_t i = 0; i <= fact->to; i++) {
        if (text_eq(w, scenario_name(c->s, c->s->values[fact->values + (uint32_t)i]))) {
            return i;
        }
    }
    struct buf list = {0};
    wrong(c, MSG_CODE_VALUE_UNKNOWN, word, w, scenario_name(c->s, fact->name), values_of(c, f, &list));
    buf_done(&list);
    return -1;
}

static bool number(struct compile *c, struct operand *out)
{
    struct text t = token_text(&c->r->t, c->i);
    int64_t value = 0;
    if (t.len > NUMBER_DIGITS) {
        return false;
    }
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] < '0' || t.at[i] > '9') {
            return false;
        }
        value = value * 10 + (t.at[i] - '0');
    }
    out->kind = KIND_NUMBER;
    return emit(c, OP_INT, 0, value, 1);
}

/* seen("…") and its like; the ids were checked by the scan. */
static bool call(struct compile *c, struct text name, struct operand *out)
{
    struct tokens *t = &c->r->t;
    const struct scenario *s = c->s;
    if (!token_is(t, c->i + 1, '(') || t->v[c->i + 2].kind != TOK_STRING || !token_is(t, c->i + 3, ')')) {
        return false;
    }
    struct text id = token_string(t, c->i + 2, &c->r->scratch);
    c->i += 3;
    out->kind = KIND_NUMBER;
    if (text_is(name, "points")) {
        return emit(c, OP_POINTS, scenario_comp(s, id).i, 0, 1);
    }
    if (text_is(name, "times")) {
        return emit(c, OP_MARK, s->options[scenario_option(s, id).i].times, 0, 1);
    }
    if (text_is(name, "moves")) {
        return emit(c, OP_MARK, s->move_mark[scenario_move(s, id).i], 0, 1);
    }
    out->kind = KIND_TRUTH;
    if (text_is(name, "chose")) {
        return emit(c, OP_MARKED, s->options[scenario_option(s, id).i].mark, 0, 1);
    }
    if (text_is(name, "seen")) {
        return emit(c, OP_MARKED, s->scenes[scenario_scene(s, id).i].mark, 0, 1);
    }
    return false;
}

static bool name(struct compile *c, struct operand *out)
{
    struct text n = token_text(&c->r->t, c->i);
    fact_id f = scenario_fact(c->s, n);
    if (f.i) {
        uint8_t kind = c->s->facts[f.i].kind;
        out->kind = kind == FACT_ONE_OF ? KIND_FACT_WORD : kind == FACT_FLAG ? KIND_TRUTH : KIND_NUMBER;
        out->fact = f;
        return emit(c, OP_FACT, f.i, 0, 1);
    }
    if (text_is(n, "turn")) {
        out->kind = KIND_NUMBER;
        return emit(c, OP_TURN, 0, 0, 1);
    }
    if (text_is(n, "role")) {
        out->kind = KIND_ROLE;
        return true;
    }
    return call(c, n, out);
}

static bool unary(struct compile *c, struct operand *out)
{
    struct tokens *t = &c->r->t;
    bool not = token_word(t, c->i, WORD_NOT);
    c->i++;
    if (!expression(c, 8, out)) {
        return false;
    }
    if (not &&out->kind != KIND_TRUTH) {
        return wrong(c, MSG_CODE_NOT, out, written(c, out), (struct text){0}, (struct text){0});
    }
    if (!not &&out->kind != KIND_NUMBER) {
        return false;
    }
    return emit(c, not ? OP_NOT : OP_NEG, 0, 0, 0);
}

struct binary {
    uint32_t op; /* a token's, or 1000 + an enum lua_word */
    enum op_kind emits;
    int binds; /* Lua's precedence */
};

/* The operator that token I is, NULL where it is none of the small language. */
static const struct binary *binary_at(const struct tokens *t, uint32_t i)
{
    static const struct binary rows[] = {
        {1000 + WORD_OR, OP_OR, 1},
        {1000 + WORD_AND, OP_AND, 2},
        {OP2('=', '='), OP_EQ, 3},
        {OP2('~', '='), OP_NE, 3},
        {'<', OP_LT, 3},
        {OP2('<', '='), OP_LE, 3},
        {'>', OP_GT, 3},
        {OP2('>', '='), OP_GE, 3},
        {'+', OP_ADD, 6},
        {'-', OP_SUB, 6},
        {'*', OP_MUL, 7},
    };
    const struct token *v = &t->v[i];
    uint32_t op = v->kind == TOK_OP ? v->op : v->kind == TOK_WORD ? 1000 + v->op : 0;
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        if (rows[k].op == op) {
            return &rows[k];
        }
    }
    return NULL;
}

/* Whether the token behind an operand makes it part of something else: a call, an index, an operator of Lua's. */
static bool leaves(const struct tokens *t, uint32_t i)
{
    uint8_t kind = t->v[i].kind;
    if (kind == TOK_OP) {
        return !binary_at(t, i) && !token_is(t, i, ')') && !token_is(t, i, ';');
    }
    return kind == TOK_STRING || kind == TOK_NUMBER || kind == TOK_BAD;
}

static bool operand(struct compile *c, struct operand *out)
{
    struct tokens *t = &c->r->t;
    *out = (struct operand){.from = c->i};
    bool fine = false;
    if (token_is(t, c->i, '(')) {
        c->i++;
        fine = expression(c, 1, out) && token_is(t, c->i, ')');
        c->i++;
    } else if (token_is(t, c->i, '-') || token_word(t, c->i, WORD_NOT)) {
        fine = unary(c, out);
    } else if (token_word(t, c->i, WORD_TRUE) || token_word(t, c->i, WORD_FALSE)) {
        out->kind = KIND_TRUTH;
        fine = emit(c, OP_INT, 0, token_word(t, c->i, WORD_TRUE), 1);
        c->i++;
    } else if (t->v[c->i].kind == TOK_NUMBER) {
        fine = number(c, out);
        c->i++;
    } else if (t->v[c->i].kind == TOK_STRING) {
        out->kind = KIND_WORD;
        fine = true;
        c->i++;
    } else if (t->v[c->i].kind == TOK_NAME) {
        fine = name(c, out);
        c->i++;
    }
    out->to = c->i;
    return fine && !leaves(t, c->i);
}

static bool is_order(enum op_kind op)
{
    return op >= OP_LT && op <= OP_GE;
}

static int class_of(enum kind kind)
{
    return kind >= KIND_FACT_WORD ? KIND_WORD : (int)kind;
}

static bool compare_words(struct compile *c, enum op_kind op, const struct operand *a, const struct operand *b)
{
    const struct operand *word = a->kind == KIND_WORD ? a : b, *other = word == a ? b : a;
    if (word->kind != KIND_WORD || word->to - word->from != 1 || is_order(op)) {
        return false;
    }
    if (other->kind == KIND_FACT_WORD) {
        int32_t value = value_of(c, other->fact, word);
        return value >= 0 && emit(c, OP_INT, 0, value, 1) && emit(c, op, 0, 0, -1);
    }
    if (other->kind != KIND_ROLE) {
        return false;
    }
    struct text w = token_string(&c->r->t, word->from, &c->r->scratch);
    role_id role = scenario_role(c->s, w);
    if (!role.i) {
        return wrong(c, MSG_CODE_ROLE_UNKNOWN, word, w, (struct text){0}, (struct text){0});
    }
    return emit(c, OP_ROLE_IS, role.i, 0, 1) && (op == OP_EQ || emit(c, OP_NOT, 0, 0, 0));
}

static bool compare(struct compile *c, enum op_kind op, struct operand *a, const struct operand *b)
{
    if (class_of(a->kind) != class_of(b->kind) || (a->kind == KIND_TRUTH && is_order(op))) {
        struct operand both = {.from = a->from, .to = b->to};
        return wrong(c, MSG_CODE_KINDS, &both, written(c, a), written(c, b), (struct text){0});
    }
    bool fine = class_of(a->kind) == KIND_WORD ? compare_words(c, op, a, b) : emit(c, op, 0, 0, -1);
    a->kind = KIND_TRUTH;
    return fine;
}

static bool both(struct compile *c, const struct binary *b, struct operand *left)
{
    struct operand right;
    uint32_t jump = c->r->n_ops;
    bool logical = b->emits == OP_AND || b->emits == OP_OR;
    if (logical && (left->kind != KIND_TRUTH || !emit(c, b->emits, 0, 0, -1))) {
        return false;
    }
    c->i++;
    if (!expression(c, b->binds + 1, &right)) {
        return false;
    }
    if (b->binds == 3 && !compare(c, b->emits, left, &right)) {
        return false;
    }
    left->to = right.to;
    if (b->binds == 3) {
        return true;
    }
    if (logical) {
        c->r->ops[jump].value = c->r->n_ops - c->first;
        return right.kind == KIND_TRUTH;
    }
    return left->kind == KIND_NUMBER && right.kind == KIND_NUMBER && emit(c, b->emits, 0, 0, -1);
}

/* Operators that bind at least as tightly as FLOOR. */
static bool expression(struct compile *c, int floor, struct operand *out)
{
    if (++c->level > LEVELS_MAX || !operand(c, out)) {
        return false;
    }
    for (const struct binary *b; (b = binary_at(&c->r->t, c->i)) && b->binds >= floor;) {
        if (!both(c, b, out)) {
            return false;
        }
    }
    c->level--;
    return true;
}

static bool assignment(struct compile *c)
{
    struct tokens *t = &c->r->t;
    if (t->v[c->i].kind != TOK_NAME || !token_is(t, c->i + 1, '=')) {
        return false;
    }
    struct operand to = {.from = c->i, .to = c->i + 1}, value;
    fact_id f = scenario_fact(c->s, token_text(t, c->i));
    c->i += 2;
    if (!f.i || !expression(c, 1, &value)) {
        return false;
    }
    const struct fact *fact = &c->s->facts[f.i];
    int wanted = fact->kind == FACT_ONE_OF ? KIND_WORD : fact->kind == FACT_FLAG ? KIND_TRUTH : KIND_NUMBER;
    if (class_of(value.kind) != wanted) {
        enum msg code = wanted == KIND_WORD    ? MSG_CODE_SET_WORD
                        : wanted == KIND_TRUTH ? MSG_CODE_SET_FLAG
                                               : MSG_CODE_SET_NUMBER;
        return wrong(c, code, &value, written(c, &to), written(c, &value), (struct text){0});
    }
    if (wanted == KIND_WORD) {
        int32_t v = value.kind == KIND_WORD && value.to - value.from == 1 ? value_of(c, f, &value) : -1;
        if (v < 0 || !emit(c, OP_INT, 0, v, 1)) {
            return false;
        }
    }
    emit(c, OP_SET, f.i, 0, -1);
    while (token_is(t, c->i, ';')) {
        c->i++;
    }
    return c->depth == 0;
}

static bool condition(struct compile *c)
{
    struct operand value;
    if (!expression(c, 1, &value) || c->i != c->r->t.n) {
        return false;
    }
    if (value.kind != KIND_TRUTH) {
        return wrong(c, MSG_CODE_NO_CONDITION, &value, written(c, &value), (struct text){0}, (struct text){0});
    }
    return true;
}

bool code_compile(struct resolve *r, struct code *code)
{
    struct compile c = {.r = r, .s = r->s, .first = r->n_ops};
    bool fine = true;
    if (code->kind == CODE_WHEN) {
        fine = condition(&c);
    }
    while (code->kind == CODE_DO && fine && c.i < r->t.n) {
        fine = assignment(&c);
    }
    if (!fine) {
        r->n_ops = c.first;
        return false;
    }
    code->first_op = c.first;
    code->n_ops = r->n_ops - c.first;
    return true;
}

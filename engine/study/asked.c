/* asked.c -- what a state consists of.
 *
 * Two states are one where no condition, no script and no rule of scoring can tell them apart.  So a key holds the place,
 * the options offered there (an option's condition may draw numbers), the facts and totals that code mentions, the marks
 * that code mentions, and those that `once` and the counting of evidence need.  Ids in Lua are literals, so what a script
 * can ask about stands in its text. */
#include "study/inside.h"

#include "scenario/code.h"
#include "scenario/token.h"

#include <stdlib.h>
#include <string.h>

/* ---- what code mentions ---- */

/* Whether it happened, or how often. */
enum { ASKED_WHETHER = 1, ASKED_HOW_OFTEN };

static void mark_asked(struct asked *a, uint32_t mark, uint8_t how)
{
    a->mark[mark] |= how;
}

static void ops_read(struct asked *a, const struct scenario *s, const struct code *c)
{
    for (uint32_t i = c->first_op; i < c->first_op + c->n_ops; i++) {
        const struct op *op = &s->ops[i];
        if (op->kind == OP_FACT)
            a->fact[op->ref] = true;
        else if (op->kind == OP_MARK || op->kind == OP_MARKED)
            mark_asked(a, op->ref, op->kind == OP_MARK ? ASKED_HOW_OFTEN : ASKED_WHETHER);
        else if (op->kind == OP_POINTS)
            a->total[op->ref] = true;
        else if (op->kind == OP_TURN)
            a->turn = true;
    }
}

/* A literal may name anything that a function asks about. */
static void literal_read(struct asked *a, const struct scenario *s, struct text id)
{
    move_id m = scenario_move(s, id);
    if (s->move_mark)
        mark_asked(a, s->move_mark[m.i], ASKED_HOW_OFTEN);
    mark_asked(a, s->scenes[scenario_scene(s, id).i].mark, ASKED_WHETHER);
    mark_asked(a, s->options[scenario_option(s, id).i].mark, ASKED_HOW_OFTEN);
    a->total[scenario_comp(s, id).i] = true;
}

static void lua_read(struct asked *a, const struct scenario *s, struct tokens *t, struct text text)
{
    tokens_read(t, text);
    for (uint32_t i = 0; i < t->n; i++) {
        struct text word = text_from(text.at + t->v[i].from, t->v[i].to - t->v[i].from);
        if (t->v[i].kind == TOK_NAME) {
            a->fact[scenario_fact(s, word).i] = true;
            a->turn |= text_is(word, "turn");
        } else if (t->v[i].kind == TOK_STRING && word.len >= 2)
            literal_read(a, s, text_from(word.at + 1, word.len - 2));
    }
}

static void code_read(struct asked *a, const struct scenario *s)
{
    struct tokens t = {0};
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        if (s->codes[i].lua)
            lua_read(a, s, &t, s->codes[i].text);
        else
            ops_read(a, s, &s->codes[i]);
    }
    for (uint32_t i = 1; i <= s->n_scripts; i++)
        lua_read(a, s, &t, s->scripts[i].bytes);
    tokens_done(&t);
}

/* ---- what the rules need ---- */

static bool option_bears(const struct scenario *s, const struct option *o)
{
    bool bears = o->n_points > 0 || s->n_scripts > 0;
    for (uint32_t i = o->first_node; i < o->first_node + o->n_nodes; i++)
        bears |= s->nodes[i].kind == NODE_SCORE || (s->nodes[i].kind == NODE_DO && s->codes[s->nodes[i].ref].lua);
    return bears;
}

static void rules_read(struct asked *a, const struct scenario *s)
{
    for (uint32_t i = 1; i <= s->n_decisions; i++) {
        const struct decision *d = &s->decisions[i];
        for (uint32_t k = d->first; k < d->first + d->n && d->mark; k++) {
            if (option_bears(s, &s->options[k]))
                mark_asked(a, d->mark, ASKED_WHETHER);
            if (s->options[k].once)
                mark_asked(a, s->options[k].mark, ASKED_WHETHER);
        }
    }
}

/* ---- the key ---- */

static uint32_t *listed(const uint8_t *of, uint32_t last, uint32_t *n)
{
    uint32_t *v = mem_new((last + 1) * sizeof *v);
    *n = 0;
    for (uint32_t i = 1; i <= last; i++)
        if (of[i])
            v[(*n)++] = i;
    return v;
}

static uint8_t *flags(uint32_t n)
{
    uint8_t *v = mem_new(n + 1);
    memset(v, 0, n + 1);
    return v;
}

void asked_init(struct asked *a, const struct scenario *s)
{
    *a = (struct asked){0};
    a->fact = flags(s->n_facts);
    a->total = flags(s->rubric.n_comps);
    a->mark = flags(s->n_marks);
    code_read(a, s);
    rules_read(a, s);
    a->facts = listed(a->fact, s->n_facts, &a->n_facts);
    a->totals = listed(a->total, s->rubric.n_comps, &a->n_totals);
    a->marks = listed(a->mark, s->n_marks, &a->n_marks);
    a->size = 8 + 4 * a->n_totals + a->n_marks + a->turn;
    for (uint32_t i = 0; i < a->n_facts; i++) {
        const struct fact *f = &s->facts[a->facts[i]];
        a->size += (int64_t)f->to - f->from < 256 ? 1 : 4;
    }
    a->size = (a->size + 3) / 4 * 4;
}

void asked_done(struct asked *a)
{
    free(a->fact);
    free(a->total);
    free(a->mark);
    free(a->facts);
    free(a->totals);
    free(a->marks);
}

uint32_t key_node(const uint8_t *key)
{
    uint32_t v;
    memcpy(&v, key, sizeof v);
    return v;
}

uint32_t key_mask(const uint8_t *key)
{
    uint32_t v;
    memcpy(&v, key + 4, sizeof v);
    return v;
}

void key_pack(const struct asked *a, const struct scenario *s, const struct state *st, uint32_t mask, uint8_t *key)
{
    const int32_t *totals = st->cell + s->n_facts + 1;
    const uint8_t *marks = (const uint8_t *)(totals + s->rubric.n_comps + 1);
    uint8_t *at = key + 8;
    memcpy(key, &st->node, 4);
    memcpy(key + 4, &mask, 4);
    for (uint32_t i = 0; i < a->n_totals; i++, at += 4)
        memcpy(at, &totals[a->totals[i]], 4);
    for (uint32_t i = 0; i < a->n_facts; i++) {
        const struct fact *f = &s->facts[a->facts[i]];
        if ((int64_t)f->to - f->from < 256) {
            *at++ = (uint8_t)(st->cell[a->facts[i]] - f->from);
            continue;
        }
        memcpy(at, &st->cell[a->facts[i]], 4);
        at += 4;
    }
    for (uint32_t i = 0; i < a->n_marks; i++)
        *at++ = a->mark[a->marks[i]] & ASKED_HOW_OFTEN ? marks[a->marks[i]] : marks[a->marks[i]] > 0;
    if (a->turn)
        *at++ = st->turn;
    while (at < key + a->size)
        *at++ = 0;
}

void key_unpack(const struct asked *a, const struct scenario *s, const uint8_t *key, struct state *st)
{
    const uint8_t *at = key + 8;
    state_init(s, st);
    st->node = key_node(key);
    if (st->node == 0)
        return;
    st->phase = PHASE_ASK;
    st->decision = s->nodes[st->node].ref;
    st->scene = s->decisions[st->decision].scene.i;
    for (uint32_t i = 0; i < a->n_totals; i++, at += 4)
        memcpy(&state_totals(s, st)[a->totals[i]], at, 4);
    for (uint32_t i = 0; i < a->n_facts; i++) {
        const struct fact *f = &s->facts[a->facts[i]];
        if ((int64_t)f->to - f->from < 256) {
            st->cell[a->facts[i]] = f->from + *at++;
            continue;
        }
        memcpy(&st->cell[a->facts[i]], at, 4);
        at += 4;
    }
    for (uint32_t i = 0; i < a->n_marks; i++)
        state_marks(s, st)[a->marks[i]] = *at++;
    if (a->turn)
        st->turn = *at;
}

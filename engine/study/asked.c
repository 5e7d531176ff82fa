/* asked.c -- which states are one.
 *
 * Two states at one decision are one where no step from there on, however far, asks about anything in which they differ.
 * What steps ask about is watched while they are taken (probe.h): of each decision it is known what the steps from it
 * asked about, and to which decisions they led; whatever matters there, matters here.  A state is kept as what matters at
 * its decision; all else is as at the beginning.  While a pass over all states still learns that more matters, its states
 * were too coarse and the next pass begins anew; the pass that learns nothing more is exact, since then of two states
 * that are kept as one each does what the other does.
 *
 * Adding to a gauge or counting a mark asks nothing: the sum matters only where somebody asks about it. */
#include "study/inside.h"

#include "scenario/code.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MEMORY = 16 << 20 };

/* ---- what can matter, numbered: facts, totals, marks whether and how often, the turn ---- */

static uint32_t var_of(const struct scenario *s, enum note_kind kind, uint32_t id)
{
    uint32_t at = id;
    switch (kind) {
    case NOTE_CODE:
    case NOTE_FACT: return at;
    case NOTE_TOTAL: return s->n_facts + 1 + at;
    case NOTE_WHETHER: return s->n_facts + s->rubric.n_comps + 2 + at;
    case NOTE_COUNT: return s->n_facts + s->rubric.n_comps + s->n_marks + 3 + at;
    case NOTE_TURN: break;
    }
    return s->n_facts + s->rubric.n_comps + 2 * s->n_marks + 4;
}

static uint64_t *row_of(const struct asked *a, uint32_t place)
{
    return a->rows + (size_t)(a->shared ? 0 : place) * a->words;
}

static void matters(struct asked *a, uint32_t place, uint32_t var)
{
    uint64_t *word = row_of(a, place) + var / 64, bit = 1ull << var % 64;
    a->grown |= !(*word & bit);
    *word |= bit;
}

/* Whatever matters at TO matters at PLACE. */
static void inherit(struct asked *a, uint32_t place, uint32_t to)
{
    uint64_t *here = row_of(a, place);
    const uint64_t *there = row_of(a, to);
    for (uint32_t i = 0; i < a->words; i++) {
        a->grown |= (there[i] & ~here[i]) != 0;
        here[i] |= there[i];
    }
}

/* ---- watching a step ---- */

static void code_matters(struct asked *a, const struct scenario *s, uint32_t place, const struct code *c)
{
    for (uint32_t i = c->first_op; i < c->first_op + c->n_ops; i++) {
        const struct op *op = &s->ops[i];
        switch ((enum op_kind)op->kind) {
        case OP_FACT: matters(a, place, var_of(s, NOTE_FACT, op->ref)); break;
        case OP_MARK: matters(a, place, var_of(s, NOTE_COUNT, op->ref)); break;
        case OP_MARKED: matters(a, place, var_of(s, NOTE_WHETHER, op->ref)); break;
        case OP_POINTS: matters(a, place, var_of(s, NOTE_TOTAL, op->ref)); break;
        case OP_TURN: matters(a, place, var_of(s, NOTE_TURN, 0)); break;
        default: break;
        }
    }
}

static bool option_bears(const struct scenario *s, const struct option *o)
{
    bool bears = o->n_points > 0 || s->n_scripts > 0;
    for (uint32_t i = o->first_node; i < o->first_node + o->n_nodes; i++)
        bears |= s->nodes[i].kind == NODE_SCORE || (s->nodes[i].kind == NODE_DO && s->codes[s->nodes[i].ref].lua);
    return bears;
}

/* What the rules ask: `once`, and whether an answer counts. */
static void rules_matter(struct asked *a, const struct scenario *s, uint32_t place, const struct event *e)
{
    const struct decision *d = &s->decisions[e->kind == EV_OFFERED ? e->a : e->b];
    for (uint32_t k = d->first; k < d->first + d->n && d->mark; k++) {
        if (s->options[k].once && s->options[k].mark)
            matters(a, place, var_of(s, NOTE_WHETHER, s->options[k].mark));
        bool bears = d->form == FORM_COMPOSE || option_bears(s, &s->options[k]);
        if (e->kind == EV_CHOSE && e->by != BY_ENGINE && bears)
            matters(a, place, var_of(s, NOTE_WHETHER, d->mark));
    }
}

static void road_keep(struct asked *a, uint32_t place, uint32_t to)
{
    struct ways *w = &a->ways[place];
    for (uint32_t i = 0; i < w->n; i++)
        if (w->v[i] == to)
            return;
    array_room(w->v, w->n, w->cap);
    w->v[w->n++] = to;
}

void asked_watch(struct asked *a, const struct probe *p, uint32_t place, uint32_t to)
{
    const struct scenario *s = p->se->scenario;
    for (uint32_t i = 0; i < p->feed.n_notes; i++) {
        const struct note *n = &p->feed.notes[i];
        uint8_t *known = a->code_known + (a->shared ? n->id : 0);
        if (n->kind != NOTE_CODE)
            matters(a, place, var_of(s, (enum note_kind)n->kind, n->id));
        else if (!a->shared || !*known) {
            *known = a->shared;
            code_matters(a, s, place, &s->codes[n->id]);
        }
    }
    for (uint32_t n = 1; n < p->se->n_events; n++) {
        const struct event *e = session_event(p->se, n);
        if (e->kind == EV_CHOSE || e->kind == EV_OFFERED)
            rules_matter(a, s, place, e);
    }
    if (to && !a->shared) {
        road_keep(a, place, to);
        inherit(a, place, to);
    }
}

/* ---- what a key holds ---- */

static void lay(struct asked *a, const struct scenario *s, uint32_t place)
{
    const uint64_t *row = row_of(a, place);
    struct layout *l = &a->layouts[place];
    l->first = a->n_fields;
    l->size = 8;
    uint32_t marks = var_of(s, NOTE_WHETHER, 0), counts = var_of(s, NOTE_COUNT, 0), totals = var_of(s, NOTE_TOTAL, 0);
    for (uint32_t v = 0; v < a->words * 64; v++) {
        if (!(row[v / 64] >> v % 64 & 1))
            continue;
        struct field f = {.kind = FIELD_TURN};
        if (v < totals)
            f = (struct field){(int64_t)s->facts[v].to - s->facts[v].from < 256 ? FIELD_SMALL : FIELD_FACT, v};
        else if (v < marks)
            f = (struct field){FIELD_TOTAL, v - totals};
        else if (v < counts)
            f = (struct field){FIELD_WHETHER, v - marks};
        else if (v < var_of(s, NOTE_TURN, 0))
            f = (struct field){FIELD_COUNT, v - counts};
        l->size += f.kind == FIELD_FACT || f.kind == FIELD_TOTAL ? 4 : 1;
        array_room(a->fields, a->n_fields, a->cap_fields);
        a->fields[a->n_fields++] = f;
    }
    l->n = a->n_fields - l->first;
    l->size = (l->size + 3) / 4 * 4;
    a->largest = l->size > a->largest ? l->size : a->largest;
}

void asked_settle(struct asked *a, const struct scenario *s)
{
    for (bool more = !a->shared; more;) {
        a->grown = false;
        for (uint32_t p = a->places; p-- > 0;)
            for (uint32_t i = 0; i < a->ways[p].n; i++)
                inherit(a, p, a->ways[p].v[i]);
        more = a->grown;
    }
    a->grown = false;
    a->n_fields = a->largest = 0;
    for (uint32_t p = 0; p < a->places; p++) {
        if (a->shared && p)
            a->layouts[p] = a->layouts[0];
        else
            lay(a, s, p);
    }
}

bool asked_fact(const struct asked *a, fact_id f)
{
    for (uint32_t p = 0; p < (a->shared ? 1 : a->places); p++)
        if (row_of(a, p)[f.i / 64] >> f.i % 64 & 1)
            return true;
    return false;
}

void asked_init(struct asked *a, const struct scenario *s)
{
    *a = (struct asked){.places = 2 * s->n_decisions + 1, .words = var_of(s, NOTE_TURN, 0) / 64 + 1};
    a->shared = (uint64_t)a->places * a->words * sizeof *a->rows > ROWS_MEMORY;
    size_t size = (size_t)(a->shared ? 1 : a->places) * a->words * sizeof *a->rows;
    a->rows = mem_new(size);
    memset(a->rows, 0, size);
    a->code_known = mem_new(s->n_codes + 1);
    memset(a->code_known, 0, s->n_codes + 1);
    a->ways = mem_new(a->places * sizeof *a->ways);
    memset(a->ways, 0, a->places * sizeof *a->ways);
    a->layouts = mem_new(a->places * sizeof *a->layouts);
    asked_settle(a, s);
}

void asked_done(struct asked *a)
{
    for (uint32_t p = 0; p < a->places; p++)
        free(a->ways[p].v);
    free(a->ways);
    free(a->rows);
    free(a->code_known);
    free(a->layouts);
    free(a->fields);
}

/* ---- packing ---- */

uint32_t key_decision(const struct scenario *s, const uint8_t *key)
{
    uint32_t at = key_word(key, 0);
    return at >= HALTED ? at - HALTED : at ? s->nodes[at].ref : 0;
}

struct spot key_spot(const struct scenario *s, const uint8_t *key)
{
    struct spot spot = {key_decision(s, key), key_word(key, 0), key_word(key, 1)};
    spot.place += spot.at >= HALTED ? s->n_decisions : 0;
    return spot;
}

uint32_t key_pack(const struct asked *a, const struct scenario *s, const struct state *st, struct spot spot, uint8_t *key)
{
    const struct layout *l = &a->layouts[spot.place];
    const int32_t *totals = st->cell + s->n_facts + 1;
    const uint8_t *marks = (const uint8_t *)(totals + s->rubric.n_comps + 1);
    uint8_t *at = key + 8;
    memcpy(key, &spot.at, 4);
    memcpy(key + 4, &spot.how, 4);
    for (const struct field *f = a->fields + l->first, *end = f + l->n; f < end; f++) {
        switch (f->kind) {
        case FIELD_FACT: memcpy(at, &st->cell[f->id], 4), at += 4; break;
        case FIELD_TOTAL: memcpy(at, &totals[f->id], 4), at += 4; break;
        case FIELD_SMALL: *at++ = (uint8_t)(st->cell[f->id] - s->facts[f->id].from); break;
        case FIELD_WHETHER: *at++ = marks[f->id] > 0; break;
        case FIELD_COUNT: *at++ = marks[f->id]; break;
        case FIELD_TURN: *at++ = st->turn; break;
        }
    }
    while (at < key + l->size)
        *at++ = 0;
    return l->size;
}

void key_unpack(const struct asked *a, const struct scenario *s, const uint8_t *key, struct state *st)
{
    const uint8_t *at = key + 8;
    struct spot spot = key_spot(s, key);
    state_init(s, st);
    if (spot.place == 0)
        return;
    st->node = spot.at < HALTED ? spot.at : 0;
    st->phase = spot.at < HALTED ? PHASE_ASK : PHASE_RUN;
    st->decision = key_decision(s, key);
    st->scene = s->decisions[st->decision].scene.i;
    const struct layout *l = &a->layouts[spot.place];
    uint8_t *marks = state_marks(s, st);
    for (const struct field *f = a->fields + l->first, *end = f + l->n; f < end; f++) {
        switch (f->kind) {
        case FIELD_FACT: memcpy(&st->cell[f->id], at, 4), at += 4; break;
        case FIELD_TOTAL: memcpy(&state_totals(s, st)[f->id], at, 4), at += 4; break;
        case FIELD_SMALL: st->cell[f->id] = s->facts[f->id].from + *at++; break;
        case FIELD_WHETHER: marks[f->id] = *at++; break;
        case FIELD_COUNT: marks[f->id] = *at++; break;
        case FIELD_TURN: st->turn = *at++; break;
        }
    }
}

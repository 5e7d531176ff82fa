/* asked.c -- which states are one, and what a state is made of.
 *
 * Two states at one decision are one where no step from there on, however far, asks about anything in which they differ.
 * Of each decision it is known what the steps from it asked about, and to which decisions they led; whatever matters there
 * matters here, unless the step sets it anew.  A state is a few words: of all that matters anywhere each has a few bits in
 * them, and what does not matter at its decision is 0.  While a pass over all states still learns that more matters, its
 * states were too coarse and the next pass begins anew; the pass that learns nothing more is exact, since then of two
 * states that are kept as one each does what the other does.
 *
 * Adding to a gauge or counting a mark asks nothing: the sum matters only where somebody asks about it. */
#include "study/inside.h"

#include <stdlib.h>

enum { ROWS_MEMORY = 16 << 20, WORD = 64, SPOT_BITS = 32, SPAN_BITS = 7 };

/* ---- what can matter, numbered: facts, totals, marks whether and how often, the turn, scenes entered ---- */

uint32_t asked_var(const struct scenario *s, enum note_kind kind, uint32_t id)
{
    uint32_t totals = s->n_facts + 1, whether = totals + s->rubric.n_comps + 1, counts = whether + s->n_marks + 1;
    switch (kind) {
    case NOTE_FACT:
    case NOTE_SET:
    case NOTE_ADDED:
        return id;
    case NOTE_TOTAL:
    case NOTE_SCORED:
        return totals + id;
    case NOTE_WHETHER:
        return whether + id;
    case NOTE_COUNT:
    case NOTE_COUNTED:
    case NOTE_MARKED:
        return counts + id;
    case NOTE_MOVES:
    case NOTE_MOVED:
    case NOTE_STOOD:
        return counts + s->n_marks + 2;
    default:
        return counts + s->n_marks + 1;
    }
}

static uint64_t *row_of(const struct asked *a, uint32_t place)
{
    return a->rows + (size_t)(a->shared ? 0 : place) * a->row_words;
}

static uint64_t *killed_of(const struct asked *a, uint32_t row)
{
    return a->killed + (size_t)row * a->row_words;
}

static void set_bit(uint64_t *row, uint32_t var)
{
    row[var / WORD] |= 1ull << var % WORD;
}

static void matters(struct asked *a, uint32_t place, uint32_t var)
{
    uint64_t *row = row_of(a, place);
    if (row[var / WORD] >> var % WORD & 1)
        return;
    set_bit(row, var);
    a->grown = true;
    a->lacking |= !a->fields[var].bits;
}

/* Whatever matters where WAY leads matters at PLACE. */
static void inherit(struct asked *a, uint32_t place, const struct way *way)
{
    uint64_t *here = row_of(a, place);
    const uint64_t *there = row_of(a, way->to), *killed = killed_of(a, way->killed);
    for (uint32_t i = 0; i < a->row_words; i++) {
        uint64_t more = there[i] & ~killed[i] & ~here[i];
        a->grown |= more != 0;
        here[i] |= more;
    }
}

/* ---- watching a step ---- */

/* Row 0: what the step sets anew. */
static void killed_find(struct asked *a, const struct scenario *s, const struct feed *step)
{
    memset(a->killed, 0, a->row_words * sizeof *a->killed);
    for (uint32_t i = 0; i < step->n_notes; i++) {
        const struct note *n = &step->notes[i];
        if (n->kind == NOTE_SET || n->kind == NOTE_STOOD)
            set_bit(a->killed, asked_var(s, (enum note_kind)n->kind, n->id));
        if (n->kind == NOTE_MARKED)
            set_bit(a->killed, asked_var(s, NOTE_COUNT, n->id));
        if (n->kind == NOTE_MARKED || n->kind == NOTE_COUNTED)
            set_bit(a->killed, asked_var(s, NOTE_WHETHER, n->id));
    }
}

static uint32_t killed_keep(struct asked *a)
{
    if (a->n_killed == a->cap_killed) {
        a->cap_killed *= 2;
        a->killed = mem_grow(a->killed, (size_t)a->cap_killed * a->row_words * sizeof *a->killed);
    }
    memcpy(killed_of(a, a->n_killed), a->killed, a->row_words * sizeof *a->killed);
    return a->n_killed++;
}

static const struct way *way_keep(struct asked *a, uint32_t place, uint32_t to)
{
    struct ways *w = &a->ways[place];
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->v[i].to != to)
            continue;
        uint64_t *always = killed_of(a, w->v[i].killed);
        for (uint32_t k = 0; k < a->row_words; k++)
            always[k] &= a->killed[k];
        return &w->v[i];
    }
    array_room(w->v, w->n, w->cap);
    w->v[w->n] = (struct way){to, killed_keep(a)};
    return &w->v[w->n++];
}

void asked_watch(struct asked *a, const struct scenario *s, const struct feed *step, uint32_t place, uint32_t to)
{
    for (uint32_t i = 0; i < step->n_notes; i++) {
        const struct note *n = &step->notes[i];
        if (n->kind == NOTE_FACT)
            a->facts[n->id] = true;
        if (n->kind < NOTE_FORK && !n->known)
            matters(a, place, asked_var(s, (enum note_kind)n->kind, n->id));
    }
    if (!to || a->shared)
        return;
    killed_find(a, s, step);
    inherit(a, place, way_keep(a, place, to));
}

/* ---- what a state is made of ---- */

static uint8_t bits_of(uint32_t most)
{
    return most ? (uint8_t)(32 - __builtin_clz(most)) : 0;
}

/* Variable VAR, without a place. */
static struct field field_of(const struct scenario *s, uint32_t var)
{
    if (var < asked_var(s, NOTE_TOTAL, 0)) {
        const struct fact *f = &s->facts[var];
        uint32_t most = (uint32_t)f->to - (uint32_t)f->from;
        return (struct field){.bits = bits_of(most), .from = f->from, .start = f->start, .most = most};
    }
    if (var < asked_var(s, NOTE_WHETHER, 0))
        return (struct field){.bits = 32};
    if (var < asked_var(s, NOTE_COUNT, 0))
        return (struct field){.bits = 1, .most = 1};
    uint32_t turn = asked_var(s, NOTE_TURN, 0), most = var < turn ? TIMES_MAX : var == turn ? TURN_MAX : UINT16_MAX;
    return (struct field){.bits = bits_of(most), .most = most};
}

uint32_t asked_span(const struct scenario *s, uint32_t var, int32_t *from)
{
    struct field f = field_of(s, var);
    *from = f.from;
    if (f.bits > SPAN_BITS)
        return 0;
    return var < asked_var(s, NOTE_TOTAL, 0) ? (uint32_t)(s->facts[var].to - s->facts[var].from) + 1 : 1u << f.bits;
}

static bool anywhere(const struct asked *a, uint32_t var)
{
    for (uint32_t p = 0; p < (a->shared ? 1 : a->places); p++)
        if (row_of(a, p)[var / WORD] >> var % WORD & 1)
            return true;
    return false;
}

static void fields_lay(struct asked *a, const struct scenario *s)
{
    uint32_t at = SPOT_BITS;
    a->n_kept = 0;
    for (uint32_t v = 0; v < a->vars; v++) {
        struct field f = field_of(s, v);
        if (!f.bits || !anywhere(a, v)) {
            a->fields[v] = (struct field){.start = f.start};
            continue;
        }
        at += at % WORD + f.bits > WORD ? WORD - at % WORD : 0;
        f.word = at / WORD;
        f.shift = (uint8_t)(at % WORD);
        a->fields[v] = f;
        a->kept[a->n_kept++] = v;
        at += f.bits;
    }
    a->words = (at + WORD - 1) / WORD;
}

static void masks_make(struct asked *a)
{
    uint32_t n = a->shared ? 1 : a->places;
    a->masks = mem_grow(a->masks, (size_t)n * a->words * sizeof *a->masks);
    memset(a->masks, 0, (size_t)n * a->words * sizeof *a->masks);
    for (uint32_t p = 0; p < n; p++) {
        uint64_t *mask = a->masks + (size_t)p * a->words;
        mask[0] = UINT32_MAX;
        for (uint32_t i = 0; i < a->n_kept; i++) {
            const struct field *f = &a->fields[a->kept[i]];
            if (row_of(a, p)[a->kept[i] / WORD] >> a->kept[i] % WORD & 1)
                mask[f->word] |= ((1ull << f->bits) - 1) << f->shift;
        }
    }
}

void asked_settle(struct asked *a, const struct scenario *s)
{
    for (bool more = !a->shared; more;) {
        a->grown = false;
        for (uint32_t p = a->places; p-- > 0;)
            for (uint32_t i = 0; i < a->ways[p].n; i++)
                inherit(a, p, &a->ways[p].v[i]);
        more = a->grown;
    }
    a->grown = a->lacking = false;
    fields_lay(a, s);
    masks_make(a);
}

void asked_init(struct asked *a, const struct scenario *s)
{
    uint32_t vars = asked_var(s, NOTE_MOVES, 0) + 1, places = s->n_decisions + 1;
    *a = (struct asked){.places = places, .vars = vars, .row_words = (vars + WORD - 1) / WORD, .n_killed = 1, .cap_killed = 16};
    size_t row = a->row_words * sizeof *a->rows;
    a->shared = places * row > ROWS_MEMORY;
    a->rows = mem_new((a->shared ? 1 : places) * row);
    memset(a->rows, 0, (a->shared ? 1 : places) * row);
    a->killed = mem_new(a->cap_killed * row);
    a->ways = mem_new(places * sizeof *a->ways);
    memset(a->ways, 0, places * sizeof *a->ways);
    a->facts = mem_new(s->n_facts + 1);
    memset(a->facts, 0, s->n_facts + 1);
    a->fields = mem_new(vars * sizeof *a->fields);
    a->kept = mem_new(vars * sizeof *a->kept);
}

void asked_done(struct asked *a)
{
    for (uint32_t p = 0; p < a->places; p++)
        free(a->ways[p].v);
    free(a->ways);
    free(a->rows);
    free(a->killed);
    free(a->facts);
    free(a->fields);
    free(a->kept);
    free(a->masks);
}

/* ---- states ---- */

void asked_begin(const struct asked *a, uint64_t *words)
{
    memset(words, 0, a->words * sizeof *words);
    for (uint32_t i = 0; i < a->n_kept; i++) {
        const struct field *f = &a->fields[a->kept[i]];
        words[f->word] |= (uint64_t)((uint32_t)f->start - (uint32_t)f->from) << f->shift;
    }
}

int32_t asked_of(const struct scenario *s, const struct state *st, uint32_t var)
{
    uint32_t whether = asked_var(s, NOTE_WHETHER, 0), counts = asked_var(s, NOTE_COUNT, 0), turn = asked_var(s, NOTE_TURN, 0);
    const int32_t *cells = st->cell;
    const uint8_t *marks = (const uint8_t *)(cells + s->n_facts + 1 + s->rubric.n_comps + 1);
    if (var < whether)
        return cells[var]; /* facts, then totals, as there */
    if (var < turn)
        return var < counts ? marks[var - whether] > 0 : marks[var - counts];
    return var == turn ? st->turn : st->moves;
}

void asked_unpack(const struct asked *a, const struct scenario *s, const uint64_t *words, struct state *st)
{
    uint32_t totals = asked_var(s, NOTE_TOTAL, 0), whether = asked_var(s, NOTE_WHETHER, 0);
    uint32_t counts = asked_var(s, NOTE_COUNT, 0), turn = asked_var(s, NOTE_TURN, 0);
    uint8_t *marks = state_marks(s, st);
    state_init(s, st);
    for (uint32_t i = 0; i < a->n_kept; i++) {
        uint32_t var = a->kept[i];
        int32_t value = asked_value(a, words, var);
        if (var < totals)
            state_facts(st)[var] = value;
        else if (var < whether)
            state_totals(s, st)[var - totals] = value;
        else if (var < counts)
            marks[var - whether] = (uint8_t)value;
        else if (var < turn)
            marks[var - counts] = (uint8_t)value; /* no mark is asked for both ways: struct option */
        else if (var == turn)
            st->turn = (uint8_t)value;
        else
            st->moves = (uint16_t)value;
    }
}

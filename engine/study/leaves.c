/* leaves.c -- what comes of a step: where it leads, what it is worth, what it writes and what was met on the way.
 *
 * What a step writes changes the words of a state as it would change the state itself; so it need not be made again for a
 * state that goes the same way.  What was met on the way (scenes, lines, scripts that fail) counts once a state of the
 * present pass has come to the leaf: a pass that knows too little may look at states that no play comes to. */
#include "study/inside.h"

#include <assert.h>
#include <stdlib.h>

enum { PROBLEMS_MOST = 1000, WORTHS_MOST = UINT16_MAX, SEEN_BITS = 3 };
enum seen_kind { SEEN_SCENE, SEEN_DECISION, SEEN_OPTION, SEEN_NODE, SEEN_FACT, SEEN_PROBLEM };

/* ---- what came of a step that the probe made ---- */

uint16_t worth_id(struct study *st, const int32_t *worth)
{
    struct steps *sp = &st->steps;
    size_t size = st->k * sizeof *worth;
    for (uint32_t i = 0; i < sp->n_worths; i++)
        if (memcmp(sp->worths + (size_t)i * st->k, worth, size) == 0)
            return (uint16_t)i;
    if (sp->n_worths == WORTHS_MOST) {
        st->full = true;
        return 0;
    }
    if (sp->n_worths == sp->cap_worths) {
        sp->cap_worths = sp->cap_worths ? sp->cap_worths * 2 : 64;
        sp->worths = mem_grow(sp->worths, sp->cap_worths * size);
    }
    memcpy(sp->worths + (size_t)sp->n_worths * st->k, worth, size);
    return (uint16_t)sp->n_worths++;
}

/* The evidence of the answer. */
static uint16_t worth_find(struct study *st)
{
    const struct session *se = st->probe->se;
    memset(st->worth, 0, st->k * sizeof *st->worth);
    for (uint32_t n = 1; n < se->n_events; n++) {
        const struct event *e = session_event(se, n);
        bool own = e->kind == EV_CHOSE && st->s->decisions[e->b].form == FORM_ASK;
        const struct item *it = event_items(e);
        for (uint32_t i = 0; e->kind == EV_CHOSE && i < e->n; i++) {
            if (it[i].kind != ITEM_EVIDENCE)
                continue;
            st->worth[it[i].comp] += it[i].value;
            if (!own && scenario_grades(st->s, se->params.roles[0], (comp_id){it[i].comp}))
                st->worth[0] += it[i].value;
        }
    }
    return worth_id(st, st->worth);
}

static uint32_t stuck_of(struct steps *sp, struct stuck_place place)
{
    for (uint32_t i = 0; i < sp->n_stuck; i++)
        if (sp->stuck[i].scene == place.scene && sp->stuck[i].decision == place.decision && sp->stuck[i].why == place.why)
            return i;
    array_room(sp->stuck, sp->n_stuck, sp->cap_stuck);
    sp->stuck[sp->n_stuck] = place;
    return sp->n_stuck++;
}

static uint32_t led_to(struct study *st, const struct state *now)
{
    const struct session *se = st->probe->se;
    const struct feed *f = &st->probe->feed;
    uint32_t why;
    switch ((enum phase)now->phase) {
    case PHASE_ASK:
        return spot_of(st, now->node, f->options, true);
    case PHASE_RUN:
        return spot_of(st, f->node, f->options, false);
    case PHASE_ENDED:
        return TO_END + now->scene;
    case PHASE_STUCK:
        break;
    }
    why = session_event(se, se->n_events - 1)->a;
    uint32_t decision = why == STUCK_NO_OPTION ? st->s->nodes[f->node].ref : 0;
    return TO_STUCK + stuck_of(&st->steps, (struct stuck_place){.scene = now->scene, .decision = decision, .why = why});
}

/* ---- what was met on the way ---- */

static void seen_add(struct steps *sp, enum seen_kind kind, uint32_t id)
{
    array_room(sp->seen, sp->n_seen, sp->cap_seen);
    sp->seen[sp->n_seen++] = id << SEEN_BITS | (uint32_t)kind;
}

static void problem_add(struct study *st, const struct item *it, const struct item *end)
{
    struct steps *sp = &st->steps;
    struct err err = {.code = (enum msg)it->ref, .at = {(uint32_t)it->value, it[1].ref, (uint32_t)it[1].value}};
    uint32_t i = 0;
    st->slow += err.code == MSG_SCRIPT_BUDGET;
    while (i < sp->n_problems && (sp->problems[i].err.code != err.code || sp->problems[i].err.at.from != err.at.from))
        i++;
    if (i == PROBLEMS_MOST)
        return;
    if (i == sp->n_problems) {
        it += 2;
        for (uint32_t k = 0; it < end && it->kind == ITEM_TEXT && k < ERR_ARGS; k++, it++)
            err.args[k] = text_keep(&st->arena, session_text(st->probe->se, it));
        array_room(sp->problems, sp->n_problems, sp->cap_problems);
        sp->problems[sp->n_problems++] = (struct problem){.err = err};
    }
    seen_add(sp, SEEN_PROBLEM, i);
}

static void event_met(struct study *st, const struct event *e)
{
    const struct item *it = event_items(e);
    struct steps *sp = &st->steps;
    if (e->kind == EV_CHOSE)
        seen_add(sp, SEEN_OPTION, e->a);
    if (e->kind == EV_CHOSE || e->kind == EV_OFFERED)
        seen_add(sp, SEEN_DECISION, e->kind == EV_CHOSE ? e->b : e->a);
    if ((e->kind == EV_ENTERED || e->kind == EV_ENDED) && e->a)
        seen_add(sp, SEEN_SCENE, e->a);
    for (uint32_t i = 0; i < e->n; i++) {
        if (it[i].kind == ITEM_SHOW)
            seen_add(sp, SEEN_NODE, it[i].ref);
        else if (it[i].kind == ITEM_PROBLEM)
            problem_add(st, &it[i], it + e->n);
    }
}

static int32_t held(const struct fact *f, int32_t value)
{
    return value < f->from ? f->from : value > f->to ? f->to : value;
}

/* A fact changes in some play where a step would change it from what it is at the beginning: who finds it otherwise finds
 * it changed. */
static bool changes(const struct scenario *s, const struct note *n)
{
    const struct fact *f = &s->facts[n->id];
    if (n->kind == NOTE_SET)
        return held(f, n->value) != f->start;
    return n->value > 0 ? f->start < f->to : n->value < 0 && f->start > f->from;
}

/* ---- what a step writes ---- */

static void write_add(struct steps *sp, uint32_t var, enum write_kind kind, int32_t value)
{
    array_room(sp->writes, sp->n_writes, sp->cap_writes);
    sp->writes[sp->n_writes++] = (struct write){var, value, (uint8_t)kind};
}

static void note_write(struct study *st, const struct note *n)
{
    struct steps *sp = &st->steps;
    uint32_t var = asked_var(st->s, (enum note_kind)n->kind, n->id);
    switch ((enum note_kind)n->kind) {
    case NOTE_SET:
        write_add(sp, var, WRITE_SET, held(&st->s->facts[n->id], n->value));
        break;
    case NOTE_ADDED:
        write_add(sp, var, WRITE_ADD, n->value);
        break;
    case NOTE_SCORED:
        write_add(sp, var, WRITE_SUM, n->value);
        break;
    case NOTE_MARKED:
    case NOTE_COUNTED:
        write_add(sp, var, n->kind == NOTE_MARKED ? WRITE_SET : WRITE_ADD, 1);
        write_add(sp, asked_var(st->s, NOTE_WHETHER, n->id), WRITE_SET, 1);
        break;
    case NOTE_TURNED:
    case NOTE_MOVED:
        write_add(sp, var, WRITE_ADD, 1);
        break;
    case NOTE_STOOD:
        write_add(sp, var, WRITE_SET, 0);
        break;
    default:
        break;
    }
}

void leaf_apply(const struct study *st, const struct leaf *l, const uint64_t *words, uint64_t *to)
{
    memcpy(to, words, st->asked.words * sizeof *to);
    const struct write *w = st->steps.writes + l->first_write;
    for (const struct write *end = w + l->n_writes; w < end; w++) {
        const struct field *f = &st->asked.fields[w->var];
        if (!f->bits)
            continue;
        uint64_t bits = (1ull << f->bits) - 1, *word = &to[f->word];
        int64_t value = (int64_t)w->value - (w->kind == WRITE_SET ? f->from : 0);
        if (w->kind != WRITE_SET)
            value += (int64_t)(*word >> f->shift & bits);
        if (w->kind == WRITE_ADD)
            value = value < 0 ? 0 : value > f->most ? f->most : value;
        *word = (*word & ~(bits << f->shift)) | ((uint64_t)value & bits) << f->shift;
    }
    to[0] = (to[0] & ~(uint64_t)UINT32_MAX) | l->to;
}

void leaf_reach(const struct study *st, const struct leaf *l, const uint64_t *words, uint64_t *to)
{
    const uint64_t *mask = asked_mask(&st->asked, st->steps.spots[l->to].decision);
    leaf_apply(st, l, words, to);
    for (uint32_t i = 0; i < st->asked.words; i++)
        to[i] &= mask[i];
}

/* ---- making one ---- */

/* Whether what L writes makes of WORDS what the step made of the state: NOW. */
static __attribute__((unused)) bool writes_alike(struct study *st, struct leaf l, const uint64_t *words, const struct state *now)
{
    bool alike = true;
    uint64_t *to = mem_new(st->asked.words * sizeof *to);
    leaf_apply(st, &l, words, to);
    for (uint32_t i = 0; i < st->asked.n_kept; i++)
        alike &= asked_value(&st->asked, to, st->asked.kept[i]) == asked_of(st->s, now, st->asked.kept[i]);
    free(to);
    return alike;
}

uint32_t leaf_new(struct study *st, const uint64_t *words, const struct state *now)
{
    struct steps *sp = &st->steps;
    const struct session *se = st->probe->se;
    const struct feed *feed = &st->probe->feed;
    uint32_t place = sp->spots[words_spot(words)].decision;
    struct leaf l = {.to = led_to(st, now), .worth = worth_find(st), .first_write = sp->n_writes, .first_seen = sp->n_seen};
    for (uint32_t i = 0; i < feed->n_notes; i++) {
        const struct note *n = &feed->notes[i];
        if (n->kind < NOTE_SET)
            continue;
        note_write(st, n);
        if (n->kind <= NOTE_ADDED && changes(st->s, n))
            seen_add(sp, SEEN_FACT, n->id);
    }
    for (uint32_t n = 1; n < se->n_events; n++)
        event_met(st, session_event(se, n));
    l.n_writes = sp->n_writes - l.first_write;
    l.n_seen = sp->n_seen - l.first_seen;
    asked_watch(&st->asked, st->s, feed, place, is_node(l.to) ? sp->spots[l.to].decision : 0);
    assert(writes_alike(st, l, words, now));
    array_room(sp->leaves, sp->n_leaves, sp->cap_leaves);
    sp->leaves[sp->n_leaves] = l;
    return sp->n_leaves++;
}

/* ---- coming to a leaf ---- */

static void met(struct study *st, uint32_t seen)
{
    uint32_t id = seen >> SEEN_BITS;
    struct seen *all = &st->seen;
    switch ((enum seen_kind)(seen & ((1u << SEEN_BITS) - 1))) {
    case SEEN_SCENE:
        all->scene[id] = true;
        break;
    case SEEN_DECISION:
        all->decision[id] = true;
        break;
    case SEEN_OPTION:
        all->option[id] = true;
        break;
    case SEEN_NODE:
        all->node[id] = true;
        break;
    case SEEN_FACT:
        all->fact[id] = true;
        break;
    case SEEN_PROBLEM:
        st->steps.problems[id].pass = st->passes;
        break;
    }
}

/* The first state of this pass has come to L. */
static void leaf_meet(struct study *st, struct leaf *l)
{
    struct steps *sp = &st->steps;
    l->pass = st->passes;
    for (uint32_t i = 0; i < l->n_seen; i++)
        met(st, sp->seen[l->first_seen + i]);
    if (l->to < TO_STUCK || sp->stuck[l->to - TO_STUCK].pass == st->passes)
        return;
    sp->stuck[l->to - TO_STUCK].pass = st->passes;
    sp->stuck[l->to - TO_STUCK].from = UINT32_MAX;
}

const struct leaf *leaf_at(struct study *st, uint32_t leaf)
{
    struct leaf *l = &st->steps.leaves[leaf];
    if (l->pass != st->passes)
        leaf_meet(st, l);
    return l;
}

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
enum change_kind { CHANGE_PUT, CHANGE_HELD, CHANGE_SUM };

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

/* A fact changes in some play where a step would change it from what it is at the beginning: who finds it otherwise finds
 * it changed. */
static bool changes(const struct scenario *s, const struct write *w)
{
    const struct fact *f = &s->facts[w->id];
    if (w->kind == NOTE_SET)
        return w->value != f->start;
    return w->kind == NOTE_ADDED && (w->value > 0 ? f->start < f->to : w->value < 0 && f->start > f->from);
}

/* ---- what a step writes ---- */

static void change_add(struct study *st, enum change_kind kind, uint32_t var, int64_t value, int64_t most)
{
    struct steps *sp = &st->steps;
    const struct field *f = &st->asked.fields[var];
    if (!f->bits)
        return;
    array_room(sp->changes, sp->n_changes, sp->cap_changes);
    sp->changes[sp->n_changes++] = (struct change){.word = f->word, .shift = f->shift, .kind = (uint8_t)kind,
                                                   .bits = (1ull << f->bits) - 1, .value = value, .most = most};
}

static void write_compile(struct study *st, const struct write *w)
{
    const struct scenario *s = st->s;
    uint32_t var = asked_var(s, (enum note_kind)w->kind, w->id), whether = asked_var(s, NOTE_WHETHER, w->id);
    const struct fact *f = &s->facts[w->kind <= NOTE_ADDED ? w->id : 0];
    switch ((enum note_kind)w->kind) {
    case NOTE_SET:
        change_add(st, CHANGE_PUT, var, (int64_t)w->value - f->from, 0);
        break;
    case NOTE_ADDED:
        change_add(st, CHANGE_HELD, var, w->value, (int64_t)f->to - f->from);
        break;
    case NOTE_SCORED:
        change_add(st, CHANGE_SUM, var, w->value, 0);
        break;
    case NOTE_MARKED:
        change_add(st, CHANGE_PUT, var, 1, 0);
        change_add(st, CHANGE_PUT, whether, 1, 0);
        break;
    case NOTE_COUNTED:
        change_add(st, CHANGE_HELD, var, 1, TIMES_MAX);
        change_add(st, CHANGE_PUT, whether, 1, 0);
        break;
    case NOTE_MOVED:
        change_add(st, CHANGE_HELD, var, 1, UINT16_MAX);
        break;
    case NOTE_STOOD:
        change_add(st, CHANGE_PUT, var, 0, 0);
        break;
    default:
        change_add(st, CHANGE_HELD, var, 1, TURN_MAX);
        break;
    }
}

static void changes_make(struct study *st, struct leaf *l)
{
    struct steps *sp = &st->steps;
    l->first_change = sp->n_changes;
    for (uint32_t i = 0; i < l->n_writes; i++)
        write_compile(st, &sp->writes[l->first_write + i]);
    l->n_changes = sp->n_changes - l->first_change;
}

void leaf_apply(const struct study *st, const struct leaf *l, const uint64_t *words, uint64_t *to)
{
    memcpy(to, words, st->asked.words * sizeof *to);
    const struct change *c = st->steps.changes + l->first_change;
    for (uint32_t i = 0; i < l->n_changes; i++, c++) {
        uint64_t *word = &to[c->word];
        int64_t value = c->value;
        if (c->kind != CHANGE_PUT)
            value += (int64_t)(*word >> c->shift & c->bits);
        if (c->kind == CHANGE_HELD)
            value = value < 0 ? 0 : value > c->most ? c->most : value;
        *word = (*word & ~(c->bits << c->shift)) | ((uint64_t)value & c->bits) << c->shift;
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
    uint32_t n = st->steps.n_changes;
    changes_make(st, &l);
    leaf_apply(st, &l, words, to);
    for (uint32_t i = 0; i < st->asked.n_kept; i++)
        alike &= asked_value(&st->asked, to, st->asked.kept[i]) == asked_of(st->s, now, st->asked.kept[i]);
    st->steps.n_changes = n;
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
        if (feed->notes[i].kind < NOTE_SET)
            continue;
        struct write w = {feed->notes[i].kind, feed->notes[i].id, feed->notes[i].value};
        array_room(sp->writes, sp->n_writes, sp->cap_writes);
        sp->writes[sp->n_writes++] = w;
        if (w.kind <= NOTE_ADDED && changes(st->s, &w))
            seen_add(sp, SEEN_FACT, w.id);
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
    changes_make(st, l);
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

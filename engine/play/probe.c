/* probe.c -- a step of a session whose log is cut again, whose chances are fed, and which notes what it hangs on.
 *
 * The step is the very same that a session takes, so that what is found out about all plays is true of each. */
#include "play/feed.h"

#include <stdlib.h>
#include <string.h>

/* ---- chance ---- */

static void note_add(struct feed *f, struct note n)
{
    array_room(f->notes, f->n_notes, f->cap_notes);
    f->notes[f->n_notes++] = n;
}

static uint32_t way_next(struct feed *f)
{
    uint32_t n = f->forks++;
    return n < f->n_ways ? f->ways[n] : 0;
}

int32_t feed_draw(struct feed *f, uint32_t n)
{
    uint32_t way = n > 1 ? way_next(f) : 0;
    if (n > 1)
        note_add(f, (struct note){.kind = NOTE_FORK, .even = true, .id = n, .value = (int32_t)way, .odds = 1.0 / n});
    return (int32_t)way + 1;
}

uint32_t feed_choose(struct feed *f, const uint32_t *weight, uint32_t n)
{
    uint32_t sum = 0, ways = 0, k = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += weight[i];
        ways += weight[i] > 0;
    }
    uint32_t taken = ways > 1 ? way_next(f) : 0;
    for (uint32_t way = taken; weight[k] == 0 || way > 0; k++)
        way -= weight[k] > 0;
    if (ways > 1)
        note_add(f, (struct note){.kind = NOTE_FORK, .id = ways, .value = (int32_t)taken, .odds = (double)weight[k] / sum});
    return k;
}

/* ---- notes ---- */

/* What P asks for, as it was before the step. */
static int32_t before(const struct step *p, enum note_kind kind, uint32_t id)
{
    struct state *st = p->se->state;
    switch (kind) {
    case NOTE_FACT:
        return state_facts(st)[id];
    case NOTE_TOTAL:
        return state_totals(p->s, st)[id];
    case NOTE_WHETHER:
        return state_marks(p->s, st)[id] > 0;
    case NOTE_COUNT:
        return state_marks(p->s, st)[id];
    case NOTE_MOVES:
        return st->moves;
    default:
        return st->turn;
    }
}

/* Whether a step that noted N has decided what KIND asks of ID. */
static bool decides(const struct note *n, enum note_kind kind, uint32_t id)
{
    if (n->id != id)
        return false;
    if (kind == NOTE_MOVES)
        return n->kind == NOTE_STOOD;
    return kind == NOTE_FACT ? n->kind == NOTE_SET : kind == NOTE_WHETHER && (n->kind == NOTE_MARKED || n->kind == NOTE_COUNTED);
}

void feed_note_asked(const struct step *p, enum note_kind kind, uint32_t id)
{
    struct feed *f = p->se->feed;
    struct note asks = {.kind = (uint8_t)kind, .id = id};
    bool known = false; /* and noted so */
    for (uint32_t i = 0; i < f->n_notes; i++) {
        const struct note *n = &f->notes[i];
        if (n->kind == kind && n->id == id && !n->known)
            return;
        known |= n->kind == kind && n->id == id;
        asks.known |= decides(n, kind, id);
    }
    if (known && asks.known)
        return;
    asks.value = before(p, kind, id);
    note_add(f, asks);
}

void feed_note_wrote(struct feed *f, enum note_kind kind, uint32_t id, int32_t value)
{
    note_add(f, (struct note){.kind = (uint8_t)kind, .id = id, .value = value});
}

static void counted(const struct step *p, uint32_t mark)
{
    if (mark)
        feed_wrote(p, NOTE_COUNTED, mark, 1);
}

void feed_answered(const struct step *p)
{
    const struct scenario *s = p->s;
    const struct event *e = step_head(p);
    const struct option *o = &s->options[e->a];
    if (o->mark)
        feed_wrote(p, NOTE_MARKED, o->mark, 1);
    counted(p, o->times);
    for (uint32_t i = 0; s->move_mark && i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_TAKEN && !event_items(e)[i].value)
            counted(p, s->move_mark[s->parts[event_items(e)[i].ref].move.i]);
    if (e->by == BY_ENGINE)
        return;
    feed_wrote(p, NOTE_TURNED, 0, 1);
    for (uint32_t i = 0; s->move_mark && i < o->n_moves; i++)
        counted(p, s->move_mark[s->option_moves[o->first_move + i].i]);
}

void feed_undo(struct feed *f)
{
    uint32_t n = f->snippet;
    for (uint32_t i = n; i < f->n_notes; i++)
        if (f->notes[i].kind < NOTE_SET)
            f->notes[n++] = f->notes[i];
    f->n_notes = n;
}

/* ---- steps ---- */

struct probe *probe_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params)
{
    struct probe *p = mem_new(sizeof *p);
    struct session_params roles = {.n_roles = params->n_roles};
    memcpy(roles.roles, params->roles, sizeof roles.roles);
    *p = (struct probe){.se = session_new(s, scorer, &roles)};
    p->se->feed = &p->feed;
    return p;
}

void probe_free(struct probe *p)
{
    if (!p)
        return;
    session_free(p->se);
    free(p->feed.notes);
    free(p);
}

struct state *probe_from(struct probe *p)
{
    return p->se->state;
}

static void begin(struct probe *p, struct opened *opened)
{
    struct session *se = p->se;
    se->log_len = sizeof(struct event); /* EV_BEGAN stays */
    se->n_events = 1;
    se->texts.len = 0;
    p->feed.forks = p->feed.n_notes = 0;
    step_open(opened, se);
    if (se->scorer && se->scorer->begin)
        se->scorer->begin(se->scorer->self);
}

static const struct state *finish(struct step *p)
{
    step_head(p); /* the last event's items are counted */
    return p->st;
}

const struct state *probe_run(struct probe *p, option_id o)
{
    struct opened opened;
    struct step *step = &opened.p;
    const struct scenario *s = p->se->scenario;
    begin(p, &opened);
    if (o.i == 0) {
        decide_begin(step);
        return finish(step);
    }
    uint32_t d = s->options[o.i].decision.i;
    struct event head = {.kind = EV_CHOSE, .by = BY_TRAINEE, .a = o.i, .b = d};
    if (s->decisions[d].no_answer.i == o.i)
        head.by = BY_NOBODY;
    decide_on(step, answer_give(step, &(struct answer){.head = head}, step->st->node));
    return finish(step);
}

const struct state *probe_compose(struct probe *p, const uint32_t *parts, uint32_t n)
{
    struct opened opened;
    struct step *step = &opened.p;
    const struct scenario *s = p->se->scenario;
    begin(p, &opened);
    struct answer answer = {.parts = parts, .n_parts = n};
    answer.head = (struct event){.kind = EV_CHOSE, .by = BY_TRAINEE, .b = step->st->decision};
    answer.head.a = message_result(s, &s->decisions[step->st->decision], parts, n);
    decide_on(step, answer_give(step, &answer, step->st->node));
    return finish(step);
}

const struct state *probe_engine(struct probe *p, uint32_t node, uint32_t options)
{
    struct opened opened;
    struct step *step = &opened.p;
    begin(p, &opened);
    step_event(step, &(struct event){.kind = EV_ENTERED, .b = node}); /* what is drawn needs an event to stand in */
    decide_on(step, decide_engine(step, node, options));
    return finish(step);
}

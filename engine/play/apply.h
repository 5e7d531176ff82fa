/* apply.h -- what events do to a state: the only writer of states.
 *
 * Deciding, replaying and going back all come through here, so they cannot disagree.  Nothing is checked: what a script
 * or a stranger's record says was checked before it became an event.  Inline, because deciding runs it once an item,
 * mostly with a kind that is known where it is called. */
#ifndef PLAY_APPLY_H
#define PLAY_APPLY_H

#include "play/event.h"

static inline void mark_count(uint8_t *marks, uint32_t mark)
{
    if (mark && marks[mark] < TIMES_MAX)
        marks[mark]++;
}

static inline void apply_entered(const struct scenario *s, struct state *st, const struct event *e)
{
    st->phase = PHASE_RUN;
    st->decision = 0;
    st->node = e->b;
    if (e->a == 0)
        return;
    st->scene = e->a;
    if (st->moves < UINT16_MAX)
        st->moves++;
    if (s->scenes[e->a].mark)
        state_marks(s, st)[s->scenes[e->a].mark] = 1;
}

static inline void apply_chose(const struct scenario *s, struct state *st, const struct event *e)
{
    uint8_t *marks = state_marks(s, st);
    const struct option *o = &s->options[e->a];
    st->phase = PHASE_RUN;
    st->decision = e->b;
    if (o->mark)
        marks[o->mark] = 1;
    mark_count(marks, o->times);
    if (e->by == BY_ENGINE)
        return;
    if (s->decisions[e->b].mark)
        marks[s->decisions[e->b].mark] = 1;
    if (st->turn < TURN_MAX)
        st->turn++;
    for (uint32_t i = 0; s->move_mark && i < o->n_moves; i++)
        mark_count(marks, s->move_mark[s->option_moves[o->first_move + i].i]);
}

/* The head of an event.  An EV_REWOUND needs the log: session_fold_back. */
static inline __attribute__((always_inline)) void event_apply(const struct scenario *s, struct state *st, const struct event *e)
{
    switch ((enum event_kind)e->kind) {
    case EV_ENTERED:
        apply_entered(s, st, e);
        break;
    case EV_OFFERED:
        st->phase = PHASE_ASK;
        st->decision = e->a;
        st->node = e->b;
        st->moves = 0;
        break;
    case EV_CHOSE:
        apply_chose(s, st, e);
        break;
    case EV_ENDED:
        st->phase = PHASE_ENDED;
        break;
    case EV_STUCK:
        st->phase = PHASE_STUCK;
        break;
    case EV_BEGAN:
    case EV_NOTED:
    case EV_LANGUAGE:
    case EV_REWOUND:
    case EV_PROPOSED:
        break;
    }
}

static inline __attribute__((always_inline)) void item_apply(const struct scenario *s, struct state *st, const struct item *it)
{
    switch ((enum item_kind)it->kind) {
    case ITEM_SET:
        state_facts(st)[it->ref] = it->value;
        break;
    case ITEM_EVIDENCE:
        state_totals(s, st)[it->comp] += it->value;
        break;
    case ITEM_DRAW:
        st->draws++;
        break;
    case ITEM_SHOW:
    case ITEM_VALUE:
    case ITEM_SCORE:
    case ITEM_REASON:
    case ITEM_GO:
    case ITEM_PROBLEM:
    case ITEM_PLACE:
    case ITEM_TEXT:
    case ITEM_OPTION:
    case ITEM_TALLY:
    case ITEM_TOTAL:
    case ITEM_PART:
    case ITEM_HANDS:
    case ITEM_VOTE:
        break;
    case ITEM_TAKEN:
        if (!it->value && s->move_mark)
            mark_count(state_marks(s, st), s->move_mark[s->parts[it->ref].move.i]);
        break;
    }
}

#endif

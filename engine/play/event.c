/* event.c -- what an event does to a state: the only writer of states.
 *
 * Deciding, replaying and rewinding all come through here, so they cannot disagree.  Nothing is checked: what a script
 * or a stranger's record says was checked before it became an event. */
#include "play/event.h"

static void mark_count(uint8_t *marks, uint32_t mark)
{
    if (mark && marks[mark] < TIMES_MAX)
        marks[mark]++;
}

static void entered(const struct scenario *s, struct state *st, const struct event *e)
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

static void chose(const struct scenario *s, struct state *st, const struct event *e)
{
    uint8_t *marks = state_marks(s, st);
    const struct option *o = &s->options[e->a];
    st->phase = PHASE_RUN;
    st->decision = e->b;
    mark_count(marks, o->mark);
    if (e->by == BY_ENGINE)
        return;
    if (s->decisions[e->b].mark)
        marks[s->decisions[e->b].mark] = 1;
    if (st->turn < TURN_MAX)
        st->turn++;
    for (uint32_t i = 0; s->move_mark && i < o->n_moves; i++)
        mark_count(marks, s->move_mark[s->option_moves[o->first_move + i].i]);
}

void event_apply(const struct scenario *s, struct state *st, const struct event *e)
{
    switch ((enum event_kind)e->kind) {
    case EV_ENTERED:
        entered(s, st, e);
        break;
    case EV_OFFERED:
        st->phase = PHASE_ASK;
        st->decision = e->a;
        st->node = e->b;
        st->moves = 0;
        break;
    case EV_CHOSE:
        chose(s, st, e);
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
        break;
    }
}

void item_apply(const struct scenario *s, struct state *st, const struct item *it)
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
        break;
    }
}

/* A score without a condition is among the option's points already. */
static bool counts_extra(const struct scenario *s, const struct item *score)
{
    return score->ref == 0 || s->nodes[score->ref].when.i != 0;
}

int32_t event_evidence(const struct scenario *s, const struct event *e, comp_id c)
{
    const struct option *o = &s->options[e->a];
    int64_t sum = 0;
    if (e->again || e->by == BY_ENGINE)
        return 0;
    for (uint32_t i = 0; i < o->n_points; i++)
        if (s->points[o->first_points + i].comp.i == c.i)
            sum += s->points[o->first_points + i].points;
    const struct item *items = event_items(e);
    for (uint32_t i = 0; i < e->n; i++)
        if (items[i].kind == ITEM_SCORE && items[i].comp == c.i && counts_extra(s, &items[i]))
            sum += items[i].value;
    return sum < POINTS_MIN ? POINTS_MIN : sum > POINTS_MAX ? POINTS_MAX : (int32_t)sum;
}

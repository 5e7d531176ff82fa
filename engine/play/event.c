/* event.c -- what an answer is worth. */
#include "play/decide.h"

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
    sum = sum < POINTS_MIN ? POINTS_MIN : sum > POINTS_MAX ? POINTS_MAX : sum;
    /* each place of a message is a piece of evidence of its own */
    if (s->decisions[e->b].form == FORM_COMPOSE)
        sum += message_points(s, e, c);
    return (int32_t)sum;
}

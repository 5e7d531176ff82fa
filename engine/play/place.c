/* place.c -- the places of a session, one after another, from its events.
 *
 * What was offered is in the event that offered it, so nothing is asked of conditions again.  Knows nothing of grades. */
#include "play/place.h"

static void take(struct place *p, struct choice c)
{
    if (p->n == CHOICES_MOST)
        return;
    p->v[p->n] = c;
    if (c.taken)
        p->taken = &p->v[p->n];
    p->n++;
}

static void walk_options(struct place *p, place_fn *each, void *self)
{
    const struct item *items = event_items(p->offer);
    for (uint32_t i = 0; i < p->offer->n; i++)
        if (items[i].kind == ITEM_OPTION)
            take(p, (struct choice){.option = {items[i].ref}, .taken = items[i].ref == p->e->a});
    each(self, p);
}

/* The part of SLOT that the answer took; 0: none. */
static uint32_t part_taken(const struct place *p, uint32_t slot)
{
    const struct item *items = event_items(p->e);
    for (uint32_t i = 0; i < p->e->n; i++)
        if (items[i].kind == ITEM_TAKEN && p->s->parts[items[i].ref].slot == slot)
            return items[i].ref;
    return 0;
}

static void walk_slot(struct place *p, uint32_t slot, place_fn *each, void *self)
{
    const struct item *items = event_items(p->offer);
    uint32_t part = part_taken(p, slot);
    p->slot = slot;
    p->n = 0;
    p->taken = NULL;
    for (uint32_t i = 0; i < p->offer->n; i++)
        if (items[i].kind == ITEM_PART && p->s->parts[items[i].ref].slot == slot)
            take(p, (struct choice){.part = items[i].ref, .taken = items[i].ref == part});
    if (p->s->slots[slot].may_be_empty)
        take(p, (struct choice){.taken = part == 0 && p->e->by != BY_NOBODY});
    each(self, p);
}

void places_walk(const struct session *se, place_fn *each, void *self)
{
    const struct scenario *s = se->scenario;
    uint32_t offered = 0;
    for (uint32_t n = 0; n < se->n_events; n++) {
        const struct event *e = session_event(se, n);
        if (e->kind == EV_OFFERED)
            offered = n;
        if (e->kind == EV_REWOUND)
            offered = e->a;
        if (e->kind != EV_CHOSE || e->by == BY_ENGINE || e->again || !form_graded(s->decisions[e->b].form))
            continue;
        struct place p = {.s = s, .role = se->params.roles[0], .offer = session_event(se, offered), .e = e, .event = n, .self = e->self};
        const struct decision *d = &s->decisions[e->b];
        if (d->form != FORM_COMPOSE)
            walk_options(&p, each, self);
        for (uint32_t i = 0; d->form == FORM_COMPOSE && i < d->n_slots; i++)
            walk_slot(&p, d->first_slot + i, each, self);
    }
}

/* ---- what a choice is ---- */

static int32_t option_points(const struct scenario *s, option_id id, comp_id c)
{
    const struct option *o = &s->options[id.i];
    int32_t sum = 0;
    for (uint32_t i = 0; i < o->n_points; i++)
        if (s->points[o->first_points + i].comp.i == c.i)
            sum += s->points[o->first_points + i].points;
    return sum < POINTS_MIN ? POINTS_MIN : sum > POINTS_MAX ? POINTS_MAX : sum;
}

int32_t place_points(const struct place *p, const struct choice *choice, comp_id c)
{
    if (choice->part)
        return p->s->parts[choice->part].comp.i == c.i ? p->s->parts[choice->part].points : 0;
    if (!choice->option.i)
        return 0;
    return choice->taken ? event_evidence(p->s, p->e, c) : option_points(p->s, choice->option, c);
}

int32_t place_got(const struct place *p, comp_id c)
{
    return p->taken ? place_points(p, p->taken, c) : 0;
}

const move_id *place_moves(const struct place *p, const struct choice *choice, uint32_t *n)
{
    const struct option *o = &p->s->options[choice->option.i];
    if (choice->part) {
        *n = p->s->parts[choice->part].move.i != 0;
        return &p->s->parts[choice->part].move;
    }
    *n = choice->option.i ? o->n_moves : 0;
    return p->s->option_moves + o->first_move;
}

bool place_makes(const struct place *p, const struct choice *choice, move_id m)
{
    uint32_t n;
    const move_id *moves = place_moves(p, choice, &n);
    for (uint32_t i = 0; i < n; i++)
        if (moves[i].i == m.i)
            return true;
    return false;
}

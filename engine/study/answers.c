/* answers.c -- what may be answered to a decision, by its form.
 *
 * To most of them one of the options offered; own words may also be said to fit none.  A message is one part from each
 * slot, or none where a slot may stay empty; messages are numbered like the numbers of a clock, a slot a hand.  A form
 * that asks in another way joins here. */
#include "study/inside.h"

enum { MESSAGES_MOST = 4096 };

static uint32_t slot_ways(const struct slot *slot)
{
    return slot->n + slot->may_be_empty;
}

static uint64_t messages(const struct scenario *s, const struct decision *d)
{
    uint64_t n = 1;
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots && n <= MESSAGES_MOST; i++)
        n *= slot_ways(&s->slots[i]);
    return n;
}

bool answers_too_many(const struct scenario *s, const struct decision *d)
{
    return d->form == FORM_COMPOSE && (d->n_slots > SLOTS_OF_MESSAGE || messages(s, d) > MESSAGES_MOST);
}

uint32_t message_parts(const struct scenario *s, const struct decision *d, uint32_t number, uint32_t *parts)
{
    uint32_t n = 0;
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++) {
        const struct slot *slot = &s->slots[i];
        uint32_t way = number % slot_ways(slot);
        number /= slot_ways(slot);
        if (way < slot->n)
            parts[n++] = slot->first + way;
    }
    return n;
}

uint32_t answer_next(const struct scenario *s, const struct decision *d, uint32_t options, uint32_t *n)
{
    if (d->form == FORM_COMPOSE)
        return *n < messages(s, d) && !answers_too_many(s, d) ? MESSAGE + (*n)++ : 0;
    for (; *n < d->n; ++*n)
        if (*n < 32 && options >> *n & 1)
            return d->first + (*n)++;
    return d->form == FORM_ASK && (*n)++ == d->n ? d->otherwise.i : 0;
}

option_id answer_option(const struct scenario *s, const struct decision *d, uint32_t option)
{
    uint32_t parts[SLOTS_OF_MESSAGE], n;
    int32_t sum = 0;
    if (option < MESSAGE)
        return (option_id){option};
    n = message_parts(s, d, option - MESSAGE, parts);
    for (uint32_t i = 0; i < n; i++)
        sum += (s->parts[parts[i]].points > 0) - (s->parts[parts[i]].points < 0);
    for (uint32_t i = d->first; i < d->first + d->n; i++)
        if (s->options[i].at_least <= sum)
            return (option_id){i};
    return (option_id){0};
}

uint32_t message_root(struct study *st, const struct spot *spot, const uint32_t *ways)
{
    struct steps *sp = &st->steps;
    const struct decision *d = &st->s->decisions[spot->decision];
    uint32_t number = 0;
    sp->n_message = 0;
    for (uint32_t i = d->n_slots < SLOTS_OF_MESSAGE ? d->n_slots : SLOTS_OF_MESSAGE; i-- > 0;)
        number = number * slot_ways(&st->s->slots[d->first_slot + i]) + ways[i];
    if (spot->n)
        return spot->first + number;
    for (uint32_t i = 0; i < d->n_slots && i < SLOTS_OF_MESSAGE; i++)
        if (ways[i] < st->s->slots[d->first_slot + i].n)
            sp->message[sp->n_message++] = st->s->slots[d->first_slot + i].first + ways[i];
    sp->roots[0].to = 0;
    return 0;
}

static int32_t part_points(const struct part *p, uint32_t k)
{
    return k == 0 || p->comp.i == k ? p->points : 0;
}

uint32_t message_pieces(const struct scenario *s, const struct decision *d, uint32_t k)
{
    uint32_t pieces = 0;
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++) {
        const struct slot *slot = &s->slots[i];
        int32_t first = slot->may_be_empty ? 0 : part_points(&s->parts[slot->first], k);
        bool differ = false;
        for (uint32_t p = slot->first; p < slot->first + slot->n; p++)
            differ |= part_points(&s->parts[p], k) != first;
        pieces += differ;
    }
    return pieces;
}

/* answers.c -- what may be answered to a decision, by its form.
 *
 * To most of them one of the options offered; own words may also be said to fit none.  A message is one part from each
 * slot, or none where a slot may stay empty; messages are numbered like the numbers of a clock, a slot a hand.  A form
 * that asks in another way joins here. */
#include "study/inside.h"

enum { OTHERWISE_BIT = 31, MESSAGES_MOST = 4096 };

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

uint32_t answer_next(const struct scenario *s, const uint8_t *key, uint32_t *n)
{
    const struct decision *d = &s->decisions[key_decision(s, key)];
    if (!key_asks(key))
        return 0;
    if (d->form == FORM_COMPOSE)
        return *n < messages(s, d) && !answers_too_many(s, d) ? MESSAGE + (*n)++ : 0;
    for (uint32_t mask = key_word(key, 1); *n <= OTHERWISE_BIT; ++*n)
        if (mask >> *n & 1) {
            uint32_t bit = (*n)++;
            return bit == OTHERWISE_BIT ? d->otherwise.i : d->first + bit;
        }
    return 0;
}

uint32_t offered_mask(const struct session *se, const struct scenario *s, uint32_t *decision)
{
    const struct event *e = session_event(se, se->n_events - 1);
    const struct decision *d = &s->decisions[e->a];
    uint32_t mask = 0;
    *decision = e->a;
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind == ITEM_OPTION)
            mask |= 1u << (d->otherwise.i && it->ref == d->otherwise.i ? OTHERWISE_BIT : (it->ref - d->first) & 31);
    }
    return mask;
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

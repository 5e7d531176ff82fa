/* message.c -- a message made of one part from each place.
 *
 * Each place is a piece of evidence: its part counts, an empty place counts nothing.  What the message comes to is the
 * first result whose number is reached by parts less flaws. */
#include "play/decide.h"

#include <string.h>

void part_name(const struct scenario *s, uint32_t part, struct buf *out)
{
    buf_text(out, scenario_name(s, s->slots[s->parts[part].slot].name));
    buf_char(out, '/');
    buf_text(out, scenario_name(s, s->parts[part].name));
}

uint32_t part_named(const struct scenario *s, const struct decision *d, struct text name)
{
    struct text rest = name, slot;
    if (!text_split(&rest, '/', &slot))
        return 0;
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++)
        for (uint32_t k = s->slots[i].first; k < s->slots[i].first + s->slots[i].n; k++)
            if (text_eq(scenario_name(s, s->slots[i].name), slot) && text_eq(scenario_name(s, s->parts[k].name), rest))
                return k;
    return 0;
}

bool parts_fit(const struct scenario *s, const struct decision *d, const uint32_t *parts, uint32_t n)
{
    bool filled[SLOTS_MOST] = {false};
    if (d->n_slots > SLOTS_MOST || n > d->n_slots)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t slot = parts[i] && parts[i] <= s->n_parts ? s->parts[parts[i]].slot : 0;
        if (slot < d->first_slot || slot >= d->first_slot + d->n_slots || filled[slot - d->first_slot])
            return false;
        filled[slot - d->first_slot] = true;
    }
    for (uint32_t i = 0; i < d->n_slots; i++)
        if (!filled[i] && !s->slots[d->first_slot + i].may_be_empty)
            return false;
    return true;
}

uint32_t message_result(const struct scenario *s, const struct decision *d, const uint32_t *parts, uint32_t n)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += (s->parts[parts[i]].points > 0) - (s->parts[parts[i]].points < 0);
    for (uint32_t i = d->first; i < d->first + d->n; i++)
        if (s->options[i].at_least <= sum)
            return i;
    return 0;
}

int32_t message_points(const struct scenario *s, const struct event *e, comp_id c)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind == ITEM_TAKEN && s->parts[it->ref].comp.i == c.i)
            sum += s->parts[it->ref].points;
    }
    return sum;
}

uint32_t message_draw(struct step *p, const struct decision *d, uint32_t *out)
{
    uint32_t n = 0;
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots && n < SLOTS_MOST; i++)
        out[n++] = p->s->slots[i].first + (uint32_t)step_draw(p, p->s->slots[i].n) - 1;
    return n;
}

/* values.c -- which texts hold a value that must be filled in.
 *
 * Most texts stand for themselves.  Knowing which do not, once and for all languages, spares every step of every play
 * a search through its texts. */
#include "scenario/mark.h"
#include "scenario/scenario.h"

#include <string.h>

static uint8_t held_by(struct text t)
{
    uint8_t held = 0;
    struct run run;
    if (t.len == 0 || !memchr(t.at, MARK_VALUE, t.len))
        return 0;
    while (mark_next(&t, &run))
        if (run.mark == MARK_VALUE)
            held |= (uint8_t)(run.fact ? WORDS_FACT : WORDS_SETTING);
    return held;
}

static uint8_t held_in_any(const struct scenario *s, uint32_t id)
{
    uint8_t held = 0;
    for (uint32_t lang = 0; lang < s->n_languages; lang++)
        held |= held_by(s->languages[lang].v[id]);
    return held;
}

void scenario_words_values(struct scenario *s)
{
    s->words_values = arena_array(&s->arena, uint8_t, s->n_words + 1);
    s->plain = true;
    for (uint32_t id = 1; id <= s->n_words; id++) {
        s->words_values[id] = held_in_any(s, id);
        s->plain = s->plain && !(s->words_values[id] & WORDS_FACT);
    }
    for (uint32_t f = 1; f <= s->n_facts; f++)
        s->plain = s->plain && s->facts[f].shown != SHOWN_ALWAYS;
}

uint8_t scenario_words_hold(const struct scenario *s, words_id id)
{
    if (id.i == 0)
        return 0;
    return s->words_values ? s->words_values[id.i] : held_in_any(s, id.i);
}

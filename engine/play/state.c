/* state.c -- a state's size and its beginning.
 *
 * The size is rounded up and every byte is set, so that states can be compared and hashed as bytes. */
#include "play/state.h"

#include <string.h>

size_t state_size(const struct scenario *s)
{
    size_t cells = (size_t)s->n_facts + 1 + s->rubric.n_comps + 1;
    size_t size = sizeof(struct state) + cells * sizeof(int32_t) + s->n_marks + 1;
    return (size + 7) / 8 * 8;
}

void state_init(const struct scenario *s, struct state *st)
{
    memset(st, 0, state_size(s));
    for (uint32_t f = 1; f <= s->n_facts; f++)
        st->cell[f] = s->facts[f].start;
}

/* pairs.c -- filling and growing the table of pairs.h; at most half of it is taken. */
#include "study/pairs.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static struct pairs_slot *place_of(struct pairs_slot *v, uint32_t cap, uint32_t a, uint32_t b)
{
    uint32_t i = pairs_hash(a, b) & (cap - 1);
    while (v[i].value && (v[i].a != a || v[i].b != b))
        i = (i + 1) & (cap - 1);
    return &v[i];
}

static void grow(struct pairs *p)
{
    struct pairs more = {.n = p->n, .cap = p->cap ? p->cap * 2 : 64};
    more.v = mem_new(more.cap * sizeof *more.v);
    memset(more.v, 0, more.cap * sizeof *more.v);
    for (uint32_t i = 0; i < p->cap; i++)
        if (p->v[i].value)
            *place_of(more.v, more.cap, p->v[i].a, p->v[i].b) = p->v[i];
    free(p->v);
    *p = more;
}

void pairs_put(struct pairs *p, uint32_t a, uint32_t b, uint32_t value)
{
    if (2 * (p->n + 1) > p->cap)
        grow(p);
    struct pairs_slot *at = place_of(p->v, p->cap, a, b);
    p->n += at->value == 0;
    *at = (struct pairs_slot){a, b, value};
}

void pairs_clear(struct pairs *p)
{
    if (p->cap)
        memset(p->v, 0, p->cap * sizeof *p->v);
    p->n = 0;
}

void pairs_done(struct pairs *p)
{
    free(p->v);
    *p = (struct pairs){0};
}

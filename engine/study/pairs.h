/* pairs.h -- from two numbers to a third.
 *
 * A hash table with open places (Knuth, "The Art of Computer Programming" 3, 6.4, algorithm L); nothing is taken out. */
#ifndef STUDY_PAIRS_H
#define STUDY_PAIRS_H

#include <stddef.h>
#include <stdint.h>

struct pairs_slot {
    uint32_t a, b, value; /* value 0: free */
};

/* Zero-initialised is valid and empty. */
struct pairs {
    struct pairs_slot *v;
    uint32_t n, cap; /* cap: a power of two, or 0 */
};

static inline uint32_t pairs_hash(uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(h >> 32) ^ (uint32_t)(h >> 17);
}

/* The number kept for A and B; 0: none. */
static inline uint32_t pairs_find(const struct pairs *p, uint32_t a, uint32_t b)
{
    if (p->n == 0)
        return 0;
    uint32_t i = pairs_hash(a, b) & (p->cap - 1);
    while (p->v[i].value && (p->v[i].a != a || p->v[i].b != b))
        i = (i + 1) & (p->cap - 1);
    return p->v[i].value;
}

/* Keeps VALUE, which must not be 0, for A and B in place of what was kept. */
void pairs_put(struct pairs *p, uint32_t a, uint32_t b, uint32_t value);
static inline size_t pairs_memory(const struct pairs *p) { return p->cap * sizeof *p->v; }
/* Empties it, but keeps its memory. */
void pairs_clear(struct pairs *p);
void pairs_done(struct pairs *p);

#endif

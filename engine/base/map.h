/* map.h -- texts to numbers: one open-addressed table.
 *
 * Keys are borrowed and must outlive the map.  Values are never 0. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/text.h"

struct map_slot {
    struct text key;
    uint32_t hash;
    uint32_t value; /* 0: free */
};

/* Zero-initialised is valid and empty. */
struct map {
    struct map_slot *v;
    uint32_t n, cap; /* cap: a power of two, or 0 */
};

/* The value kept for KEY, or 0. */
uint32_t map_find(const struct map *m, struct text key);
/* Keeps VALUE (not 0) for KEY unless there is one already; returns the one that is kept. */
uint32_t map_add(struct map *m, struct text key, uint32_t value);
void map_done(struct map *m);

#endif

/* map.c -- linear probing at a load of at most one half; nothing is ever removed, so no tombstones. */
#include "base/map.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static struct map_slot *slot_of(struct map_slot *v, uint32_t cap, struct text key, uint32_t hash)
{
    uint32_t i = hash & (cap - 1);
    while (v[i].value && !(v[i].hash == hash && text_eq(v[i].key, key)))
        i = (i + 1) & (cap - 1);
    return &v[i];
}

static uint32_t hash_of(struct text key)
{
    uint64_t h = text_hash(key);
    return (uint32_t)(h ^ (h >> 32));
}

uint32_t map_find(const struct map *m, struct text key)
{
    return m->n ? slot_of(m->v, m->cap, key, hash_of(key))->value : 0;
}

static void grow(struct map *m)
{
    uint32_t cap = m->cap ? m->cap * 2 : 64;
    struct map_slot *v = mem_new(cap * sizeof *v);
    memset(v, 0, cap * sizeof *v);
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->v[i].value)
            *slot_of(v, cap, m->v[i].key, m->v[i].hash) = m->v[i];
    free(m->v);
    m->v = v;
    m->cap = cap;
}

uint32_t map_add(struct map *m, struct text key, uint32_t value)
{
    if (2 * (m->n + 1) > m->cap)
        grow(m);
    uint32_t hash = hash_of(key);
    struct map_slot *slot = slot_of(m->v, m->cap, key, hash);
    if (!slot->value) {
        *slot = (struct map_slot){key, hash, value};
        m->n++;
    }
    return slot->value;
}

void map_done(struct map *m)
{
    free(m->v);
    *m = (struct map){0};
}

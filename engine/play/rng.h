/* rng.h -- the numbers a play may draw.
 *
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), used by position: the
 * K-th number of a seed can be had without those before it, so a state keeps only how many were drawn. */
#ifndef PLAY_RNG_H
#define PLAY_RNG_H

#include "base/text.h"

/* The K-th output, K from 1, of SplitMix64 seeded with SEED. */
uint64_t rng_at(uint64_t seed, uint64_t k);
/* 0…N-1 from the high 32 bits of R, scaled: (R >> 32) * N >> 32. */
static inline uint32_t rng_below(uint64_t r, uint32_t n) { return (uint32_t)((r >> 32) * n >> 32); }
/* A seed of its own for something called NAME, met for the TIMES-th time.  It hangs on the name's bytes alone, so that
 * adding or moving other parts of a scenario changes nothing. */
uint64_t rng_named(uint64_t seed, struct text name, uint64_t times);

#endif

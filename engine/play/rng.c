/* rng.c -- SplitMix64 by position.
 *
 * The output function is a bijection with full avalanche, so that neighbouring seeds and positions give unrelated
 * numbers; that makes it fit for mixing a name into a seed as well. */
#include "play/rng.h"

static const uint64_t GAMMA = 0x9e3779b97f4a7c15u;

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint64_t rng_at(uint64_t seed, uint64_t k)
{
    return mix(seed + k * GAMMA);
}

uint64_t rng_named(uint64_t seed, struct text name, uint64_t times)
{
    uint64_t h = mix(seed ^ mix(times + GAMMA));
    for (size_t i = 0; i < name.len; i += 8) {
        uint64_t eight = 0; /* little-endian on every machine */
        for (size_t k = 0; k < 8 && i + k < name.len; k++)
            eight |= (uint64_t)(unsigned char)name.at[i + k] << (8 * k);
        h = mix(h ^ eight) + GAMMA;
    }
    return mix(h ^ name.len);
}

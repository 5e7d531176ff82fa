/* digest_blocks.c -- SHA-256 by the instructions that processors have for it.
 *
 * A scenario is digested whole each time it is loaded; by libmd that takes longer than parsing it does, by these
 * instructions a tenth.  The words are held as the instructions want them: A B E F and C D G H.  FIPS 180-4, section
 * 6.2.2.  Where a processor lacks them, libmd does it all. */
#include "base/digest_blocks.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define WITH_SHA __attribute__((target("sha,sse4.1")))

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

struct halves {
    __m128i abef, cdgh;
};

WITH_SHA static inline __m128i load(const void *at)
{
    return _mm_loadu_si128(at);
}

/* Four rounds with the message words W and the constants at K. */
WITH_SHA static inline void rounds(struct halves *h, __m128i w, const uint32_t *k)
{
    __m128i sum = _mm_add_epi32(w, load(k));
    h->cdgh = _mm_sha256rnds2_epu32(h->cdgh, h->abef, sum);
    h->abef = _mm_sha256rnds2_epu32(h->abef, h->cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/* The four message words that follow A B C D, the sixteen before them. */
WITH_SHA static inline __m128i following(__m128i a, __m128i b, __m128i c, __m128i d)
{
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));
    return _mm_sha256msg2_epu32(sum, d);
}

WITH_SHA static inline struct halves block(struct halves before, const uint8_t *p)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    struct halves h = before;
    __m128i a = _mm_shuffle_epi8(load(p), big_endian), b = _mm_shuffle_epi8(load(p + 16), big_endian);
    __m128i c = _mm_shuffle_epi8(load(p + 32), big_endian), d = _mm_shuffle_epi8(load(p + 48), big_endian);
    for (int i = 0; i < 64; i += 16) {
        rounds(&h, a, constants + i);
        rounds(&h, b, constants + i + 4);
        rounds(&h, c, constants + i + 8);
        rounds(&h, d, constants + i + 12);
        a = following(a, b, c, d);
        b = following(b, c, d, a);
        c = following(c, d, a, b);
        d = following(d, a, b, c);
    }
    return (struct halves){_mm_add_epi32(h.abef, before.abef), _mm_add_epi32(h.cdgh, before.cdgh)};
}

WITH_SHA void digest_blocks(uint32_t state[8], const uint8_t *p, size_t n)
{
    __m128i cdab = _mm_shuffle_epi32(load(state), 0xb1), efgh = _mm_shuffle_epi32(load(state + 4), 0x1b);
    struct halves h = {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xf0)};
    for (; n; n--, p += DIGEST_BLOCK)
        h = block(h, p);
    __m128i feba = _mm_shuffle_epi32(h.abef, 0x1b), dchg = _mm_shuffle_epi32(h.cdgh, 0xb1);
    _mm_storeu_si128((void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

bool digest_blocks_able(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

#else

bool digest_blocks_able(void)
{
    return false;
}

void digest_blocks(uint32_t state[8], const uint8_t *p, size_t n)
{
    (void)state, (void)p, (void)n;
}

#endif

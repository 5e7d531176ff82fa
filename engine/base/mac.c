/* mac.c -- HMAC over our own SHA-256.
 *
 * The key is always as long as MAC_KEY, so the rule for long keys is not needed.  Parts go in behind their lengths, so that
 * "1" and "23" are not proved by what proves "12" and "3". */
#include "base/mac.h"

#include <string.h>

enum { BLOCK = 64 };

static void keyed(struct digest *d, const uint8_t key[MAC_KEY], uint8_t with)
{
    uint8_t block[BLOCK];
    memset(block, with, sizeof block);
    for (size_t i = 0; i < MAC_KEY; i++)
        block[i] ^= key[i];
    digest_init(d);
    digest_add(d, text_from((const char *)block, sizeof block));
}

void mac(const uint8_t key[MAC_KEY], const struct text parts[], size_t n, uint8_t out[MAC_BYTES])
{
    struct digest d;
    uint8_t inner[DIGEST_BYTES];
    keyed(&d, key, 0x36);
    for (size_t i = 0; i < n; i++)
        digest_part(&d, parts[i]);
    digest_end(&d, inner);
    keyed(&d, key, 0x5C);
    digest_add(&d, text_from((const char *)inner, sizeof inner));
    digest_end(&d, out);
}

bool mac_same(const void *a, const void *b, size_t n)
{
    const volatile uint8_t *x = a, *y = b;
    uint8_t differ = 0;
    for (size_t i = 0; i < n; i++)
        differ |= (uint8_t)(x[i] ^ y[i]);
    return differ == 0;
}

/* digest.c -- SHA-256 by libmd, whose header lives here alone.
 *
 * Callers hold the state as plain words, so that no other file needs to know the library. */
#include "base/digest.h"

#include <sha2.h>
#include <string.h>

_Static_assert(sizeof(SHA2_CTX) <= sizeof(struct digest), "struct digest holds libmd's state");
_Static_assert(_Alignof(struct digest) >= _Alignof(SHA2_CTX), "struct digest is aligned for libmd's state");

void digest_init(struct digest *d)
{
    SHA2_CTX ctx;
    memset(d, 0, sizeof *d);
    SHA256Init(&ctx);
    memcpy(d->state, &ctx, sizeof ctx);
}

void digest_add(struct digest *d, struct text bytes)
{
    if (bytes.len == 0) {
        return;
    }
    SHA2_CTX ctx; /* copied in and out: 208 bytes, and no pointer of one type to another */
    memcpy(&ctx, d->state, sizeof ctx);
    SHA256Update(&ctx, (const uint8_t *)bytes.at, bytes.len);
    memcpy(d->state, &ctx, sizeof ctx);
}

void digest_part(struct digest *d, struct text t)
{
    char len[8];
    for (unsigned i = 0; i < sizeof len; i++) {
        len[i] = (char)((uint64_t)t.len >> (8 * i));
    }
    digest_add(d, text_from(len, sizeof len));
    digest_add(d, t);
}

void digest_end(struct digest *d, uint8_t out[DIGEST_BYTES])
{
    SHA2_CTX ctx;
    memcpy(&ctx, d->state, sizeof ctx);
    SHA256Final(out, &ctx);
    memset(d, 0, sizeof *d);
}

void digest_hex(const uint8_t bytes[DIGEST_BYTES], char out[DIGEST_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_BYTES; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[DIGEST_HEX] = 0;
}

/* digest.c -- SHA-256 and SHA-1 by libmd, whose header lives here alone.
 *
 * Callers hold the state as plain words, so that no other file needs to know the library.  Of long bytes, the whole
 * blocks are taken by digest_blocks.c where the processor can. */
#include "base/digest.h"

#include "base/digest_blocks.h"

#include <sha1.h>
#include <sha2.h>
#include <string.h>

_Static_assert(sizeof(SHA2_CTX) <= sizeof(struct digest), "struct digest holds libmd's state");
enum { LONG = 16384 }; /* from here on it pays to ask what the processor can */

_Static_assert(_Alignof(struct digest) >= _Alignof(SHA2_CTX), "struct digest is aligned for libmd's state");

void digest_init(struct digest *d)
{
    SHA2_CTX ctx;
    memset(d, 0, sizeof *d);
    SHA256Init(&ctx);
    memcpy(d->state, &ctx, sizeof ctx);
}

/* Takes in the whole blocks of BYTES, if that can be done fast, and returns the rest. */
static struct text take_blocks(SHA2_CTX *ctx, struct text bytes)
{
    bool between = ctx->bitcount[0] / 8 % DIGEST_BLOCK == 0;
    if (bytes.len < LONG || !between || !digest_blocks_able()) {
        return bytes;
    }
    size_t n = bytes.len / DIGEST_BLOCK, len = n * DIGEST_BLOCK;
    digest_blocks(ctx->state.st32, (const uint8_t *)bytes.at, n);
    ctx->bitcount[0] += (uint64_t)len * 8;
    return text_from(bytes.at + len, bytes.len - len);
}

void digest_add(struct digest *d, struct text bytes)
{
    if (bytes.len == 0) {
        return;
    }
    SHA2_CTX ctx; /* copied in and out: 208 bytes, and no pointer of one type to another */
    memcpy(&ctx, d->state, sizeof ctx);
    bytes = take_blocks(&ctx, bytes);
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

void digest_sha1(struct text a, struct text b, uint8_t out[DIGEST_SHA1_BYTES])
{
    SHA1_CTX ctx;
    SHA1Init(&ctx);
    SHA1Update(&ctx, (const uint8_t *)a.at, a.len);
    SHA1Update(&ctx, (const uint8_t *)b.at, b.len);
    SHA1Final(out, &ctx);
}

/* digest.h -- SHA-256, taken piece by piece; and SHA-1, for names that are made by it (uuid.h) and for nothing else. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/text.h"

enum { DIGEST_BYTES = 32, DIGEST_HEX = 2 * DIGEST_BYTES, DIGEST_SHA1_BYTES = 20 };

/* A digest being taken; the words are libmd's own state. */
struct digest {
    uint64_t state[26];
};

void digest_init(struct digest *d);
void digest_add(struct digest *d, struct text bytes);
/* T behind its length in eight bytes, lowest first: a list of parts cannot be cut differently and digest the same. */
void digest_part(struct digest *d, struct text t);
/* Writes the digest; D needs digest_init before it is used again. */
void digest_end(struct digest *d, uint8_t out[DIGEST_BYTES]);
/* Lower-case hexadecimal, NUL behind it. */
void digest_hex(const uint8_t bytes[DIGEST_BYTES], char out[DIGEST_HEX + 1]);

void digest_sha1(struct text a, struct text b, uint8_t out[DIGEST_SHA1_BYTES]); /* of A and B, one behind the other */

#endif

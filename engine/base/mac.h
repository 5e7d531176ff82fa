/* mac.h -- proof that bytes come from whoever holds a key: HMAC-SHA-256 (RFC 2104). */
#ifndef BASE_MAC_H
#define BASE_MAC_H

#include "base/digest.h"

enum { MAC_KEY = 32, MAC_BYTES = DIGEST_BYTES };

/* The proof for PARTS together: cut differently, they prove differently (digest_part). */
void mac(const uint8_t key[MAC_KEY], const struct text parts[], size_t n, uint8_t out[MAC_BYTES]);
/* Whether N bytes are the same; takes as long whatever they are. */
bool mac_same(const void *a, const void *b, size_t n);

#endif

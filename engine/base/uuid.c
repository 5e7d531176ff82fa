/* uuid.c -- a SHA-1 of the name space and the name, cut, with version and variant set. */
#include "base/uuid.h"

#include "base/digest.h"

#include <string.h>

struct uuid uuid_of(const struct uuid *space, struct text name)
{
    uint8_t sha1[DIGEST_SHA1_BYTES];
    struct uuid u;
    digest_sha1(text_from((const char *)space->bytes, UUID_BYTES), name, sha1);
    memcpy(u.bytes, sha1, UUID_BYTES);
    u.bytes[6] = (uint8_t)((u.bytes[6] & 0x0f) | 0x50);
    u.bytes[8] = (uint8_t)((u.bytes[8] & 0x3f) | 0x80);
    return u;
}

void uuid_text(const struct uuid *u, char out[UUID_TEXT + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < UUID_BYTES; i++) {
        *out++ = digits[u->bytes[i] >> 4];
        *out++ = digits[u->bytes[i] & 15];
        if (i == 3 || i == 5 || i == 7 || i == 9)
            *out++ = '-';
    }
    *out = '\0';
}

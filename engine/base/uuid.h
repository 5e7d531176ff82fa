/* uuid.h -- identifiers that are made from names: the same name, the same identifier, on every machine (RFC 9562, version 5). */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include "base/text.h"

enum { UUID_BYTES = 16, UUID_TEXT = 36 };

struct uuid {
    uint8_t bytes[UUID_BYTES];
};

/* NAME within the name space SPACE. */
struct uuid uuid_of(const struct uuid *space, struct text name);
/* "9073926b-929f-31c2-abc9-fad77ae3e8eb", NUL behind it. */
void uuid_text(const struct uuid *u, char out[UUID_TEXT + 1]);

#endif

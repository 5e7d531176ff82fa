/* digest_blocks.h -- SHA-256 over whole blocks by the processor's own instructions; for digest.c. */
#ifndef BASE_DIGEST_BLOCKS_H
#define BASE_DIGEST_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_BLOCK = 64 };

/* Whether digest_blocks may be called here.  Asking costs more than a few blocks. */
bool digest_blocks_able(void);
/* Takes N blocks at P into STATE, the eight words of FIPS 180-4. */
void digest_blocks(uint32_t state[8], const uint8_t *p, size_t n);

#endif

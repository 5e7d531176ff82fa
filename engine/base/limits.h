/* limits.h -- every bound on what a scenario may be or do, with its default, in one place. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stdint.h>

struct limits {
    uint32_t file_bytes;     /* one XML, PO or Lua file */
    uint32_t elements;       /* in one XML file */
    uint32_t depth;          /* of nesting */
    uint32_t attributes;     /* of one element */
    uint32_t tag_bytes;      /* of one start tag */
    uint32_t text_bytes;     /* of one text */
    uint32_t scenes;         /* scenes and endings together */
    uint32_t script_bytes;   /* of one script */
    uint32_t script_steps;   /* of one call, or of one answer with all its scripts */
    uint32_t script_memory;  /* bytes of one scenario's Lua state */
    uint32_t moves;          /* scenes entered without asking anybody */
    uint32_t lua_only;       /* not a bound: 1 runs in Lua even what needs none, for comparing the two */
};

#define LIMITS_DEFAULT                                                                                                 \
    (struct limits)                                                                                                    \
    {                                                                                                                  \
        .file_bytes = 4u << 20, .elements = 100000, .depth = 64, .attributes = 64, .tag_bytes = 16u << 10,              \
        .text_bytes = 16u << 10, .scenes = 10000, .script_bytes = 64u << 10, .script_steps = 1000000,                   \
        .script_memory = 8u << 20, .moves = 1000                                                                       \
    }

#endif

/* arena.h -- memory that is freed all at once.
 *
 * An arena grows by blocks; nothing in it is freed alone.  Four lifetimes use it: process, scenario, session, step
 * (docs/design.md, "Ownership").  Memory comes zeroed, so that a zero id is "none" and a zero length is "no text".
 * When the machine has no memory left, oom_handler is called and does not return. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena_block;

/* Zero-initialised is valid and empty. */
struct arena {
    struct arena_block *head; /* the block being filled; older blocks hang behind it */
    size_t held;              /* bytes asked of the system so far */
};

/* Called when memory runs out; must not return.  Starts as: one line on standard error, exit status 70. */
extern void (*oom_handler)(size_t wanted);

/* malloc and realloc that call oom_handler instead of returning NULL.  SIZE 0 gives a pointer that may be freed. */
void *mem_new(size_t size);
void *mem_grow(void *old, size_t size);

/* SIZE zeroed bytes, aligned for any type, alive until arena_done or arena_reset. */
void *arena_push(struct arena *a, size_t size);
/* A copy of LEN bytes with a NUL behind them. */
char *arena_copy(struct arena *a, const void *bytes, size_t len);
/* Empties the arena but keeps its newest block for reuse. */
void arena_reset(struct arena *a);
/* Gives everything back.  The arena is empty and usable again. */
void arena_done(struct arena *a);

/* COUNT zeroed objects of TYPE. */
#define arena_array(a, type, count) ((type *)arena_push((a), sizeof(type) * (size_t)(count)))

/* Makes room for one more element in a malloc'ed array: doubles CAP when N reaches it. */
#define array_room(v, n, cap)                                                                                          \
    do {                                                                                                               \
        if ((n) >= (cap)) {                                                                                            \
            (cap) = (cap) ? (cap) * 2 : 16;                                                                            \
            (v) = mem_grow((v), (size_t)(cap) * sizeof *(v));                                                          \
        }                                                                                                              \
    } while (0)

#endif

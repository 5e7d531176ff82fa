/* arena.c -- memory that is freed all at once.
 *
 * Blocks double in size up to a bound, so that a small arena stays small and a large one asks the system rarely.  A
 * piece larger than the next block gets a block of its own.  Pieces are zeroed when they are handed out, not when a
 * block is made, because arena_reset hands the same bytes out again.
 * Knows nothing of what is kept in it. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK_FIRST = 4096, BLOCK_LAST = 1 << 20, EXIT_MEMORY = 70 };

struct arena_block {
    struct arena_block *older;
    size_t used, size; /* of bytes[] */
    alignas(max_align_t) unsigned char bytes[];
};

static void oom_exit(size_t wanted)
{
    static const char line[] = "rehearse: out of memory\n";
    (void)wanted;
    /* write, not stdio: stdio might want memory. */
    ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
    (void)ignored;
    _exit(EXIT_MEMORY);
}

void (*oom_handler)(size_t wanted) = oom_exit;

static _Noreturn void out_of_memory(size_t wanted)
{
    oom_handler(wanted);
    abort(); /* a handler that returns breaks its contract */
}

void *mem_new(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p) {
        out_of_memory(size);
    }
    return p;
}

void *mem_grow(void *old, size_t size)
{
    void *p = realloc(old, size ? size : 1);
    if (!p) {
        out_of_memory(size);
    }
    return p;
}

static struct arena_block *block_add(struct arena *a, size_t wanted)
{
    size_t size = a->head ? a->head->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_LAST) {
        size = BLOCK_LAST;
    }
    if (size < wanted) {
        size = wanted;
    }
    if (size > SIZE_MAX - sizeof(struct arena_block)) {
        out_of_memory(size);
    }
    struct arena_block *b = mem_new(sizeof *b + size);
    b->older = a->head;
    b->used = 0;
    b->size = size;
    a->head = b;
    a->held += sizeof *b + size;
    return b;
}

void *arena_push(struct arena *a, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        out_of_memory(size);
    }
    size_t room = (size + align - 1) / align * align;
    struct arena_block *b = a->head;
    if (!b || b->size - b->used < room) {
        b = block_add(a, room);
    }
    void *p = b->bytes + b->used;
    b->used += room;
    return memset(p, 0, size);
}

char *arena_copy(struct arena *a, const void *bytes, size_t len)
{
    char *p = arena_push(a, len + 1);
    if (len) {
        memcpy(p, bytes, len);
    }
    return p;
}

static void blocks_free(struct arena_block *b)
{
    while (b) {
        struct arena_block *older = b->older;
        free(b);
        b = older;
    }
}

void arena_reset(struct arena *a)
{
    if (!a->head) {
        return;
    }
    blocks_free(a->head->older);
    a->head->older = NULL;
    a->head->used = 0;
    a->held = sizeof *a->head + a->head->size;
}

void arena_done(struct arena *a)
{
    blocks_free(a->head);
    *a = (struct arena){0};
}

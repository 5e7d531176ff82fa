/* fail.c -- a malloc that fails once, at the FAIL_AT-th call; preloaded into the engine.
 * With COUNT_TO=FILE it fails never and writes how many calls there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static unsigned long calls, fail_at;
static char early[4096]; /* dlsym itself allocates */
static size_t early_used;

__attribute__((constructor)) static void start(void)
{
    const char *at = getenv("FAIL_AT");
    fail_at = at ? strtoul(at, NULL, 10) : 0;
    calls = 0;
}

__attribute__((destructor)) static void stop(void)
{
    const char *to = getenv("COUNT_TO");
    int fd = to ? open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
    if (fd >= 0)
        dprintf(fd, "%lu\n", calls);
}

static void find(void)
{
    static int finding;
    if (real_malloc || finding)
        return;
    finding = 1;
    *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
    *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
    *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
    finding = 0;
}

static int fails(void)
{
    if (++calls != fail_at)
        return 0;
    errno = ENOMEM;
    return 1;
}

static void *from_early(size_t n)
{
    n = (n + 15) & ~(size_t)15;
    if (early_used + n > sizeof early)
        return NULL;
    early_used += n;
    return early + early_used - n;
}

static int is_early(const void *p)
{
    return (const char *)p >= early && (const char *)p < early + sizeof early;
}

void free(void *p)
{
    static void (*real_free)(void *);
    if (!p || is_early(p))
        return;
    if (!real_free)
        *(void **)&real_free = dlsym(RTLD_NEXT, "free");
    real_free(p);
}

void *malloc(size_t n)
{
    find();
    return !real_malloc ? from_early(n) : fails() ? NULL : real_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    find();
    return !real_calloc ? from_early(n * size) : fails() ? NULL : real_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    find();
    if (is_early(p))
        return malloc(n);
    return fails() ? NULL : real_realloc(p, n);
}

/* shim.c -- a disk that can be made to fail, or to take the power with it, for tests: LD_PRELOAD beneath the real program.
 *
 * Only files whose name holds "records.sqlite" are concerned, but for their index in shared memory (-shm).
 *
 *     SHIM_KILL=17      the 17th write, truncation or sync of such files ends the process before it is done (SIGKILL)
 *     SHIM_FULL=17      from the 17th such call on there is no room: whatever writes fails with ENOSPC
 *     SHIM_FAULT=FILE   while FILE holds "write 28" or "sync 5" or "open 30", such calls fail with that errno
 *     SHIM_COUNT=FILE   at the end, FILE gets the number of such calls */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long count;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int concerned(int fd)
{
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    return strstr(path, "records.sqlite") != NULL && strstr(path, "-shm") == NULL && strstr(path, ".lock") == NULL;
}

static int fault_for(const char *what)
{
    const char *path = getenv("SHIM_FAULT");
    FILE *f = path ? fopen(path, "r") : NULL;
    char kind[16] = "";
    int error = 0;
    if (f && fscanf(f, "%15s %d", kind, &error) != 2)
        error = 0;
    if (f)
        fclose(f);
    return strcmp(kind, what) == 0 ? error : 0;
}

/* True where the call must fail, errno set. */
static int strikes(int fd, const char *what)
{
    const char *kill_at = getenv("SHIM_KILL");
    if (!concerned(fd))
        return 0;
    count++;
    if (kill_at && count == atol(kill_at))
        kill(getpid(), SIGKILL);
    const char *full_at = getenv("SHIM_FULL");
    int error = full_at && count >= atol(full_at) && strcmp(what, "write") == 0 ? ENOSPC : fault_for(what);
    errno = error ? error : errno;
    return error != 0;
}

ssize_t write(int fd, const void *at, size_t n) { return strikes(fd, "write") ? -1 : REAL(write)(fd, at, n); }
ssize_t pwrite(int fd, const void *at, size_t n, off_t o) { return strikes(fd, "write") ? -1 : REAL(pwrite)(fd, at, n, o); }
ssize_t pwrite64(int fd, const void *at, size_t n, off64_t o) { return strikes(fd, "write") ? -1 : REAL(pwrite64)(fd, at, n, o); }
int ftruncate(int fd, off_t n) { return strikes(fd, "write") ? -1 : REAL(ftruncate)(fd, n); }
int ftruncate64(int fd, off64_t n) { return strikes(fd, "write") ? -1 : REAL(ftruncate64)(fd, n); }
int fsync(int fd) { return strikes(fd, "sync") ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return strikes(fd, "sync") ? -1 : REAL(fdatasync)(fd); }

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("SHIM_COUNT");
    FILE *f = path && count ? fopen(path, "w") : NULL;
    if (f) {
        fprintf(f, "%ld\n", count);
        fclose(f);
    }
}

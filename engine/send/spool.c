/* spool.c -- the folder in which statements wait. */
#include "send/spool.h"

#include "base/arena.h"
#include "base/digest.h"
#include "wire/put.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FOLDER_HEX = 16, WRITE_AT = 1 << 16, STALE_S = 86400 };

/* ---- the folder ---- */

static bool path_below(struct buf *out, const char *below, struct text url)
{
    uint8_t bytes[DIGEST_BYTES];
    char hex[DIGEST_HEX + 1];
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct digest d;
    if (below)
        buf_str(out, below);
    else if (state && *state == '/')
        buf_printf(out, "%s/rehearse/send", state);
    else if (home && *home == '/')
        buf_printf(out, "%s/.local/state/rehearse/send", home);
    else
        return false;
    digest_init(&d);
    digest_add(&d, url);
    digest_end(&d, bytes);
    digest_hex(bytes, hex);
    buf_printf(out, "/%.*s", FOLDER_HEX, hex);
    buf_char(out, '\0');
    out->len--;
    return true;
}

/* Every folder of PATH that is missing, for its owner alone.  0, or errno. */
static int make_folders(char *path)
{
    for (char *slash = path + 1;; slash++) {
        slash = strchr(slash, '/');
        if (slash)
            *slash = '\0';
        int error = mkdir(path, 0700) == 0 || errno == EEXIST ? 0 : errno;
        if (!slash)
            return error;
        *slash = '/';
        if (error)
            return error;
    }
}

/* For people who look into the folder; it is written once. */
static int tell_url(struct spool *s, struct text url)
{
    int fd = openat(s->folder, "url", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? 0 : errno;
    int error = put_all(fd, url) && put_all(fd, TEXT("\n")) ? 0 : errno;
    return close(fd) != 0 && !error ? errno : error;
}

int spool_open(struct spool *s, const char *below, struct text url)
{
    struct stat st;
    *s = (struct spool){.folder = -1, .lock = -1};
    if (!path_below(&s->path, below, url))
        return ENOENT;
    int error = make_folders(s->path.at);
    if (error)
        return error;
    s->folder = open(s->path.at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (s->folder < 0 || fstat(s->folder, &st) != 0)
        return errno;
    if (st.st_uid != geteuid() || (st.st_mode & 077))
        return EACCES; /* somebody else could put statements there, or read them */
    return tell_url(s, url);
}

void spool_close(struct spool *s)
{
    if (s->lock >= 0)
        close(s->lock);
    if (s->folder >= 0)
        close(s->folder);
    buf_done(&s->path);
    *s = (struct spool){.folder = -1, .lock = -1};
}

/* A name that waits: "STAMP-SERIAL@FROM". */
static bool name_read(const char *name, long long *from)
{
    size_t stamp = strspn(name, "0123456789");
    const char *at = strchr(name, '@');
    char *end = NULL;
    if (!stamp || name[stamp] != '-' || !at || strlen(name) >= sizeof((struct waiting *)0)->name)
        return false;
    *from = at[1] >= '0' && at[1] <= '9' ? strtoll(at + 1, &end, 10) : -1;
    return end && *end == '\0' && *from >= 0;
}

/* What programs left that died while they took statements: they never said that they had them. */
static void sweep(struct spool *s)
{
    int fd = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    struct stat st;
    for (struct dirent *e; d && (e = readdir(d));)
        if (strncmp(e->d_name, "new-", 4) == 0 && fstatat(s->folder, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            time(NULL) - st.st_mtime > STALE_S)
            unlinkat(s->folder, e->d_name, 0);
    if (d)
        closedir(d);
    else if (fd >= 0)
        close(fd);
}

bool spool_lock(struct spool *s)
{
    s->lock = openat(s->folder, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0) {
        sweep(s);
        return true;
    }
    if (s->lock >= 0)
        close(s->lock);
    s->lock = -1;
    return false;
}

/* ---- taking ---- */

bool intake_begin(struct spool *s, struct intake *in)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *in = (struct intake){.fd = -1};
    for (int tries = 0; in->fd < 0 && tries < 100; tries++) {
        snprintf(in->name, sizeof in->name, "new-%012lld%09ld-%d.%u", (long long)now.tv_sec, now.tv_nsec, (int)getpid(),
                 s->serial++);
        in->fd = openat(s->folder, in->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (in->fd < 0 && errno != EEXIST)
            break;
    }
    in->error = in->fd < 0 ? errno : 0;
    return in->fd >= 0;
}

static void flush(struct intake *in)
{
    if (!in->error && !put_all(in->fd, buf_view(&in->waiting)))
        in->error = errno;
    buf_reset(&in->waiting);
}

bool intake_line(struct intake *in, struct text line)
{
    buf_text(&in->waiting, line);
    buf_char(&in->waiting, '\n');
    in->lines++;
    if (in->waiting.len >= WRITE_AT)
        flush(in);
    return !in->error;
}

static void intake_end(struct spool *s, struct intake *in, bool drop)
{
    if (in->fd >= 0) {
        close(in->fd);
        if (drop)
            unlinkat(s->folder, in->name, 0);
    }
    in->fd = -1;
    buf_done(&in->waiting);
}

int intake_keep(struct spool *s, struct intake *in)
{
    char name[sizeof in->name];
    snprintf(name, sizeof name, "%.48s@0", in->name + strlen("new-"));
    flush(in);
    if (!in->error && fsync(in->fd) != 0)
        in->error = errno;
    if (!in->error && renameat(s->folder, in->name, s->folder, name) != 0)
        in->error = errno;
    bool kept = !in->error;
    if (kept && fsync(s->folder) != 0 && errno != EINVAL)
        in->error = errno;
    intake_end(s, in, !kept);
    return in->error;
}

void intake_drop(struct spool *s, struct intake *in) { intake_end(s, in, true); }

/* ---- what waits ---- */

/* The first name, by time; empty where none waits. */
static int first_name(struct spool *s, char out[64])
{
    long long from;
    int fd = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    *out = '\0';
    if (!d) {
        int error = errno;
        if (fd >= 0)
            close(fd);
        return error;
    }
    for (struct dirent *e; (e = readdir(d));)
        if (name_read(e->d_name, &from) && (!*out || strcmp(e->d_name, out) < 0))
            snprintf(out, 64, "%.63s", e->d_name);
    closedir(d);
    return 0;
}

bool spool_next(struct spool *s, struct waiting *w, int *error)
{
    *w = (struct waiting){.fd = -1};
    *error = first_name(s, w->name);
    if (*error || !*w->name)
        return false;
    name_read(w->name, &w->from);
    w->fd = openat(s->folder, w->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (w->fd < 0)
        *error = errno;
    return w->fd >= 0;
}

int waiting_read(const struct waiting *w, uint32_t most, size_t bytes, struct buf *out)
{
    char *at = mem_new(bytes);
    size_t n = 0, whole = 0;
    ssize_t got = 0;
    while (n < bytes && (got = pread(w->fd, at + n, bytes - n, w->from + (long long)n)) > 0)
        n += (size_t)got;
    int error = got < 0 ? errno : 0;
    for (size_t i = 0; i < n && most; i++)
        if (at[i] == '\n') {
            whole = i + 1;
            most--;
        }
    buf_reset(out);
    buf_add(out, at, whole);
    free(at);
    return error ? error : n && !whole ? EILSEQ : 0;
}

int waiting_arrived(struct spool *s, struct waiting *w, size_t bytes)
{
    char name[sizeof w->name];
    struct stat st;
    w->from += (long long)bytes;
    if (fstat(w->fd, &st) != 0)
        return errno;
    w->gone = w->from >= st.st_size;
    if (w->gone)
        return unlinkat(s->folder, w->name, 0) == 0 ? 0 : errno;
    snprintf(name, sizeof name, "%.*s@%lld", (int)strcspn(w->name, "@"), w->name, w->from);
    if (renameat(s->folder, w->name, s->folder, name) != 0)
        return errno;
    snprintf(w->name, sizeof w->name, "%s", name);
    return 0;
}

void waiting_close(struct waiting *w)
{
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
}

static uint64_t count_lines(int fd, long long from)
{
    char bytes[WRITE_AT];
    uint64_t lines = 0;
    ssize_t n;
    while ((n = pread(fd, bytes, sizeof bytes, from)) > 0) {
        for (ssize_t i = 0; i < n; i++)
            lines += bytes[i] == '\n';
        from += n;
    }
    return lines;
}

uint64_t spool_count(struct spool *s)
{
    uint64_t lines = 0;
    long long from;
    int dir = openat(s->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = dir >= 0 ? fdopendir(dir) : NULL;
    for (struct dirent *e; d && (e = readdir(d));) {
        int fd = name_read(e->d_name, &from) ? openat(s->folder, e->d_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) : -1;
        if (fd < 0)
            continue;
        lines += count_lines(fd, from);
        close(fd);
    }
    if (d)
        closedir(d);
    return lines;
}

int spool_refused(struct spool *s, struct text lines)
{
    int fd = openat(s->folder, "refused.jsonl", O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    int error = put_all(fd, lines) && fsync(fd) == 0 ? 0 : errno;
    return close(fd) != 0 && !error ? errno : error;
}

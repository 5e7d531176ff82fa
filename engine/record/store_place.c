/* store_place.c -- what surrounds the database's file.
 *
 * Everything here happens before SQLite opens the file: closing any descriptor of it later would take away the locks that
 * SQLite holds.  Who uses the file holds a shared lock on another one beside it; whoever gets that lock alone knows that
 * a write-ahead log left behind was left by a crash.  Knows no SQL. */
#include "record/store_place.h"

#include "base/arena.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

static const char own_name[] = "records.sqlite";
enum { HEAD_BYTES = 100, AT_PAGE_SIZE = 16, AT_PAGES = 28, AT_APPLICATION = 68 };

/* ---- names ---- */

static void end_name(struct buf *b)
{
    buf_char(b, '\0');
    b->len--;
}

bool place_default(struct buf *out)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data == '/')
        buf_str(out, data);
    else if (home && *home == '/')
        buf_printf(out, "%s/.local/share", home);
    else
        return false;
    buf_printf(out, "/rehearse/%s", own_name);
    end_name(out);
    return true;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- the folder ---- */

/* Makes PATH and what is missing above it. */
static bool make_folders(char *path, struct store_fault *f)
{
    for (char *at = path + 1;; at++) {
        if (*at != '/' && *at)
            continue;
        char kept = *at;
        *at = '\0';
        int error = mkdir(path, 0700) == 0 ? 0 : errno;
        /* where nothing may be made, the folder may be there all the same */
        bool there = !error || error == EEXIST || access(path, F_OK) == 0;
        if (!there)
            store_fails_errno(f, error, path);
        *at = kept;
        if (!there)
            return false;
        if (!kept)
            return true;
    }
}

static bool folder_open_at(struct place *p, struct text folder, struct store_fault *f)
{
    struct buf name = {0};
    buf_text(&name, folder.len ? folder : TEXT("."));
    end_name(&name);
    bool ok = make_folders(name.at, f);
    char *real = ok ? realpath(name.at, NULL) : NULL;
    if (ok && !real)
        ok = store_fails_errno(f, errno, name.at);
    p->folder = real ? open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (real && p->folder < 0)
        ok = store_fails_errno(f, errno, real);
    if (ok)
        buf_printf(&p->path, "%s%s", real, strcmp(real, "/") == 0 ? "" : "/");
    free(real);
    buf_done(&name);
    return ok;
}

/* Folders of which a memory-mapped index cannot be shared, or whose locks are not to be relied on. */
static bool is_network(int fd)
{
    static const unsigned long kinds[] = {0x6969 /* NFS */,      0x517B /* SMB */,       0xFF534D42 /* CIFS */,
                                          0xFE534D42 /* SMB2 */, 0x01021997 /* 9P */,    0x5346414F /* AFS */,
                                          0x73757245 /* Coda */, 0x00C36400 /* Ceph */,  0x0BD00BD0 /* Lustre */,
                                          0x01161970 /* GFS2 */, 0x7461636F /* OCFS2 */, 0x65735546 /* FUSE */};
    struct statfs st;
    if (fstatfs(fd, &st) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((unsigned long)st.f_type % 0x100000000UL == kinds[i])
            return true;
    return false;
}

/* ---- who else is there ---- */

static bool exists(const struct place *p, const char *ending)
{
    struct buf name = {0};
    struct stat st;
    buf_printf(&name, "%s%s", last_part(p->path.at), ending);
    end_name(&name);
    bool there = fstatat(p->folder, name.at, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size > 0;
    buf_done(&name);
    return there;
}

static void take_lock(struct place *p)
{
    struct buf name = {0};
    buf_printf(&name, "%s.lock", last_part(p->path.at));
    end_name(&name);
    p->lock = openat(p->folder, name.at, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    buf_done(&name);
    if (p->lock < 0)
        return; /* nothing can be written here: the database will say so */
    p->alone = flock(p->lock, LOCK_EX | LOCK_NB) == 0;
    p->crashed |= p->alone && (exists(p, "-wal") || exists(p, "-journal"));
}

/* ---- the file ---- */

/* What stands in the file's head. */
enum head { HEAD_EMPTY, HEAD_OURS, HEAD_UNCLAIMED, HEAD_OTHER, HEAD_NONE };

static enum head head_of(int fd)
{
    unsigned char head[HEAD_BYTES];
    ssize_t n = pread(fd, head, sizeof head, 0);
    if (n == 0)
        return HEAD_EMPTY;
    if (n != HEAD_BYTES || memcmp(head, "SQLite format 3", 16) != 0)
        return HEAD_NONE;
    if (memcmp(head + AT_APPLICATION, "Rehs", 4) == 0)
        return HEAD_OURS;
    return memcmp(head + AT_APPLICATION, "\0\0\0\0", 4) == 0 ? HEAD_UNCLAIMED : HEAD_OTHER;
}

/* Whether the file is shorter than its head says, as after a copy that was broken off.  SQLite would fill it up. */
static bool is_cut(int fd, off_t size)
{
    unsigned char head[HEAD_BYTES];
    if (pread(fd, head, sizeof head, 0) != HEAD_BYTES)
        return size != 0;
    const unsigned char *at = head + AT_PAGES, *page = head + AT_PAGE_SIZE;
    off_t pages = (off_t)at[0] << 24 | (off_t)at[1] << 16 | (off_t)at[2] << 8 | at[3];
    off_t each = page[0] == 0 && page[1] == 1 ? 65536 : (off_t)page[0] << 8 | page[1];
    return size < pages * each;
}

/* Nothing is changed about a file that is not ours. */
static bool check_file(struct place *p, int fd, struct store_fault *f)
{
    const char *name = p->path.at;
    struct stat st;
    store_fault_place(f, name);
    if (fstat(fd, &st) != 0)
        return store_fails_errno(f, errno, name);
    if (!S_ISREG(st.st_mode) || st.st_nlink > 1)
        return store_fails(f, STORE_FOREIGN, "");
    p->device = st.st_dev;
    p->inode = st.st_ino;
    enum head head = head_of(fd);
    if (head == HEAD_OTHER || (head == HEAD_NONE && !p->ours_by_name))
        return store_fails(f, STORE_FOREIGN, "");
    bool mine = st.st_uid == geteuid() && head != HEAD_UNCLAIMED; /* unclaimed: SQLite will see whether it is empty */
    if (mine && (st.st_mode & 077) != 0 && fchmod(fd, 0600) != 0)
        return store_fails_errno(f, errno, name);
    p->crashed |= st.st_uid != geteuid();
    bool log = exists(p, "-wal"), settled = p->alone && !log && !exists(p, "-journal");
    if (head == HEAD_EMPTY && p->alone && log)
        return store_fails(f, STORE_DAMAGED, "a log without its file");
    if (head == HEAD_OURS && settled && is_cut(fd, st.st_size))
        return store_fails(f, STORE_DAMAGED, "cut short");
    return head != HEAD_NONE || store_fails(f, STORE_DAMAGED, "no database");
}

static int open_to_look(const struct place *p)
{
    return openat(p->folder, last_part(p->path.at), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Whether what stands there can be ours, before anything is put beside it. */
static bool look(struct place *p, struct store_fault *f)
{
    struct store_fault seen = {0};
    int fd = open_to_look(p);
    if (fd < 0)
        return errno == ENOENT || store_fails_errno(f, errno, p->path.at);
    bool ok = check_file(p, fd, &seen) || seen.why == STORE_DAMAGED;
    close(fd);
    if (!ok && f)
        *f = seen;
    return ok;
}

static bool open_file(struct place *p, struct store_fault *f)
{
    int fd = openat(p->folder, last_part(p->path.at), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd >= 0)
        fsync(p->folder); /* a file that is new is there after a crash, too */
    else if (errno == EEXIST)
        fd = open_to_look(p);
    if (fd < 0)
        return store_fails_errno(f, errno, p->path.at);
    bool ok = check_file(p, fd, f);
    close(fd);
    return ok;
}

/* ---- opening ---- */

bool place_open(struct place *p, const char *where, struct store_fault *f)
{
    struct stat st;
    *p = (struct place){.folder = -1, .lock = -1};
    size_t len = strlen(where);
    bool folder = len && (where[len - 1] == '/' || (stat(where, &st) == 0 && S_ISDIR(st.st_mode)));
    const char *name = folder ? own_name : last_part(where);
    struct text parent = folder ? text_from(where, len) : text_from(where, (size_t)(name - where));
    while (parent.len > 1 && parent.at[parent.len - 1] == '/')
        parent.len--;
    store_fault_place(f, where);
    if (!len || strlen(name) > 200 || strcmp(name, "..") == 0 || strcmp(name, ".") == 0)
        return store_fails(f, STORE_FOREIGN, "");
    if (!folder_open_at(p, parent, f))
        return false;
    buf_str(&p->path, name);
    end_name(&p->path);
    p->ours_by_name = strcmp(name, own_name) == 0;
    p->network = is_network(p->folder);
    if (!look(p, f))
        return false;
    take_lock(p);
    bool ok = open_file(p, f);
    if (p->lock >= 0 && ok)
        flock(p->lock, LOCK_SH);
    return ok;
}

bool place_stands(const struct place *p)
{
    struct stat st;
    return fstatat(p->folder, last_part(p->path.at), &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_dev == p->device && st.st_ino == p->inode;
}

void place_close(struct place *p)
{
    if (p->lock >= 0)
        close(p->lock);
    if (p->folder >= 0)
        close(p->folder);
    buf_done(&p->path);
    *p = (struct place){.folder = -1, .lock = -1};
}

/* ---- moving aside ---- */

static bool rename_one(const struct place *p, const char *ending, const char *aside)
{
    struct buf from = {0}, to = {0};
    buf_printf(&from, "%s%s", last_part(p->path.at), ending);
    end_name(&from);
    buf_printf(&to, "%s%s", last_part(aside), ending);
    end_name(&to);
    bool ok = renameat(p->folder, from.at, p->folder, to.at) == 0 || errno == ENOENT;
    buf_done(&from);
    buf_done(&to);
    return ok;
}

bool place_move_aside(struct place *p, struct buf *aside, struct store_fault *f)
{
    static const char *const endings[] = {"-wal", "-journal", "-shm", ""};
    char when[32];
    time_t now = time(NULL);
    struct tm tm;
    store_fault_place(f, p->path.at);
    if (p->lock < 0 || flock(p->lock, LOCK_EX | LOCK_NB) != 0)
        return store_fails(f, STORE_DAMAGED, "in use by another program");
    if (!gmtime_r(&now, &tm) || !strftime(when, sizeof when, "%Y%m%dT%H%M%SZ", &tm))
        snprintf(when, sizeof when, "%ld", (long)now);
    for (int i = 0; i < 100; i++) {
        buf_reset(aside);
        buf_printf(aside, "%s.damaged-%s", p->path.at, when);
        if (i)
            buf_printf(aside, "-%d", i);
        end_name(aside);
        if (faccessat(p->folder, last_part(aside->at), F_OK, AT_SYMLINK_NOFOLLOW) != 0)
            break;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (!rename_one(p, endings[i], aside->at))
            return store_fails_errno(f, errno, p->path.at);
    fsync(p->folder);
    bool ok = open_file(p, f); /* a new one, made before anybody else does */
    flock(p->lock, LOCK_SH);
    p->crashed = false;
    return ok;
}

uint32_t place_count_aside(const struct place *p)
{
    struct buf begins = {0};
    uint32_t n = 0;
    if (!p->path.at)
        return 0;
    buf_printf(&begins, "%s.damaged-", last_part(p->path.at));
    end_name(&begins);
    int fd = openat(p->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    for (struct dirent *d; dir && (d = readdir(dir));) {
        size_t len = strlen(d->d_name);
        bool side = len > 4 && (strcmp(d->d_name + len - 4, "-wal") == 0 || strcmp(d->d_name + len - 4, "-shm") == 0);
        n += strncmp(d->d_name, begins.at, begins.len) == 0 && !side;
    }
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
    buf_done(&begins);
    return n;
}

/* files_open.c -- opening one file beneath a folder.
 *
 * Each segment is opened in the one before with O_NOFOLLOW, so that a link, wherever it stands, is refused and not
 * followed; O_NONBLOCK and O_NOCTTY, so that a FIFO or a terminal under the name cannot hold us; fstat on what was
 * opened, so that nothing can change in between.  Must not know what the files are for. */
#include "wire/files_open.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEGMENTS = 8, SEGMENT_BYTES = 255 };

static bool char_is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

bool name_is_plain(struct text name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!char_is_plain(name.at[i]))
            return false;
    return name.len >= 1 && name.len <= 64;
}

static bool segment_is_fine(struct text s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!char_is_plain(s.at[i]) && s.at[i] != '.')
            return false;
    return s.len >= 1 && s.len <= SEGMENT_BYTES && !text_is(s, ".") && !text_is(s, "..");
}

/* The first segment of *REST, which advances behind its slash. */
static struct text segment_next(struct text *rest)
{
    const char *slash = rest->len > 0 ? memchr(rest->at, '/', rest->len) : NULL;
    struct text s = text_from(rest->at, slash ? (size_t)(slash - rest->at) : rest->len);
    *rest = slash ? text_from(slash + 1, rest->len - s.len - 1) : (struct text){0};
    return s;
}

bool path_is_inside(struct text path)
{
    if (path.len == 0 || path.at[path.len - 1] == '/')
        return false;
    int n = 0;
    for (struct text rest = path; rest.len > 0; n++)
        if (n == SEGMENTS || !segment_is_fine(segment_next(&rest)))
            return false;
    return true;
}

static bool name_is_one_segment(struct text name)
{
    return name.len >= 1 && name.len <= SEGMENT_BYTES && !memchr(name.at, '/', name.len) &&
           !memchr(name.at, '\0', name.len) && !text_is(name, ".") && !text_is(name, "..");
}

int folder_open(const char *path) { return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

static enum file_code code_of(int failed)
{
    switch (failed) {
    case ENOENT: return FILE_MISSING;
    case ELOOP:
    case ENOTDIR: return FILE_OUTSIDE;
    case ENXIO: return FILE_NOT_REGULAR; /* a socket, or a FIFO nobody writes to */
    default: return FILE_FAILED;
    }
}

static int segment_open(int folder, struct text segment, bool last)
{
    char name[SEGMENT_BYTES + 1];
    memcpy(name, segment.at, segment.len);
    name[segment.len] = '\0';
    int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    return openat(folder, name, last ? flags : flags | O_DIRECTORY);
}

/* The open file, or -1 with *CODE. */
static int beneath_open(int folder, struct text path, bool typed, enum file_code *code)
{
    *code = FILE_OUTSIDE;
    if (!(typed ? name_is_one_segment(path) : path_is_inside(path)))
        return -1;
    int at = folder;
    while (path.len > 0) {
        struct text segment = segment_next(&path);
        int next = segment_open(at, segment, path.len == 0);
        int failed = errno;
        if (at != folder)
            close(at);
        *code = next < 0 ? code_of(failed) : FILE_OK;
        if (next < 0)
            return -1;
        at = next;
    }
    return at;
}

static enum file_code bytes_read(int fd, size_t most, struct buf *out)
{
    char piece[64 << 10];
    buf_reset(out);
    for (;;) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FILE_FAILED;
        if (got == 0)
            return FILE_OK;
        if ((size_t)got > most - out->len)
            return FILE_LARGE;
        buf_add(out, piece, (size_t)got);
    }
}

enum file_code file_read(int folder, struct text path, bool typed, size_t most, struct buf *out)
{
    enum file_code code;
    int fd = beneath_open(folder, path, typed, &code);
    if (fd < 0)
        return code;
    struct stat st;
    if (fstat(fd, &st) != 0)
        code = FILE_FAILED;
    else if (!S_ISREG(st.st_mode))
        code = FILE_NOT_REGULAR;
    else if ((uintmax_t)st.st_size > most)
        code = FILE_LARGE;
    else
        code = bytes_read(fd, most, out);
    close(fd);
    return code;
}

int64_t file_size(int folder, struct text path, bool typed)
{
    enum file_code code;
    int fd = beneath_open(folder, path, typed, &code);
    if (fd < 0)
        return -1;
    struct stat st;
    bool regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    close(fd);
    return regular ? (int64_t)st.st_size : -1;
}

/* put.c -- a new file is opened as new, so that no link and no pipe of somebody else is written to. */
#include "wire/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool put_all(int fd, struct text t)
{
    while (t.len) {
        ssize_t n = write(fd, t.at, t.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n < 0 ? errno : EIO;
            return false;
        }
        t = text_from(t.at + n, t.len - (size_t)n);
    }
    return true;
}

int put_new(const char *path, struct text t, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return errno;
    int error = put_all(fd, t) && fsync(fd) == 0 ? 0 : errno;
    if (close(fd) != 0 && !error)
        error = errno;
    if (error)
        unlink(path);
    return error;
}

/* The folder's own record of the new name; where a file system knows no such thing, the file is there all the same. */
static void settle_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int put_over(const char *path, struct text t, mode_t mode)
{
    struct buf beside = {0};
    buf_printf(&beside, "%s.%ld.new", path, (long)getpid());
    buf_char(&beside, 0);
    unlink(beside.at); /* what a broken run left */
    int error = put_new(beside.at, t, mode);
    if (!error && rename(beside.at, path) != 0) {
        error = errno;
        unlink(beside.at);
    }
    if (!error)
        settle_folder(path);
    buf_done(&beside);
    return error;
}

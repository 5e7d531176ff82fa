/* doc_file.c -- a report into a file: whole or not at all, and for its owner's eyes. */
#include "report/doc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *ending;
    void (*write)(const struct doc *d, const struct doc_look *look, struct buf *out);
} kinds[] = {{".html", doc_html}, {".htm", doc_html}, {".md", doc_markdown}, {".txt", doc_text}};
enum { KINDS = sizeof kinds / sizeof *kinds };

static int kind_of(const char *path)
{
    size_t len = strlen(path);
    for (int i = 0; i < KINDS; i++) {
        size_t n = strlen(kinds[i].ending);
        if (len > n && strcmp(path + len - n, kinds[i].ending) == 0)
            return i;
    }
    return -1;
}

bool doc_named_well(const char *path) { return kind_of(path) >= 0; }

/* All of T; false, with errno, where it cannot. */
static bool write_all(int fd, struct text t)
{
    while (t.len) {
        ssize_t n = write(fd, t.at, t.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        t = text_from(t.at + n, t.len - (size_t)n);
    }
    return true;
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

int doc_put_file(const char *path, struct text t)
{
    struct buf name = {0};
    buf_str(&name, path);
    buf_str(&name, ".XXXXXX");
    buf_char(&name, 0);
    int fd = mkostemp(name.at, O_CLOEXEC); /* 0600 */
    int error = fd < 0 ? errno : 0;
    if (!error && (!write_all(fd, t) || fsync(fd) != 0))
        error = errno;
    if (fd >= 0 && close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(name.at, path) != 0)
        error = errno;
    if (error && fd >= 0)
        unlink(name.at);
    else if (!error)
        settle_folder(path);
    buf_done(&name);
    return error;
}

int doc_write(const struct doc *d, const struct doc_look *look, const char *path)
{
    struct buf out = {0};
    int kind = kind_of(path);
    if (kind < 0)
        return EINVAL;
    kinds[kind].write(d, look, &out);
    int error = doc_put_file(path, buf_view(&out));
    buf_done(&out);
    return error;
}

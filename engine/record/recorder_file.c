/* recorder_file.c -- appending to a file, whole lines at a time, each on the disk before it is said to be.
 *
 * What a failed write left behind is cut off again, so that the file never ends in half a line. */
#include "record/recorder_file.h"

#include "wire/client_event.h"
#include "wire/put.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool recorder_file_add(struct recorder_file *f, struct text lines, struct store_fault *fault)
{
    off_t end = lseek(f->fd, 0, SEEK_END);
    if (end >= 0 && put_all(f->fd, lines) && fsync(f->fd) == 0)
        return true;
    int error = errno;
    if (end >= 0 && ftruncate(f->fd, end) != 0)
        error = errno;
    return store_fails_errno(fault, error, f->path);
}

bool recorder_file_events(struct recorder_file *f, const struct client_session *s, int64_t now, struct store_fault *fault)
{
    struct buf b = {0};
    struct text rest = client_session_events(s), line;
    for (uint32_t n = f->events; n && text_split(&rest, '\n', &line); n--)
        continue;
    portable_events(rest, now, &b);
    bool ok = recorder_file_add(f, buf_view(&b), fault);
    if (ok)
        f->events = client_session_n_events(s);
    buf_done(&b);
    return ok;
}

static void put_head(const struct kept_version *v, const struct kept_title *titles, uint32_t n_titles, const struct client *c,
                    const struct kept_trainee *trainee, const struct kept_session *session, const struct client_session *s,
                    struct buf *out)
{
    struct arena a = {0};
    uint32_t n;
    const struct handed *files = client_handed(c, &n);
    struct text rest = client_session_events(s), line = {0};
    struct client_event e = {0};
    struct kept_session k = *session;
    text_split(&rest, '\n', &line);
    client_event_read(&a, line, &e);
    k.roles = e.roles;
    k.mode = e.mode;
    k.lang = e.lang;
    k.seed = e.seed;
    portable_head(false, out);
    portable_version(v, titles, n_titles, out);
    for (uint32_t i = 0; i < n; i++)
        portable_file(v->digest, &files[i], out);
    if (trainee)
        portable_trainee(trainee, out);
    portable_session(&k, out);
    arena_done(&a);
}

bool recorder_file_open(struct recorder_file *f, const char *path, const struct kept_version *v,
                        const struct kept_title *titles, uint32_t n_titles, const struct client *c,
                        const struct kept_trainee *trainee, const struct kept_session *session,
                        const struct client_session *s, int64_t now, struct store_fault *fault)
{
    struct recorder_file new = {.fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
    struct buf b = {0};
    snprintf(new.path, sizeof new.path, "%s", path);
    if (new.fd < 0)
        return store_fails_errno(fault, errno, path);
    put_head(v, titles, n_titles, c, trainee, session, s, &b);
    bool ok = recorder_file_add(&new, buf_view(&b), fault) && recorder_file_events(&new, s, now, fault);
    buf_done(&b);
    if (!ok) {
        close(new.fd);
        unlink(path);
        return false;
    }
    recorder_file_close(f);
    *f = new;
    return true;
}

void recorder_file_close(struct recorder_file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
}

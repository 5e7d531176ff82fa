/* door.c -- a Unix socket for the facilitator's other terminal.
 *
 * The folder is XDG_RUNTIME_DIR's, else one in /tmp that must be the user's own and closed to all others; the socket is
 * 0600; and each connection is held to the user's id as the system knows it.  Nothing here waits. */
#include "front/door.h"

#include "base/arena.h"
#include "base/json.h"
#include "front/press.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { SAID_MOST = 4096, TOLD_MOST = 512 << 10 };

struct guest {
    int fd;                 /* -1: none */
    struct buf said, tell;  /* not yet a whole line; not yet written */
};

struct door {
    int fd;
    char path[108];
    struct guest guests[DOOR_GUESTS];
    struct buf last;        /* told last */
    struct arena arena;
};

/* ---- the folder ---- */

/* The user's own folder for sockets, made where it is missing; false, with errno, where it is not theirs alone. */
static bool folder(char *out, size_t size)
{
    const char *run = getenv("XDG_RUNTIME_DIR");
    struct stat st;
    int n = run && *run == '/' ? snprintf(out, size, "%s/rehearse", run) : snprintf(out, size, "/tmp/rehearse-%u", (unsigned)getuid());
    if (n < 0 || (size_t)n >= size) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (mkdir(out, 0700) != 0 && errno != EEXIST)
        return false;
    if (lstat(out, &st) != 0)
        return false;
    if (!S_ISDIR(st.st_mode) || st.st_uid != getuid() || (st.st_mode & 077)) {
        errno = EPERM;
        return false;
    }
    return true;
}

static bool address(struct sockaddr_un *at, const char *path)
{
    *at = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof at->sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(at->sun_path, path, strlen(path) + 1);
    return true;
}

static bool same_user(int fd)
{
    struct ucred who;
    socklen_t size = sizeof who;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && who.uid == getuid();
}

/* ---- the workshop's side ---- */

struct door *door_open(void)
{
    struct sockaddr_un at;
    char where[90];
    struct door *d = mem_new(sizeof *d);
    *d = (struct door){.fd = -1};
    for (int i = 0; i < DOOR_GUESTS; i++)
        d->guests[i].fd = -1;
    if (folder(where, sizeof where)) {
        snprintf(d->path, sizeof d->path, "%s/%d.sock", where, (int)getpid());
        unlink(d->path);
        d->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    }
    mode_t before = umask(0177);
    bool open = d->fd >= 0 && address(&at, d->path) && bind(d->fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(d->fd, DOOR_GUESTS) == 0;
    umask(before);
    if (open)
        return d;
    int error = errno;
    door_close(d);
    errno = error;
    return NULL;
}

static void leave(struct guest *g)
{
    if (g->fd >= 0)
        close(g->fd);
    buf_done(&g->said);
    buf_done(&g->tell);
    *g = (struct guest){.fd = -1};
}

void door_close(struct door *d)
{
    if (!d)
        return;
    for (int i = 0; i < DOOR_GUESTS; i++)
        leave(&d->guests[i]);
    if (d->fd >= 0) {
        close(d->fd);
        unlink(d->path);
    }
    buf_done(&d->last);
    arena_done(&d->arena);
    free(d);
}

unsigned door_descriptors(const struct door *d, int *fds)
{
    unsigned n = 0;
    fds[n++] = d->fd;
    for (int i = 0; i < DOOR_GUESTS; i++)
        if (d->guests[i].fd >= 0)
            fds[n++] = d->guests[i].fd;
    return n;
}

/* Writes what can be written; a guest that has not read for long is shown out. */
static void flush(struct guest *g)
{
    while (g->fd >= 0 && g->tell.len) {
        ssize_t n = send(g->fd, g->tell.at, g->tell.len, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) {
            memmove(g->tell.at, g->tell.at + n, g->tell.len - (size_t)n);
            g->tell.len -= (size_t)n;
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else if (n < 0 && errno == EAGAIN && g->tell.len <= TOLD_MOST) {
            return;
        } else {
            leave(g);
        }
    }
}

static void tell(struct guest *g, struct text line)
{
    buf_text(&g->tell, line);
    buf_char(&g->tell, '\n');
    flush(g);
}

void door_tell(struct door *d, struct text line)
{
    if (text_eq(buf_view(&d->last), line))
        return;
    buf_reset(&d->last);
    buf_text(&d->last, line);
    for (int i = 0; i < DOOR_GUESTS; i++)
        if (d->guests[i].fd >= 0)
            tell(&d->guests[i], line);
}

static void let_in(struct door *d)
{
    int fd;
    while ((fd = accept4(d->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        struct guest *g = NULL;
        for (int i = 0; i < DOOR_GUESTS && !g; i++)
            g = d->guests[i].fd < 0 ? &d->guests[i] : NULL;
        if (!g || !same_user(fd)) {
            close(fd);
            continue;
        }
        g->fd = fd;
        if (d->last.len)
            tell(g, buf_view(&d->last));
    }
}

static void hear_line(struct door *d, struct text line, door_pressed_fn *pressed, void *self)
{
    struct text name = {0}, words = {0};
    arena_reset(&d->arena);
    const struct json_value *v = json_parse(&d->arena, line);
    json_get_text(v, "press", &name);
    json_get_text(v, "line", &words);
    uint32_t press = name.len ? press_find(name) : PRESS_NONE;
    if (press != PRESS_NONE)
        pressed(self, press, words);
}

static void hear(struct door *d, struct guest *g, door_pressed_fn *pressed, void *self)
{
    char piece[1024];
    ssize_t n = recv(g->fd, piece, sizeof piece, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        leave(g);
        return;
    }
    if (n > 0)
        buf_add(&g->said, piece, (size_t)n);
    for (;;) {
        char *end = g->said.len ? memchr(g->said.at, '\n', g->said.len) : NULL;
        if (!end)
            break;
        size_t len = (size_t)(end - g->said.at);
        struct buf line = {0};
        buf_add(&line, g->said.at, len);
        memmove(g->said.at, end + 1, g->said.len - len - 1);
        g->said.len -= len + 1;
        hear_line(d, buf_view(&line), pressed, self);
        buf_done(&line);
    }
    if (g->said.len > SAID_MOST)
        leave(g);
}

void door_run(struct door *d, door_pressed_fn *pressed, void *self)
{
    let_in(d);
    for (int i = 0; i < DOOR_GUESTS; i++) {
        if (d->guests[i].fd >= 0)
            hear(d, &d->guests[i], pressed, self);
        flush(&d->guests[i]);
    }
}

/* ---- a guest's side ---- */

static int connect_to(const char *path)
{
    struct sockaddr_un at;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && address(&at, path) && connect(fd, (struct sockaddr *)&at, sizeof at) == 0 && same_user(fd))
        return fd;
    int error = errno;
    if (fd >= 0)
        close(fd);
    errno = error;
    return -1;
}

int door_knock(void)
{
    char where[90], best[400] = "", path[400];
    struct timespec newest = {0};
    struct dirent *e;
    if (!folder(where, sizeof where))
        return -1;
    DIR *dir = opendir(where);
    while (dir && (e = readdir(dir))) {
        struct stat st;
        size_t len = strlen(e->d_name);
        snprintf(path, sizeof path, "%s/%s", where, e->d_name);
        if (len < 6 || strcmp(e->d_name + len - 5, ".sock") != 0 || lstat(path, &st) != 0 || !S_ISSOCK(st.st_mode))
            continue;
        int fd = connect_to(path);
        if (fd < 0) {
            if (errno == ECONNREFUSED) /* a workshop that ended without a word */
                unlink(path);
            continue;
        }
        close(fd);
        if (st.st_mtim.tv_sec > newest.tv_sec || (st.st_mtim.tv_sec == newest.tv_sec && st.st_mtim.tv_nsec > newest.tv_nsec)) {
            newest = st.st_mtim;
            snprintf(best, sizeof best, "%s", path);
        }
    }
    if (dir)
        closedir(dir);
    if (!*best) {
        errno = ENOENT;
        return -1;
    }
    return connect_to(best);
}

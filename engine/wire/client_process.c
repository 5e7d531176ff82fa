/* client_process.c -- starting, waiting for and ending the engine.
 *
 * posix_spawn, not fork: a host with a store and cookies in its memory leaves no copy of them behind.  The engine gets
 * a process group of its own, so that Ctrl-C at the terminal reaches the host alone.  Our ends of the pipes do not
 * block: an engine that hangs, hangs in poll(), where the deadline is. */
#include "wire/client_process.h"

#include "wire/built.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t process_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void process_deadline(struct process *p, int64_t ms) { p->until = process_clock() + ms; }

void process_init(struct process *p) { *p = (struct process){.to = -1, .from = -1, .err = -1, .watch = -1}; }

/* ---- starting ---- */

static int spawn(pid_t *pid, const char *path, char *const argv[], const int ends[3])
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    int bad = 0;
    for (int fd = 0; fd < 3; fd++)
        bad |= posix_spawn_file_actions_adddup2(&files, ends[fd], fd);
    bad |= posix_spawn_file_actions_addclosefrom_np(&files, 3);
    bad |= posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    bad |= posix_spawnattr_setpgroup(&attr, 0);
    bad |= posix_spawnattr_setsigmask(&attr, &none);
    bad |= posix_spawnattr_setsigdefault(&attr, &all);
    int failed = bad ? ENOMEM : posix_spawn(pid, path, &files, &attr, argv, built_engine_environment());
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    return failed;
}

static void fd_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Pipes whose ends are above 2, so that no dup2 of the child overwrites an end that is still needed. */
static bool pipe_high(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        if (ends[i] > STDERR_FILENO)
            continue;
        int high = fcntl(ends[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(ends[i]);
        ends[i] = high;
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

bool process_start(struct process *p, const char *path, char *const argv[])
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
    p->to = p->from = p->err = -1;
    p->n_said = 0;
    p->status = 0;
    int failed = pipe_high(in) && pipe_high(out) && pipe_high(err) ? 0 : errno;
    if (!failed)
        failed = spawn(&p->pid, path, argv, (const int[3]){in[0], out[1], err[1]});
    fd_close(&in[0]);
    fd_close(&out[1]);
    fd_close(&err[1]);
    p->to = in[1];
    p->from = out[0];
    p->err = err[0];
    p->state = failed ? PROCESS_NONE : PROCESS_LIVES;
    const int ours[3] = {p->to, p->from, p->err};
    for (int i = 0; i < 3 && !failed; i++)
        if (fcntl(ours[i], F_SETFL, fcntl(ours[i], F_GETFL) | O_NONBLOCK) != 0)
            failed = errno;
    if (failed) {
        process_stop(p);
        errno = failed;
    }
    return !failed;
}

/* ---- speaking ---- */

/* Keeps the last of what it says. */
static void process_listen(struct process *p)
{
    char piece[1024];
    ssize_t got;
    while (p->err >= 0 && (got = read(p->err, piece, sizeof piece)) != 0) {
        if (got < 0)
            break;
        size_t n = (size_t)got, keep = p->n_said < PROCESS_SAID - n ? p->n_said : PROCESS_SAID - n;
        memmove(p->said, p->said + (p->n_said - keep), keep);
        memcpy(p->said + keep, piece, n);
        p->n_said = keep + n;
    }
}

static bool process_asked_to_stop(struct process *p, const struct pollfd *watch)
{
    return p->watch >= 0 && watch->revents != 0 && p->interrupted && p->interrupted(p->self);
}

/* Waits until FD is ready for EVENTS.  A host that was itself stopped (Ctrl-Z) past the deadline looks once more. */
static bool process_wait(struct process *p, int fd, short events)
{
    while (p->state == PROCESS_LIVES) {
        int64_t left = p->until - process_clock();
        struct pollfd fds[3] = {
            {.fd = fd, .events = events}, {.fd = p->err, .events = POLLIN}, {.fd = p->watch, .events = POLLIN}};
        int ready = poll(fds, 3, left > 0 ? (int)(left < 60000 ? left : 60000) : 0);
        if (ready < 0 && errno != EINTR)
            p->state = PROCESS_GONE;
        if (ready <= 0) {
            if (ready == 0 && left <= 0)
                p->state = PROCESS_LATE;
            continue;
        }
        if (fds[1].revents & POLLIN)
            process_listen(p);
        else if (fds[1].revents)
            fd_close(&p->err);
        if (fds[0].revents)
            return true;
        if (process_asked_to_stop(p, &fds[2]))
            p->state = PROCESS_INTERRUPTED;
        else if (left <= 0)
            p->state = PROCESS_LATE;
    }
    return false;
}

static ptrdiff_t process_read(void *self, void *at, size_t size)
{
    struct process *p = self;
    while (process_wait(p, p->from, POLLIN)) {
        ssize_t got = read(p->from, at, size);
        if (got > 0)
            return got;
        if (got == 0 || (errno != EAGAIN && errno != EINTR))
            p->state = PROCESS_GONE;
    }
    return -1;
}

/* A closed pipe is an answer like any other here, not a reason to die: SIGPIPE is kept away for the length of one
 * write, and taken off the queue where it came. */
static ssize_t write_quietly(int fd, const void *at, size_t size)
{
    sigset_t pipe_only, before, pending;
    sigemptyset(&pipe_only);
    sigaddset(&pipe_only, SIGPIPE);
    sigpending(&pending);
    bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
    ssize_t put = write(fd, at, size);
    int failed = errno;
    if (put < 0 && failed == EPIPE && !was_pending)
        while (sigtimedwait(&pipe_only, NULL, &(struct timespec){0}) < 0 && errno == EINTR)
            continue;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = failed;
    return put;
}

static bool process_write(void *self, const void *bytes, size_t size)
{
    struct process *p = self;
    const char *at = bytes;
    while (size > 0 && process_wait(p, p->to, POLLOUT)) {
        ssize_t put = write_quietly(p->to, at, size);
        if (put > 0) {
            at += put;
            size -= (size_t)put;
        } else if (errno != EAGAIN && errno != EINTR) {
            p->state = PROCESS_GONE;
        }
    }
    return size == 0;
}

struct lines_io process_io(struct process *p)
{
    return (struct lines_io){.self = p, .read = process_read, .write = process_write};
}

/* ---- ending ---- */

bool process_lives(struct process *p)
{
    if (p->state != PROCESS_LIVES)
        return false;
    struct pollfd from = {.fd = p->from, .events = POLLIN};
    /* Nothing arrives unasked, so anything at all on this pipe now is the end, or an engine that cannot be trusted. */
    if (poll(&from, 1, 0) != 0)
        p->state = PROCESS_GONE;
    return p->state == PROCESS_LIVES;
}

/* A process that closed its pipes is about to end by itself; its own status says more than our signal would. */
static bool process_ended(struct process *p)
{
    enum { PATIENCE_MS = 100 };
    for (int i = 0; i < PATIENCE_MS; i++) {
        if (waitpid(p->pid, &p->status, WNOHANG) != 0)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return false;
}

void process_stop(struct process *p)
{
    if (p->pid > 0 && !(p->state == PROCESS_GONE && process_ended(p))) {
        kill(p->pid, SIGKILL);
        while (waitpid(p->pid, &p->status, 0) < 0 && errno == EINTR)
            continue;
    }
    process_listen(p);
    fd_close(&p->to);
    fd_close(&p->from);
    fd_close(&p->err);
    p->pid = 0;
    if (p->state == PROCESS_LIVES)
        p->state = PROCESS_NONE;
}

struct text process_said(const struct process *p) { return text_from(p->said, p->n_said); }

/* loop.c -- poll over the input, the engine and a self-pipe for signals.
 *
 * A handler may do little more than write; the pipe brings the signal into the loop, where everything is allowed.  The
 * handler's only global is the pipe's writing end.  Knows nothing of terminals or of the conversation. */
#include "front/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t signal_pipe = -1;

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
enum { CAUGHT = sizeof caught / sizeof caught[0] };

static void handler(int sig)
{
    int kept = errno;
    unsigned char byte = (unsigned char)sig;
    if (signal_pipe >= 0 && write(signal_pipe, &byte, 1) < 0) {
        /* the pipe is full: signals enough are waiting */
    }
    errno = kept;
}

static void catch_all(void (*how)(int))
{
    for (int i = 0; i < CAUGHT; i++) {
        struct sigaction old, sa = {.sa_handler = how};
        sigemptyset(&sa.sa_mask);
        /* nohup and background jobs ask us to ignore some: they stay ignored */
        if (sigaction(caught[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(caught[i], &sa, NULL);
    }
}

bool loop_open(struct loop *l)
{
    l->n = 0;
    if (pipe2(l->pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    signal_pipe = l->pipe[1];
    catch_all(handler);
    return true;
}

void loop_close(struct loop *l)
{
    catch_all(SIG_DFL);
    signal_pipe = -1;
    close(l->pipe[0]);
    close(l->pipe[1]);
}

/* Takes what the pipe holds; beyond LOOP_SIGNALS it waits there. */
static void take_signals(struct loop *l)
{
    ssize_t n = l->n < LOOP_SIGNALS ? read(l->pipe[0], l->waiting + l->n, LOOP_SIGNALS - l->n) : 0;
    if (n > 0)
        l->n += (unsigned)n;
}

static bool next_signal(struct loop *l, int *sig)
{
    take_signals(l);
    if (!l->n)
        return false;
    *sig = l->waiting[0];
    memmove(l->waiting, l->waiting + 1, --l->n);
    return true;
}

bool loop_stop_asked(struct loop *l)
{
    take_signals(l);
    for (unsigned i = 0; i < l->n; i++)
        if (l->waiting[i] != SIGWINCH && l->waiting[i] != SIGCONT && l->waiting[i] != SIGTSTP)
            return true;
    return false;
}

int loop_descriptor(const struct loop *l) { return l->pipe[0]; }

enum wake loop_watch(struct loop *l, const int *fds, bool *ready, unsigned count, int ms, int *sig)
{
    struct pollfd p[LOOP_WATCHED + 1] = {{.fd = l->pipe[0], .events = POLLIN}};
    long long until = ms < 0 ? 0 : loop_now() + ms;
    for (unsigned i = 0; i < count; i++)
        p[i + 1] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    for (;;) {
        if (next_signal(l, sig))
            return WAKE_SIGNAL;
        long long left = ms < 0 ? -1 : until - loop_now();
        int n = poll(p, count + 1, ms < 0 ? -1 : left < 0 ? 0 : (int)left);
        if (n < 0 && errno != EINTR)
            return WAKE_TIME;
        if (next_signal(l, sig))
            return WAKE_SIGNAL;
        bool any = false;
        for (unsigned i = 0; n > 0 && i < count; i++)
            any |= ready[i] = p[i + 1].revents != 0;
        if (any)
            return WAKE_INPUT;
        if (n == 0)
            return WAKE_TIME;
    }
}

enum wake loop_wait(struct loop *l, int in, int engine, int ms, int *sig)
{
    int fds[2] = {in, engine};
    bool ready[2] = {false, false};
    enum wake why = loop_watch(l, fds, ready, 2, ms, sig);
    return why == WAKE_INPUT && !ready[0] ? WAKE_ENGINE : why;
}

bool loop_await(struct loop *l, int fd, bool to_write, int ms)
{
    long long until = loop_now() + ms;
    for (;;) {
        if (loop_stop_asked(l))
            return false;
        long long left = until - loop_now();
        struct pollfd p[2] = {{.fd = l->pipe[0], .events = l->n < LOOP_SIGNALS ? POLLIN : 0},
                              {.fd = fd, .events = to_write ? POLLOUT : POLLIN}};
        int n = poll(p, 2, left < 0 ? 0 : (int)left);
        if (n < 0 && errno != EINTR)
            return true;
        if (n == 0 || (n > 0 && p[1].revents))
            return true;
    }
}

void loop_suspend(void)
{
    struct sigaction old, sa = {.sa_handler = SIG_DFL};
    sigemptyset(&sa.sa_mask);
    sigaction(SIGTSTP, &sa, &old);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &old, NULL);
}

long long loop_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

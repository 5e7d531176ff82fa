/* stop.c -- signals that end the program, taken when it suits. */
#include "send/stop.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

static int came;

static sigset_t wanted(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

void stop_watch(void)
{
    sigset_t set = wanted();
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool stop_wait(long milliseconds)
{
    sigset_t set = wanted();
    struct timespec end, now, left;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += milliseconds / 1000;
    end.tv_nsec += milliseconds % 1000 * 1000000;
    while (!came) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        long long ns = (end.tv_sec - now.tv_sec) * 1000000000LL + (end.tv_nsec - now.tv_nsec);
        left = (struct timespec){ns > 0 ? ns / 1000000000 : 0, ns > 0 ? ns % 1000000000 : 0};
        int signal = sigtimedwait(&set, NULL, &left);
        if (signal > 0)
            came = signal;
        else if (errno == EAGAIN)
            return true;
    }
    return false;
}

bool stop_asked(void) { return !stop_wait(0); }
int stop_signal(void) { return came; }

/* loop.h -- the one place where the program waits.
 *
 * Signals become a byte in a pipe of their own, and so one more thing that poll watches.  Whoever waits is told the
 * reason; SIGINT, SIGHUP and SIGTERM end nothing by themselves. */
#ifndef FRONT_LOOP_H
#define FRONT_LOOP_H

#include <stdbool.h>

enum wake {
    WAKE_INPUT,  /* the input descriptor is readable, or closed */
    WAKE_SIGNAL, /* *SIGNAL says which */
    WAKE_ENGINE, /* the engine's pipe says something unasked: it is gone */
    WAKE_TIME    /* nothing happened for so long */
};

enum { LOOP_SIGNALS = 32 };

struct loop {
    int pipe[2];
    unsigned char waiting[LOOP_SIGNALS]; /* taken from the pipe and not yet told */
    unsigned n;
};

/* Catches SIGINT SIGTERM SIGHUP SIGQUIT SIGTSTP SIGCONT SIGWINCH from here on.  One loop a process.  False where the
 * system gives no pipe. */
bool loop_open(struct loop *l);
void loop_close(struct loop *l);
/* Waits for input on IN and trouble on ENGINE (either may be -1: not watched) for at most MS milliseconds (-1: for ever).
 * Signals come first. */
enum wake loop_wait(struct loop *l, int in, int engine, int ms, int *signal);
/* The same for N descriptors of any kind (-1: not watched); READY says which of them are readable: WAKE_INPUT. */
enum { LOOP_WATCHED = 24 };
enum wake loop_watch(struct loop *l, const int *fds, bool *ready, unsigned n, int ms, int *signal);
/* True when a signal that asks to stop waits to be told: for whoever must not wait in loop_wait. */
bool loop_stop_asked(struct loop *l);
/* Waits for FD (-1: for nothing), to read or TO_WRITE, for at most MS milliseconds.  False where a signal asks to stop: it
 * is told by the next loop_wait. */
bool loop_await(struct loop *l, int fd, bool to_write, int ms);
/* What becomes readable when a signal comes. */
int loop_descriptor(const struct loop *l);
/* Stops the process as Ctrl-Z would have; returns when it goes on. */
void loop_suspend(void);
/* Milliseconds of the monotonic clock. */
long long loop_now(void);

#endif

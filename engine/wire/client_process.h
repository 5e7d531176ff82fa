/* client_process.h -- one engine process: started, spoken to with a deadline, ended.
 *
 * Three pipes: requests, answers, and its standard error, of which the last 4 KiB are kept.  All waiting is in poll()
 * on the monotonic clock.  Knows nothing of the protocol. */
#ifndef WIRE_CLIENT_PROCESS_H
#define WIRE_CLIENT_PROCESS_H

#include "wire/lines.h"

#include <sys/types.h>

enum { PROCESS_SAID = 4096 };

enum process_state {
    PROCESS_NONE,
    PROCESS_LIVES,
    PROCESS_GONE,        /* it ended, or closed a pipe */
    PROCESS_LATE,        /* the deadline passed */
    PROCESS_INTERRUPTED  /* the host must not wait any longer */
};

struct process {
    enum process_state state;
    pid_t pid;
    int to, from, err;
    int64_t until;       /* deadline of the present request, milliseconds of the monotonic clock */
    int watch;           /* readable when interrupted() should be asked; -1: none */
    bool (*interrupted)(void *self);
    void *self;
    int status;          /* as waitpid gave it, once it was ended */
    char said[PROCESS_SAID];
    size_t n_said;
};

/* Before anything else: no process, no descriptors. */
void process_init(struct process *p);
/* Starts PATH with ARGV; nothing but its pipes is handed on.  False, with errno, where the system refuses. */
bool process_start(struct process *p, const char *path, char *const argv[]);
/* The deadline: MS milliseconds from now. */
void process_deadline(struct process *p, int64_t ms);
int64_t process_clock(void);
/* Reading and writing that wait at most until the deadline; a failure is told by p->state. */
struct lines_io process_io(struct process *p);
/* True while it has neither ended nor closed its pipe of answers. */
bool process_lives(struct process *p);
/* Kills it if need be, waits for it, and reads the last it said.  Safe to call twice. */
void process_stop(struct process *p);
/* The last it wrote to standard error; foreign text. */
struct text process_said(const struct process *p);

#endif

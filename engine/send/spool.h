/* spool.h -- statements that wait on the disk until a record store has them.
 *
 *     ~/.local/state/rehearse/send/3f2a…/    one folder for each record store, 0700
 *         url                                which one that is, for people
 *         lock                               held by the program that is sending
 *         001795600000000000-0042@0          statements, one a line; 0: bytes that have arrived there
 *         refused.jsonl                      what the record store would not take, and why
 *
 * A file gets its name once all of it is on the disk, and loses it once all of it has arrived; how much has arrived stands
 * in the name, so that it changes with it, at once or not at all. */
#ifndef SEND_SPOOL_H
#define SEND_SPOOL_H

#include "base/text.h"

struct spool {
    int folder;            /* open; -1: not */
    int lock;              /* open; -1: not held */
    struct buf path;       /* NUL behind it */
    uint32_t serial;
};

/* Opens, and makes where there is none, the folder for URL below BELOW (NULL: below XDG_STATE_HOME).  0, or errno. */
int spool_open(struct spool *s, const char *below, struct text url);
void spool_close(struct spool *s);
/* The right to send.  False where another program has it. */
bool spool_lock(struct spool *s);

/* ---- taking ---- */

/* A file being written. */
struct intake {
    int fd;
    char name[64];
    struct buf waiting;    /* bytes not written yet */
    uint32_t lines;
    int error;             /* errno of the first thing that failed; 0: none */
};

/* Each returns false once something failed. */
bool intake_begin(struct spool *s, struct intake *in);
bool intake_line(struct intake *in, struct text line);
/* Keeps all that was added.  0, or errno; then nothing of it is there. */
int intake_keep(struct spool *s, struct intake *in);
/* Forgets it. */
void intake_drop(struct spool *s, struct intake *in);

/* ---- what waits ---- */

struct waiting {
    int fd;
    char name[64];
    long long from;        /* bytes that have arrived */
    bool gone;             /* all has */
};

/* The oldest file, open.  False where none waits, or with *ERROR. */
bool spool_next(struct spool *s, struct waiting *w, int *error);
/* Whole lines from w->from on, at most MOST lines and BYTES bytes, into OUT; none: all has arrived.  0, or errno. */
int waiting_read(const struct waiting *w, uint32_t most, size_t bytes, struct buf *out);
/* BYTES more have arrived; with nothing left, the file goes.  0, or errno. */
int waiting_arrived(struct spool *s, struct waiting *w, size_t bytes);
void waiting_close(struct waiting *w);
/* Lines that wait, in all files. */
uint64_t spool_count(struct spool *s);

/* Adds LINES to refused.jsonl.  0, or errno. */
int spool_refused(struct spool *s, struct text lines);

#endif

/* outfile.h -- what a command writes for other programs: standard output, or a file that is there whole or not at all. */
#ifndef CMD_OUTFILE_H
#define CMD_OUTFILE_H

#include "cmd/command.h"

#include <stdio.h>

#define OPTION_OUTPUT                                                                                                  \
    {"output", N_("FILE"), TAKES_FILE, NULL, N_("writes to FILE, for you alone to read, instead of standard output")}

struct outfile {
    const char *path;      /* NULL: standard output */
    FILE *to;
    struct buf name;       /* beside PATH, until it is whole; NUL behind it */
    int error;             /* errno of the first thing that failed; 0: none */
};

/* Where --output of CALL says.  0, or errno. */
int outfile_open(struct outfile *o, const struct call *call);
/* Usable as the `write` of whoever exports; SELF is the outfile. */
bool outfile_write(void *self, struct text t);
/* Keeps what was written where WHOLE and nothing failed; else nothing is left.  The exit status, after saying what failed. */
int outfile_close(struct outfile *o, const struct call *call, bool whole);

#endif

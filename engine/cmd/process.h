/* process.h -- what every program of ours that people start does first, and how one command is run. */
#ifndef CMD_PROCESS_H
#define CMD_PROCESS_H

#include "cmd/command.h"

/* Descriptors 0 to 2 are open before anything else opens one; a closed pipe is an error of write, not a death; the
 * character set is UTF-8 whatever the machine's locales are, and nothing else of a locale is used. */
void process_begin(void);

/* Reads the options and operands of CALL, whose command, words and lang are set, and runs it by RUN; or shows its help or
 * what is wrong with them.  Returns the exit status. */
int process_run(struct call *call, int argc, char **argv, int (*run)(const struct call *call));

#endif

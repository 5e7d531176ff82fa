/* help.h -- a command's entry as a help page, and as a page of the manual. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/command.h"

/* Prints CALL's command to standard output, in its language, as wide as the terminal.  For `rehearse` alone the list of
 * commands too.  Returns the exit status. */
int help_print(const struct call *call);

/* Appends COMMAND's page (command_home: the program's) in the man(7) macros. */
void help_manual(const struct command *command, const struct words *words, struct buf *out);

#endif

/* options.h -- a command line, taken apart by a command's table. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "cmd/command.h"

/* Fills CALL from ARGV, where ARGV[0] is the command's name; call->command and call->words are set.  --lang changes
 * call->words as soon as it is read.  False when the line does not fit, after saying so on standard error. */
bool options_read(struct call *call, int argc, char **argv);
/* The whole program's language before any option is read. */
const struct words *options_words(const char *option);
/* The environment's language as a tag-like name, NULL where it says none. */
const char *options_environment(void);

#endif

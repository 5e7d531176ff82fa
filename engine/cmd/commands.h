/* commands.h -- every command's entry, one line each. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/command.h"

extern const struct command command_play, command_check, command_explore, command_new, command_po, command_test, command_completion, command_workshop, command_manual;

#endif

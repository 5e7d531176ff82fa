/* commands.c -- the list of commands.  Help, completion and the manual follow it. */
#include "cmd/commands.h"

#include <stdio.h>
#include <string.h>

const struct command *const commands[] = {
    &command_play, &command_check, &command_new, &command_po, &command_test, &command_completion, &command_manual, NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

const char *call_value(const struct call *call, const char *name)
{
    const struct option_row *rows = call->command->options;
    for (size_t i = 0; rows[i].name; i++)
        if (strcmp(rows[i].name, name) == 0)
            return call->values[i];
    return NULL;
}

/* commands.c -- the list of commands.  Help, completion and the manual follow it. */
#include "cmd/commands.h"

#include <string.h>

const struct command *const commands[] = {
    &command_play,
    &command_resume,
    &command_debrief,
    &command_replay,
    &command_forget,
    &command_progress,
    &command_due,
    &command_report,
    &command_regrade,
    &command_workshop,
    &command_notes,
    &command_guide,
    &command_handout,
    &command_cards,
    &command_minutes,
    &command_doctor,
    &command_check,
    &command_explore,
    &command_new,
    &command_po,
    &command_test,
    &command_items,
    &command_export,
    &command_import,
    &command_send,
    &command_completion,
    &command_manual,
    NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

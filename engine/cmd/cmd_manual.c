/* cmd_manual.c -- `rehearse manual`: pages of the manual, for the build and for packagers.
 *
 * docs/man/ holds what it prints; the tests keep both alike. */
#include "cmd/commands.h"
#include "cmd/help.h"

#include <stdio.h>

static int run(const struct call *call)
{
    const struct command *c = call->n ? command_find(call->operands[0]) : &command_home;
    struct buf page = {0};
    if (call_value(call, "names")) {
        for (size_t i = 0; commands[i]; i++)
            if (!commands[i]->hidden)
                puts(commands[i]->name);
        return STATUS_FINE;
    }
    if (!c)
        return call_fails(call, STATUS_USAGE, N_("there is no command “%1”"), call->operands[0], "");
    help_manual(c, call->words, &page);
    fwrite(page.at, 1, page.len, stdout);
    buf_done(&page);
    return STATUS_FINE;
}

static const struct option_row options[] = {
    {"names", NULL, TAKES_NOTHING, NULL, N_("lists the commands that have a page")}, OPTION_LANG, OPTION_HELP, {0}};

const struct command command_manual = {
    .name = "manual",
    .operands = N_("[COMMAND]"),
    .most = 1,
    .summary = N_("prints a page of the manual in man(7) form"),
    .about = N_("Prints the page of a command, or of the whole program, as `man` reads it."),
    .options = options,
    .hidden = true,
    .run = run,
};

/* main.c -- the program `rehearse`: finds the command and runs it. */
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/process.h"

#include <string.h>

static int unknown_command(struct call *call, const char *typed)
{
    struct text names[32];
    size_t n = 0;
    for (; commands[n] && n < 32; n++)
        names[n] = text_of(commands[n]->name);
    struct text near = text_nearest(text_of(typed), names, n);
    if (near.len)
        return call_fails(call, STATUS_USAGE, N_("there is no command “%1”; did you mean “%2”?"), typed, near.at);
    if (strchr(typed, '/'))
        return call_fails(call, STATUS_USAGE, N_("there is no command “%1”; to play it: rehearse play %1"), typed, "");
    return call_fails(call, STATUS_USAGE, N_("there is no command “%1”; rehearse --help lists what there is"), typed, "");
}

int main(int argc, char **argv)
{
    process_begin();
    bool named = argc > 1 && argv[1][0] != '-';
    struct call call = {.command = &command_home, .words = options_words(NULL), .lang = options_environment()};
    if (named)
        call.command = command_find(argv[1]);
    if (!call.command) {
        call.command = &command_home;
        return unknown_command(&call, argv[1]);
    }
    return process_run(&call, named ? argc - 1 : argc, named ? argv + 1 : argv, call.command->run);
}

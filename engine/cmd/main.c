/* main.c -- the program `rehearse`: makes the process safe to work in, finds the command, runs it.
 *
 * Descriptors 0 to 2 are open before anything else opens one; a closed pipe is an error of write, not a death; the
 * character set is UTF-8 whatever the machine's locales are, and nothing else of a locale is used. */
#include "cmd/commands.h"
#include "cmd/help.h"
#include "cmd/options.h"

#include "base/version.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void open_standard_descriptors(void)
{
    int fd;
    while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= 2)
        continue;
    if (fd > 2)
        close(fd);
}

static void choose_characters(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

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

static int run(struct call *call, int argc, char **argv)
{
    if (!options_read(call, argc, argv))
        return STATUS_USAGE;
    if (call_value(call, "help"))
        return help_print(call);
    if (call_value(call, "version")) {
        printf("rehearse %s\n", REHEARSE_VERSION);
        return STATUS_FINE;
    }
    if (call->n < call->command->least)
        return call_fails(call, STATUS_USAGE, N_("what is missing: %1; --help shows how it is used"),
                          tr(call->words, call->command->operands), "");
    return call->command->run(call);
}

int main(int argc, char **argv)
{
    open_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    choose_characters();

    bool named = argc > 1 && argv[1][0] != '-';
    struct call call = {.command = &command_home, .words = options_words(NULL), .lang = options_environment()};
    if (named)
        call.command = command_find(argv[1]);
    if (!call.command) {
        call.command = &command_home;
        return unknown_command(&call, argv[1]);
    }
    call.operands = calloc((size_t)argc + 1, sizeof *call.operands);
    if (!call.operands)
        return STATUS_ENGINE;
    int status = argc < 1 ? STATUS_USAGE : run(&call, named ? argc - 1 : argc, named ? argv + 1 : argv);
    free(call.operands);
    if (fflush(stdout) != 0 && status == STATUS_FINE)
        status = STATUS_IO;
    return status;
}

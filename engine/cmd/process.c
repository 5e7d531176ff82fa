/* process.c -- makes a process safe to work in, and runs one command in it. */
#include "cmd/process.h"

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

void process_begin(void)
{
    open_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    choose_characters();
}

static int run_read(struct call *call, int argc, char **argv, int (*run)(const struct call *call))
{
    if (argc < 1 || !options_read(call, argc, argv))
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
    return run(call);
}

int process_run(struct call *call, int argc, char **argv, int (*run)(const struct call *call))
{
    call->operands = calloc((size_t)argc + 1, sizeof *call->operands);
    if (!call->operands)
        return STATUS_ENGINE;
    int status = run_read(call, argc, argv, run);
    free(call->operands);
    if (fflush(stdout) != 0 && status == STATUS_FINE)
        status = STATUS_IO;
    return status;
}

/* cmd_send.c -- `rehearse send URL`: starts rehearse-send, the one program of ours that opens a connection.
 *
 * It is a program of its own, so that nothing else has to be linked with a library that speaks to networks.  The entry
 * below is its entry, too: its help and its page of the manual are made from it. */
#include "cmd/commands.h"

#include "wire/engine_find.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The same words again, for the other program; the language was chosen here already. */
static int start(const struct call *call, const char *program)
{
    const char *argv[2 * OPTIONS_MAX + 2 + 64] = {program};
    const struct option_row *rows = call->command->options;
    struct buf line[OPTIONS_MAX] = {{0}};
    size_t n = 1;
    for (size_t i = 0; rows[i].name; i++) {
        if (!call->values[i])
            continue;
        buf_printf(&line[i], rows[i].takes == TAKES_NOTHING ? "--%s" : "--%s=%s", rows[i].name, call->values[i]);
        buf_char(&line[i], '\0');
        argv[n++] = line[i].at;
    }
    argv[n++] = "--";
    for (unsigned i = 0; i < call->n; i++)
        argv[n++] = call->operands[i];
    execv(program, (char *const *)argv);
    int error = errno;
    for (size_t i = 0; i < OPTIONS_MAX; i++)
        buf_done(&line[i]);
    return call_fails(call, STATUS_IO, N_("cannot start %1: %2"), program, strerror(error));
}

static int run(const struct call *call)
{
    struct buf path = {0};
    if (!engine_own_folder(&path))
        buf_str(&path, ".");
    buf_str(&path, "/rehearse-send");
    buf_char(&path, '\0');
    int status = access(path.at, X_OK) == 0
                     ? start(call, path.at)
                     : call_fails(call, STATUS_IO, N_("%1 is not installed: it is what speaks to a record store"), path.at, "");
    buf_done(&path);
    return status;
}

static const struct option_row options[] = {
    {"login", N_("FILE"), TAKES_FILE, NULL, N_("a file that only you can read, with one line: name:password")},
    {"token", N_("FILE"), TAKES_FILE, NULL, N_("the same with a bearer token")},
    {"ca", N_("FILE"), TAKES_FILE, NULL, N_("certificates (PEM) that are trusted instead of the system's")},
    {"plain-http", NULL, TAKES_NOTHING, NULL, N_("allows http:// to another machine: password and statements can be listened to")},
    {"batch", N_("NUMBER"), TAKES_NUMBER, NULL, N_("statements in one request, at most 1000; otherwise 100")},
    {"timeout", N_("SECONDS"), TAKES_NUMBER, NULL, N_("for one request; otherwise 60")},
    {"tries", N_("NUMBER"), TAKES_NUMBER, NULL, N_("how often in a row a request may fail; otherwise 5")},
    {"wait", N_("SECONDS"), TAKES_NUMBER, NULL, N_("before the second try, doubled each time; otherwise 1")},
    {"spool", N_("FOLDER"), TAKES_FILE, NULL, N_("where statements wait; otherwise below XDG_STATE_HOME")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_send = {
    .name = "send",
    .operands = N_("URL [FILE …]"),
    .least = 1,
    .most = 64,
    .operand = OPERAND_FILES,
    .summary = N_("sends xAPI statements to a record store"),
    .about = N_("Reads xAPI statements, one a line, as `rehearse export --format xapi` writes them, from the files or from "
                "standard input, and sends them to the record store at URL (that to which /statements is added). What was "
                "read is first written to a spool folder, so that nothing is lost while the network or the record store is "
                "away: the next run, with or without new statements, sends what waits. Each statement has its own id, so "
                "sending twice does no harm.\n\n"
                "The record store asks for a name and a password or for a token. They come from a file (--login, --token) or "
                "from REHEARSE_LRS_LOGIN or REHEARSE_LRS_TOKEN in the environment, never from the command line, where "
                "everybody on the machine could read them.\n\n"
                "Only https is spoken to other machines, certificates are verified, and no redirection is followed. A "
                "statement that the record store refuses is set aside in refused.jsonl in the spool, with what was said "
                "about it.\n\n"
                "The exit status is 0 where all is there, 65 where a line is no statement (then nothing was taken) or a "
                "statement was refused, 69 where no record store that can be trusted stands at URL, 75 where statements wait for a "
                "better time, and 77 where the record store did not let us in."),
    .examples = "rehearse export --format xapi --home https://example.org/ |\n"
                "rehearse-send https://lrs.example.org/xapi --login ~/.lrs\n"
                "rehearse-send https://lrs.example.org/xapi --token ~/.lrs < /dev/null",
    .options = options,
    .run = run,
};

/* cmd_import.c -- `rehearse import FILE`: records from a file into the store. */
#include "cmd/commands.h"
#include "cmd/keep.h"

#include "record/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MIB_MOST = 2048 };

/* All of FD.  0, or errno. */
static int read_whole(int fd, struct buf *out)
{
    char bytes[1 << 16];
    ssize_t n;
    while ((n = read(fd, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        buf_add(out, bytes, (size_t)n);
        if (out->len > (size_t)FILE_MIB_MOST << 20)
            return EFBIG;
    }
    return 0;
}

static int read_file(const struct call *call, struct buf *out)
{
    const char *name = call->operands[0];
    struct stat st;
    bool piped = strcmp(name, "-") == 0;
    int fd = piped ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return call_fails(call, STATUS_NO_INPUT, N_("cannot read %1: %2"), name, strerror(errno));
    int error = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) ? EISDIR : read_whole(fd, out);
    if (!piped)
        close(fd);
    return error ? call_fails(call, STATUS_IO, N_("cannot read %1: %2"), name, strerror(error)) : STATUS_FINE;
}

/* "FILE:LINE: what is wrong: what the engine says". */
static int tell_fault(const struct call *call, const struct import_fault *f)
{
    struct buf line = {0};
    if (!f->form) {
        if (f->line)
            call_fails(call, 0, N_("nothing was imported"), NULL, NULL);
        return keep_fails(call, &f->store);
    }
    buf_printf(&line, f->line ? "%s:%llu: " : "%s: ", call->operands[0], (unsigned long long)f->line);
    words_fill(&line, tr(call->words, f->form), f->args, 2);
    if (f->message.code != MSG_NONE) {
        struct message_look look = {.words = call->words};
        buf_str(&line, ": ");
        message_line(&f->message, &look, &line);
    }
    buf_char(&line, '\0');
    call_fails(call, 0, "%1", line.at, NULL);
    buf_done(&line);
    return call_fails(call, STATUS_DATA, N_("nothing was imported"), NULL, NULL);
}

static void tell_counts(const struct call *call, const struct import_counts *c)
{
    const uint32_t counts[] = {c->sessions, c->gone_on, c->there};
    char numbers[3][16];
    struct text args[3];
    struct buf line = {0};
    for (int i = 0; i < 3; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%u", counts[i]);
        args[i] = text_of(numbers[i]);
    }
    words_fill(&line, tr(call->words, N_("conversations: %1 new, %2 gone on, %3 there already")), args, 3);
    printf("%.*s\n", (int)line.len, line.at);
    buf_done(&line);
    if (c->renamed) {
        snprintf(numbers[0], sizeof numbers[0], "%u", c->renamed);
        call_fails(call, 0, N_("%1 of them have a new name, since theirs was taken here"), numbers[0], NULL);
    }
}

/* The whole file is found good before any record is opened. */
static int take(const struct call *call, struct import *m)
{
    struct keep k = {0};
    struct import_fault fault;
    struct import_counts counts;
    int status = STATUS_FINE;
    if (!import_check(m, call_value(call, "no-jail") != NULL, &fault))
        return tell_fault(call, &fault);
    if (keep_open_store(&k, call, true, &status)) {
        if (import_write(m, k.store, keep_now(), &counts, &fault))
            tell_counts(call, &counts);
        else
            status = tell_fault(call, &fault);
    }
    keep_close(&k);
    return status;
}

static int run(const struct call *call)
{
    struct buf bytes = {0};
    struct import_fault fault;
    bool ok;
    int status = read_file(call, &bytes);
    if (status == STATUS_FINE) {
        struct import *m = import_read(buf_view(&bytes), &ok, &fault);
        status = ok ? take(call, m) : tell_fault(call, &fault);
        import_free(m);
    }
    buf_done(&bytes);
    return status;
}

static const struct option_row options[] = {
    OPTION_STORE,
    {"no-jail", NULL, TAKES_NOTHING, NULL, N_("imports where this system cannot shut the engine in; only from those you trust")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_import = {
    .name = "import",
    .operands = N_("FILE"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_FILES,
    .summary = N_("takes records in that were exported elsewhere"),
    .about = N_("Reads what `rehearse export` wrote, or what `:file` kept when the records could not be written, and adds it to the "
                "records. - is standard input.\n\n"
                "The whole file is checked first: every scenario in it is loaded and every conversation is played through the "
                "engine, which is shut in as for any scenario from a stranger. Where anything does not fit, its line is told and "
                "nothing is imported. Otherwise all of it is there at once, or, where the records cannot be written, nothing of it.\n\n"
                "What is there already stays as it is, so importing twice does no harm; a conversation that went on in the file goes "
                "on here. Somebody who has practised here keeps department and role as they are. Grades are made again.\n\n"
                "The exit status is 0 where all went well, 65 where a line does not fit, 66 where there is no such file, and 74 where "
                "the records cannot be written."),
    .examples = "rehearse export --output autumn.jsonl\nrehearse import autumn.jsonl --store /srv/rehearse",
    .options = options,
    .run = run,
};

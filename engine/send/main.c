/* main.c -- the program `rehearse-send`: takes xAPI statements into a spool, and brings them to a record store.
 *
 * Taking comes first and is whole before anything is sent: what it said it has is on the disk, whatever happens to the
 * network.  Its entry is cmd/cmd_send.c. */
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/process.h"
#include "send/deliver.h"
#include "send/statements.h"
#include "send/stop.h"

#include "base/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 100, BATCH_MOST = 1000, TIMEOUT_S = 60, TRIES = 5, WAIT_S = 1 };

const struct command *const commands[] = {&command_send, NULL};

/* ---- taking ---- */

static int tell_flaw(const struct call *call, enum statement_flaw flaw, const char *name, uint64_t line)
{
    static const char *const forms[] = {
        [STATEMENT_LONG] = N_("%1: longer than a statement may be; nothing was taken"),
        [STATEMENT_NO_JSON] = N_("%1: no JSON object; a statement is one line; nothing was taken"),
        [STATEMENT_NO_ID] = N_("%1: a statement without an id that is a UUID; nothing was taken"),
        [STATEMENT_NO_PARTS] = N_("%1: a statement needs an actor, a verb and an object; nothing was taken")};
    struct buf place = {0};
    buf_printf(&place, "%s:%llu", name, (unsigned long long)line);
    buf_char(&place, '\0');
    call_fails(call, STATUS_DATA, forms[flaw], place.at, "");
    buf_done(&place);
    return STATUS_DATA;
}

/* Everything FD has.  NAME: for people. */
static int take(const struct call *call, struct intake *in, int fd, const char *name)
{
    enum statement_flaw flaw;
    uint64_t line;
    int error;
    if (statements_take(fd, in, &flaw, &line, &error))
        return STATUS_FINE;
    if (flaw != STATEMENT_FINE)
        return tell_flaw(call, flaw, name, line);
    if (in->error)
        return call_fails(call, STATUS_IO, N_("statements cannot be kept in the spool: %1; nothing was taken"), strerror(in->error), "");
    return call_fails(call, STATUS_IO, N_("cannot read %1: %2"), name, strerror(error));
}

static int take_named(const struct call *call, struct intake *in)
{
    int status = STATUS_FINE;
    for (unsigned i = 1; i < call->n && status == STATUS_FINE; i++) {
        const char *name = call->operands[i];
        if (strcmp(name, "-") == 0) {
            status = take(call, in, STDIN_FILENO, name);
            continue;
        }
        int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0)
            return call_fails(call, STATUS_NO_INPUT, N_("cannot read %1: %2"), name, strerror(errno));
        status = take(call, in, fd, name);
        close(fd);
    }
    if (call->n == 1 && !isatty(STDIN_FILENO))
        status = take(call, in, STDIN_FILENO, "-");
    return status;
}

static int take_all(const struct call *call, struct spool *s)
{
    struct intake in;
    int error = 0;
    int status = STATUS_FINE;
    if (!intake_begin(s, &in))
        error = in.error;
    else
        status = take_named(call, &in);
    if (!error && status == STATUS_FINE && in.lines)
        error = intake_keep(s, &in);
    else
        intake_drop(s, &in);
    if (error)
        status = call_fails(call, STATUS_IO, N_("statements cannot be kept in the spool: %1; nothing was taken"), strerror(error), "");
    return status;
}

/* ---- sending ---- */

/* Why it ended before everything had arrived. */
static int tell_end(const struct call *call, const struct delivery *d)
{
    static const struct {
        int status;
        const char *form;
    } ends[] = {
        [POST_DENIED] = {STATUS_DENIED, N_("the record store does not let us in (%1)")},
        [POST_LATER] = {STATUS_LATER, N_("the record store cannot be reached now (%1)")},
        [POST_NO_STORE] = {STATUS_UNAVAILABLE, N_("no record store that can be trusted answers there (%1)")}};
    char said[sizeof d->last.why + 24];
    if (d->error)
        return call_fails(call, STATUS_IO, N_("the spool cannot be read or written: %1"), strerror(d->error), "");
    if (d->last.end == POST_STOPPED)
        return STATUS_SIGNAL + stop_signal();
    if (d->last.status)
        snprintf(said, sizeof said, "%ld %s", d->last.status, d->last.why);
    else
        snprintf(said, sizeof said, "%s", d->last.why);
    return call_fails(call, ends[d->last.end].status, ends[d->last.end].form, said, "");
}

static void say_counts(const struct call *call, const struct delivery *d, uint64_t waiting)
{
    const uint64_t counts[] = {d->sent, d->there, d->refused, waiting};
    char numbers[4][24];
    struct text args[4];
    struct buf line = {0};
    for (int i = 0; i < 4; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%llu", (unsigned long long)counts[i]);
        args[i] = text_of(numbers[i]);
    }
    words_fill(&line, tr(call->words, N_("sent: %1, there already: %2, refused: %3, waiting: %4")), args, 4);
    printf("%.*s\n", (int)line.len, line.at);
    buf_done(&line);
}

/* On a terminal, how far it is. */
static void show_progress(const struct delivery *d, void *self)
{
    (void)self;
    fprintf(stderr, "\r\033[K%llu", (unsigned long long)(d->sent + d->there + d->refused));
    fflush(stderr);
}

static uint32_t number(const struct call *call, const char *option, uint32_t otherwise, uint32_t least, uint32_t most)
{
    const char *value = call_value(call, option);
    unsigned long long n = value ? strtoull(value, NULL, 10) : otherwise;
    return n < least ? least : n > most ? most : (uint32_t)n;
}

static int send_all(const struct call *call, const struct target *t, struct spool *s)
{
    struct delivery d = {.spool = s, .pause = stop_wait};
    d.batch = number(call, "batch", BATCH, 1, BATCH_MOST);
    d.tries = number(call, "tries", TRIES, 1, 100);
    d.wait = number(call, "wait", WAIT_S, 0, 3600);
    d.told = isatty(STDERR_FILENO) ? show_progress : NULL;
    d.post = post_open(t, number(call, "timeout", TIMEOUT_S, 1, 3600), stop_asked);
    if (!d.post)
        return STATUS_ENGINE;
    bool whole = deliver(&d);
    if (d.told && d.sent + d.there + d.refused)
        fputs("\r\033[K", stderr);
    int status = whole ? d.refused ? STATUS_DATA : STATUS_FINE : tell_end(call, &d);
    if (d.refused)
        call_fails(call, 0, N_("what was refused stands in %1/refused.jsonl"), s->path.at, "");
    uint64_t waiting = spool_count(s);
    say_counts(call, &d, waiting);
    if (waiting)
        call_fails(call, 0, N_("what waits is kept in %1; the next run sends it"), s->path.at, "");
    post_close(d.post);
    delivery_done(&d);
    return status;
}

static int work(const struct call *call, const struct target *t)
{
    struct spool s;
    int error = spool_open(&s, call_value(call, "spool"), buf_view(&t->url));
    int status = error ? call_fails(call, STATUS_IO, N_("the spool %1 cannot be used: %2"), s.path.len ? s.path.at : "", strerror(error))
                       : take_all(call, &s);
    if (status == STATUS_FINE)
        status = spool_lock(&s) ? send_all(call, t, &s)
                                : call_fails(call, STATUS_LATER, N_("another program is sending from %1; what was read is kept there"),
                                             s.path.at, "");
    spool_close(&s);
    return status;
}

static int run(const struct call *call)
{
    struct target t;
    int status = target_open(&t, call);
    if (status == STATUS_FINE) {
        stop_watch();
        status = work(call, &t);
    }
    target_done(&t);
    return status;
}

int main(int argc, char **argv)
{
    process_begin();
    struct call call = {.command = &command_send, .words = options_words(NULL), .lang = options_environment()};
    return process_run(&call, argc, argv, run);
}

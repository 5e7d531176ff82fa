/* cmd_export.c -- `rehearse export`: records for another store, for a spreadsheet, for a record store. */
#include "cmd/commands.h"
#include "cmd/filter.h"
#include "cmd/keep.h"
#include "cmd/outfile.h"

#include "record/export.h"

#include <stdlib.h>
#include <string.h>

struct exporting {
    const struct call *call;
    struct keep keep;
    struct kept_filter filter;
    bool own;               /* the filter's trainee asks for their own */
    struct outfile out;
    struct arena arena;
};

/* --as and the operand narrow what the other options say. */
static bool choose(struct exporting *x, int *status)
{
    const struct call *call = x->call;
    const char *as = call_value(call, "as");
    struct store_fault fault = {0};
    struct kept_session s;
    if (!filter_of(call, &x->filter, status))
        return false;
    if (as && !store_trainee(x->keep.store, text_of(as), false, keep_now(), &x->arena, &x->keep.trainee, &fault)) {
        *status = fault.why == STORE_MISSING ? call_fails(call, STATUS_NO_INPUT, N_("nobody called “%1” has practised here"), as, NULL)
                                             : keep_fails(call, &fault);
        return false;
    }
    x->filter.trainee = x->keep.trainee.id;
    x->own = as != NULL;
    if (!call->n)
        return true;
    if (!store_session(x->keep.store, text_of(call->operands[0]), (struct text){0}, &x->arena, &s, &fault)) {
        *status = fault.why == STORE_MISSING
                      ? call_fails(call, STATUS_NO_INPUT, N_("there is no conversation called “%1”"), call->operands[0], NULL)
                      : keep_fails(call, &fault);
        return false;
    }
    x->filter.session = s.id;
    return true;
}

static void tell_withheld(const struct exporting *x, uint32_t sessions)
{
    char n[16];
    snprintf(n, sizeof n, "%u", sessions);
    if (sessions)
        call_fails(x->call, 0, N_("conversations without what was written in them, since they are not shared: %1"), n, NULL);
}

static int put_records(struct exporting *x)
{
    struct store_fault fault = {0};
    struct export e = {.filter = x->filter, .own = x->own, .write = outfile_write, .self = &x->out};
    bool whole = export_records(x->keep.store, &e, &fault);
    int status = outfile_close(&x->out, x->call, whole);
    if (!whole && status == STATUS_FINE)
        status = keep_fails(x->call, &fault);
    if (whole)
        tell_withheld(x, e.withheld);
    return status;
}

static int put(struct exporting *x)
{
    int error = outfile_open(&x->out, x->call);
    if (error) {
        buf_done(&x->out.name);
        return call_fails(x->call, STATUS_IO, N_("cannot write %1: %2"), x->out.path, strerror(error));
    }
    return put_records(x);
}

static int run(const struct call *call)
{
    struct exporting x = {.call = call};
    int status = STATUS_FINE;
    if (keep_open_store(&x.keep, call, false, &status) && choose(&x, &status))
        status = put(&x);
    keep_close(&x.keep);
    arena_done(&x.arena);
    return status;
}

static const struct option_row options[] = {
    {"as", N_("NAME"), TAKES_WORD, NULL, N_("only the conversations of NAME, who asks for them: with all that was written")},
    OPTIONS_FILTER,
    OPTION_OUTPUT,
    OPTION_STORE,
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_export = {
    .name = "export",
    .operands = N_("[SESSION]"),
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("writes records for other programs"),
    .about = N_("Writes the records, or those that the options mean, to standard output or to a file, in lines of JSON: complete, so that "
                "`rehearse import` makes the same records of them anywhere."),
    .examples = "rehearse export --output autumn.jsonl\nrehearse export --as wei --output mine.jsonl",
    .options = options,
    .run = run,
};

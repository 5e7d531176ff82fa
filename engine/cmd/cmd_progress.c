/* cmd_progress.c -- `rehearse progress`: how one's practice adds up. */
#include "cmd/commands.h"
#include "cmd/shelved.h"
#include "cmd/telling.h"

static int tell(const struct call *call, struct progress *p)
{
    struct doc d = {0};
    struct buf rows = {0};
    int status;
    if (call_value(call, "json"))
        progress_json(p, &rows);
    else if (call_value(call, "csv"))
        progress_csv(p, call_value(call, "bom") != NULL, &rows);
    if (rows.len) {
        status = telling_text(buf_view(&rows));
    } else {
        progress_compose(p, &d);
        status = telling_doc(call, &d);
    }
    doc_done(&d);
    buf_done(&rows);
    return status;
}

int progress_tell(const struct call *call, struct keep *k)
{
    struct progress p;
    struct shelved_all all;
    struct store_fault fault = {0};
    int status = STATUS_FINE;
    progress_begin(&p, call->words, k->trainee.name);
    shelved_read(&all, call->words);
    bool ok = !k->trainee.id || (trainee_progress(k, k->trainee.id, &p, &fault) && shelved_next(&all, k, call->words, &p.next, &fault));
    status = ok ? tell(call, &p) : keep_fails(call, &fault);
    progress_done(&p);
    shelved_done(&all);
    return status;
}

static int run(const struct call *call)
{
    struct keep k;
    int status = STATUS_FINE;
    if (!telling_page_fits(call, &status))
        return status;
    if (keep_open(&k, call, false, &status))
        status = progress_tell(call, &k);
    keep_close(&k);
    return status;
}

static const struct option_row options[] = {
    OPTION_LANG,
    OPTION_PAGE,
    OPTIONS_ROWS,
    OPTION_STORE,
    OPTION_AS,
    OPTION_PLAIN,
    OPTION_HELP,
    {0}};

const struct command command_progress = {
    .name = "progress",
    .operands = "",
    .summary = N_("shows how your practice adds up"),
    .about = N_("For each competency: the evidence so far, how well you chose over time, a level where there is enough for one, and "
                "which moves you often missed, with your own sentences.\n\n"
                "First plays count; a conversation played again from the same chair is practice, and is counted apart."),
    .examples = "rehearse progress\nrehearse progress --page progress.html",
    .options = options,
    .run = run,
};

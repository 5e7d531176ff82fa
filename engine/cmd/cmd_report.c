/* cmd_report.c -- `rehearse report [NAME]`: one person as they see themselves, or a group from five people on. */
#include "cmd/commands.h"
#include "cmd/filter.h"
#include "cmd/shelved.h"
#include "cmd/telling.h"
#include "cmd/version.h"

#include "report/cohort.h"

#include <stdlib.h>
#include <string.h>

/* ---- a group ---- */

struct versions {
    int64_t *v;
    uint32_t n, cap;
};

static bool take_version(void *self, struct text scenario, int64_t version)
{
    struct versions *v = self;
    (void)scenario;
    array_room(v->v, v->n, v->cap);
    v->v[v->n++] = version;
    return true;
}

static void read_names(struct cohort *c, struct client *client)
{
    struct client_info info;
    struct client_outline outline;
    struct client_fault fault = {0};
    struct text lang = version_lang(client, c->words);
    if (client_info(client, lang, &info, &fault) != CLIENT_OK)
        return;
    cohort_take_info(c, &info);
    if (client_outline(client, lang, &outline, &fault) == CLIENT_OK) {
        cohort_take_outline(c, info.id, &outline);
        client_outline_done(&outline);
    }
    client_info_done(&info);
}

/* From the newest version of each scenario that the group played. */
static bool read_titles(struct cohort *c, struct keep *k, const struct kept_filter *filter, struct store_fault *f)
{
    struct versions versions = {0};
    bool ok = store_latest(k->store, filter, take_version, &versions, f);
    for (uint32_t i = 0; ok && i < versions.n; i++) {
        struct version v;
        if (version_open(&v, k, versions.v[i]))
            read_names(c, v.client);
        version_close(&v);
    }
    free(versions.v);
    return ok;
}

static bool read_cohort(struct cohort *c, struct keep *k, const struct kept_filter *filter, struct store_fault *f)
{
    struct kept_filter answers = *filter;
    answers.firsts = true;
    answers.order = KEPT_OLDEST_FIRST;
    return store_people(k->store, filter, &c->people, &c->sessions, f) && store_totals(k->store, filter, cohort_total, c, f) &&
           store_move_totals(k->store, filter, cohort_move, c, f) && store_endings(k->store, filter, cohort_ending_row, c, f) &&
           store_answers(k->store, &answers, cohort_answer, c, f) && (!cohort_shows(c) || read_titles(c, k, filter, f));
}

static int tell(const struct call *call, struct cohort *c)
{
    struct doc d = {0};
    struct buf out = {0};
    int status;
    if (call_value(call, "json"))
        cohort_json(c, &out);
    else if (call_value(call, "csv"))
        cohort_csv(c, call_value(call, "bom") != NULL, &out);
    if (out.len)
        status = telling_text(buf_view(&out));
    else {
        cohort_compose(c, &d);
        status = telling_doc(call, &d);
    }
    doc_done(&d);
    buf_done(&out);
    return status;
}

static int report_cohort(const struct call *call, struct keep *k)
{
    struct cohort c;
    struct kept_filter filter;
    struct store_fault fault = {0};
    int status = STATUS_FINE;
    if (!filter_of(call, &filter, &status))
        return status;
    const char *name = call_value(call, "tag") ? call_value(call, "tag") : call_value(call, "department");
    cohort_begin(&c, call->words, text_of(name));
    status = read_cohort(&c, k, &filter, &fault) ? tell(call, &c) : keep_fails(call, &fault);
    cohort_done(&c);
    return status;
}

/* ---- one person ---- */

static int report_one(const struct call *call, struct keep *k, const char *name)
{
    struct store_fault fault = {0};
    if (store_trainee(k->store, text_of(name), false, keep_now(), &k->arena, &k->trainee, &fault))
        return progress_tell(call, k);
    if (fault.why == STORE_MISSING)
        return call_fails(call, STATUS_NO_INPUT, N_("nobody called “%1” has practised here"), name, NULL);
    return keep_fails(call, &fault);
}

static int run(const struct call *call)
{
    struct keep k;
    int status = STATUS_FINE;
    if (!telling_page_fits(call, &status))
        return status;
    if (keep_open(&k, call, false, &status))
        status = call->n ? report_one(call, &k, call->operands[0]) : report_cohort(call, &k);
    keep_close(&k);
    return status;
}

static const struct option_row options[] = {
    OPTION_LANG,
    OPTIONS_FILTER,
    OPTIONS_ROWS,
    OPTION_PAGE,
    OPTION_STORE,
    OPTION_PLAIN,
    OPTION_HELP,
    {0}};

const struct command command_report = {
    .name = "report",
    .operands = N_("[NAME]"),
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("shows how a group did, or one person"),
    .about = N_("Without a name: how a group did, as counts and shares. Figures are shown from five people on, so that nobody can be "
                "picked out.\n\n"
                "With a name: what that person sees with `rehearse progress`. What people wrote is in neither."),
    .examples = "rehearse report --tag autumn\nrehearse report --department finance --page finance.html\nrehearse report wei",
    .options = options,
    .run = run,
};

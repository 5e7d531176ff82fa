/* cmd_items.c -- `rehearse items SCENARIO`: how good each decision and each reply of a scenario is, by what people chose. */
#include "cmd/commands.h"
#include "cmd/filter.h"
#include "cmd/telling.h"
#include "cmd/version.h"

#include "record/grader.h"
#include "report/items.h"

#include <string.h>

/* ---- which version ---- */

struct finding {
    struct items *m;
    const char *wanted;      /* version; NULL: the newest that was played */
    struct text version;     /* found */
};

static bool take_version(void *self, const struct kept_session *s)
{
    struct finding *f = self;
    if (f->wanted && !text_is(s->version, f->wanted))
        return true;
    f->m->version_id = s->version_id;
    f->m->scenario = text_keep(&f->m->arena, s->scenario);
    f->m->version = text_keep(&f->m->arena, s->version);
    return false;
}

/* "scenarios/late-handover/" is the scenario late-handover. */
static struct text id_of(const char *operand)
{
    struct text t = text_of(operand);
    while (t.len > 1 && t.at[t.len - 1] == '/')
        t.len--;
    const char *slash = t.len ? memrchr(t.at, '/', t.len) : NULL;
    return slash ? text_from(slash + 1, t.len - (size_t)(slash + 1 - t.at)) : t;
}

static bool find_version(struct items *m, struct keep *k, const struct call *call, struct kept_filter *filter, int *status)
{
    struct finding f = {.m = m, .wanted = call_value(call, "edition")};
    struct store_fault fault = {0};
    struct kept_filter all = {.scenario = id_of(call->operands[0])};
    filter->scenario = all.scenario;
    if (!store_sessions(k->store, &all, take_version, &f, &fault)) {
        *status = keep_fails(call, &fault);
        return false;
    }
    if (m->version_id)
        return true;
    *status = call_fails(call, STATUS_NO_INPUT, f.wanted ? N_("nobody has played version %2 of “%1” here") : N_("nobody has played “%1” here"),
                         call->operands[0], f.wanted);
    return false;
}

/* ---- reading and telling ---- */

static bool read_words(struct items *m, struct keep *k)
{
    struct version v;
    struct client_info info;
    struct client_outline outline;
    struct client_fault fault = {0};
    bool ok = version_open(&v, k, m->version_id);
    struct text lang = ok ? version_lang(v.client, m->words) : (struct text){0};
    if (ok && client_info(v.client, lang, &info, &fault) == CLIENT_OK) {
        items_take_info(m, &info);
        client_info_done(&info);
    }
    ok = ok && client_outline(v.client, lang, &outline, &fault) == CLIENT_OK;
    if (ok) {
        items_take_outline(m, &outline);
        client_outline_done(&outline);
    }
    version_close(&v);
    return ok;
}

static int tell(const struct call *call, struct items *m)
{
    struct doc d = {0};
    struct buf out = {0};
    if (call_value(call, "json"))
        items_json(m, &out);
    else if (call_value(call, "csv"))
        items_csv(m, call_value(call, "bom") != NULL, &out);
    else
        items_compose(m, &d);
    int status = out.len ? telling_text(buf_view(&out)) : telling_doc(call, &d);
    doc_done(&d);
    buf_done(&out);
    return status;
}

/* What was never graded, such as a conversation that was cut off, is graded first. */
static bool read_rows(struct items *m, struct keep *k, const struct kept_filter *filter, struct store_fault *f)
{
    uint32_t n;
    struct grader *g = grader_open(k->store, NULL, false);
    bool ok = grader_missing(g, filter, keep_now(), &n, f) && store_pieces(k->store, filter, items_piece, m, f) &&
              store_options(k->store, filter, items_option, m, f);
    grader_close(g);
    return ok;
}

static int analyse(const struct call *call, struct keep *k, struct items *m)
{
    struct kept_filter filter;
    struct store_fault fault = {0};
    int status = STATUS_FINE;
    if (!filter_of(call, &filter, &status) || !find_version(m, k, call, &filter, &status))
        return status;
    filter.firsts = true;
    filter.state = KEPT_ENDED;
    if (!read_rows(m, k, &filter, &fault))
        return keep_fails(call, &fault);
    if (!read_words(m, k))
        return call_fails(call, STATUS_ENGINE, N_("“%1”, as it was played, cannot be opened"), call->operands[0], NULL);
    items_end(m);
    return tell(call, m);
}

static int run(const struct call *call)
{
    struct keep k = {0};
    struct items m;
    int status = STATUS_FINE;
    items_begin(&m, call->words);
    if (telling_page_fits(call, &status) && keep_open_store(&k, call, false, &status))
        status = analyse(call, &k, &m);
    keep_close(&k);
    items_done(&m);
    return status;
}

static const struct option_row options[] = {
    {"edition", N_("VERSION"), TAKES_WORD, NULL, N_("the version of the scenario; otherwise the one played last")},
    OPTIONS_FILTER_PEOPLE,
    OPTIONS_FILTER_DAYS,
    OPTIONS_ROWS,
    OPTION_PAGE,
    OPTION_STORE,
    OPTION_PLAIN,
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_items = {
    .name = "items",
    .operands = N_("SCENARIO"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_SCENARIO,
    .summary = N_("shows how good each reply of a scenario is, by what people chose"),
    .about = N_("Item analysis over the first plays that came to an end: how hard each decision is, whether who does well there does well "
                "elsewhere, who takes each reply, and how reliably each competency is measured. What asks for a second look comes first.\n\n"
                "Only people who met the same decision are compared, and their number stands beside each figure. Below 30 people there are "
                "counts and nothing else; below five nothing at all. From 30 on a figure is a hint, from 100 on it is worth acting on, near "
                "200 it is stable. docs/facilitators.md says what to do about each."),
    .examples = "rehearse items late-handover\nrehearse items late-handover --tag autumn --csv --bom > items.csv",
    .options = options,
    .run = run,
};

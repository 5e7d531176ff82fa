/* cmd_export.c -- `rehearse export`: records for another store, for a spreadsheet, for a record store. */
#include "cmd/commands.h"
#include "cmd/exporting.h"
#include "cmd/filter.h"

#include "base/csv.h"
#include "record/export.h"
#include "record/grader.h"

#include <stdlib.h>
#include <string.h>

bool exporting_words(const struct exporting *x, const struct kept_session *s)
{
    return s->shared || (x->own && s->trainee == x->filter.trainee);
}

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

static bool put_records(struct exporting *x, int *status)
{
    struct store_fault fault = {0};
    struct export e = {.filter = x->filter, .own = x->own, .write = outfile_write, .self = &x->out};
    bool whole = export_records(x->keep.store, &e, &fault);
    if (!whole && !e.unwritten)
        *status = keep_fails(x->call, &fault);
    if (whole)
        tell_withheld(x, e.withheld);
    return whole;
}

/* ---- everything else is told session by session ---- */

static bool take_trainee(void *self, const struct kept_trainee *t)
{
    struct exporting *x = self;
    array_room(x->trainees, x->n_trainees, x->cap_trainees);
    x->trainees[x->n_trainees++] = (struct kept_trainee){.id = t->id, .name = text_keep(&x->arena, t->name),
                                                         .department = text_keep(&x->arena, t->department), .role = text_keep(&x->arena, t->role)};
    return true;
}

static bool take_session(void *self, const struct kept_session *s)
{
    struct exporting *x = self;
    array_room(x->sessions, x->n_sessions, x->cap_sessions);
    struct kept_session *k = &x->sessions[x->n_sessions++];
    struct text *const texts[] = {&k->name,   &k->trainee_name, &k->scenario, &k->version, &k->digest, &k->title,
                                  &k->origin, &k->roles,        &k->lang,     &k->ending,  &k->tags};
    *k = *s;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_keep(&x->arena, *texts[i]);
    return true;
}

/* Sessions and people that are meant, once what was never graded is. */
static bool read_all(struct exporting *x, int *status)
{
    struct store_fault fault = {0};
    const struct kept_filter everybody = {0};
    struct grader *g = grader_open(x->keep.store, NULL, false);
    uint32_t n;
    x->filter.order = KEPT_OLDEST_FIRST;
    bool ok = grader_missing(g, &x->filter, keep_now(), &n, &fault) &&
              store_trainees(x->keep.store, &everybody, take_trainee, x, &fault) &&
              store_sessions(x->keep.store, &x->filter, take_session, x, &fault);
    grader_close(g);
    if (!ok)
        *status = keep_fails(x->call, &fault);
    return ok;
}

static bool put_table(struct exporting *x, int *status)
{
    static const struct {
        const char *name;
        bool (*put)(struct exporting *x, int *status);
    } tables[] = {{"choices", export_choices}, {"sessions", export_sessions}, {"evidence", export_evidence}, {"surveys", export_surveys}};
    const char *wanted = call_value(x->call, "table");
    struct buf mark = {0};
    csv_mark(&mark);
    if (call_value(x->call, "bom"))
        outfile_write(&x->out, buf_view(&mark));
    buf_done(&mark);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(wanted ? wanted : "choices", tables[i].name) == 0)
            return tables[i].put(x, status);
    return false;
}

/* ---- what goes with what ---- */

/* Options that only one form has, and what the form needs. */
static bool fits(const struct call *call, const char *format, int *status)
{
    static const struct {
        const char *option, *format;
    } only[] = {{"table", "csv"}, {"bom", "csv"}, {"home", "xapi"}, {"passed", "xapi"}};
    const char *home = call_value(call, "home");
    for (size_t i = 0; i < sizeof only / sizeof *only; i++)
        if (call_value(call, only[i].option) && strcmp(format, only[i].format) != 0) {
            *status = call_fails(call, STATUS_USAGE, N_("--%1 goes with --format %2"), only[i].option, only[i].format);
            return false;
        }
    if (strcmp(format, "xapi") == 0 && !home) {
        *status = call_fails(call, STATUS_USAGE, N_("--format xapi needs --home URL: a page of your organisation, to which names of trainees belong"), NULL, NULL);
        return false;
    }
    struct text t = text_of(home);
    bool is_url = (text_starts(t, "https://") || text_starts(t, "http://")) && strlen(home) > 8 && !strpbrk(home, " \"<>\\^`{|}\t\r\n#?") &&
                  text_utf8_valid(t) == t.len;
    if (home && !is_url)
        *status = call_fails(call, STATUS_USAGE, N_("“%1” is no page: write https://example.org/"), home, NULL);
    return !home || is_url;
}

static int put(struct exporting *x, const char *format)
{
    int status = STATUS_FINE, error = outfile_open(&x->out, x->call);
    if (error) {
        buf_done(&x->out.name);
        return call_fails(x->call, STATUS_IO, N_("cannot write %1: %2"), x->out.path, strerror(error));
    }
    bool whole = strcmp(format, "records") == 0 ? put_records(x, &status)
                                                : read_all(x, &status) && (strcmp(format, "csv") == 0 ? put_table(x, &status)
                                                                                                      : export_statements(x, &status));
    int closed = outfile_close(&x->out, x->call, whole);
    return status != STATUS_FINE ? status : closed;
}

static int run(const struct call *call)
{
    struct exporting x = {.call = call};
    const char *format = call_value(call, "format") ? call_value(call, "format") : "records";
    int status = STATUS_FINE;
    if (!fits(call, format, &status))
        return status;
    if (keep_open_store(&x.keep, call, false, &status) && choose(&x, &status))
        status = put(&x, format);
    keep_close(&x.keep);
    free(x.trainees);
    free(x.sessions);
    arena_done(&x.arena);
    return status;
}

static const struct option_row options[] = {
    {"format", N_("FORM"), TAKES_CHOICE, "records csv xapi",
     N_("records (otherwise): complete, to be imported again; csv: a table; xapi: statements for a record store")},
    {"as", N_("NAME"), TAKES_WORD, NULL, N_("only the conversations of NAME, who asks for them: with all that was written")},
    OPTIONS_FILTER,
    {"table", N_("WHICH"), TAKES_CHOICE, "choices sessions evidence surveys", N_("of csv: what a row is about; otherwise choices")},
    {"bom", NULL, TAKES_NOTHING, NULL, N_("with a mark at its head, for programs that take it for GBK otherwise")},
    {"home", N_("URL"), TAKES_WORD, NULL, N_("of xapi: a page of your organisation; names of trainees are accounts there")},
    {"passed", NULL, TAKES_NOTHING, NULL, N_("of xapi: also whether the pass mark was reached, where a scenario sets one")},
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
    .about = N_("Writes the records, or those that the options mean, to standard output or to a file.\n\n"
                "records: lines of JSON, complete, so that `rehearse import` makes the same records of them anywhere.\n\n"
                "csv: a table for spreadsheet programs, in which no cell can become a formula. A row is a choice (what was said, which "
                "moves and points, why), a session, a piece of evidence, or an answer to a survey.\n\n"
                "xapi: statements, one a line, for rehearse-send: each choice answered, with its move, points and reason; each session "
                "completed; with --passed also passed or failed, where the scenario sets a pass mark. The same conversation always "
                "gives the same statements.\n\n"
                "What trainees wrote in their own words is left out, unless they shared the conversation, or ask for their own with --as; "
                "statements never have it. docs/operating.md lists what leaves with each form."),
    .examples = "rehearse export --output autumn.jsonl\nrehearse export --format csv --bom --lang zh-CN --output choices.csv\n"
                "rehearse export --format xapi --home https://example.org/ |\n"
                "rehearse-send https://lrs.example.org/xapi --login ~/.lrs",
    .options = options,
    .run = run,
};

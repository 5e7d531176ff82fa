/* cmd_check.c -- `rehearse check FILE…`: everything that is wrong with a scenario, each with its place.
 *
 * Diagnostics go to standard output, because they are the result; progress and complaints about the command line go to
 * standard error.  The exit status is the worst of all files. */
#include "cmd/commands.h"

#include "base/json.h"
#include "front/po.h"
#include "front/screen.h"
#include "wire/client.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct tally {
    uint32_t files, errors, warnings;
    int status;
};

static void worse(struct tally *t, int status)
{
    /* 70 and 66 and 65 are worse than 1, and 1 is worse than 0 */
    if (status > t->status)
        t->status = status;
}

/* ---- as people read it ---- */

static const struct message_style colours = {.place = "\033[1m", .error = "\033[1;31m", .warning = "\033[35m",
                                             .note = "\033[1m", .caret = "\033[1;31m", .mend = "\033[1m", .end = "\033[0m"};

static void show_problems(struct screen *s, const struct client_problems *found)
{
    struct message_look look = {.words = s->words, .width = s->columns};
    if (s->styled)
        look.style = colours;
    for (uint32_t i = 0; i < found->n; i++)
        message_show(&found->v[i], &look, &s->out);
    if (found->dropped) {
        struct buf b = {0};
        buf_printf(&b, trn(s->words, "… and %lu more", "… and %lu more", found->dropped), (unsigned long)found->dropped);
        screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
        buf_done(&b);
    }
}

static void show_summary(struct screen *s, const struct tally *t)
{
    struct buf b = {0}, files = {0}, errors = {0}, warnings = {0};
    buf_printf(&files, trn(s->words, "%lu file", "%lu files", t->files), (unsigned long)t->files);
    buf_printf(&errors, trn(s->words, "%lu error", "%lu errors", t->errors), (unsigned long)t->errors);
    buf_printf(&warnings, trn(s->words, "%lu warning", "%lu warnings", t->warnings), (unsigned long)t->warnings);
    struct text args[3] = {buf_view(&files), buf_view(&errors), buf_view(&warnings)};
    words_fill(&b, tr(s->words, "%1 checked: %2, %3"), args, 3);
    screen_wrapped(s, buf_view(&b), 0, t->errors ? STYLE_BAD : STYLE_STRONG);
    buf_done(&b);
    buf_done(&files);
    buf_done(&errors);
    buf_done(&warnings);
}

/* ---- as a program reads it ---- */

static const char *severity_word(enum severity s)
{
    return s == SEV_ERROR ? "error" : s == SEV_WARNING ? "warning" : "note";
}

static void put_problem(struct json_out *o, const struct message *m, const struct words *words)
{
    struct buf line = {0}, what = {0};
    json_open_object(o);
    json_put_text(o, "code", text_of(msg_name(m->code)));
    json_put_text(o, "severity", text_of(severity_word(msg_severity(m->code))));
    json_put_text(o, "file", m->file);
    json_put_int(o, "line", m->line);
    json_put_int(o, "column", m->col);
    json_put_int(o, "length", m->to > m->from ? (int64_t)(m->to - m->from) : 0);
    words_fill(&what, tr(words, msg_what(m->code)), m->args, ERR_ARGS);
    json_put_text(o, "message", buf_view(&what));
    message_mend(m, words, &line);
    json_put_text(o, "mend", buf_view(&line));
    json_key(o, "arguments");
    json_open_array(o);
    for (int i = 0; i < ERR_ARGS && m->args[i].len; i++)
        json_str(o, m->args[i]);
    json_close_array(o);
    json_close_object(o);
    buf_done(&line);
    buf_done(&what);
}

/* One line a file. */
static void put_file(struct screen *s, const char *name, const char *code, const struct client_problems *found)
{
    struct json_out o = json_to(&s->out);
    json_open_object(&o);
    json_put_text(&o, "file", text_of(name));
    if (code)
        json_put_text(&o, "failed", text_of(code));
    json_put_int(&o, "errors", found->errors);
    json_put_int(&o, "warnings", found->warnings);
    json_put_bool(&o, "playable", found->playable);
    json_key(&o, "problems");
    json_open_array(&o);
    for (uint32_t i = 0; i < found->n; i++)
        put_problem(&o, &found->v[i], s->words);
    json_close_array(&o);
    json_close_object(&o);
    screen_line_end(s);
}

/* ---- one file ---- */

static int fails(const struct call *call, struct screen *s, const char *name, int status, const char *code, const char *form,
                 struct text why)
{
    struct client_problems none = {0};
    struct buf cleaned = {0};
    screen_flush(s);
    terminal_clean(why, CLEAN_CHECK, &cleaned);
    buf_char(&cleaned, 0);
    if (call_value(call, "json"))
        put_file(s, name, code, &none);
    call_fails(call, status, form, name, cleaned.at);
    buf_done(&cleaned);
    return status;
}

static int fails_to_start(const struct call *call, struct screen *s, const char *name, const struct client_fault *f)
{
    if (f->why == WHY_NO_JAIL)
        return fails(call, s, name, STATUS_ENGINE, "no-jail",
                     N_("%1: this system cannot shut the engine in; --no-jail checks all the same, files you trust"),
                     (struct text){0});
    if (f->why == WHY_VERSION)
        return fails(call, s, name, STATUS_ENGINE, "engine", N_("the engine is of another version"), (struct text){0});
    struct text why = f->why == WHY_NOT_FOUND || f->why == WHY_NOT_STARTED ? f->place : f->said;
    return fails(call, s, name, STATUS_ENGINE, "engine",
                 why.len ? N_("the engine cannot be started: %2") : N_("the engine stopped without a word"), why);
}

static int check_loaded(const struct call *call, struct screen *s, const char *name, struct client *c, struct tally *t)
{
    struct client_problems found = {0};
    struct client_fault fault = {0};
    if (client_ready(c, &fault) != CLIENT_OK)
        return fails_to_start(call, s, name, &fault);
    if (client_check(c, &found, &fault) != CLIENT_OK)
        return fails(call, s, name, STATUS_ENGINE, "stopped", N_("%1: the engine was stopped over it (%2)"), fault.place);
    t->files++;
    t->errors += found.errors;
    t->warnings += found.warnings;
    if (call_value(call, "json"))
        put_file(s, name, NULL, &found);
    else
        show_problems(s, &found);
    return found.errors ? STATUS_DATA : found.warnings ? STATUS_WARNINGS : STATUS_FINE;
}

static int check_one(const struct call *call, struct screen *s, const char *name, struct tally *t)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    enum file_code code = FILE_OK;
    struct files *files = files_open(name, &hands, &code);
    if (!files)
        return fails(call, s, name, STATUS_NO_INPUT, "no-such-file", N_("there is no scenario “%1”"), (struct text){0});
    struct client_config config = {.files = files, .watch = -1, .no_jail = call_value(call, "no-jail") != NULL};
    struct client *c = client_open(&config);
    int status = check_loaded(call, s, name, c, t);
    client_close(c);
    files_close(files);
    return status;
}

static int run(const struct call *call)
{
    struct tally t = {0};
    struct screen s;
    screen_open(&s, STDOUT_FILENO, false, call->words);
    for (unsigned i = 0; i < call->n && !s.error; i++) {
        worse(&t, check_one(call, &s, call->operands[i], &t));
        screen_flush(&s);
    }
    if (!call_value(call, "json") && t.files)
        show_summary(&s, &t);
    if (!screen_flush(&s))
        worse(&t, STATUS_IO);
    screen_done(&s);
    return t.status;
}

static const struct option_row options[] = {
    {"json", NULL, TAKES_NOTHING, NULL, N_("one JSON object a line for each file, for editors and other programs")},
    {"no-jail", NULL, TAKES_NOTHING, NULL,
     N_("checks where this system cannot shut the engine in; only files you trust")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_check = {
    .name = "check",
    .operands = N_("SCENARIO …"),
    .least = 1,
    .most = 10000,
    .operand = OPERAND_FILES,
    .summary = N_("says what is wrong with scenarios, and where"),
    .about = N_("Reads each scenario with its rubric, scripts and translations, and reports all it finds: what is wrong, the line "
                "and column, and what to write instead. docs/errors.md explains each message.\n\n"
                "The exit status is 0 where nothing was found, 1 with warnings only, 65 with errors, 66 where there is no "
                "such file."),
    .examples = "rehearse check late-handover\nrehearse check scenarios/*/scenario.xml --lang zh-CN",
    .options = options,
    .run = run,
};

/* cmd_test.c -- `rehearse test SCENARIO…`: plays a scenario's rehearsal runs and says what none of them touches. */
#include "cmd/commands.h"

#include "base/terminal.h"
#include "front/po.h"
#include "front/rehearsal.h"
#include "front/screen.h"
#include "front/untouched.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RUN_BYTES = 1 << 20, LISTED = 40 /* names in one list */ };

struct bench {
    const struct call *call;
    struct screen screen;
    struct client *client;
    struct rehearsal_result result;
    uint32_t held, failed;
};

static void say(struct bench *b, const char *form, const struct text *args, uint32_t n, enum style style)
{
    struct buf line = {0}, clean = {0};
    words_fill(&line, tr(b->call->words, form), args, n);
    terminal_clean(buf_view(&line), CLEAN_CHECK, &clean);
    screen_wrapped(&b->screen, buf_view(&clean), 0, style);
    buf_done(&line);
    buf_done(&clean);
}

/* ---- one run ------------------------------------------------------------------------------------------------------ */

static bool read_file(const char *path, struct buf *out)
{
    char part[4096];
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0 && out->len <= RUN_BYTES;)
        buf_add(out, part, n);
    bool whole = !ferror(f) && out->len <= RUN_BYTES;
    fclose(f);
    return whole;
}

static void tell_failure(struct bench *b, const char *path, uint32_t line, const char *what, struct text expected)
{
    char number[16];
    snprintf(number, sizeof number, "%u", line);
    struct text args[4] = {text_of(path), text_of(number), text_of(tr(b->call->words, what)), expected};
    say(b, N_("%1:%2: %3: %4"), args, 4, STYLE_BAD);
}

static void tell_reply(struct bench *b)
{
    struct text line, rest = buf_view(&b->result.reply);
    struct buf clean = {0};
    for (int i = 0; i < 40 && text_split(&rest, '\n', &line); i++) {
        buf_reset(&clean);
        terminal_clean(line, CLEAN_CHECK, &clean);
        screen_wrapped(&b->screen, buf_view(&clean), 4, STYLE_NONE);
    }
    buf_done(&clean);
}

static void play_run(struct bench *b, const char *path)
{
    struct buf bytes = {0};
    struct rehearsal run = {0};
    bool held = false;
    if (!read_file(path, &bytes)) {
        tell_failure(b, path, 0, N_("the file cannot be read"), (struct text){0});
    } else {
        uint32_t bad = rehearsal_parse(buf_view(&bytes), &run);
        if (bad)
            tell_failure(b, path, bad, N_("this is no line of a run"), (struct text){0});
        else if (!(held = rehearsal_play(&run, b->client, &b->result))) {
            tell_failure(b, path, b->result.line, b->result.what, b->result.expected);
            tell_reply(b);
        }
        rehearsal_done(&run);
    }
    held ? b->held++ : b->failed++;
    buf_done(&bytes);
}

/* ---- one scenario ------------------------------------------------------------------------------------------------- */

static int is_run(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 4 && e->d_name[0] != '.' && strcmp(e->d_name + n - 4, ".run") == 0;
}

static void play_folder(struct bench *b, const char *folder)
{
    struct dirent **found = NULL;
    struct buf path = {0};
    int n = scandir(folder, &found, is_run, alphasort);
    for (int i = 0; i < n; i++) {
        buf_reset(&path);
        buf_printf(&path, "%s/%s", folder, found[i]->d_name);
        buf_char(&path, '\0');
        play_run(b, path.at);
        free(found[i]);
    }
    free(found);
    buf_done(&path);
}

static void tell_list(struct bench *b, const char *form, const struct text *v, uint32_t n)
{
    struct buf list = {0};
    for (uint32_t i = 0; i < n && i < LISTED; i++) {
        buf_str(&list, i ? ", " : "");
        buf_text(&list, v[i]);
    }
    if (n > LISTED)
        buf_str(&list, ", …");
    char number[16];
    snprintf(number, sizeof number, "%u", n);
    struct text args[2] = {buf_view(&list), text_of(number)};
    if (n)
        say(b, form, args, 2, STYLE_QUIET);
    buf_done(&list);
}

static void tell_untouched(struct bench *b)
{
    struct client_outline outline;
    struct client_fault fault;
    struct untouched u;
    if (client_outline(b->client, (struct text){0}, &outline, &fault) != CLIENT_OK)
        return;
    untouched_find(&u, &outline, &b->result);
    tell_list(b, N_("Endings that no run comes to (%2): %1"), u.endings, u.n_endings);
    tell_list(b, N_("Answers that no run gives (%2): %1"), u.answers, u.n_answers);
    tell_list(b, N_("Lines that no run shows (%2): %1"), u.lines, u.n_lines);
    untouched_done(&u);
    client_outline_done(&outline);
}

static int test_one(struct bench *b, const char *name)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    enum file_code code = FILE_OK;
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    struct files *files = files_open(name, &hands, &code);
    if (!files)
        return call_fails(b->call, STATUS_NO_INPUT, N_("there is no scenario “%1”"), name, NULL);
    struct client_config config = {.files = files, .watch = -1};
    int status = STATUS_FINE;
    b->client = client_open(&config);
    if (client_load(b->client, &problems, &fault) != CLIENT_OK)
        status = call_fails(b->call, STATUS_ENGINE, N_("the engine stopped over “%1”"), name, NULL);
    else if (!problems.playable)
        status = call_fails(b->call, STATUS_DATA, N_("“%1” has errors: rehearse check shows them"), name, NULL);
    else {
        struct buf runs = {0};
        buf_printf(&runs, "%s/runs", files_folder(files));
        buf_char(&runs, '\0');
        play_folder(b, runs.at);
        tell_untouched(b);
        buf_done(&runs);
    }
    client_close(b->client);
    files_close(files);
    rehearsal_result_done(&b->result);
    b->result = (struct rehearsal_result){0};
    return status;
}

static int run(const struct call *call)
{
    struct bench b = {.call = call};
    int status = STATUS_FINE;
    screen_open(&b.screen, STDOUT_FILENO, false, call->words);
    for (unsigned i = 0; i < call->n; i++) {
        int one = test_one(&b, call->operands[i]);
        status = one > status ? one : status;
    }
    char held[16], failed[16];
    snprintf(held, sizeof held, "%u", b.held);
    snprintf(failed, sizeof failed, "%u", b.failed);
    struct text args[2] = {text_of(held), text_of(failed)};
    say(&b, N_("Runs that hold: %1. Runs that fail: %2."), args, 2, b.failed ? STYLE_BAD : STYLE_STRONG);
    if (!screen_flush(&b.screen))
        status = STATUS_IO;
    screen_done(&b.screen);
    return status ? status : b.failed ? STATUS_WARNINGS : STATUS_FINE;
}

static const struct option_row options[] = {OPTION_LANG, OPTION_HELP, {0}};

const struct command command_test = {
    .name = "test",
    .operands = N_("SCENARIO …"),
    .least = 1,
    .most = 10000,
    .operand = OPERAND_FILES,
    .summary = N_("plays a scenario's rehearsal runs"),
    .about = N_("A rehearsal run is a conversation written down with what must come of it: a file NAME.run in the folder "
                "runs/ beside the scenario. Lines that begin with > are the trainee; each line below them must stand in the "
                "reply, ! must not, /…/ is a regular expression. Own words are written as "
                "“> write: …”, the parts of a message as “> compose: place/part place/part”; rehearse play --record writes a "
                "run to begin with.\n\n"
                "The exit status is 0 where all runs hold, 1 where one fails."),
    .examples = "rehearse test late-handover",
    .options = options,
    .run = run,
};

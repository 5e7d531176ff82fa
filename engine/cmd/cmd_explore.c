/* cmd_explore.c -- `rehearse explore SCENARIO`: what a scenario can do.
 *
 * The engine looks at states in slices; between two of them a bar is drawn where it takes long, and Ctrl-C asks for what
 * is known so far.  The bar goes to standard error, the result to standard output. */
#include "cmd/commands.h"

#include "base/terminal.h"
#include "front/explore_view.h"
#include "front/loop.h"
#include "front/po.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLICE_FIRST = 500, SLICE_MOST = 200000, SLICE_MS = 150, BAR_AFTER_MS = 500, ENGINE_MIB = 1024, STUDY_MIB = 768 };

struct exploring {
    const struct call *call;
    struct client *client;
    struct loop loop;
    struct client_info info;
    const struct info_role *role;
    struct text lang;
    uint64_t seed;
    bool stopping, bar;
    long long begun;
};

/* ---- the bar ---- */

static void bar_clear(struct exploring *x)
{
    if (x->bar)
        fputs("\r\033[K", stderr);
    x->bar = false;
}

static void bar_draw(struct exploring *x, const struct explore_progress *p)
{
    struct buf line = {0};
    char a[24], b[24];
    if (loop_now() - x->begun < BAR_AFTER_MS || !isatty(STDERR_FILENO))
        return;
    snprintf(a, sizeof a, "%u", p->plays ? p->plays : p->states);
    snprintf(b, sizeof b, "%u", p->plays ? p->plays_of : p->open);
    struct text args[] = {text_of(a), text_of(b)};
    words_fill(&line, tr(x->call->words, p->plays ? N_("random plays: %1 of %2") : N_("situations: %1, still to look at: %2; Ctrl-C: what is known so far")),
               args, 2);
    fprintf(stderr, "\r\033[K%.*s", (int)line.len, line.at);
    fflush(stderr);
    x->bar = true;
    buf_done(&line);
}

/* ---- exploring ---- */

static int fault_status(struct exploring *x, enum client_end end, const struct client_fault *fault)
{
    struct buf place = {0};
    bar_clear(x);
    terminal_clean(fault->place.len ? fault->place : fault->word, CLEAN_CHECK, &place);
    buf_char(&place, 0);
    int status = end == CLIENT_REFUSED ? STATUS_DATA : STATUS_ENGINE;
    if (fault->why == WHY_NO_JAIL)
        call_fails(x->call, status, N_("%1: this system cannot shut the engine in; --no-jail checks all the same, files you trust"),
                   x->call->operands[0], NULL);
    else if (fault->why == WHY_NOT_FOUND || fault->why == WHY_NOT_STARTED)
        call_fails(x->call, status, N_("the engine cannot be started: %2"), "", place.at);
    else
        call_fails(x->call, status, N_("%1: the engine was stopped over it (%2)"), x->call->operands[0], place.at);
    buf_done(&place);
    return status;
}

/* Slices that take neither long nor no time at all. */
static uint32_t next_slice(uint32_t slice, long long took)
{
    if (took < SLICE_MS / 2)
        return slice * 2 < SLICE_MOST ? slice * 2 : SLICE_MOST;
    return took > SLICE_MS * 2 && slice > 32 ? slice / 2 : slice;
}

static enum client_end explore(struct exploring *x, struct client_explored *out, struct client_fault *fault)
{
    struct explore_params params = {.roles = &x->role->id, .n_roles = 1, .seed = x->seed, .memory = STUDY_MIB,
                                    .all_chairs = true};
    uint32_t slice = SLICE_FIRST;
    bool stop = false;
    x->begun = loop_now();
    enum client_end end = client_explore(x->client, &params, slice, false, x->lang, out, fault);
    while (end == CLIENT_OK && out->more) {
        long long before = loop_now();
        bar_draw(x, &out->progress);
        if (loop_stop_asked(&x->loop)) {
            int signal = 0;
            loop_wait(&x->loop, -1, -1, 0, &signal);
            if (x->stopping)
                return CLIENT_INTERRUPTED;
            stop = x->stopping = true;
        }
        end = client_explore(x->client, NULL, slice, stop, x->lang, out, fault);
        stop = false;
        slice = next_slice(slice, loop_now() - before);
    }
    bar_clear(x);
    return end;
}

/* ---- showing ---- */

/* Whether a play is asked for that can be told; *STATUS where one is asked for and cannot. */
static bool wants_play(const struct exploring *x, const struct client_explored *found, struct text *competency, int *status)
{
    const char *best = call_value(x->call, "best");
    *competency = text_of(best && strcmp(best, "all") != 0 ? best : "");
    bool known = best && competency->len == 0;
    for (uint32_t i = 0; best && i < found->n_scores; i++)
        known |= text_eq(found->scores[i].competency, *competency);
    if (best && !known)
        *status = call_fails(x->call, STATUS_USAGE, N_("nothing is scored for “%1” here; --best takes a competency or all"), best, NULL);
    else if (best && found->kind != WIRE_EXACT)
        call_fails(x->call, 0, N_("not every play was looked at, so which is the best is not known"), "", NULL);
    return known && found->kind == WIRE_EXACT;
}

/* The texts of one answer live until the next: what was found is shown before a play is asked for. */
static int show(struct exploring *x, struct client_explored *found, struct client_fault *fault)
{
    struct screen s;
    struct text competency;
    struct client_explored_play play = {0};
    struct explored e = {.x = found, .info = &x->info, .role = x->role->id, .seed = x->seed};
    screen_open(&s, STDOUT_FILENO, false, x->call->words);
    int status = explored_findings(&e) ? STATUS_WARNINGS : STATUS_FINE;
    bool json = call_value(x->call, "json") != NULL, wants = wants_play(x, found, &competency, &status);
    struct json_out o = json_to(&s.out);
    if (json)
        explored_put(&o, &e);
    else
        explored_tell(&s, &e);
    if (wants && client_explore_play(x->client, competency, false, x->lang, &play, fault) == CLIENT_OK) {
        if (json)
            explored_put_play(&o, &play, competency);
        else
            explored_tell_play(&s, &play, competency);
    }
    if (json) {
        json_close_object(&o);
        screen_line_end(&s);
    }
    if (!screen_flush(&s))
        status = STATUS_IO;
    screen_done(&s);
    return status;
}

static void choose_language(struct exploring *x)
{
    const struct client_scenario *s = client_scenario(x->client);
    const char *tag = x->call->lang ? x->call->lang : words_tag(x->call->words);
    x->lang = (struct text){0};
    for (uint32_t i = 0; i < s->n_langs; i++)
        if (strlen(tag) >= 2 && s->langs[i].len >= 2 && memcmp(s->langs[i].at, tag, 2) == 0)
            x->lang = s->langs[i];
}

static int find_role(struct exploring *x)
{
    const char *asked = call_value(x->call, "role");
    struct buf list = {0};
    for (uint32_t i = 0; i < x->info.n_roles && !x->role; i++) {
        const struct info_role *r = &x->info.roles[i];
        if (r->playable && (!asked || text_is(r->id, asked)))
            x->role = r;
        buf_str(&list, r->playable ? list.len ? ", " : "" : "");
        buf_text(&list, r->playable ? r->id : (struct text){0});
    }
    buf_char(&list, 0);
    int status = x->role ? STATUS_FINE : call_fails(x->call, STATUS_USAGE, N_("nobody can play “%1”; this scenario has: %2"),
                                                    asked ? asked : "", list.at);
    buf_done(&list);
    return status;
}

static int explore_loaded(struct exploring *x)
{
    struct client_fault fault = {0};
    struct client_problems problems = {0};
    struct client_explored found;
    enum client_end end = client_load(x->client, &problems, &fault);
    if (end != CLIENT_OK)
        return fault_status(x, end, &fault);
    if (!problems.playable)
        return call_fails(x->call, STATUS_DATA, N_("“%1” has errors: rehearse check shows them"), x->call->operands[0], NULL);
    choose_language(x);
    end = client_info(x->client, x->lang, &x->info, &fault);
    if (end != CLIENT_OK)
        return fault_status(x, end, &fault);
    int status = find_role(x);
    if (status != STATUS_FINE)
        return status;
    end = explore(x, &found, &fault);
    if (end == CLIENT_INTERRUPTED)
        return STATUS_SIGNAL + 2;
    return end == CLIENT_OK ? show(x, &found, &fault) : fault_status(x, end, &fault);
}

static int run(const struct call *call)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    enum file_code code = FILE_OK;
    const char *seed = call_value(call, "seed");
    struct exploring x = {.call = call, .seed = seed ? strtoull(seed, NULL, 10) : 0};
    struct files *files = files_open(call->operands[0], &hands, &code);
    if (!files)
        return call_fails(call, STATUS_NO_INPUT, N_("there is no scenario “%1”"), call->operands[0], NULL);
    if (!loop_open(&x.loop)) {
        files_close(files);
        return STATUS_IO;
    }
    struct client_config config = {.files = files, .watch = -1, .memory = ENGINE_MIB,
                                   .no_jail = call_value(call, "no-jail") != NULL};
    x.client = client_open(&config);
    int status = explore_loaded(&x);
    client_close(x.client);
    client_info_done(&x.info);
    loop_close(&x.loop);
    files_close(files);
    return status;
}

static const struct option_row options[] = {
    {"role", N_("ID"), TAKES_WORD, NULL, N_("whom the trainee plays, where several can be played")},
    {"best", N_("COMPETENCY"), TAKES_WORD, NULL, N_("prints a play that reaches the best for it; all: for all together")},
    {"json", NULL, TAKES_NOTHING, NULL, N_("one JSON object, for other programs")},
    {"seed", N_("NUMBER"), TAKES_NUMBER, NULL, N_("of the random plays; the same number gives the same plays")},
    {"no-jail", NULL, TAKES_NOTHING, NULL,
     N_("checks where this system cannot shut the engine in; only files you trust")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_explore = {
    .name = "explore",
    .operands = N_("SCENARIO"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_SCENARIO,
    .summary = N_("looks at every play of a scenario at once"),
    .about = N_("Looks at every play of a scenario without playing one by one: how many there are, how long they take, where "
                "random clicking ends, which points can be reached, and what to look at before it is used: places where "
                "nothing can be chosen, options that no play can take, levels that come by chance, repair that pays more "
                "than doing it right. docs/facilitators.md explains each.\n\n"
                "What is too large to be looked at whole is sampled, and says so. Ctrl-C shows what is known so far.\n\n"
                "The exit status is 0 where there is nothing to look at, 1 where there is."),
    .examples = "rehearse explore late-handover\nrehearse explore late-handover --best listening --lang zh-CN",
    .options = options,
    .run = run,
};

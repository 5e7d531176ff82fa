/* cmd_home.c -- `rehearse` alone: the scenarios that can be played from here. */
#include "cmd/commands.h"
#include "cmd/options.h"

#include "front/phrase.h"
#include "front/po.h"
#include "front/shelf.h"
#include "front/view.h"

#include <unistd.h>

/* One scenario: its name, title and summary, in the reader's language where it has that.  False where it cannot be
 * played. */
static bool show_one(struct screen *s, const struct shelved *b)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    struct client_info info = {0};
    struct arena a = {0};
    enum file_code code;
    struct files *files = files_open(b->path, &hands, &code);
    struct client_config config = {.files = files, .watch = -1};
    struct client *c = files ? client_open(&config) : NULL;
    screen_line_end(s);
    screen_str(s, b->name, STYLE_NAME);
    bool playable = c && client_load(c, &problems, &fault) == CLIENT_OK && problems.playable;
    if (playable) {
        struct text lang = text_of(words_tag(s->words));
        if (client_info(c, lang, &info, &fault) != CLIENT_OK && client_info(c, (struct text){0}, &info, &fault) != CLIENT_OK)
            info = (struct client_info){0};
        screen_blanks(s, 2);
        screen_add(s, phrase_name(&a, info.title), STYLE_NONE);
        screen_line_end(s);
        screen_wrapped(s, phrase(&a, info.summary), 2, STYLE_NONE);
    } else {
        screen_line_end(s);
        screen_wrapped(s, phrase_fill(&a, tr(s->words, "This one has errors: rehearse check %1"), text_of(b->path), (struct text){0}),
                       2, STYLE_NONE);
    }
    client_info_done(&info);
    if (c)
        client_close(c);
    if (files)
        files_close(files);
    arena_done(&a);
    return playable;
}

static int run(const struct call *call)
{
    struct shelf shelf;
    struct screen s;
    struct arena a = {0};
    screen_open(&s, STDOUT_FILENO, call_value(call, "plain") != NULL, call->words);
    shelf_find(&shelf);
    screen_wrapped(&s, text_of(tr(s.words, "Rehearse: practise a hard conversation before it happens.")), 0, STYLE_STRONG);
    const char *first = NULL;
    for (size_t i = 0; i < shelf.n; i++)
        if (show_one(&s, &shelf.v[i]) && !first)
            first = shelf.v[i].name;
    screen_line_end(&s);
    if (first)
        screen_wrapped(&s, phrase_fill(&a, tr(s.words, "Play one with: rehearse play %1"), text_of(first), (struct text){0}),
                       0, STYLE_NONE);
    else if (!shelf.n)
        screen_wrapped(&s, text_of(tr(s.words, "No scenarios were found here. Start one with: rehearse new my-scenario")), 0,
                       STYLE_NONE);
    screen_wrapped(&s, text_of(tr(s.words, "Everything else: rehearse --help")), 0, STYLE_NONE);
    bool ok = screen_flush(&s);
    screen_done(&s);
    shelf_done(&shelf);
    arena_done(&a);
    return ok ? STATUS_FINE : STATUS_IO;
}

static const struct option_row options[] = {
    OPTION_LANG,
    {"plain", NULL, TAKES_NOTHING, NULL, N_("words only: no colours, no editing, for screen readers and logs")},
    {"version", NULL, TAKES_NOTHING, NULL, N_("shows the version")},
    OPTION_HELP,
    {0}};

const struct command command_home = {
    .name = "",
    .operands = "",
    .most = 0,
    .summary = N_("practise a hard conversation before it happens"),
    .about = N_("Plays role-plays for service between colleagues: listening, feedback, conflict, service, teamwork. It works "
                "in Chinese and in English, offline; nothing leaves this machine.\n\n"
                "Without a command it lists the scenarios that can be played from here."),
    .examples = "rehearse\nrehearse play late-handover\nrehearse check scenarios/late-handover",
    .options = options,
    .run = run,
};

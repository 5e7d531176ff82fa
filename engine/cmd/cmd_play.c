/* cmd_play.c -- `rehearse play SCENARIO`. */
#include "cmd/commands.h"
#include "cmd/filter.h"
#include "cmd/playing.h"
#include "report/doc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Unless it is said, nobody is asked who does not type. */
static enum own_words own_words_of(const char *value)
{
    if (!value)
        return isatty(STDIN_FILENO) ? OWN_WORDS_THIRD : OWN_WORDS_NONE;
    return strcmp(value, "all") == 0 ? OWN_WORDS_ALL : strcmp(value, "none") == 0 ? OWN_WORDS_NONE : OWN_WORDS_THIRD;
}

static int play_recorded(const struct call *call, struct play_config *config)
{
    struct keep k;
    struct text tags;
    int status = STATUS_FINE;
    if (!filter_name(call, "tag", &tags, &status))
        return status;
    if (keep_open(&k, call, true, &status))
        status = playing_new(&k, config, tags);
    else if (status == STATUS_IO)
        call_fails(call, 0, N_("--no-record plays without records, --store keeps them elsewhere"), NULL, NULL);
    keep_close(&k);
    return status;
}

static int run(const struct call *call)
{
    const char *mode = call_value(call, "mode");
    struct play_config config = {
        .scenario = call->operands[0],
        .mode = mode && strcmp(mode, "check-in") == 0 ? WIRE_CHECK_IN : WIRE_PRACTICE,
        .role = call_value(call, "role"),
        .lang = call->lang,
        .lang_asked = call_value(call, "lang") != NULL,
        .words = call->words,
        .seed = call_value(call, "seed") ? strtoull(call_value(call, "seed"), NULL, 10) : playing_seed(),
        .record = call_value(call, "record"),
        .clock = call_value(call, "clock") != NULL,
        .page = call_value(call, "page"),
        .whole = call_value(call, "all") != NULL,
        .own_words = own_words_of(call_value(call, "own-words")),
        .plain = call_value(call, "plain") != NULL,
        .no_jail = call_value(call, "no-jail") != NULL,
    };
    if (config.page && !doc_named_well(config.page))
        return call_fails(call, STATUS_USAGE, N_("“%1” must end in .html, .md or .txt"), config.page, NULL);
    return call_value(call, "no-record") ? playing_status(&config) : play_recorded(call, &config);
}

static const struct option_row options[] = {
    {"mode", N_("MODE"), TAKES_CHOICE, "practice check-in",
     N_("practice: comments as you go; check-in: nothing is shown until the end")},
    {"role", N_("ID"), TAKES_WORD, NULL, N_("whom you play, where several can be played")},
    OPTION_LANG,
    {"seed", N_("NUMBER"), TAKES_NUMBER, NULL, N_("the same number gives the same chances")},
    {"clock", NULL, TAKES_NOTHING, NULL, N_("where a decision has a time to answer, keep to it")},
    {"record", N_("FILE"), TAKES_FILE, NULL, N_("writes the conversation to a new file as a rehearsal run")},
    {"own-words", N_("HOW"), TAKES_CHOICE, "third none all",
     N_("how often you first say it in your own words, in practice: third, at one decision in three; none; all")},
    {"all", NULL, TAKES_NOTHING, NULL, N_("looks back turn by turn, with every other reply and where it could still have led")},
    {"page", N_("FILE"), TAKES_FILE, NULL, N_("writes the page of the conversation to keep: .html, .md or .txt, by its ending")},
    OPTION_PLAIN,
    OPTION_STORE,
    OPTION_AS,
    {"tag", N_("COHORT"), TAKES_WORD, NULL, N_("the cohort that this conversation belongs to")},
    {"no-record", NULL, TAKES_NOTHING, NULL, N_("keeps nothing: when you leave, the conversation is gone")},
    OPTION_NO_JAIL_PLAYS,
    OPTION_HELP,
    {0}};

const struct command command_play = {
    .name = "play",
    .operands = N_("SCENARIO"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_SCENARIO,
    .summary = N_("plays a conversation"),
    .about = N_("Plays a scenario: somebody speaks, you choose what to say, they react. SCENARIO is a folder, its XML file, "
                "or a name that `rehearse` lists. At the end it looks back on each decision with you.\n\n"
                "Type the number of an answer. ? shows the commands, among them :back, :hint and :quit.\n\n"
                "Answers may also come from a pipe, one line each."),
    .examples = "rehearse play late-handover\n"
                "rehearse play late-handover --lang zh-CN --mode check-in\n"
                "rehearse play late-handover --page friday.html\n"
                "printf '2\\n1\\n' | rehearse play late-handover --plain",
    .options = options,
    .run = run,
};

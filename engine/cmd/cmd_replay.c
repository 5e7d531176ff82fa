/* cmd_replay.c -- `rehearse replay [SESSION]`: a kept conversation once more, as it was played. */
#include "cmd/commands.h"
#include "cmd/playing.h"

static int show_again(const struct call *call, struct keep *k, struct kept_play *p)
{
    return playing_kept(call, k, p, PLAY_REPLAY, NULL);
}

static int run(const struct call *call) { return playing_with_session(call, false, show_again); }

static const struct option_row options[] = {
    {"step", NULL, TAKES_NOTHING, NULL, N_("waits for Enter before each answer, instead of going on by itself")},
    {"at-once", NULL, TAKES_NOTHING, NULL, N_("leaves no time to read: all at once, as in a pipe")},
    OPTION_LANG,
    OPTION_STORE,
    OPTION_AS,
    OPTION_PLAIN,
    OPTION_NO_JAIL_PLAYS,
    OPTION_HELP,
    {0}};

const struct command command_replay = {
    .name = "replay",
    .operands = N_("[SESSION]"),
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("shows a conversation again, as it was played"),
    .about = N_("Shows a conversation that was kept once more, answer by answer, from what was kept of it: no script runs, and no "
                "chance is drawn. On a terminal it goes at reading speed; Enter goes on at once, Ctrl-C leaves. SESSION is its "
                "short name; without it, the newest one."),
    .examples = "rehearse replay\nrehearse replay k7m3qx --step",
    .options = options,
    .run = run,
};

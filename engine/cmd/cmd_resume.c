/* cmd_resume.c -- `rehearse resume [SESSION]`: goes on exactly where a conversation stopped. */
#include "cmd/commands.h"
#include "cmd/playing.h"

static int run(const struct call *call) { return playing_with_session(call, true, playing_resume); }

static const struct option_row options[] = {OPTIONS_KEPT_PLAY, {0}};

const struct command command_resume = {
    .name = "resume",
    .operands = N_("[SESSION]"),
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("goes on with a conversation that was left"),
    .about = N_("Goes on exactly where a conversation stopped: after :quit, a closed window, a crash or a power cut. SESSION is "
                "the short name that was shown when you left; without it, the newest unfinished one.\n\n"
                "It goes on with the scenario as it was when you began, also where that was changed since. Only one window "
                "goes on with a conversation: an earlier one is told, and ends."),
    .examples = "rehearse resume\nrehearse resume k7m3qx",
    .options = options,
    .run = run,
};

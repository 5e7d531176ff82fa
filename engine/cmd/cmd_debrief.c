/* cmd_debrief.c -- `rehearse debrief [SESSION]`: the look back on a conversation that was kept. */
#include "cmd/commands.h"
#include "cmd/playing.h"

#include <string.h>

static int look_back(const struct call *call, struct keep *k, struct kept_play *p)
{
    const char *shared = call_value(call, "share");
    struct store_fault fault = {0};
    if (shared && !store_share(k->store, p->session.id, strcmp(shared, "yes") == 0, &fault))
        return keep_fails(call, &fault);
    return playing_kept(call, k, p, PLAY_LOOK_BACK, NULL);
}

static int run(const struct call *call) { return playing_with_session(call, false, look_back); }

static const struct option_row options[] = {
    {"share", N_("WHETHER"), TAKES_CHOICE, "yes no",
     N_("whether others may read what you wrote in it; nobody may, unless you say so")},
    OPTIONS_KEPT_PLAY,
    {0}};

const struct command command_debrief = {
    .name = "debrief",
    .operands = N_("[SESSION]"),
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("looks back on a conversation once more"),
    .about = N_("Shows the page of a conversation that was kept: the turning points, what was seen, what you could not know, and "
                "what you wrote. SESSION is its short name; without it, the newest one."),
    .examples = "rehearse debrief\nrehearse debrief k7m3qx --all\nrehearse debrief --page friday.html",
    .options = options,
    .run = run,
};

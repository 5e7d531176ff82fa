/* cmd_resume.c -- `rehearse resume [SESSION]`: goes on exactly where a conversation stopped. */
#include "cmd/commands.h"
#include "cmd/playing.h"

/* Takes the right to write, so that no other window adds anything from here on. */
static int go_on(const struct call *call, struct keep *k, struct kept_play *p)
{
    struct store_fault fault = {0};
    struct recorder_config config = {.store = k->store, .wait = &k->wait, .trainee = &k->trainee, .shared = p->session.shared};
    if (p->session.mode == WIRE_WORKSHOP)
        return call_fails(call, STATUS_USAGE, N_("“%1” was played by a room: rehearse workshop --resume"), p->session.name.at, NULL);
    struct recorder *r = recorder_resume(&config, &p->session, &fault);
    if (!r)
        return keep_fails(call, &fault);
    int status = playing_kept(call, k, p, PLAY_GO_ON, r);
    recorder_close(r);
    return status;
}

static int run(const struct call *call) { return playing_with_session(call, true, go_on); }

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

/* play_reach.c -- what the answers of a play did to what was still within reach: for whoever wants it turn by turn, and where
 * a pass mark hangs on it.
 *
 * It takes a study of the whole scenario, which may be long: it is done in slices, it is said when it takes more than a
 * moment, and Ctrl-C leaves it out.  Where nobody asked for it, no more than a moment is spent. */
#include "front/play_inside.h"

enum { STATES = 20000, SAY_AFTER = 500, UNASKED = 1500 }; /* states a slice; milliseconds */

bool play_reach(struct play *p, struct client_reach *out)
{
    struct client_fault fault = {0};
    struct client_explored found = {0};
    struct explore_params params = {.roles = &p->role->id, .n_roles = 1, .plays = 1};
    long long begun = loop_now();
    bool asked = p->config->whole || p->info.pass, said = false, stopped = false;
    enum client_end end = client_explore(p->client, &params, STATES, false, p->lang, &found, &fault);
    while (end == CLIENT_OK && found.more && !stopped) {
        long long spent = loop_now() - begun;
        stopped = loop_stop_asked(&p->loop) || (!asked && spent > UNASKED);
        if (asked && !said && spent > SAY_AFTER) {
            play_notice(p, N_("Looking at what else could have come of it; Ctrl-C leaves that out."));
            screen_flush(&p->screen);
            said = true;
        }
        if (!stopped)
            end = client_explore(p->client, NULL, STATES, false, p->lang, &found, &fault);
    }
    if (end != CLIENT_OK || stopped || found.kind != WIRE_EXACT)
        return false;
    return client_reach(p->session, p->lang, out, &fault) == CLIENT_OK && out->fit == WIRE_REACH_KNOWN;
}

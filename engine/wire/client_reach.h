/* client_reach.h -- what the answers of a play did to what was still within reach, as the engine found it.  Beside client.h.
 *
 *     client_explore(c, &params, …)       to its end, for the roles of the session
 *     client_reach(s, lang, &reach, &fault) */
#ifndef WIRE_CLIENT_REACH_H
#define WIRE_CLIENT_REACH_H

#include "wire/client.h"

/* Of one competency of the focus; empty: of all that is graded together. */
struct reach_figure {
    struct text competency;
    struct runs title;
    int32_t got, worst, best, luck;
};

struct reach_price {
    struct text competency;
    int32_t points, here, later, luck; /* points = here + later */
};

/* The best ending within reach; `ending` empty: none. */
struct reach_ending {
    struct text option;      /* … behind this option, "decision/option" */
    struct text ending;
    struct runs title;
    enum wire_outcome outcome;
};

struct reach_turn {
    uint32_t event;          /* of the client_turn */
    struct reach_ending before;
    struct reach_ending *behind;
    struct reach_price *prices; /* those that are not 0 */
    uint32_t n_behind, n_prices;
};

struct client_reach {
    enum wire_reach fit;     /* all else is empty where it is not WIRE_REACH_KNOWN */
    struct reach_figure *figures;
    struct reach_turn *turns;
    uint32_t n_figures, n_turns;
    uint32_t pass;           /* the scenario's pass mark in per cent; 0: it sets none */
    bool passed;
};

/* Refused, with "no-study", where no study has come to its end (an engine that died took it along: explore again). */
enum client_end client_reach(struct client_session *s, struct text lang, struct client_reach *out, struct client_fault *fault);

#endif

/* client_regrade.h -- today's key over the answers of a session that was played with an earlier version.  Beside client.h. */
#ifndef WIRE_CLIENT_REGRADE_H
#define WIRE_CLIENT_REGRADE_H

#include "wire/client.h"

/* What has become of what was answered. */
enum regrade_gone { REGRADE_STANDS, REGRADE_NO_OPTION, REGRADE_NO_DECISION };

/* A first answer: what it was worth then, and is now. */
struct regrade_turn {
    uint32_t event;
    struct text decision, option; /* option: "decision/option" as it is now; empty: none, or gone */
    enum regrade_gone gone;
    struct runs said;             /* in today's words; empty for a message */
    const struct answer_points *was, *now;
    uint32_t n_was, n_now;
};

struct client_regrade {
    struct text was_version, was_digest;
    struct regrade_turn *turns;
    uint32_t n_turns;
    struct client_grades grades;  /* by today's key */
};

/* EVENTS: of a session of the scenario that is loaded, of any version.  Refused where they are of another, or played in a
 * role that is gone. */
enum client_end client_regrade(struct client *c, struct text events, struct text lang, struct client_regrade *out,
                               struct client_fault *fault);

#endif

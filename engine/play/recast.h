/* recast.h -- the answers of a session carried over to the scenario as it is now, so that today's key can be put to them.
 *
 * What was offered and what was answered is looked up by name; nothing is played, no condition and no script is asked.  The
 * result serves session_grade and what reads events by number, and nothing else: its state says nothing. */
#ifndef PLAY_RECAST_H
#define PLAY_RECAST_H

#include "play/session.h"

/* What has become of an answer. */
enum recast_fate {
    RECAST_STANDS = 1, /* decision and option are still there */
    RECAST_NO_OPTION,  /* the option is gone: it cannot be graded */
    RECAST_NO_DECISION
};

struct recast_points {
    struct text competency;
    int points;
};

/* A first answer of a person. */
struct recast_turn {
    uint32_t event;
    enum recast_fate fate;
    struct text decision, option; /* as they were called; a message: its result as it was */
    struct recast_points *was;    /* evidence that counted then */
    uint32_t n_was;
};

struct recast {
    struct arena arena;
    struct text version, digest;  /* that the session began with */
    struct recast_turn *turns;
    uint32_t n_turns, cap_turns;
    struct session *session;
};

/* Fills R, which need not be initialised, from EVENTS, whole lines; recast_done frees.  False with ERR where they are no
 * events, or of another scenario, or played in a role that is gone; what ERR says lives in R. */
bool session_recast(const struct scenario *s, struct text events, struct recast *r, struct err *err);
void recast_done(struct recast *r);

#endif

/* debrief.h -- a play told afterwards: each decision, the reaction it caused, what it showed.
 *
 * Made from events alone, so that a kept session can be debriefed at any time; no script runs.  Texts are those that
 * were shown, values filled in, in the language asked for. */
#ifndef PLAY_DEBRIEF_H
#define PLAY_DEBRIEF_H

#include "play/session.h"

/* Why points were given: an option's `because`, a `score`, or what a script said. */
struct debrief_reason {
    comp_id comp;
    int8_t points;
    struct text words;
};

struct debrief_turn {
    uint32_t event;             /* number of the EV_CHOSE */
    decision_id decision;
    option_id option;
    bool again;                 /* met before: practice, does not count */
    bool taken_back;            /* later taken back with :back; the first choice stays the evidence */
    bool timed_out;
    bool self;                  /* own words, placed by whoever wrote them: no evidence for a level */
    struct text scene, prompt, heard, heard_by, said, said_manner, reaction, reaction_manner, reaction_by, because;
    struct text own;            /* written before one of the given replies was chosen; stands beside it, counts nothing */
    struct points *evidence;    /* what counted */
    uint32_t n_evidence;
    struct debrief_reason *reasons;
    uint32_t n_reasons;
};

struct debrief {
    struct arena arena;
    struct debrief_turn *turns;
    uint32_t n_turns;
    scene_id ending;            /* of the road now travelled; 0 while unfinished */
    uint32_t again;             /* turns that were practice */
};

/* Fills D, which need not be initialised, in language LANG; debrief_done frees.  Texts live in D and in the scenario. */
void session_debrief(const struct session *se, uint32_t lang, struct debrief *d);
void debrief_done(struct debrief *d);

#endif

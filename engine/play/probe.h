/* probe.h -- one step from any state, on any road of chance: for whoever looks at all that a play can do.
 *
 * Nothing is kept: no log, no shuffled places, no values for texts.  A step ends where the next decision is met, whoever is
 * to answer it: for a role that nobody plays, the engine's answer is a step of its own.  Where a script draws, or the engine
 * answers, it takes the ways it is told, and behind those the first.  What it asked of the state, where it forked and what
 * it wrote is noted in order; so two states that agree on all that was asked take the same step, and its notes say what
 * becomes of the rest.
 *
 *     *probe_from(p) = state;
 *     p->feed.ways = ways;
 *     p->feed.n_ways = n;
 *     look(probe_run(p, o), p->feed.notes, p->feed.n_notes); */
#ifndef PLAY_PROBE_H
#define PLAY_PROBE_H

#include "play/session.h"

enum note_kind {
    NOTE_FACT = 1, /* asked for fact ID, whose value is VALUE */
    NOTE_TOTAL,    /* … the total of competency ID */
    NOTE_WHETHER,  /* … whether state mark ID is above 0 */
    NOTE_COUNT,    /* … how far state mark ID is */
    NOTE_TURN,     /* … the turn */
    NOTE_MOVES,    /* … how many scenes were entered since somebody was asked, where the feed counts them */
    NOTE_FORK,     /* one of ID ways was taken: VALUE, from 0 */
    NOTE_SET,      /* fact ID was set to VALUE, held to its bounds, whatever it was */
    NOTE_ADDED,    /* VALUE was added to fact ID, held to its bounds */
    NOTE_SCORED,   /* VALUE was added to the total of competency ID */
    NOTE_MARKED,   /* state mark ID is 1 from here on */
    NOTE_COUNTED,  /* state mark ID went up by one, to no more than TIMES_MAX */
    NOTE_TURNED,   /* the turn went up by one, to no more than TURN_MAX */
    NOTE_MOVED,    /* a scene was entered */
    NOTE_STOOD     /* somebody is asked */
};

struct note {
    uint8_t kind;  /* enum note_kind */
    bool known;    /* asked for what the step itself had decided before: it hangs on nothing */
    bool even;     /* NOTE_FORK: every way is as likely as the others */
    uint32_t id;
    int32_t value; /* asked for: as it was before the step */
    double odds;   /* NOTE_FORK: of the way taken */
};

struct feed {
    const uint32_t *ways; /* to be taken, in order; borrowed */
    uint32_t n_ways;
    uint32_t forks;       /* met */
    struct note *notes;   /* of the last step; nothing is asked for twice */
    uint32_t n_notes, cap_notes, snippet;
    bool moves;           /* count scenes entered without asking anybody: a play of too many is stuck */
    uint32_t node;        /* of the decision met last */
    uint32_t options;     /* where it halted, for the engine to answer: what can be chosen, a bit each */
};

struct probe {
    struct session *se; /* its events from number 1 on are those of the last step */
    struct feed feed;
};

/* For the roles, and nothing else, of PARAMS, which must pass session_params_check. */
struct probe *probe_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params);
void probe_free(struct probe *p);
/* The state that the next steps begin at: filled in by the caller, as large as state_size says. */
struct state *probe_from(struct probe *p);
/* From there, answers the decision asked with option O (or its no-answer); 0: begins a play.  What comes of it is alive
 * until the next run; its phase is PHASE_RUN where the engine is to answer at feed.node. */
const struct state *probe_run(struct probe *p, option_id o);
/* The same with a message of PARTS, which must make one for the decision asked (no more than one a slot). */
const struct state *probe_compose(struct probe *p, const uint32_t *parts, uint32_t n);
/* From there, lets the engine answer the decision at NODE, of whose options those in the mask OPTIONS can be chosen. */
const struct state *probe_engine(struct probe *p, uint32_t node, uint32_t options);

#endif

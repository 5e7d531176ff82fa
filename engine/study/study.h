/* study.h -- what a scenario can do: every play of it, looked at without playing one by one.
 *
 * States that no condition and no script can tell apart are one; from each, every answer and every road of chance is
 * taken once.  On the graph that results, bounds, counts and shares are exact.  Where it is larger than the budget, seeded
 * random plays take its place, and the result says so.
 *
 *     struct study *st = study_new(scenario, scorer, &params, NULL);
 *     while (!study_run(st, 20000))
 *         show(study_progress(st));
 *     const struct study_result *r = study_result(st);
 *
 * Best and worst are those of complete plays, chance included; what chance alone can take away is told apart, as luck.
 * A no-answer is not among the answers, since clocks are off unless somebody sets them; but what only it leads to counts
 * as reachable.  The scenario and the scorer must outlive the study, and no session of that scenario may step
 * meanwhile inside one call. */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "play/probe.h"

struct study_budget {
    uint32_t states;    /* at most so many; 0: 4,000,000 */
    size_t memory;      /* bytes; 0: 64 MiB */
    uint32_t plays;     /* seeded random plays; 0: 20,000 */
    uint64_t seed;      /* of those */
    bool all_chairs;    /* what no play meets is found only where nobody meets it from any playable chair */
};

struct study;

/* PARAMS must pass session_params_check; its roles are played, all others answer by themselves. */
struct study *study_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params,
                        const struct study_budget *budget);
void study_free(struct study *st);

struct study_progress {
    uint32_t states, open; /* found so far; of these, not yet looked at */
    uint64_t transitions;
    uint32_t plays;        /* random plays made, of … */
    uint32_t plays_of;
};

/* A slice of the work, about as long as looking at STATES states takes.  True once all is done. */
bool study_run(struct study *st, uint32_t states);
struct study_progress study_progress(const struct study *st);
/* Looks at no further state: study_run then comes to an end soon, with what is known so far. */
void study_stop(struct study *st);

/* ---- what was found ---- */

/* How far the figures can be trusted. */
enum study_kind {
    STUDY_EXACT = 1, /* every state was looked at */
    STUDY_SAMPLED,   /* too large: figures of seeded random plays */
    STUDY_STOPPED    /* stopped: the same */
};

enum { STUDY_NONE = INT32_MIN }; /* no complete play there */
enum { STUDY_BINS = 10 };

/* A share of plays: itself where it is exact, else with the bounds of its 95 % interval (Wilson 1927). */
struct share {
    double share, low, high;
};

/* Of a competency; of comp 0: of all that is graded, together, that is of the focus without what trainees place
 * themselves in own words. */
struct study_score {
    comp_id comp;
    bool scored;             /* some answer gives evidence */
    bool focus;
    int32_t worst, best;     /* totals of complete plays; of a sample: the worst and the best seen */
    int32_t luck;            /* the most that chance alone takes from one play */
    double mean;             /* total of a random play */
    uint32_t pieces_good;    /* fewest pieces of evidence on the way to an agreed ending; UINT32_MAX: none leads there */
    uint32_t bin[STUDY_BINS]; /* random plays by reach, tenths from worst to best */
    bool attained[LEVELS + 1]; /* some play was found that reaches the level */
    uint32_t lacks[LEVELS + 1]; /* moves its anchor needs and no play can make: a group of rubric.lists; 0: none */
    struct share level[LEVELS + 1]; /* random plays whose level is this one */
    double skilled_quality, random_quality; /* choice quality, in per cent: of who always takes the best; of random clicking */
};

struct study_ending {
    scene_id ending;
    bool reached;
    struct share share;      /* of random plays */
};

enum finding_kind {
    FIND_STUCK = 1,      /* scene, decision; why: nothing can be chosen, or the scene runs out of places to go */
    FIND_ENDLESS,        /* decision: from here on no ending can be reached any more */
    FIND_SCRIPT_FAILS,   /* problem */
    FIND_OPTION,         /* option: no play can take it */
    FIND_DECISION,       /* decision: no play comes to it */
    FIND_SCENE,          /* scene: no play comes to it */
    FIND_ENDING,         /* the same */
    FIND_NODE,           /* node: a line, narration or note that no play shows */
    FIND_FACT_UNREAD,    /* fact: asked about and shown nowhere */
    FIND_FACT_UNCHANGED, /* fact: no play changes it */
    FIND_NO_ENDING,      /* no play comes to an end */
    FIND_THIN_EVIDENCE,  /* comp, a: fewest pieces of evidence on the way to an agreed ending */
    FIND_REPAIR_PAYS,    /* option is worse than other, there and then (a, b points), but leaves more (c, d in all) */
    FIND_KINDEST_WINS,   /* always the kindest option: everything in focus */
    FIND_LEVEL_UNATTAINED, /* comp, a: level */
    FIND_LEVEL_BY_CHANCE   /* comp, share: random plays at level 3 or above */
};
enum { FINDING_KINDS = FIND_LEVEL_BY_CHANCE + 1 };

struct finding {
    enum finding_kind kind;
    scene_id scene;
    decision_id decision;
    option_id option, other;
    node_id node;
    fact_id fact;
    comp_id comp;
    int32_t a, b, c, d;
    double share;
    struct err problem;      /* texts live in the study */
    uint32_t why;            /* enum stuck */
    option_id *play;         /* FIND_STUCK, FIND_ENDLESS: answers that lead there; borrowed */
    uint32_t n_play;
};

struct study_result {
    enum study_kind kind;
    uint64_t seed;
    uint32_t states;
    uint64_t transitions;
    uint64_t plays;          /* distinct complete plays, where they are fewer than 2^64 */
    double plays_log10;      /* the same, as a power of ten */
    bool plays_huge;         /* … and only that is known */
    bool unbounded;          /* a play can go round in a circle: neither plays nor `longest` have a bound */
    uint32_t shortest, longest; /* decisions of a complete play; a sample's where not exact */
    double mean_length;      /* decisions of a random play */
    uint32_t sampled;        /* random plays made */
    struct share unended;    /* random plays that come to no ending */
    const struct study_score *scores; /* [0]: all together; then by comp_id */
    uint32_t n_scores;
    const struct study_ending *endings;
    uint32_t n_endings;
    const struct finding *findings;
    uint32_t n_findings, n_more; /* more were found than are listed */
    bool sketch;             /* so few decisions that evidence and levels were not looked at: scenario_is_exercise */
    bool chairs_open;        /* another chair was not looked at to its end: what nobody meets is not known */
};

/* Valid once study_run returned true; lives as long as the study. */
const struct study_result *study_result(const struct study *st);

/* ---- one play ---- */

/* One thing that happened in it. */
struct study_step {
    decision_id decision;
    option_id option;
    bool engine;             /* taken by the engine for a role that nobody plays */
    uint32_t drawn, of;      /* a number that a script drew, instead */
    uint32_t parts[8], n_parts; /* of a message */
    int32_t points;          /* evidence for the competency asked about */
    int32_t left;            /* what could still be reached in all after it */
};

struct study_play {
    struct study_step *v;    /* malloc'ed */
    uint32_t n;
    int32_t total;
    scene_id ending;
};

/* A shortest complete play that reaches the best (or the worst) total for C (0: all together).  False where the study is
 * not exact or no play is complete. */
bool study_play(struct study *st, comp_id c, bool worst, struct study_play *out);

/* About how many decisions people are asked in a play, lists of topics and discussions apart, from a few random ones; 0: none came to an ending.  PARAMS as for
 * study_new. */
uint32_t study_length(const struct scenario *s, const struct scorer *scorer, const struct session_params *params);

/* ---- what the answers of a play did to what was within reach: docs/pedagogy.md, section 5 ---- */

/* One option that was offered, and the best ending that still lay within reach behind it; 0: none did. */
struct reach_option {
    option_id option;
    scene_id ending;
};

/* One answer of a person; the figures are those of one competency each, [n_scores], [0] all that is graded together.
 * price = best within reach before - best within reach after, chance left out; price = here + later. */
struct reach_turn {
    uint32_t event;          /* number of the EV_CHOSE */
    int32_t *price;
    int32_t *here;           /* points lost there and then; below 0: won, at the price of what came later */
    int32_t *later;          /* … and by doors that closed */
    int32_t *luck;           /* what chance, or a role that nobody played, took after it: on nobody's bill */
    struct reach_option *options; /* none for a message */
    uint32_t n_options;
    scene_id before;         /* the best ending within reach before it */
};

/* Of a whole play: best - got = all prices + all luck. */
struct reach {
    struct arena arena;
    struct reach_turn *turns;
    uint32_t n_turns, n_scores;
    int32_t *got, *worst, *best; /* [n_scores] */
    int32_t *luck;           /* before the first answer */
};

enum reach_fit {
    REACH_KNOWN = 1,
    REACH_NO_STUDY,          /* the study is not exact, or not of these roles */
    REACH_NOT_ENDED,
    REACH_TAKEN_BACK,        /* answers were taken back: it is practice, no play from beginning to end */
    REACH_ELSEWHERE          /* time ran out where the study did not look, or the play is not of this scenario */
};

/* Walks the play SE through ST and fills OUT, which need not be initialised; reach_done frees.  OUT is empty where it is
 * not REACH_KNOWN. */
enum reach_fit study_reach(struct study *st, const struct session *se, struct reach *out);
void reach_done(struct reach *r);

#endif

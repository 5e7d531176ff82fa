/* inside.h -- what the files of the study share.  Nobody else includes it.
 *
 *   asked.c   what matters where, and a state's words    solve.c   cycles, bounds, counts
 *   steps.c   what an answer does, learnt once           flow.c    shares of random play
 *   leaves.c  what comes of it                           sample.c  seeded random plays, levels
 *   answers.c what may be answered to a decision         find.c    what a facilitator should look at
 *   graph.c   the states and what leads where            chairs.c  what the other chairs meet
 *   path.c    one play out of all                        length.c  about how long a play is
 *   reach.c   what the answers of one play did           study.c   the order of it all
 *   pairs.h   from two numbers to a third */
#ifndef STUDY_INSIDE_H
#define STUDY_INSIDE_H

#include "study/pairs.h"
#include "study/study.h"

#include <string.h>

struct study;

/* ---- asked.c: states that nothing can tell apart are one ---- */

/* Where one thing that matters stands in a state's words; bits 0: it matters nowhere. */
struct field {
    uint32_t word;
    uint8_t shift, bits;
    int32_t from;  /* what 0 means */
    int32_t start; /* what it is at the beginning */
    uint32_t most; /* less FROM */
};

/* A way from one place to another, and what steps on it always set anew: row of killed. */
struct way {
    uint32_t to, killed;
};

struct ways {
    struct way *v;
    uint32_t n, cap;
};

/* A place is a decision, or 0: the beginning.  What can matter is numbered: asked_var. */
struct asked {
    uint32_t places, vars, row_words;
    bool shared;             /* one row for all: too many places */
    bool grown;              /* more matters than was known when states were laid out */
    bool lacking;            /* … and has no field */
    uint64_t *rows;          /* [places][row_words]: what matters there, a bit each */
    uint64_t *killed;        /* [n_killed][row_words] */
    uint32_t n_killed, cap_killed;
    struct ways *ways;       /* [places] */
    bool *facts;             /* [n_facts + 1]: some step asked about it */
    struct field *fields;    /* [vars] */
    uint32_t *kept;          /* variables that have a field */
    uint32_t n_kept;
    uint32_t words;          /* of a state; the lower half of the first is its spot */
    uint64_t *masks;         /* [places][words]: the bits that matter there */
};

void asked_init(struct asked *a, const struct scenario *s);
void asked_done(struct asked *a);
/* How many values variable VAR can have, the least of which is *FROM; 0: too many to have a branch each. */
uint32_t asked_span(const struct scenario *s, uint32_t var, int32_t *from);
/* The number of what a note of KIND asks about, or writes, under ID. */
uint32_t asked_var(const struct scenario *s, enum note_kind kind, uint32_t id);
/* A step from PLACE, as noted, to the place TO (0: none): grown where it makes more matter than was known. */
void asked_watch(struct asked *a, const struct scenario *s, const struct feed *step, uint32_t place, uint32_t to);
/* Lays out states anew, with all that is known to matter. */
void asked_settle(struct asked *a, const struct scenario *s);
/* Whether any step asked about F. */
static inline bool asked_fact(const struct asked *a, fact_id f) { return a->facts[f.i]; }
static inline const uint64_t *asked_mask(const struct asked *a, uint32_t place)
{
    return a->masks + (size_t)(a->shared ? 0 : place) * a->words;
}
/* The value of variable VAR in a state's WORDS; as at the beginning where it matters nowhere. */
static inline int32_t asked_value(const struct asked *a, const uint64_t *words, uint32_t var)
{
    const struct field *f = &a->fields[var];
    if (!f->bits)
        return f->start;
    return (int32_t)((uint32_t)(words[f->word] >> f->shift & ((1ull << f->bits) - 1)) + (uint32_t)f->from);
}
/* The words of the beginning of every play. */
void asked_begin(const struct asked *a, uint64_t *words);
/* What variable VAR is in a state of a session. */
int32_t asked_of(const struct scenario *s, const struct state *st, uint32_t var);
/* WORDS as a state of a session; where it stands is left to the caller. */
void asked_unpack(const struct asked *a, const struct scenario *s, const uint64_t *words, struct state *st);

/* ---- steps.c ---- */

#define TO_END 0x80000000u   /* + scene: an ending */
#define TO_STUCK 0xc0000000u /* + index of a stuck place */

/* What may be answered: an option's number, or MESSAGE + the number of a message (answers.c); 0: it goes on by itself. */
#define MESSAGE 0x80000000u
#define MESSAGE_FREE UINT32_MAX /* the one in steps.message, which has no number */

enum { SLOTS_OF_MESSAGE = 8 };

/* Where a state stands: somebody is asked, or the engine is to answer, or the play begins. */
struct spot {
    uint32_t at;             /* the decision's node; 0: the beginning */
    uint32_t options;        /* that can be chosen, a bit each */
    uint32_t decision;
    uint32_t first, n;       /* answers: roots, one after another; behind them one for the no-answer, where there is one */
    bool asks, late;         /* late: there is */
};

/* What an answer does is a tree: twigs ask for a part of the state, or fork by chance, and leaves say what comes of it. */
struct root {
    uint32_t option;         /* the answer */
    uint32_t to;             /* a twig, LEAF + leaf; 0: not known yet */
};

struct twig {
    uint32_t var;            /* asks: for this variable; CHANCE: forks */
    uint32_t first, n;       /* branches; asks: one a value, n is 0 where there are too many: then pairs hold them */
    union {
        int32_t from;        /* asks: the value of the first */
        uint32_t odds;       /* forks: how likely the first is; EVEN: all alike */
    };
};
#define CHANCE UINT32_MAX
#define EVEN UINT32_MAX

struct write {
    uint32_t var;
    int32_t value;
    uint8_t kind;            /* enum write_kind */
};
enum write_kind { WRITE_SET, WRITE_ADD /* held to its bounds */, WRITE_SUM /* it has none */ };

struct leaf {
    uint32_t to;             /* a spot; TO_END + scene; TO_STUCK + index */
    uint32_t first_write, n_writes;
    uint32_t first_seen, n_seen;
    uint32_t pass;           /* that came there last */
    uint16_t worth;          /* index of the evidence vector */
};

/* A script that failed; in the pass that met it last. */
struct problem {
    struct err err;
    uint32_t pass;
};

struct stuck_place {
    uint32_t scene, decision, why;
    uint32_t from;           /* edge; UINT32_MAX: no-answers led there */
    uint32_t pass;           /* that came there last */
};

struct steps {
    struct spot *spots;      /* from 0: the beginning */
    uint32_t n_spots, cap_spots;
    struct pairs spot_of;    /* node and options: spot + 1 */
    struct root *roots;      /* [0]: MESSAGE_FREE */
    uint32_t n_roots, cap_roots;
    uint32_t message[SLOTS_OF_MESSAGE], n_message; /* its parts */
    struct twig *twigs;      /* from 1 */
    uint32_t n_twigs, cap_twigs;
    uint32_t *branches;      /* where it goes on; 0: not known yet */
    uint32_t n_branches, cap_branches;
    struct pairs wide;       /* the same, of a twig and a value */
    double *odds;
    uint32_t n_odds, cap_odds;
    struct leaf *leaves;
    uint32_t n_leaves, cap_leaves;
    struct write *writes;
    uint32_t n_writes, cap_writes;
    uint32_t *seen;          /* kind and id */
    uint32_t n_seen, cap_seen;
    struct problem *problems;
    uint32_t n_problems, cap_problems;
    struct stuck_place *stuck;
    uint32_t n_stuck, cap_stuck;
    int32_t *worths;         /* [n][k]; the first is nothing */
    uint32_t n_worths, cap_worths;
    uint64_t probed;         /* steps made to learn */
};

/* A fork on the present road: which way was taken, and how likely it was to come there. */
struct turning {
    uint32_t twig, way;
    double odds;
};

/* SplitMix64 by position (play/rng.h). */
struct dice {
    uint64_t seed, drawn;
};
uint32_t dice_roll(struct dice *d, uint32_t n);

/* The roads of one answer from one state.  One walk at a time.  Where nothing is left to chance before the engine is to
 * answer, its answer belongs to them: a second leg. */
struct leg {
    const uint64_t *words;
    uint32_t root;
};

struct roads {
    struct leg legs[2];
    uint32_t last;           /* leg, 0 or 1 */
    uint32_t leaf;           /* of the present road, and how likely it is */
    double odds;
    uint16_t worth;          /* evidence of the answer */
    uint32_t depth;          /* forks met on it */
};

void steps_init(struct study *st);
void steps_done(struct steps *sp);
size_t steps_memory(const struct steps *sp);
/* Forgets what answers do, so as to have room; spots, evidence and places where a play is stuck stay. */
void steps_forget(struct study *st);
static inline uint32_t words_spot(const uint64_t *words) { return (uint32_t)words[0]; }

/* The first road of root ROOT from the state WORDS, which must stand still, and the next one; false where all were taken, or
 * where the same state does not do the same twice. */
bool roads_first(struct study *st, struct roads *r, const uint64_t *words, uint32_t root);
bool roads_next(struct study *st, struct roads *r);
/* One road by chance, with one leg; false as above. */
bool roads_roll(struct study *st, struct roads *r, const uint64_t *words, uint32_t root, struct dice *d);
/* Makes the step of leg LEG of the present road once more: its events, from number 1 on, until the next. */
const struct session *road_play(struct study *st, const struct roads *r, uint32_t leg);
/* The state that the last leg begins at. */
static inline const uint64_t *road_words(const struct roads *r) { return r->legs[r->last].words; }
/* From the beginning of a play: st->from. */
void walk_begin(struct study *st);
/* Goes on from there to where L leads, if that is a state; false where it is none. */
bool walk_on(struct study *st, const struct leaf *l);
/* The spot of a decision's node where OPTIONS can be chosen, new where there was none. */
uint32_t spot_of(struct study *st, uint32_t at, uint32_t options, bool asks);
/* The leaf of the present road: leaf_at. */
const struct leaf *road_leaf(struct study *st, const struct roads *r);

/* ---- leaves.c ---- */

/* A leaf for the step from WORDS that the probe just made: it led to NOW. */
uint32_t leaf_new(struct study *st, const uint64_t *words, const struct state *now);
/* The number of an evidence vector. */
uint16_t worth_id(struct study *st, const int32_t *worth);
/* A leaf that a state came to: what is met there counts as seen. */
const struct leaf *leaf_at(struct study *st, uint32_t leaf);
/* The state that it leads to, where it leads to one; all that matters anywhere is kept. */
void leaf_apply(const struct study *st, const struct leaf *l, const uint64_t *words, uint64_t *to);
/* The same; what matters nowhere behind it is left out. */
void leaf_reach(const struct study *st, const struct leaf *l, const uint64_t *words, uint64_t *to);

/* ---- answers.c: what may be answered to a decision, by its form ---- */

/* The answers at a decision of which OPTIONS are offered, one after another: *N is the number of the next one, from 0; 0
 * where there is none left. */
uint32_t answer_next(const struct scenario *s, const struct decision *d, uint32_t options, uint32_t *n);
/* More messages can be made of a decision's slots than anybody can look at. */
bool answers_too_many(const struct scenario *s, const struct decision *d);
/* The parts of message NUMBER of D, which take an empty slot as its last part; how many. */
uint32_t message_parts(const struct scenario *s, const struct decision *d, uint32_t number, uint32_t *parts);
/* The option that an answer to D comes to. */
option_id answer_option(const struct scenario *s, const struct decision *d, uint32_t option);
/* The root of the message of SPOT that takes part WAYS[slot] from each slot, the one behind the last: none. */
uint32_t message_root(struct study *st, const struct spot *spot, const uint32_t *ways);
/* How many pieces of evidence the parts of D are for competency K. */
uint32_t message_pieces(const struct scenario *s, const struct decision *d, uint32_t k);

/* ---- graph.c ---- */

struct odds {
    double p;
    uint64_t roads;
};

/* What an answer may lead to. */
struct edge {
    uint32_t to;
    uint16_t worth; /* index of the evidence vector */
    uint16_t odds;  /* index */
};

struct action {
    uint32_t option;
    uint32_t first;  /* edge; those of a node's actions follow each other */
};

struct vertex {
    uint32_t first; /* action; the actions of all nodes follow each other */
    uint32_t from;  /* edge by which it was found */
};

struct graph {
    uint64_t *states;       /* [cap][asked.words] */
    struct vertex *nodes;   /* [n + 1] once expanded */
    uint32_t n, cap;
    uint32_t done;          /* nodes whose actions are known */
    struct action *actions; /* [n_actions + 1] */
    uint32_t n_actions, cap_actions;
    struct edge *edges;
    uint32_t n_edges, cap_edges;
    uint32_t *slots;        /* hash table of node + 1 */
    uint32_t n_slots;
    struct odds *odds;      /* [0]: certain */
    uint32_t n_odds, cap_odds;
    struct pairs odds_at;
};

/* What one answer may come to, while it is looked at. */
struct road {
    uint32_t to;
    uint16_t worth;
    struct odds odds;
};

/* What plays were seen to do. */
struct seen {
    bool *option, *node, *scene, *decision, *fact;
};

enum stage { STAGE_EXPAND, STAGE_LATE, STAGE_SOLVE, STAGE_SAMPLE, STAGE_CHAIRS, STAGE_FIND, STAGE_DONE };

/* The look at other chairs. */
struct chairs {
    struct study *other; /* of the chair looked at now */
    uint32_t role;       /* whose it is, or was */
    bool begun, stopped;
};

struct sampler;

struct study {
    const struct scenario *s;
    const struct scorer *scorer;
    struct session_params params;
    struct probe *probe;
    struct study_budget budget;
    struct asked asked;
    struct steps steps;
    struct graph g;
    struct seen seen;
    struct seen met;        /* the same, and what other chairs were seen to do */
    bool *met_asked;        /* [n_facts + 1]: facts that somebody asked about */
    struct chairs chairs;
    uint32_t main_nodes;    /* nodes found without any no-answer; the graph proper */
    uint32_t late;          /* next node to be tried with a no-answer */
    uint64_t transitions;
    uint32_t slow;          /* scripts that ran until they were stopped: each takes as long as thousands of steps */
    uint64_t *from, *mid, *to; /* scratch: states */
    uint32_t grown_at;      /* nodes done when a pass learnt that more matters */
    uint32_t passes;
    int32_t *worth;         /* scratch, [k] */
    struct road *roads;
    uint32_t n_roads, cap_roads;
    struct pairs road_of;   /* … where there are many */
    struct turning *turns;  /* of the present walk */
    uint32_t *ways;
    uint32_t cap_turns, cap_ways;
    enum stage stage;
    bool full, stopped;     /* not every state was looked at */
    uint32_t k;             /* figures a vector has: competencies + 1 */

    /* solve.c */
    uint32_t *order, *part; /* nodes by component, sinks first; component of a node */
    uint32_t n_parts;
    int32_t *best, *worst;  /* [node][k] */
    double *visits;         /* of random play */
    scene_id *best_ending;  /* reach.c: [main_nodes]; NULL until somebody asks */

    struct sampler *sampler;
    struct arena arena;
    struct study_result result;
    struct study_score *scores;
    struct study_ending *endings;
    struct finding *findings;
    uint32_t n_findings, cap_findings;
};

static inline const int32_t *worth_of(const struct study *st, const struct edge *e)
{
    return st->steps.worths + (size_t)e->worth * st->k;
}
static inline uint32_t edges_begin(const struct graph *g, uint32_t node) { return g->actions[g->nodes[node].first].first; }
static inline uint32_t edges_end(const struct graph *g, uint32_t node) { return g->actions[g->nodes[node + 1].first].first; }
static inline uint64_t *node_words(const struct study *st, uint32_t node) { return st->g.states + (size_t)node * st->asked.words; }
static inline const struct spot *node_spot(const struct study *st, uint32_t node)
{
    return &st->steps.spots[words_spot(node_words(st, node))];
}
static inline bool node_asks(const struct study *st, uint32_t node) { return node_spot(st, node)->asks; }
/* The decision asked, or to be answered by the engine; 0: the beginning. */
static inline uint32_t node_decision(const struct study *st, uint32_t node) { return node_spot(st, node)->decision; }
static inline bool is_node(uint32_t to) { return to < TO_END; }
static inline bool is_ending(uint32_t to) { return to >= TO_END && to < TO_STUCK; }

/* Lays out states anew, with all that is known to matter by now; and begins anew with them. */
void study_settle(struct study *st);
void graph_begin(struct study *st);
void graph_done(struct graph *g);
/* Makes a few plays by chance, so that the first pass knows nearly all that matters. */
void graph_scout(struct study *st);
/* Looks at up to STATES nodes more; false where the budget is spent. */
bool graph_expand(struct study *st, uint32_t states);
/* Whether a play can go round without anybody being asked. */
bool graph_spins(const struct study *st);
/* The same with no-answers, for what only they lead to. */
void graph_late(struct study *st, uint32_t states);
/* The node of a state; UINT32_MAX where there is none. */
uint32_t graph_find(const struct study *st, const uint64_t *words);
/* Where the present road leads: a node (UINT32_MAX: none), an ending, or a stuck place. */
uint32_t graph_led(struct study *st, const struct roads *r);
/* The root of an action of NODE. */
uint32_t action_root(const struct study *st, uint32_t node, uint32_t action);
size_t study_memory(const struct study *st);
/* The node and the action that an edge belongs to. */
uint32_t edge_action(const struct graph *g, uint32_t edge);
uint32_t action_node(const struct graph *g, uint32_t action);
/* The answers that lead to EDGE, by the way each node was found first. */
option_id *graph_way(struct study *st, uint32_t edge, uint32_t *n);

/* ---- solve.c, flow.c, sample.c, find.c ---- */

void study_solve(struct study *st);
/* What the edges of ACTION are worth on the average, for figure K. */
double action_worth(const struct study *st, uint32_t action, uint32_t k);
/* How many pieces of evidence NODE is for figure K: one where its answers differ, one a slot of a message. */
uint32_t node_pieces(const struct study *st, uint32_t node, uint32_t k);
/* The most that can still be had by ACTION for figure K; STUDY_NONE. */
int32_t action_best(const struct study *st, uint32_t action, uint32_t k);

void study_flow(struct study *st);

void sampler_init(struct study *st);
void sampler_free(struct sampler *sm);
/* About as much work as STATES states; true when all plays were made. */
bool sampler_run(struct study *st, uint32_t states);
void sampler_result(struct study *st);
uint32_t sampler_made(const struct study *st, uint32_t *of);
/* Whether always taking the kindest option won everything in focus, in every play tried. */
bool sampler_kindest_wins(const struct study *st);

/* Looks at about STATES states of the other chairs; true when there is nothing left to look for. */
bool chairs_run(struct study *st, uint32_t states);
void chairs_done(struct study *st);
/* A slice of looking at states; true when they were all looked at, or cannot be. */
bool study_states(struct study *st, uint32_t states);

void study_find(struct study *st);
/* How many things nobody has been seen to meet. */
uint32_t study_unmet(struct study *st);
struct finding *finding_add(struct study *st, struct finding f);

#endif

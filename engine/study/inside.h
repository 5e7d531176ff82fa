/* inside.h -- what the files of the study share.  Nobody else includes it.
 *
 *   asked.c  what a state consists of, and packing it    solve.c   cycles, bounds, counts
 *   graph.c  the states and what leads where             flow.c    shares of random play
 *   sample.c seeded random plays, levels                 find.c    what a facilitator should look at
 *   path.c   one play out of all                         study.c   the order of it all */
#ifndef STUDY_INSIDE_H
#define STUDY_INSIDE_H

#include "study/study.h"

/* ---- asked.c: states that nothing can tell apart are one ---- */

struct asked {
    uint8_t *fact, *total, *mark; /* by id: can be asked about, or changes what an answer is worth */
    bool turn;
    uint32_t *facts, *totals, *marks; /* those, listed */
    uint32_t n_facts, n_totals, n_marks;
    uint32_t size;               /* bytes of a key, a multiple of 4 */
};

void asked_init(struct asked *a, const struct scenario *s);
void asked_done(struct asked *a);
/* The state at a decision whose offered options are the bits of MASK (from the decision's first option on). */
void key_pack(const struct asked *a, const struct scenario *s, const struct state *st, uint32_t mask, uint8_t *key);
void key_unpack(const struct asked *a, const struct scenario *s, const uint8_t *key, struct state *st);
/* Node and mask of a key; node 0: the beginning. */
uint32_t key_node(const uint8_t *key);
uint32_t key_mask(const uint8_t *key);

/* ---- graph.c ---- */

#define TO_END 0x80000000u   /* + scene: an ending */
#define TO_STUCK 0xc0000000u /* + index of a stuck place */

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
    uint32_t option; /* 0: the play begins */
    uint32_t first;  /* edge; those of a node's actions follow each other */
};

struct vertex {
    uint32_t first; /* action; the actions of all nodes follow each other */
    uint32_t from;  /* edge by which it was found */
};

struct stuck_place {
    uint32_t scene, decision, why;
    uint32_t from; /* edge */
};

struct graph {
    uint8_t *keys;
    struct vertex *nodes;   /* [n + 1] once expanded */
    uint32_t n, cap, cap_keys;
    uint32_t done;          /* nodes whose actions are known */
    struct action *actions; /* [n_actions + 1] */
    uint32_t n_actions, cap_actions;
    struct edge *edges;
    uint32_t n_edges, cap_edges;
    uint32_t *slots;        /* hash table of node + 1 */
    uint32_t n_slots;
    struct odds *odds;      /* [0]: certain */
    uint32_t n_odds, cap_odds;
    int32_t *worths;        /* [n][n_comps + 1], [0] of each their sum; the first is nothing */
    uint32_t n_worths, cap_worths, last_worth;
    struct stuck_place *stuck;
    uint32_t n_stuck, cap_stuck;
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
    struct finding *problems;
    uint32_t n_problems, cap_problems;
};

enum stage { STAGE_EXPAND, STAGE_LATE, STAGE_SOLVE, STAGE_SAMPLE, STAGE_FIND, STAGE_DONE };

struct sampler;

struct study {
    const struct scenario *s;
    struct probe *probe;
    struct study_budget budget;
    struct asked asked;
    struct graph g;
    struct seen seen;
    uint32_t main_nodes;    /* nodes found without any no-answer; the graph proper */
    uint32_t late;          /* next node to be tried with a no-answer */
    uint64_t transitions;
    uint8_t *key;           /* scratch */
    int32_t *worth;         /* scratch, [k] */
    struct road *roads;
    uint32_t n_roads, cap_roads;
    enum stage stage;
    bool full, stopped;     /* not every state was looked at */
    uint32_t k;             /* figures a vector has: competencies + 1 */

    /* solve.c */
    uint32_t *order, *part; /* nodes by component, sinks first; component of a node */
    uint32_t n_parts;
    int32_t *best, *worst;  /* [node][k] */
    double *visits;         /* of random play */

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
    return st->g.worths + (size_t)e->worth * st->k;
}
static inline uint32_t edges_begin(const struct graph *g, uint32_t node) { return g->actions[g->nodes[node].first].first; }
static inline uint32_t edges_end(const struct graph *g, uint32_t node) { return g->actions[g->nodes[node + 1].first].first; }
static inline bool is_node(uint32_t to) { return to < TO_END; }
static inline bool is_ending(uint32_t to) { return to >= TO_END && to < TO_STUCK; }

void graph_init(struct study *st);
void graph_done(struct graph *g);
/* Looks at up to STATES nodes more; false where the budget is spent. */
bool graph_expand(struct study *st, uint32_t states);
/* The same with no-answers, for what only they lead to. */
void graph_late(struct study *st, uint32_t states);
/* The node of a key; UINT32_MAX where there is none. */
uint32_t graph_find(const struct study *st, const uint8_t *key);
size_t graph_memory(const struct study *st);
/* The options offered in what the probe ran last, as a mask. */
uint32_t offered_mask(const struct session *se, const struct scenario *s, uint32_t *decision);
/* The evidence of the answer that the probe ran last. */
void answer_worth(const struct study *st, int32_t *worth);
/* The node and the action that an edge belongs to. */
uint32_t edge_action(const struct graph *g, uint32_t edge);
uint32_t action_node(const struct graph *g, uint32_t action);
/* The answers that lead to EDGE, by the way each node was found first. */
option_id *graph_way(struct study *st, uint32_t edge, uint32_t *n);

/* ---- solve.c, flow.c, sample.c, find.c ---- */

void study_solve(struct study *st);
/* What the edges of ACTION are worth on the average, for figure K. */
double action_worth(const struct study *st, uint32_t action, uint32_t k);
/* Whether the answers of NODE differ for figure K. */
bool node_is_piece(const struct study *st, uint32_t node, uint32_t k);
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

void study_find(struct study *st);
struct finding *finding_add(struct study *st, struct finding f);

#endif

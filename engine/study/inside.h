/* inside.h -- what the files of the study share.  Nobody else includes it.
 *
 *   asked.c  what a state consists of, and packing it    solve.c   cycles, bounds, counts
 *   graph.c  the states and what leads where             flow.c    shares of random play
 *   sample.c seeded random plays, levels                 find.c    what a facilitator should look at
 *   path.c   one play out of all                         study.c   the order of it all
 *   answers.c what may be answered to a decision   reach.c   what the answers of one play did
 *   chairs.c what the other chairs meet
 *   length.c about how long a play is */
#ifndef STUDY_INSIDE_H
#define STUDY_INSIDE_H

#include "study/study.h"

#include <string.h>

/* ---- asked.c: states that nothing can tell apart are one ---- */

enum field_kind { FIELD_SMALL, FIELD_FACT, FIELD_TOTAL, FIELD_WHETHER, FIELD_COUNT, FIELD_TURN };

struct field {
    enum field_kind kind;
    uint32_t id;
};

/* Of the keys of one decision. */
struct layout {
    uint32_t first, n; /* fields */
    uint32_t size;     /* bytes, a multiple of 4 */
};

struct ways {
    uint32_t *v, n, cap;
};

/* Where a state stands, and the first words of its key. */
struct spot {
    uint32_t place; /* a decision that asks; behind all of those, one that the engine has answered; 0: the beginning */
    uint32_t at;    /* the decision's node; HALTED + decision */
    uint32_t how;   /* mask of the options offered; scene or node to go on at, as place_onward */
};
#define HALTED 0x80000000u

/* By place. */
struct asked {
    uint32_t places, words;
    uint64_t *rows;          /* [places][words]: what matters there, a bit each */
    bool shared;             /* one row for all: too many places */
    bool grown;              /* more matters than the layouts hold */
    struct ways *ways;       /* places that steps lead to */
    uint8_t *code_known;
    struct layout *layouts;
    struct field *fields;
    uint32_t n_fields, cap_fields, largest;
};

void asked_init(struct asked *a, const struct scenario *s);
void asked_done(struct asked *a);
/* The step from PLACE that the probe just made, to decision TO (0: none): grown where it asked about more than is kept. */
void asked_watch(struct asked *a, const struct probe *p, uint32_t place, uint32_t to);
/* Lays out keys anew, with all that is known to matter. */
void asked_settle(struct asked *a, const struct scenario *s);
/* Whether any step asked about F. */
bool asked_fact(const struct asked *a, fact_id f);
/* Its size. */
uint32_t key_pack(const struct asked *a, const struct scenario *s, const struct state *st, struct spot spot, uint8_t *key);
void key_unpack(const struct asked *a, const struct scenario *s, const uint8_t *key, struct state *st);
static inline uint32_t key_word(const uint8_t *key, uint32_t i)
{
    uint32_t v;
    memcpy(&v, key + 4 * i, sizeof v);
    return v;
}
struct spot key_spot(const struct scenario *s, const uint8_t *key);
/* Whether somebody is asked there; else the play begins there, or goes on by itself. */
static inline bool key_asks(const uint8_t *key) { return key_word(key, 0) && key_word(key, 0) < HALTED; }
/* The decision asked, or answered by the engine; 0: the beginning. */
uint32_t key_decision(const struct scenario *s, const uint8_t *key);

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

/* What may be answered: an option's number, or MESSAGE + the number of a message (answers.c); 0: it goes on by itself. */
#define MESSAGE 0x80000000u

struct action {
    uint32_t option;
    uint32_t first;  /* edge; those of a node's actions follow each other */
};

struct vertex {
    uint32_t first; /* action; the actions of all nodes follow each other */
    uint32_t key;   /* where it begins in the keys, in words */
    uint32_t from;  /* edge by which it was found */
};

struct stuck_place {
    uint32_t scene, decision, why;
    uint32_t from; /* edge */
};

struct graph {
    uint8_t *keys;
    uint32_t n_keys, cap_key_words; /* words */
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
    struct graph g;
    struct seen seen;
    struct seen met;        /* the same, and what other chairs were seen to do; no problems */
    bool *met_asked;        /* [n_facts + 1]: facts that somebody asked about */
    struct chairs chairs;
    uint32_t main_nodes;    /* nodes found without any no-answer; the graph proper */
    uint32_t late;          /* next node to be tried with a no-answer */
    uint64_t transitions;
    uint32_t slow;          /* scripts that ran until they were stopped: each takes as long as thousands of steps */
    uint8_t *key;           /* scratch */
    uint32_t cap_key;
    uint32_t grown_at;      /* nodes done when a pass learnt that more matters */
    uint32_t passes;
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
    return st->g.worths + (size_t)e->worth * st->k;
}
static inline uint32_t edges_begin(const struct graph *g, uint32_t node) { return g->actions[g->nodes[node].first].first; }
static inline uint32_t edges_end(const struct graph *g, uint32_t node) { return g->actions[g->nodes[node + 1].first].first; }
static inline const uint8_t *key_of(const struct graph *g, uint32_t node) { return g->keys + (size_t)g->nodes[node].key * 4; }
static inline bool node_asks(const struct graph *g, uint32_t node) { return key_asks(key_of(g, node)); }
static inline bool is_node(uint32_t to) { return to < TO_END; }
static inline bool is_ending(uint32_t to) { return to >= TO_END && to < TO_STUCK; }

/* Begins anew, with all that is known to matter by now. */
void graph_begin(struct study *st);
void graph_done(struct graph *g);

/* ---- answers.c: what may be answered to a decision, by its form ---- */

/* The answers at KEY, one after another: *N is the number of the next one, from 0; 0 where there is none left. */
uint32_t answer_next(const struct scenario *s, const uint8_t *key, uint32_t *n);
/* More messages can be made of a decision's slots than anybody can look at. */
bool answers_too_many(const struct scenario *s, const struct decision *d);
enum { SLOTS_OF_MESSAGE = 8 };
/* The parts of message NUMBER of D, which take an empty slot as its last part; how many. */
uint32_t message_parts(const struct scenario *s, const struct decision *d, uint32_t number, uint32_t *parts);
/* The option that an answer to D comes to. */
option_id answer_option(const struct scenario *s, const struct decision *d, uint32_t option);
/* How many pieces of evidence the parts of D are for competency K. */
uint32_t message_pieces(const struct scenario *s, const struct decision *d, uint32_t k);

/* Looks at up to STATES nodes more; false where the budget is spent. */
bool graph_expand(struct study *st, uint32_t states);
/* The same with no-answers, for what only they lead to. */
void graph_late(struct study *st, uint32_t states);
/* The node of a key of SIZE bytes; UINT32_MAX where there is none. */
uint32_t graph_find(const struct study *st, const uint8_t *key, uint32_t size);
size_t graph_memory(const struct study *st);
/* Takes the answer OPTION from the state of KEY, which the probe stands at, or goes on from there. */
const struct state *graph_step(struct study *st, const uint8_t *key, uint32_t option);
/* Where that has led, if neither to an ending nor to a place where it is stuck. */
struct spot graph_spot(const struct study *st, const struct state *now);
/* The options offered in what the probe ran last, as a mask. */
uint32_t offered_mask(const struct session *se, const struct scenario *s, uint32_t *decision);
/* The evidence of the answer that the probe ran last. */
void answer_worth(struct study *st, int32_t *worth);
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

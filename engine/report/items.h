/* items.h -- is the scenario any good?  Item analysis over the first plays of one version (pedagogy.md, 6).
 *
 *     items_begin(&m, words);
 *     store_pieces(s, &filter, items_piece, &m, &fault);        graded answers
 *     store_options(s, &filter, items_option, &m, &fault);      who took what
 *     items_take_outline(&m, &outline);                         words and points
 *     items_end(&m);
 *     items_compose(&m, &doc);
 *
 * Only people who met the same decision are compared, and each figure stands beside their number.  Below 30 people there
 * are counts and nothing else; below five nothing at all. */
#ifndef REPORT_ITEMS_H
#define REPORT_ITEMS_H

#include "report/doc.h"
#include "report/records.h"
#include "wire/client.h"

enum { ITEMS_FIGURES = 30, ITEMS_WEIGHTY = 100, ITEMS_STABLE = 200 };

/* What asks for a second look. */
enum {
    LOOK_HARD = 1,        /* less than .20 of the points on average */
    LOOK_EASY = 2,        /* more than .90 */
    LOOK_WEAK = 4,        /* says little about the rest: below .20 */
    LOOK_KEY = 8,         /* negative: the key may be wrong */
    LOOK_RARE = 16,       /* of an option: below 5 % */
    LOOK_UPSIDE_DOWN = 32 /* of an option that is not the best: high scorers took it more often than low ones did */
};

/* One piece of evidence: a decision, or a slot of a message, for one competency. */
struct items_item {
    struct text decision, slot, competency;
    uint32_t met;            /* people */
    int32_t least, best;     /* points that could be had */
    double share;            /* mean share of points; NAN: not told */
    double rest;             /* correlation with all other pieces of the competency; NAN: not told, or it does not vary */
    uint32_t rest_people;    /* who met others, too */
    unsigned looks;
};

struct items_option {
    struct text option;      /* "decision/option"; empty: no answer in time */
    struct text words;
    int32_t points;          /* of all competencies */
    bool best;
    uint32_t taken;
    uint32_t high, low;      /* of the upper and the lower third */
    unsigned looks;
};

struct items_decision {
    struct text id, prompt;
    uint32_t met;
    uint32_t n_high, n_low;  /* people in the upper and the lower third who met it */
    struct items_option *options;
    uint32_t n_options, cap_options;
};

/* How well a competency is measured, over the decisions that most people met. */
struct items_scale {
    struct text competency, title;
    uint32_t people, items;  /* that it was computed from */
    double alpha, half;      /* NAN: not told */
};

struct items_person {
    int64_t session;
    int64_t over, room;      /* points above chance, and what could be had above it: thousandths, all competencies */
};

struct items_cell {
    uint32_t person, item;
    struct text option;
    int32_t points, best, chance;
};

struct items {
    struct arena arena;
    const struct words *words;
    struct text scenario, version, title;
    int64_t version_id;      /* rows of others are passed over */
    uint32_t people;
    struct items_person *persons;
    struct items_cell *cells;
    struct items_item *items;
    struct items_decision *decisions;
    struct items_scale *scales;
    double *grid;            /* points, by person and item; NAN: not met; once computed */
    uint32_t n_persons, cap_persons, n_cells, cap_cells, n_items, cap_items, n_decisions, cap_decisions, n_scales, cap_scales;
};

void items_begin(struct items *m, const struct words *words);
void items_done(struct items *m);
/* Row functions for the store; SELF is the items.  Sessions of rooms and what trainees placed themselves are passed over. */
bool items_piece(void *self, const struct kept_piece *piece);
bool items_option(void *self, const struct kept_option *option);
/* Words, in order of the scenario. */
void items_take_outline(struct items *m, const struct client_outline *o);
void items_take_info(struct items *m, const struct client_info *info);
/* Computes, once everything was taken. */
void items_end(struct items *m);
/* Whether there are people enough for anything to be told. */
bool items_shows(const struct items *m);

void items_compose(struct items *m, struct doc *d);
void items_json(const struct items *m, struct buf *out);
/* A row an option and competency, and a row a slot of a message. */
void items_csv(const struct items *m, bool mark, struct buf *out);

#endif

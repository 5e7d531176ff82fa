/* cohort.h -- how a group did: counts and shares, never of fewer than five people, never of one.
 *
 * First plays are what a group shows; what was played again is counted apart.  Nothing that anybody wrote is in it.  Rows
 * come from the store, added up there. */
#ifndef REPORT_COHORT_H
#define REPORT_COHORT_H

#include "report/doc.h"
#include "report/records.h"
#include "wire/client.h"

struct cohort_comp {
    struct text id, title;
    struct kept_total first, again; /* texts are not theirs */
    struct kept_move_total *moves;
    struct text *move_titles;
    uint32_t n_moves, cap_moves;
};

struct cohort_ending {
    struct text scenario, title, ending, words; /* words: the ending's title; both are empty where no version is kept */
    enum wire_outcome outcome;
    uint32_t sessions, people;
};

/* Somebody who answered a question: a trainee, or a voter of a room. */
struct cohort_voice {
    int64_t trainee, session;       /* session: where it is a voter */
    uint32_t voter;
    bool heard[WIRE_SURVEY_WHENS];
};

/* Those who answered a question at one time, and the sum of what they said. */
struct cohort_asked {
    uint32_t people;
    int64_t sum;
};

/* Answers to one question of a scale, by when it was asked. */
struct cohort_item {
    struct text scenario, item, words;
    uint32_t steps;
    struct cohort_asked asked[WIRE_SURVEY_WHENS];
    struct cohort_voice *voices;    /* in order */
    uint32_t n_voices, cap_voices;
};

struct cohort {
    struct arena arena;
    const struct words *words;
    struct text name;               /* of the group, as asked for; may be empty */
    uint32_t people, sessions;
    struct cohort_comp *comps;
    uint32_t n_comps, cap_comps;
    struct cohort_ending *endings;
    uint32_t n_endings, cap_endings;
    struct cohort_item *items;
    uint32_t n_items, cap_items;
};

void cohort_begin(struct cohort *c, const struct words *words, struct text name);
void cohort_done(struct cohort *c);

/* Row functions for the store; SELF is the cohort. */
bool cohort_total(void *self, const struct kept_total *t);
bool cohort_move(void *self, const struct kept_move_total *t);
bool cohort_ending_row(void *self, const struct kept_ending *e);
/* Everybody is heard once, before and after: the first answer that comes counts. */
bool cohort_answer(void *self, const struct kept_answer *a);

/* Whether there are people enough for figures over them. */
bool cohort_shows(const struct cohort *c);
/* What things are called, from a scenario that has them. */
void cohort_take_info(struct cohort *c, const struct client_info *info);
void cohort_take_outline(struct cohort *c, struct text scenario, const struct client_outline *outline);

void cohort_compose(struct cohort *c, struct doc *d);
void cohort_json(const struct cohort *c, struct buf *out);
/* A row a competency. */
void cohort_csv(const struct cohort *c, bool mark, struct buf *out);

#endif

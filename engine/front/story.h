/* story.h -- what the engine has shown in a session, kept in two languages, one beat after another.
 *
 * Nothing is taken out again: going back appends what is shown then, as the session appends events, so that whoever counts
 * beats may keep a number.  Texts are clean (phrase.h).  English stands in `en`, Chinese in `zh`; a scenario in another
 * language stands in `en` alone. */
#ifndef FRONT_STORY_H
#define FRONT_STORY_H

#include "base/arena.h"
#include "front/both.h"
#include "wire/client.h"

struct beat {
    enum wire_output kind;
    uint32_t event;
    struct text who, id, at; /* as client_output has them */
    struct both name, words, manner; /* of a lesson: manner is its title; of a listening check: what was said */
    enum wire_form form;
    enum wire_room room;
    enum wire_groups groups;
    enum wire_outcome outcome;
    struct both to;          /* WIRE_OUT_ASK for a message: who is spoken to */
    uint32_t seconds, wanted; /* wanted: own words, about how many */
    bool no_answer, may_be_empty, right, yours;
    int32_t value, from, to_value; /* WIRE_OUT_GAUGE */
    struct both why;         /* WIRE_OUT_COMMENT: moves by name, for the facilitator */
};

/* Zeroed is valid and empty. */
struct story {
    struct arena arena;
    struct beat *v;
    uint32_t n, cap;
};

void story_done(struct story *s);
/* Appends an answer in the language TAG; the number of its first beat. */
uint32_t story_add(struct story *s, const struct client_answer *answer, struct text tag);
/* Puts the same answer in another language beside the beats from FIRST on; false, with nothing put, where it is not the
 * same. */
bool story_beside(struct story *s, uint32_t first, const struct client_answer *answer, struct text tag);

/* T as the one of TAG. */
struct both both_of(struct text tag, struct text t);
/* Words of the program in both languages; and filled in, in A. */
struct both both_tr(const char *english);
struct both both_fill(struct arena *a, const char *english, const struct both args[], uint32_t n);
struct both both_number(struct arena *a, unsigned long n);
/* trn for both: N also fills %1. */
struct both both_count(struct arena *a, const char *one, const char *many, unsigned long n);
struct both both_same(struct text t);

#endif

/* minutes.h -- what remains of a workshop: its path, how the room voted, what it passed by, in one language.
 *
 * No points, no level and no rank of a room, here or in what is written of it; votes by fewer than five say only which
 * option led.  minutes_take_… fill it from what the engine answers; texts are cleaned and copied.
 *
 *     struct minutes m;
 *     minutes_begin(&m, words, lang);
 *     minutes_take_info(&m, &info, role);
 *     minutes_take_debrief(&m, &debrief);
 *     minutes_take_turning(&m, &turning);
 *     minutes_compose(&doc, &m); */
#ifndef REPORT_MINUTES_H
#define REPORT_MINUTES_H

#include "base/words.h"
#include "report/doc.h"
#include "wire/client.h"

enum { MINUTES_FEW = 5 };

struct minutes_option {
    struct text id, words;   /* words: may be empty for a place of a message that was left out */
    uint32_t *votes;         /* by round */
};

/* How a decision was taken. */
struct minutes_vote {
    struct text decision, prompt;
    uint32_t heads;          /* people in the room; 0: not counted */
    uint32_t n_rounds;       /* 0: no vote, the facilitator told */
    uint32_t *hands;         /* by round; NULL: not known */
    struct minutes_option *options;
    uint32_t n_options;
    uint32_t taken;          /* of options, from 1; 0: it is none of them (a message) */
    enum wire_settled settled;
    bool room;               /* a room answered; false: nothing below is known */
};

/* One decision, as it was asked, said and answered. */
struct minutes_turn {
    uint32_t event;
    struct text scene, heard_by, heard, said_manner, said, reaction_by, reaction_manner, reaction, because;
    bool taken_back;         /* the room went back behind it, and answered again */
    struct minutes_vote vote;
};

/* What else could have been said. */
struct minutes_else {
    struct text said, reaction_by, reaction;
    struct text ending;      /* in words: a title, "the same", or that nothing is claimed */
};

struct minutes_turning {
    enum wire_turning kind;
    uint32_t turn;           /* number of the decision, from 0 */
    struct minutes_else *others;
    uint32_t n_others;
};

struct minutes_named {
    struct text name, words;
};

struct minutes {
    struct arena arena;
    const struct words *words;
    struct text lang;        /* a tag */
    struct text title, who;  /* who was played: "Sam, platform team" */
    struct text scenario, version, digest, started, ending, outcome; /* ending: empty where it did not come to one */
    struct minutes_turn *turns;
    uint32_t n_turns;
    struct minutes_turning *turning;
    uint32_t n_turning;
    struct minutes_named *briefs; /* of the others, who kept them to themselves */
    uint32_t n_briefs;
    struct text *questions, *notes;
    uint32_t n_questions, n_notes;
    uint32_t heads;          /* the most that were counted */
};

void minutes_begin(struct minutes *m, const struct words *words, struct text lang);
void minutes_done(struct minutes *m);
void minutes_take_info(struct minutes *m, const struct client_info *info, struct text role);
void minutes_take_debrief(struct minutes *m, const struct client_debrief *d);
/* After the debrief. */
void minutes_take_turning(struct minutes *m, const struct client_turning *t);
/* Whether A and B, in two languages, tell of the same play: every number and list of one is as long in the other. */
bool minutes_same(const struct minutes *a, const struct minutes *b);
/* T cleaned, in the memory of M. */
struct text minutes_keep(struct minutes *m, struct text t);
/* FORM (translated) with up to four texts, in M's memory. */
struct text minutes_fill(struct minutes *m, const char *form, const struct text *args, uint32_t n);

/* ---- what is worth looking back on ---- */

/* All votes of round K (from 0). */
uint32_t minutes_answered(const struct minutes_vote *v, uint32_t k);
/* The option that led round K, from 1; 0: none did alone. */
uint32_t minutes_led(const struct minutes_vote *v, uint32_t k);
/* How far the room moved between its first and last round, in hundredths of the votes; 0 where there was one round. */
uint32_t minutes_moved(const struct minutes_vote *v);
/* Whether no option of the last round had clearly most. */
bool minutes_split(const struct minutes_vote *v);
/* What it was for the room, not yet translated: it changed its mind, was split, or some moved; NULL: none of it. */
const char *minutes_moment(const struct minutes_vote *v);
/* Up to MOST numbers of decisions (from 0) where the room changed its mind or was split, those that moved furthest first;
 * how many. */
uint32_t minutes_moments(const struct minutes *m, uint32_t *out, uint32_t most);

/* ---- writers ---- */

/* For people: appended to D, whose memory it uses; M must outlive D. */
void minutes_compose(struct doc *d, const struct minutes *m);
/* One row a decision, round and option. */
void minutes_csv(const struct minutes *m, struct buf *out);
/* One JSON object a line: the workshop, then each decision. */
void minutes_jsonl(const struct minutes *m, struct buf *out);

#endif

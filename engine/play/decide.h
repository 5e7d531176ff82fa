/* decide.h -- one step while it is being decided.
 *
 * For play/ only: session.c opens a step and keeps or drops it, decide.c and answer.c fill it, code_run.c reads its
 * scratch state.  Scripts see it through step.h. */
#ifndef PLAY_DECIDE_H
#define PLAY_DECIDE_H

#include "play/session.h"
#include "play/step.h"

struct step {
    struct session *se;
    const struct scenario *s;
    struct state *st;    /* the scratch copy: where the play stands after everything recorded so far */
    uint32_t first;      /* number of the step's first event */
    uint32_t problems;   /* recorded in this step */
    size_t texts;        /* length of the session's texts when the open event began */
    bool answering;      /* an answer is being played: score() and go() are allowed */
    bool counts;         /* ... and it is a person's, so that score() is recorded */
    bool spilled;        /* the running script made more effects than one event holds: it fails */
    bool full;           /* the session holds as much as it may: the step fails */
};

/* At most so many effects of scripts, and bytes of their texts, in one event. */
enum { EVENT_ITEMS = 4096, EVENT_TEXTS = 65536, STEP_PROBLEMS = 32, REASON_BYTES = 1024, SESSION_BYTES = 1 << 30 };

/* The log: an event is opened, filled with items, and ends where the next begins.  Both apply at once. */
void step_event(struct step *p, struct event head);
void step_item(struct step *p, struct item it);
/* An item that carries TEXT: ITEM_TEXT or ITEM_REASON. */
void step_text(struct step *p, enum item_kind kind, struct text text);
struct event *step_head(struct step *p); /* the open event; moves when the log grows */
uint32_t step_items(const struct step *p); /* items in it so far */

/* Where a failing script's effects are cut off. */
struct cut {
    size_t log, texts;
};
struct cut step_cut(const struct step *p);
void step_undo(struct step *p, struct cut to);

/* A condition; a failing one is false, with the problem recorded. */
bool step_holds(struct step *p, code_id when);
/* A statement; a failing one has no effect but the problem recorded. */
void step_do(struct step *p, code_id c);
/* A hook of the scenario's scripts, in the same way.  PICKED may be NULL. */
void step_hook(struct step *p, const char *hook, struct text arg, struct text *picked);
/* Values that the texts A and B need, recorded. */
void step_values(struct step *p, words_id a, words_id b);
/* Plays NODES first … first + n - 1 that stand in an option: neither decision nor goto is among them. */
void step_body(struct step *p, uint32_t first, uint32_t n);

/* Plays one node that neither asks nor leaves. */
void step_node(struct step *p, uint32_t node);
/* Goes on from the scene SC until somebody must decide, or the play is over. */
void decide_enter(struct step *p, scene_id sc);
/* Plays the answer O and goes on.  HEAD says who chose it, and how. */
void decide_answer(struct step *p, const struct event *head, const struct item *tally, uint32_t n_tally);

#endif

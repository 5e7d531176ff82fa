/* output.h -- what a front end shows, as data.
 *
 * A function of events and scenario alone: presenting the same events twice gives the same bytes.  Texts keep the marks
 * of mark.h except values, which are filled in. */
#ifndef PLAY_OUTPUT_H
#define PLAY_OUTPUT_H

#include "play/session.h"

enum output_kind {
    OUT_SCENE = 1, /* words: the recap */
    OUT_LESSON,    /* ref: lesson; manner: title; words: paragraphs, an empty line between them */
    OUT_LINE,      /* who, words, manner */
    OUT_NARRATION,
    OUT_NOTE,      /* facilitator only */
    OUT_SAID,      /* who said the chosen option: words, manner; option; yours or the engine's */
    OUT_REACTION,  /* who, words, manner */
    OUT_COMMENT,   /* option; words: because.  Evidence and moves: points, n_points, option */
    OUT_GAUGE,     /* ref: fact shown always; value, from, to; words: label */
    OUT_ASK,       /* decision; who; words: prompt, or what groups report; form; a discussion: from: seconds, to: groups */
    OUT_OPTION,    /* option; words, manner */
    OUT_PROBLEM,   /* err */
    OUT_ENDED,     /* words: title; outcome */
    OUT_STUCK,     /* value: enum stuck */
    OUT_REWOUND,   /* the conversation stands again at an earlier decision, which is asked again: gauges, ask, options */
    OUT_HINT,      /* words: the decision's hint, behind its OUT_ASK; shown on request only */
    OUT_CHECKED,   /* a listening check was answered: words: the answer; manner: what was said; value: 1 where right */
    OUT_QUESTION,  /* of a discussion: words */
    OUT_SLOT,      /* of a message to compose: ref: slot; value: 1 where it may stay empty; OUT_PARTs follow */
    OUT_PART,      /* ref: part; words */
    OUT_WROTE,     /* own words: words */
    OUT_PROPOSED   /* option: what these words may be; words: how it would be put; the best first */
};

struct output {
    uint8_t kind;      /* enum output_kind */
    bool original;     /* words are in the source language: the translation is missing */
    bool yours;        /* OUT_SAID: by the trainee */
    bool again;        /* OUT_SAID, OUT_COMMENT: met before, does not count */
    uint8_t outcome;
    uint8_t form;      /* OUT_ASK, OUT_OPTION: enum decision_form */
    role_id who;
    option_id option;
    struct text words, manner;
    decision_id decision;
    node_id node;      /* where it stands in the scenario, for `at` */
    uint32_t ref;
    int32_t value, from, to;
    uint32_t event;    /* number of the event it comes from */
    uint32_t n_points;
    struct points *points; /* evidence of this answer */
    struct err *err;       /* OUT_PROBLEM */
};

struct outputs {
    struct arena arena; /* texts that had to be filled in */
    struct output *v;
    uint32_t n, cap;
};

void outputs_done(struct outputs *o);
/* The words ID as event N says them in language LANG: values are looked for from its item ITEM on.  In A, or borrowed
 * from the scenario. */
struct text output_words(const struct session *se, uint32_t n, uint32_t item, uint32_t lang, words_id id,
                         struct arena *a);
/* Fills O (emptied first) with what events FROM … n_events - 1 show in language LANG. */
void session_present(const struct session *se, uint32_t from, uint32_t lang, struct outputs *o);

#endif

/* page.h -- what remains of a play: the page a trainee keeps, prints and reads again next week, and the same turn by turn.
 *
 * First the story, then what was seen, no total and no level.  page_take_… fill it from what the engine answers; the
 * texts are cleaned and copied, so that they may be shown anywhere by that sink's own function.  page_compose makes the
 * blocks of doc.h, which are written to a file or shown on a screen.
 *
 *     struct page page;
 *     page_begin(&page, words, lang);
 *     page_take_info(&page, &info, role);
 *     page_take_debrief(&page, &debrief);
 *     page_take_turning(&page, &turning);
 *     page_take_reach(&page, &reach);
 *     page_compose(&page, PAGE_SHORT, &doc);
 *     page_done(&page); */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/words.h"
#include "report/doc.h"
#include "report/shown.h"
#include "wire/client_reach.h"

/* What else could have been said. */
struct page_else {
    struct text option;      /* "decision/option" */
    struct text said_manner, said, reaction_by, reaction_manner, reaction;
    struct text ending;      /* with all else unchanged, in words: a title, "the same", or that nothing is claimed */
    struct text still;       /* the best ending within reach behind it; empty: not known, or the same behind all */
};

/* One decision, as it was said and taken. */
struct page_turn {
    uint32_t event;
    uint32_t number;         /* from 1 */
    struct text scene, prompt;
    struct text heard_by, heard, own, said_manner, said, reaction_by, reaction_manner, reaction, because;
    struct text also;        /* taken back, practised again, placed by oneself; may be empty */
    struct text option;
    struct showed showed;
    bool counted;
    int points;              /* evidence, in the focus */
    bool taken_back;
    uint32_t turning;        /* which turning point it is, from 1; 0: none */
    struct page_else *others;
    uint32_t n_others;
    struct text still;       /* the best ending within reach behind what was said; empty: not known, or the same behind all */
    struct text price;       /* what it cost, in words; may be empty */
};

struct page_turning {
    enum wire_turning kind;
    struct page_turn *turn;
    struct text changed;     /* the ending that one other sentence would have led to */
};

struct page_named {
    struct text name, words;
};

struct page {
    struct arena arena;
    const struct words *words;
    const struct client_info *info;   /* while it is filled */
    struct text lang;                 /* of the conversation, as a tag */
    struct text title, who;           /* who was played: "Sam, platform team" */
    struct text mode, date, taken;    /* in words; may be empty */
    struct text ending, outcome;      /* empty: it did not come to an end */
    struct text carried, missing;     /* the reasons that weigh most; may be empty */
    uint32_t carried_by, missing_by;  /* the numbers of their decisions */
    struct page_turn *turns;
    uint32_t n_turns;
    struct page_turning *turning;
    uint32_t n_turning;
    struct doc seen;                  /* what was seen, composed */
    struct page_named *gauges;        /* how they moved */
    uint32_t n_gauges;
    struct page_named *reach;         /* what the conversation could give, by competency */
    uint32_t n_reach;
    struct text pass;                 /* the pass mark, and whether it was reached; may be empty */
    struct text luck;                 /* what chance took; may be empty */
    struct page_named *briefs;        /* of the others, who kept them to themselves */
    uint32_t n_briefs;
    struct text *notes, *questions;
    uint32_t n_notes, n_questions;
    struct text source;               /* where the scenario comes from; may be empty */
    struct text plus, delta, sentence, where; /* the trainee's own; may be empty */
    struct page_named *answers;       /* to questions asked before and after */
    uint32_t n_answers;
    bool asks;                        /* there is room for their own words, even where nothing was written */
    struct text chair;                /* the command that plays another role; may be empty */
    const struct text *focus;
    uint32_t n_focus;
};

void page_begin(struct page *p, const struct words *words, struct text lang);
void page_done(struct page *p);
/* INFO stays where it is until the page is filled. */
void page_take_info(struct page *p, const struct client_info *info, const struct info_role *role);
void page_take_debrief(struct page *p, const struct client_debrief *d);
/* After the debrief. */
void page_take_turning(struct page *p, const struct client_turning *t);
/* After turning: page_reach.c. */
void page_take_reach(struct page *p, const struct client_reach *r);
/* T cleaned, in the page's memory. */
struct text page_keep(struct page *p, struct text t);
/* R cleaned, without marks. */
struct text page_take(struct page *p, struct runs r);
/* page_seen.c: what was seen, into P->seen. */
void page_take_seen(struct page *p, const struct client_debrief *d);
/* The turn of the EV_CHOSE number EVENT; NULL where it is not told. */
struct page_turn *page_turn_of(struct page *p, uint32_t event);
bool page_in_focus(const struct page *p, struct text competency);

enum page_length {
    PAGE_SHORT, /* one page */
    PAGE_WHOLE, /* turn by turn, too, with every other option */
    PAGE_TURNS  /* only what the whole has and the short one has not */
};

/* Appends the blocks; their words are P's. */
void page_compose(struct page *p, enum page_length length, struct doc *d);
/* The conversation's course, as an SVG element: one dot a decision. */
void page_course(const struct page *p, struct buf *out);

/* ---- what the composers share ---- */

/* "(manner) words" in the brackets of the language; the manner alone where there are no words. */
struct text page_spoken(struct page *p, struct text manner, struct text words);
/* What was said, to stand in quotes: quotes within become single ones. */
struct text page_quoted(struct page *p, struct text said);
/* Date, mode, time: "2026-11-23 · practice · 4 minutes". */
struct text page_circumstances(struct page *p);
/* "You came to an agreement." */
const char *page_outcome(const struct words *w, enum wire_outcome outcome);
/* What it is, and what it is not for. */
const char *page_footer(const struct page *p);
/* page_turns.c */
void page_compose_turning(struct page *p, struct doc *d);
void page_compose_own(struct page *p, struct doc *d);
void page_compose_turns(struct page *p, struct doc *d);

#endif

/* page.h -- the page that remains of a play: what a trainee keeps, prints, and reads again next week.
 *
 * First the story, then what was seen, no total and no level.  page_take_… fill it from what the engine answers; the
 * texts are cleaned and copied, so that they may be shown anywhere by that sink's own function.  The writers are
 * page_text.c, page_markdown.c and page_html.c; page_file.c puts what they write into a file.
 *
 *     struct page page;
 *     page_begin(&page, words, lang);
 *     page_take_info(&page, &info, role);
 *     page_take_debrief(&page, &debrief);
 *     page_take_turning(&page, &turning);
 *     page_html(&page, &out);
 *     page_done(&page); */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/words.h"
#include "wire/client.h"

/* One decision, as it was said and taken. */
struct page_turn {
    uint32_t event;
    uint32_t number;    /* from 1 */
    struct text heard_by, heard, said_manner, said, reaction_by, reaction_manner, reaction, because;
    bool counted;
    int points;         /* evidence, in the scenario's focus */
    bool taken_back;
    uint32_t turning;   /* which turning point it is, from 1; 0: none */
};

/* What else could have been said. */
struct page_else {
    struct text said_manner, said, reaction_by, reaction_manner, reaction;
    struct text ending; /* in words: a title, "the same", or that nothing is claimed */
};

struct page_turning {
    enum wire_turning kind;
    const struct page_turn *turn;
    struct page_else *others;
    uint32_t n_others;
    struct text changed; /* the ending that one other sentence would have led to */
};

struct page_named {
    struct text name, words;
};

struct page {
    struct arena arena;
    const struct words *words;
    struct text lang;                 /* of the conversation, as a tag */
    struct text title, who;           /* who was played: "Sam, platform team" */
    struct text mode, date, taken;    /* in words; may be empty */
    struct text ending, outcome;      /* empty: it did not come to an end */
    struct text carried, missing;     /* the reasons that weigh most; may be empty */
    struct page_turn *turns;
    uint32_t n_turns;
    struct page_turning *turning;
    uint32_t n_turning;
    struct page_named *briefs;        /* of the others, who kept them to themselves */
    uint32_t n_briefs;
    struct text *notes, *questions;
    uint32_t n_notes, n_questions;
    struct text plus, delta, sentence; /* the trainee's own; may be empty */
    struct text chair;                /* the command that plays another role; may be empty */
    const struct text *focus;
    uint32_t n_focus;
};

void page_begin(struct page *p, const struct words *words, struct text lang);
void page_done(struct page *p);
void page_take_info(struct page *p, const struct client_info *info, const struct info_role *role);
void page_take_debrief(struct page *p, const struct client_debrief *d);
/* After the debrief. */
void page_take_turning(struct page *p, const struct client_turning *t);
/* T cleaned, in the page's memory. */
struct text page_keep(struct page *p, struct text t);

/* ---- what the writers share ---- */

/* "(manner) words" in the brackets of the language; the manner alone where there are no words. */
struct text page_spoken(const struct page *p, struct arena *a, struct text manner, struct text words);
/* What a turning point is called, and what would have come of it. */
const char *page_turning_title(const struct page *p, const struct page_turning *t);
struct text page_turning_close(const struct page *p, struct arena *a, const struct page_turning *t);
/* FORM (translated) with %1 and %2, in A. */
struct text page_fill(struct arena *a, const char *form, struct text a1, struct text a2);
/* Date, mode, time: "2026-11-23 · practice · 4 minutes". */
struct text page_circumstances(const struct page *p, struct arena *a);
/* What it is, and what it is not for. */
const char *page_footer(const struct page *p);

/* ---- writers ---- */

void page_text(const struct page *p, struct buf *out);
void page_markdown(const struct page *p, struct buf *out);
void page_html(const struct page *p, struct buf *out);
/* The conversation's course, as an SVG element: one dot a decision. */
void page_course(const struct page *p, struct buf *out);

/* ---- files ---- */

/* Whether PATH ends in .html, .htm, .md or .txt. */
bool page_named_well(const char *path);
/* Writes P as the ending of PATH says: under another name beside it first, for nobody else to read, then in its place.
 * 0, or errno. */
int page_write(const struct page *p, const char *path);

#endif

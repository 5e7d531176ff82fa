/* view.h -- how a conversation looks: a struct of functions, one a kind of thing that is shown.
 *
 * view_term lays it out with a few styles; view_plain uses words only ("Lin: …", "Turn 3 of about 9."), for screen
 * readers, pipes and logs.  All texts are clean, marked as screen.h says.  A view decides nothing: what is shown, and
 * when, is play_screen.c's and debrief_view.c's business. */
#ifndef FRONT_VIEW_H
#define FRONT_VIEW_H

#include "front/screen.h"
#include "report/shown.h"

/* Something said. */
struct speech {
    struct text name;     /* of whoever speaks, "You" for the trainee */
    struct text position; /* shown the first time somebody speaks; may be empty */
    struct text manner;   /* how it is said: the part that is not words; may be empty */
    struct text words;    /* may be empty where the manner says it all */
    bool goes_on;         /* by whoever spoke last, with nothing in between */
    bool original;        /* in the source language, because the translation is missing */
};

struct view {
    /* Before everything: what is played, and a few words beside it. */
    void (*title)(struct screen *s, struct text title, struct text beside);
    void (*speech)(struct screen *s, const struct speech *sp);
    void (*narration)(struct screen *s, struct text words);
    /* A title of its own with paragraphs: a lesson, a role's brief, a help page. */
    void (*page)(struct screen *s, struct text title, const struct text *paragraphs, size_t n);
    void (*gauge)(struct screen *s, struct text label, long value, long from, long to);
    /* A listening check: takes away what stands above, where this view can. */
    void (*hide)(struct screen *s, struct text words);
    bool hides; /* it can: so people must first have read it */
    /* Before the options: what is asked, and which turn it is (0: none; OF 0: unknown). */
    void (*ask)(struct screen *s, struct text prompt, unsigned turn, unsigned of);
    void (*option)(struct screen *s, unsigned number, struct text manner, struct text words);
    /* What an answer showed, and why; ALSO: a last remark, may be empty. */
    void (*comment)(struct screen *s, const struct shown *rows, size_t n, struct text also);
    void (*ending)(struct screen *s, struct text title, struct text outcome);
    /* The program itself speaks. */
    void (*notice)(struct screen *s, struct text words);
    void (*problem)(struct screen *s, struct text words);
    /* A report: a heading, a moment below it (NUMBER 0: without one), a line with a label, a paragraph, an item of a list. */
    void (*heading)(struct screen *s, struct text words);
    void (*moment)(struct screen *s, unsigned number, struct text words);
    void (*labelled)(struct screen *s, struct text label, struct text words);
    void (*paragraph)(struct screen *s, struct text words);
    void (*item)(struct screen *s, struct text words);
    /* What was said, below what it shows. */
    void (*quote)(struct screen *s, struct text words);
    /* A line of a table whose columns stand side by side; NULL where tables are told cell by cell. */
    void (*row)(struct screen *s, struct text cells, bool head);
};

extern const struct view view_term, view_plain;

#endif

/* shown.h -- what an answer showed, one row a competency: "listening +2: reflecting a feeling", and why. */
#ifndef REPORT_SHOWN_H
#define REPORT_SHOWN_H

#include "base/words.h"
#include "wire/client.h"

struct shown {
    struct text competency; /* empty: REASON alone */
    bool counted;           /* POINTS are evidence */
    int points;
    struct text moves;      /* may be empty */
    struct text reason;     /* may be empty; several are lines of it */
};

/* What an answer showed, by competency. */
struct showed {
    struct arena *arena;
    struct shown *rows;
    struct text *ids;
    size_t n;
    struct text also;       /* a last remark, for whoever has one */
};

/* The engine's words for it. */
struct answered {
    const struct answer_points *points;
    uint32_t n_points;
    const struct answer_move *moves;
    uint32_t n_moves;
    const struct answer_reason *reasons;
    uint32_t n_reasons;
};

struct shown_look {
    const struct words *words;
    const struct client_info *info;                           /* titles of competencies */
    struct text (*line)(struct arena *a, struct runs r);      /* cleans names */
    struct text (*sentence)(struct arena *a, struct runs r);  /* cleans reasons */
};

/* Fills SH, in A, with one row for each competency of W: the one its first move belongs to comes first. */
void shown_of(const struct shown_look *look, struct arena *a, const struct answered *w, struct showed *sh);

/* "listening +2: reflecting a feeling", or less of it, in A. */
struct text shown_line(const struct words *words, struct arena *a, const struct shown *row);
/* Appends " +2", " −1", " 0": points behind what they are of. */
void shown_points(struct buf *out, int points);

#endif

/* progress.h -- how one trainee's practice adds up: by competency the evidence so far, choice quality over time, a level where
 * there is enough of it, what is often missed, and the questions asked before and after.
 *
 * First plays are evidence; a conversation played again from the same chair is practice, counted apart.  Reach is of one
 * scenario and is never averaged.  progress_take_… fill it from kept rows, in the order of time; what evidence comes to is
 * the engine's to say (client_judge), and comes in through progress_verdict.
 *
 *     progress_begin(&p, words, name);
 *     store_sessions(…, progress_session, &p, …); store_pieces(…, progress_piece, &p, …); …
 *     for (i …) client_judge(client, &(struct client_evidence){…}, …), progress_verdict(&p, i, &verdict);
 *     progress_compose(&p, &doc); */
#ifndef REPORT_PROGRESS_H
#define REPORT_PROGRESS_H

#include "report/doc.h"
#include "report/practice.h"
#include "report/records.h"
#include "wire/client_judge.h"

enum { PROGRESS_POOL = 5 }; /* pieces that make one point of the course: fewer would be noise */

/* Choice quality of some consecutive pieces. */
struct progress_point {
    int64_t at;               /* of the last conversation in it */
    double got, chance, best;
    uint32_t pieces;
};

struct progress_quote {
    struct text said, scenario;
    int64_t at;
};

/* A move that helps and was often missed, or a flaw that came again. */
struct progress_move {
    struct text id, title;
    bool flaw, mode;
    uint32_t taken, offered;
    struct progress_quote quote; /* what was said instead, or with the flaw; may be empty */
};

struct progress_comp {
    struct text id, title;
    struct judge_piece *pieces;  /* of first plays */
    uint32_t n_pieces, cap_pieces;
    struct progress_point *points;
    uint32_t n_points, cap_points;
    uint32_t sessions;           /* with evidence, first plays */
    uint32_t again_places, again_taken;
    uint32_t self;               /* placed by the trainee: in no number */
    struct text *seats;          /* "scenario role" */
    uint32_t n_seats, cap_seats;
    struct progress_move *moves;
    uint32_t n_moves, cap_moves;
    int64_t last_session;        /* that a piece was taken from, and whether it is a first play */
    bool last_first;
    int64_t last_version;        /* kept_version.id of the newest evidence: whose rubric judges */
    /* What it comes to. */
    bool judged;
    enum wire_says says;
    uint32_t places, taken, level, near;
    bool measured;
    int32_t quality, low, high;
    struct text level_name, near_name, anchor;
};

/* A question asked before, after, and some weeks later. */
struct progress_pair {
    struct text item, words, scenario;
    int32_t before, after, later, steps; /* 0: not answered; later: some weeks on */
};

struct progress {
    struct arena arena;
    const struct words *words;
    struct text name;
    struct progress_comp *comps;
    uint32_t n_comps, cap_comps;
    uint32_t sessions, ended, scenarios;
    struct text *played;             /* scenarios, each once */
    uint32_t cap_played;
    int64_t first, last;
    uint32_t conflicts, fit_taken, fit_offered;
    struct progress_move *modes;     /* of conflicts: taken, of places where they were possible */
    uint32_t n_modes, cap_modes;
    struct progress_pair *pairs;
    uint32_t n_pairs, cap_pairs;
    struct doc next;                 /* what to practise next, composed by whoever knows (report/next.h) */
};

void progress_begin(struct progress *p, const struct words *words, struct text name);
void progress_done(struct progress *p);

/* Row functions for the store; SELF is the progress.  Sessions first, then pieces, moves, conflicts and answers, each with the
 * oldest session first. */
bool progress_session(void *self, const struct kept_session *s);
bool progress_piece(void *self, const struct kept_piece *piece);
bool progress_move(void *self, const struct kept_move *move);
bool progress_conflict(void *self, const struct kept_conflict *c);
bool progress_answer(void *self, const struct kept_answer *a);

/* The evidence of competency I, for the engine; borrowed.  MOVES is filled in P's memory. */
struct client_evidence progress_evidence(struct progress *p, uint32_t i);
void progress_verdict(struct progress *p, uint32_t i, const struct client_verdict *v);
/* Titles of moves and sentences for them, from the look back on a session; the newest session last.  SCENARIO: its title. */
void progress_take_debrief(struct progress *p, const struct client_debrief *d, struct text scenario, int64_t at);
/* The words of the questions that were asked, from a scenario. */
void progress_take_info(struct progress *p, const struct client_info *info);

void progress_compose(struct progress *p, struct doc *d);
/* One JSON object, LF behind it. */
void progress_json(const struct progress *p, struct buf *out);
/* A table with a row a competency; MARK: a byte-order mark at its head. */
void progress_csv(const struct progress *p, bool mark, struct buf *out);

/* What the composers share: a course as eight heights, "▂▄▆", and as an SVG element. */
void progress_spark(const struct progress_comp *c, struct buf *out);
void progress_course(const struct progress *p, const struct progress_comp *c, struct buf *out);
/* Quality of a point in per cent, 0 where it is no better than chance. */
int progress_percent(const struct progress_point *pt);
/* "2026-11-27", in the machine's time zone. */
void progress_day(int64_t at, char out[16]);

#endif

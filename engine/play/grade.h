/* grade.h -- what a session shows of its trainee: pieces of evidence, moves, and no more than they carry.
 *
 * Made from the events and the scenario alone; no script runs.  docs/pedagogy.md, section 5, is the law.  A place
 * (place.h) is a piece of evidence for a competency where what could be chosen there differs in points for it.
 *
 *     quality = (got - chance) / (best - chance)       over all pieces of one competency
 *
 * `chance` is the mean of what was offered, as random clicking gets.  Only the focus of the trainee's role is graded, and what the
 * trainee placed themselves (own words) stays out of every number here; it is counted apart as `self`. */
#ifndef PLAY_GRADE_H
#define PLAY_GRADE_H

#include "play/session.h"

enum {
    GRADE_PIECES_FIRST = 3,  /* fewer: not enough to say */
    GRADE_PIECES_LEVEL = 10, /* from so many on, over GRADE_SEATS scenarios or roles: a level */
    GRADE_SEATS = 2,
    GRADE_HABIT = 2          /* so often the same move: a habit */
};

/* How much may be said. */
enum grade_says { GRADE_NOT_ENOUGH = 1, GRADE_IMPRESSION, GRADE_LEVEL };

struct grade_piece {
    uint32_t event;          /* number of the EV_CHOSE */
    uint32_t slot;           /* of a message; else 0 */
    comp_id comp;
    int8_t got, best;
    double chance;
};

/* Pieces of one competency added up. */
struct grade_sum {
    uint32_t pieces;
    uint32_t taken;          /* pieces where more was got than chance, and more than 0 where that could be had */
    double got, chance, best;
    double quality;          /* 0 where there are no pieces; at or below 0: no better than chance */
    double low, high;        /* of its 80 % interval: grade_add */
};

struct grade_comp {
    comp_id comp;
    struct grade_sum sum;
    uint32_t self;           /* would-be pieces that the trainee placed */
    enum grade_says says;    /* from this session alone: never a level */
};

/* Places where a move could be made, and was; SELF: made in own words, and not among the others. */
struct grade_move {
    uint32_t taken, offered, self;
};

/* A move that helps, and could have been made there. */
struct grade_missed {
    uint32_t event;
    move_id move;
};

/* A place with conflict modes.  Fit is judged where an apt option was among those offered. */
struct grade_conflict {
    uint32_t event;
    bool self, apt_offered;
    uint8_t apt;             /* enum apt of what was taken */
    uint8_t circ;            /* bit set of circumstances that always hold there */
    uint8_t circ_maybe;      /* those that hold on a condition: whether it did is not recorded */
    move_id mode;            /* taken; 0: none */
    move_id *offered;        /* modes that could be taken, each once */
    uint32_t n_offered;
};

/* Feedback put together part by part. */
struct grade_message {
    uint32_t event;
    decision_id decision;
    move_id *given, *missed, *flaws; /* parts of feedback; those that were offered and not given; flaws in it */
    uint32_t n_given, n_missed, n_flaws;
};

/* A step of making good, as it came; a good listening move before all others is one, too. */
struct grade_step {
    uint32_t event;
    move_id move;
};

/* An option that a condition kept away when its decision was first answered. */
struct grade_locked {
    uint32_t event;
    option_id option;
};

struct grade_share {
    uint32_t taken, offered;
};

struct grade {
    struct arena arena;
    const struct scenario *scenario;
    role_id role;
    struct grade_piece *pieces;
    struct grade_comp *comps;            /* the focus, in its order */
    struct grade_move *moves;            /* [rubric.n_moves + 1] */
    struct grade_missed *missed;         /* modes are none of them */
    struct grade_conflict *conflicts;
    struct grade_message *messages;
    struct grade_step *steps;
    struct grade_locked *locked;
    uint32_t n_pieces, n_comps, n_missed, n_conflicts, n_messages, n_steps, n_locked;
    struct grade_share fit;              /* apt options taken, of conflicts where one was offered */
    struct grade_share reflections, questions; /* places, of the listening moves that are one */
    bool listened_first;                 /* a listening move came before any other step of making good */
};

/* Fills G, which need not be initialised; grade_done frees.  SE's scenario must outlive it. */
void session_grade(const struct session *se, struct grade *g);
void grade_done(struct grade *g);

/* Adds up N pieces.  The interval is that of a ratio estimator (Cochran 1977, Sampling Techniques, chapter 6): the spread
 * of (got - chance) - quality * (best - chance) over the pieces, with Student's t for 80 %.  One piece at chance, as
 * heavy as the mean of the others, is added for the interval alone, after the manner of Agresti and Coull (1998,
 * The American Statistician 52): ten best choices in a row are no proof of perfection. */
struct grade_sum grade_add(const struct grade_piece *v, uint32_t n);

/* One competency over several sessions. */
struct grade_verdict {
    struct grade_sum sum;
    uint32_t seats;          /* scenarios and roles with evidence */
    enum grade_says says;
    int level, near;         /* 1…LEVELS; near: the neighbour whose cut the interval crosses; 0: none */
};

/* What N pieces of C come to by the rubric of S, where MOVES ([rubric.n_moves + 1]) were made, in SEATS scenarios and roles.  A
 * level is the highest whose cut is reached and whose anchor's moves were made. */
void grade_level(const struct scenario *s, comp_id c, const struct grade_piece *v, uint32_t n, const bool *moves,
                 uint32_t seats, struct grade_verdict *out);

/* The competency called COMP, over the sessions V that have it in their focus, by the rubric of the last of them.
 * False where none has it. */
bool grade_judge(const struct grade *const *v, uint32_t n, struct text comp, struct grade_verdict *out);

#endif

/* records.h -- what is kept of trainees and their conversations, as models.
 *
 * Stores (record/store.h) fill them; home screens, progress, reports and exports read them, and know no database.  A row
 * that is handed to a function lives until that function returns; what is asked for alone lives in the arena given.
 * Times are milliseconds since 1970 UTC; numbers that are 0 and texts that are empty mean "none".  Ids of rows are of
 * one store only; people and other programs use a session's name. */
#ifndef REPORT_RECORDS_H
#define REPORT_RECORDS_H

#include "wire/files.h"

enum {
    KEPT_NAME_BYTES = 160,     /* of a trainee's name: 1 to 40 columns */
    KEPT_COHORT_LEAST = 5,     /* no mean over fewer people is shown */
    KEPT_SESSION_NAME = 6      /* letters and digits of a session's name */
};

/* Somebody who practises. */
struct kept_trainee {
    int64_t id;
    struct text name;          /* login name, name or pseudonym; unique but for case */
    struct text department, role;
    bool asked;                /* for department and role: asked once, answered or not */
    struct text tags;          /* cohorts, blank-separated: new sessions belong to them */
    int64_t since;
};

/* A scenario as it was when somebody played it, with every file it used. */
struct kept_version {
    int64_t id;
    struct text scenario, version, digest, lang; /* lang: the source language */
};

/* One conversation; its events are the truth, the rest is what they came to. */
struct kept_session {
    int64_t id;
    struct text name;          /* public and short, "k7m3qx" */
    int64_t trainee;           /* 0: a room's */
    struct text trainee_name;
    int64_t version_id;
    struct text scenario, version, digest;
    struct text title;         /* of the scenario, in the filter's language, else the source language */
    struct text origin;        /* where the scenario was found; may be gone */
    struct text roles;         /* blank-separated, the trainee's first */
    enum wire_mode mode;
    struct text lang;          /* it was begun in */
    uint64_t seed;
    int64_t started, last;     /* last: its newest event */
    uint32_t events;
    enum wire_phase phase;     /* and below: at the newest event */
    uint32_t turn;             /* decisions answered, at most 99 */
    struct text ending;        /* id; empty while unfinished */
    enum wire_outcome outcome; /* once graded */
    uint32_t before;           /* conversations of this scenario that this trainee had begun before: 0 is a first play */
    bool shared;               /* the trainee lets others read what they wrote */
    struct text tags;          /* cohorts, blank-separated */
};

/* Which rows are meant.  Zero-initialised: all of them, newest session first. */
enum kept_state { KEPT_ANY, KEPT_UNFINISHED, KEPT_ENDED };
enum kept_order { KEPT_NEWEST_FIRST, KEPT_OLDEST_FIRST };
/* A session may be graded by several keys: that of the version it began with, and later ones (rehearse regrade). */
enum kept_key { KEPT_OWN_KEY, KEPT_NEWEST_KEY, KEPT_EVERY_KEY };

struct kept_filter {
    int64_t session, trainee;
    struct text scenario, tag, department;
    int64_t from, until;       /* started at or after, before */
    enum kept_state state;     /* unfinished: answered at least once, neither ended nor stuck */
    enum wire_mode mode;
    enum kept_key key;         /* of grades */
    bool firsts;               /* first plays only */
    bool written;              /* of words and text answers: those of shared sessions only */
    uint32_t most;             /* rows; 0: all */
    enum kept_order order;
    struct text lang;          /* of titles */
};

/* An event beside what SQL asks about.  What an event has not is empty or 0. */
struct kept_event {
    int64_t session;
    uint32_t n;
    int64_t at;                /* when it was kept */
    struct text kind;          /* "chose" */
    struct text place;         /* entered: scene; ended: ending */
    struct text decision, option, by;
    uint32_t ms;
    bool again, self;
    struct text body;          /* the canonical bytes, without line end; may hold the trainee's own words */
};

/* ---- the trainee's own words that are no events ---- */

enum kept_word_kind {
    KEPT_PLUS = 1,             /* what went well */
    KEPT_DELTA,                /* what to change */
    KEPT_SENTENCE,             /* one sentence to try */
    KEPT_WHERE,                /* where it is to be used */
    KEPT_DAY,                  /* "2026-11-30" */
    KEPT_DID,                  /* whether it was: "yes", "no", "not-yet" */
    KEPT_ANSWERED,             /* what they said */
    KEPT_WORD_KINDS
};

struct kept_words {
    const struct kept_session *session;
    enum kept_word_kind kind;
    uint32_t voter;            /* of a room: who; 0: the trainee */
    int64_t at;
    struct text text;
};

/* The sentence that is to be followed up. */
struct kept_intent {
    int64_t session;
    struct text session_name, scenario, title, sentence, where, day;
    int64_t at;
};

struct kept_answer {
    const struct kept_session *session;
    struct text item;          /* of the scenario's survey */
    enum wire_survey_when when;
    uint32_t voter;
    int64_t at;
    int32_t value;             /* scale: the step, choice: its number, from 1 */
    struct text text;          /* own words */
};

/* ---- grades: derived, and made again at any time ----
 *
 * `key` is the version whose key it was (kept_version.id); `own` where that is the version the session began with. */

struct kept_share {
    uint32_t taken, offered;
};

struct kept_grading {
    const struct kept_session *session;
    int64_t key;
    struct text key_version, key_digest;
    bool own;
    int64_t at;
    uint32_t events;           /* the session had then: fewer than now means it is out of date */
    struct text ending;
    enum wire_outcome outcome;
    struct kept_share fit, reflections, questions;
    bool listened_first;
};

/* What one session shows of one competency. */
struct kept_score {
    const struct kept_session *session;
    int64_t key;
    bool own;
    struct text competency;
    uint32_t places, taken;    /* pieces; those above chance */
    uint32_t self;             /* further ones, placed by the trainee: in no number */
    int32_t got, best, chance; /* chance: thousandths */
};

/* One piece of evidence. */
struct kept_piece {
    const struct kept_session *session;
    int64_t key;
    bool own;
    uint32_t turn;             /* number of the event */
    struct text decision, option, slot, competency; /* option: "decision/option"; slot: "decision/slot" of a message */
    int32_t points, best, chance; /* chance: thousandths */
    bool self;
};

struct kept_move {
    const struct kept_session *session;
    int64_t key;
    bool own;
    struct text competency, move;
    bool flaw, mode;
    uint32_t taken, offered, self;
};

struct kept_conflict {
    const struct kept_session *session;
    int64_t key;
    bool own;
    uint32_t turn;
    struct text decision, mode;
    struct text offered;       /* modes, blank-separated */
    enum wire_apt apt;
    bool self;
};

/* ---- added up inside the database ---- */

/* One trainee and one scenario. */
struct kept_played {
    struct text scenario, title;
    uint32_t begun, ended;
    struct kept_session newest;
};

/* A competency over many sessions, first plays (repeats false) apart from the others. */
struct kept_total {
    struct text competency;
    bool repeats;
    uint32_t people, sessions, places, taken, self;
    int64_t got, best, chance; /* chance: thousandths */
};

/* A move over many sessions. */
struct kept_move_total {
    struct text competency, move;
    bool flaw, mode;
    uint32_t people, taken, offered;
};

/* One option of one decision: how many met it first there, and took it. */
struct kept_option {
    int64_t version_id;
    struct text scenario, version, decision, option;
    uint32_t met, taken, people;
    int64_t ms;                /* of those who took it, added up */
};

/* One ending of one scenario. */
struct kept_ending {
    struct text scenario, ending;
    enum wire_outcome outcome;
    uint32_t sessions, people;
};

/* ---- a room ---- */

struct kept_voter {
    uint32_t voter;            /* from 1 */
    struct text secret;        /* digest of what the phone shows; never the secret itself */
    struct text nick;          /* may be empty */
    struct text lang;
    int64_t joined;
};

struct kept_round {
    uint32_t round;            /* of the session, from 1 */
    uint32_t offered;          /* event that offered */
    struct text decision;
    uint32_t vote;             /* 1: alone, 2: after talking */
    uint32_t heads;            /* people counted in the room */
    int64_t opened, closed;    /* closed 0: still open */
    struct text decided;       /* the option it came to; empty: none */
    struct text how;           /* "votes", "facilitator", "tie" */
};

struct kept_vote {
    uint32_t round, voter;
    struct text option;
    int64_t at;
};

/* Hands are counted, not named. */
struct kept_hands {
    uint32_t round;
    struct text option;
    uint32_t hands;
    int64_t at;
};

#endif

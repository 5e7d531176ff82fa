/* client.h -- the host's side of the engine: requests as functions, answers as structs.
 *
 * Front ends see no JSON and no process.  A client keeps what is needed to lose an engine without losing a word: the
 * files it handed over and every session's events.  An engine that dies or is late is killed and reported; the next call
 * starts another, which loads the same bytes and replays the same events, and runs no script for it.
 *
 *     struct client *c = client_open(&config);
 *     client_load(c, &problems, &fault);
 *     struct client_session *s = client_start(c, &params, &fault);
 *     client_step(s, &(struct client_input){.kind = WIRE_BEGIN}, &answer, &fault);
 *
 * An answer is as foreign as the scenario: every field is checked, and what does not fit ends the engine.  Texts of an
 * answer live until the next call on the same client; they are not cleaned for any sink. */
#ifndef WIRE_CLIENT_H
#define WIRE_CLIENT_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/message.h"
#include "wire/client_grade.h"
#include "wire/client_outline.h"
#include "wire/files.h"
#include "wire/lines.h"
#include "wire/runs.h"
#include "wire/terms.h"

/* ---- what a call came to ---- */

enum client_end {
    CLIENT_OK,
    CLIENT_REFUSED,     /* the engine says why in fault.message, or in fault.word where there is no message */
    CLIENT_STOPPED,     /* the engine died or was late over this request: nothing of it happened */
    CLIENT_AVOIDED,     /* this input has ended two engines: it was not sent again */
    CLIENT_INTERRUPTED, /* the host was asked to stop waiting; nothing of the request happened */
    CLIENT_FAILED       /* no engine can be had */
};

enum client_why {
    WHY_NONE,
    WHY_NOT_FOUND,      /* the engine's program is missing; place: where it should be */
    WHY_NOT_STARTED,    /* the system refused to start it */
    WHY_NO_JAIL,        /* it has no jail, and nobody said --no-jail */
    WHY_VERSION,        /* it is not of this version */
    WHY_LATE,           /* over the deadline */
    WHY_DIED,           /* by a signal, or with a status of its own: a limit or a fault */
    WHY_MEMORY,         /* it ran out of memory */
    WHY_NONSENSE,       /* it answered what no engine of ours would */
    WHY_NOT_RESUMED     /* a new engine would not take the kept events back */
};

struct client_fault {
    enum client_why why;
    struct message message; /* CLIENT_REFUSED: code MSG_NONE where WORD says it */
    struct text word;       /* CLIENT_REFUSED: "bad-request", "not-playable" … */
    struct text place;      /* CLIENT_STOPPED: "file:line:col", or the file alone, of what had been asked for */
    struct text said;       /* the last the engine wrote to standard error; foreign */
    int signal, status;     /* WHY_DIED: one of them */
};

/* ---- opening ---- */

struct client_config {
    const char *engine;         /* the engine's program; NULL: where engine_find finds it */
    bool texts;                 /* client_texts will be asked: load keeps what that needs */
    bool notes;                 /* what is shown holds the facilitator's notes */
    bool no_jail;               /* speak to an engine without a jail: only because the user insists */
    const struct limits *limits; /* NULL: the engine's defaults */
    uint32_t memory;            /* MiB the engine may use; 0: 128 and 8 times the scenario's own file */
    uint32_t deadline;          /* milliseconds a request; 0: 2000 */
    uint32_t load_deadline;     /* the same for load and check; 0: as deadline */
    struct files *files;        /* the scenario; NULL: only what needs none can be asked */
    const struct handed *kept;  /* or what client_handed gave when it was loaded first, instead of files */
    uint32_t n_kept;
    const struct lines_io *io;  /* for tests: speak to this instead of starting a process */
    int watch;                  /* while waiting, interrupted() is asked when this is readable; -1: never */
    bool (*interrupted)(void *self); /* true: stop waiting now */
    void *self;
};

struct client;

/* Never NULL.  The engine is started by the first call, or now by client_ready, which also tells what is wrong with it;
 * call it early: the engine warms up while the host goes on. */
struct client *client_open(const struct client_config *config);
enum client_end client_ready(struct client *c, struct client_fault *fault);
void client_close(struct client *c);
/* What becomes readable when the engine ends between two requests; -1 where none runs. */
int client_descriptor(const struct client *c);
/* Engines started so far after the first. */
uint32_t client_restarts(const struct client *c);
/* "seccomp" or "none". */
const char *client_jail(const struct client *c);
/* The engine's process; 0 where none runs.  For tests. */
int client_pid(const struct client *c);

/* ---- texts: runs.h ---- */

/* The words of R without marks, appended. */
void runs_plain(struct runs r, struct buf *out);

/* ---- loading ---- */

struct client_problems {
    const struct message *v;
    uint32_t n;
    uint32_t errors, warnings, dropped;
    bool playable;
};

/* Loads the scenario of config.files.  What was loaded before, and its sessions, are gone.  CLIENT_OK also where the
 * scenario has errors: look at playable. */
enum client_end client_load(struct client *c, struct client_problems *out, struct client_fault *fault);
/* The same without keeping anything. */
enum client_end client_check(struct client *c, struct client_problems *out, struct client_fault *fault);

/* Of the scenario loaded last; they live until the next load. */
struct client_scenario {
    struct text id, version, digest;
    const struct text *langs; /* the first is the source language */
    uint32_t n_langs;
};
const struct client_scenario *client_scenario(const struct client *c);

/* Everything the engine was given for it, in order; whoever keeps it can load the same scenario again without its files.
 * Borrowed until the next load. */
const struct handed *client_handed(const struct client *c, uint32_t *n);

/* ---- what a scenario says about itself ---- */

struct info_role {
    struct text id;
    struct runs name, position, brief;
    bool playable, brief_at_start;
    const struct text *focus; /* competencies graded in this chair */
    uint32_t n_focus;
};

struct info_competency {
    struct text id;
    struct runs title, summary;
};

struct info_lesson {
    struct text id;
    struct runs title;
    struct text opens;       /* scene; empty: on request only */
    const struct runs *paragraphs;
    uint32_t n_paragraphs;
};

struct info_survey {
    struct text id;
    enum wire_survey_when when;
    enum wire_survey_kind kind; /* 0 in a scenario with errors */
    uint32_t weeks, steps;
    struct runs text, low, high;
    const struct runs *choices;
    uint32_t n_choices;
};

struct client_info {
    struct arena arena;      /* everything below lives here */
    struct text id, version, lang, author, licence, case_source;
    struct runs title, summary, audience, care, case_text;
    const struct runs *objectives, *tags;
    uint32_t n_objectives, n_tags;
    uint32_t minutes, minutes_room;
    uint32_t pass;           /* pass mark on reach in per cent; 0: none */
    bool original;           /* a translation is missing somewhere in it */
    struct info_role *roles;
    struct info_competency *competencies;
    struct info_lesson *lessons;
    struct info_survey *surveys;
    struct runs *questions;
    uint32_t n_roles, n_competencies, n_lessons, n_surveys, n_questions;
    uint32_t scenes, decisions, options;
};

/* The language of S that serves TAG, which may be a locale's name: itself, or one with the same first part; empty where none
 * does. */
struct text client_serving(const struct client_scenario *s, struct text tag);

/* Fills OUT, which need not be initialised, in language LANG (empty: the source language); client_info_done frees. */
enum client_end client_info(struct client *c, struct text lang, struct client_info *out, struct client_fault *fault);
void client_info_done(struct client_info *info);

/* Everything that stands in its scenes, in language LANG: never for somebody who is going to play.  Fills OUT, which need
 * not be initialised; client_outline_done frees. */
enum client_end client_outline(struct client *c, struct text lang, struct client_outline *out, struct client_fault *fault);
void client_outline_done(struct client_outline *outline);

/* A text for translators, in the written form of marks (<em>…</em>); config.texts must have been set. */
struct client_text {
    struct text ctx, words, file;
    uint32_t line;
};
enum client_end client_texts(struct client *c, const struct client_text **v, uint32_t *n, struct client_fault *fault);

/* "schema", "format-doc" or "lua-doc". */
enum client_end client_document(struct client *c, const char *which, struct text *out, struct client_fault *fault);

/* ---- sessions ---- */

struct client_params {
    uint64_t seed;           /* below 2^63 */
    struct text lang;        /* empty: the source language */
    enum wire_mode mode;     /* 0: practice */
    const struct text *roles;
    uint32_t n_roles;        /* 0: the first playable role */
    struct text started;     /* "2026-11-23T16:30:00Z"; may be empty */
};

struct client_session;

/* Told of new events, canonical, one a line, before what they show is handed out.  False: they could not be kept; a
 * step's answer then says so, and client_session_events still has them.  Must not ask anything of the client. */
typedef bool client_keep_fn(void *self, struct client_session *s, struct text events);

/* NULL, with *END and *FAULT, where it cannot be had. */
struct client_session *client_start(struct client *c, const struct client_params *params, client_keep_fn *keep,
                                    void *self, enum client_end *end, struct client_fault *fault);
/* A session from its kept events. */
struct client_session *client_resume(struct client *c, struct text events, client_keep_fn *keep, void *self,
                                     enum client_end *end, struct client_fault *fault);
void client_session_end(struct client_session *s);

/* All events so far, canonical, one a line. */
struct text client_session_events(const struct client_session *s);
uint32_t client_session_n_events(const struct client_session *s);
enum wire_phase client_session_phase(const struct client_session *s);
/* Decisions answered so far, at most 99. */
uint32_t client_session_turn(const struct client_session *s);
/* Number of the event that offered what is open now; 0: nothing is. */
uint32_t client_session_offered(const struct client_session *s);
/* True where OPTION ("decision/option") has ended two engines, and would not be sent: offer the others. */
bool client_session_avoids(const struct client_session *s, struct text option);

/* One round of a room's vote: VOTES for IDS, of them HANDS shown and the others from phones. */
struct client_round {
    const struct text *ids;  /* options; of a message: parts, and slots for a place left empty */
    const uint32_t *votes;
    uint32_t n, hands;
};

struct client_vote {
    uint32_t heads;          /* people in the room; 0: not counted */
    const struct client_round *rounds; /* the last one decided; none: the facilitator told */
    uint32_t n_rounds;
};

struct client_input {
    enum wire_input kind;
    struct text option;      /* WIRE_CHOOSE */
    uint32_t ms;             /* WIRE_CHOOSE, WIRE_NO_ANSWER, WIRE_COMPOSE: time taken */
    uint32_t to;             /* WIRE_REWIND: the event that offered */
    struct text text;        /* WIRE_NOTE, WIRE_WRITE */
    struct text lang;        /* WIRE_LANGUAGE */
    const struct text *parts; /* WIRE_COMPOSE: "decision/slot/part", at most one a slot */
    uint32_t n_parts;
    const struct client_vote *vote; /* WIRE_CHOOSE, WIRE_COMPOSE: a room's; NULL: one person answers */
};

struct answer_points {
    struct text competency;
    int points;
};

struct answer_move {
    struct text move, competency;
    struct runs title;
};

struct client_output {
    enum wire_output kind;
    uint32_t event;          /* number of the event it comes from */
    struct text who;         /* role */
    struct runs name;        /* of that role */
    struct runs text, manner;
    struct runs title;       /* WIRE_OUT_LESSON */
    struct runs hint;        /* WIRE_OUT_OPTION */
    struct text id;          /* scene, lesson, gauge, decision, option ("decision/option"), ending, slot ("decision/slot")
                                or part ("decision/slot/part"), by kind */
    bool yours, again, original, no_answer;
    uint32_t seconds;        /* WIRE_OUT_ASK with no_answer: time to answer; 0: as long as it takes; of a discussion: to talk */
    int32_t value, from, to; /* WIRE_OUT_GAUGE */
    enum wire_form form;     /* WIRE_OUT_ASK */
    enum wire_room room;     /* WIRE_OUT_ASK: as the scenario has it; 0: it does not say */
    enum wire_groups groups; /* WIRE_OUT_ASK of a discussion */
    uint32_t words;          /* WIRE_OUT_ASK for own words: about how many; 0: as many as it takes */
    struct text to_role;     /* WIRE_OUT_ASK for a message: the role spoken to; may be empty */
    struct runs to_name;     /* of that role */
    bool may_be_empty;       /* WIRE_OUT_SLOT */
    struct runs was;         /* WIRE_OUT_CHECKED: what was said; text: what was answered */
    bool right;              /* WIRE_OUT_CHECKED */
    enum wire_outcome outcome;
    enum wire_why_stuck stuck;
    const struct answer_points *points;
    const struct answer_move *moves;
    uint32_t n_points, n_moves;
    struct message problem;  /* WIRE_OUT_PROBLEM */
    struct text at;          /* "file:line:col"; may be empty */
};

struct client_answer {
    const struct client_output *v;
    uint32_t n;
    bool kept;               /* what client_keep_fn said; true where there is none */
};

/* An engine that dies over it is replaced, and the input sent once more, before CLIENT_STOPPED is said. */
enum client_end client_step(struct client_session *s, const struct client_input *in, struct client_answer *out,
                            struct client_fault *fault);
/* What events FROM and later showed, in language LANG (empty: the session's). */
enum client_end client_show(struct client_session *s, uint32_t from, struct text lang, struct client_answer *out,
                            struct client_fault *fault);

/* ---- the debrief ---- */

struct answer_reason {
    struct text competency;  /* may be empty */
    int points;
    struct runs text;
};

/* How a room voted. */
struct turn_option {
    struct text id;          /* option; of a message: part, or slot for a place left empty */
    struct runs text;        /* its words, else its manner; empty: a place left empty */
    const uint32_t *votes;   /* by round */
};

struct turn_vote {
    uint32_t heads;          /* people in the room; 0: not counted */
    uint32_t n_rounds;
    const uint32_t *hands;   /* by round: how many of the votes were hands; NULL: not known */
    struct turn_option *options;
    uint32_t n_options;
    enum wire_settled settled;
};

struct client_turn {
    uint32_t event;
    struct text decision, option; /* option: "decision/option"; empty where nobody answered */
    bool again, taken_back, timed_out;
    bool self;               /* own words, placed by whoever wrote them: evidence, but none for a level */
    struct text own;         /* written before one of the given replies was chosen; may be empty */
    struct runs scene, prompt, heard, heard_by, said, said_manner, reaction, reaction_manner, reaction_by, because;
    const struct answer_points *evidence;
    const struct answer_reason *reasons;
    const struct answer_move *moves;
    uint32_t n_evidence, n_reasons, n_moves;
    const struct turn_vote *vote; /* NULL: no room answered */
};

struct client_gauge {
    struct text id;
    struct runs label;
    int32_t start, value, from, to;
};

struct client_total {
    struct text competency;
    struct runs title;
    int32_t points;
};

struct client_debrief {
    struct client_turn *turns;
    struct client_gauge *gauges;
    struct client_total *totals;
    uint32_t n_turns, n_gauges, n_totals;
    uint32_t again;          /* turns that were practice */
    struct text ending;      /* empty while unfinished */
    struct runs title;
    enum wire_outcome outcome;
    struct client_grades grades;
};

enum client_end client_debrief(struct client_session *s, struct text lang, struct client_debrief *out,
                               struct client_fault *fault);

/* ---- the answers on which it turned ---- */

/* Another option that was offered there, and what would have come of it with all else unchanged. */
struct turning_else {
    struct text option;      /* "decision/option" */
    struct runs said, said_manner, reaction, reaction_manner, reaction_by;
    int32_t points;          /* there and after it, more than there were */
    struct text ending;      /* empty: it leads where nobody answered; nothing is claimed */
    struct runs title;
    enum wire_outcome outcome;
    bool same;               /* the play's own ending */
};

struct turning_turn {
    uint32_t event;          /* of the client_turn */
    enum wire_turning kind;  /* 0 in `all` */
    struct turning_else *others;
    uint32_t n_others;
};

struct client_turning {
    struct turning_turn *v;
    uint32_t n;              /* at most 2; 0: none is claimed */
    struct turning_turn *all; /* where asked for: every answer that had others beside it */
    uint32_t n_all;
};

/* Of a play that has ended.  Asks in slices, so that no request takes long; whoever wants to stop it is heard between. */
enum client_end client_turning(struct client_session *s, struct text lang, bool all, struct client_turning *out,
                               struct client_fault *fault);

/* ---- what a scenario can do ---- */

/* About how many decisions a play has with ROLE played by a person; 0: not known. */
enum client_end client_length(struct client *c, struct text role, uint32_t *decisions, struct client_fault *fault);

struct explore_params {
    const struct text *roles;
    uint32_t n_roles;        /* 0: the first playable role */
    uint64_t seed;           /* of the random plays */
    uint32_t memory;         /* MiB for the study; 0: the engine's default */
    bool all_chairs;         /* what no play meets: only what nobody meets from any playable chair */
    uint32_t plays;          /* random plays; 0: the engine's default */
};

struct explore_progress {
    uint32_t states, open, plays, plays_of;
};

/* Shares are exact, or have the bounds of their 95 % interval. */
struct explore_share {
    double share, low, high;
};

struct explore_level {
    struct explore_share share;
    bool attained, impossible;
};

enum { EXPLORE_LEVELS = 5, EXPLORE_BINS = 10 };

struct explore_score {
    struct text competency;  /* empty: all together */
    struct runs title;
    bool focus;
    int32_t worst, best, luck;
    double mean, quality_random, quality_best;
    int32_t pieces_good;     /* -1: no play comes to an agreed ending, or not known */
    uint32_t bin[EXPLORE_BINS];
    struct explore_level levels[EXPLORE_LEVELS + 1];
};

struct explore_ending {
    struct text ending;
    struct runs title;
    enum wire_outcome outcome;
    bool reached;
    struct explore_share share;
};

struct explore_finding {
    enum wire_finding kind;
    struct text scene, decision, option, other, node, fact, competency, at;
    struct runs title, says, other_says, text, competency_title;
    enum wire_why_stuck why;
    int32_t pieces, level, points, other_points, leaves, other_leaves;
    bool impossible;
    const struct text *moves; /* WIRE_FIND_LEVEL_UNATTAINED, impossible: one of these is needed, and nobody can make any */
    uint32_t n_moves;
    double share;
    struct message problem;  /* WIRE_FIND_SCRIPT_FAILS */
    const struct text *play; /* "decision/option" */
    uint32_t n_play;
};

struct client_explored {
    bool more;               /* not done: PROGRESS tells how far it is */
    struct explore_progress progress;
    enum wire_study kind;
    uint32_t states, sampled, more_findings;
    bool sketch;             /* so few decisions that evidence and levels were not looked at */
    bool chairs_open;        /* another chair was not looked at to its end, so what nobody meets is not known */
    struct text plays;       /* distinct complete plays; empty: more than 2^64, or not known */
    int32_t plays_power;     /* then 10 to the power of this; -1: not known */
    bool unbounded;
    uint32_t shortest, longest;
    double mean_length;
    struct explore_share unended;
    struct explore_score *scores;
    struct explore_ending *endings;
    struct explore_finding *findings;
    uint32_t n_scores, n_endings, n_findings;
};

/* Begins to look at what the scenario loaded can do; with PARAMS NULL goes on.  Looks at about STATES states.  STOP: ends
 * soon, with what is known so far. */
enum client_end client_explore(struct client *c, const struct explore_params *params, uint32_t states, bool stop,
                               struct text lang, struct client_explored *out, struct client_fault *fault);

struct explore_part {
    struct text part;        /* "slot/part" */
    struct runs says;
};

struct explore_step {
    struct text option, who;
    struct runs prompt, says, name;
    bool engine;
    const struct explore_part *parts; /* of a message */
    uint32_t n_parts;
    uint32_t drawn, of;      /* a number that a script has to draw, instead */
    int32_t points, left;
};

struct client_explored_play {
    struct explore_step *v;
    uint32_t n;
    int32_t total;
    struct text ending;
    struct runs title;
};

/* A short play that reaches the best (or worst) total for COMPETENCY (empty: all together), once exploring is done. */
enum client_end client_explore_play(struct client *c, struct text competency, bool worst, struct text lang,
                                    struct client_explored_play *out, struct client_fault *fault);

#endif

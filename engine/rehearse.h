/* rehearse.h -- the only door into the core.
 *
 * A scenario is loaded once and serves any number of sessions; a session is one way through it.  Nothing here opens a
 * file, prints, or asks the time: a reader hands over bytes, the caller hands in seed, time and choices.
 *
 *     struct rehearse_scenario *s = rehearse_load(&reader, NULL, &problems);
 *     struct rehearse_session *p = rehearse_start(s, &(struct session_params){.seed = 7}, &err);
 *     rehearse_step(p, &(struct input){.kind = IN_BEGIN}, &err);
 *     const struct outputs *o = rehearse_show(p, 0);
 *
 * docs/example.c is a whole program.  One thread at a time may use a scenario and its sessions. */
#ifndef REHEARSE_H
#define REHEARSE_H

#include "base/err.h"
#include "base/limits.h"
#include "base/version.h"
#include "play/debrief.h"
#include "play/grade.h"
#include "play/output.h"
#include "play/recast.h"
#include "play/session.h"
#include "play/turning.h"
#include "scenario/mark.h"
#include "scenario/scenario.h"
#include "study/study.h"

/* Once a process, before anything else and before any jail: makes every library do now what it would do lazily. */
void rehearse_warm(void);

struct rehearse_scenario {
    struct scenario *model;     /* never NULL; see its `readable` */
    struct lua_host *lua;
    struct errs problems;       /* sorted by place */
    struct sources *sources;    /* the model's, for places */
    struct arena arena;
    struct outputs outputs;     /* of the session shown last */
};

/* Loads and checks.  LIMITS may be NULL for the defaults.  Never NULL; look at problems.errors before starting. */
struct rehearse_scenario *rehearse_load(const struct reader *reader, const struct limits *limits);
void rehearse_unload(struct rehearse_scenario *s);
/* True where nothing that was found keeps it from being played. */
bool rehearse_playable(const struct rehearse_scenario *s);

struct rehearse_session;

/* A new session; the scenario must be without errors.  NULL with ERR for roles or a language it does not have. */
struct rehearse_session *rehearse_start(struct rehearse_scenario *s, const struct session_params *params, struct err *err);
/* A session from its kept events, one JSON text a line (LF); no script runs.  NULL with ERR where they do not fit. */
struct rehearse_session *rehearse_resume(struct rehearse_scenario *s, struct text events, struct err *err);
void rehearse_end(struct rehearse_session *p);

bool rehearse_step(struct rehearse_session *p, const struct input *in, struct err *err);
/* What events FROM and later show, in the session's language; alive until the next call for any session of the
 * scenario. */
const struct outputs *rehearse_show(struct rehearse_session *p, uint32_t from);
const struct session *rehearse_session_of(const struct rehearse_session *p);

/* ---- the debrief: play/debrief.h ---- */

/* Fills D from the events alone, in language LANG.  debrief_done frees. */
void rehearse_debrief(const struct rehearse_session *p, uint32_t lang, struct debrief *d);

/* ---- the answers on which it turned: play/turning.h ---- */

/* A search over the play's other roads, in language LANG; the scenario must outlive it.  turning_run does the work,
 * turning_free frees. */
struct turning_search *rehearse_turning(const struct rehearse_session *p, uint32_t lang);

/* ---- what it shows of the trainee: play/grade.h ---- */

/* Fills G from the events alone; grade_done frees.  grade_judge looks at several. */
void rehearse_grade(const struct rehearse_session *p, struct grade *g);

/* ---- today's key over an older session: play/recast.h ---- */

/* session_recast, of a scenario that can be played; session_grade looks at what it gives. */
bool rehearse_recast(struct rehearse_scenario *s, struct text events, struct recast *r, struct err *err);

/* ---- what a scenario can do: study/study.h ---- */

/* A study of every play for the roles of PARAMS; the scenario must be without errors and outlive it.  BUDGET may be NULL.
 * NULL with ERR as rehearse_start.  study_run does the work, study_free frees. */
struct study *rehearse_study(struct rehearse_scenario *s, const struct session_params *params,
                             const struct study_budget *budget, struct err *err);

/* About how many decisions a play of these roles has: study_length.  0 also for roles it does not have. */
uint32_t rehearse_length(struct rehearse_scenario *s, const struct session_params *params);

/* ---- what is generated from the tables ---- */

void rehearse_schema(struct buf *out);     /* RELAX NG, XML syntax */
void rehearse_format_doc(struct buf *out); /* the element reference of docs/format.md */
void rehearse_lua_doc(struct buf *out);    /* docs/lua-api.md */

#endif

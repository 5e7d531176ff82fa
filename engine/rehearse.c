/* rehearse.c -- the door: puts the floors of the core together.
 *
 * Owns what a caller cannot: beside the scenario the list of problems, and the outputs of whichever session was shown
 * last, since thousands of sessions may wait at once and one is shown at a time. */
#include "rehearse.h"

#include "base/json.h"
#include "scenario/schema.h"
#include "scenario/xml.h"
#include "script/lua_host.h"

#include <locale.h>
#include <stdlib.h>

/* ---- warm --------------------------------------------------------------------------------------------------------- */

static int by_byte(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

void rehearse_warm(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    json_warm();
    xml_warm();
    lua_host_warm();
    char sorted[64][32] = {0}; /* qsort above 1 KiB asks the system how much memory there is, once */
    qsort(sorted, 64, sizeof sorted[0], by_byte);
}

/* ---- scenarios ---------------------------------------------------------------------------------------------------- */

struct rehearse_scenario *rehearse_load(const struct reader *reader, const struct limits *limits)
{
    struct rehearse_scenario *r = mem_new(sizeof *r);
    *r = (struct rehearse_scenario){0};
    errs_init(&r->problems, &r->arena);
    r->model = scenario_load(reader, limits, &r->problems);
    r->sources = &r->model->sources;
    if (r->model->readable) {
        scenario_check(r->model, &r->problems);
        r->lua = lua_host_new(r->model, &r->problems);
    }
    errs_sort(&r->problems);
    return r;
}

void rehearse_unload(struct rehearse_scenario *r)
{
    if (!r)
        return;
    lua_host_free(r->lua);
    scenario_free(r->model);
    outputs_done(&r->outputs);
    errs_done(&r->problems);
    arena_done(&r->arena);
    free(r);
}

bool rehearse_playable(const struct rehearse_scenario *r)
{
    return r->model->readable && !r->problems.errors && r->lua;
}

/* ---- sessions ----------------------------------------------------------------------------------------------------- */

struct rehearse_session {
    struct session *session;
    struct rehearse_scenario *scenario;
};

static struct rehearse_session *session_hold(struct rehearse_scenario *r, struct session *se)
{
    struct rehearse_session *p = mem_new(sizeof *p);
    *p = (struct rehearse_session){se, r};
    return p;
}

struct rehearse_session *rehearse_start(struct rehearse_scenario *r, const struct session_params *params, struct err *err)
{
    if (!rehearse_playable(r)) {
        err_set(err, MSG_NOT_PLAYABLE, (struct span){0}, (struct text){0}, (struct text){0});
        return NULL;
    }
    if (!session_params_check(r->model, params, err))
        return NULL;
    return session_hold(r, session_new(r->model, lua_host_scorer(r->lua), params));
}

/* What an err says, kept as long as the scenario. */
static void err_keep(struct arena *a, struct err *err)
{
    for (uint32_t i = 0; err && i < ERR_ARGS; i++)
        err->args[i] = text_keep(a, err->args[i]);
}

/* The session that EVENTS tell of; NULL where a line does not fit. */
static struct session *session_of_events(struct rehearse_scenario *r, struct text events, struct arena *a, struct err *err)
{
    struct session_params params;
    struct text line, rest = events;
    if (!text_split(&rest, '\n', &line) || !session_params_parse(r->model, line, a, &params, err)) {
        err_keep(&r->arena, err);
        return NULL;
    }
    struct session *se = session_new(r->model, lua_host_scorer(r->lua), &params);
    bool ok = session_replay(se, line, err);
    while (ok && text_split(&rest, '\n', &line))
        ok = line.len == 0 || session_replay(se, line, err);
    if (ok)
        return se;
    err_keep(&r->arena, err);
    session_free(se);
    return NULL;
}

struct rehearse_session *rehearse_resume(struct rehearse_scenario *r, struct text events, struct err *err)
{
    struct arena a = {0};
    if (!rehearse_playable(r)) {
        err_set(err, MSG_NOT_PLAYABLE, (struct span){0}, (struct text){0}, (struct text){0});
        return NULL;
    }
    struct session *se = session_of_events(r, events, &a, err);
    arena_done(&a);
    return se ? session_hold(r, se) : NULL;
}

bool rehearse_recast(struct rehearse_scenario *s, struct text events, struct recast *r, struct err *err)
{
    *r = (struct recast){0};
    if (!rehearse_playable(s))
        return err_set(err, MSG_NOT_PLAYABLE, (struct span){0}, (struct text){0}, (struct text){0});
    return session_recast(s->model, events, r, err);
}

void rehearse_end(struct rehearse_session *p)
{
    if (!p)
        return;
    session_free(p->session);
    free(p);
}

bool rehearse_step(struct rehearse_session *p, const struct input *in, struct err *err)
{
    return session_step(p->session, in, err);
}

const struct outputs *rehearse_show(struct rehearse_session *p, uint32_t from)
{
    struct outputs *out = &p->scenario->outputs;
    session_present(p->session, from, p->session->lang, out);
    return out;
}

const struct session *rehearse_session_of(const struct rehearse_session *p)
{
    return p->session;
}

void rehearse_debrief(const struct rehearse_session *p, uint32_t lang, struct debrief *d)
{
    session_debrief(p->session, lang, d);
}

struct turning_search *rehearse_turning(const struct rehearse_session *p, uint32_t lang)
{
    return turning_new(p->session, lang);
}

void rehearse_grade(const struct rehearse_session *p, struct grade *g)
{
    session_grade(p->session, g);
}

/* ---- studies ------------------------------------------------------------------------------------------------------ */

struct study *rehearse_study(struct rehearse_scenario *r, const struct session_params *params,
                             const struct study_budget *budget, struct err *err)
{
    if (!rehearse_playable(r)) {
        err_set(err, MSG_NOT_PLAYABLE, (struct span){0}, (struct text){0}, (struct text){0});
        return NULL;
    }
    if (!session_params_check(r->model, params, err))
        return NULL;
    return study_new(r->model, lua_host_scorer(r->lua), params, budget);
}

uint32_t rehearse_length(struct rehearse_scenario *r, const struct session_params *params)
{
    struct err err = {0};
    if (!rehearse_playable(r) || !session_params_check(r->model, params, &err))
        return 0;
    return study_length(r->model, lua_host_scorer(r->lua), params);
}

/* ---- generated documents ------------------------------------------------------------------------------------------ */

void rehearse_lua_doc(struct buf *out)
{
    lua_api_document(out);
}

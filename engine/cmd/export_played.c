/* export_played.c -- conversations for whoever needs to know what was said: choices as rows, and xAPI statements.
 *
 * Each version of a scenario is opened once, and all conversations of it are folded there.  What an engine answers lives until
 * its next answer, so what is needed of two is copied in between. */
#include "cmd/exporting.h"

#include "cmd/version.h"
#include "report/tables.h"
#include "report/xapi.h"
#include "wire/client_reach.h"

#include <stdlib.h>
#include <string.h>

enum { STATES = 20000 };

/* One version, and one conversation of it. */
struct played {
    struct exporting *x;
    struct version version;
    struct text lang;              /* in which words are told */
    struct xapi_scenario scenario; /* for statements */
    struct text explored;          /* the chairs that the engine has explored */
    struct arena arena;            /* of the conversation */
    const struct kept_session *session;
    struct client_session *client;
    struct xapi_event *events;
    uint32_t n_events, cap_events;
};

typedef bool tell_fn(struct played *p, int *status);

/* ---- one conversation ---- */

static bool take_event(void *self, const struct kept_event *e)
{
    struct played *p = self;
    array_room(p->events, p->n_events, p->cap_events);
    p->events[p->n_events++] = (struct xapi_event){e->at, text_keep(&p->arena, e->body)};
    return true;
}

static int engine_fails(struct played *p, const struct client_fault *fault)
{
    struct text why = fault->place.len ? fault->place : fault->word;
    return call_fails(p->x->call, STATUS_ENGINE, N_("the engine does not take the conversation %1 (%2); nothing is exported"),
                      text_keep(&p->arena, p->session->name).at, text_keep(&p->arena, why).at);
}

static bool open_session(struct played *p, int *status)
{
    struct buf lines = {0};
    struct store_fault lost = {0};
    struct client_fault fault = {0};
    enum client_end end = CLIENT_OK;
    p->n_events = 0;
    if (!store_events(p->x->keep.store, p->session->id, 0, take_event, p, &lost)) {
        *status = keep_fails(p->x->call, &lost);
        return false;
    }
    for (uint32_t i = 0; i < p->n_events; i++) {
        buf_text(&lines, p->events[i].body);
        buf_char(&lines, '\n');
    }
    p->client = client_resume(p->version.client, buf_view(&lines), NULL, NULL, &end, &fault);
    buf_done(&lines);
    if (!p->client)
        *status = engine_fails(p, &fault);
    return p->client != NULL;
}

static bool tell_session(struct played *p, tell_fn *tell, int *status)
{
    bool ok = open_session(p, status) && tell(p, status);
    if (p->client)
        client_session_end(p->client);
    p->client = NULL;
    arena_reset(&p->arena);
    return ok;
}

static bool debrief(struct played *p, struct client_debrief *d, int *status)
{
    struct client_fault fault = {0};
    if (client_debrief(p->client, p->lang, d, &fault) == CLIENT_OK)
        return true;
    *status = engine_fails(p, &fault);
    return false;
}

/* ---- choices ---- */

static const struct kept_trainee *trainee_of(const struct played *p)
{
    for (uint32_t i = 0; p->session->trainee && i < p->x->n_trainees; i++)
        if (p->x->trainees[i].id == p->session->trainee)
            return &p->x->trainees[i];
    return NULL;
}

static bool tell_choices(struct played *p, int *status)
{
    struct client_debrief d;
    struct table_row row = {p->session, trainee_of(p), exporting_words(p->x, p->session)};
    struct buf rows = {0};
    int64_t *times = arena_array(&p->arena, int64_t, p->n_events + 1);
    for (uint32_t i = 0; i < p->n_events; i++)
        times[i] = p->events[i].at;
    if (!debrief(p, &d, status))
        return false;
    table_choices(&row, &d, times, p->n_events, &rows);
    bool ok = outfile_write(&p->x->out, buf_view(&rows));
    buf_done(&rows);
    return ok;
}

/* ---- statements ---- */

/* Explores the chairs of the conversation to the end, unless they are explored; false where that cannot be done. */
static bool explore(struct played *p)
{
    struct client_fault fault = {0};
    struct client_explored found = {0};
    struct text roles[8], rest = p->session->roles;
    uint32_t n = 0;
    if (text_eq(p->explored, p->session->roles))
        return true;
    while (n < 8 && text_word(&rest, &roles[n]))
        n++;
    struct explore_params params = {.roles = roles, .n_roles = n, .plays = 1};
    enum client_end end = client_explore(p->version.client, &params, STATES, false, p->lang, &found, &fault);
    while (end == CLIENT_OK && found.more)
        end = client_explore(p->version.client, NULL, STATES, false, p->lang, &found, &fault);
    bool exact = end == CLIENT_OK && found.kind == WIRE_EXACT;
    p->explored = exact ? text_keep(&p->version.arena, p->session->roles) : (struct text){0};
    return exact;
}

/* Whether it reached the scenario's mark: asked for, set, and known. */
static struct xapi_mark mark_of(struct played *p)
{
    struct client_reach r;
    struct client_fault fault = {0};
    struct xapi_mark m = {0};
    if (!call_value(p->x->call, "passed") || !p->scenario.infos[0].pass || p->session->phase != WIRE_ENDED || !explore(p) ||
        client_reach(p->client, p->lang, &r, &fault) != CLIENT_OK || r.fit != WIRE_REACH_KNOWN || !r.pass)
        return m;
    for (uint32_t i = 0; i < r.n_figures; i++)
        if (!r.figures[i].competency.len)
            m = (struct xapi_mark){true, r.passed, r.figures[i].got, r.figures[i].worst, r.figures[i].best};
    return m;
}

static bool tell_statements(struct played *p, int *status)
{
    struct client_debrief d;
    struct buf lines = {0}, home = {0};
    struct xapi_mark mark = mark_of(p);
    if (!debrief(p, &d, status))
        return false;
    struct xapi_session s = {p->session, p->events, p->n_events, &d, mark};
    buf_str(&home, call_value(p->x->call, "home"));
    if (home.at[home.len - 1] != '/')
        buf_char(&home, '/');
    xapi_put(&p->scenario, &s, buf_view(&home), &lines);
    bool ok = outfile_write(&p->x->out, buf_view(&lines));
    buf_done(&lines);
    buf_done(&home);
    return ok;
}

/* What the version says in each of its languages. */
static bool take_scenario(struct played *p)
{
    const struct client_scenario *s = client_scenario(p->version.client);
    struct client_fault fault = {0};
    struct client_info *infos = arena_array(&p->version.arena, struct client_info, s->n_langs + 1);
    struct client_outline *outlines = arena_array(&p->version.arena, struct client_outline, s->n_langs + 1);
    struct text *langs = arena_array(&p->version.arena, struct text, s->n_langs + 1);
    uint32_t n = 0;
    p->scenario = (struct xapi_scenario){.id = text_keep(&p->version.arena, s->id), .version = text_keep(&p->version.arena, s->version),
                                         .digest = text_keep(&p->version.arena, s->digest), .langs = langs, .infos = infos, .outlines = outlines};
    for (bool ok = true; ok && n < s->n_langs; n += ok) {
        langs[n] = text_keep(&p->version.arena, s->langs[n]);
        ok = client_info(p->version.client, langs[n], &infos[n], &fault) == CLIENT_OK;
        if (ok && client_outline(p->version.client, langs[n], &outlines[n], &fault) != CLIENT_OK) {
            client_info_done(&infos[n]);
            ok = false;
        }
        if (!ok)
            break;
    }
    p->scenario.n_langs = n;
    return n == s->n_langs;
}

static void drop_scenario(struct played *p)
{
    for (uint32_t i = 0; i < p->scenario.n_langs; i++) {
        client_info_done((struct client_info *)&p->scenario.infos[i]);
        client_outline_done((struct client_outline *)&p->scenario.outlines[i]);
    }
    p->scenario = (struct xapi_scenario){0};
}

/* ---- all of them, version by version ---- */

static bool tell_version(struct played *p, int64_t id, bool whole, tell_fn *tell, int *status)
{
    struct exporting *x = p->x;
    bool ok = version_open(&p->version, &x->keep, id);
    p->explored = (struct text){0};
    if (ok)
        p->lang = version_lang(p->version.client, x->call->words);
    ok = ok && (!whole || take_scenario(p));
    for (uint32_t i = 0; i < x->n_sessions && *status == STATUS_FINE; i++) {
        if (x->sessions[i].version_id != id)
            continue;
        p->session = &x->sessions[i];
        if (!ok)
            *status = call_fails(x->call, STATUS_ENGINE, N_("the scenario “%1” %2, as it was played, cannot be opened; nothing is exported"),
                                 p->session->scenario.at, p->session->version.at);
        else if (!tell_session(p, tell, status))
            ok = false;
        if (!ok)
            break;
    }
    drop_scenario(p);
    version_close(&p->version);
    return ok;
}

static bool tell_all(struct exporting *x, bool whole, tell_fn *tell, int *status)
{
    struct played p = {.x = x};
    bool ok = true;
    for (uint32_t i = 0; ok && i < x->n_sessions; i++) {
        bool told = false;
        for (uint32_t k = 0; !told && k < i; k++)
            told = x->sessions[k].version_id == x->sessions[i].version_id;
        ok = told || tell_version(&p, x->sessions[i].version_id, whole, tell, status);
    }
    free(p.events);
    arena_done(&p.arena);
    return ok;
}

bool export_choices(struct exporting *x, int *status)
{
    struct buf head = {0};
    table_choices_head(&head);
    bool ok = outfile_write(&x->out, buf_view(&head));
    buf_done(&head);
    return ok && tell_all(x, false, tell_choices, status);
}

bool export_statements(struct exporting *x, int *status) { return tell_all(x, true, tell_statements, status); }

/* import_check.c -- every scenario and every event through the engine, which alone knows whether they fit.
 *
 * The engine is jailed here as it is for any scenario from a stranger, and what it finds on the way, where each session
 * stands and what it shows of its trainee, is kept for writing. */
#include "record/import_inside.h"

#include "record/grading.h"
#include "record/titles.h"
#include "wire/client_event.h"

#include <stdlib.h>

struct checking {
    struct import *m;
    struct import_fault *fault;
    struct client *client;
};

static bool fails(struct checking *c, uint64_t line, const char *form, struct text arg)
{
    return import_fails(c->fault, line, form, text_keep(&c->m->arena, arg), (struct text){0});
}

/* What the engine said, kept beyond its next answer.  LINE: what was asked about. */
static bool engine_fails(struct checking *c, enum client_end end, const struct client_fault *f, uint64_t line)
{
    struct arena *a = &c->m->arena;
    if (f->why == WHY_NO_JAIL)
        return fails(c, 0, N_("this system cannot shut the engine in; --no-jail imports all the same, from those you trust"), (struct text){0});
    if (end == CLIENT_FAILED)
        return fails(c, 0, N_("the engine cannot be started: %1"), f->place);
    if (end != CLIENT_REFUSED)
        return fails(c, line, N_("the engine was stopped over it (%1)"), f->place);
    c->fault->message = (struct message){.code = f->message.code};
    for (int i = 0; i < ERR_ARGS; i++)
        c->fault->message.args[i] = text_keep(a, f->message.args[i]);
    return fails(c, line, f->message.code == MSG_NONE ? N_("the engine does not take it (%1)") : N_("the engine does not take it"), f->word);
}

/* ---- a scenario ---- */

static bool same_titles(struct checking *c, const struct import_version *v)
{
    struct arena a = {0};
    uint32_t n;
    const struct kept_title *titles = titles_take(c->client, &a, &n);
    bool same = n == v->n_titles;
    for (uint32_t i = 0; same && i < n; i++) {
        bool found = false;
        for (uint32_t k = 0; !found && k < n; k++)
            found = text_eq(titles[i].lang, v->titles[k].lang) && text_eq(titles[i].title, v->titles[k].title);
        same = found;
    }
    arena_done(&a);
    return same;
}

static bool load(struct checking *c, const struct import_version *v)
{
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    enum client_end end = client_load(c->client, &problems, &fault);
    if (end != CLIENT_OK)
        return engine_fails(c, end, &fault, v->line);
    if (!problems.playable)
        return fails(c, v->line, N_("the scenario “%1” has errors"), v->kept.scenario);
    const struct client_scenario *s = client_scenario(c->client);
    bool same = text_eq(s->digest, v->kept.digest) && text_eq(s->id, v->kept.scenario) && text_eq(s->version, v->kept.version) &&
                s->n_langs && text_eq(s->langs[0], v->kept.lang);
    if (!same || !same_titles(c, v))
        return fails(c, v->line, N_("the files are not those of the scenario “%1” with this digest"), v->kept.scenario);
    return true;
}

/* ---- a session ---- */

/* The line of the event that a message is about: its number is the second argument. */
static uint64_t event_line(const struct import_session *s, const struct message *m)
{
    long n = -1;
    for (int i = 0; i < ERR_ARGS; i++)
        if (text_int(m->args[i], 0, (long)s->events.n - 1, &n))
            return s->events.v[n].line;
    return s->line;
}

/* What stands in the first event stands in the session, too. */
static bool same_beginning(struct checking *c, const struct import_session *s)
{
    struct arena a = {0};
    struct client_event e;
    const struct kept_session *k = &s->kept;
    bool same = client_event_read(&a, s->events.v[0].text, &e) && text_eq(e.roles, k->roles) && e.mode == k->mode &&
                text_eq(e.lang, k->lang) && e.seed == k->seed;
    arena_done(&a);
    return same || fails(c, s->line, N_("the conversation and its first event do not say the same"), (struct text){0});
}

static struct text kept_text(struct checking *c, struct text t) { return text_keep(&c->m->arena, t); }

/* The rows of G, which borrow from an answer, copied. */
static void keep_grades(struct checking *c, struct import_session *s, const struct store_grades *g)
{
    struct arena *a = &c->m->arena;
    struct kept_score *scores = arena_array(a, struct kept_score, g->n_scores + 1);
    struct kept_piece *pieces = arena_array(a, struct kept_piece, g->n_pieces + 1);
    struct kept_move *moves = arena_array(a, struct kept_move, g->n_moves + 1);
    struct kept_conflict *conflicts = arena_array(a, struct kept_conflict, g->n_conflicts + 1);
    for (uint32_t i = 0; i < g->n_scores; i++) {
        scores[i] = g->scores[i];
        scores[i].competency = kept_text(c, scores[i].competency);
    }
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        pieces[i] = g->pieces[i];
        pieces[i].decision = kept_text(c, pieces[i].decision);
        pieces[i].option = kept_text(c, pieces[i].option);
        pieces[i].slot = kept_text(c, pieces[i].slot);
        pieces[i].competency = kept_text(c, pieces[i].competency);
    }
    for (uint32_t i = 0; i < g->n_moves; i++) {
        moves[i] = g->moves[i];
        moves[i].competency = kept_text(c, moves[i].competency);
        moves[i].move = kept_text(c, moves[i].move);
    }
    for (uint32_t i = 0; i < g->n_conflicts; i++) {
        conflicts[i] = g->conflicts[i];
        conflicts[i].decision = kept_text(c, conflicts[i].decision);
        conflicts[i].mode = kept_text(c, conflicts[i].mode);
        conflicts[i].offered = kept_text(c, conflicts[i].offered);
    }
    s->grades = *g;
    s->grades.grading.ending = kept_text(c, g->grading.ending);
    s->grades.scores = scores;
    s->grades.pieces = pieces;
    s->grades.moves = moves;
    s->grades.conflicts = conflicts;
}

static bool take_grades(struct checking *c, struct import_session *s, struct client_session *se)
{
    struct arena a = {0};
    struct client_debrief d = {0};
    struct client_fault fault = {0};
    struct store_grades grades;
    enum client_end end = client_debrief(se, (struct text){0}, &d, &fault);
    if (end == CLIENT_OK) {
        grading_take(&d, s->events.n, s->events.v[s->events.n - 1].at, &a, &grades);
        keep_grades(c, s, &grades);
    }
    arena_done(&a);
    return end == CLIENT_OK || engine_fails(c, end, &fault, s->line);
}

static bool check_session(struct checking *c, struct import_session *s)
{
    struct buf events = {0};
    struct client_fault fault = {0};
    enum client_end end = CLIENT_OK;
    for (uint32_t i = 0; i < s->events.n; i++) {
        buf_text(&events, s->events.v[i].text);
        buf_char(&events, '\n');
    }
    struct client_session *se = client_resume(c->client, buf_view(&events), NULL, NULL, &end, &fault);
    buf_done(&events);
    if (!se) {
        engine_fails(c, end, &fault, s->line);
        if (end == CLIENT_REFUSED)
            c->fault->line = event_line(s, &c->fault->message);
        return false;
    }
    s->phase = client_session_phase(se);
    s->turn = client_session_turn(se);
    bool ok = same_beginning(c, s) && (!s->turn || take_grades(c, s, se));
    client_session_end(se);
    return ok;
}

/* What stands beside the events is read once more when it is written; that it fits is seen here. */
static bool check_version(struct checking *c, uint32_t version, bool no_jail)
{
    const struct import_version *v = &c->m->versions[version];
    struct client_config config = {.kept = v->files, .n_kept = v->n_files, .watch = -1, .no_jail = no_jail};
    c->client = client_open(&config);
    bool ok = load(c, v);
    for (uint32_t i = 0; ok && i < c->m->n_sessions; i++)
        if (c->m->sessions[i].version == version)
            ok = check_session(c, &c->m->sessions[i]);
    client_close(c->client);
    return ok;
}

bool import_check(struct import *m, bool no_jail, struct import_fault *fault)
{
    struct checking c = {.m = m, .fault = fault};
    bool ok = true;
    *fault = (struct import_fault){0};
    for (uint32_t i = 0; ok && i < m->n_versions; i++)
        ok = check_version(&c, i, no_jail);
    return ok;
}

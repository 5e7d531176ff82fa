/* grader.c -- events out of the store, grades into it, the engine in between. */
#include "record/grader.h"

#include "record/grading.h"
#include "record/version_keep.h"

#include <stdlib.h>

struct grader {
    struct store *store;
    const char *engine;
    bool no_jail;
    struct arena files;    /* of the version that is loaded */
    struct client *client;
    int64_t version;       /* 0: none */
    bool playable;
};

struct grader *grader_open(struct store *s, const char *engine, bool no_jail)
{
    struct grader *g = mem_new(sizeof *g);
    *g = (struct grader){.store = s, .engine = engine, .no_jail = no_jail};
    return g;
}

void grader_close(struct grader *g)
{
    client_close(g->client);
    arena_done(&g->files);
    free(g);
}

/* An engine with VERSION; false with F, or where it cannot be played by this one. */
static bool load(struct grader *g, int64_t version, struct store_fault *f)
{
    struct client_problems problems = {0};
    struct client_fault fault;
    uint32_t n;
    if (g->version == version)
        return g->playable;
    client_close(g->client);
    g->client = NULL;
    g->version = 0;
    arena_done(&g->files);
    const struct handed *files = version_files(g->store, version, &g->files, &n, f);
    if (!files)
        return false;
    g->client = client_open(&(struct client_config){.engine = g->engine, .no_jail = g->no_jail, .watch = -1, .kept = files, .n_kept = n});
    g->playable = client_load(g->client, &problems, &fault) == CLIENT_OK && problems.playable;
    g->version = version;
    return g->playable;
}

bool grader_own(struct grader *g, const struct kept_session *session, int64_t now, struct store_fault *f)
{
    struct arena a = {0};
    struct buf events = {0};
    struct client_debrief d;
    struct client_fault fault;
    struct store_grades grades;
    enum client_end end;
    bool ok = load(g, session->version_id, f) && store_events_text(g->store, session->id, &events, f);
    struct client_session *s = ok ? client_resume(g->client, buf_view(&events), NULL, NULL, &end, &fault) : NULL;
    ok = s && client_debrief(s, (struct text){0}, &d, &fault) == CLIENT_OK;
    if (ok) {
        grading_take(&d, client_session_n_events(s), now, &a, &grades);
        ok = store_grade(g->store, session->id, session->version_id, &grades, f);
    }
    client_session_end(s);
    buf_done(&events);
    arena_done(&a);
    return ok;
}

/* ---- what is missing ---- */

struct listing {
    struct kept_session *v;
    uint32_t n, cap;
};

static bool list(void *self, const struct kept_session *s)
{
    struct listing *l = self;
    array_room(l->v, l->n, l->cap);
    l->v[l->n++] = (struct kept_session){.id = s->id, .version_id = s->version_id};
    return true;
}

static int by_version(const void *a, const void *b)
{
    const struct kept_session *x = a, *y = b;
    if (x->version_id != y->version_id)
        return x->version_id < y->version_id ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

bool grader_missing(struct grader *g, const struct kept_filter *filter, int64_t now, uint32_t *n, struct store_fault *f)
{
    struct listing l = {0};
    struct store_fault own = {0};
    f = f ? f : &own;
    *n = 0;
    bool ok = store_ungraded(g->store, filter, list, &l, f);
    if (ok && l.n)
        qsort(l.v, l.n, sizeof *l.v, by_version);
    for (uint32_t i = 0; ok && i < l.n; i++) {
        *f = (struct store_fault){0};
        if (grader_own(g, &l.v[i], now, f))
            ++*n;
        else
            ok = f->why == STORE_FINE;
    }
    free(l.v);
    return ok;
}

/* ---- today's key ---- */

/* A regrade as a debrief that has no more than what grading_take asks for. */
static struct client_debrief told(const struct client_regrade *r, struct arena *a)
{
    struct client_debrief d = {.grades = r->grades, .n_turns = r->n_turns};
    d.turns = arena_array(a, struct client_turn, r->n_turns + 1);
    for (uint32_t i = 0; i < r->n_turns; i++)
        d.turns[i] = (struct client_turn){.event = r->turns[i].event, .decision = r->turns[i].decision, .option = r->turns[i].option};
    return d;
}

bool grader_again(struct grader *g, const struct kept_session *session, struct client *today, int64_t key, struct text lang,
                  int64_t now, struct client_regrade *out, struct store_fault *f, struct client_fault *fault)
{
    struct arena a = {0};
    struct buf events = {0};
    struct store_grades grades;
    bool ok = store_events_text(g->store, session->id, &events, f) &&
              client_regrade(today, buf_view(&events), lang, out, fault) == CLIENT_OK;
    if (ok) {
        struct client_debrief d = told(out, &a);
        grading_take(&d, session->events, now, &a, &grades);
        grades.grading.ending = session->ending;
        grades.grading.outcome = session->outcome;
        ok = store_grade(g->store, session->id, key, &grades, f);
    }
    buf_done(&events);
    arena_done(&a);
    return ok;
}

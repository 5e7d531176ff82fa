/* store_sessions.c -- which sessions a filter means, and reading them.
 *
 * Rows of other tables name their session by its id; found_sessions has read those before, once each, so that a piece of
 * evidence costs no more than its own columns. */
#include "record/store_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is asked for ---- */

void query_session(struct query *q, struct text lang)
{
    query_with(q, "SELECT s.id AS id, s.name AS name, s.trainee AS trainee, t.name AS trainee_name, v.id AS version_id,"
                  " v.scenario AS scenario, v.version AS version, v.digest AS digest,"
                  " COALESCE((SELECT title FROM titles WHERE version = v.id AND lang = ?),"
                  " (SELECT title FROM titles WHERE version = v.id AND lang = v.lang), '') AS title,", sql_text(lang));
    query_add(q, " s.origin AS origin, s.roles AS roles, s.mode AS mode, s.lang AS lang, s.seed AS seed,"
                 " s.started AS started, s.last AS last, s.events AS events, s.phase AS phase, s.turn AS turn,"
                 " s.ending AS ending, s.outcome AS outcome, s.earlier AS earlier, s.shared AS shared, s.tags AS tags");
}

static void filter_key(struct query *q, enum kept_key key, const char *rows)
{
    if (key == KEPT_EVERY_KEY)
        return;
    query_add(q, " AND ");
    query_add(q, rows);
    query_add(q, key == KEPT_OWN_KEY ? ".key = s.version" : ".key = s.graded");
}

void query_filter(struct query *q, const struct kept_filter *filter, const char *rows)
{
    query_add(q, " WHERE 1 = 1");
    if (filter->session)
        query_with(q, " AND s.id = ?", sql_int(filter->session));
    if (filter->trainee)
        query_with(q, " AND s.trainee = ?", sql_int(filter->trainee));
    if (filter->scenario.len)
        query_with(q, " AND v.scenario = ?", sql_text(filter->scenario));
    if (filter->department.len)
        query_with(q, " AND t.department = ?", sql_text(filter->department));
    if (filter->tag.len)
        query_with(q, " AND EXISTS (SELECT 1 FROM session_tags g WHERE g.session = s.id AND g.tag = ?)",
                   sql_text(filter->tag));
    if (filter->from)
        query_with(q, " AND s.started >= ?", sql_int(filter->from));
    if (filter->until)
        query_with(q, " AND s.started < ?", sql_int(filter->until));
    if (filter->mode)
        query_with(q, " AND s.mode = ?", sql_int(filter->mode));
    if (filter->state == KEPT_UNFINISHED)
        query_with(q, " AND s.turn > 0 AND s.phase < ?", sql_int(WIRE_ENDED));
    if (filter->state == KEPT_ENDED)
        query_with(q, " AND s.phase = ?", sql_int(WIRE_ENDED));
    if (filter->firsts)
        query_add(q, " AND s.earlier = 0");
    if (rows)
        filter_key(q, filter->key, rows);
}

void query_order(struct query *q, const struct kept_filter *filter, const char *then)
{
    query_add(q, filter->order == KEPT_OLDEST_FIRST ? " ORDER BY s.started, s.id" : " ORDER BY s.started DESC, s.id DESC");
    query_add(q, then);
    if (filter->most)
        query_with(q, " LIMIT ?", sql_int(filter->most));
}

/* ---- what comes ---- */

void session_read(struct row *r, struct kept_session *s)
{
    *s = (struct kept_session){.id = row_int(r)};
    s->name = row_text(r);
    s->trainee = row_int(r);
    s->trainee_name = row_text(r);
    s->version_id = row_int(r);
    s->scenario = row_text(r);
    s->version = row_text(r);
    s->digest = row_text(r);
    s->title = row_text(r);
    s->origin = row_text(r);
    s->roles = row_text(r);
    s->mode = (enum wire_mode)row_count(r);
    s->lang = row_text(r);
    s->seed = (uint64_t)row_int(r);
    s->started = row_int(r);
    s->last = row_int(r);
    s->events = row_count(r);
    s->phase = (enum wire_phase)row_count(r);
    s->turn = row_count(r);
    s->ending = row_text(r);
    s->outcome = (enum wire_outcome)row_count(r);
    s->before = row_count(r);
    s->shared = row_int(r) != 0;
    s->tags = row_text(r);
}

void session_keep(struct arena *a, struct kept_session *s)
{
    struct text *const texts[] = {&s->name,   &s->trainee_name, &s->scenario, &s->version, &s->digest, &s->title,
                                  &s->origin, &s->roles,        &s->lang,     &s->ending,  &s->tags};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_keep(a, *texts[i]);
}

/* ---- one, by its name ---- */

/* NAME as it is kept: small letters and digits of Crockford's base 32, without what people put between. */
static size_t name_fold(struct text name, char out[KEPT_SESSION_NAME + 1])
{
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (c == ' ' || c == '-')
            continue;
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
        if (n == KEPT_SESSION_NAME)
            return 0;
        out[n++] = c;
    }
    out[n] = '\0';
    return n;
}

struct wanted {
    struct arena *a;
    struct kept_session *out;
};

static bool take_session(void *self, const struct sql_value *v, uint32_t n)
{
    struct wanted *w = self;
    struct row r = {v, n, 0};
    session_read(&r, w->out);
    session_keep(w->a, w->out);
    return false;
}

bool store_session(struct store *s, struct text name, struct text lang, struct arena *a, struct kept_session *out,
                   struct store_fault *f)
{
    char folded[KEPT_SESSION_NAME + 1];
    struct wanted w = {a, out};
    *out = (struct kept_session){0};
    if (name_fold(name, folded)) {
        struct query q = {0};
        query_session(&q, lang);
        query_add(&q, SESSION_TABLES);
        query_with(&q, "WHERE s.name = ?", sql_text(text_of(folded)));
        if (!query_run(s, &q, take_session, &w, f))
            return false;
    }
    if (out->id)
        return true;
    char said[64];
    snprintf(said, sizeof said, "%.*s", (int)(name.len < 60 ? name.len : 60), name.at ? name.at : "");
    store_fault_place(f, said);
    return store_fails(f, STORE_MISSING, "");
}

/* ---- many ---- */

struct listing {
    store_session_fn *fn;
    void *self;
};

static bool list_session(void *self, const struct sql_value *v, uint32_t n)
{
    struct listing *l = self;
    struct row r = {v, n, 0};
    struct kept_session s;
    session_read(&r, &s);
    return l->fn(l->self, &s);
}

/* MORE: a further condition, or empty. */
static bool list(struct store *s, const struct kept_filter *filter, const char *more, store_session_fn *fn, void *self,
                 struct store_fault *f)
{
    struct listing l = {fn, self};
    struct query q = {0};
    query_session(&q, filter->lang);
    query_add(&q, SESSION_TABLES);
    query_filter(&q, filter, NULL);
    query_add(&q, more);
    query_order(&q, filter, "");
    return query_run(s, &q, list_session, &l, f);
}

bool store_sessions(struct store *s, const struct kept_filter *filter, store_session_fn *fn, void *self,
                    struct store_fault *f)
{
    return list(s, filter, "", fn, self, f);
}

bool store_ungraded(struct store *s, const struct kept_filter *filter, store_session_fn *fn, void *self,
                    struct store_fault *f)
{
    return list(s, filter, " AND s.turn > 0 AND NOT EXISTS (SELECT 1 FROM gradings g WHERE g.session = s.id AND"
                           " g.key = s.version AND g.events >= s.events)", fn, self, f);
}

/* ---- the sessions that rows belong to ---- */

static bool find_session(void *self, const struct kept_session *s)
{
    struct found *found = self;
    array_room(found->v, found->n, found->cap);
    found->v[found->n] = *s;
    session_keep(&found->arena, &found->v[found->n++]);
    return true;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct kept_session *)a)->id, y = ((const struct kept_session *)b)->id;
    return x < y ? -1 : x > y;
}

bool found_sessions(struct store *s, const struct kept_filter *filter, struct found *out, struct store_fault *f)
{
    struct kept_filter all = *filter;
    all.most = 0;
    *out = (struct found){0};
    bool ok = store_sessions(s, &all, find_session, out, f);
    if (ok && out->n)
        qsort(out->v, out->n, sizeof *out->v, by_id);
    if (!ok)
        found_done(out);
    return ok;
}

const struct kept_session *found_at(const struct found *found, int64_t id)
{
    struct kept_session wanted = {.id = id};
    return found->n ? bsearch(&wanted, found->v, found->n, sizeof *found->v, by_id) : NULL;
}

void found_done(struct found *found)
{
    arena_done(&found->arena);
    free(found->v);
    *found = (struct found){0};
}

/* ---- what a trainee played ---- */

struct playing {
    store_played_fn *fn;
    void *self;
};

static bool list_played(void *self, const struct sql_value *v, uint32_t n)
{
    struct playing *p = self;
    struct row r = {v, n, 0};
    struct kept_played played = {0};
    session_read(&r, &played.newest);
    r.i++; /* its place */
    played.begun = row_count(&r);
    played.ended = row_count(&r);
    played.scenario = played.newest.scenario;
    played.title = played.newest.title;
    return p->fn(p->self, &played);
}

bool store_played(struct store *s, int64_t trainee, struct text lang, store_played_fn *fn, void *self,
                  struct store_fault *f)
{
    struct playing p = {fn, self};
    struct query q = {0};
    query_add(&q, "SELECT * FROM (");
    query_session(&q, lang);
    query_add(&q, ", ROW_NUMBER() OVER (PARTITION BY v.scenario ORDER BY s.started DESC, s.id DESC) AS place,"
                  " COUNT(*) OVER (PARTITION BY v.scenario) AS begun,");
    query_with(&q, " SUM(CASE WHEN s.phase = ? THEN 1 ELSE 0 END) OVER (PARTITION BY v.scenario) AS ended" SESSION_TABLES,
               sql_int(WIRE_ENDED));
    query_with(&q, "WHERE s.trainee = ? AND s.turn > 0) q WHERE place = 1 ORDER BY started DESC, id DESC", sql_int(trainee));
    return query_run(s, &q, list_played, &p, f);
}

/* store_write.c -- beginning a session, and adding to it.
 *
 * The right to write is a random number in the session's row: whoever takes it puts a new one there, and whoever held it
 * finds out at the next step.  A row counts its events, so that two writers cannot both add number n; and since the
 * events of an answer that got lost may have been kept after all, finding the same bytes there is success. */
#include "record/store_inside.h"

#include "wire/client_event.h"

#include <stdlib.h>
#include <string.h>

enum { EVENTS_AT_ONCE = 8, EVENT_COLUMNS = 12 };

struct line_read {
    struct client_event e;
    struct text body;
};

/* Events about to be kept. */
struct batch {
    struct arena arena;
    struct line_read *v;
    uint32_t n, cap;
    bool settles;           /* the session has another ending behind them than before */
    struct text ending;
};

static void batch_done(struct batch *b)
{
    arena_done(&b->arena);
    free(b->v);
}

/* EVENTS are whole lines, numbered from FIRST on. */
static bool batch_read(struct batch *b, struct text events, uint32_t first, struct store_fault *f)
{
    if (!events.len || events.at[events.len - 1] != '\n')
        return store_fails(f, STORE_WRONG, "events that are no lines");
    for (struct text line; text_split(&events, '\n', &line);) {
        array_room(b->v, b->n, b->cap);
        struct client_event *e = &b->v[b->n].e;
        b->v[b->n].body = line;
        if (!client_event_read(&b->arena, line, e) || e->n != first + b->n++)
            return store_fails(f, STORE_WRONG, "an event that is none, or of another number");
        if (text_is(e->kind, "ended") || text_is(e->kind, "rewound")) {
            b->settles = true;
            b->ending = text_is(e->kind, "ended") ? e->place : (struct text){0};
        }
    }
    return true;
}

static struct sql_value maybe(struct text t) { return t.len ? sql_text(t) : (struct sql_value){0}; }

/* Some of them in one statement. */
static bool put_some(struct store *s, int64_t session, const struct line_read *v, uint32_t n, int64_t now,
                     struct store_fault *f)
{
    struct buf sql = {0};
    struct sql_value in[EVENTS_AT_ONCE * EVENT_COLUMNS];
    uint32_t k = 0;
    buf_str(&sql, "INSERT INTO events (session, n, at, kind, place, decision, option, chooser, ms, again, self, body) VALUES ");
    for (uint32_t i = 0; i < n; i++) {
        const struct client_event *e = &v[i].e;
        const struct sql_value row[EVENT_COLUMNS] = {
            sql_int(session), sql_int(e->n), sql_int(now), sql_text(e->kind), maybe(e->place), maybe(e->decision),
            maybe(e->option), maybe(e->by), sql_id(e->ms), sql_id(e->again), sql_id(e->self), sql_text(v[i].body)};
        for (uint32_t c = 0; c < EVENT_COLUMNS; c++) {
            in[k] = row[c];
            buf_str(&sql, c ? ", $" : i ? ", ($" : "($");
            buf_int(&sql, ++k);
        }
        buf_char(&sql, ')');
    }
    buf_char(&sql, '\0');
    bool ok = store_tell(s, sql.at, in, k, NULL, f);
    buf_done(&sql);
    return ok;
}

static bool batch_put(struct store *s, int64_t session, const struct batch *b, int64_t now, struct store_fault *f)
{
    for (uint32_t i = 0; i < b->n; i += EVENTS_AT_ONCE)
        if (!put_some(s, session, b->v + i, b->n - i < EVENTS_AT_ONCE ? b->n - i : EVENTS_AT_ONCE, now, f))
            return false;
    return true;
}

/* ---- a new session ---- */

static void name_make(char out[KEPT_SESSION_NAME + 1])
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    uint64_t bits = (uint64_t)store_random();
    for (int i = 0; i < KEPT_SESSION_NAME; i++, bits >>= 5)
        out[i] = letters[bits & 31];
    out[KEPT_SESSION_NAME] = '\0';
}

/* The row; *ID stays 0 where the name is taken. */
static bool put_session(struct store *s, const struct store_begin *b, const struct batch *events,
                        const struct store_standing *st, struct store_writer *w, int64_t before, struct store_fault *f)
{
    return store_number(
        s,
        "INSERT INTO sessions (name, trainee, version, origin, roles, mode, lang, seed, started, last, events, phase, turn,"
        " ending, outcome, earlier, shared, tags, writer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
        " $14, 0, $15, $16, $17, $18) ON CONFLICT (name) DO NOTHING RETURNING id",
        VALUES(sql_text(text_of(w->name)), sql_id(b->trainee), sql_int(b->version), sql_text(b->origin), sql_text(b->roles),
               sql_int(b->mode), sql_text(b->lang), sql_int((int64_t)b->seed), sql_int(b->started), sql_int(st->now),
               sql_int(events->n), sql_int(st->phase), sql_int(st->turn), sql_text(events->ending), sql_int(before),
               sql_int(b->shared), sql_text(b->tags), sql_int(w->token)),
        0, &w->session, f);
}

static bool put_tags(struct store *s, int64_t session, struct text tags, struct store_fault *f)
{
    for (struct text tag; text_word(&tags, &tag);)
        if (!store_tell(s, "INSERT INTO session_tags (session, tag) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        VALUES(sql_int(session), sql_text(tag)), NULL, f))
            return false;
    return true;
}

/* Conversations of the same scenario that the trainee had begun. */
static bool count_before(struct store *s, const struct store_begin *b, int64_t *out, struct store_fault *f)
{
    *out = b->before;
    if (b->before >= 0)
        return true;
    return store_number(s, "SELECT COUNT(*) FROM sessions s JOIN versions v ON v.id = s.version WHERE s.trainee = $1 AND"
                           " s.turn > 0 AND v.scenario = (SELECT scenario FROM versions WHERE id = $2)",
                        VALUES(sql_id(b->trainee), sql_int(b->version)), 0, out, f);
}

static bool begin_all(struct store *s, const struct store_begin *b, const struct batch *events,
                      const struct store_standing *st, struct store_writer *w, struct store_fault *f)
{
    enum { NAMES_TRIED = 20 };
    int64_t before;
    bool ok = count_before(s, b, &before, f);
    for (int i = 0; ok && !w->session && i < NAMES_TRIED; i++) {
        if (b->name.len)
            snprintf(w->name, sizeof w->name, "%.*s", (int)b->name.len, b->name.at);
        else
            name_make(w->name);
        ok = put_session(s, b, events, st, w, before, f);
        if (ok && !w->session && b->name.len)
            ok = store_fails(f, STORE_TAKEN, "");
    }
    if (ok && !w->session)
        ok = store_fails(f, STORE_TAKEN, "");
    return ok && put_tags(s, w->session, b->tags, f) && batch_put(s, w->session, events, st->now, f);
}

bool store_begin(struct store *s, const struct store_begin *begin, struct text events,
                 const struct store_standing *standing, struct store_writer *w, struct store_fault *f)
{
    struct batch b = {0};
    *w = (struct store_writer){.token = store_random()};
    bool ok = batch_read(&b, events, 0, f) && store_start(s, SQL_WRITE, f) &&
              store_finish(s, begin_all(s, begin, &b, standing, w, f), f);
    if (ok)
        w->events = b.n;
    else
        w->session = 0;
    batch_done(&b);
    return ok;
}

/* ---- going on ---- */

bool store_take(struct store *s, int64_t session, struct store_writer *w, struct store_fault *f)
{
    int64_t changed = 0, events = 0;
    int64_t token = store_random();
    if (!store_start(s, SQL_WRITE, f))
        return false;
    bool ok = store_tell(s, "UPDATE sessions SET writer = $2 WHERE id = $1", VALUES(sql_int(session), sql_int(token)),
                         &changed, f) &&
              store_number(s, "SELECT events FROM sessions WHERE id = $1", VALUES(sql_int(session)), 0, &events, f);
    if (ok && !changed)
        ok = store_fails(f, STORE_MISSING, "");
    if (!store_finish(s, ok, f))
        return false;
    char name[KEPT_SESSION_NAME + 1];
    memcpy(name, w->name, sizeof name);
    *w = (struct store_writer){.session = session, .token = token, .events = (uint32_t)events};
    memcpy(w->name, name, sizeof name);
    return true;
}

/* ---- adding ---- */

struct matching {
    const struct batch *b;
    uint32_t same;
};

static bool match_event(void *self, const struct kept_event *e)
{
    struct matching *m = self;
    if (m->same == m->b->n || !text_eq(e->body, m->b->v[m->same].body))
        return false;
    m->same++;
    return true;
}

struct now_there {
    bool found;
    int64_t events, writer;
};

static bool take_there(void *self, const struct sql_value *v, uint32_t n)
{
    struct now_there *t = self;
    struct row r = {v, n, 0};
    t->found = true;
    t->events = row_int(&r);
    t->writer = row_int(&r);
    return false;
}

/* The row did not stand where the writer left it: are the events there already, or is somebody else at work? */
static bool settle(struct store *s, const struct store_writer *w, const struct batch *b, struct store_fault *f)
{
    struct now_there there = {0};
    if (!store_ask(s, "SELECT events, writer FROM sessions WHERE id = $1", VALUES(sql_int(w->session)), take_there, &there, f))
        return false;
    if (!there.found)
        return store_fails(f, STORE_ERASED, "");
    struct matching m = {b, 0};
    if (there.events >= (int64_t)w->events + b->n && !store_events(s, w->session, w->events, match_event, &m, f))
        return false;
    return m.same == b->n || store_fails(f, STORE_ELSEWHERE, "");
}

static bool append_all(struct store *s, const struct store_writer *w, const struct batch *b,
                       const struct store_standing *st, struct store_fault *f)
{
    int64_t changed = 0;
    static const char plain[] = "UPDATE sessions SET last = $4, events = $5, phase = $6, turn = $7"
                                " WHERE id = $1 AND writer = $2 AND events = $3";
    static const char settling[] = "UPDATE sessions SET last = $4, events = $5, phase = $6, turn = $7, ending = $8,"
                                   " outcome = 0 WHERE id = $1 AND writer = $2 AND events = $3";
    const struct sql_value in[] = {sql_int(w->session),         sql_int(w->token),  sql_int(w->events),
                                   sql_int(st->now),            sql_int((int64_t)w->events + b->n),
                                   sql_int(st->phase),          sql_int(st->turn),  sql_text(b->ending)};
    if (!store_tell(s, b->settles ? settling : plain, in, b->settles ? 8 : 7, &changed, f))
        return false;
    return changed ? batch_put(s, w->session, b, st->now, f) : settle(s, w, b, f);
}

bool store_append(struct store *s, struct store_writer *w, struct text events, const struct store_standing *standing,
                  struct store_fault *f)
{
    struct batch b = {0};
    bool ok = batch_read(&b, events, w->events, f) && store_start(s, SQL_WRITE, f) &&
              store_finish(s, append_all(s, w, &b, standing, f), f);
    if (ok)
        w->events += b.n;
    batch_done(&b);
    return ok;
}

/* ---- what stands beside the events ---- */

bool store_state_set(struct store *s, int64_t session, struct text kind, struct text body, struct store_fault *f)
{
    if (!body.len)
        return store_tell(s, "DELETE FROM states WHERE session = $1 AND kind = $2",
                          VALUES(sql_int(session), sql_text(kind)), NULL, f);
    return store_tell(s, "INSERT INTO states (session, kind, body) VALUES ($1, $2, $3)"
                         " ON CONFLICT (session, kind) DO UPDATE SET body = excluded.body",
                      VALUES(sql_int(session), sql_text(kind), sql_text(body)), NULL, f);
}

static bool take_text(void *self, const struct sql_value *v, uint32_t n)
{
    struct row r = {v, n, 0};
    buf_text(self, row_text(&r));
    return false;
}

bool store_state(struct store *s, int64_t session, struct text kind, struct buf *out, struct store_fault *f)
{
    return store_ask(s, "SELECT body FROM states WHERE session = $1 AND kind = $2",
                     VALUES(sql_int(session), sql_text(kind)), take_text, out, f);
}

struct states {
    store_state_fn *fn;
    void *self;
};

static bool hand_state(void *self, const struct sql_value *v, uint32_t n)
{
    struct states *h = self;
    struct row r = {v, n, 0};
    struct text kind = row_text(&r);
    return h->fn(h->self, kind, row_text(&r));
}

bool store_states(struct store *s, int64_t session, store_state_fn *fn, void *self, struct store_fault *f)
{
    struct states h = {fn, self};
    return store_ask(s, "SELECT kind, body FROM states WHERE session = $1 ORDER BY kind", VALUES(sql_int(session)), hand_state,
                     &h, f);
}

bool store_share(struct store *s, int64_t session, bool shared, struct store_fault *f)
{
    return store_tell(s, "UPDATE sessions SET shared = $2 WHERE id = $1", VALUES(sql_int(session), sql_int(shared)), NULL, f);
}

/* ---- events read ---- */

struct reading {
    store_event_fn *fn;
    void *self;
    int64_t session;
};

static bool hand_event(void *self, const struct sql_value *v, uint32_t n)
{
    struct reading *h = self;
    struct row r = {v, n, 0};
    struct kept_event e = {.session = h->session};
    e.n = row_count(&r);
    e.at = row_int(&r);
    e.kind = row_text(&r);
    e.place = row_text(&r);
    e.decision = row_text(&r);
    e.option = row_text(&r);
    e.by = row_text(&r);
    e.ms = row_count(&r);
    e.again = row_int(&r) != 0;
    e.self = row_int(&r) != 0;
    e.body = row_text(&r);
    return h->fn(h->self, &e);
}

bool store_events(struct store *s, int64_t session, uint32_t from, store_event_fn *fn, void *self, struct store_fault *f)
{
    struct reading h = {fn, self, session};
    return store_ask(s, "SELECT n, at, kind, place, decision, option, chooser, ms, again, self, body FROM events"
                        " WHERE session = $1 AND n >= $2 ORDER BY n",
                     VALUES(sql_int(session), sql_int(from)), hand_event, &h, f);
}

static bool add_line(void *self, const struct kept_event *e)
{
    buf_text(self, e->body);
    buf_char(self, '\n');
    return true;
}

bool store_events_text(struct store *s, int64_t session, struct buf *out, struct store_fault *f)
{
    return store_events(s, session, 0, add_line, out, f);
}

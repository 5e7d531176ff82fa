/* store_words.c -- what trainees write about a session, and what they answer in surveys.
 *
 * Both belong to whoever wrote them: a question with `written` gets them of shared sessions only. */
#include "record/store_inside.h"

#include <string.h>

/* ---- words ---- */

bool store_words_set(struct store *s, int64_t session, enum kept_word_kind kind, uint32_t voter, struct text text,
                     int64_t now, struct store_fault *f)
{
    if (!text.len)
        return store_tell(s, "DELETE FROM words WHERE session = $1 AND kind = $2 AND voter = $3",
                          VALUES(sql_int(session), sql_int(kind), sql_int(voter)), NULL, f);
    return store_tell(s, "INSERT INTO words (session, kind, voter, at, words) VALUES ($1, $2, $3, $4, $5)"
                         " ON CONFLICT (session, kind, voter) DO UPDATE SET at = excluded.at, words = excluded.words",
                      VALUES(sql_int(session), sql_int(kind), sql_int(voter), sql_int(now), sql_text(text)), NULL, f);
}

struct speaking {
    store_words_fn *fn;
    void *self;
    struct found found;
};

static bool hand_words(void *self, const struct sql_value *v, uint32_t n)
{
    struct speaking *h = self;
    struct row r = {v, n, 0};
    struct kept_words w = {.session = found_at(&h->found, row_int(&r))};
    w.kind = (enum kept_word_kind)row_count(&r);
    w.voter = row_count(&r);
    w.at = row_int(&r);
    w.text = row_text(&r);
    return !w.session || h->fn(h->self, &w);
}

bool store_words(struct store *s, const struct kept_filter *filter, store_words_fn *fn, void *self, struct store_fault *f)
{
    struct speaking h = {.fn = fn, .self = self};
    if (!found_sessions(s, filter, &h.found, f))
        return false;
    struct query q = {0};
    query_add(&q, "SELECT w.session, w.kind, w.voter, w.at, w.words" SESSION_TABLES "JOIN words w ON w.session = s.id");
    query_filter(&q, filter, NULL);
    if (filter->written)
        query_add(&q, " AND s.shared = 1");
    query_order(&q, filter, ", w.kind, w.voter");
    bool ok = query_run(s, &q, hand_words, &h, f);
    found_done(&h.found);
    return ok;
}

/* ---- the sentence to follow up ---- */

struct wanted {
    struct arena *a;
    struct kept_intent *out;
    bool followed;
};

static bool take_intent(void *self, const struct sql_value *v, uint32_t n)
{
    struct wanted *w = self;
    struct kept_intent *i = w->out;
    struct row r = {v, n, 0};
    i->session = row_int(&r);
    i->session_name = text_keep(w->a, row_text(&r));
    i->scenario = text_keep(w->a, row_text(&r));
    i->title = text_keep(w->a, row_text(&r));
    i->at = row_int(&r);
    i->sentence = text_keep(w->a, row_text(&r));
    i->where = text_keep(w->a, row_text(&r));
    i->day = text_keep(w->a, row_text(&r));
    w->followed = row_int(&r) != 0;
    return false;
}

bool store_intent(struct store *s, int64_t trainee, struct text lang, struct arena *a, struct kept_intent *out,
                  struct store_fault *f)
{
    struct wanted w = {.a = a, .out = out};
    *out = (struct kept_intent){0};
    if (!store_ask(s,
                   "SELECT s.id, s.name, v.scenario, COALESCE((SELECT title FROM titles WHERE version = v.id AND lang = $1),"
                   " (SELECT title FROM titles WHERE version = v.id AND lang = v.lang), ''), w.at, w.words, p.words, d.words,"
                   " CASE WHEN x.words IS NULL THEN 0 ELSE 1 END"
                   " FROM words w JOIN sessions s ON s.id = w.session JOIN versions v ON v.id = s.version"
                   " LEFT JOIN words p ON p.session = s.id AND p.kind = $3 AND p.voter = 0"
                   " LEFT JOIN words d ON d.session = s.id AND d.kind = $4 AND d.voter = 0"
                   " LEFT JOIN words x ON x.session = s.id AND x.kind = $5 AND x.voter = 0"
                   " WHERE s.trainee = $6 AND w.kind = $2 AND w.voter = 0 ORDER BY w.at DESC, s.id DESC LIMIT 1",
                   VALUES(sql_text(lang), sql_int(KEPT_SENTENCE), sql_int(KEPT_WHERE), sql_int(KEPT_DAY), sql_int(KEPT_DID),
                          sql_int(trainee)), take_intent, &w, f))
        return false;
    return (out->session && !w.followed) || store_fails(f, STORE_MISSING, "");
}

/* ---- surveys ---- */

bool store_answer_set(struct store *s, int64_t session, const struct kept_answer *a, struct store_fault *f)
{
    return store_tell(s, "INSERT INTO answers (session, item, occasion, voter, at, value, words)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (session, item, occasion, voter)"
                         " DO UPDATE SET at = excluded.at, value = excluded.value, words = excluded.words",
                      VALUES(sql_int(session), sql_text(a->item), sql_int(a->when), sql_int(a->voter), sql_int(a->at),
                             sql_int(a->value), sql_text(a->text)), NULL, f);
}

struct answering {
    store_answer_fn *fn;
    void *self;
    bool written;
    struct found found;
};

static bool hand_answer(void *self, const struct sql_value *v, uint32_t n)
{
    struct answering *h = self;
    struct row r = {v, n, 0};
    struct kept_answer a = {.session = found_at(&h->found, row_int(&r))};
    a.item = row_text(&r);
    a.when = (enum wire_survey_when)row_count(&r);
    a.voter = row_count(&r);
    a.at = row_int(&r);
    a.value = (int32_t)row_int(&r);
    a.text = row_text(&r);
    if (!a.session)
        return true;
    if (h->written && !a.session->shared)
        a.text = (struct text){0};
    return h->fn(h->self, &a);
}

bool store_answers(struct store *s, const struct kept_filter *filter, store_answer_fn *fn, void *self,
                   struct store_fault *f)
{
    struct answering h = {.fn = fn, .self = self, .written = filter->written};
    if (!found_sessions(s, filter, &h.found, f))
        return false;
    struct query q = {0};
    query_add(&q, "SELECT a.session, a.item, a.occasion, a.voter, a.at, a.value, a.words" SESSION_TABLES
                  "JOIN answers a ON a.session = s.id");
    query_filter(&q, filter, NULL);
    query_order(&q, filter, ", a.occasion, a.item, a.voter");
    bool ok = query_run(s, &q, hand_answer, &h, f);
    found_done(&h.found);
    return ok;
}

/* export.c -- walks through the records in an order that hangs neither on ids nor on how a database sorts: scenarios as they
 * are first needed, sessions by when they were begun, all else as bytes. */
#include "record/export.h"

#include "record/portable.h"
#include "record/store_inside.h"
#include "wire/client_event.h"

#include <stdlib.h>

struct walk {
    struct store *s;
    struct export *x;
    struct store_fault *f;
    struct found found;
    const struct kept_session *session; /* being written */
    struct text digest;                 /* of the version being written */
    bool words, kept_back;              /* of the session: may go out; some did not */
    struct buf out;
};

/* What was composed goes out. */
static bool flush(struct walk *w)
{
    if (w->out.len && !w->x->write(w->x->self, buf_view(&w->out)))
        w->x->unwritten = true;
    buf_reset(&w->out);
    return !w->x->unwritten;
}

static int by_bytes(const void *a, const void *b) { return text_cmp(*(const struct text *)a, *(const struct text *)b); }

/* Sorts the lines that were composed from byte FROM on. */
static void sort_lines(struct walk *w, size_t from)
{
    struct arena a = {0};
    struct text rest = text_keep(&a, text_from(w->out.at + from, w->out.len - from)), line;
    struct text *v = NULL;
    uint32_t n = 0, cap = 0;
    while (w->out.len > from && text_split(&rest, '\n', &line)) {
        array_room(v, n, cap);
        v[n++] = line;
    }
    if (n)
        qsort(v, n, sizeof *v, by_bytes);
    w->out.len = n ? from : w->out.len;
    for (uint32_t i = 0; i < n; i++) {
        buf_text(&w->out, v[i]);
        buf_char(&w->out, '\n');
    }
    free(v);
    arena_done(&a);
}

/* ---- scenarios ---- */

static bool put_file(void *self, const struct handed *file)
{
    struct walk *w = self;
    portable_file(w->digest, file, &w->out);
    return flush(w);
}

struct titles {
    struct arena arena;
    struct kept_title *v;
    uint32_t n, cap;
};

static bool take_title(void *self, const struct kept_title *title)
{
    struct titles *t = self;
    array_room(t->v, t->n, t->cap);
    t->v[t->n++] = (struct kept_title){text_keep(&t->arena, title->lang), text_keep(&t->arena, title->title)};
    return true;
}

static int by_lang(const void *a, const void *b)
{
    return text_cmp(((const struct kept_title *)a)->lang, ((const struct kept_title *)b)->lang);
}

static bool put_version(struct walk *w, const struct kept_session *k)
{
    struct kept_version v;
    struct titles titles = {.n = 0};
    bool ok = store_version(w->s, k->digest, &titles.arena, &v, w->f) && store_titles(w->s, v.id, take_title, &titles, w->f);
    if (ok) {
        w->digest = v.digest;
        if (titles.n)
            qsort(titles.v, titles.n, sizeof *titles.v, by_lang);
        portable_version(&v, titles.v, titles.n, &w->out);
        ok = flush(w) && store_files(w->s, v.id, put_file, w, w->f) && !w->x->unwritten;
    }
    free(titles.v);
    arena_done(&titles.arena);
    return ok;
}

/* Each version once, before the first session of it. */
static bool put_versions(struct walk *w)
{
    bool ok = true;
    for (uint32_t i = 0; ok && i < w->found.n; i++) {
        bool new = true;
        for (uint32_t k = i; new && k-- > 0;)
            new = w->found.v[k].version_id != w->found.v[i].version_id;
        ok = !new || put_version(w, &w->found.v[i]);
    }
    return ok;
}

/* ---- people ---- */

static bool meant(const struct walk *w, int64_t trainee)
{
    const struct kept_filter *f = &w->x->filter;
    if (f->trainee)
        return trainee == f->trainee;
    bool all = !f->session && !f->scenario.len && !f->tag.len && !f->department.len && !f->from && !f->until && !f->mode &&
               !f->state && !f->firsts;
    for (uint32_t i = 0; !all && i < w->found.n; i++)
        all = w->found.v[i].trainee == trainee;
    return all;
}

static bool put_trainee(void *self, const struct kept_trainee *t)
{
    struct walk *w = self;
    if (meant(w, t->id))
        portable_trainee(t, &w->out);
    return true;
}

/* ---- a session ---- */

static bool put_event(void *self, const struct kept_event *e)
{
    struct walk *w = self;
    struct buf line = {0};
    if (!w->words)
        w->kept_back |= client_event_withhold(e->body, &line);
    portable_events(w->words ? e->body : buf_view(&line), e->at, &w->out);
    buf_done(&line);
    return true;
}

static bool put_state(void *self, struct text kind, struct text body)
{
    struct walk *w = self;
    if (!text_is(kind, "phones")) /* it holds the secret by which phones are known */
        portable_state(kind, body, &w->out);
    return true;
}

static bool put_words(void *self, const struct kept_words *x)
{
    struct walk *w = self;
    if (w->words)
        portable_words(x->kind, x->voter, x->at, x->text, &w->out);
    w->kept_back |= !w->words;
    return true;
}

static bool put_answer(void *self, const struct kept_answer *a)
{
    struct walk *w = self;
    struct kept_answer without = *a;
    if (!w->words && a->text.len) {
        w->kept_back = true;
        without.text = (struct text){0};
    }
    if (without.text.len || without.value)
        portable_answer(&without, &w->out);
    return true;
}

/* ---- a room's session ---- */

static bool put_voter(void *self, const struct kept_voter *v)
{
    struct walk *w = self;
    struct kept_voter without = *v;
    if (!w->words && v->nick.len) {
        w->kept_back = true;
        without.nick = (struct text){0};
    }
    portable_voter(&without, &w->out);
    return true;
}

static bool put_vote(void *self, const struct kept_vote *v)
{
    portable_vote(v, &((struct walk *)self)->out);
    return true;
}

static bool put_hands(void *self, const struct kept_hands *h)
{
    portable_hands(h, &((struct walk *)self)->out);
    return true;
}

struct rounds {
    struct buf lines;
    uint32_t n;
};

static bool put_round(void *self, const struct kept_round *r)
{
    struct rounds *rounds = self;
    portable_round(r, &rounds->lines);
    if (r->round > rounds->n)
        rounds->n = r->round;
    return true;
}

static bool put_room(struct walk *w)
{
    struct rounds rounds = {.n = 0};
    int64_t id = w->session->id;
    size_t from = w->out.len;
    bool ok = store_voters(w->s, id, put_voter, w, w->f) && store_rounds(w->s, id, put_round, &rounds, w->f);
    buf_text(&w->out, buf_view(&rounds.lines));
    for (uint32_t i = 1; ok && i <= rounds.n; i++)
        ok = store_votes(w->s, id, i, put_vote, w, w->f) && store_hands_all(w->s, id, i, put_hands, w, w->f);
    sort_lines(w, from);
    buf_done(&rounds.lines);
    return ok;
}

static bool put_session(struct walk *w, const struct kept_session *k)
{
    struct kept_filter one = {.session = k->id};
    w->session = k;
    w->words = k->shared || (w->x->own && k->trainee == w->x->filter.trainee);
    w->kept_back = false;
    portable_session(k, &w->out);
    bool ok = store_events(w->s, k->id, 0, put_event, w, w->f);
    size_t beside = w->out.len;
    ok = ok && store_states(w->s, k->id, put_state, w, w->f) && store_words(w->s, &one, put_words, w, w->f) &&
         store_answers(w->s, &one, put_answer, w, w->f);
    sort_lines(w, beside);
    ok = ok && (k->trainee || put_room(w));
    w->x->sessions++;
    w->x->withheld += w->kept_back;
    return ok && flush(w);
}

static bool put_all(struct walk *w)
{
    const struct kept_filter everybody = {.department = w->x->filter.department};
    portable_head(true, &w->out);
    bool ok = flush(w) && found_sessions(w->s, &w->x->filter, &w->found, w->f) && put_versions(w) &&
              store_trainees(w->s, &everybody, put_trainee, w, w->f);
    sort_lines(w, 0);
    ok = ok && flush(w);
    for (uint32_t i = 0; ok && i < w->found.n; i++)
        ok = put_session(w, &w->found.v[i]);
    portable_end(w->x->sessions, &w->out);
    return ok && flush(w);
}

bool export_records(struct store *s, struct export *x, struct store_fault *f)
{
    struct walk w = {.s = s, .x = x, .f = f};
    x->filter.order = KEPT_OLDEST_FIRST;
    x->filter.most = 0;
    x->sessions = x->withheld = 0;
    bool ok = store_start(s, SQL_READ, f);
    if (ok) {
        ok = put_all(&w);
        store_finish(s, false, NULL); /* nothing was changed */
    }
    found_done(&w.found);
    buf_done(&w.out);
    return ok;
}

/* import_write.c -- what was found good, kept: all in one commit.
 *
 * A session is known by how it began: the same person, the same scenario and version, the same first event (which holds the
 * seed), the same moment.  Its name is short and may be taken by another one; then it gets a new one. */
#include "record/import_inside.h"

#include "wire/client_event.h"

#include <stdlib.h>

struct writing {
    struct import *m;
    struct import_fault *fault;
    struct import_counts *counts;
    struct store *s;
    int64_t now;
};

static bool fails(struct writing *w, uint64_t line, const char *form, struct text arg)
{
    return import_fails(w->fault, line, form, text_keep(&w->m->arena, arg), (struct text){0});
}

/* The store's own trouble: `form` stays empty. */
static bool store_failed(struct writing *w, uint64_t line)
{
    w->fault->line = line;
    return false;
}

/* ---- scenarios and people ---- */

static bool put_version(struct writing *w, struct import_version *v)
{
    struct store_fault *f = &w->fault->store;
    struct arena a = {0};
    struct kept_version there;
    bool known = store_version(w->s, v->kept.digest, &a, &there, f);
    arena_done(&a);
    if (!known && f->why != STORE_MISSING)
        return store_failed(w, 0);
    *f = (struct store_fault){0};
    w->counts->versions += !known;
    return store_version_keep(w->s, &v->kept, v->files, v->n_files, v->titles, v->n_titles, w->now, &v->kept.id, f) ||
           store_failed(w, v->line);
}

/* Somebody who is there stays as they are. */
static bool put_trainee(struct writing *w, struct import_trainee *t)
{
    struct store_fault *f = &w->fault->store;
    struct kept_trainee there;
    bool known = store_trainee(w->s, t->kept.name, false, w->now, &w->m->arena, &there, f);
    if (!known && f->why != STORE_MISSING)
        return store_failed(w, 0);
    *f = (struct store_fault){0};
    if (!known) {
        if (!store_trainee(w->s, t->kept.name, true, t->kept.since, &w->m->arena, &there, f)) {
            if (f->why == STORE_MISSING)
                return fails(w, t->line, N_("“%1” is no name: 1 to 40 letters"), t->kept.name);
            return store_failed(w, 0);
        }
        w->counts->trainees++;
    }
    t->kept.id = there.id;
    return known || store_trainee_set(w->s, &t->kept, f) || store_failed(w, t->line);
}

/* ---- is it there already? ---- */

struct known {
    struct writing *w;
    const struct import_session *s;
    int64_t id;                      /* 0: it is not */
    uint32_t events, same;           /* that the store has; of them, found alike */
    bool differs;
};

/* The same event, though one of the two records may be without the words. */
static bool same_event(struct text a, struct text b)
{
    struct buf x = {0}, y = {0};
    bool same = text_eq(a, b);
    if (!same) {
        client_event_withhold(a, &x);
        client_event_withhold(b, &y);
        same = text_eq(buf_view(&x), buf_view(&y));
    }
    buf_done(&x);
    buf_done(&y);
    return same;
}

static bool first_event(void *self, const struct kept_event *e)
{
    struct known *k = self;
    k->differs = !text_eq(e->body, k->s->events.v[0].text);
    return false;
}

static bool compare_session(void *self, const struct kept_session *there)
{
    struct known *k = self;
    const struct import_version *v = &k->w->m->versions[k->s->version];
    if (!text_eq(there->digest, v->kept.digest) || (there->trainee != 0) != (k->s->trainee != 0))
        return true;
    k->differs = true;
    if (!store_events(k->w->s, there->id, 0, first_event, k, &k->w->fault->store))
        return false;
    if (!k->differs) {
        k->id = there->id;
        k->events = there->events;
    }
    return k->differs;
}

static bool compare_event(void *self, const struct kept_event *e)
{
    struct known *k = self;
    if (k->same == k->s->events.n)
        return false;
    k->differs = !same_event(e->body, k->s->events.v[k->same].text);
    k->same += !k->differs;
    return !k->differs;
}

/* False with a fault. */
static bool find_known(struct known *k)
{
    struct writing *w = k->w;
    struct kept_filter filter = {.trainee = k->s->trainee ? w->m->trainees[k->s->trainee - 1].kept.id : 0,
                                 .from = k->s->kept.started, .until = k->s->kept.started + 1};
    if (!store_sessions(w->s, &filter, compare_session, k, &w->fault->store))
        return store_failed(w, 0);
    if (!k->id)
        return true;
    k->differs = false;
    if (!store_events(w->s, k->id, 0, compare_event, k, &w->fault->store))
        return store_failed(w, 0);
    return !k->differs || fails(w, k->s->events.v[k->same].line, N_("the conversation %1 went on differently in these records and in the store"),
                                k->s->kept.name);
}

/* ---- a session ---- */

/* The events from number FROM on that were kept at the same moment, as whole lines. */
static uint32_t put_group(const struct import_session *s, uint32_t from, struct buf *out)
{
    uint32_t n = from;
    buf_reset(out);
    for (; n < s->events.n && s->events.v[n].at == s->events.v[from].at; n++) {
        buf_text(out, s->events.v[n].text);
        buf_char(out, '\n');
    }
    return n;
}

/* NAME, or nothing where somebody else has it. */
static bool choose_name(struct writing *w, struct text *name)
{
    struct store_fault *f = &w->fault->store;
    struct arena a = {0};
    struct kept_session other;
    bool taken = name->len && store_session(w->s, *name, (struct text){0}, &a, &other, f);
    bool ok = taken || !name->len || f->why == STORE_MISSING;
    arena_done(&a);
    if (!ok)
        return store_failed(w, 0);
    *f = (struct store_fault){0};
    if (taken)
        *name = (struct text){0};
    w->counts->renamed += taken;
    return true;
}

static bool begin(struct writing *w, const struct import_session *s, struct store_writer *writer)
{
    const struct kept_session *k = &s->kept;
    struct buf events = {0};
    struct store_begin b = {.trainee = s->trainee ? w->m->trainees[s->trainee - 1].kept.id : 0, .version = w->m->versions[s->version].kept.id,
                            .name = k->name, .origin = k->origin, .roles = k->roles, .lang = k->lang, .tags = k->tags, .mode = k->mode,
                            .seed = k->seed, .started = k->started, .shared = k->shared, .before = s->counted ? (int32_t)k->before : -1};
    struct store_standing standing = {.phase = s->phase, .turn = s->turn, .now = s->events.v[0].at};
    if (!choose_name(w, &b.name))
        return false;
    put_group(s, 0, &events);
    bool ok = store_begin(w->s, &b, buf_view(&events), &standing, writer, &w->fault->store) || store_failed(w, s->line);
    buf_done(&events);
    return ok;
}

static bool go_on(struct writing *w, const struct import_session *s, struct store_writer *writer)
{
    struct buf events = {0};
    bool ok = true;
    while (ok && writer->events < s->events.n) {
        struct store_standing standing = {.phase = s->phase, .turn = s->turn, .now = s->events.v[writer->events].at};
        put_group(s, writer->events, &events);
        ok = store_append(w->s, writer, buf_view(&events), &standing, &w->fault->store) || store_failed(w, s->line);
    }
    buf_done(&events);
    return ok;
}

/* ROUNDS: only rounds, which votes belong to; else only all other lines. */
static bool put_beside(struct writing *w, int64_t session, const struct import_line *l, bool rounds)
{
    struct store_fault *f = &w->fault->store;
    struct arena a = {0};
    struct portable_line x;
    struct portable_flaw flaw;
    bool ok = portable_read(&a, l->text, &x, &flaw);
    switch (rounds == (x.kind == PORTABLE_ROUND) ? x.kind : PORTABLE_EVENT) {
    case PORTABLE_STATE: ok = store_state_set(w->s, session, x.state, x.body, f); break;
    case PORTABLE_WORDS: ok = store_words_set(w->s, session, (enum kept_word_kind)x.word_kind, x.voter, x.words, x.at, f); break;
    case PORTABLE_ANSWER: ok = store_answer_set(w->s, session, &x.answer, f); break;
    case PORTABLE_VOTER: ok = store_voter_set(w->s, session, &x.in_room, f); break;
    case PORTABLE_ROUND: ok = store_round_set(w->s, session, &x.round, f); break;
    case PORTABLE_VOTE: ok = store_vote(w->s, session, &x.vote, f); break;
    case PORTABLE_HANDS: ok = store_hands(w->s, session, &x.hands, f); break;
    case PORTABLE_HEAD:
    case PORTABLE_VERSION:
    case PORTABLE_FILE:
    case PORTABLE_TRAINEE:
    case PORTABLE_SESSION:
    case PORTABLE_EVENT:
    case PORTABLE_END: break;
    }
    arena_done(&a);
    return ok || store_failed(w, l->line);
}

static bool put_session(struct writing *w, const struct import_session *s)
{
    struct known k = {.w = w, .s = s};
    struct store_writer writer = {.session = 0};
    if (!find_known(&k))
        return false;
    if (k.id && k.events >= s->events.n) {
        w->counts->there++;
        return true;
    }
    bool ok = k.id ? store_take(w->s, k.id, &writer, &w->fault->store) || store_failed(w, s->line) : begin(w, s, &writer);
    ok = ok && go_on(w, s, &writer);
    for (uint32_t i = 0; ok && i < 2 * s->beside.n; i++)
        ok = put_beside(w, writer.session, &s->beside.v[i % s->beside.n], i < s->beside.n);
    if (ok && s->turn)
        ok = store_grade(w->s, writer.session, w->m->versions[s->version].kept.id, &s->grades, &w->fault->store) || store_failed(w, s->line);
    w->counts->sessions += !k.id;
    w->counts->gone_on += k.id != 0;
    return ok;
}

static bool put_all(struct writing *w)
{
    bool ok = true;
    for (uint32_t i = 0; ok && i < w->m->n_versions; i++)
        ok = put_version(w, &w->m->versions[i]);
    for (uint32_t i = 0; ok && i < w->m->n_trainees; i++)
        ok = put_trainee(w, &w->m->trainees[i]);
    for (uint32_t i = 0; ok && i < w->m->n_sessions; i++)
        ok = put_session(w, &w->m->sessions[i]);
    return ok;
}

bool import_write(struct import *m, struct store *s, int64_t now, struct import_counts *counts, struct import_fault *fault)
{
    struct writing w = {.m = m, .fault = fault, .counts = counts, .s = s, .now = now};
    *fault = (struct import_fault){0};
    *counts = (struct import_counts){0};
    if (!store_together(s, &fault->store))
        return false;
    bool ok = put_all(&w);
    if (ok)
        return store_together_end(s, true, &fault->store);
    store_together_end(s, false, NULL);
    return false;
}

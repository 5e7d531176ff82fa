/* import_read.c -- lines put together: which file belongs to which scenario, which event to which session. */
#include "record/import_inside.h"

#include <stdlib.h>
#include <string.h>

/* One line being taken. */
struct taking {
    struct import *m;
    struct import_fault *fault;
    struct arena a;                  /* of this line */
    struct text text;
    uint64_t n;
    struct portable_line line;
};

static bool fails(struct taking *t, const char *form, struct text arg)
{
    return import_fails(t->fault, t->n, form, text_keep(&t->m->arena, arg), (struct text){0});
}

static struct text keep(struct taking *t, struct text x) { return text_keep(&t->m->arena, x); }

static bool add_line(struct import_lines *lines, int64_t at, struct text text, uint64_t n)
{
    array_room(lines->v, lines->n, lines->cap);
    lines->v[lines->n++] = (struct import_line){at, text, n};
    return true;
}

/* ---- scenarios ---- */

static struct import_version *version_find(struct import *m, struct text digest)
{
    for (uint32_t i = 0; i < m->n_versions; i++)
        if (text_eq(m->versions[i].kept.digest, digest))
            return &m->versions[i];
    return NULL;
}

static bool take_version(struct taking *t)
{
    struct import *m = t->m;
    const struct portable_line *l = &t->line;
    if (version_find(m, l->version.digest))
        return fails(t, N_("the scenario with the digest %1 stands here twice"), l->version.digest);
    array_room(m->versions, m->n_versions, m->cap_versions);
    struct import_version *v = &m->versions[m->n_versions++];
    *v = (struct import_version){.kept = {.scenario = keep(t, l->version.scenario), .version = keep(t, l->version.version),
                                          .digest = keep(t, l->version.digest), .lang = keep(t, l->version.lang)},
                                 .titles = arena_array(&m->arena, struct kept_title, l->n_titles + 1), .n_titles = l->n_titles, .line = t->n};
    for (uint32_t i = 0; i < l->n_titles; i++)
        v->titles[i] = (struct kept_title){keep(t, l->titles[i].lang), keep(t, l->titles[i].title)};
    return true;
}

static bool take_file(struct taking *t)
{
    const struct handed *f = &t->line.file;
    struct import_version *v = version_find(t->m, t->line.digest);
    if (!v)
        return fails(t, N_("the file belongs to no scenario above it (%1)"), t->line.digest);
    array_room(v->files, v->n_files, v->cap_files);
    v->files[v->n_files++] = (struct handed){.need = {.po = f->need.po, .kind = f->need.kind, .name = keep(t, f->need.name),
                                                      .lang = keep(t, f->need.lang)},
                                             .line = keep(t, f->line), .bytes = keep(t, f->bytes)};
    return true;
}

/* ---- people ---- */

static uint32_t trainee_find(const struct import *m, struct text name)
{
    for (uint32_t i = 0; i < m->n_trainees; i++)
        if (text_eq(m->trainees[i].kept.name, name))
            return i + 1;
    return 0;
}

static bool take_trainee(struct taking *t)
{
    struct import *m = t->m;
    const struct kept_trainee *k = &t->line.trainee;
    if (trainee_find(m, k->name))
        return fails(t, N_("“%1” stands here twice"), k->name);
    array_room(m->trainees, m->n_trainees, m->cap_trainees);
    m->trainees[m->n_trainees++] = (struct import_trainee){
        .kept = {.name = keep(t, k->name), .department = keep(t, k->department), .role = keep(t, k->role), .asked = k->asked,
                 .tags = keep(t, k->tags), .since = k->since},
        .line = t->n};
    return true;
}

/* ---- sessions ---- */

static bool session_ends(struct import *m, struct import_fault *fault)
{
    const struct import_session *s = m->n_sessions ? &m->sessions[m->n_sessions - 1] : NULL;
    char have[16], wanted[16];
    if (!s || (s->events.n && (!s->counted || s->events.n == s->kept.events)))
        return true;
    snprintf(have, sizeof have, "%u", s->events.n);
    snprintf(wanted, sizeof wanted, "%u", s->kept.events);
    return import_fails(fault, s->line, N_("this conversation has %1 events here, of %2: the file was cut"),
                        text_keep(&m->arena, text_of(have)), text_keep(&m->arena, text_of(wanted)));
}

static bool take_session(struct taking *t)
{
    struct import *m = t->m;
    const struct kept_session *k = &t->line.session;
    struct import_version *v = version_find(m, k->digest);
    uint32_t trainee = trainee_find(m, k->trainee_name);
    if (!session_ends(m, t->fault))
        return false;
    if (!v)
        return fails(t, N_("the conversation belongs to no scenario above it (%1)"), k->digest);
    if (k->trainee_name.len && !trainee)
        return fails(t, N_("the conversation belongs to nobody above it (%1)"), k->trainee_name);
    array_room(m->sessions, m->n_sessions, m->cap_sessions);
    struct import_session *s = &m->sessions[m->n_sessions++];
    *s = (struct import_session){.kept = *k, .counted = k->events > 0, .version = (uint32_t)(v - m->versions), .trainee = trainee, .line = t->n};
    struct text *const texts[] = {&s->kept.name, &s->kept.trainee_name, &s->kept.digest, &s->kept.origin,
                                  &s->kept.roles, &s->kept.lang, &s->kept.tags};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = keep(t, *texts[i]);
    return true;
}

/* ---- lines ---- */

static bool take_kind(struct taking *t)
{
    struct import *m = t->m;
    struct import_session *s = m->n_sessions ? &m->sessions[m->n_sessions - 1] : NULL;
    switch (t->line.kind) {
    case PORTABLE_HEAD: return fails(t, N_("the records begin a second time"), (struct text){0});
    case PORTABLE_VERSION: return take_version(t);
    case PORTABLE_FILE: return take_file(t);
    case PORTABLE_TRAINEE: return take_trainee(t);
    case PORTABLE_SESSION: return take_session(t);
    case PORTABLE_END:
        m->ended = true;
        return session_ends(m, t->fault) && (t->line.sessions == m->n_sessions || fails(t, N_("conversations are missing: the file was cut"), (struct text){0}));
    case PORTABLE_EVENT:
    case PORTABLE_STATE:
    case PORTABLE_WORDS:
    case PORTABLE_ANSWER:
    case PORTABLE_VOTER:
    case PORTABLE_ROUND:
    case PORTABLE_VOTE:
    case PORTABLE_HANDS: break;
    }
    if (!s)
        return fails(t, N_("no conversation stands above this line"), (struct text){0});
    bool event = t->line.kind == PORTABLE_EVENT;
    return add_line(event ? &s->events : &s->beside, t->line.at, event ? t->line.event : t->text, t->n);
}

static bool take_head(struct taking *t)
{
    if (t->line.kind != PORTABLE_HEAD)
        return fails(t, N_("these are no records of Rehearse"), (struct text){0});
    if (t->line.format > PORTABLE_FORMAT)
        return fails(t, N_("these records were written by a later version of Rehearse"), (struct text){0});
    t->m->ends = t->line.ends;
    return true;
}

static bool take_line(struct taking *t)
{
    struct portable_flaw flaw;
    if (t->m->ended)
        return fails(t, N_("something stands behind the end"), (struct text){0});
    if (!portable_read(&t->a, t->text, &t->line, &flaw))
        return fails(t, flaw.form, flaw.field);
    return t->n == 1 ? take_head(t) : take_kind(t);
}

struct import *import_read(struct text bytes, bool *ok, struct import_fault *fault)
{
    struct import *m = mem_new(sizeof *m);
    *m = (struct import){0};
    *fault = (struct import_fault){0};
    struct taking t = {.m = m, .fault = fault};
    *ok = true;
    while (*ok && text_split(&bytes, '\n', &t.text)) {
        t.n++;
        *ok = take_line(&t);
        arena_reset(&t.a);
    }
    if (*ok && !t.n)
        *ok = import_fails(fault, 1, N_("these are no records of Rehearse"), (struct text){0}, (struct text){0});
    if (*ok && m->ends && !m->ended)
        *ok = import_fails(fault, t.n, N_("the end is missing: the file was cut"), (struct text){0}, (struct text){0});
    *ok = *ok && session_ends(m, fault);
    arena_done(&t.a);
    return m;
}

void import_free(struct import *m)
{
    for (uint32_t i = 0; i < m->n_versions; i++)
        free(m->versions[i].files);
    for (uint32_t i = 0; i < m->n_sessions; i++) {
        free(m->sessions[i].events.v);
        free(m->sessions[i].beside.v);
    }
    free(m->versions);
    free(m->trainees);
    free(m->sessions);
    arena_done(&m->arena);
    free(m);
}

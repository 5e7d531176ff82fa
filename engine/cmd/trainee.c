/* trainee.c -- brings rows of the records and an engine's judgement together.
 *
 * Sums come from the rows alone.  An engine is asked for what only it knows: how much evidence says, what a move is called,
 * and which sentence was said.  Each version of a scenario is opened once; where one is not kept any more, what it would
 * have told is left out. */
#include "cmd/trainee.h"

#include "cmd/version.h"
#include "record/grader.h"

#include <stdlib.h>

enum { GRADED_MOST = 50, RECENT = 6 };

bool trainee_grade(struct keep *k, int64_t trainee, struct store_fault *f)
{
    struct grader *g = grader_open(k->store, NULL, false);
    struct kept_filter filter = {.trainee = trainee, .most = GRADED_MOST};
    uint32_t n;
    bool ok = grader_missing(g, &filter, keep_now(), &n, f);
    grader_close(g);
    return ok;
}

/* ---- what was played ---- */

static bool take_play(void *self, const struct kept_session *s)
{
    struct trainee_plays *p = self;
    struct text roles = s->roles, role = {0};
    text_word(&roles, &role);
    array_room(p->v, p->n, p->cap);
    p->v[p->n++] = (struct trainee_play){.session = s->id,
                                         .scenario = text_keep(&p->arena, s->scenario),
                                         .practised = {.at = s->last, .role = text_keep(&p->arena, role), .ended = s->ending.len > 0}};
    return true;
}

/* Pieces come as the sessions came: the one that is wanted is where the last was found, or soon after. */
static struct trainee_play *play_of(struct trainee_plays *p, int64_t session)
{
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t at = (p->found + i) % p->n;
        if (p->v[at].session == session) {
            p->found = at;
            return &p->v[at];
        }
    }
    return NULL;
}

static uint32_t decision_of(struct trainee_plays *p, struct trainee_play *play, struct text decision)
{
    uint32_t n = play->practised.n;
    for (uint32_t i = 0; i < n; i++)
        if (text_eq(play->v[i].decision, decision))
            return i;
    if (n == play->cap) {
        play->cap = play->cap ? play->cap * 2 : 16;
        struct practised_decision *v = arena_array(&p->arena, struct practised_decision, play->cap);
        int32_t *over = arena_array(&p->arena, int32_t, play->cap);
        for (uint32_t i = 0; i < n; i++) {
            v[i] = play->v[i];
            over[i] = play->over[i];
        }
        play->v = v;
        play->over = over;
    }
    play->v[n] = (struct practised_decision){.decision = text_keep(&p->arena, decision)};
    play->over[n] = 0;
    play->practised.v = play->v;
    play->practised.n = n + 1;
    return n;
}

/* A decision counts with all its pieces together: weak where they come to no more than chance. */
static bool take_piece(void *self, const struct kept_piece *piece)
{
    struct trainee_plays *p = self;
    struct trainee_play *play = play_of(p, piece->session->id);
    if (!play || piece->self)
        return true;
    uint32_t i = decision_of(p, play, piece->decision);
    play->over[i] += piece->points * 1000 - piece->chance;
    play->v[i].weak = play->over[i] <= 0;
    return true;
}

bool trainee_plays(struct keep *k, int64_t trainee, struct trainee_plays *out, struct store_fault *f)
{
    struct kept_filter filter = {.trainee = trainee, .order = KEPT_OLDEST_FIRST};
    *out = (struct trainee_plays){0};
    return trainee_grade(k, trainee, f) && store_sessions(k->store, &filter, take_play, out, f) &&
           store_pieces(k->store, &filter, take_piece, out, f);
}

void trainee_plays_done(struct trainee_plays *plays)
{
    free(plays->v);
    arena_done(&plays->arena);
    *plays = (struct trainee_plays){0};
}

struct practice trainee_plan(const struct trainee_plays *plays, struct text scenario, struct text role, uint32_t chairs)
{
    struct arena a = {0};
    struct practised *v = arena_array(&a, struct practised, plays->n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < plays->n; i++)
        if (text_eq(plays->v[i].scenario, scenario))
            v[n++] = plays->v[i].practised;
    struct practice plan = practice_plan(v, n, role, chairs);
    arena_done(&a);
    return plan;
}

bool trainee_played(const struct trainee_plays *plays, struct text scenario, struct text role)
{
    for (uint32_t i = 0; i < plays->n; i++)
        if (text_eq(plays->v[i].scenario, scenario) && text_eq(plays->v[i].practised.role, role) && plays->v[i].practised.n)
            return true;
    return false;
}

/* ---- progress ---- */

/* The newest sessions, for their sentences. */
struct recent {
    struct arena arena;
    struct kept_session v[RECENT];
    uint32_t n;
};

static bool take_recent(void *self, const struct kept_session *s)
{
    struct recent *r = self;
    r->v[r->n++] = (struct kept_session){.id = s->id, .version_id = s->version_id, .started = s->started,
                                         .title = text_keep(&r->arena, s->title)};
    return r->n < RECENT;
}

/* The conversations of V's version among the newest, oldest first, so that the newest sentence stays. */
static bool take_sentences(struct keep *k, struct progress *p, struct version *v, struct text lang, const struct recent *r,
                           struct store_fault *f)
{
    bool ok = true;
    for (uint32_t i = r->n; ok && i-- > 0;) {
        struct buf events = {0};
        struct client_debrief d = {0};
        struct client_fault fault = {0};
        enum client_end end;
        if (r->v[i].version_id != v->id)
            continue;
        ok = store_events_text(k->store, r->v[i].id, &events, f);
        struct client_session *se = ok ? client_resume(v->client, buf_view(&events), NULL, NULL, &end, &fault) : NULL;
        if (se && client_debrief(se, lang, &d, &fault) == CLIENT_OK)
            progress_take_debrief(p, &d, r->v[i].title, r->v[i].started);
        if (se)
            client_session_end(se);
        buf_done(&events);
    }
    return ok;
}

static void judge(struct progress *p, struct version *v, struct text lang)
{
    for (uint32_t i = 0; i < p->n_comps; i++) {
        struct client_evidence evidence = progress_evidence(p, i);
        struct client_verdict verdict;
        struct client_fault fault = {0};
        if (!p->comps[i].judged && p->comps[i].last_version == v->id &&
            client_judge(v->client, &evidence, lang, &verdict, &fault) == CLIENT_OK)
            progress_verdict(p, i, &verdict);
    }
}

/* All that version ID can tell. */
static bool ask_version(struct keep *k, struct progress *p, int64_t id, const struct recent *r, struct store_fault *f)
{
    struct version v;
    struct client_info info;
    struct client_fault fault = {0};
    bool ok = true;
    if (version_open(&v, k, id)) {
        struct text lang = version_lang(v.client, p->words);
        judge(p, &v, lang);
        ok = take_sentences(k, p, &v, lang, r, f);
        if (client_info(v.client, lang, &info, &fault) == CLIENT_OK) {
            progress_take_info(p, &info);
            client_info_done(&info);
        }
    }
    version_close(&v);
    return ok;
}

static void add_once(int64_t *v, uint32_t *n, int64_t id)
{
    for (uint32_t i = 0; i < *n; i++)
        if (v[i] == id)
            return;
    if (id)
        v[(*n)++] = id;
}

bool trainee_progress(struct keep *k, int64_t trainee, struct progress *p, struct store_fault *f)
{
    struct kept_filter all = {.trainee = trainee, .order = KEPT_OLDEST_FIRST};
    struct kept_filter newest = {.trainee = trainee, .most = RECENT, .lang = text_of(words_tag(p->words))};
    struct recent r = {0};
    bool ok = trainee_grade(k, trainee, f) && store_sessions(k->store, &all, progress_session, p, f) &&
              store_pieces(k->store, &all, progress_piece, p, f) && store_moves(k->store, &all, progress_move, p, f) &&
              store_conflicts(k->store, &all, progress_conflict, p, f) && store_answers(k->store, &all, progress_answer, p, f) &&
              store_sessions(k->store, &newest, take_recent, &r, f);
    int64_t *versions = arena_array(&r.arena, int64_t, p->n_comps + r.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n_comps; i++)
        add_once(versions, &n, p->comps[i].last_version);
    for (uint32_t i = 0; i < r.n; i++)
        add_once(versions, &n, r.v[i].version_id);
    for (uint32_t i = 0; ok && i < n; i++)
        ok = ask_version(k, p, versions[i], &r, f);
    arena_done(&r.arena);
    return ok;
}

/* recorder.c -- the keeper of one session.
 *
 * The session's events stand in the client from the first to the last, so what is missing in the store is simply what
 * stands behind the number kept.  Words, answers and states wait in a list of their own. */
#include "record/recorder.h"

#include "record/grading.h"
#include "record/recorder_file.h"
#include "record/titles.h"
#include "record/version_keep.h"
#include "wire/client_event.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Something beside the events that is not kept yet. */
struct pending {
    enum { PENDING_WORDS, PENDING_ANSWER, PENDING_STATE, PENDING_VOTER } what;
    enum kept_word_kind kind;
    uint32_t by;            /* words: whose */
    struct text name, text; /* of a state; of words and states */
    struct kept_answer answer;
    struct kept_voter voter;
    int64_t at;
};

struct recorder {
    struct keeper keeper;
    struct recorder_config config;
    struct arena arena;
    struct client *client;
    struct kept_version version;
    struct text origin, tags;
    struct kept_trainee trainee;   /* id 0: a room */
    struct store_writer w;
    bool ready, begun;
    bool lost;                     /* the store was begun anew: nothing of the session is there */
    int64_t started;
    struct store_fault fault;
    struct pending *v;
    uint32_t n, cap;
    struct recorder_file file;     /* instead of the store, once it was asked for */
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct recorder *recorder_of(const struct keeper *k) { return k->self; }

bool recorder_waits(void *self, int fd, bool to_write, int ms)
{
    const struct recorder_wait *w = self;
    if (w->wait)
        return w->wait(w->self, fd, to_write, ms);
    struct pollfd p = {.fd = fd, .events = to_write ? POLLOUT : POLLIN};
    return poll(&p, 1, ms) >= 0 || errno == EINTR;
}

static void on_wait(struct keeper *k, keeper_wait_fn *wait, void *waiter)
{
    struct recorder *r = recorder_of(k);
    if (r->config.wait)
        *r->config.wait = (struct recorder_wait){wait, waiter};
}

/* ---- the scenario ---- */

/* The trainee by name: in a store that was begun anew nobody is there yet. */
static bool find_trainee(struct recorder *r)
{
    if (!r->config.trainee)
        return true;
    struct kept_trainee t;
    if (!store_trainee(r->config.store, r->config.trainee->name, true, now_ms(), &r->arena, &t, &r->fault))
        return false;
    r->trainee = t;
    return true;
}

static bool ready(struct keeper *k, struct client *c, struct text origin)
{
    struct recorder *r = recorder_of(k);
    r->client = c;
    r->origin = text_keep(&r->arena, origin);
    r->ready = (r->begun && !r->lost) ||
               (find_trainee(r) && version_keep(r->config.store, c, now_ms(), &r->arena, &r->version, &r->fault));
    return r->ready;
}

/* ---- events ---- */

static uint32_t lines_in(struct text t)
{
    uint32_t n = 0;
    for (size_t i = 0; i < t.len; i++)
        n += t.at[i] == '\n';
    return n;
}

/* The events of S from number N on. */
static struct text events_from(const struct client_session *s, uint32_t n)
{
    struct text rest = client_session_events(s), line;
    while (n-- && text_split(&rest, '\n', &line))
        continue;
    return rest;
}

/* The trainee's cohorts and those of this play, each once. */
static struct text all_tags(struct recorder *r)
{
    struct text lists[2] = {r->trainee.tags, r->config.tags}, word;
    struct buf b = {0};
    for (int i = 0; i < 2; i++)
        while (text_word(&lists[i], &word)) {
            if (text_has_word(buf_view(&b), word))
                continue;
            buf_str(&b, b.len ? " " : "");
            buf_text(&b, word);
        }
    r->tags = text_keep(&r->arena, buf_view(&b));
    buf_done(&b);
    return r->tags;
}

static bool begin(struct recorder *r, const struct client_session *s, const struct store_standing *st)
{
    struct arena a = {0};
    struct client_event e;
    struct text events = client_session_events(s), rest = events, line = {0};
    text_split(&rest, '\n', &line);
    if (!client_event_read(&a, line, &e)) {
        arena_done(&a);
        return store_fails(&r->fault, STORE_WRONG, "the first event");
    }
    struct store_begin b = {.trainee = r->trainee.id, .version = r->version.id, .origin = r->origin, .roles = e.roles,
                            .lang = e.lang, .tags = all_tags(r), .mode = e.mode, .seed = e.seed,
                            .started = r->started ? r->started : st->now, .shared = r->config.shared, .before = -1,
                            .name = r->lost ? text_keep(&a, text_of(r->w.name)) : (struct text){0}};
    r->started = b.started;
    bool ok = store_begin(r->config.store, &b, events, st, &r->w, &r->fault);
    r->begun |= ok;
    r->lost &= !ok;
    arena_done(&a);
    return ok;
}

/* Keeps what S has and the store has not. */
static bool flush_events(struct recorder *r, const struct client_session *s, struct text newest)
{
    struct store_standing st = {.phase = client_session_phase(s), .turn = client_session_turn(s), .now = now_ms()};
    uint32_t all = client_session_n_events(s);
    if (!r->ready)
        return false;
    if (!r->begun || r->lost)
        return begin(r, s, &st);
    if (r->w.events >= all)
        return true;
    if (r->w.events + lines_in(newest) != all)
        newest = events_from(s, r->w.events);
    return store_append(r->config.store, &r->w, newest, &st, &r->fault);
}

static bool settled(struct recorder *r, bool ok)
{
    if (ok)
        r->fault = (struct store_fault){0};
    return ok;
}

static bool keep(void *self, struct client_session *s, struct text events)
{
    struct recorder *r = self;
    if (recorder_file_is(&r->file))
        return settled(r, recorder_file_events(&r->file, s, now_ms(), &r->fault));
    /* what failed before is tried again by `again` alone: it may have to look at the store first */
    if (r->fault.why != STORE_FINE)
        return false;
    if (flush_events(r, s, events))
        return true;
    /* a connection that was closed meanwhile, say by a server that was started anew, troubles nobody */
    if (r->fault.why != STORE_GONE)
        return false;
    struct store_fault first = r->fault;
    r->fault = (struct store_fault){0};
    if (store_reopen(r->config.store, &r->fault) && flush_events(r, s, events))
        return true;
    r->fault = first;
    return false;
}

/* ---- beside the events ---- */

static bool put_pending(struct recorder *r, const struct pending *p)
{
    struct store *s = r->config.store;
    if (recorder_file_is(&r->file)) {
        struct buf b = {0};
        if (p->what == PENDING_WORDS)
            portable_words(p->kind, p->by, p->at, p->text, &b);
        else if (p->what == PENDING_ANSWER)
            portable_answer(&p->answer, &b);
        else if (p->what == PENDING_VOTER)
            portable_voter(&p->voter, &b);
        else
            portable_state(p->name, p->text, &b);
        bool ok = recorder_file_add(&r->file, buf_view(&b), &r->fault);
        buf_done(&b);
        return ok;
    }
    if (!r->begun || r->lost)
        return false;
    if (p->what == PENDING_WORDS)
        return store_words_set(s, r->w.session, p->kind, p->by, p->text, p->at, &r->fault);
    if (p->what == PENDING_ANSWER)
        return store_answer_set(s, r->w.session, &p->answer, &r->fault);
    if (p->what == PENDING_VOTER)
        return store_voter_set(s, r->w.session, &p->voter, &r->fault);
    return store_state_set(s, r->w.session, p->name, p->text, &r->fault);
}

static bool flush_pending(struct recorder *r)
{
    uint32_t done = 0;
    while (done < r->n && put_pending(r, &r->v[done]))
        done++;
    r->n -= done;
    if (done && r->n)
        memmove(r->v, r->v + done, r->n * sizeof *r->v);
    return r->n == 0;
}

/* Keeps P at once where nothing stands in its way; else it waits, a state in place of an earlier one of its name. */
static bool add_pending(struct recorder *r, struct pending p)
{
    p.at = p.answer.at = now_ms();
    if (r->n == 0 && r->fault.why == STORE_FINE && put_pending(r, &p))
        return true;
    for (uint32_t i = 0; p.what == PENDING_STATE && i < r->n; i++)
        if (r->v[i].what == PENDING_STATE && text_eq(r->v[i].name, p.name))
            memmove(r->v + i, r->v + i + 1, (--r->n - i) * sizeof *r->v);
    p.name = text_keep(&r->arena, p.name);
    p.text = text_keep(&r->arena, p.text);
    p.answer.item = text_keep(&r->arena, p.answer.item);
    p.answer.text = text_keep(&r->arena, p.answer.text);
    p.voter.nick = text_keep(&r->arena, p.voter.nick);
    array_room(r->v, r->n, r->cap);
    r->v[r->n++] = p;
    return r->fault.why == STORE_FINE && flush_pending(r);
}

static bool words(struct keeper *k, enum kept_word_kind kind, uint32_t voter, struct text words)
{
    return add_pending(recorder_of(k), (struct pending){.what = PENDING_WORDS, .kind = kind, .by = voter, .text = words});
}

static bool voter(struct keeper *k, const struct kept_voter *v)
{
    return add_pending(recorder_of(k), (struct pending){.what = PENDING_VOTER, .voter = *v});
}

static bool answer(struct keeper *k, const struct kept_answer *a)
{
    return add_pending(recorder_of(k), (struct pending){.what = PENDING_ANSWER, .answer = *a});
}

static bool state(struct keeper *k, struct text kind, struct text body)
{
    return add_pending(recorder_of(k), (struct pending){.what = PENDING_STATE, .name = kind, .text = body});
}

static bool graded(struct keeper *k, const struct client_debrief *d)
{
    struct recorder *r = recorder_of(k);
    struct arena a = {0};
    struct store_grades g;
    if (recorder_file_is(&r->file))
        return true;
    if (!r->begun || r->lost || r->fault.why != STORE_FINE)
        return false;
    struct store_fault fault = {0}; /* made again another time: nobody has to be troubled */
    grading_take(d, r->w.events, now_ms(), &a, &g);
    bool ok = store_grade(r->config.store, r->w.session, r->version.id, &g, &fault);
    arena_done(&a);
    return ok;
}

/* ---- when it failed ---- */

static bool kept(const struct keeper *k)
{
    const struct recorder *r = recorder_of(k);
    return r->fault.why == STORE_FINE && r->n == 0 && (r->ready || recorder_file_is(&r->file));
}

static void why(const struct keeper *k, const struct words *w, struct buf *out) { store_say(w, &recorder_of(k)->fault, out); }

static bool hopes(const struct keeper *k)
{
    enum store_why why_not = recorder_of(k)->fault.why;
    return why_not != STORE_ELSEWHERE && why_not != STORE_MISSING && why_not != STORE_ERASED;
}

/* ANEW: the file was another one.  A store that was begun anew has nothing of the session; one that was put back from a copy has less than was kept. */
static bool look(struct recorder *r, bool anew)
{
    struct arena a = {0};
    struct kept_session s;
    if (!r->begun)
        return true;
    bool there = store_session(r->config.store, text_of(r->w.name), (struct text){0}, &a, &s, &r->fault);
    bool gone = !there && r->fault.why == STORE_MISSING;
    if (gone && (anew || store_moved(r->config.store).len))
        r->lost = true;
    else if (gone)
        store_fails(&r->fault, STORE_ERASED, "");
    if (there && s.events < r->w.events)
        r->w.events = s.events; /* the rest is kept once more */
    arena_done(&a);
    return there || r->lost;
}

/* Whoever only had to wait, or gave up waiting, may ask the same store once more; but a server's answer would come late. */
static bool still_good(const struct recorder *r)
{
    enum store_why w = r->fault.why;
    bool local = store_kind(r->config.store) != STORE_SERVER;
    return store_is_open(r->config.store) && (w == STORE_FINE || w == STORE_BUSY || (w == STORE_STOPPED && local));
}

static bool reopened(struct recorder *r)
{
    if (still_good(r))
        return true;
    bool anew = r->fault.why == STORE_VANISHED;
    r->fault = (struct store_fault){0};
    return store_reopen(r->config.store, &r->fault) && look(r, anew);
}

static bool again(struct keeper *k, struct client_session *s)
{
    struct recorder *r = recorder_of(k);
    if (!hopes(k))
        return false;
    if (recorder_file_is(&r->file))
        return settled(r, recorder_file_events(&r->file, s, now_ms(), &r->fault) && flush_pending(r));
    if (!reopened(r))
        return false;
    if ((!r->ready || r->lost) && !ready(k, r->client, r->origin))
        return false;
    return settled(r, flush_events(r, s, (struct text){0}) && flush_pending(r));
}

static bool to_file(struct keeper *k, struct client_session *s, const char *path)
{
    struct recorder *r = recorder_of(k);
    struct arena a = {0};
    uint32_t n_titles;
    struct kept_title *titles = titles_take(r->client, &a, &n_titles);
    const struct client_scenario *sc = client_scenario(r->client);
    struct kept_version v = {.scenario = sc->id, .version = sc->version, .digest = sc->digest,
                             .lang = sc->n_langs ? sc->langs[0] : (struct text){0}};
    struct kept_session session = {.name = text_of(r->w.name), .trainee_name = r->config.trainee ? r->config.trainee->name : (struct text){0},
                                   .digest = sc->digest, .origin = r->origin, .started = r->started ? r->started : now_ms(),
                                   .shared = r->config.shared, .tags = all_tags(r)};
    bool ok = recorder_file_open(&r->file, path, &v, titles, n_titles, r->client, r->config.trainee, &session, s, now_ms(),
                                 &r->fault) && flush_pending(r);
    arena_done(&a);
    return settled(r, ok);
}

static struct text name(const struct keeper *k)
{
    const struct recorder *r = recorder_of(k);
    return r->begun && !recorder_file_is(&r->file) ? text_of(r->w.name) : (struct text){0};
}

static struct text file(const struct keeper *k)
{
    const struct recorder *r = recorder_of(k);
    return recorder_file_is(&r->file) ? text_of(r->file.path) : (struct text){0};
}

static void about(const struct keeper *k, const struct words *w, struct buf *out)
{
    struct store *s = recorder_of(k)->config.store;
    struct text place[1] = {store_place(s)};
    switch (store_kind(s)) {
    case STORE_OWN: buf_str(out, tr(w, "Kept on this computer only.")); break;
    case STORE_FILE: words_fill(out, tr(w, "Kept in %1."), place, 1); break;
    case STORE_NETWORK: words_fill(out, tr(w, "Kept in %1, on a network drive: whoever can read it can read this."), place, 1); break;
    case STORE_SERVER:
        words_fill(out, tr(w, "Kept on the practice server %1; your facilitator can see what you choose, not what you write."),
                   place, 1);
        break;
    }
}

/* ---- opening ---- */

struct recorder *recorder_open(const struct recorder_config *config)
{
    struct recorder *r = mem_new(sizeof *r);
    *r = (struct recorder){.config = *config, .file.fd = -1};
    if (config->trainee)
        r->trainee = *config->trainee;
    r->keeper = (struct keeper){.self = r, .on_wait = on_wait, .ready = ready, .keep = keep, .kept = kept, .why = why,
                                .hopes = hopes, .again = again, .to_file = to_file, .name = name, .file = file, .about = about,
                                .words = words, .voter = voter, .answer = answer, .state = state, .graded = graded};
    return r;
}

struct recorder *recorder_resume(const struct recorder_config *config, const struct kept_session *session,
                                 struct store_fault *f)
{
    struct recorder *r = recorder_open(config);
    snprintf(r->w.name, sizeof r->w.name, "%.*s", (int)session->name.len, session->name.at);
    if (!store_take(config->store, session->id, &r->w, f)) {
        recorder_close(r);
        return NULL;
    }
    r->version = (struct kept_version){.id = session->version_id};
    r->started = session->started;
    r->begun = true;
    return r;
}

void recorder_close(struct recorder *r)
{
    recorder_file_close(&r->file);
    free(r->v);
    arena_done(&r->arena);
    free(r);
}

struct keeper *recorder_keeper(struct recorder *r) { return &r->keeper; }

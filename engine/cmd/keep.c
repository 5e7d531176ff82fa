/* keep.c -- opening the records for a command, and saying what is wrong with them. */
#include "cmd/keep.h"

#include "front/phrase.h"
#include "record/version_keep.h"
#include "wire/client_event.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int64_t keep_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int keep_fails(const struct call *call, const struct store_fault *fault)
{
    struct buf b = {0};
    store_say(call->words, fault, &b);
    buf_char(&b, '\0');
    call_fails(call, 0, "%1", b.at, NULL);
    buf_done(&b);
    return fault->why == STORE_MISSING ? STATUS_NO_INPUT : STATUS_IO;
}

static const char *login_name(void)
{
    const struct passwd *pw = getpwuid(getuid());
    const char *name = pw && pw->pw_name && *pw->pw_name ? pw->pw_name : getenv("LOGNAME");
    return name && *name ? name : "me";
}

/* A damaged file was moved aside: whoever looks after it should know at once. */
static void say_moved(const struct keep *k, const struct call *call)
{
    struct text moved = store_moved(k->store);
    if (moved.len)
        call_fails(call, 0, N_("the records were damaged; they were moved to %1 as they are, and new ones were begun"), moved.at,
                   NULL);
}

/* The store alone; false with FAULT. */
static bool open_store(struct keep *k, const struct call *call, bool make, struct store_fault *fault)
{
    const char *where = call_value(call, "store");
    *k = (struct keep){0};
    if (!where)
        where = getenv("REHEARSE_STORE");
    struct store_config config = {.where = where && *where ? where : NULL, .existing = !make, .wait = recorder_waits,
                                  .self = &k->wait};
    k->store = store_open(&config, fault);
    if (k->store)
        say_moved(k, call);
    return k->store != NULL;
}

bool keep_open_store(struct keep *k, const struct call *call, bool make, int *status)
{
    struct store_fault fault = {0};
    if (open_store(k, call, make, &fault))
        return true;
    *status = fault.why == STORE_MISSING ? call_fails(call, STATUS_NO_INPUT, N_("there are no records yet (%1)"), fault.place, NULL)
                                         : keep_fails(call, &fault);
    return false;
}

/* The trainee of --as or the login name; false after saying why. */
static bool find_trainee(struct keep *k, const struct call *call, bool make, int *status)
{
    const char *as = call_value(call, "as");
    struct store_fault fault = {0};
    if (store_trainee(k->store, text_of(as ? as : login_name()), make, keep_now(), &k->arena, &k->trainee, &fault) ||
        (!make && fault.why == STORE_MISSING))
        return true;
    *status = fault.why == STORE_MISSING ? call_fails(call, STATUS_USAGE, N_("“%1” is no name: 1 to 40 letters"), as, NULL)
                                         : keep_fails(call, &fault);
    return false;
}

bool keep_open(struct keep *k, const struct call *call, bool make, int *status)
{
    return keep_open_store(k, call, make, status) && find_trainee(k, call, make, status);
}

bool keep_open_if_there(struct keep *k, const struct call *call, int *status)
{
    struct store_fault fault = {0};
    if (open_store(k, call, false, &fault))
        return find_trainee(k, call, false, status);
    if (fault.why == STORE_MISSING)
        return true;
    *status = keep_fails(call, &fault);
    return false;
}

void keep_close(struct keep *k)
{
    store_close(k->store);
    arena_done(&k->arena);
    *k = (struct keep){0};
}

/* ---- a kept conversation ---- */

static bool take_first(void *self, const struct kept_session *s)
{
    struct kept_play *p = self;
    struct kept_session *k = &p->session;
    struct text *const texts[] = {&k->name,   &k->trainee_name, &k->scenario, &k->version, &k->digest, &k->title,
                                  &k->origin, &k->roles,        &k->lang,     &k->ending,  &k->tags};
    *k = *s;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = text_keep(&p->arena, *texts[i]);
    return false;
}

static bool find_newest(struct kept_play *p, struct keep *k, const struct call *call, bool unfinished, int *status)
{
    struct store_fault fault = {0};
    struct kept_filter filter = {.trainee = k->trainee.id, .state = unfinished ? KEPT_UNFINISHED : KEPT_ANY, .most = 1,
                                 .lang = text_of(words_tag(call->words))};
    if (k->trainee.id && !store_sessions(k->store, &filter, take_first, p, &fault)) {
        *status = keep_fails(call, &fault);
        return false;
    }
    if (!p->session.id)
        *status = call_fails(call, STATUS_NO_INPUT, unfinished ? N_("there is no conversation to go on with")
                                                               : N_("there is no conversation yet"), NULL, NULL);
    return p->session.id != 0;
}

bool kept_play_find(struct kept_play *p, struct keep *k, const struct call *call, const char *name, bool unfinished, int *status)
{
    struct store_fault fault = {0};
    *p = (struct kept_play){0};
    if (!name)
        return find_newest(p, k, call, unfinished, status);
    if (!store_session(k->store, text_of(name), text_of(words_tag(call->words)), &p->arena, &p->session, &fault)) {
        *status = fault.why == STORE_MISSING
                      ? call_fails(call, STATUS_NO_INPUT, N_("there is no conversation called “%1”"), name, NULL)
                      : keep_fails(call, &fault);
        return false;
    }
    if (p->session.trainee == k->trainee.id || !p->session.trainee)
        return true;
    *status = call_fails(call, STATUS_NO_INPUT, N_("“%1” is a conversation of %2; --as %2 goes on with it"), name,
                         p->session.trainee_name.at);
    return false;
}

bool kept_room_find(struct kept_play *p, struct keep *k, const struct call *call, const char *name, int *status)
{
    struct store_fault fault = {0};
    struct kept_filter filter = {.mode = WIRE_WORKSHOP, .most = 1, .lang = text_of(words_tag(call->words))};
    *p = (struct kept_play){0};
    if (name && !kept_play_find(p, k, call, name, false, status))
        return false;
    if (!name && !store_sessions(k->store, &filter, take_first, p, &fault)) {
        *status = keep_fails(call, &fault);
        return false;
    }
    if (p->session.id && p->session.mode == WIRE_WORKSHOP)
        return true;
    *status = call_fails(call, STATUS_NO_INPUT, name ? N_("“%1” is no workshop") : N_("there is no workshop yet"), name, NULL);
    return false;
}

static bool take_words(void *self, const struct kept_words *w)
{
    struct kept_play *p = self;
    struct text words = text_keep(&p->arena, w->text);
    if (w->kind == KEPT_PLUS)
        p->plus = words;
    else if (w->kind == KEPT_DELTA)
        p->delta = words;
    else if (w->kind == KEPT_SENTENCE)
        p->sentence = words;
    else if (w->kind == KEPT_WHERE)
        p->where = words;
    return true;
}

static bool take_answer(void *self, const struct kept_answer *a)
{
    struct kept_play *p = self;
    struct kept_answer *grown = arena_array(&p->arena, struct kept_answer, p->n_answers + 1);
    for (uint32_t i = 0; i < p->n_answers; i++)
        grown[i] = p->answers[i];
    grown[p->n_answers] = *a;
    grown[p->n_answers].item = text_keep(&p->arena, a->item);
    grown[p->n_answers++].text = text_keep(&p->arena, a->text);
    p->answers = grown;
    return true;
}

static bool read_state(struct kept_play *p, struct keep *k, const char *kind, struct text *out, struct store_fault *f)
{
    struct buf b = {0};
    bool ok = store_state(k->store, p->session.id, text_of(kind), &b, f);
    *out = text_keep(&p->arena, buf_view(&b));
    buf_done(&b);
    return ok;
}

bool kept_play_state(struct kept_play *p, struct keep *k, const struct call *call, const char *kind, struct text *out, int *status)
{
    struct store_fault fault = {0};
    if (read_state(p, k, kind, out, &fault))
        return true;
    *status = keep_fails(call, &fault);
    return false;
}

bool kept_play_read(struct kept_play *p, struct keep *k, const struct call *call, int *status)
{
    struct store_fault fault = {0};
    struct buf events = {0};
    struct kept_filter one = {.session = p->session.id};
    bool ok = store_events_text(k->store, p->session.id, &events, &fault) &&
              (p->files = version_files(k->store, p->session.version_id, &p->arena, &p->n_files, &fault)) != NULL &&
              store_words(k->store, &one, take_words, p, &fault) && store_answers(k->store, &one, take_answer, p, &fault) &&
              read_state(p, k, "draft", &p->draft, &fault) &&
              read_state(p, k, "settings", &p->settings, &fault);
    p->events = text_keep(&p->arena, buf_view(&events));
    buf_done(&events);
    if (!ok)
        *status = keep_fails(call, &fault);
    return ok;
}

struct text kept_play_lang(struct kept_play *p)
{
    struct arena a = {0};
    struct client_event e;
    struct text rest = p->events, lang = p->session.lang;
    for (struct text line; text_split(&rest, '\n', &line); arena_reset(&a))
        if (client_event_read(&a, line, &e) && e.lang.len && !text_eq(e.lang, lang))
            lang = text_keep(&p->arena, e.lang);
    arena_done(&a);
    return lang;
}

void kept_play_done(struct kept_play *p) { arena_done(&p->arena); }

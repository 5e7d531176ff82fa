/* xapi.c -- statements put together.
 *
 * What is an object (a scenario, a decision with its replies) is told in all languages of the scenario; what happened is
 * told in ids.  Names of our own are urn:rehearse:xapi:…; verbs and kinds of activities are those that record stores know. */
#include "report/xapi.h"

#include "base/json.h"
#include "base/uuid.h"
#include "wire/client_event.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define OURS "urn:rehearse:xapi:"
#define VERBS "http://adlnet.gov/expapi/verbs/"
#define ACTIVITIES "http://adlnet.gov/expapi/activities/"

/* What all our identifiers are made within; drawn once. */
static const struct uuid space = {{0x6e, 0x3f, 0x0b, 0x52, 0x91, 0xc4, 0x4d, 0x1f, 0xa3, 0x07, 0x58, 0xe2, 0xd9, 0x6a, 0x14, 0xbb}};

static const struct verb {
    const char *id, *en, *zh;
} answered = {VERBS "answered", "answered", "回答了"}, completed = {VERBS "completed", "completed", "完成了"},
  passed = {VERBS "passed", "passed", "通过了"}, failed = {VERBS "failed", "failed", "未通过"};

/* A statement being written. */
struct pen {
    const struct xapi_scenario *sc;
    const struct xapi_session *s;
    struct text home;
    struct json_out o;
};

/* ---- identifiers ---- */

/* The identifier of WHAT (number N) in this conversation: whose it was, when it began, and its first event, in which
 * scenario and seed stand. */
static void put_id(struct pen *w, const char *key, const char *what, uint32_t n)
{
    char id[UUID_TEXT + 1];
    struct buf name = {0};
    buf_text(&name, w->home);
    buf_char(&name, '\n');
    buf_text(&name, w->s->kept->trainee_name);
    buf_printf(&name, "\n%lld\n", (long long)w->s->kept->started);
    buf_text(&name, w->s->events[0].body);
    buf_printf(&name, "\n%s %u", what, n);
    struct uuid u = uuid_of(&space, buf_view(&name));
    uuid_text(&u, id);
    json_put_text(&w->o, key, text_of(id));
    buf_done(&name);
}

/* The activity that is the scenario, or with DECISION one decision of it. */
static void put_activity_id(struct pen *w, struct text decision)
{
    struct buf id = {0};
    buf_text(&id, w->home);
    buf_str(&id, "rehearse/");
    buf_text(&id, w->sc->id);
    buf_str(&id, decision.len ? "/" : "");
    buf_text(&id, decision);
    json_put_text(&w->o, "id", buf_view(&id));
    buf_done(&id);
}

/* ---- words in all languages ---- */

typedef struct runs words_fn(const struct pen *w, uint32_t lang, const void *what);

/* {"zh-CN":"…","en":"…"} under KEY; nothing where no language has words. */
static void put_map(struct pen *w, const char *key, words_fn *words, const void *what)
{
    bool open = false;
    for (uint32_t i = 0; i < w->sc->n_langs; i++) {
        struct buf plain = {0};
        runs_plain(words(w, i, what), &plain);
        if (plain.len && !open) {
            json_key(&w->o, key);
            json_open_object(&w->o);
            open = true;
        }
        if (plain.len) {
            json_key_text(&w->o, w->sc->langs[i]);
            json_str(&w->o, buf_view(&plain));
        }
        buf_done(&plain);
    }
    if (open)
        json_close_object(&w->o);
}

static struct runs title(const struct pen *w, uint32_t lang, const void *what)
{
    (void)what;
    return w->sc->infos[lang].title;
}

static struct runs summary(const struct pen *w, uint32_t lang, const void *what)
{
    (void)what;
    return w->sc->infos[lang].summary;
}

/* The decision called ID; NULL where it is not in the outline. */
static const struct outline_node *node_of(const struct pen *w, uint32_t lang, struct text id)
{
    const struct client_outline *o = &w->sc->outlines[lang];
    for (uint32_t i = 0; i < o->n_scenes; i++)
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++)
            if (o->scenes[i].nodes[k].kind == WIRE_NODE_DECISION && text_eq(o->scenes[i].nodes[k].id, id))
                return &o->scenes[i].nodes[k];
    return NULL;
}

/* The option "decision/option"; NULL where there is none. */
static const struct outline_option *option_of(const struct pen *w, uint32_t lang, struct text id)
{
    const char *slash = id.len ? memchr(id.at, '/', id.len) : NULL;
    const struct outline_node *n = slash ? node_of(w, lang, text_from(id.at, (size_t)(slash - id.at))) : NULL;
    for (uint32_t i = 0; n && i < n->n_options; i++)
        if (text_eq(n->options[i].id, id))
            return &n->options[i];
    return NULL;
}

static struct runs prompt(const struct pen *w, uint32_t lang, const void *what)
{
    const struct outline_node *n = node_of(w, lang, *(const struct text *)what);
    return n ? n->text : (struct runs){0};
}

/* What is said, else how. */
static struct runs reply(const struct pen *w, uint32_t lang, const void *what)
{
    const struct outline_option *o = option_of(w, lang, *(const struct text *)what);
    return !o ? (struct runs){0} : o->text.n ? o->text : o->manner;
}

static struct runs because(const struct pen *w, uint32_t lang, const void *what)
{
    const struct outline_option *o = option_of(w, lang, *(const struct text *)what);
    return o ? o->because : (struct runs){0};
}

/* ---- what all statements have ---- */

static void put_time(struct pen *w, int64_t at)
{
    char text[40];
    time_t seconds = (time_t)(at / 1000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    size_t n = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(text + n, sizeof text - n, ".%03dZ", (int)(at % 1000));
    json_put_text(&w->o, "timestamp", text_of(text));
}

/* Whoever practised, by the name that records have for them; a room is a group without members. */
static void put_actor(struct pen *w)
{
    const struct kept_session *k = w->s->kept;
    struct buf room = {0};
    json_key(&w->o, "actor");
    json_open_object(&w->o);
    json_put_text(&w->o, "objectType", k->trainee ? TEXT("Agent") : TEXT("Group"));
    json_key(&w->o, "account");
    json_open_object(&w->o);
    json_put_text(&w->o, "homePage", w->home);
    buf_printf(&room, "room-");
    buf_text(&room, k->name);
    json_put_text(&w->o, "name", k->trainee ? k->trainee_name : buf_view(&room));
    json_close_object(&w->o);
    json_close_object(&w->o);
    buf_done(&room);
}

static void open_statement(struct pen *w, const struct verb *verb, const char *what, uint32_t n)
{
    json_open_object(&w->o);
    put_id(w, "id", what, n);
    put_actor(w);
    json_key(&w->o, "verb");
    json_open_object(&w->o);
    json_put_text(&w->o, "id", text_of(verb->id));
    json_key(&w->o, "display");
    json_open_object(&w->o);
    json_put_text(&w->o, "en", text_of(verb->en));
    json_put_text(&w->o, "zh-CN", text_of(verb->zh));
    json_close_object(&w->o);
    json_close_object(&w->o);
}

static void put_scenario(struct pen *w, bool defined)
{
    json_open_object(&w->o);
    json_put_text(&w->o, "objectType", TEXT("Activity"));
    put_activity_id(w, (struct text){0});
    if (defined) {
        json_key(&w->o, "definition");
        json_open_object(&w->o);
        json_put_text(&w->o, "type", TEXT(ACTIVITIES "simulation"));
        put_map(w, "name", title, NULL);
        put_map(w, "description", summary, NULL);
        json_close_object(&w->o);
    }
    json_close_object(&w->o);
}

/* The conversation; PART: the statement is about a part of the scenario. */
static void close_statement(struct pen *w, bool part, int64_t at)
{
    const struct kept_session *k = w->s->kept;
    json_key(&w->o, "context");
    json_open_object(&w->o);
    put_id(w, "registration", "session", 0);
    if (part) {
        json_key(&w->o, "contextActivities");
        json_open_object(&w->o);
        json_key(&w->o, "parent");
        json_open_array(&w->o);
        put_scenario(w, false);
        json_close_array(&w->o);
        json_close_object(&w->o);
    }
    json_put_text(&w->o, "revision", w->sc->version);
    json_put_text(&w->o, "platform", TEXT("Rehearse"));
    json_put_text(&w->o, "language", k->lang);
    json_key(&w->o, "extensions");
    json_open_object(&w->o);
    json_put_text(&w->o, OURS "digest", w->sc->digest);
    json_put_text(&w->o, OURS "roles", k->roles);
    json_put_text(&w->o, OURS "mode", term_word(&mode_terms, k->mode));
    json_put_int(&w->o, OURS "before", k->before);
    json_close_object(&w->o);
    json_close_object(&w->o);
    put_time(w, at);
    json_close_object(&w->o);
    buf_char(w->o.to, '\n');
    w->o = json_to(w->o.to);
}

/* ---- answered ---- */

/* "first-reply/reflect" without the decision. */
static struct text last_of(struct text id)
{
    const char *slash = id.len ? memrchr(id.at, '/', id.len) : NULL;
    size_t from = slash ? (size_t)(slash - id.at) + 1 : 0;
    return text_from(id.at + from, id.len - from);
}

static void put_choices(struct pen *w, const struct outline_node *n)
{
    json_put_text(&w->o, "interactionType", TEXT("choice"));
    json_key(&w->o, "choices");
    json_open_array(&w->o);
    for (uint32_t i = 0; i < n->n_options; i++) {
        if (n->options[i].no_answer)
            continue;
        json_open_object(&w->o);
        json_put_text(&w->o, "id", last_of(n->options[i].id));
        put_map(w, "description", reply, &n->options[i].id);
        json_close_object(&w->o);
    }
    json_close_array(&w->o);
}

static void put_decision(struct pen *w, struct text id)
{
    const struct outline_node *n = node_of(w, 0, id);
    json_key(&w->o, "object");
    json_open_object(&w->o);
    json_put_text(&w->o, "objectType", TEXT("Activity"));
    put_activity_id(w, id);
    json_key(&w->o, "definition");
    json_open_object(&w->o);
    json_put_text(&w->o, "type", TEXT(ACTIVITIES "cmi.interaction"));
    put_map(w, "name", prompt, &id);
    if (n && n->form != WIRE_FORM_COMPOSE)
        put_choices(w, n);
    else
        json_put_text(&w->o, "interactionType", TEXT("other"));
    json_close_object(&w->o);
    json_close_object(&w->o);
}

static void put_duration(struct pen *w, int64_t ms)
{
    char text[32];
    snprintf(text, sizeof text, "PT%lld.%03dS", (long long)(ms / 1000), (int)(ms % 1000));
    json_put_text(&w->o, "duration", text_of(text));
}

static void put_true(struct pen *w, const char *key, bool is)
{
    if (is)
        json_put_bool(&w->o, key, true);
}

/* The parts that a message was put together from, as the event has them. */
static void put_parts(struct pen *w, const struct json_value *event)
{
    const struct json_value *parts = json_get_array(event, "parts");
    if (!parts)
        return;
    json_key(&w->o, OURS "parts");
    json_open_array(&w->o);
    for (uint32_t i = 0; i < parts->n; i++)
        json_str(&w->o, json_text(&parts->items[i]));
    json_close_array(&w->o);
}

/* What it was, what it is worth here, and why.  What a trainee placed is not worth points (pedagogy.md, 4). */
static void put_worth(struct pen *w, const struct client_turn *t, const struct json_value *event)
{
    json_key(&w->o, "extensions");
    json_open_object(&w->o);
    json_key(&w->o, OURS "moves");
    json_open_array(&w->o);
    for (uint32_t i = 0; i < t->n_moves; i++)
        json_str(&w->o, t->moves[i].move);
    json_close_array(&w->o);
    if (!t->self && t->n_evidence) {
        json_key(&w->o, OURS "points");
        json_open_object(&w->o);
        for (uint32_t i = 0; i < t->n_evidence; i++) {
            json_key_text(&w->o, t->evidence[i].competency);
            json_int(&w->o, t->evidence[i].points);
        }
        json_close_object(&w->o);
    }
    if (!t->self)
        put_map(w, OURS "because", because, &t->option);
    put_parts(w, event);
    put_true(w, OURS "self-placed", t->self);
    put_true(w, OURS "again", t->again);
    put_true(w, OURS "taken-back", t->taken_back);
    put_true(w, OURS "timed-out", t->timed_out);
    json_close_object(&w->o);
}

static void put_answered(struct pen *w, const struct client_turn *t)
{
    struct arena a = {0};
    const struct xapi_event *e = &w->s->events[t->event];
    const struct json_value *event = json_parse(&a, e->body);
    int64_t ms = -1;
    open_statement(w, &answered, "answered", t->event);
    put_decision(w, t->decision);
    json_key(&w->o, "result");
    json_open_object(&w->o);
    if (t->option.len)
        json_put_text(&w->o, "response", last_of(t->option));
    if (json_get_int(event, "ms", 0, UINT32_MAX, &ms))
        put_duration(w, ms);
    put_worth(w, t, event);
    json_close_object(&w->o);
    close_statement(w, true, e->at);
    arena_done(&a);
}

/* A person's answer that says nothing, such as a subject taken from a list: it is in no debrief.  False where event N is
 * none. */
static bool put_silent(struct pen *w, uint32_t n)
{
    struct arena a = {0};
    struct client_event e;
    bool is = client_event_read(&a, w->s->events[n].body, &e) && text_is(e.kind, "chose") && e.option.len && !text_is(e.by, "engine");
    if (is) {
        struct buf id = {0};
        buf_text(&id, e.decision);
        buf_char(&id, '/');
        buf_text(&id, e.option);
        put_answered(w, &(struct client_turn){.event = n, .decision = e.decision, .option = buf_view(&id), .again = e.again});
        buf_done(&id);
    }
    arena_done(&a);
    return is;
}

/* ---- completed, passed, failed ---- */

static void put_ended(struct pen *w, const struct verb *verb, const char *what)
{
    const struct client_debrief *d = w->s->debrief;
    const struct xapi_mark *m = &w->s->mark;
    bool judged = verb != &completed;
    open_statement(w, verb, what, 0);
    json_key(&w->o, "object");
    put_scenario(w, true);
    json_key(&w->o, "result");
    json_open_object(&w->o);
    if (judged) {
        int64_t share = m->best > m->worst ? ((int64_t)m->got - m->worst) * 1000 / (m->best - m->worst) : 0;
        char scaled[16];
        snprintf(scaled, sizeof scaled, "%d.%03d", (int)(share / 1000), (int)(share % 1000));
        json_key(&w->o, "score");
        json_open_object(&w->o);
        json_key(&w->o, "scaled");
        json_raw(&w->o, text_of(scaled));
        json_put_int(&w->o, "raw", m->got);
        json_put_int(&w->o, "min", m->worst);
        json_put_int(&w->o, "max", m->best);
        json_close_object(&w->o);
        json_put_bool(&w->o, "success", m->passed);
    }
    json_put_bool(&w->o, "completion", true);
    json_key(&w->o, "extensions");
    json_open_object(&w->o);
    json_put_text(&w->o, OURS "ending", d->ending);
    json_put_text(&w->o, OURS "outcome", term_word(&outcome_terms, d->outcome));
    json_close_object(&w->o);
    json_close_object(&w->o);
    close_statement(w, false, w->s->events[w->s->n_events - 1].at);
}

uint32_t xapi_put(const struct xapi_scenario *sc, const struct xapi_session *s, struct text home, struct buf *out)
{
    struct pen w = {.sc = sc, .s = s, .home = home, .o = json_to(out)};
    const struct client_debrief *d = s->debrief;
    uint32_t n = 0;
    for (uint32_t i = 0, turn = 0; i < s->n_events; i++) {
        while (turn < d->n_turns && d->turns[turn].event < i)
            turn++;
        if (turn < d->n_turns && d->turns[turn].event == i)
            put_answered(&w, &d->turns[turn]);
        else if (!put_silent(&w, i))
            continue;
        n++;
    }
    if (d->ending.len && d->outcome) {
        put_ended(&w, &completed, "completed");
        n++;
        if (s->mark.known) {
            put_ended(&w, s->mark.passed ? &passed : &failed, "judged");
            n++;
        }
    }
    return n;
}

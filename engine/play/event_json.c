/* event_json.c -- the one written form of an event.
 *
 * One line of JSON: keys in a fixed order, names instead of numbers, what is empty or false left out.  Records keep
 * these bytes, so nothing here may hang on the machine, the language shown, or the order of ids.
 *
 *     {"n":3,"e":"chose","decision":"first-reply","option":"reflect","by":"trainee","ms":5200,
 *      "items":[{"set":"trust","to":6}],"evidence":{"listening":2}} */
#include "play/decide.h"
#include "play/event_names.h"
#include "play/vote.h"

#include "base/json.h"
#include "base/version.h"

#include <string.h>

const char *const EVENT_NAMES[] = {[EV_BEGAN] = "began",       [EV_ENTERED] = "entered", [EV_OFFERED] = "offered",
                                   [EV_CHOSE] = "chose",       [EV_NOTED] = "noted",     [EV_LANGUAGE] = "language",
                                   [EV_REWOUND] = "rewound",   [EV_ENDED] = "ended",     [EV_STUCK] = "stuck",
                                   [EV_PROPOSED] = "proposed"};
const char *const CHOOSER_NAMES[] = {[BY_TRAINEE] = "trainee", [BY_ENGINE] = "engine", [BY_ROOM] = "room",
                                     [BY_NOBODY] = "nobody"};
const char *const STUCK_NAMES[] = {[STUCK_NO_OPTION] = "no-option", [STUCK_NO_WAY] = "no-way", [STUCK_MOVES] = "moves"};
const char *const MODE_NAMES[] = {[MODE_PRACTICE] = "practice", [MODE_CHECK_IN] = "check-in",
                                  [MODE_WORKSHOP] = "workshop"};

/* What is being written. */
struct pen {
    const struct session *se;
    const struct scenario *s;
    struct json_out o;
};

static void put(struct pen *w, const char *key, const char *word)
{
    json_put_text(&w->o, key, text_of(word));
}

static void put_name(struct pen *w, const char *key, name_id name)
{
    json_put_text(&w->o, key, scenario_name(w->s, name));
}

/* A name as a key. */
static void key_name(struct pen *w, name_id name)
{
    char key[EVENT_NAME_BYTES + 1];
    struct text t = scenario_name(w->s, name);
    size_t n = t.len < EVENT_NAME_BYTES ? t.len : EVENT_NAME_BYTES;
    if (n)
        memcpy(key, t.at, n);
    key[n] = '\0';
    json_key(&w->o, key);
}

static void put_node(struct pen *w, const char *key, uint32_t node)
{
    struct buf name = {0};
    scenario_node_name(w->s, (node_id){node}, &name);
    json_put_text(&w->o, key, buf_view(&name));
    buf_done(&name);
}

static void value(struct pen *w, uint32_t fact, int32_t v)
{
    const struct fact *f = &w->s->facts[fact];
    if (f->kind == FACT_FLAG)
        json_bool(&w->o, v != 0);
    else if (f->kind == FACT_ONE_OF)
        json_str(&w->o, scenario_name(w->s, w->s->values[f->values + (uint32_t)v]));
    else
        json_int(&w->o, v);
}

static void put_fact(struct pen *w, const char *key, const struct item *it, const char *what)
{
    put_name(w, key, w->s->facts[it->ref].name);
    json_key(&w->o, what);
    value(w, it->ref, it->value);
}

static struct text text_at(const struct pen *w, const struct item *it)
{
    return session_text(w->se, it);
}

/* ---- items ---- */

static void put_problem(struct pen *w, const struct item *it, const struct item *end)
{
    put(w, "problem", msg_name((enum msg)it->ref));
    if (it->value) {
        json_key(&w->o, "place");
        json_open_array(&w->o);
        json_int(&w->o, it[0].value);
        json_int(&w->o, it[1].ref);
        json_int(&w->o, it[1].value);
        json_close_array(&w->o);
    }
    if (it + 2 == end || it[2].kind != ITEM_TEXT)
        return;
    json_key(&w->o, "args");
    json_open_array(&w->o);
    for (it += 2; it < end && it->kind == ITEM_TEXT; it++)
        json_str(&w->o, text_at(w, it));
    json_close_array(&w->o);
}

static void put_score(struct pen *w, const struct item *it, const struct item *end)
{
    put_name(w, "score", w->s->rubric.comps[it->comp].name);
    json_put_int(&w->o, "points", it->value);
    if (it->ref)
        put_node(w, "at", it->ref);
    else if (it + 1 < end && it[1].kind == ITEM_REASON)
        json_put_text(&w->o, "why", text_at(w, it + 1));
}

/* Whether IT begins an element of "items"; the others belong to one, or have a key of their own. */
static bool is_element(const struct event *e, const struct item *it)
{
    switch ((enum item_kind)it->kind) {
    case ITEM_SHOW:
    case ITEM_SET:
    case ITEM_SCORE:
    case ITEM_GO:
    case ITEM_DRAW:
    case ITEM_PROBLEM:
        return true;
    case ITEM_VALUE:
        return e->kind != EV_OFFERED;
    case ITEM_REASON:
    case ITEM_EVIDENCE:
    case ITEM_PLACE:
    case ITEM_TEXT:
    case ITEM_OPTION:
    case ITEM_TALLY:
    case ITEM_TOTAL:
    case ITEM_PART:
    case ITEM_TAKEN:
    case ITEM_HANDS:
    case ITEM_VOTE:
        break;
    }
    return false;
}

static void put_item(struct pen *w, const struct item *it, const struct item *end)
{
    json_open_object(&w->o);
    if (it->kind == ITEM_SHOW)
        put_node(w, "show", it->ref);
    else if (it->kind == ITEM_VALUE)
        put_fact(w, "value", it, "is");
    else if (it->kind == ITEM_SET)
        put_fact(w, "set", it, "to");
    else if (it->kind == ITEM_SCORE)
        put_score(w, it, end);
    else if (it->kind == ITEM_GO)
        put_name(w, "go", w->s->scenes[it->ref].name);
    else if (it->kind == ITEM_DRAW) {
        json_put_int(&w->o, "draw", it->value);
        json_put_int(&w->o, "of", it->ref);
    } else
        put_problem(w, it, end);
    json_close_object(&w->o);
}

static void put_items(struct pen *w, const struct event *e)
{
    const struct item *it = event_items(e), *end = it + e->n;
    bool open = false;
    for (; it < end; it++) {
        if (!is_element(e, it))
            continue;
        if (!open) {
            json_key(&w->o, "items");
            json_open_array(&w->o);
        }
        open = true;
        put_item(w, it, end);
    }
    if (open)
        json_close_array(&w->o);
}

/* Items of one KIND as an object under KEY: "evidence":{"listening":2}. */
static void put_map(struct pen *w, const struct event *e, enum item_kind kind, const char *key)
{
    const struct item *it = event_items(e), *end = it + e->n;
    bool open = false;
    for (; it < end; it++) {
        if (it->kind != kind)
            continue;
        if (!open) {
            json_key(&w->o, key);
            json_open_object(&w->o);
        }
        open = true;
        if (kind == ITEM_VALUE) {
            key_name(w, w->s->facts[it->ref].name);
            value(w, it->ref, it->value);
            continue;
        }
        key_name(w, w->s->rubric.comps[it->comp].name);
        json_int(&w->o, it->value);
    }
    if (open)
        json_close_object(&w->o);
}

/* ---- events ---- */

static void put_digest(struct pen *w)
{
    struct buf hex = {0};
    for (size_t i = 0; i < sizeof w->s->digest; i++)
        buf_printf(&hex, "%02x", w->s->digest[i]);
    json_put_text(&w->o, "digest", buf_view(&hex));
    buf_done(&hex);
}

static void put_seed(struct pen *w, uint64_t seed)
{
    struct buf digits = {0};
    buf_printf(&digits, "%llu", (unsigned long long)seed);
    json_key(&w->o, "seed");
    if (seed <= EVENT_NUMBER_MAX)
        json_raw(&w->o, buf_view(&digits));
    else
        json_str(&w->o, buf_view(&digits));
    buf_done(&digits);
}

static void put_began(struct pen *w)
{
    const struct session_params *params = &w->se->params;
    json_put_int(&w->o, "format", REHEARSE_FORMAT);
    json_put_text(&w->o, "engine", params->engine.len ? params->engine : TEXT(REHEARSE_VERSION));
    put_name(w, "scenario", w->s->id);
    json_put_text(&w->o, "version", w->s->version);
    put_digest(w);
    put_seed(w, params->seed);
    json_put_text(&w->o, "lang", w->s->languages[params->lang].tag);
    json_key(&w->o, "roles");
    json_open_array(&w->o);
    for (uint32_t i = 0; i < params->n_roles; i++)
        json_str(&w->o, scenario_name(w->s, w->s->roles[params->roles[i].i].name));
    json_close_array(&w->o);
    put(w, "mode", MODE_NAMES[params->mode]);
    if (params->started.len)
        json_put_text(&w->o, "started", params->started);
}

/* Parts as "slot/part", in the order of their items. */
static void put_parts(struct pen *w, const struct event *e, enum item_kind kind)
{
    bool open = false;
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind != kind)
            continue;
        struct buf name = {0};
        part_name(w->s, it->ref, &name);
        if (!open) {
            json_key(&w->o, "parts");
            json_open_array(&w->o);
        }
        open = true;
        json_str(&w->o, buf_view(&name));
        buf_done(&name);
    }
    if (open)
        json_close_array(&w->o);
}

static void put_options(struct pen *w, const struct event *e)
{
    json_key(&w->o, "options");
    json_open_array(&w->o);
    for (uint32_t i = 0; i < e->n; i++)
        if (event_items(e)[i].kind == ITEM_OPTION)
            json_str(&w->o, scenario_name(w->s, w->s->options[event_items(e)[i].ref].name));
    json_close_array(&w->o);
}

/* What somebody wrote; nothing stands there where it was withheld. */
static void put_own(struct pen *w, const struct event *e)
{
    struct text own = text_at(w, event_items(e));
    if (own.len)
        json_put_text(&w->o, "text", own);
    else
        json_put_bool(&w->o, "withheld", true);
}

static void put_proposed(struct pen *w, const struct event *e)
{
    put_name(w, "decision", w->s->decisions[e->a].name);
    put_own(w, e);
    put_options(w, e);
}

static void put_chose(struct pen *w, const struct event *e)
{
    put_name(w, "decision", w->s->decisions[e->b].name);
    if (e->by != BY_NOBODY)
        put_name(w, "option", w->s->options[e->a].name);
    put(w, "by", CHOOSER_NAMES[e->by]);
    if (e->by != BY_ENGINE)
        json_put_int(&w->o, "ms", e->ms);
    if (e->again)
        json_put_bool(&w->o, "again", true);
    if (e->self)
        json_put_bool(&w->o, "self", true);
    put_parts(w, e, ITEM_TAKEN);
    vote_put(w->s, e, &w->o);
    put_items(w, e);
    put_map(w, e, ITEM_EVIDENCE, "evidence");
}

static void put_offered(struct pen *w, const struct event *e)
{
    put_name(w, "decision", w->s->decisions[e->a].name);
    put_map(w, e, ITEM_VALUE, "values");
    if (w->s->decisions[e->a].form == FORM_COMPOSE)
        put_parts(w, e, ITEM_PART);
    else
        put_options(w, e);
}

static void put_entered(struct pen *w, const struct event *e)
{
    if (e->a)
        put_name(w, "scene", w->s->scenes[e->a].name);
    else
        json_put_bool(&w->o, "on", true);
    put_items(w, e);
}

static void put_ended(struct pen *w, const struct event *e)
{
    put_name(w, "ending", w->s->scenes[e->a].name);
    put_items(w, e);
    put_map(w, e, ITEM_TOTAL, "totals");
}

void event_json(const struct session *se, uint32_t n, struct buf *out)
{
    const struct event *e = session_event(se, n);
    struct pen w = {.se = se, .s = se->scenario, .o = json_to(out)};
    json_open_object(&w.o);
    json_put_int(&w.o, "n", n);
    put(&w, "e", EVENT_NAMES[e->kind]);
    if (e->kind == EV_BEGAN)
        put_began(&w);
    else if (e->kind == EV_ENTERED)
        put_entered(&w, e);
    else if (e->kind == EV_OFFERED)
        put_offered(&w, e);
    else if (e->kind == EV_CHOSE)
        put_chose(&w, e);
    else if (e->kind == EV_NOTED)
        put_own(&w, e);
    else if (e->kind == EV_LANGUAGE)
        json_put_text(&w.o, "lang", se->scenario->languages[e->a].tag);
    else if (e->kind == EV_REWOUND)
        json_put_int(&w.o, "to", e->a);
    else if (e->kind == EV_ENDED)
        put_ended(&w, e);
    else if (e->kind == EV_STUCK)
        put(&w, "why", STUCK_NAMES[e->a]);
    else if (e->kind == EV_PROPOSED)
        put_proposed(&w, e);
    json_close_object(&w.o);
}

/* replay.c -- a session made again from what was kept of it.
 *
 * The first event says what is played: another scenario, or one that was changed since, is refused before anything is
 * made.  Each further event is a step of its own. */
#include "play/decide.h"
#include "play/event_names.h"
#include "play/event_parse.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/version.h"

#include <stdlib.h>
#include <string.h>

static bool bad(struct err *err, enum msg code, struct text what)
{
    return err_set(err, code, (struct span){0}, what, code == MSG_EVENT_FIELD ? TEXT("0") : (struct text){0});
}

static bool same_digest(const struct scenario *s, struct text hex)
{
    static const char digits[] = "0123456789abcdef";
    if (hex.len != 2 * sizeof s->digest)
        return false;
    for (size_t i = 0; i < sizeof s->digest; i++)
        if (hex.at[2 * i] != digits[s->digest[i] >> 4] || hex.at[2 * i + 1] != digits[s->digest[i] & 15])
            return false;
    return true;
}

/* Whether the events were made with S as it is now. */
static bool same_scenario(const struct scenario *s, const struct json_value *v, struct err *err)
{
    struct text t = {0};
    int64_t format;
    if (!json_get_int(v, "format", 0, INT32_MAX, &format))
        return bad(err, MSG_EVENT_FIELD, TEXT("format"));
    if (format != REHEARSE_FORMAT)
        return bad(err, MSG_EVENT_FORMAT, (struct text){0});
    if (!json_get_text(v, "scenario", &t) || !text_eq(t, scenario_name(s, s->id)))
        return bad(err, MSG_EVENT_SCENARIO, t);
    if (!json_get_text(v, "digest", &t) || !same_digest(s, t))
        return bad(err, MSG_EVENT_DIGEST, (struct text){0});
    return true;
}

/* A seed: a number, or the digits of one that is greater than a number may be. */
static bool seed_of(const struct json_value *v, uint64_t *out)
{
    if (v && v->kind == JSON_IS_INT && v->number >= 0 && (uint64_t)v->number <= EVENT_NUMBER_MAX) {
        *out = (uint64_t)v->number;
        return true;
    }
    struct text t = json_text(v);
    *out = 0;
    for (size_t i = 0; i < t.len; i++) {
        uint64_t digit = (uint64_t)(unsigned char)t.at[i] - '0';
        if (digit > 9 || *out > (UINT64_MAX - digit) / 10)
            return false;
        *out = *out * 10 + digit;
    }
    return *out > EVENT_NUMBER_MAX && t.at[0] != '0';
}

static bool roles_of(const struct scenario *s, const struct json_value *v, struct session_params *out)
{
    if (!v || v->n == 0 || v->n > ROLES_PLAYED)
        return false;
    for (out->n_roles = 0; out->n_roles < v->n; out->n_roles++) {
        role_id r = scenario_role(s, json_text(&v->items[out->n_roles]));
        if (r.i == 0)
            return false;
        out->roles[out->n_roles] = r;
    }
    return true;
}

static bool lang_of(const struct scenario *s, struct text tag, uint32_t *out)
{
    for (*out = 0; *out < s->n_languages; ++*out)
        if (text_eq(s->languages[*out].tag, tag))
            return true;
    return false;
}

static bool mode_of(struct text name, uint8_t *out)
{
    for (*out = 0; *out <= MODE_WORKSHOP; ++*out)
        if (text_is(name, MODE_NAMES[*out]))
            return true;
    return false;
}

bool session_params_parse(const struct scenario *s, struct text json, struct arena *a, struct session_params *out,
                          struct err *err)
{
    const struct json_value *v = json_parse(a, json);
    *out = (struct session_params){0};
    if (!v || !text_is(json_text(json_find(v, "e")), "began"))
        return bad(err, MSG_EVENT_SYNTAX, TEXT("0"));
    if (!same_scenario(s, v, err))
        return false;
    if (!seed_of(json_find(v, "seed"), &out->seed))
        return bad(err, MSG_EVENT_FIELD, TEXT("seed"));
    if (!lang_of(s, json_text(json_find(v, "lang")), &out->lang))
        return bad(err, MSG_EVENT_FIELD, TEXT("lang"));
    if (!roles_of(s, json_get_array(v, "roles"), out))
        return bad(err, MSG_EVENT_FIELD, TEXT("roles"));
    if (!mode_of(json_text(json_find(v, "mode")), &out->mode))
        return bad(err, MSG_EVENT_FIELD, TEXT("mode"));
    json_get_text(v, "started", &out->started);
    json_get_text(v, "engine", &out->engine);
    return session_params_check(s, out, err);
}

/* The first event says what the session was made from; it must say the same. */
static bool replay_began(const struct session *se, struct text json, struct err *err)
{
    struct buf own = {0};
    event_json(se, 0, &own);
    bool same = text_eq(buf_view(&own), json);
    buf_done(&own);
    return same || err_set(err, MSG_EVENT_FORM, (struct span){0}, TEXT("0"), TEXT("0"));
}

/* What an err says outlives the arena it was made in: it is kept behind the session's texts, until the next step. */
static void keep_words(struct session *se, struct err *err)
{
    size_t len = se->texts.len, at = len;
    for (uint32_t i = 0; i < ERR_ARGS; i++)
        buf_text(&se->texts, err->args[i]);
    for (uint32_t i = 0; i < ERR_ARGS; i++) {
        err->args[i].at = err->args[i].len ? se->texts.at + at : NULL;
        at += err->args[i].len;
    }
    se->texts.len = len;
}

bool session_replay(struct session *se, struct text json, struct err *err)
{
    struct arena a = {0};
    struct err said = {0};
    struct opened o;
    if (se->n_events == 1 && json.len > 18 && memcmp(json.at, "{\"n\":0,\"e\":\"began\"", 18) == 0)
        return replay_began(se, json, err);
    step_open(&o, se);
    bool ok = step_close(&o, event_parse(&o.p, json, &a, &said), &said);
    if (!ok && err) {
        *err = said;
        keep_words(se, err);
    }
    arena_done(&a);
    return ok;
}

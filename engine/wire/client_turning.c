/* client_turning.c -- the answers on which a play turned, read into structs.
 *
 * The search is the engine's and dies with it: a host whose engine was replaced between two slices is told so by a
 * refusal, and begins once more. */
#include "wire/client_inside.h"

enum { TURNS_MOST = 2, OTHERS_MOST = 64, SLICES_MOST = 10000 };

#define turning_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

/* Those without a kind are all answers, and come last. */
static void turn_read(struct client_turning *t, struct reading *r, const struct json_value *v)
{
    bool all = !json_find(v, "kind");
    if (!all && (t->n == TURNS_MOST || t->n_all)) {
        r->bad = true;
        return;
    }
    struct turning_turn *turn = all ? turning_add(r, t->all, t->n_all) : turning_add(r, t->v, t->n);
    turn->event = read_count(r, v, "turning", MUST_BE);
    turn->kind = read_term(r, v, "kind", MAY_MISS, &turning_terms);
}

static void other_read(struct client_turning *t, struct reading *r, const struct json_value *v)
{
    struct turning_turn *turn = t->n_all ? &t->all[t->n_all - 1] : t->n ? &t->v[t->n - 1] : NULL;
    if (!turn || turn->n_others == OTHERS_MOST || read_count(r, v, "other", MUST_BE) != turn->event) {
        r->bad = true;
        return;
    }
    struct turning_else *e = turning_add(r, turn->others, turn->n_others);
    e->option = read_name(r, v, "option", MUST_BE);
    e->said = read_runs(r, v, "said");
    e->said_manner = read_runs(r, v, "said-manner");
    e->reaction = read_runs(r, v, "reaction");
    e->reaction_manner = read_runs(r, v, "reaction-manner");
    e->reaction_by = read_runs(r, v, "reaction-by");
    e->points = (int32_t)read_int(r, v, "points", MAY_MISS, INT32_MIN, INT32_MAX);
    e->ending = read_name(r, v, "ending", MAY_MISS);
    e->title = read_runs(r, v, "title");
    e->outcome = read_term(r, v, "outcome", MAY_MISS, &outcome_terms);
    e->same = read_bool(r, v, "same");
}

static void turning_part(struct call *call, struct reading *r, const struct json_value *v)
{
    if (json_find(v, "turning"))
        turn_read(call->out, r, v);
    else
        other_read(call->out, r, v);
}

/* One slice; *MORE where there is more to do. */
static enum client_end slice(struct client_session *s, struct text lang, bool begin, bool all, struct client_turning *out,
                             bool *more, struct client_fault *fault)
{
    struct client *c = client_of_session(s);
    *out = (struct client_turning){0};
    enum client_end end = client_ready(c, fault);
    if (end != CLIENT_OK)
        return end;
    struct json_out o = session_request(s, "turning");
    if (begin)
        json_put_bool(&o, "begin", true);
    if (all)
        json_put_bool(&o, "all", true);
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    struct call call = {.line = request_end(c, &o), .part = turning_part, .out = out};
    end = session_call(s, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    *more = read_bool(&r, call.done, "more");
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

enum client_end client_turning(struct client_session *s, struct text lang, bool all, struct client_turning *out,
                               struct client_fault *fault)
{
    bool more = true;
    enum client_end end = CLIENT_OK;
    for (uint32_t n = 0; more && end == CLIENT_OK && n < SLICES_MOST; n++)
        end = slice(s, lang, n == 0, all, out, &more, fault);
    if (end != CLIENT_OK || more)
        *out = (struct client_turning){0};
    return end;
}

/* client_reach.c -- what was within reach, read into structs. */
#include "wire/client_reach.h"

#include "wire/client_inside.h"

#define reach_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

static int32_t read_figure(struct reading *r, const struct json_value *v, const char *name)
{
    return (int32_t)read_int(r, v, name, MUST_BE, INT32_MIN, INT32_MAX);
}

static struct reach_ending read_ending(struct reading *r, const struct json_value *v)
{
    struct reach_ending e = {.ending = read_name(r, v, "ending", MAY_MISS), .title = read_runs(r, v, "title"),
                             .outcome = read_term(r, v, "outcome", MAY_MISS, &outcome_terms)};
    r->bad |= e.ending.len && !e.outcome;
    return e;
}

static void figure_part(struct client_reach *out, struct reading *r, const struct json_value *v)
{
    *reach_add(r, out->figures, out->n_figures) = (struct reach_figure){
        .competency = read_name(r, v, "reach", MUST_BE), .title = read_runs(r, v, "title"), .got = read_figure(r, v, "got"),
        .worst = read_figure(r, v, "worst"), .best = read_figure(r, v, "best"), .luck = read_figure(r, v, "luck")};
}

/* The turn that a part belongs to: the last one. */
static struct reach_turn *turn_of(struct client_reach *out, struct reading *r, const struct json_value *v, const char *name)
{
    struct reach_turn *t = out->n_turns ? &out->turns[out->n_turns - 1] : NULL;
    if (!t || read_count(r, v, name, MUST_BE) != t->event)
        r->bad = true;
    return t;
}

static void price_part(struct client_reach *out, struct reading *r, const struct json_value *v)
{
    struct reach_turn *t = turn_of(out, r, v, "turn");
    if (r->bad)
        return;
    struct reach_price *p = reach_add(r, t->prices, t->n_prices);
    *p = (struct reach_price){.competency = read_name(r, v, "price", MUST_BE), .points = read_figure(r, v, "points"),
                              .here = read_figure(r, v, "here"), .later = read_figure(r, v, "later"),
                              .luck = read_figure(r, v, "luck")};
    r->bad |= (int64_t)p->here + p->later != p->points;
}

static void behind_part(struct client_reach *out, struct reading *r, const struct json_value *v)
{
    struct reach_turn *t = turn_of(out, r, v, "behind");
    if (r->bad)
        return;
    struct reach_ending *e = reach_add(r, t->behind, t->n_behind);
    *e = read_ending(r, v);
    e->option = read_name(r, v, "option", MUST_BE);
}

static void reach_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct client_reach *out = call->out;
    if (json_find(v, "reach"))
        figure_part(out, r, v);
    else if (json_find(v, "price"))
        price_part(out, r, v);
    else if (json_find(v, "behind"))
        behind_part(out, r, v);
    else {
        struct reach_turn *t = reach_add(r, out->turns, out->n_turns);
        *t = (struct reach_turn){.event = read_count(r, v, "before", MUST_BE), .before = read_ending(r, v)};
    }
}

enum client_end client_reach(struct client_session *s, struct text lang, struct client_reach *out, struct client_fault *fault)
{
    struct client *c = client_of_session(s);
    *out = (struct client_reach){0};
    enum client_end end = client_ready(c, fault);
    if (end != CLIENT_OK)
        return end;
    struct json_out o = session_request(s, "reach");
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    struct call call = {.line = request_end(c, &o), .part = reach_part, .out = out};
    end = session_call(s, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    out->fit = read_term(&r, call.done, "fit", MUST_BE, &reach_terms);
    if (json_find(call.done, "pass")) {
        out->pass = (uint32_t)read_int(&r, call.done, "pass", MUST_BE, 1, 100);
        out->passed = read_bool(&r, call.done, "passed");
    }
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

/* client_debrief.c -- the debrief of a session, read into structs. */
#include "wire/client_inside.h"

#define debrief_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

static const struct answer_reason *read_reasons(struct reading *r, const struct json_value *v, uint32_t *n)
{
    const struct json_value *f = json_find(v, "reasons");
    *n = f && f->kind == JSON_IS_ARRAY ? f->n : 0;
    r->bad |= f && f->kind != JSON_IS_ARRAY;
    struct answer_reason *list = arena_array(r->a, struct answer_reason, *n + 1);
    for (uint32_t i = 0; i < *n; i++) {
        list[i].competency = read_name(r, &f->items[i], "competency", MAY_MISS);
        list[i].points = (int)read_int(r, &f->items[i], "points", MUST_BE, INT8_MIN, INT8_MAX);
        list[i].text = read_runs(r, &f->items[i], "text");
    }
    return list;
}

static const uint32_t *read_counts(struct reading *r, const struct json_value *v, const char *name, uint32_t *n)
{
    const struct json_value *f = json_get_array(v, name);
    *n = f ? f->n : 0;
    uint32_t *list = arena_array(r->a, uint32_t, *n + 1);
    for (uint32_t i = 0; i < *n; i++) {
        r->bad |= f->items[i].kind != JSON_IS_INT || f->items[i].number < 0 || f->items[i].number > INT32_MAX;
        list[i] = r->bad ? 0 : (uint32_t)f->items[i].number;
    }
    return list;
}

static const struct turn_vote *read_vote(struct reading *r, const struct json_value *v)
{
    const struct json_value *f = json_get_object(v, "vote"), *votes = json_get_array(f, "votes");
    if (!f)
        return NULL;
    struct turn_vote *vote = arena_array(r->a, struct turn_vote, 1);
    uint32_t n_hands;
    vote->heads = read_count(r, f, "heads", MUST_BE);
    vote->settled = read_term(r, f, "settled", MAY_MISS, &settled_terms);
    vote->hands = read_counts(r, f, "hands", &n_hands);
    vote->n_options = votes ? votes->n : 0;
    vote->options = arena_array(r->a, struct turn_option, vote->n_options + 1);
    for (uint32_t i = 0; i < vote->n_options; i++) {
        struct turn_option *o = &vote->options[i];
        uint32_t n;
        o->id = read_name(r, &votes->items[i], "option", MUST_BE);
        o->text = read_runs(r, &votes->items[i], json_find(&votes->items[i], "text") ? "text" : "manner");
        o->votes = read_counts(r, &votes->items[i], "n", &n);
        vote->n_rounds = i ? vote->n_rounds : n;
        r->bad |= n != vote->n_rounds;
    }
    r->bad |= n_hands && n_hands != vote->n_rounds;
    vote->hands = n_hands ? vote->hands : NULL;
    return vote;
}

static void turn_part(struct client_debrief *d, struct reading *r, const struct json_value *v)
{
    struct client_turn *t = debrief_add(r, d->turns, d->n_turns);
    t->event = read_count(r, v, "turn", MUST_BE);
    t->decision = read_name(r, v, "decision", MUST_BE);
    t->option = read_name(r, v, "option", MAY_MISS);
    t->again = read_bool(r, v, "again");
    t->taken_back = read_bool(r, v, "taken-back");
    t->timed_out = read_bool(r, v, "timed-out");
    t->self = read_bool(r, v, "self");
    t->own = read_text(r, v, "own", MAY_MISS);
    t->scene = read_runs(r, v, "scene");
    t->prompt = read_runs(r, v, "prompt");
    t->heard = read_runs(r, v, "heard");
    t->heard_by = read_runs(r, v, "heard-by");
    t->said = read_runs(r, v, "said");
    t->said_manner = read_runs(r, v, "said-manner");
    t->reaction = read_runs(r, v, "reaction");
    t->reaction_manner = read_runs(r, v, "reaction-manner");
    t->reaction_by = read_runs(r, v, "reaction-by");
    t->because = read_runs(r, v, "because");
    t->evidence = read_points(r, v, "evidence", &t->n_evidence);
    t->reasons = read_reasons(r, v, &t->n_reasons);
    t->moves = read_moves(r, v, "moves", &t->n_moves);
    t->vote = read_vote(r, v);
}

static int32_t read_value(struct reading *r, const struct json_value *v, const char *name)
{
    return (int32_t)read_int(r, v, name, MUST_BE, INT32_MIN, INT32_MAX);
}

static void gauge_part(struct client_debrief *d, struct reading *r, const struct json_value *v)
{
    struct client_gauge *g = debrief_add(r, d->gauges, d->n_gauges);
    g->id = read_name(r, v, "gauge", MUST_BE);
    g->label = read_runs(r, v, "label");
    g->start = read_value(r, v, "start");
    g->value = read_value(r, v, "value");
    g->from = read_value(r, v, "from");
    g->to = read_value(r, v, "to");
    r->bad |= g->from > g->to || g->value < g->from || g->value > g->to;
}

static void total_part(struct client_debrief *d, struct reading *r, const struct json_value *v)
{
    struct client_total *t = debrief_add(r, d->totals, d->n_totals);
    t->competency = read_name(r, v, "total", MUST_BE);
    t->title = read_runs(r, v, "title");
    t->points = read_value(r, v, "points");
}

static void debrief_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct client_debrief *d = call->out;
    if (grade_part(&d->grades, r, v)) /* first: its parts name their turn, too */
        return;
    if (json_find(v, "turn"))
        turn_part(d, r, v);
    else if (json_find(v, "gauge"))
        gauge_part(d, r, v);
    else
        total_part(d, r, v);
}

static enum client_end debrief_once(struct client_session *s, struct text lang, struct client_debrief *out,
                                    struct client_fault *fault)
{
    struct client *c = client_of_session(s);
    *out = (struct client_debrief){0};
    enum client_end end = client_ready(c, fault);
    if (end != CLIENT_OK)
        return end;
    struct json_out o = session_request(s, "debrief");
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    json_put_bool(&o, "grade", true);
    struct call call = {.line = request_end(c, &o), .part = debrief_part, .out = out};
    end = session_call(s, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    out->again = read_count(&r, call.done, "again", MUST_BE);
    out->ending = read_name(&r, call.done, "ending", MAY_MISS);
    out->title = read_runs(&r, call.done, "title");
    out->outcome = read_term(&r, call.done, "outcome", MAY_MISS, &outcome_terms);
    grade_last(&out->grades, &r, call.done);
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

enum client_end client_debrief(struct client_session *s, struct text lang, struct client_debrief *out,
                               struct client_fault *fault)
{
    enum client_end end = debrief_once(s, lang, out, fault);
    return client_died(end, fault) ? debrief_once(s, lang, out, fault) : end;
}

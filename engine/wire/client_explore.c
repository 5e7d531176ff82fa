/* client_explore.c -- what a scenario can do, asked for in slices and read into structs.
 *
 * The wire has no fractions: shares come in million-millionths, means and qualities in thousandths.  A slice may take its
 * time, since nobody knows beforehand how long a script runs; whoever asks makes the slices small. */
#include "wire/client_inside.h"

enum { SLICE_MS = 60000 };

#define explore_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

/* ---- reading ---- */

static double read_scaled(struct reading *r, const struct json_value *v, const char *name, double by)
{
    return (double)read_int(r, v, name, MAY_MISS, INT64_MIN / 4, INT64_MAX / 4) / by;
}

static int32_t read_points_of(struct reading *r, const struct json_value *v, const char *name)
{
    return (int32_t)read_int(r, v, name, MAY_MISS, INT32_MIN, INT32_MAX);
}

static struct explore_share read_share(struct reading *r, const struct json_value *v)
{
    double share = read_scaled(r, v, "share", 1e12);
    bool exact = !json_find(v, "low");
    return (struct explore_share){share, exact ? share : read_scaled(r, v, "low", 1e12),
                                  exact ? share : read_scaled(r, v, "high", 1e12)};
}

static void read_levels(struct reading *r, const struct json_value *v, struct explore_score *s)
{
    const struct json_value *levels = json_get_array(v, "levels"), *bins = json_get_array(v, "bins");
    r->bad |= !bins || bins->n != EXPLORE_BINS || (levels && levels->n != EXPLORE_LEVELS);
    if (r->bad)
        return;
    for (int i = 0; i < EXPLORE_BINS; i++) {
        const struct json_value *b = &bins->items[i];
        r->bad |= b->kind != JSON_IS_INT || b->number < 0 || b->number > INT32_MAX;
        s->bin[i] = r->bad ? 0 : (uint32_t)b->number;
    }
    for (int i = 0; levels && i < EXPLORE_LEVELS; i++)
        s->levels[i + 1] = (struct explore_level){read_share(r, &levels->items[i]),
                                                  read_bool(r, &levels->items[i], "attained"),
                                                  read_bool(r, &levels->items[i], "impossible")};
}

static void score_part(struct client_explored *x, struct reading *r, const struct json_value *v)
{
    struct explore_score *s = explore_add(r, x->scores, x->n_scores);
    *s = (struct explore_score){.competency = read_name(r, v, "score", MUST_BE), .title = read_runs(r, v, "title"),
                                .focus = read_bool(r, v, "focus"), .worst = read_points_of(r, v, "worst"),
                                .best = read_points_of(r, v, "best"), .luck = read_points_of(r, v, "luck"),
                                .mean = read_scaled(r, v, "mean", 1000),
                                .quality_random = read_scaled(r, v, "quality-random", 1000),
                                .quality_best = read_scaled(r, v, "quality-best", 1000), .pieces_good = -1};
    if (json_find(v, "pieces-good"))
        s->pieces_good = (int32_t)read_count(r, v, "pieces-good", MUST_BE);
    read_levels(r, v, s);
}

static void ending_part(struct client_explored *x, struct reading *r, const struct json_value *v)
{
    *explore_add(r, x->endings, x->n_endings) =
        (struct explore_ending){.ending = read_name(r, v, "ending", MUST_BE), .title = read_runs(r, v, "title"),
                                .outcome = read_term(r, v, "outcome", MUST_BE, &outcome_terms),
                                .reached = read_bool(r, v, "reached"), .share = read_share(r, v)};
}

static void finding_part(struct client_explored *x, struct reading *r, const struct json_value *v)
{
    struct explore_finding *f = explore_add(r, x->findings, x->n_findings);
    *f = (struct explore_finding){
        .kind = read_term(r, v, "finding", MUST_BE, &finding_terms), .scene = read_name(r, v, "scene", MAY_MISS),
        .decision = read_name(r, v, "decision", MAY_MISS), .option = read_name(r, v, "option", MAY_MISS),
        .other = read_name(r, v, "other", MAY_MISS), .node = read_name(r, v, "node", MAY_MISS),
        .fact = read_name(r, v, "fact", MAY_MISS), .competency = read_name(r, v, "competency", MAY_MISS),
        .at = read_text(r, v, "at", MAY_MISS), .title = read_runs(r, v, "title"), .says = read_runs(r, v, "says"),
        .other_says = read_runs(r, v, "other-says"), .text = read_runs(r, v, "text"),
        .competency_title = read_runs(r, v, "competency-title"), .why = read_term(r, v, "why", MAY_MISS, &stuck_terms),
        .pieces = read_points_of(r, v, "pieces"), .level = read_points_of(r, v, "level"),
        .points = read_points_of(r, v, "points"), .other_points = read_points_of(r, v, "other-points"),
        .leaves = read_points_of(r, v, "leaves"), .other_leaves = read_points_of(r, v, "other-leaves"),
        .impossible = read_bool(r, v, "impossible"), .share = read_scaled(r, v, "share", 1e12)};
    f->play = read_names(r, v, "play", &f->n_play);
    f->moves = read_names(r, v, "moves", &f->n_moves);
    if (f->kind == WIRE_FIND_SCRIPT_FAILS)
        f->problem = read_problem(r, v, "problem");
}

static void explored_part(struct call *call, struct reading *r, const struct json_value *v)
{
    if (json_find(v, "score"))
        score_part(call->out, r, v);
    else if (json_find(v, "finding"))
        finding_part(call->out, r, v);
    else
        ending_part(call->out, r, v);
}

static void explored_done(struct client_explored *x, struct reading *r, const struct json_value *v)
{
    x->more = read_bool(r, v, "more");
    x->states = read_count(r, v, "states", MUST_BE);
    if (x->more) {
        x->progress = (struct explore_progress){x->states, read_count(r, v, "open", MUST_BE),
                                                read_count(r, v, "plays", MUST_BE), read_count(r, v, "plays-of", MUST_BE)};
        return;
    }
    x->kind = read_term(r, v, "kind", MUST_BE, &study_terms);
    x->sampled = read_count(r, v, "sampled", MUST_BE);
    x->more_findings = read_count(r, v, "more-findings", MAY_MISS);
    x->sketch = read_bool(r, v, "sketch");
    x->chairs_open = read_bool(r, v, "chairs-open");
    x->plays = read_name(r, v, "plays", MAY_MISS);
    x->plays_power = json_find(v, "plays-power") ? (int32_t)read_count(r, v, "plays-power", MUST_BE) : -1;
    x->unbounded = read_bool(r, v, "unbounded");
    x->shortest = read_count(r, v, "shortest", MUST_BE);
    x->longest = read_count(r, v, "longest", MAY_MISS);
    x->mean_length = read_scaled(r, v, "mean-length", 1000);
    const struct json_value *unended = json_get_object(v, "unended");
    r->bad |= !unended;
    if (unended)
        x->unended = read_share(r, unended);
}

/* ---- asking ---- */

static void put_roles(struct json_out *o, const struct text *roles, uint32_t n)
{
    json_key(o, "roles");
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++)
        json_str(o, roles[i]);
    json_close_array(o);
}

static void put_begin(struct json_out *o, const struct explore_params *params)
{
    json_put_bool(o, "begin", true);
    json_put_int(o, "seed", (int64_t)params->seed);
    if (params->all_chairs)
        json_put_bool(o, "all-chairs", true);
    if (params->memory)
        json_put_int(o, "memory", params->memory);
    if (params->plays)
        json_put_int(o, "plays", params->plays);
    if (params->n_roles == 0)
        return;
    put_roles(o, params->roles, params->n_roles);
}

enum client_end client_explore(struct client *c, const struct explore_params *params, uint32_t states, bool stop,
                               struct text lang, struct client_explored *out, struct client_fault *fault)
{
    *out = (struct client_explored){0};
    struct json_out o = request_open(c, "explore");
    json_put_int(&o, "states", states);
    if (params)
        put_begin(&o, params);
    if (stop)
        json_put_bool(&o, "stop", true);
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    struct call call = {.line = request_end(c, &o), .part = explored_part, .out = out, .deadline = SLICE_MS};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    explored_done(out, &r, call.done);
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

static const struct explore_part *read_parts(struct reading *r, const struct json_value *v, uint32_t *n)
{
    const struct json_value *parts = json_get_array(v, "parts");
    *n = parts ? parts->n : 0;
    struct explore_part *list = arena_array(r->a, struct explore_part, *n + 1);
    for (uint32_t i = 0; i < *n; i++)
        list[i] = (struct explore_part){read_name(r, &parts->items[i], "part", MUST_BE), read_runs(r, &parts->items[i], "says")};
    return list;
}

static void step_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct client_explored_play *p = call->out;
    struct explore_step *st = explore_add(r, p->v, p->n);
    *st =
        (struct explore_step){.option = read_name(r, v, "option", MAY_MISS), .who = read_name(r, v, "who", MAY_MISS),
                              .prompt = read_runs(r, v, "prompt"), .says = read_runs(r, v, "says"),
                              .name = read_runs(r, v, "name"), .engine = read_bool(r, v, "engine"),
                              .drawn = read_count(r, v, "drawn", MAY_MISS), .of = read_count(r, v, "of", MAY_MISS),
                              .points = read_points_of(r, v, "points"), .left = read_points_of(r, v, "left")};
    st->parts = read_parts(r, v, &st->n_parts);
}

enum client_end client_explore_play(struct client *c, struct text competency, bool worst, struct text lang,
                                    struct client_explored_play *out, struct client_fault *fault)
{
    *out = (struct client_explored_play){0};
    struct json_out o = request_open(c, "explore-play");
    if (competency.len > 0)
        json_put_text(&o, "competency", competency);
    if (worst)
        json_put_bool(&o, "worst", true);
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    struct call call = {.line = request_end(c, &o), .part = step_part, .out = out, .deadline = SLICE_MS};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    out->total = read_points_of(&r, call.done, "total");
    out->ending = read_name(&r, call.done, "ending", MUST_BE);
    out->title = read_runs(&r, call.done, "title");
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

enum client_end client_length(struct client *c, struct text role, uint32_t *decisions, struct client_fault *fault)
{
    *decisions = 0;
    struct json_out o = request_open(c, "length");
    put_roles(&o, &role, 1);
    struct call call = {.line = request_end(c, &o)};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    *decisions = read_count(&r, call.done, "decisions", MUST_BE);
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

/* server_explore.c -- what a scenario can do, looked at in slices, so that the host can show progress and stop.
 *
 * The study lives beside the scenario, one at a time.  There are no fractions on the wire: shares are told in
 * million-millionths, means and qualities in thousandths. */
#include "wire/server_inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { STATES_SLICE = 20000, MEMORY_MIB = 64, PLAY_MOST = 4000 };

/* ---- beginning ---- */

static bool request_limit(struct server *sv, const struct request *rq, const char *name, int64_t most, int64_t *out)
{
    if (!json_find(rq->v, name) || json_get_int(rq->v, name, 0, most, out))
        return true;
    answer_bad(sv, name);
    return false;
}

static bool study_begin(struct server *sv, const struct request *rq)
{
    struct session_params params = {0};
    struct err err = {0};
    int64_t seed = 0, memory = MEMORY_MIB, plays = 0, most = 0;
    if (!request_roles(sv, rq, &params) || !request_limit(sv, rq, "seed", INT64_MAX, &seed) ||
        !request_limit(sv, rq, "memory", 1 << 16, &memory) || !request_limit(sv, rq, "plays", 10000000, &plays) ||
        !request_limit(sv, rq, "most", INT32_MAX, &most))
        return false;
    struct study_budget budget = {.states = (uint32_t)most, .memory = (size_t)memory << 20, .plays = (uint32_t)plays,
                                  .seed = (uint64_t)seed};
    json_get_bool(rq->v, "all-chairs", &budget.all_chairs);
    study_free(sv->study);
    sv->study = rehearse_study(sv->scenario, &params, &budget, &err);
    if (!sv->study)
        answer_err(sv, &err);
    return sv->study != NULL;
}

/* ---- what was found ---- */

static int64_t scaled(double v, double by)
{
    return (int64_t)(v * by + (v < 0 ? -0.5 : 0.5));
}

static void put_share(struct json_out *o, const char *name, double share)
{
    json_put_int(o, name, scaled(share, 1e12));
}

static void put_shares(struct json_out *o, const struct share *s, bool exact)
{
    put_share(o, "share", s->share);
    if (exact)
        return;
    put_share(o, "low", s->low);
    put_share(o, "high", s->high);
}

static void put_levels(struct json_out *o, const struct study_score *sc)
{
    json_key(o, "levels");
    json_open_array(o);
    for (int l = 1; l <= LEVELS; l++) {
        json_open_object(o);
        put_shares(o, &sc->level[l], false);
        json_put_bool(o, "attained", sc->attained[l]);
        if (sc->lacks[l])
            json_put_bool(o, "impossible", true);
        json_close_object(o);
    }
    json_close_array(o);
}

static void score_send(struct server *sv, const struct study_score *sc, uint32_t lang)
{
    const struct rubric *r = &sv->scenario->model->rubric;
    struct json_out *o = part_open(sv);
    json_put_text(o, "score", sc->comp.i ? scenario_name(sv->scenario->model, r->comps[sc->comp.i].name) : (struct text){0});
    if (sc->comp.i)
        put_words(sv, NULL, lang, "title", r->comps[sc->comp.i].title);
    json_put_bool(o, "focus", sc->focus);
    json_put_int(o, "worst", sc->worst);
    json_put_int(o, "best", sc->best);
    json_put_int(o, "luck", sc->luck);
    json_put_int(o, "mean", scaled(sc->mean, 1000));
    if (sc->comp.i && sc->pieces_good != UINT32_MAX)
        json_put_int(o, "pieces-good", sc->pieces_good);
    json_key(o, "bins");
    json_open_array(o);
    for (int i = 0; i < STUDY_BINS; i++)
        json_int(o, sc->bin[i]);
    json_close_array(o);
    if (sc->comp.i) {
        json_put_int(o, "quality-random", scaled(sc->random_quality, 1000));
        json_put_int(o, "quality-best", scaled(sc->skilled_quality, 1000));
        put_levels(o, sc);
    }
    part_send(sv);
}

static void ending_send(struct server *sv, const struct study_ending *e, uint32_t lang, bool exact)
{
    const struct scene *sc = &sv->scenario->model->scenes[e->ending.i];
    struct json_out *o = part_open(sv);
    put_name(sv, "ending", sc->name);
    put_words(sv, NULL, lang, "title", sc->recap);
    put_term(sv, "outcome", &outcome_terms, sc->outcome);
    json_put_bool(o, "reached", e->reached);
    put_shares(o, &e->share, exact);
    part_send(sv);
}

static void put_way(struct server *sv, const option_id *v, uint32_t n)
{
    struct json_out *o = &sv->out;
    const struct scenario *s = sv->scenario->model;
    struct buf name = {0};
    json_key(o, "play");
    json_open_array(o);
    for (uint32_t i = 0; i < n && i < PLAY_MOST; i++) {
        buf_reset(&name);
        buf_text(&name, scenario_name(s, s->decisions[s->options[v[i].i].decision.i].name));
        buf_char(&name, '/');
        buf_text(&name, scenario_name(s, s->options[v[i].i].name));
        json_str(o, buf_view(&name));
    }
    json_close_array(o);
    buf_done(&name);
}

/* The thing found, with its place and its words. */
static void put_thing(struct server *sv, const struct finding *f, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct buf name = {0};
    struct range at = {0};
    if (f->scene.i) {
        put_name(sv, "scene", s->scenes[f->scene.i].name);
        put_words(sv, NULL, lang, "title", s->scenes[f->scene.i].outcome ? s->scenes[f->scene.i].recap : (words_id){0});
        at = s->scenes[f->scene.i].at;
    }
    if (f->decision.i) {
        put_name(sv, "decision", s->decisions[f->decision.i].name);
        at = s->decisions[f->decision.i].at;
    }
    if (f->option.i) {
        put_option_name(sv, "option", f->option);
        put_words(sv, NULL, lang, "says", s->options[f->option.i].says);
        at = s->options[f->option.i].at;
    }
    if (f->other.i) {
        put_option_name(sv, "other", f->other);
        put_words(sv, NULL, lang, "other-says", s->options[f->other.i].says);
    }
    if (f->node.i) {
        scenario_node_name(s, f->node, &name);
        json_put_text(&sv->out, "node", buf_view(&name));
        put_words(sv, NULL, lang, "text", s->nodes[f->node.i].words);
        at = s->nodes[f->node.i].at;
    }
    if (f->fact.i) {
        put_name(sv, "fact", s->facts[f->fact.i].name);
        at = s->facts[f->fact.i].at;
    }
    put_at(sv, at);
    buf_done(&name);
}

/* Moves any of which would do; AT is a group of the rubric's lists, 0 for none. */
static void put_lacking(struct server *sv, uint32_t at)
{
    const struct scenario *s = sv->scenario->model;
    json_put_bool(&sv->out, "impossible", at != 0);
    if (!at)
        return;
    json_key(&sv->out, "moves");
    json_open_array(&sv->out);
    for (; s->rubric.lists[at]; at++)
        json_str(&sv->out, scenario_name(s, s->rubric.moves[s->rubric.lists[at]].name));
    json_close_array(&sv->out);
}

static void finding_send(struct server *sv, const struct finding *f, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = part_open(sv);
    put_term(sv, "finding", &finding_terms, f->kind);
    put_thing(sv, f, lang);
    if (f->comp.i) {
        put_name(sv, "competency", s->rubric.comps[f->comp.i].name);
        put_words(sv, NULL, lang, "competency-title", s->rubric.comps[f->comp.i].title);
    }
    if (f->kind == FIND_STUCK)
        put_term(sv, "why", &stuck_terms, f->why);
    if (f->kind == FIND_THIN_EVIDENCE)
        json_put_int(o, "pieces", f->a);
    if (f->kind == FIND_LEVEL_UNATTAINED || f->kind == FIND_LEVEL_BY_CHANCE)
        json_put_int(o, "level", f->a);
    if (f->kind == FIND_LEVEL_UNATTAINED)
        put_lacking(sv, (uint32_t)f->b);
    if (f->kind == FIND_LEVEL_BY_CHANCE)
        put_share(o, "share", f->share);
    if (f->kind == FIND_REPAIR_PAYS) {
        json_put_int(o, "points", f->a);
        json_put_int(o, "other-points", f->b);
        json_put_int(o, "leaves", f->c);
        json_put_int(o, "other-leaves", f->d);
    }
    if (f->kind == FIND_SCRIPT_FAILS)
        put_problem(sv, "problem", &f->problem);
    if (f->play)
        put_way(sv, f->play, f->n_play);
    part_send(sv);
}

static void put_length(struct json_out *o, const struct study_result *r)
{
    json_put_int(o, "shortest", r->shortest);
    if (!r->unbounded)
        json_put_int(o, "longest", r->longest);
    json_put_int(o, "mean-length", scaled(r->mean_length, 1000));
}

static void put_plays(struct json_out *o, const struct study_result *r)
{
    char plays[24];
    if (r->kind != STUDY_EXACT)
        return;
    if (r->unbounded)
        json_put_bool(o, "unbounded", true);
    else if (r->plays_huge)
        json_put_int(o, "plays-power", (int64_t)r->plays_log10);
    else {
        snprintf(plays, sizeof plays, "%llu", (unsigned long long)r->plays);
        json_put_text(o, "plays", text_of(plays));
    }
}

static void result_send(struct server *sv, const struct study_result *r, uint32_t lang)
{
    bool exact = r->kind == STUDY_EXACT;
    for (uint32_t k = 0; k < r->n_scores; k++)
        if (r->scores[k].scored || r->scores[k].focus)
            score_send(sv, &r->scores[k], lang);
    for (uint32_t i = 0; i < r->n_endings; i++)
        ending_send(sv, &r->endings[i], lang, exact);
    for (uint32_t i = 0; i < r->n_findings; i++)
        finding_send(sv, &r->findings[i], lang);
    struct json_out *o = done_open(sv);
    json_put_bool(o, "more", false);
    put_term(sv, "kind", &study_terms, r->kind);
    json_put_int(o, "seed", (int64_t)r->seed);
    json_put_int(o, "states", r->states);
    json_put_int(o, "transitions", (int64_t)r->transitions);
    put_plays(o, r);
    put_length(o, r);
    json_put_int(o, "sampled", r->sampled);
    json_key(o, "unended");
    json_open_object(o);
    put_shares(o, &r->unended, exact);
    json_close_object(o);
    if (r->n_more)
        json_put_int(o, "more-findings", r->n_more);
    if (r->sketch)
        json_put_bool(o, "sketch", true);
    if (r->chairs_open)
        json_put_bool(o, "chairs-open", true);
    done_end(sv);
}

static void progress_send(struct server *sv)
{
    struct study_progress p = study_progress(sv->study);
    struct json_out *o = done_open(sv);
    json_put_bool(o, "more", true);
    json_put_int(o, "states", p.states);
    json_put_int(o, "open", p.open);
    json_put_int(o, "transitions", (int64_t)p.transitions);
    json_put_int(o, "plays", p.plays);
    json_put_int(o, "plays-of", p.plays_of);
    done_end(sv);
}

void serve_explore(struct server *sv, const struct request *rq)
{
    const struct scenario *model;
    uint32_t lang;
    bool begin = false, stop = false;
    int64_t states = STATES_SLICE;
    if (!request_model(sv, &model) || !request_lang(sv, rq, 0, &lang) || !request_limit(sv, rq, "states", INT32_MAX, &states))
        return;
    json_get_bool(rq->v, "begin", &begin);
    json_get_bool(rq->v, "stop", &stop);
    if (begin && !study_begin(sv, rq))
        return;
    if (!sv->study) {
        answer_bad(sv, "begin");
        return;
    }
    if (stop)
        study_stop(sv->study);
    if (study_run(sv->study, (uint32_t)states))
        result_send(sv, study_result(sv->study), lang);
    else
        progress_send(sv);
}

/* ---- about how long ---- */

void serve_length(struct server *sv, const struct request *rq)
{
    const struct scenario *model;
    struct session_params params = {0};
    if (!request_model(sv, &model) || !request_roles(sv, rq, &params))
        return;
    struct json_out *o = done_open(sv);
    json_put_int(o, "decisions", rehearse_length(sv->scenario, &params));
    done_end(sv);
}

/* ---- one play ---- */

/* The parts of a message: "slot/part", and what each says. */
static void put_parts(struct server *sv, const struct study_step *st, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = &sv->out;
    struct buf name = {0};
    if (st->n_parts == 0)
        return;
    json_key(o, "parts");
    json_open_array(o);
    for (uint32_t i = 0; i < st->n_parts; i++) {
        const struct part *part = &s->parts[st->parts[i]];
        buf_reset(&name);
        buf_text(&name, scenario_name(s, s->slots[part->slot].name));
        buf_char(&name, '/');
        buf_text(&name, scenario_name(s, part->name));
        json_open_object(o);
        json_put_text(o, "part", buf_view(&name));
        put_words(sv, NULL, lang, "says", part->words);
        json_close_object(o);
    }
    json_close_array(o);
    buf_done(&name);
}

static void step_send(struct server *sv, const struct study_step *st, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = part_open(sv);
    if (st->of) {
        json_put_int(o, "drawn", st->drawn);
        json_put_int(o, "of", st->of);
        part_send(sv);
        return;
    }
    const struct option *op = &s->options[st->option.i];
    put_option_name(sv, "option", st->option);
    put_parts(sv, st, lang);
    put_words(sv, NULL, lang, "prompt", s->decisions[st->decision.i].prompt);
    put_words(sv, NULL, lang, "says", op->says);
    put_name(sv, "who", s->roles[s->decisions[st->decision.i].who.i].name);
    put_words(sv, NULL, lang, "name", s->roles[s->decisions[st->decision.i].who.i].title);
    json_put_bool(o, "engine", st->engine);
    json_put_int(o, "points", st->points);
    json_put_int(o, "left", st->left);
    part_send(sv);
}

void serve_explore_play(struct server *sv, const struct request *rq)
{
    const struct scenario *model;
    struct text name = {0};
    uint32_t lang;
    bool worst = false;
    comp_id comp = {0};
    struct study_play play;
    if (!request_model(sv, &model) || !request_lang(sv, rq, 0, &lang))
        return;
    json_get_bool(rq->v, "worst", &worst);
    if (json_get_text(rq->v, "competency", &name) && !(comp = scenario_comp(model, name)).i) {
        answer_bad(sv, "competency");
        return;
    }
    if (!sv->study || !study_result(sv->study) || !study_play(sv->study, comp, worst, &play)) {
        answer_error(sv, "no-study");
        return;
    }
    for (uint32_t i = 0; i < play.n; i++)
        step_send(sv, &play.v[i], lang);
    struct json_out *o = done_open(sv);
    json_put_int(o, "total", play.total);
    put_name(sv, "ending", model->scenes[play.ending.i].name);
    put_words(sv, NULL, lang, "title", model->scenes[play.ending.i].recap);
    done_end(sv);
    free(play.v);
}

/* server_reach.c -- what the answers of a play did to what was still within reach: for whoever had the scenario explored
 * before, for the same roles. */
#include "wire/server_inside.h"

/* What is told of: the focus, and all of it together (0). */
static bool is_told(const struct session *se, uint32_t k)
{
    return k == 0 || scenario_grades(se->scenario, se->params.roles[0], (comp_id){k});
}

static void put_competency(struct server *sv, const char *key, uint32_t k)
{
    const struct scenario *s = sv->scenario->model;
    json_put_text(&sv->out, key, k ? scenario_name(s, s->rubric.comps[k].name) : (struct text){0});
}

static void figures_send(struct server *sv, const struct reach *r, uint32_t k, uint32_t lang)
{
    int32_t luck = r->luck[k];
    struct json_out *o = part_open(sv);
    for (uint32_t i = 0; i < r->n_turns; i++)
        luck += r->turns[i].luck[k];
    put_competency(sv, "reach", k);
    if (k)
        put_words(sv, NULL, lang, "title", sv->scenario->model->rubric.comps[k].title);
    json_put_int(o, "got", r->got[k]);
    json_put_int(o, "worst", r->worst[k]);
    json_put_int(o, "best", r->best[k]);
    json_put_int(o, "luck", luck);
    part_send(sv);
}

static void price_send(struct server *sv, const struct reach_turn *t, uint32_t k)
{
    struct json_out *o = part_open(sv);
    put_competency(sv, "price", k);
    json_put_int(o, "turn", t->event);
    json_put_int(o, "points", t->price[k]);
    json_put_int(o, "here", t->here[k]);
    json_put_int(o, "later", t->later[k]);
    json_put_int(o, "luck", t->luck[k]);
    part_send(sv);
}

static void put_ending(struct server *sv, const struct session *se, scene_id ending, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    if (!ending.i)
        return;
    put_name(sv, "ending", s->scenes[ending.i].name);
    put_words(sv, se, lang, "title", s->scenes[ending.i].recap);
    put_term(sv, "outcome", &outcome_terms, s->scenes[ending.i].outcome);
}

static void turn_send(struct server *sv, const struct session *se, const struct reach_turn *t, uint32_t lang)
{
    part_open(sv);
    json_put_int(&sv->out, "before", t->event);
    put_ending(sv, se, t->before, lang);
    part_send(sv);
    for (uint32_t i = 0; i < t->n_options; i++) {
        part_open(sv);
        json_put_int(&sv->out, "behind", t->event);
        put_option_name(sv, "option", t->options[i].option);
        put_ending(sv, se, t->options[i].ending, lang);
        part_send(sv);
    }
}

static void reach_send(struct server *sv, const struct session *se, const struct reach *r, uint32_t lang)
{
    for (uint32_t k = 0; k < r->n_scores; k++)
        if (is_told(se, k))
            figures_send(sv, r, k, lang);
    for (uint32_t i = 0; i < r->n_turns; i++) {
        turn_send(sv, se, &r->turns[i], lang);
        for (uint32_t k = 0; k < r->n_scores; k++)
            if (is_told(se, k) && (r->turns[i].price[k] || r->turns[i].luck[k]))
                price_send(sv, &r->turns[i], k);
    }
}

void serve_reach(struct server *sv, const struct request *rq)
{
    struct server_session *slot;
    uint32_t lang;
    struct reach r = {0};
    if (!request_session(sv, rq, &slot))
        return;
    const struct session *se = rehearse_session_of(slot->p);
    if (!request_lang(sv, rq, se->lang, &lang))
        return;
    if (!sv->study || !study_result(sv->study)) {
        answer_error(sv, "no-study");
        return;
    }
    enum reach_fit fit = study_reach(sv->study, se, &r);
    if (fit == REACH_KNOWN)
        reach_send(sv, se, &r, lang);
    struct json_out *o = done_open(sv);
    put_term(sv, "fit", &reach_terms, fit);
    if (fit == REACH_KNOWN && sv->scenario->model->pass >= 0 && r.best[0] > r.worst[0]) {
        int64_t share = (int64_t)(r.got[0] - r.worst[0]) * 100, whole = r.best[0] - r.worst[0];
        json_put_int(o, "pass", sv->scenario->model->pass);
        json_put_bool(o, "passed", share >= whole * sv->scenario->model->pass);
    }
    done_end(sv);
    reach_done(&r);
}

/* server_debrief.c -- the debrief of a session, one line a turn, then how the gauges stand that may be seen now. */
#include "wire/server_inside.h"

enum { REASONS_MOST = 32 };

static void put_reasons(struct server *sv, const struct debrief_turn *t)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = &sv->out;
    if (t->n_reasons == 0)
        return;
    json_key(o, "reasons");
    json_open_array(o);
    for (uint32_t i = 0; i < t->n_reasons && i < REASONS_MOST; i++) {
        json_open_object(o);
        if (t->reasons[i].comp.i)
            put_name(sv, "competency", s->rubric.comps[t->reasons[i].comp.i].name);
        json_put_int(o, "points", t->reasons[i].points);
        put_marked(sv, "text", t->reasons[i].words);
        json_close_object(o);
    }
    json_close_array(o);
}

static void turn_send(struct server *sv, const struct session *se, uint32_t lang, const struct debrief_turn *t)
{
    const struct scenario *s = sv->scenario->model;
    const struct event *e = session_event(se, t->event);
    struct json_out *o = part_open(sv);
    json_put_int(o, "turn", t->event);
    put_name(sv, "decision", s->decisions[t->decision.i].name);
    if (t->option.i)
        put_option_name(sv, "option", t->option);
    json_put_bool(o, "again", t->again);
    json_put_bool(o, "taken-back", t->taken_back);
    json_put_bool(o, "timed-out", t->timed_out);
    if (e->self)
        json_put_bool(o, "self", true);
    put_marked(sv, "scene", t->scene);
    put_marked(sv, "prompt", t->prompt);
    put_marked(sv, "heard", t->heard);
    put_marked(sv, "heard-by", t->heard_by);
    if (e->self) /* whoever wrote knows no marks */
        json_put_text(o, "said", t->said);
    else
        put_marked(sv, "said", t->said);
    if (t->own.len)
        json_put_text(o, "own", t->own);
    put_marked(sv, "said-manner", t->said_manner);
    put_marked(sv, "reaction", t->reaction);
    put_marked(sv, "reaction-manner", t->reaction_manner);
    put_marked(sv, "reaction-by", t->reaction_by);
    put_marked(sv, "because", t->because);
    put_points(sv, "evidence", t->evidence, t->n_evidence);
    put_reasons(sv, t);
    put_vote(sv, se, lang, t->event);
    if (t->option.i)
        put_moves(sv, e, lang);
    part_send(sv);
}

static void gauges_send(struct server *sv, const struct session *se, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    for (uint32_t i = 1; i <= s->n_facts; i++) {
        const struct fact *f = &s->facts[i];
        if (f->kind != FACT_GAUGE || f->shown == SHOWN_NEVER)
            continue;
        struct json_out *o = part_open(sv);
        put_name(sv, "gauge", f->name);
        put_words(sv, se, lang, "label", f->label);
        json_put_int(o, "start", f->start);
        json_put_int(o, "value", state_facts(se->state)[i]);
        json_put_int(o, "from", f->from);
        json_put_int(o, "to", f->to);
        part_send(sv);
    }
}

static void totals_send(struct server *sv, const struct session *se, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    for (uint32_t i = 1; i <= s->rubric.n_comps; i++) {
        struct json_out *o = part_open(sv);
        put_name(sv, "total", s->rubric.comps[i].name);
        put_words(sv, se, lang, "title", s->rubric.comps[i].title);
        json_put_int(o, "points", state_totals(s, se->state)[i]);
        part_send(sv);
    }
}

void serve_debrief(struct server *sv, const struct request *rq)
{
    struct server_session *slot;
    uint32_t lang;
    if (!request_session(sv, rq, &slot))
        return;
    const struct session *se = rehearse_session_of(slot->p);
    bool grade = false;
    if (!request_lang(sv, rq, se->lang, &lang))
        return;
    if (json_find(rq->v, "grade") && !json_get_bool(rq->v, "grade", &grade)) {
        answer_bad(sv, "grade");
        return;
    }
    const struct scenario *s = sv->scenario->model;
    struct debrief d;
    rehearse_debrief(slot->p, lang, &d);
    for (uint32_t i = 0; i < d.n_turns; i++)
        turn_send(sv, se, lang, &d.turns[i]);
    gauges_send(sv, se, lang);
    totals_send(sv, se, lang);
    struct grade g = {0};
    if (grade)
        rehearse_grade(slot->p, &g), grade_send(sv, se, lang, &g);
    struct json_out *o = done_open(sv);
    json_put_int(o, "again", d.again);
    if (grade)
        grade_put(sv, &g);
    if (d.ending.i) {
        put_name(sv, "ending", s->scenes[d.ending.i].name);
        put_words(sv, se, lang, "title", s->scenes[d.ending.i].recap);
        put_term(sv, "outcome", &outcome_terms, s->scenes[d.ending.i].outcome);
    }
    done_end(sv);
    grade_done(&g);
    debrief_done(&d);
}

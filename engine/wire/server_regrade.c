/* server_regrade.c -- today's key over the answers of a session that was played with an earlier version. */
#include "wire/server_inside.h"

static const char *const fates[] = {[RECAST_STANDS] = NULL, [RECAST_NO_OPTION] = "option", [RECAST_NO_DECISION] = "decision"};

static void put_was(struct server *sv, const struct recast_turn *t)
{
    struct json_out *o = &sv->out;
    json_key(o, "was");
    json_open_array(o);
    for (uint32_t i = 0; i < t->n_was; i++) {
        json_open_object(o);
        json_put_text(o, "competency", t->was[i].competency);
        json_put_int(o, "points", t->was[i].points);
        json_close_object(o);
    }
    json_close_array(o);
}

/* What it is worth now, in the competencies that are graded in this chair. */
static void put_now(struct server *sv, const struct recast *r, const struct recast_turn *t)
{
    const struct scenario *s = sv->scenario->model;
    const struct event *e = session_event(r->session, t->event);
    struct json_out *o = &sv->out;
    json_key(o, "evidence");
    json_open_array(o);
    for (uint32_t c = 1; t->fate == RECAST_STANDS && e->by != BY_NOBODY && c <= s->rubric.n_comps; c++) {
        int32_t points = event_evidence(s, e, (comp_id){c});
        if (!points)
            continue;
        json_open_object(o);
        put_name(sv, "competency", s->rubric.comps[c].name);
        json_put_int(o, "points", points);
        json_close_object(o);
    }
    json_close_array(o);
}

static void turn_send(struct server *sv, const struct recast *r, const struct recast_turn *t, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    const struct event *e = session_event(r->session, t->event);
    struct json_out *o = part_open(sv);
    bool stands = t->fate == RECAST_STANDS;
    json_put_int(o, "turn", t->event);
    json_put_text(o, "decision", t->decision);
    if (stands && e->a)
        put_option_name(sv, "option", (option_id){e->a});
    if (fates[t->fate])
        json_put_text(o, "gone", text_of(fates[t->fate]));
    if (stands && e->a && s->decisions[e->b].form != FORM_COMPOSE)
        put_words(sv, r->session, lang, "said", s->options[e->a].says);
    put_now(sv, r, t);
    put_was(sv, t);
    part_send(sv);
}

void serve_regrade(struct server *sv, const struct request *rq)
{
    const struct scenario *model;
    struct recast r;
    struct grade g;
    struct err err = {0};
    uint32_t lang;
    if (!request_model(sv, &model) || !request_lang(sv, rq, 0, &lang))
        return;
    if (!rehearse_recast(sv->scenario, rq->bytes, &r, &err)) {
        answer_err(sv, &err);
        recast_done(&r);
        return;
    }
    for (uint32_t i = 0; i < r.n_turns; i++)
        turn_send(sv, &r, &r.turns[i], lang);
    session_grade(r.session, &g);
    grade_send(sv, r.session, lang, &g);
    struct json_out *o = done_open(sv);
    json_put_text(o, "was-version", r.version);
    json_put_text(o, "was-digest", r.digest);
    grade_put(sv, &g);
    done_end(sv);
    grade_done(&g);
    recast_done(&r);
}

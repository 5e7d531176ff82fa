/* server_turning.c -- the answers on which a play turned, looked for a slice at a time: a host waits no longer than it
 * waits for anything else, and can give up between two slices. */
#include "wire/server_inside.h"

enum { STEPS_SLICE = 2000 };

void turning_forget(struct server *sv)
{
    turning_free(sv->turning);
    sv->turning = NULL;
    sv->turning_of = 0;
}

static void other_send(struct server *sv, const struct session *se, const struct turning_point *tp,
                       const struct turning_other *other)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = part_open(sv);
    json_put_int(o, "other", tp->event);
    put_option_name(sv, "option", other->option);
    if (other->said.len || other->said_manner.len)
        put_marked(sv, "said", other->said);
    else /* it was not tried */
        put_words(sv, se, sv->turning_lang, "said", s->options[other->option.i].says);
    put_marked(sv, "said-manner", other->said_manner);
    put_marked(sv, "reaction", other->reaction);
    put_marked(sv, "reaction-manner", other->reaction_manner);
    put_marked(sv, "reaction-by", other->reaction_by);
    if (other->ending.i) {
        json_put_int(o, "points", other->points);
        put_name(sv, "ending", s->scenes[other->ending.i].name);
        put_words(sv, se, sv->turning_lang, "title", s->scenes[other->ending.i].recap);
        put_term(sv, "outcome", &outcome_terms, s->scenes[other->ending.i].outcome);
        json_put_bool(o, "same", other->ending.i == se->state->scene);
    }
    part_send(sv);
}

static void point_send(struct server *sv, const struct session *se, const struct turning_point *tp)
{
    struct json_out *o = part_open(sv);
    json_put_int(o, "turning", tp->event);
    put_name(sv, "decision", sv->scenario->model->decisions[tp->decision.i].name);
    put_option_name(sv, "option", tp->option);
    if (tp->kind)
        put_term(sv, "kind", &turning_terms, tp->kind);
    part_send(sv);
    for (uint32_t i = 0; i < tp->n_others; i++)
        other_send(sv, se, tp, &tp->others[i]);
}

void serve_turning(struct server *sv, const struct request *rq)
{
    struct server_session *slot;
    uint32_t lang, of;
    bool begin = false, all = false;
    int64_t steps = STEPS_SLICE;
    if (!request_session(sv, rq, &slot))
        return;
    const struct session *se = rehearse_session_of(slot->p);
    if (!request_lang(sv, rq, se->lang, &lang))
        return;
    json_get_bool(rq->v, "begin", &begin);
    json_get_bool(rq->v, "all", &all);
    if (json_find(rq->v, "steps") && !json_get_int(rq->v, "steps", 1, INT32_MAX, &steps)) {
        answer_bad(sv, "steps");
        return;
    }
    if (begin) {
        turning_forget(sv);
        sv->turning = rehearse_turning(slot->p, lang);
        sv->turning_of = slot->number;
        sv->turning_lang = lang;
    }
    if (!sv->turning || sv->turning_of != slot->number) {
        answer_bad(sv, "begin");
        return;
    }
    bool done = turning_run(sv->turning, (uint32_t)steps);
    const struct turning_result *found = turning_result(sv->turning);
    for (uint32_t i = 0; done && i < found->n; i++)
        point_send(sv, se, &found->v[i]);
    for (uint32_t i = 0; done && all && i < found->n_all; i++)
        point_send(sv, se, &found->all[i]);
    struct json_out *o = done_open(sv);
    if (!done)
        json_put_bool(o, "more", true);
    json_put_int(o, "replays", turning_replays(sv->turning, &of));
    if (!done)
        json_put_int(o, "replays-of", of);
    else
        json_put_bool(o, "whole", found->whole);
    done_end(sv);
}

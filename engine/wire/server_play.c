/* server_play.c -- sessions: started, resumed, one input at a time, shown, ended.
 *
 * Each answer carries the new events in their canonical bytes; the host keeps those, and whatever it showed can be made
 * again from them.  Decides nothing: an input that does not fit is the core's to refuse. */
#include "wire/server_inside.h"

/* ---- what a request says ---- */

static bool request_mode(struct server *sv, const struct request *rq, uint8_t *mode)
{
    static const uint8_t modes[WIRE_MODES] = {
        [WIRE_PRACTICE] = MODE_PRACTICE, [WIRE_CHECK_IN] = MODE_CHECK_IN, [WIRE_WORKSHOP] = MODE_WORKSHOP};
    struct text word = TEXT("practice");
    bool named = json_find(rq->v, "mode") != NULL;
    uint32_t found = !named || json_get_text(rq->v, "mode", &word) ? term_find(&mode_terms, word) : 0;
    if (!found) {
        answer_bad(sv, "mode");
        return false;
    }
    *mode = modes[found];
    return true;
}

bool request_roles(struct server *sv, const struct request *rq, struct session_params *params)
{
    const struct json_value *v = json_find(rq->v, "roles");
    if (!v)
        return true;
    bool fits = v->kind == JSON_IS_ARRAY && v->n <= ROLES_PLAYED;
    for (uint32_t i = 0; fits && i < v->n; i++) {
        params->roles[i] = scenario_role(sv->scenario->model, json_text(&v->items[i]));
        fits = params->roles[i].i != 0;
    }
    if (fits)
        params->n_roles = v->n;
    else
        answer_bad(sv, "roles");
    return fits;
}

static bool request_params(struct server *sv, const struct request *rq, struct session_params *params)
{
    int64_t seed = 0;
    if (!json_get_int(rq->v, "seed", 0, INT64_MAX, &seed)) {
        answer_bad(sv, "seed");
        return false;
    }
    params->seed = (uint64_t)seed;
    if (json_find(rq->v, "started") &&
        (!json_get_text(rq->v, "started", &params->started) || params->started.len > 40)) {
        answer_bad(sv, "started");
        return false;
    }
    return request_lang(sv, rq, 0, &params->lang) && request_mode(sv, rq, &params->mode) &&
           request_roles(sv, rq, params);
}

static bool input_option(struct server *sv, const struct request *rq, struct input *in)
{
    struct text name;
    in->option = (option_id){0};
    if (json_get_text(rq->v, "option", &name))
        in->option = scenario_option(sv->scenario->model, name);
    if (!in->option.i)
        answer_bad(sv, "option");
    return in->option.i != 0;
}

static bool input_number(struct server *sv, const struct request *rq, const char *field, uint32_t *out)
{
    int64_t n;
    if (!json_get_int(rq->v, field, 0, UINT32_MAX, &n)) {
        answer_bad(sv, field);
        return false;
    }
    *out = (uint32_t)n;
    return true;
}

uint32_t request_part(const struct scenario *s, struct text name)
{
    struct text decision, slot, part = name;
    if (!text_split(&part, '/', &decision) || !text_split(&part, '/', &slot))
        return 0;
    const struct decision *d = &s->decisions[scenario_decision(s, decision).i];
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++) {
        const struct slot *sl = &s->slots[i];
        for (uint32_t k = sl->first; text_eq(scenario_name(s, sl->name), slot) && k < sl->first + sl->n; k++)
            if (text_eq(scenario_name(s, s->parts[k].name), part))
                return k;
    }
    return 0;
}

static bool input_parts(struct server *sv, const struct request *rq, struct input *in)
{
    const struct json_value *v = json_get_array(rq->v, "parts");
    bool fits = v != NULL && v->n <= sv->scenario->model->n_slots;
    uint32_t *parts = arena_array(&sv->arena, uint32_t, fits ? v->n + 1 : 1);
    for (uint32_t i = 0; fits && i < v->n; i++) {
        parts[i] = request_part(sv->scenario->model, json_text(&v->items[i]));
        fits = parts[i] != 0;
    }
    in->parts = parts;
    in->n_parts = fits ? v->n : 0;
    if (!fits)
        answer_bad(sv, "parts");
    return fits;
}

static bool input_text(struct server *sv, const struct request *rq, struct input *in)
{
    if (json_get_text(rq->v, "text", &in->text))
        return true;
    answer_bad(sv, "text");
    return false;
}

static bool request_input(struct server *sv, const struct request *rq, struct input *in)
{
    struct text word = {0};
    json_get_text(rq->v, "input", &word);
    if (json_find(rq->v, "ms") && !input_number(sv, rq, "ms", &in->ms))
        return false;
    in->by = BY_TRAINEE;
    switch ((enum wire_input)term_find(&input_terms, word)) {
    case WIRE_BEGIN: in->kind = IN_BEGIN; return true;
    case WIRE_CHOOSE: in->kind = IN_CHOOSE; return input_option(sv, rq, in) && request_vote(sv, rq, in);
    case WIRE_NO_ANSWER: in->kind = IN_NO_ANSWER; return true;
    case WIRE_REWIND: in->kind = IN_REWIND; return input_number(sv, rq, "to", &in->to);
    case WIRE_NOTE:
        in->kind = IN_NOTE;
        return input_text(sv, rq, in);
    case WIRE_WRITE:
        in->kind = IN_WRITE;
        return input_text(sv, rq, in);
    case WIRE_COMPOSE:
        in->kind = IN_COMPOSE;
        return input_parts(sv, rq, in) && request_vote(sv, rq, in);
    case WIRE_LANGUAGE:
        in->kind = IN_LANGUAGE;
        if (json_find(rq->v, "lang"))
            return request_lang(sv, rq, 0, &in->lang);
        answer_bad(sv, "lang");
        return false;
    case WIRE_INPUTS: break;
    }
    answer_bad(sv, "input");
    return false;
}

/* ---- answering ---- */

static enum wire_phase phase_word(uint8_t phase)
{
    static const enum wire_phase words[] = {
        [PHASE_RUN] = WIRE_RUN, [PHASE_ASK] = WIRE_ASK, [PHASE_ENDED] = WIRE_ENDED, [PHASE_STUCK] = WIRE_STUCK};
    return words[phase];
}

/* The last line: how the session stands, and its events from number FROM on. */
static void session_done(struct server *sv, const struct server_session *s, uint32_t from)
{
    const struct session *se = rehearse_session_of(s->p);
    struct json_out *o = done_open(sv);
    json_put_int(o, "session", s->number);
    json_put_int(o, "events", se->n_events);
    json_put_text(o, "phase", term_word(&phase_terms, phase_word(se->state->phase)));
    json_put_int(o, "turn", se->state->turn);
    if (se->offered)
        json_put_int(o, "offered", se->offered);
    struct buf events = {0};
    for (uint32_t i = from; i < se->n_events; i++) {
        event_json(se, i, &events);
        buf_char(&events, '\n');
    }
    done_send(sv, buf_view(&events));
    buf_done(&events);
}

static struct server_session *session_slot(struct server *sv)
{
    for (uint32_t i = 0; i < SESSIONS_MOST; i++)
        if (!sv->sessions[i].number)
            return &sv->sessions[i];
    answer_error(sv, "too-many-sessions");
    return NULL;
}

static void session_adopt(struct server *sv, struct server_session *slot, struct rehearse_session *p,
                          const struct err *err, bool tell_events)
{
    if (!p) {
        answer_err(sv, err);
        return;
    }
    *slot = (struct server_session){.number = ++sv->last_session, .p = p};
    session_done(sv, slot, tell_events ? 0 : rehearse_session_of(p)->n_events);
}

/* ---- the requests ---- */

void serve_start(struct server *sv, const struct request *rq)
{
    struct session_params params = {0};
    struct err err = {0};
    const struct scenario *model;
    if (!request_model(sv, &model) || !request_params(sv, rq, &params))
        return;
    struct server_session *slot = session_slot(sv);
    if (slot)
        session_adopt(sv, slot, rehearse_start(sv->scenario, &params, &err), &err, true);
}

void serve_resume(struct server *sv, const struct request *rq)
{
    struct err err = {0};
    const struct scenario *model;
    if (!request_model(sv, &model))
        return;
    struct server_session *slot = session_slot(sv);
    if (slot)
        session_adopt(sv, slot, rehearse_resume(sv->scenario, rq->bytes, &err), &err, false);
}

void serve_step(struct server *sv, const struct request *rq)
{
    struct server_session *s;
    struct input in = {0};
    struct err err = {0};
    bool notes = false;
    if (!request_session(sv, rq, &s) || !request_input(sv, rq, &in))
        return;
    json_get_bool(rq->v, "notes", &notes);
    const struct session *se = rehearse_session_of(s->p);
    uint32_t from = se->n_events;
    if (!rehearse_step(s->p, &in, &err)) {
        answer_err(sv, &err);
        return;
    }
    session_present(se, from, se->lang, &sv->outputs);
    outputs_send(sv, se, se->lang, notes);
    session_done(sv, s, from);
}

void serve_show(struct server *sv, const struct request *rq)
{
    struct server_session *s;
    uint32_t from, lang;
    bool notes = false;
    if (!request_session(sv, rq, &s) || !input_number(sv, rq, "from", &from))
        return;
    const struct session *se = rehearse_session_of(s->p);
    if (!request_lang(sv, rq, se->lang, &lang))
        return;
    json_get_bool(rq->v, "notes", &notes);
    session_present(se, from < se->n_events ? from : se->n_events, lang, &sv->outputs);
    outputs_send(sv, se, lang, notes);
    session_done(sv, s, se->n_events);
}

void serve_end(struct server *sv, const struct request *rq)
{
    struct server_session *s;
    if (!request_session(sv, rq, &s))
        return;
    if (sv->turning_of == s->number)
        turning_forget(sv);
    rehearse_end(s->p);
    *s = (struct server_session){0};
    done_open(sv);
    done_end(sv);
}

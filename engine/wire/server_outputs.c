/* server_outputs.c -- what events show, one line each.
 *
 * A switch over the core's kinds of output; the compiler names the place where a new one is missing.  The facilitator's
 * notes stay in the engine unless they are asked for. */
#include "wire/server_inside.h"

static void put_who(struct server *sv, const struct session *se, uint32_t lang, role_id who)
{
    if (!who.i)
        return;
    const struct role *r = &sv->scenario->model->roles[who.i];
    put_name(sv, "who", r->name);
    put_words(sv, se, lang, "name", r->title);
}

static void put_lesson(struct server *sv, const struct output *out)
{
    put_name(sv, "lesson", sv->scenario->model->lessons[out->ref].name);
    put_marked(sv, "title", out->manner);
}

static void put_scene(struct server *sv, const struct session *se, const struct output *out)
{
    const struct event *e = session_event(se, out->event);
    if (e->kind == EV_ENTERED && e->a)
        put_name(sv, "scene", sv->scenario->model->scenes[e->a].name);
}

/* What own words and a composed message are asked with. */
static void put_wanted(struct server *sv, const struct session *se, uint32_t lang, const struct decision *d)
{
    if (d->form == FORM_ASK && d->words)
        json_put_int(&sv->out, "words", d->words);
    if (d->form == FORM_COMPOSE && d->to.i) {
        put_name(sv, "to", sv->scenario->model->roles[d->to.i].name);
        put_words(sv, se, lang, "to-name", sv->scenario->model->roles[d->to.i].title);
    }
}

static void put_ask(struct server *sv, const struct session *se, uint32_t lang, const struct output *out)
{
    const struct decision *d = &sv->scenario->model->decisions[out->decision.i];
    struct json_out *o = &sv->out;
    put_name(sv, "decision", d->name);
    if (d->form != FORM_CHOICE)
        put_term(sv, "form", &form_terms, d->form + 1u);
    put_term(sv, "room", &room_terms, d->room);
    if (d->form == FORM_DISCUSS) {
        put_term(sv, "groups", &group_terms, d->groups);
        json_put_int(o, "seconds", d->seconds);
    }
    put_wanted(sv, se, lang, d);
    if (d->no_answer.i) {
        json_put_bool(o, "no-answer", true);
        if (d->seconds)
            json_put_int(o, "seconds", d->seconds);
    }
    put_at(sv, d->at);
}

static void put_option(struct server *sv, const struct session *se, uint32_t lang, const struct output *out)
{
    const struct option *p = &sv->scenario->model->options[out->option.i];
    put_option_name(sv, "option", out->option);
    put_words(sv, se, lang, "hint", p->hint);
    put_at(sv, p->at);
}

static void put_slot(struct server *sv, const struct output *out)
{
    put_slot_name(sv, "slot", out->ref);
    json_put_bool(&sv->out, "may-be-empty", out->value != 0);
}

static void put_part(struct server *sv, const struct output *out)
{
    put_part_name(sv, "part", out->ref);
    put_at(sv, sv->scenario->model->parts[out->ref].at);
}

static void put_comment(struct server *sv, const struct session *se, uint32_t lang, const struct output *out)
{
    if (out->option.i) {
        put_option_name(sv, "option", out->option);
        put_moves(sv, session_event(se, out->event), lang);
    }
    put_points(sv, "points", out->points, out->n_points);
}

static void put_gauge(struct server *sv, const struct output *out)
{
    struct json_out *o = &sv->out;
    put_name(sv, "gauge", sv->scenario->model->facts[out->ref].name);
    json_put_int(o, "value", out->value);
    json_put_int(o, "from", out->from);
    json_put_int(o, "to", out->to);
}

static void put_ended(struct server *sv, const struct session *se, const struct output *out)
{
    const struct event *e = session_event(se, out->event);
    if (e->kind == EV_ENDED)
        put_name(sv, "ending", sv->scenario->model->scenes[e->a].name);
    put_term(sv, "outcome", &outcome_terms, out->outcome);
}

/* The protocol's word for each kind. */
static enum wire_output output_word(uint8_t kind)
{
    switch ((enum output_kind)kind) {
    case OUT_SCENE: return WIRE_OUT_SCENE;
    case OUT_LESSON: return WIRE_OUT_LESSON;
    case OUT_LINE: return WIRE_OUT_LINE;
    case OUT_NARRATION: return WIRE_OUT_NARRATION;
    case OUT_NOTE: return WIRE_OUT_NOTE;
    case OUT_SAID: return WIRE_OUT_SAID;
    case OUT_REACTION: return WIRE_OUT_REACTION;
    case OUT_COMMENT: return WIRE_OUT_COMMENT;
    case OUT_GAUGE: return WIRE_OUT_GAUGE;
    case OUT_ASK: return WIRE_OUT_ASK;
    case OUT_OPTION: return WIRE_OUT_OPTION;
    case OUT_PROBLEM: return WIRE_OUT_PROBLEM;
    case OUT_ENDED: return WIRE_OUT_ENDED;
    case OUT_STUCK: return WIRE_OUT_STUCK;
    case OUT_REWOUND: return WIRE_OUT_REWOUND;
    case OUT_HINT: return WIRE_OUT_HINT;
    case OUT_CHECKED: return WIRE_OUT_CHECKED;
    case OUT_QUESTION: return WIRE_OUT_QUESTION;
    case OUT_SLOT: return WIRE_OUT_SLOT;
    case OUT_PART: return WIRE_OUT_PART;
    case OUT_WROTE: return WIRE_OUT_WROTE;
    case OUT_PROPOSED: return WIRE_OUT_PROPOSED;
    }
    return WIRE_OUT_REWOUND;
}

static void put_kind(struct server *sv, const struct session *se, uint32_t lang, const struct output *out)
{
    switch ((enum output_kind)out->kind) {
    case OUT_SCENE: put_scene(sv, se, out); break;
    case OUT_LESSON: put_lesson(sv, out); break;
    case OUT_ASK: put_ask(sv, se, lang, out); break;
    case OUT_OPTION: put_option(sv, se, lang, out); break;
    case OUT_COMMENT: put_comment(sv, se, lang, out); break;
    case OUT_GAUGE: put_gauge(sv, out); break;
    case OUT_PROBLEM: put_problem(sv, "problem", out->err); break;
    case OUT_ENDED: put_ended(sv, se, out); break;
    case OUT_STUCK: put_term(sv, "why", &stuck_terms, (uint32_t)out->value); break;
    case OUT_SAID:
        if (out->option.i)
            put_option_name(sv, "option", out->option);
        json_put_bool(&sv->out, "yours", out->yours);
        break;
    case OUT_CHECKED:
        put_option_name(sv, "option", out->option);
        json_put_bool(&sv->out, "right", out->value != 0);
        break;
    case OUT_SLOT: put_slot(sv, out); break;
    case OUT_PART: put_part(sv, out); break;
    case OUT_PROPOSED: put_option_name(sv, "option", out->option); break;
    case OUT_WROTE: /* whoever wrote knows no marks */
        json_put_text(&sv->out, "text", out->words);
        break;
    case OUT_LINE:
    case OUT_NARRATION:
    case OUT_NOTE:
    case OUT_REACTION:
    case OUT_REWOUND:
    case OUT_QUESTION:
    case OUT_HINT: break;
    }
}

static void output_send(struct server *sv, const struct session *se, uint32_t lang, const struct output *out)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = part_open(sv);
    json_put_text(o, "output", term_word(&output_terms, output_word(out->kind)));
    json_put_int(o, "event", out->event);
    put_who(sv, se, lang, out->who);
    if (out->kind != OUT_WROTE)
        put_marked(sv, "text", out->words);
    if (out->kind == OUT_CHECKED)
        put_marked(sv, "was", out->manner);
    else if (out->kind != OUT_LESSON)
        put_marked(sv, "manner", out->manner);
    put_kind(sv, se, lang, out);
    if (out->again)
        json_put_bool(o, "again", true);
    if (out->original)
        json_put_bool(o, "original", true);
    if (out->node.i && out->kind != OUT_ASK && out->kind != OUT_OPTION)
        put_at(sv, s->nodes[out->node.i].at);
    part_send(sv);
}

void outputs_send(struct server *sv, const struct session *se, uint32_t lang, bool notes)
{
    for (uint32_t i = 0; i < sv->outputs.n; i++)
        if (notes || sv->outputs.v[i].kind != OUT_NOTE)
            output_send(sv, se, lang, &sv->outputs.v[i]);
}

/* client_outputs.c -- one line of what is shown, read into a struct. */
#include "wire/client_inside.h"

/* Where the id that belongs to each kind stands; NULL: it has none. */
static const char *const id_fields[WIRE_OUTPUTS] = {
    [WIRE_OUT_SCENE] = "scene",      [WIRE_OUT_LESSON] = "lesson", [WIRE_OUT_SAID] = "option",
    [WIRE_OUT_COMMENT] = "option",   [WIRE_OUT_GAUGE] = "gauge",   [WIRE_OUT_ASK] = "decision",
    [WIRE_OUT_OPTION] = "option",    [WIRE_OUT_ENDED] = "ending",  [WIRE_OUT_CHECKED] = "option",
    [WIRE_OUT_SLOT] = "slot",        [WIRE_OUT_PART] = "part",     [WIRE_OUT_PROPOSED] = "option",
};

static bool id_must_be(enum wire_output kind)
{
    return kind == WIRE_OUT_OPTION || kind == WIRE_OUT_ASK || kind == WIRE_OUT_GAUGE || kind == WIRE_OUT_LESSON ||
           kind == WIRE_OUT_SLOT || kind == WIRE_OUT_PART || kind == WIRE_OUT_PROPOSED;
}

/* What only some kinds have. */
static void output_more(struct client_output *out, struct reading *r, const struct json_value *v)
{
    out->points = read_points(r, v, "points", &out->n_points);
    out->moves = read_moves(r, v, "moves", &out->n_moves);
    if (out->kind == WIRE_OUT_GAUGE) {
        out->value = (int32_t)read_int(r, v, "value", MUST_BE, INT32_MIN, INT32_MAX);
        out->from = (int32_t)read_int(r, v, "from", MUST_BE, INT32_MIN, INT32_MAX);
        out->to = (int32_t)read_int(r, v, "to", MUST_BE, INT32_MIN, INT32_MAX);
        r->bad |= out->from > out->to || out->value < out->from || out->value > out->to;
    } else if (out->kind == WIRE_OUT_CHECKED) {
        out->was = read_runs(r, v, "was");
        out->right = read_bool(r, v, "right");
    } else if (out->kind == WIRE_OUT_ASK) {
        out->form = read_term(r, v, "form", MAY_MISS, &form_terms);
        out->form = out->form ? out->form : WIRE_FORM_CHOICE;
        out->room = read_term(r, v, "room", MAY_MISS, &room_terms);
        out->groups = read_term(r, v, "groups", MAY_MISS, &group_terms);
        out->words = read_count(r, v, "words", MAY_MISS);
        out->to_role = read_name(r, v, "to", MAY_MISS);
        out->to_name = read_runs(r, v, "to-name");
    } else if (out->kind == WIRE_OUT_SLOT) {
        out->may_be_empty = read_bool(r, v, "may-be-empty");
    } else if (out->kind == WIRE_OUT_PROBLEM) {
        out->problem = read_problem(r, v, "problem");
    }
}

void output_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct client *c = call->out;
    array_room(c->outputs, c->n_outputs, c->cap_outputs);
    struct client_output *out = &c->outputs[c->n_outputs++];
    *out = (struct client_output){.kind = read_term(r, v, "output", MUST_BE, &output_terms)};
    r->bad |= !out->kind;
    out->event = read_count(r, v, "event", MUST_BE);
    out->who = read_name(r, v, "who", MAY_MISS);
    out->name = read_runs(r, v, "name");
    out->text = read_runs(r, v, "text");
    out->manner = read_runs(r, v, "manner");
    out->title = read_runs(r, v, "title");
    out->hint = read_runs(r, v, "hint");
    if (id_fields[out->kind])
        out->id = read_name(r, v, id_fields[out->kind], id_must_be(out->kind) ? MUST_BE : MAY_MISS);
    out->yours = read_bool(r, v, "yours");
    out->again = read_bool(r, v, "again");
    out->original = read_bool(r, v, "original");
    out->no_answer = read_bool(r, v, "no-answer");
    out->seconds = read_count(r, v, "seconds", MAY_MISS);
    out->outcome = read_term(r, v, "outcome", MAY_MISS, &outcome_terms);
    out->stuck = read_term(r, v, "why", MAY_MISS, &stuck_terms);
    out->at = read_text(r, v, "at", MAY_MISS);
    output_more(out, r, v);
}

/* client_regrade.c -- an older session's answers, graded by the scenario that is loaded. */
#include "wire/client_regrade.h"

#include "wire/client_inside.h"

static void turn_part(struct client_regrade *out, struct reading *r, const struct json_value *v)
{
    out->turns = list_room(r->a, out->turns, out->n_turns, sizeof *out->turns);
    struct regrade_turn *t = &out->turns[out->n_turns++];
    struct text gone = read_name(r, v, "gone", MAY_MISS);
    t->event = read_count(r, v, "turn", MUST_BE);
    t->decision = read_name(r, v, "decision", MUST_BE);
    t->option = read_name(r, v, "option", MAY_MISS);
    t->gone = text_is(gone, "decision") ? REGRADE_NO_DECISION : text_is(gone, "option") ? REGRADE_NO_OPTION : REGRADE_STANDS;
    r->bad |= gone.len && t->gone == REGRADE_STANDS;
    t->said = read_runs(r, v, "said");
    t->now = read_points(r, v, "evidence", &t->n_now);
    t->was = read_points(r, v, "was", &t->n_was);
}

static void regrade_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct client_regrade *out = call->out;
    if (!grade_part(&out->grades, r, v)) /* first: its parts name their turn, too */
        turn_part(out, r, v);
}

enum client_end client_regrade(struct client *c, struct text events, struct text lang, struct client_regrade *out,
                               struct client_fault *fault)
{
    *out = (struct client_regrade){0};
    struct json_out o = request_open(c, "regrade");
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    json_put_int(&o, "bytes", (int64_t)events.len);
    struct call call = {.line = request_end(c, &o), .bytes = events, .part = regrade_part, .out = out};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    out->was_version = read_text(&r, call.done, "was-version", MUST_BE);
    out->was_digest = read_name(&r, call.done, "was-digest", MUST_BE);
    grade_last(&out->grades, &r, call.done);
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

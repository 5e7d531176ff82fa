/* client_judge.c -- evidence sent, a verdict read. */
#include "wire/client_judge.h"

#include "wire/client_inside.h"

static void put_evidence(struct json_out *o, const struct client_evidence *e)
{
    json_put_text(o, "competency", e->competency);
    json_put_int(o, "seats", e->seats);
    json_key(o, "pieces");
    json_open_array(o);
    for (uint32_t i = 0; i < e->n_pieces && i < JUDGE_PIECES_MOST; i++) {
        json_open_array(o);
        json_int(o, e->pieces[i].got);
        json_int(o, e->pieces[i].best);
        json_int(o, e->pieces[i].chance);
        json_close_array(o);
    }
    json_close_array(o);
    json_key(o, "moves");
    json_open_array(o);
    for (uint32_t i = 0; i < e->n_moves; i++)
        json_str(o, e->moves[i]);
    json_close_array(o);
}

enum client_end client_judge(struct client *c, const struct client_evidence *evidence, struct text lang,
                             struct client_verdict *out, struct client_fault *fault)
{
    *out = (struct client_verdict){0};
    struct json_out o = request_open(c, "judge");
    put_evidence(&o, evidence);
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    struct call call = {.line = request_end(c, &o)};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    const struct json_value *v = call.done;
    *out = (struct client_verdict){.title = read_runs(&r, v, "title"), .says = read_term(&r, v, "says", MUST_BE, &says_terms),
                                   .places = read_count(&r, v, "places", MUST_BE), .taken = read_count(&r, v, "taken", MUST_BE),
                                   .measured = json_find(v, "quality") != NULL, .name = read_runs(&r, v, "name"),
                                   .near_name = read_runs(&r, v, "near-name"), .anchor = read_runs(&r, v, "anchor")};
    out->quality = (int32_t)read_int(&r, v, "quality", MAY_MISS, INT32_MIN, 1000);
    out->low = (int32_t)read_int(&r, v, "low", MAY_MISS, INT32_MIN, 1000);
    out->high = (int32_t)read_int(&r, v, "high", MAY_MISS, INT32_MIN, 1000);
    out->level = (uint32_t)read_int(&r, v, "level", MAY_MISS, 1, 5);
    out->near = (uint32_t)read_int(&r, v, "near", MAY_MISS, 1, 5);
    return r.bad ? client_nonsense(c, &call, fault) : CLIENT_OK;
}

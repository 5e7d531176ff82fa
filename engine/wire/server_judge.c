/* server_judge.c -- what evidence from several sessions comes to, by the rubric of the scenario that is loaded.
 *
 * The host keeps pieces and moves of every session; how much they may say, and which level they make, is decided here. */
#include "wire/server_inside.h"

#include <math.h>

enum { PIECES_MOST = 20000, FIGURES = 3 };

static int64_t thousandths(double v)
{
    return llround(v * 1000);
}

/* [[got, best, chance in thousandths], …] */
static struct grade_piece *read_pieces(struct server *sv, const struct json_value *v, uint32_t *n)
{
    const struct json_value *list = json_get_array(v, "pieces");
    if (!list || list->n > PIECES_MOST)
        return NULL;
    struct grade_piece *pieces = arena_array(&sv->arena, struct grade_piece, list->n + 1);
    for (*n = 0; *n < list->n; ++*n) {
        const struct json_value *p = &list->items[*n];
        bool fits = p->kind == JSON_IS_ARRAY && p->n == FIGURES;
        for (uint32_t i = 0; fits && i < FIGURES; i++)
            fits = p->items[i].kind == JSON_IS_INT && p->items[i].number >= -2000 && p->items[i].number <= 2000;
        if (!fits || p->items[0].number > 2 || p->items[0].number < -2 || p->items[1].number > 2 ||
            p->items[1].number * 1000 <= p->items[2].number || p->items[0].number > p->items[1].number)
            return NULL;
        pieces[*n] = (struct grade_piece){.got = (int8_t)p->items[0].number, .best = (int8_t)p->items[1].number,
                                          .chance = (double)p->items[2].number / 1000};
    }
    return pieces;
}

/* Names that this rubric does not have are of another one, and passed over. */
static bool *read_moves(struct server *sv, const struct json_value *v)
{
    const struct scenario *s = sv->scenario->model;
    const struct json_value *list = json_get_array(v, "moves");
    bool *moves = arena_array(&sv->arena, bool, s->rubric.n_moves + 1);
    for (uint32_t i = 0; list && i < list->n; i++)
        moves[scenario_move(s, json_text(&list->items[i])).i] = true;
    moves[0] = false;
    return list ? moves : NULL;
}

static void put_verdict(struct server *sv, comp_id c, const struct grade_verdict *out, uint32_t lang)
{
    const struct rubric *r = &sv->scenario->model->rubric;
    struct json_out *o = done_open(sv);
    put_words(sv, NULL, lang, "title", r->comps[c.i].title);
    put_term(sv, "says", &says_terms, out->says);
    json_put_int(o, "places", out->sum.pieces);
    json_put_int(o, "taken", out->sum.taken);
    if (out->sum.pieces >= GRADE_PIECES_LEVEL) {
        json_put_int(o, "quality", thousandths(out->sum.quality));
        json_put_int(o, "low", thousandths(out->sum.low));
        json_put_int(o, "high", thousandths(out->sum.high));
    }
    if (out->says == GRADE_LEVEL) {
        json_put_int(o, "level", out->level);
        put_words(sv, NULL, lang, "name", r->level_name[out->level]);
        put_words(sv, NULL, lang, "anchor", r->comps[c.i].anchor[out->level]);
    }
    if (out->near) {
        json_put_int(o, "near", out->near);
        put_words(sv, NULL, lang, "near-name", r->level_name[out->near]);
    }
    done_end(sv);
}

void serve_judge(struct server *sv, const struct request *rq)
{
    const struct scenario *model;
    struct grade_verdict out;
    struct text name;
    uint32_t lang, n = 0;
    int64_t seats;
    if (!request_model(sv, &model) || !request_lang(sv, rq, 0, &lang))
        return;
    comp_id c = json_get_text(rq->v, "competency", &name) ? scenario_comp(model, name) : (comp_id){0};
    struct grade_piece *pieces = read_pieces(sv, rq->v, &n);
    bool *moves = read_moves(sv, rq->v);
    if (!c.i || !pieces || !moves || !json_get_int(rq->v, "seats", 0, INT32_MAX, &seats)) {
        answer_bad(sv, !c.i ? "competency" : !pieces ? "pieces" : !moves ? "moves" : "seats");
        return;
    }
    grade_level(model, c, pieces, n, moves, (uint32_t)seats, &out);
    put_verdict(sv, c, &out, lang);
}

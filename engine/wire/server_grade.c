/* server_grade.c -- what a session shows of its trainee, one line a competency, conflict, message, step and closed door.
 *
 * Shares and means travel in thousandths, since the protocol knows no fractions.  Choice quality is sent only where
 * there is as much evidence as a level asks for: a number that is not sent cannot be shown. */
#include "wire/server_inside.h"

#include <math.h>

static int64_t thousandths(double v)
{
    return llround(v * 1000);
}

static void put_share(struct server *sv, const char *key, const struct grade_share *share)
{
    if (share->offered == 0)
        return;
    json_key(&sv->out, key);
    json_open_object(&sv->out);
    json_put_int(&sv->out, "taken", share->taken);
    json_put_int(&sv->out, "offered", share->offered);
    json_close_object(&sv->out);
}

/* ---- competencies ---- */

static void put_pieces(struct server *sv, const struct grade *g, comp_id c)
{
    struct json_out *o = &sv->out;
    json_key(o, "pieces");
    json_open_array(o);
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        const struct grade_piece *p = &g->pieces[i];
        if (p->comp.i != c.i)
            continue;
        json_open_object(o);
        json_put_int(o, "turn", p->event);
        if (p->slot)
            put_slot_name(sv, "slot", p->slot);
        json_put_int(o, "points", p->got);
        json_put_int(o, "chance", thousandths(p->chance));
        json_put_int(o, "best", p->best);
        json_close_object(o);
    }
    json_close_array(o);
}

/* The turns in which move M could have been made, and was not. */
static void put_missed(struct server *sv, const struct grade *g, uint32_t m)
{
    bool any = false;
    for (uint32_t i = 0; i < g->n_missed && !any; i++)
        any = g->missed[i].move.i == m;
    if (!any)
        return;
    json_key(&sv->out, "missed");
    json_open_array(&sv->out);
    for (uint32_t i = 0; i < g->n_missed; i++)
        if (g->missed[i].move.i == m)
            json_int(&sv->out, g->missed[i].event);
    json_close_array(&sv->out);
}

static void put_seen(struct server *sv, const struct grade *g, comp_id c, uint32_t lang)
{
    const struct rubric *r = &g->scenario->rubric;
    struct json_out *o = &sv->out;
    json_key(o, "moves");
    json_open_array(o);
    for (uint32_t m = 1; m <= r->n_moves; m++) {
        const struct grade_move *seen = &g->moves[m];
        if (r->moves[m].comp.i != c.i || seen->offered + seen->self == 0)
            continue;
        json_open_object(o);
        put_name(sv, "move", r->moves[m].name);
        put_words(sv, NULL, lang, "title", r->moves[m].title);
        json_put_bool(o, "flaw", r->moves[m].flaw);
        json_put_bool(o, "mode", r->moves[m].mode);
        json_put_int(o, "taken", seen->taken);
        json_put_int(o, "offered", seen->offered);
        json_put_int(o, "self", seen->self);
        put_missed(sv, g, m);
        json_close_object(o);
    }
    json_close_array(o);
}

static void comp_send(struct server *sv, const struct grade *g, const struct grade_comp *c, uint32_t lang)
{
    struct json_out *o = part_open(sv);
    put_name(sv, "grade", g->scenario->rubric.comps[c->comp.i].name);
    put_words(sv, NULL, lang, "title", g->scenario->rubric.comps[c->comp.i].title);
    put_term(sv, "says", &says_terms, c->says);
    json_put_int(o, "places", c->sum.pieces);
    json_put_int(o, "taken", c->sum.taken);
    json_put_int(o, "self", c->self);
    json_put_int(o, "got", llround(c->sum.got));
    json_put_int(o, "chance", thousandths(c->sum.chance));
    json_put_int(o, "best", llround(c->sum.best));
    if (c->sum.pieces >= GRADE_PIECES_LEVEL) {
        json_put_int(o, "quality", thousandths(c->sum.quality));
        json_put_int(o, "low", thousandths(c->sum.low));
        json_put_int(o, "high", thousandths(c->sum.high));
    }
    put_pieces(sv, g, c->comp);
    put_seen(sv, g, c->comp, lang);
    part_send(sv);
}

/* ---- what is told without a number ---- */

static void put_circumstances(struct server *sv, const struct grade_conflict *c, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = &sv->out;
    if ((c->circ | c->circ_maybe) == 0)
        return;
    json_key(o, "circumstances");
    json_open_array(o);
    for (uint32_t i = 0; i < CIRCUMSTANCES; i++) {
        if (!((c->circ | c->circ_maybe) >> i & 1))
            continue;
        json_open_object(o);
        put_words(sv, NULL, lang, "title", s->rubric.circ_name[i]);
        json_put_bool(o, "perhaps", !(c->circ >> i & 1));
        json_close_object(o);
    }
    json_close_array(o);
}

static void conflict_send(struct server *sv, const struct session *se, const struct grade_conflict *c, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct json_out *o = part_open(sv);
    put_name(sv, "conflict", s->decisions[session_event(se, c->event)->b].name);
    json_put_int(o, "turn", c->event);
    if (c->mode.i) {
        put_name(sv, "mode", s->rubric.moves[c->mode.i].name);
        put_words(sv, NULL, lang, "title", s->rubric.moves[c->mode.i].title);
    }
    put_move_list(sv, "offered", c->offered, c->n_offered, lang);
    put_term(sv, "apt", &apt_terms, c->apt);
    put_circumstances(sv, c, lang);
    json_put_bool(o, "self", c->self);
    part_send(sv);
}

static void message_send(struct server *sv, const struct grade_message *m, uint32_t lang)
{
    struct json_out *o = part_open(sv);
    put_name(sv, "message", sv->scenario->model->decisions[m->decision.i].name);
    json_put_int(o, "turn", m->event);
    put_move_list(sv, "given", m->given, m->n_given, lang);
    put_move_list(sv, "missed", m->missed, m->n_missed, lang);
    put_move_list(sv, "flaws", m->flaws, m->n_flaws, lang);
    part_send(sv);
}

static void step_send(struct server *sv, const struct grade_step *st, uint32_t lang)
{
    const struct move *m = &sv->scenario->model->rubric.moves[st->move.i];
    struct json_out *o = part_open(sv);
    put_name(sv, "step", m->name);
    json_put_int(o, "turn", st->event);
    put_words(sv, NULL, lang, "title", m->title);
    part_send(sv);
}

static void locked_send(struct server *sv, const struct session *se, const struct grade_locked *l, uint32_t lang)
{
    struct json_out *o = part_open(sv);
    put_option_name(sv, "locked", l->option);
    json_put_int(o, "turn", l->event);
    put_words(sv, se, lang, "text", sv->scenario->model->options[l->option.i].says);
    part_send(sv);
}

void grade_send(struct server *sv, const struct session *se, uint32_t lang, const struct grade *g)
{
    for (uint32_t i = 0; i < g->n_comps; i++)
        comp_send(sv, g, &g->comps[i], lang);
    for (uint32_t i = 0; i < g->n_conflicts; i++)
        conflict_send(sv, se, &g->conflicts[i], lang);
    for (uint32_t i = 0; i < g->n_messages; i++)
        message_send(sv, &g->messages[i], lang);
    for (uint32_t i = 0; i < g->n_steps; i++)
        step_send(sv, &g->steps[i], lang);
    for (uint32_t i = 0; i < g->n_locked; i++)
        locked_send(sv, se, &g->locked[i], lang);
}

void grade_put(struct server *sv, const struct grade *g)
{
    put_share(sv, "fit", &g->fit);
    put_share(sv, "reflections", &g->reflections);
    put_share(sv, "questions", &g->questions);
    if (g->n_steps)
        json_put_bool(&sv->out, "listened-first", g->listened_first);
}

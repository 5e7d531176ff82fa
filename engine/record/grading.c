/* grading.c -- grades as rows.  A piece of evidence names the event; which decision and option that was, its turn says. */
#include "record/grading.h"

static const struct client_turn *turn_at(const struct client_debrief *d, uint32_t event)
{
    for (uint32_t i = 0; i < d->n_turns; i++)
        if (d->turns[i].event == event)
            return &d->turns[i];
    return NULL;
}

static uint32_t rows_most(const struct client_grades *g, bool moves)
{
    uint32_t n = 1;
    for (uint32_t i = 0; i < g->n; i++)
        n += moves ? g->v[i].n_moves : g->v[i].n_pieces;
    return n;
}

static void take_scores(const struct client_grades *g, struct arena *a, struct store_grades *out)
{
    struct kept_score *v = arena_array(a, struct kept_score, g->n + 1);
    for (uint32_t i = 0; i < g->n; i++) {
        const struct client_grade *x = &g->v[i];
        v[i] = (struct kept_score){.competency = x->competency, .places = x->places, .taken = x->taken, .self = x->self,
                                   .got = x->got, .best = x->best, .chance = x->chance};
    }
    out->scores = v;
    out->n_scores = g->n;
}

static void take_pieces(const struct client_debrief *d, struct arena *a, struct store_grades *out)
{
    const struct client_grades *g = &d->grades;
    struct kept_piece *v = arena_array(a, struct kept_piece, rows_most(g, false));
    for (uint32_t i = 0; i < g->n; i++)
        for (uint32_t k = 0; k < g->v[i].n_pieces; k++) {
            const struct client_piece *x = &g->v[i].pieces[k];
            const struct client_turn *t = turn_at(d, x->turn);
            v[out->n_pieces++] = (struct kept_piece){.turn = x->turn, .decision = t ? t->decision : (struct text){0},
                                                     .option = t ? t->option : (struct text){0}, .slot = x->slot,
                                                     .competency = g->v[i].competency, .points = x->points, .best = x->best,
                                                     .chance = x->chance};
        }
    out->pieces = v;
}

static void take_moves(const struct client_grades *g, struct arena *a, struct store_grades *out)
{
    struct kept_move *v = arena_array(a, struct kept_move, rows_most(g, true));
    for (uint32_t i = 0; i < g->n; i++)
        for (uint32_t k = 0; k < g->v[i].n_moves; k++) {
            const struct client_seen *x = &g->v[i].moves[k];
            v[out->n_moves++] = (struct kept_move){.competency = g->v[i].competency, .move = x->move, .flaw = x->flaw,
                                                   .mode = x->mode, .taken = x->taken, .offered = x->offered, .self = x->self};
        }
    out->moves = v;
}

static struct text names_of(const struct client_conflict *c, struct arena *a)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < c->n_offered; i++) {
        buf_str(&b, i ? " " : "");
        buf_text(&b, c->offered[i].move);
    }
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

static void take_conflicts(const struct client_grades *g, struct arena *a, struct store_grades *out)
{
    struct kept_conflict *v = arena_array(a, struct kept_conflict, g->n_conflicts + 1);
    for (uint32_t i = 0; i < g->n_conflicts; i++) {
        const struct client_conflict *x = &g->conflicts[i];
        v[i] = (struct kept_conflict){.turn = x->turn, .decision = x->decision, .mode = x->mode, .offered = names_of(x, a),
                                      .apt = x->apt, .self = x->self};
    }
    out->conflicts = v;
    out->n_conflicts = g->n_conflicts;
}

void grading_take(const struct client_debrief *d, uint32_t events, int64_t now, struct arena *a, struct store_grades *out)
{
    const struct client_grades *g = &d->grades;
    *out = (struct store_grades){.grading = {.at = now, .events = events, .ending = d->ending, .outcome = d->outcome,
                                             .fit = {g->fit.taken, g->fit.offered},
                                             .reflections = {g->reflections.taken, g->reflections.offered},
                                             .questions = {g->questions.taken, g->questions.offered},
                                             .listened_first = g->listened_first}};
    take_scores(g, a, out);
    take_pieces(d, a, out);
    take_moves(g, a, out);
    take_conflicts(g, a, out);
}

/* grade.c -- evidence and moves of one session, place by place.
 *
 * Each place is looked at once: for pieces of evidence, for the moves that could be made, and for what is told without a
 * number (grade_seen.h).  Knows nothing of levels: grade_level.c. */
#include "play/grade.h"

#include "play/grade_seen.h"

/* ---- evidence ---- */

/* Whether P is a piece of evidence for C, and which. */
static bool piece_of(const struct place *p, comp_id c, struct grade_piece *out)
{
    int32_t best = INT32_MIN, least = INT32_MAX, sum = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        int32_t points = place_points(p, &p->v[i], c);
        best = points > best ? points : best;
        least = points < least ? points : least;
        sum += points;
    }
    if (best <= least)
        return false;
    *out = (struct grade_piece){.event = p->event, .slot = p->slot, .comp = c, .best = (int8_t)best};
    out->got = (int8_t)place_got(p, c);
    out->chance = (double)sum / p->n;
    return true;
}

static void see_evidence(struct grade *g, const struct place *p)
{
    struct grade_piece piece;
    for (uint32_t i = 0; i < g->n_comps; i++)
        if (piece_of(p, g->comps[i].comp, &piece)) {
            g->comps[i].self += p->self;
            if (!p->self)
                g->pieces[g->n_pieces++] = piece;
        }
}

static void comps_add(struct grade *g)
{
    struct grade_piece *own = arena_array(&g->arena, struct grade_piece, g->n_pieces + 1);
    for (uint32_t i = 0; i < g->n_comps; i++) {
        struct grade_comp *c = &g->comps[i];
        uint32_t n = 0;
        for (uint32_t k = 0; k < g->n_pieces; k++)
            if (g->pieces[k].comp.i == c->comp.i)
                own[n++] = g->pieces[k];
        c->sum = grade_add(own, n);
        c->says = n < GRADE_PIECES_FIRST ? GRADE_NOT_ENOUGH : GRADE_IMPRESSION;
    }
}

/* ---- moves ---- */

/* Each decision is a place once, and each place has the moves of its options or parts. */
static uint32_t missed_most(const struct scenario *s)
{
    return s->n_option_moves + s->n_parts;
}

static bool helps(const struct move *m)
{
    return !m->flaw && !m->mode;
}

static void see_moves(struct grade *g, const struct place *p)
{
    for (uint32_t m = 1; m <= p->s->rubric.n_moves; m++) {
        bool offered = false;
        for (uint32_t i = 0; i < p->n && !offered; i++)
            offered = place_makes(p, &p->v[i], (move_id){m});
        if (!offered)
            continue;
        bool taken = p->taken && place_makes(p, p->taken, (move_id){m});
        if (p->self) {
            g->moves[m].self += taken;
            continue;
        }
        g->moves[m].offered++;
        g->moves[m].taken += taken;
        if (!taken && helps(&p->s->rubric.moves[m]) && g->n_missed < missed_most(p->s))
            g->missed[g->n_missed++] = (struct grade_missed){p->event, {m}};
    }
}

/* ---- a session ---- */

static void see_place(void *self, const struct place *p)
{
    struct grade *g = self;
    see_evidence(g, p);
    see_moves(g, p);
    see_told(g, p);
}

static void count_place(void *self, const struct place *p)
{
    (void)p;
    ++*(uint32_t *)self;
}

void session_grade(const struct session *se, struct grade *g)
{
    const struct scenario *s = se->scenario;
    uint32_t places = 0;
    places_walk(se, count_place, &places);
    const struct role *r = &s->roles[se->params.roles[0].i];
    *g = (struct grade){.scenario = s, .role = se->params.roles[0], .n_comps = r->n_focus};
    g->comps = arena_array(&g->arena, struct grade_comp, r->n_focus + 1);
    for (uint32_t i = 0; i < r->n_focus; i++)
        g->comps[i].comp = r->focus[i].comp;
    g->pieces = arena_array(&g->arena, struct grade_piece, places * r->n_focus + 1);
    g->moves = arena_array(&g->arena, struct grade_move, s->rubric.n_moves + 1);
    g->missed = arena_array(&g->arena, struct grade_missed, missed_most(s) + 1);
    told_room(g, places);
    places_walk(se, see_place, g);
    told_close(g);
    comps_add(g);
}

void grade_done(struct grade *g)
{
    arena_done(&g->arena);
    *g = (struct grade){0};
}

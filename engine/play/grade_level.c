/* grade_level.c -- from pieces of evidence to what may be said: choice quality, its interval, a level.
 *
 * Arithmetic alone.  The pieces of several sessions are laid together; moves are compared by name, since each scenario
 * numbers its own rubric. */
#include "play/grade.h"

#include <math.h>
#include <stdlib.h>

/* ---- quality ---- */

/* Student's t that 80 % lie within, by degrees of freedom; beyond the table by Fisher's expansion. */
static double student(uint32_t df)
{
    static const double t[] = {0,     3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372,
                               1.363, 1.356, 1.350, 1.345, 1.341, 1.337, 1.333, 1.330, 1.328, 1.325, 1.323,
                               1.321, 1.319, 1.318, 1.316, 1.315, 1.314, 1.313, 1.311, 1.310};
    const double z = 1.2815516;
    if (df < sizeof t / sizeof *t)
        return t[df];
    return z + (z * z * z + z) / (4.0 * df);
}

static void interval(const struct grade_piece *v, uint32_t n, struct grade_sum *sum)
{
    double spread = sum->best - sum->chance, mean = spread / n, squares;
    double centre = (sum->got - sum->chance) / (spread + mean);
    squares = centre * mean * centre * mean; /* the piece at chance */
    for (uint32_t i = 0; i < n; i++) {
        double off = (v[i].got - v[i].chance) - centre * (v[i].best - v[i].chance);
        squares += off * off;
    }
    double half = student(n) * sqrt((n + 1.0) / n * squares) / (spread + mean);
    sum->low = centre - half;
    sum->high = centre + half > 1 ? 1 : centre + half;
}

/* A neutral answer between bad ones beats chance without showing anything, unless there was nothing better. */
static bool shown(const struct grade_piece *p)
{
    return p->got > p->chance + 1e-9 && (p->got > 0 || p->got >= p->best);
}

struct grade_sum grade_add(const struct grade_piece *v, uint32_t n)
{
    struct grade_sum sum = {.pieces = n};
    for (uint32_t i = 0; i < n; i++) {
        sum.got += v[i].got;
        sum.chance += v[i].chance;
        sum.best += v[i].best;
        sum.taken += shown(&v[i]);
    }
    if (n == 0)
        return sum;
    sum.quality = (sum.got - sum.chance) / (sum.best - sum.chance);
    interval(v, n, &sum);
    return sum;
}

/* ---- a level ---- */

struct judging {
    const struct scenario *s;
    comp_id comp;
    const bool *moves;
};

/* Whether one of the moves from *AT to the next 0 was seen; *AT moves behind it. */
static bool group_seen(const struct judging *j, uint32_t *at)
{
    bool any = false;
    for (; j->s->rubric.lists[*at]; ++*at)
        any |= j->moves[j->s->rubric.lists[*at]];
    ++*at;
    return any;
}

static bool anchor_holds(const struct judging *j, int level)
{
    const struct rubric *r = &j->s->rubric;
    uint32_t needs = r->comps[j->comp.i].needs[level], without = r->comps[j->comp.i].without[level];
    while (needs && r->lists[needs])
        if (!group_seen(j, &needs))
            return false;
    while (without && r->lists[without])
        if (group_seen(j, &without))
            return false;
    return true;
}

static double cut(const struct scenario *s, int level)
{
    return s->rubric.cut[level] / 100.0 - 1e-9;
}

static void level_find(const struct judging *j, struct grade_verdict *out)
{
    int by_number = LEVELS;
    while (by_number > 1 && out->sum.quality < cut(j->s, by_number))
        by_number--;
    out->level = by_number;
    while (out->level > 1 && !anchor_holds(j, out->level))
        out->level--;
    if (out->level < by_number) /* the moves decided, and no interval crosses those */
        return;
    double up = out->level < LEVELS ? out->sum.high - cut(j->s, out->level + 1) : -1;
    double down = out->level > 1 ? cut(j->s, out->level) - out->sum.low : -1;
    if (up >= 0 && (down < 0 || cut(j->s, out->level + 1) - out->sum.quality <= out->sum.quality - cut(j->s, out->level)))
        out->near = out->level + 1;
    else if (down >= 0)
        out->near = out->level - 1;
}

void grade_level(const struct scenario *s, comp_id c, const struct grade_piece *v, uint32_t n, const bool *moves,
                 uint32_t seats, struct grade_verdict *out)
{
    *out = (struct grade_verdict){.sum = grade_add(v, n), .seats = seats};
    out->says = n < GRADE_PIECES_FIRST ? GRADE_NOT_ENOUGH : GRADE_IMPRESSION;
    if (n < GRADE_PIECES_LEVEL || seats < GRADE_SEATS)
        return;
    out->says = GRADE_LEVEL;
    level_find(&(struct judging){s, c, moves}, out);
}

/* ---- several sessions ---- */

static bool same_seat(const struct grade *a, const struct grade *b)
{
    const struct scenario *s = a->scenario, *t = b->scenario;
    return text_eq(scenario_name(s, s->id), scenario_name(t, t->id)) &&
           text_eq(scenario_name(s, s->roles[a->role.i].name), scenario_name(t, t->roles[b->role.i].name));
}

static const struct grade_comp *comp_of(const struct grade *g, struct text name)
{
    for (uint32_t i = 0; i < g->n_comps; i++)
        if (text_eq(scenario_name(g->scenario, g->scenario->rubric.comps[g->comps[i].comp.i].name), name))
            return &g->comps[i];
    return NULL;
}

/* Session NOW is the first in its seat to bring evidence for COMP. */
static bool new_seat(const struct grade *const *v, uint32_t now, struct text comp)
{
    const struct grade_comp *c = comp_of(v[now], comp);
    for (uint32_t i = 0; i < now; i++) {
        const struct grade_comp *other = comp_of(v[i], comp);
        if (other && other->sum.pieces && same_seat(v[i], v[now]))
            return false;
    }
    return c->sum.pieces > 0;
}

/* Which moves of S were made in any of the sessions; malloc'ed. */
static bool *moves_of(const struct grade *const *v, uint32_t n, const struct scenario *s)
{
    bool *moves = mem_new(s->rubric.n_moves + 1);
    for (uint32_t m = 0; m <= s->rubric.n_moves; m++) {
        struct text name = scenario_name(s, s->rubric.moves[m].name);
        moves[m] = false;
        for (uint32_t i = 0; m && i < n && !moves[m]; i++)
            moves[m] = v[i]->moves[scenario_move(v[i]->scenario, name).i].taken > 0;
    }
    return moves;
}

bool grade_judge(const struct grade *const *v, uint32_t n, struct text comp, struct grade_verdict *out)
{
    struct grade_piece *all = NULL;
    uint32_t count = 0, cap = 0, seats = 0;
    const struct grade *last = NULL;
    *out = (struct grade_verdict){0};
    for (uint32_t i = 0; i < n; i++) {
        const struct grade_comp *c = comp_of(v[i], comp);
        if (!c)
            continue;
        last = v[i];
        seats += new_seat(v, i, comp);
        for (uint32_t k = 0; k < v[i]->n_pieces; k++)
            if (v[i]->pieces[k].comp.i == c->comp.i) {
                array_room(all, count, cap);
                all[count++] = v[i]->pieces[k];
            }
    }
    if (last) {
        bool *moves = moves_of(v, n, last->scenario);
        grade_level(last->scenario, comp_of(last, comp)->comp, all, count, moves, seats, out);
        free(moves);
    }
    free(all);
    return last != NULL;
}

/* grade_seen.c -- what is told in words: conflict modes and their fit, parts of feedback, the order of making good.
 *
 * Which moves make good, give back or ask is known by their names in the rubric of internal service; another rubric
 * without these names simply has none of them.  All is limited to the focus: nothing else is graded, nor told. */
#include "play/grade_seen.h"

static bool in_focus(const struct place *p, move_id m)
{
    return m.i && scenario_grades(p->s, p->role, p->s->rubric.moves[m.i].comp);
}

static bool named(const struct scenario *s, move_id m, const char *const *names)
{
    for (; *names; names++)
        if (text_is(scenario_name(s, s->rubric.moves[m.i].name), *names))
            return true;
    return false;
}

/* ---- conflict ---- */

static move_id mode_of(const struct place *p, const struct choice *c)
{
    uint32_t n;
    const move_id *moves = place_moves(p, c, &n);
    for (uint32_t i = 0; i < n; i++)
        if (p->s->rubric.moves[moves[i].i].mode && in_focus(p, moves[i]))
            return moves[i];
    return (move_id){0};
}

static void mode_add(struct grade_conflict *c, move_id mode)
{
    for (uint32_t i = 0; i < c->n_offered; i++)
        if (c->offered[i].i == mode.i)
            return;
    c->offered[c->n_offered++] = mode;
}

static void see_conflict(struct grade *g, const struct place *p)
{
    const struct decision *d = &p->s->decisions[p->e->b];
    struct grade_conflict c = {.event = p->event, .self = p->self, .circ = d->circ};
    move_id offered[CHOICES_MOST];
    c.offered = offered;
    for (uint32_t i = 0; i < p->n; i++) {
        move_id mode = mode_of(p, &p->v[i]);
        if (mode.i)
            mode_add(&c, mode);
        c.apt_offered |= p->s->options[p->v[i].option.i].apt == APT_YES;
    }
    if (c.n_offered == 0)
        return;
    for (uint32_t i = 0; i < CIRCUMSTANCES; i++)
        if (d->circ_when[i].i)
            c.circ_maybe |= (uint8_t)(1 << i);
    if (p->taken) {
        c.mode = mode_of(p, p->taken);
        c.apt = p->s->options[p->taken->option.i].apt;
    }
    c.offered = arena_array(&g->arena, move_id, c.n_offered);
    for (uint32_t i = 0; i < c.n_offered; i++)
        c.offered[i] = offered[i];
    g->conflicts[g->n_conflicts++] = c;
    if (c.apt_offered && !p->self) {
        g->fit.offered++;
        g->fit.taken += c.apt == APT_YES;
    }
}

/* ---- feedback ---- */

static struct grade_message *message_of(struct grade *g, const struct place *p)
{
    if (g->n_messages && g->messages[g->n_messages - 1].event == p->event)
        return &g->messages[g->n_messages - 1];
    struct grade_message *m = &g->messages[g->n_messages++];
    uint32_t most = p->s->decisions[p->e->b].n_slots * CHOICES_MOST;
    *m = (struct grade_message){.event = p->event, .decision = {p->e->b}};
    m->given = arena_array(&g->arena, move_id, most);
    m->missed = arena_array(&g->arena, move_id, most);
    m->flaws = arena_array(&g->arena, move_id, most);
    return m;
}

static bool among(const move_id *v, uint32_t n, move_id m)
{
    for (uint32_t i = 0; i < n; i++)
        if (v[i].i == m.i)
            return true;
    return false;
}

static void move_add(move_id *v, uint32_t *n, move_id m)
{
    if (!among(v, *n, m))
        v[(*n)++] = m;
}

/* A part given in one slot is not missed in another. */
static void missed_clear(struct grade_message *m)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->n_missed; i++)
        if (!among(m->given, m->n_given, m->missed[i]))
            m->missed[n++] = m->missed[i];
    m->n_missed = n;
}

static void see_part(struct grade *g, const struct place *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t n;
        const move_id *moves = place_moves(p, &p->v[i], &n);
        if (n == 0 || !in_focus(p, moves[0]))
            continue;
        struct grade_message *m = message_of(g, p);
        const struct move *move = &p->s->rubric.moves[moves[0].i];
        if (move->flaw && p->v[i].taken)
            move_add(m->flaws, &m->n_flaws, moves[0]);
        else if (move->part && p->v[i].taken)
            move_add(m->given, &m->n_given, moves[0]);
        else if (move->part)
            move_add(m->missed, &m->n_missed, moves[0]);
    }
    if (g->n_messages)
        missed_clear(&g->messages[g->n_messages - 1]);
}

/* ---- making good ---- */

static const char *const makes_good[] = {"svc:apologise", "svc:fix", "svc:prevent", "svc:thank", NULL};

static bool listens(const struct scenario *s, move_id m)
{
    const struct move *move = &s->rubric.moves[m.i];
    return !move->flaw && text_is(scenario_name(s, s->rubric.comps[move->comp.i].name), "listening");
}

/* Each first answer makes the moves of one option or of its parts. */
static uint32_t steps_most(const struct scenario *s)
{
    return s->n_option_moves + s->n_parts + 1;
}

static void see_steps(struct grade *g, const struct place *p)
{
    uint32_t n = 0;
    const move_id *moves = p->taken ? place_moves(p, p->taken, &n) : NULL;
    for (uint32_t i = 0; i < n; i++) {
        bool good = named(p->s, moves[i], makes_good) && in_focus(p, moves[i]);
        bool heard = listens(p->s, moves[i]) && !g->listened_first && g->n_steps == 0;
        if (!good && !heard)
            continue;
        g->listened_first |= heard;
        if (g->n_steps == steps_most(g->scenario))
            return;
        g->steps[g->n_steps++] = (struct grade_step){p->event, moves[i]};
    }
}

/* ---- giving back and asking ---- */

static bool gives_back(const struct place *p, const struct choice *c, move_id m)
{
    static const char *const names[] = {"listen:reflect-feeling", "listen:paraphrase", "listen:summarise", NULL};
    return p->s->options[c->option.i].depth != DEPTH_UNSET || named(p->s, m, names);
}

static bool asks(const struct place *p, const struct choice *c, move_id m)
{
    static const char *const names[] = {"listen:open-question", "listen:clarify", "listen:notice-cue", NULL};
    (void)c;
    return named(p->s, m, names);
}

static void see_share(struct grade_share *share, const struct place *p,
                      bool (*is)(const struct place *p, const struct choice *c, move_id m))
{
    bool offered = false, taken = false;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t n;
        const move_id *moves = place_moves(p, &p->v[i], &n);
        for (uint32_t k = 0; k < n; k++)
            if (in_focus(p, moves[k]) && is(p, &p->v[i], moves[k])) {
                offered = true;
                taken |= p->v[i].taken;
            }
    }
    share->offered += offered && !p->self;
    share->taken += taken && !p->self;
}

/* ---- closed doors ---- */

static bool was_offered(const struct place *p, uint32_t option)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->v[i].option.i == option)
            return true;
    return false;
}

static void see_locked(struct grade *g, const struct place *p)
{
    const struct decision *d = &p->s->decisions[p->e->b];
    for (uint32_t i = d->first; i < d->first + d->n; i++)
        if (g->n_locked < p->s->n_options && p->s->options[i].when.i && i != d->no_answer.i && !was_offered(p, i))
            g->locked[g->n_locked++] = (struct grade_locked){p->event, {i}};
}

/* ---- a place ---- */

void told_room(struct grade *g, uint32_t places)
{
    g->conflicts = arena_array(&g->arena, struct grade_conflict, places + 1);
    g->messages = arena_array(&g->arena, struct grade_message, places + 1);
    g->steps = arena_array(&g->arena, struct grade_step, steps_most(g->scenario));
    g->locked = arena_array(&g->arena, struct grade_locked, g->scenario->n_options + 1);
}

void told_close(struct grade *g)
{
    if (g->n_steps > g->listened_first)
        return;
    g->n_steps = 0; /* nothing was made good: listening alone is no step */
    g->listened_first = false;
}

void see_told(struct grade *g, const struct place *p)
{
    if (p->slot) {
        see_part(g, p);
    } else {
        see_conflict(g, p);
        see_locked(g, p);
    }
    see_steps(g, p);
    see_share(&g->reflections, p, gives_back);
    see_share(&g->questions, p, asks);
}

/* debrief_seen.c -- what was seen: a first impression by competency, in words and counts, each with its sentences.
 *
 * How much may be said was decided by the engine; here it is only put into words.  Moments are named by the number they
 * have in the debrief above, so that every count can be looked up. */
#include "front/play_inside.h"

enum { CONFLICTS_COUNTED = 10 }; /* from so many on modes are counted, not only listed */

struct telling {
    struct play *p;
    struct arena a;
    const struct client_debrief *d;
    const struct words *w;
};

/* ---- pieces of text ---- */

static struct text keep(struct telling *t, struct buf *b)
{
    struct text kept = text_keep(&t->a, buf_view(b));
    buf_done(b);
    *b = (struct buf){0};
    return kept;
}

/* The number of a moment, from 1; 0: it is not told. */
static uint32_t moment_of(const struct telling *t, uint32_t turn)
{
    for (uint32_t i = 0; i < t->d->n_turns; i++)
        if (t->d->turns[i].event == turn)
            return i + 1;
    return 0;
}

static void join(struct buf *b, const char *between)
{
    if (b->len)
        buf_str(b, between);
}

static struct text list_of(struct telling *t, const struct answer_move *v, uint32_t n)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < n; i++) {
        join(&b, trc(t->w, "between moves", ", "));
        buf_text(&b, phrase_name(&t->a, v[i].title));
    }
    return keep(t, &b);
}

/* What was said in a moment; empty where nobody answered. */
static struct text sentence(struct telling *t, uint32_t turn)
{
    uint32_t number = moment_of(t, turn);
    if (number == 0 || t->d->turns[number - 1].timed_out)
        return (struct text){0};
    const struct client_turn *told = &t->d->turns[number - 1];
    struct text words = phrase(&t->a, told->said);
    return words.len ? words : phrase_name(&t->a, told->said_manner);
}

static void item(struct telling *t, const char *form, struct text a1, struct text a2)
{
    t->p->screen.view->item(&t->p->screen, phrase_fill(&t->a, form, a1, a2));
}

/* ---- a competency ---- */

/* "3 places, 2 taken": places to show it. */
static struct text counted(struct telling *t, const struct client_grade *g)
{
    struct buf b = {0};
    if (g->places == 0)
        buf_str(&b, tr(t->w, "no place to show it"));
    else if (g->taken == 0)
        buf_printf(&b, trn(t->w, "%lu place, not taken", "%lu places, none taken", g->places), (unsigned long)g->places);
    else
        buf_printf(&b, trn(t->w, "%lu place, %lu taken", "%lu places, %lu taken", g->places), (unsigned long)g->places,
                   (unsigned long)g->taken);
    return keep(t, &b);
}

static long hundredths(int32_t thousandths)
{
    return thousandths <= 0 ? 0 : (thousandths + 5L) / 10;
}

/* "12 places, 9 taken; choice quality 71 %, …": only with as much evidence as a level asks for. */
static struct text measured(struct telling *t, const struct client_grade *g)
{
    struct text count = counted(t, g);
    struct buf b = {0};
    if (g->quality <= 0)
        return phrase_fill(&t->a, tr(t->w, "%1. No better than chance."), count, (struct text){0});
    buf_printf(&b, tr(t->w, "choice quality %ld %%, most likely between %ld and %ld %%"), hundredths(g->quality),
               hundredths(g->low), hundredths(g->high));
    struct text quality = keep(t, &b);
    return phrase_fill(&t->a, tr(t->w, "%1; %2. A level needs a second scenario or role."), count, quality);
}

static struct text verdict(struct telling *t, const struct client_grade *g)
{
    if (g->says == WIRE_NOT_ENOUGH)
        return phrase_fill(&t->a, tr(t->w, "%1. Not enough to say."), counted(t, g), (struct text){0});
    if (g->measured)
        return measured(t, g);
    return phrase_fill(&t->a, tr(t->w, "first impression: %1."), counted(t, g), (struct text){0});
}

/* Moves made, "giving it back (2 of 3), …": those that help, or the FLAWs. */
static struct text moves_seen(struct telling *t, const struct client_grade *g, bool flaw)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < g->n_moves; i++) {
        const struct client_seen *m = &g->moves[i];
        if (m->taken == 0 || m->flaw != flaw || m->mode)
            continue;
        join(&b, trc(t->w, "between moves", ", "));
        buf_text(&b, phrase_name(&t->a, m->title));
        buf_printf(&b, trc(t->w, "made, of so many places", " (%lu of %lu)"), (unsigned long)m->taken,
                   (unsigned long)m->offered);
    }
    return keep(t, &b);
}

/* Moves made twice and more. */
static struct text habits(struct telling *t, const struct client_grade *g)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < g->n_moves; i++) {
        if (g->moves[i].taken < 2 || g->moves[i].mode)
            continue;
        join(&b, trc(t->w, "between moves", ", "));
        buf_text(&b, phrase_name(&t->a, g->moves[i].title));
    }
    return keep(t, &b);
}

static bool was_taken(const struct client_piece *pc)
{
    return pc->points * 1000 > pc->chance;
}

/* How many pieces of the turn of PC, one a part of a message, were TAKEN or were not. */
static uint32_t parts_of(const struct client_grade *g, const struct client_piece *pc, bool taken)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->n_pieces; i++)
        n += g->pieces[i].turn == pc->turn && was_taken(&g->pieces[i]) == taken;
    return n;
}

/* The numbers of the moments that were TAKEN, or were not: "2, 5 (3 parts)". */
static struct text numbers(struct telling *t, const struct client_grade *g, bool taken)
{
    struct buf b = {0};
    uint32_t last = 0;
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        const struct client_piece *pc = &g->pieces[i];
        unsigned long parts = parts_of(g, pc, taken);
        if (was_taken(pc) != taken || pc->turn == last)
            continue;
        last = pc->turn;
        join(&b, trc(t->w, "between numbers", ", "));
        buf_printf(&b, "%u", moment_of(t, pc->turn));
        if (pc->slot.len)
            buf_printf(&b, trn(t->w, " (%lu part)", " (%lu parts)", parts), parts);
    }
    return keep(t, &b);
}

/* The piece that shows most: the furthest above chance (SIGN 1) or below (-1); NULL where there is none. */
static const struct client_piece *telling_piece(const struct client_grade *g, int sign)
{
    const struct client_piece *found = NULL;
    int32_t most = 0;
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        int32_t off = sign * (g->pieces[i].points * 1000 - g->pieces[i].chance);
        if (off > most) {
            most = off;
            found = &g->pieces[i];
        }
    }
    return found;
}

static void show_piece(struct telling *t, const struct client_piece *pc)
{
    struct text said = pc ? sentence(t, pc->turn) : (struct text){0};
    struct buf b = {0};
    if (!said.len)
        return;
    buf_printf(&b, "%u", moment_of(t, pc->turn));
    item(t, trc(t->w, "number, sentence", "%1: “%2”"), keep(t, &b), said);
}

static void show_grade(struct telling *t, const struct client_grade *g)
{
    const struct view *v = t->p->screen.view;
    v->labelled(&t->p->screen, phrase_name(&t->a, g->title), verdict(t, g));
    struct text good = moves_seen(t, g, false), flaws = moves_seen(t, g, true), often = habits(t, g);
    struct text taken = numbers(t, g, true), missed = numbers(t, g, false);
    const struct client_piece *best = telling_piece(g, 1), *worst = telling_piece(g, -1);
    if (taken.len)
        item(t, tr(t->w, "Taken: %1."), taken, (struct text){0});
    show_piece(t, best);
    if (missed.len)
        item(t, tr(t->w, "Not taken: %1."), missed, (struct text){0});
    if (!best || !worst || best->turn != worst->turn)
        show_piece(t, worst);
    if (good.len)
        item(t, tr(t->w, "Seen: %1."), good, (struct text){0});
    if (flaws.len)
        item(t, tr(t->w, "Also seen: %1."), flaws, (struct text){0});
    if (often.len)
        item(t, tr(t->w, "A habit: %1."), often, (struct text){0});
    if (g->self) {
        struct buf b = {0};
        buf_printf(&b, trn(t->w, "%lu more place you placed yourself; it is not counted.",
                           "%lu more places you placed yourself; they are not counted.", g->self),
                   (unsigned long)g->self);
        v->item(&t->p->screen, keep(t, &b));
    }
}

static void show_shares(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    struct buf b = {0};
    if (g->reflections.offered)
        buf_printf(&b, tr(t->w, "giving back what was said: %lu of %lu"), (unsigned long)g->reflections.taken,
                   (unsigned long)g->reflections.offered);
    if (g->questions.offered) {
        join(&b, trc(t->w, "between counts", "; "));
        buf_printf(&b, tr(t->w, "asking: %lu of %lu"), (unsigned long)g->questions.taken,
                   (unsigned long)g->questions.offered);
    }
    struct text counts = keep(t, &b);
    if (counts.len)
        t->p->screen.view->labelled(&t->p->screen, text_of(tr(t->w, "Where it was possible")), counts);
}

/* ---- conflict ---- */

/* What held there; what hung on a condition is said to, since whether it did is not recorded. */
static struct text circumstances(struct telling *t, const struct client_conflict *c)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < c->n_circumstances; i++) {
        struct text name = phrase_name(&t->a, c->circumstances[i].title);
        join(&b, trc(t->w, "between moves", ", "));
        if (c->circumstances[i].perhaps)
            name = phrase_fill(&t->a, tr(t->w, "%1 (depending on how it went)"), name, (struct text){0});
        buf_text(&b, name);
    }
    return keep(t, &b);
}

static void show_conflict(struct telling *t, const struct client_conflict *c)
{
    static const char *const fits[] = {N_("%1: %2"), N_("%1: %2; it fits here"), N_("%1: %2; it does not fit here")};
    struct buf b = {0};
    buf_printf(&b, "%u", moment_of(t, c->turn));
    struct text number = keep(t, &b), offered = list_of(t, c->offered, c->n_offered);
    struct text mode = phrase_name(&t->a, c->title);
    if (!c->mode.len)
        mode = text_of(tr(t->w, "none of the five ways"));
    struct text line = phrase_fill(&t->a, tr(t->w, fits[c->apt <= WIRE_NOT_APT ? c->apt : 0]), number, mode);
    item(t, tr(t->w, "%1 (open to you: %2)."), line, offered);
    struct text held = circumstances(t, c);
    if (held.len)
        item(t, tr(t->w, "The situation there: %1."), held, (struct text){0});
}

/* "giving in 2 of 5, …", over all conflicts. */
static struct text modes_counted(struct telling *t)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < t->d->grades.n; i++)
        for (uint32_t k = 0; k < t->d->grades.v[i].n_moves; k++) {
            const struct client_seen *m = &t->d->grades.v[i].moves[k];
            if (!m->mode || !m->offered)
                continue;
            join(&b, trc(t->w, "between moves", ", "));
            buf_text(&b, phrase_name(&t->a, m->title));
            buf_printf(&b, trc(t->w, "made, of so many places", " (%lu of %lu)"), (unsigned long)m->taken,
                       (unsigned long)m->offered);
        }
    return keep(t, &b);
}

static void show_conflicts(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    const struct view *v = t->p->screen.view;
    struct buf b = {0};
    if (!g->n_conflicts)
        return;
    v->heading(&t->p->screen, text_of(tr(t->w, "Where interests met")));
    for (uint32_t i = 0; i < g->n_conflicts; i++)
        show_conflict(t, &g->conflicts[i]);
    if (g->n_conflicts >= CONFLICTS_COUNTED) {
        item(t, tr(t->w, "Taken, of the places where it was possible: %1."), modes_counted(t), (struct text){0});
        if (g->fit.offered) {
            buf_printf(&b, tr(t->w, "What fits was taken in %lu of %lu places where it was possible."),
                       (unsigned long)g->fit.taken, (unsigned long)g->fit.offered);
            v->item(&t->p->screen, keep(t, &b));
        }
    }
    v->paragraph(&t->p->screen, text_of(tr(t->w, "No way is good or bad in itself, and nobody is a type: this lists what "
                                                 "was chosen in these places.")));
}

/* ---- feedback and making good ---- */

static void show_message(struct telling *t, const struct client_message *m)
{
    struct text given = list_of(t, m->given, m->n_given), missed = list_of(t, m->missed, m->n_missed);
    struct text flaws = list_of(t, m->flaws, m->n_flaws);
    struct buf b = {0};
    buf_printf(&b, tr(t->w, "Your message (%u)"), moment_of(t, m->turn));
    struct text label = keep(t, &b);
    struct text none = text_of(tr(t->w, "none of the parts"));
    if (missed.len)
        given = phrase_fill(&t->a, tr(t->w, "said: %1; missing: %2"), given.len ? given : none, missed);
    else
        given = phrase_fill(&t->a, tr(t->w, "said: %1"), given.len ? given : none, (struct text){0});
    if (flaws.len)
        given = phrase_fill(&t->a, tr(t->w, "%1; a flaw in it: %2"), given, flaws);
    t->p->screen.view->labelled(&t->p->screen, label, given);
}

static void show_steps(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    struct buf b = {0};
    if (g->n_steps == 0)
        return;
    for (uint32_t i = 0; i < g->n_steps; i++) {
        join(&b, trc(t->w, "between steps", ", then "));
        buf_text(&b, phrase_name(&t->a, g->steps[i].title));
        buf_printf(&b, trc(t->w, "moment", " (%u)"), moment_of(t, g->steps[i].turn));
    }
    t->p->screen.view->labelled(&t->p->screen, text_of(tr(t->w, "Making good, in this order")), keep(t, &b));
}

static void show_locked(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    for (uint32_t i = 0; i < g->n_locked; i++) {
        struct buf b = {0};
        buf_printf(&b, tr(t->w, "Not open by then (%u)"), moment_of(t, g->locked[i].turn));
        struct text label = keep(t, &b), words = phrase(&t->a, g->locked[i].words);
        words = phrase_fill(&t->a, tr(t->w, "“%1”"), words, (struct text){0});
        t->p->screen.view->labelled(&t->p->screen, label, words);
    }
}

void play_seen(struct play *p, const struct client_debrief *d)
{
    struct telling t = {.p = p, .d = d, .w = p->screen.words};
    if (d->n_turns && d->grades.n) {
        p->screen.view->heading(&p->screen, text_of(tr(t.w, "What was seen")));
        for (uint32_t i = 0; i < d->grades.n; i++)
            show_grade(&t, &d->grades.v[i]);
        show_shares(&t);
        for (uint32_t i = 0; i < d->grades.n_messages; i++)
            show_message(&t, &d->grades.messages[i]);
        show_steps(&t);
        show_locked(&t);
        show_conflicts(&t);
    }
    arena_done(&t.a);
}

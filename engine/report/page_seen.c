/* page_seen.c -- what was seen: a first impression by competency, in words and counts, each with its sentences.
 *
 * How much may be said was decided by the engine; here it is only put into words.  Moments are named by the number they
 * have turn by turn, so that every count can be looked up. */
#include "report/page.h"

enum { CONFLICTS_COUNTED = 10 }; /* from so many on modes are counted, not only listed */

struct telling {
    struct page *p;
    const struct client_debrief *d;
    const struct words *w;
};

/* ---- pieces of text ---- */

static struct text keep(struct telling *t, struct buf *b)
{
    return doc_keep(&t->p->arena, b);
}

static uint32_t moment_of(const struct telling *t, uint32_t turn)
{
    const struct page_turn *told = page_turn_of(t->p, turn);
    return told ? told->number : 0;
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
        buf_text(&b, page_take(t->p, v[i].title));
    }
    return keep(t, &b);
}

/* What was said in a moment; empty where nobody answered. */
static struct text sentence(struct telling *t, uint32_t turn)
{
    const struct page_turn *told = page_turn_of(t->p, turn);
    if (!told)
        return (struct text){0};
    return told->said.len ? told->said : told->said_manner;
}

static void item(struct telling *t, const char *form, struct text a1, struct text a2)
{
    doc_item(&t->p->seen, (struct text){0}, doc_fill(&t->p->arena, form, a1, a2));
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
        return doc_fill(&t->p->arena, tr(t->w, "%1. No better than chance."), count, (struct text){0});
    buf_printf(&b, tr(t->w, "choice quality %ld %%, most likely between %ld and %ld %%"), hundredths(g->quality),
               hundredths(g->low), hundredths(g->high));
    struct text quality = keep(t, &b);
    return doc_fill(&t->p->arena, tr(t->w, "%1; %2. A level needs a second scenario or role."), count, quality);
}

/* The moves made most often, up to MOST of them: those that help, or the FLAWs. */
static struct text foremost(struct telling *t, const struct client_grade *g, bool flaw, uint32_t most)
{
    struct buf b = {0};
    uint32_t above = UINT32_MAX, n = 0;
    while (n < most && above > 1) { /* once round for each count, from the highest down */
        uint32_t count = 0;
        for (uint32_t i = 0; i < g->n_moves; i++)
            if (g->moves[i].flaw == flaw && !g->moves[i].mode && g->moves[i].taken < above && g->moves[i].taken > count)
                count = g->moves[i].taken;
        for (uint32_t i = 0; i < g->n_moves && count && n < most; i++) {
            if (g->moves[i].taken != count || g->moves[i].flaw != flaw || g->moves[i].mode)
                continue;
            join(&b, trc(t->w, "between moves", ", "));
            buf_text(&b, page_take(t->p, g->moves[i].title));
            n++;
        }
        above = count;
    }
    return keep(t, &b);
}

/* A first impression: a phrase from the moves seen, without a number of its own. */
static struct text impression(struct telling *t, const struct client_grade *g)
{
    struct text good = foremost(t, g, false, 3), flaw = foremost(t, g, true, good.len ? 1 : 2);
    struct buf b = {0};
    struct text args[] = {counted(t, g), good.len ? good : flaw, flaw};
    if (!args[1].len)
        words_fill(&b, tr(t->w, "%1 (a first impression)."), args, 1);
    else if (good.len && flaw.len)
        words_fill(&b, tr(t->w, "%1. First impression: %2; also %3."), args, 3);
    else
        words_fill(&b, tr(t->w, "%1. First impression: %2."), args, 2);
    return keep(t, &b);
}

static struct text verdict(struct telling *t, const struct client_grade *g)
{
    if (g->says == WIRE_NOT_ENOUGH)
        return doc_fill(&t->p->arena, tr(t->w, "%1. Not enough to say."), counted(t, g), (struct text){0});
    if (g->measured)
        return measured(t, g);
    return impression(t, g);
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
        buf_text(&b, page_take(t->p, m->title));
        buf_printf(&b, trc(t->w, "made, of so many places", " (%lu of %lu)"), (unsigned long)m->taken,
                   (unsigned long)m->offered);
    }
    return keep(t, &b);
}

/* Moves made twice and more: those that help, or the FLAWs. */
static struct text habits(struct telling *t, const struct client_grade *g, bool flaw)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < g->n_moves; i++) {
        if (g->moves[i].taken < 2 || g->moves[i].mode || g->moves[i].flaw != flaw)
            continue;
        join(&b, trc(t->w, "between moves", ", "));
        buf_text(&b, page_take(t->p, g->moves[i].title));
    }
    return keep(t, &b);
}

static bool was_taken(const struct client_piece *pc)
{
    return pc->points * 1000 > pc->chance && (pc->points > 0 || pc->points >= pc->best);
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

/* The piece that shows most: of those TAKEN the furthest above chance, else the furthest below; NULL where there is none. */
static const struct client_piece *telling_piece(const struct client_grade *g, bool taken)
{
    const struct client_piece *found = NULL;
    int32_t most = 0;
    for (uint32_t i = 0; i < g->n_pieces; i++) {
        int32_t off = (taken ? 1 : -1) * (g->pieces[i].points * 1000 - g->pieces[i].chance);
        if (was_taken(&g->pieces[i]) == taken && (!found || off > most)) {
            most = off;
            found = &g->pieces[i];
        }
    }
    return found;
}

/* What was told last stands in the long form only. */
static void in_detail(struct telling *t)
{
    t->p->seen.v[t->p->seen.n - 1].form = DOC_LONG;
}

/* The moments, and the sentence of the one that shows most: "Taken: 2, 5; 5 above all: “…”". */
static void show_moments(struct telling *t, const struct client_piece *pc, struct text numbers, bool taken)
{
    struct text said = pc ? sentence(t, pc->turn) : (struct text){0};
    struct buf b = {0};
    if (!numbers.len)
        return;
    if (!said.len) {
        item(t, taken ? tr(t->w, "Taken: %1.") : tr(t->w, "Not taken: %1."), numbers, (struct text){0});
        return;
    }
    buf_printf(&b, "%u", moment_of(t, pc->turn));
    struct text args[3] = {numbers, buf_view(&b), page_quoted(t->p, said)}, all;
    struct buf line = {0};
    if (text_eq(numbers, args[1]))
        words_fill(&line, taken ? tr(t->w, "Taken: %1. “%3”") : tr(t->w, "Not taken: %1. “%3”"), args, 3);
    else
        words_fill(&line, taken ? tr(t->w, "Taken: %1. Most of all %2: “%3”") : tr(t->w, "Not taken: %1. Most of all %2: “%3”"), args, 3);
    all = keep(t, &line);
    doc_item(&t->p->seen, (struct text){0}, all);
    buf_done(&b);
}

static void show_self(struct telling *t, uint32_t self)
{
    struct buf b = {0};
    if (!self)
        return;
    buf_printf(&b, trn(t->w, "%lu more place you placed yourself; it is not counted.",
                       "%lu more places you placed yourself; they are not counted.", self), (unsigned long)self);
    doc_item(&t->p->seen, (struct text){0}, keep(t, &b));
}

static void show_grade(struct telling *t, const struct client_grade *g)
{
    doc_labelled(&t->p->seen, page_take(t->p, g->title), verdict(t, g));
    struct text good = moves_seen(t, g, false), flaws = moves_seen(t, g, true);
    struct text often = habits(t, g, false), watched = habits(t, g, true);
    const struct client_piece *best = telling_piece(g, true), *worst = telling_piece(g, false);
    show_moments(t, best, numbers(t, g, true), true);
    show_moments(t, best && worst && best->turn == worst->turn ? NULL : worst, numbers(t, g, false), false);
    if (good.len)
        item(t, tr(t->w, "Seen: %1."), good, (struct text){0}), in_detail(t);
    if (flaws.len)
        item(t, tr(t->w, "Also seen: %1."), flaws, (struct text){0}), in_detail(t);
    if (often.len)
        item(t, tr(t->w, "A habit: %1."), often, (struct text){0});
    if (watched.len)
        item(t, tr(t->w, "A habit to watch: %1."), watched, (struct text){0});
    show_self(t, g->self);
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
        doc_labelled(&t->p->seen, text_of(tr(t->w, "Where it was possible")), counts), in_detail(t);
}

/* ---- conflict ---- */

/* What held there; what hung on a condition is said to, since whether it did is not recorded. */
static struct text circumstances(struct telling *t, const struct client_conflict *c)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < c->n_circumstances; i++) {
        struct text name = page_take(t->p, c->circumstances[i].title);
        join(&b, trc(t->w, "between moves", ", "));
        if (c->circumstances[i].perhaps)
            name = doc_fill(&t->p->arena, tr(t->w, "%1 (depending on how it went)"), name, (struct text){0});
        buf_text(&b, name);
    }
    return keep(t, &b);
}

/* "6 avoiding, which fits there" */
static struct text conflict_line(struct telling *t, const struct client_conflict *c)
{
    static const char *const fits[] = {N_("%1 %2"), N_("%1 %2, which fits there"), N_("%1 %2, which does not fit there")};
    struct buf b = {0};
    buf_printf(&b, "%u", moment_of(t, c->turn));
    struct text mode = page_take(t->p, c->title);
    if (!c->mode.len)
        mode = text_of(tr(t->w, "none of the five ways"));
    return doc_fill(&t->p->arena, tr(t->w, fits[c->apt <= WIRE_NOT_APT ? c->apt : 0]), keep(t, &b), mode);
}

static void show_conflict(struct telling *t, const struct client_conflict *c)
{
    item(t, tr(t->w, "%1 (open to you: %2)."), conflict_line(t, c), list_of(t, c->offered, c->n_offered)), in_detail(t);
    struct text held = circumstances(t, c);
    if (held.len)
        item(t, tr(t->w, "The situation there: %1."), held, (struct text){0}), in_detail(t);
}

/* The places where none of the ways was taken: they are told in one go. */
static struct text without_mode(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    struct buf b = {0};
    for (uint32_t i = 0; i < g->n_conflicts; i++) {
        if (g->conflicts[i].mode.len)
            continue;
        join(&b, trc(t->w, "between moves", ", "));
        buf_printf(&b, "%u", moment_of(t, g->conflicts[i].turn));
    }
    return keep(t, &b);
}

/* All of them in a paragraph. */
static void show_conflicts_short(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    struct buf b = {0};
    for (uint32_t i = 0; i < g->n_conflicts; i++) {
        if (!g->conflicts[i].mode.len)
            continue;
        join(&b, trc(t->w, "between conflicts", "; "));
        buf_text(&b, conflict_line(t, &g->conflicts[i]));
    }
    struct text others = without_mode(t);
    if (others.len) {
        join(&b, trc(t->w, "between conflicts", "; "));
        buf_text(&b, doc_fill(&t->p->arena, tr(t->w, "%1 %2"), others, text_of(tr(t->w, "none of the five ways"))));
    }
    buf_str(&b, trc(t->w, "after conflicts", "."));
    doc_labelled(&t->p->seen, text_of(tr(t->w, "Where interests clashed")), keep(t, &b));
    t->p->seen.v[t->p->seen.n - 1].form = DOC_SHORT;
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
            buf_text(&b, page_take(t->p, m->title));
            buf_printf(&b, trc(t->w, "made, of so many places", " (%lu of %lu)"), (unsigned long)m->taken,
                       (unsigned long)m->offered);
        }
    return keep(t, &b);
}

static void show_conflicts(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    struct buf b = {0};
    if (!g->n_conflicts)
        return;
    show_conflicts_short(t);
    doc_heading(&t->p->seen, tr(t->w, "Where interests clashed")), in_detail(t);
    for (uint32_t i = 0; i < g->n_conflicts; i++)
        show_conflict(t, &g->conflicts[i]);
    if (g->n_conflicts >= CONFLICTS_COUNTED) {
        item(t, tr(t->w, "Taken, of the places where it was possible: %1."), modes_counted(t), (struct text){0});
        if (g->fit.offered) {
            buf_printf(&b, tr(t->w, "What fits was taken in %lu of %lu places where it was possible."),
                       (unsigned long)g->fit.taken, (unsigned long)g->fit.offered);
            doc_item(&t->p->seen, (struct text){0}, keep(t, &b));
        }
    }
    doc_quiet(&t->p->seen, text_of(tr(t->w, "No way is good or bad in itself, and nobody is a type: this lists what "
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
    const char *form = !given.len ? tr(t->w, "lacks %2") : missed.len ? tr(t->w, "has %1; lacks %2") : tr(t->w, "has %1");
    given = doc_fill(&t->p->arena, form, given, missed);
    if (flaws.len)
        given = doc_fill(&t->p->arena, tr(t->w, "%1; marred by %2"), given, flaws);
    doc_labelled(&t->p->seen, label, given);
}

static void show_steps(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    struct buf b = {0};
    if (g->n_steps == 0)
        return;
    for (uint32_t i = 0, n; i < g->n_steps; i = n) {
        struct buf at = {0};
        for (n = i; n < g->n_steps && text_eq(g->steps[n].move, g->steps[i].move); n++) {
            join(&at, trc(t->w, "between numbers", ", "));
            buf_printf(&at, "%u", moment_of(t, g->steps[n].turn));
        }
        join(&b, trc(t->w, "between steps", ", then "));
        buf_text(&b, doc_fill(&t->p->arena, trc(t->w, "step (numbers)", "%1 (%2)"), page_take(t->p, g->steps[i].title), keep(t, &at)));
    }
    doc_labelled(&t->p->seen, text_of(tr(t->w, "Making good, in this order")), keep(t, &b));
}

static void show_locked(struct telling *t)
{
    const struct client_grades *g = &t->d->grades;
    for (uint32_t i = 0, n; i < g->n_locked; i = n) {
        struct buf label = {0}, all = {0};
        for (n = i; n < g->n_locked && g->locked[n].turn == g->locked[i].turn; n++) {
            struct text words = page_take(t->p, g->locked[n].words);
            join(&all, trc(t->w, "between moves", ", "));
            buf_text(&all, doc_fill(&t->p->arena, tr(t->w, "“%1”"), page_quoted(t->p, words), (struct text){0}));
        }
        buf_printf(&label, tr(t->w, "Not open by then (%u)"), moment_of(t, g->locked[i].turn));
        struct text at = keep(t, &label);
        doc_labelled(&t->p->seen, at, keep(t, &all)), in_detail(t);
    }
}

void page_take_seen(struct page *p, const struct client_debrief *d)
{
    struct telling t = {.p = p, .d = d, .w = p->words};
    if (!d->n_turns || !d->grades.n)
        return;
    doc_heading(&p->seen, tr(t.w, "What was seen"));
    for (uint32_t i = 0; i < d->grades.n; i++)
        show_grade(&t, &d->grades.v[i]);
    show_shares(&t);
    for (uint32_t i = 0; i < d->grades.n_messages; i++)
        show_message(&t, &d->grades.messages[i]);
    show_steps(&t);
    show_locked(&t);
    show_conflicts(&t);
}

/* progress_compose.c -- how practice adds up, in words: what was chosen, never what somebody is. */
#include "report/progress.h"

#include <stdio.h>

enum { CONFLICTS_COUNTED = 10, MOVES_TOLD = 3, OFFERED_LEAST = 3 };

static struct text filled(struct progress *p, const char *form, const struct text *args, size_t n)
{
    struct buf b = {0};
    words_fill(&b, form, args, n);
    return doc_keep(&p->arena, &b);
}

static struct text number(struct progress *p, long n)
{
    struct buf b = {0};
    buf_printf(&b, "%ld", n);
    return doc_keep(&p->arena, &b);
}

static struct text day(struct progress *p, int64_t at)
{
    char out[16];
    progress_day(at, out);
    return text_keep(&p->arena, text_of(out));
}

static long hundredths(int32_t thousandths)
{
    return thousandths <= 0 ? 0 : (thousandths + 5L) / 10;
}

/* ---- a competency ---- */

/* "12 places in 3 conversations from 2 chairs" */
static struct text evidence_words(struct progress *p, const struct progress_comp *c)
{
    struct buf places = {0}, sessions = {0};
    buf_printf(&places, trn(p->words, "%lu place", "%lu places", c->places), (unsigned long)c->places);
    buf_printf(&sessions, trn(p->words, "%lu conversation", "%lu conversations", c->sessions), (unsigned long)c->sessions);
    struct text args[] = {doc_keep(&p->arena, &places), number(p, c->taken), doc_keep(&p->arena, &sessions)};
    return filled(p, tr(p->words, "%1, %2 of them taken, in %3"), args, 3);
}

static void level(struct progress *p, const struct progress_comp *c, struct doc *d)
{
    struct text label = text_of(tr(p->words, "Level"));
    if (c->says == WIRE_NOT_ENOUGH) {
        doc_paragraph(d, text_of(tr(p->words, "Not enough to say yet.")));
        return;
    }
    if (c->says == WIRE_IMPRESSION) {
        doc_paragraph(d, text_of(tr(p->words, "A first impression; a level needs ten places from at least two scenarios or roles.")));
        return;
    }
    struct text args[] = {number(p, c->level), c->level_name, number(p, c->near), c->near_name};
    doc_labelled(d, label, filled(p, c->near ? tr(p->words, "%1 (%2), close to %3 (%4)") : tr(p->words, "%1 (%2)"), args, 4));
    doc_labelled(d, text_of(tr(p->words, "People at this level usually")), c->anchor);
}

static void quality(struct progress *p, const struct progress_comp *c, struct doc *d)
{
    if (!c->measured)
        return;
    if (c->quality <= 0) {
        doc_item(d, text_of(tr(p->words, "Choice quality")), text_of(tr(p->words, "no better than chance")));
        return;
    }
    struct text args[] = {number(p, hundredths(c->quality)), number(p, hundredths(c->low)), number(p, hundredths(c->high))};
    doc_item(d, text_of(tr(p->words, "Choice quality")), filled(p, tr(p->words, "%1 %, most likely between %2 and %3 %"), args, 3));
}

/* "▂▄▆ (20, 41, 63 %)": oldest first. */
static void course(struct progress *p, const struct progress_comp *c, struct doc *d)
{
    struct buf numbers = {0}, spark = {0}, figure = {0};
    if (c->n_points < 2 || c->points[c->n_points - 2].pieces < PROGRESS_POOL)
        return;
    progress_spark(c, &spark);
    for (uint32_t i = 0; i < c->n_points; i++)
        buf_printf(&numbers, "%s%d", i ? trc(p->words, "between numbers", ", ") : "", progress_percent(&c->points[i]));
    struct text args[] = {doc_keep(&p->arena, &spark), doc_keep(&p->arena, &numbers)};
    doc_item(d, text_of(tr(p->words, "Choice quality over time")), filled(p, tr(p->words, "%1 (%2 %)"), args, 2));
    progress_course(p, c, &figure);
    doc_add(d, DOC_FIGURE, (struct text){0})->figure = doc_keep(&p->arena, &figure);
}

static bool told(const struct progress_move *m)
{
    return m->flaw ? m->taken >= 2 : m->offered >= OFFERED_LEAST && m->taken * 2 <= m->offered;
}

/* The more it was missed, or made, the earlier. */
static uint32_t weight(const struct progress_move *m)
{
    return m->flaw ? m->taken : m->offered - m->taken;
}

static void move_item(struct progress *p, const struct progress_move *m, struct doc *d)
{
    struct text args[] = {number(p, m->taken), number(p, m->offered)};
    struct text counts = filled(p, m->flaw ? tr(p->words, "%1 times, of %2 places where it was possible")
                                           : tr(p->words, "in %1 of %2 places where it was possible"), args, 2);
    doc_item(d, m->title, counts);
    if (!m->quote.said.len)
        return;
    struct text quote[] = {m->quote.said, m->quote.scenario, day(p, m->quote.at)};
    doc_quote(d, (struct text){0}, filled(p, tr(p->words, "“%1” (%2, %3)"), quote, 3), false);
}

/* Up to MOVES_TOLD of those that were often missed (or flaws that came again). */
static void moves(struct progress *p, struct progress_comp *c, bool flaw, struct doc *d)
{
    bool *done = arena_array(&p->arena, bool, c->n_moves + 1);
    for (int told_so_far = 0; told_so_far < MOVES_TOLD; told_so_far++) {
        uint32_t best = c->n_moves;
        for (uint32_t i = 0; i < c->n_moves; i++)
            if (!done[i] && c->moves[i].flaw == flaw && told(&c->moves[i]) &&
                (best == c->n_moves || weight(&c->moves[i]) > weight(&c->moves[best])))
                best = i;
        if (best == c->n_moves)
            return;
        if (told_so_far == 0)
            doc_paragraph(d, text_of(flaw ? tr(p->words, "What came more than once:") : tr(p->words, "Often missed:")));
        done[best] = true;
        move_item(p, &c->moves[best], d);
    }
}

static void competency(struct progress *p, struct progress_comp *c, struct doc *d)
{
    doc_moment(d, 0, c->title);
    level(p, c, d);
    doc_item(d, text_of(tr(p->words, "Evidence")), evidence_words(p, c));
    quality(p, c, d);
    course(p, c, d);
    if (c->again_places) {
        struct text args[] = {number(p, c->again_places), number(p, c->again_taken)};
        doc_item(d, text_of(tr(p->words, "Played again")), filled(p, tr(p->words, "%1 places, %2 of them taken; practice, counted apart"), args, 2));
    }
    if (c->self) {
        struct text args[] = {number(p, c->self)};
        doc_item(d, text_of(tr(p->words, "Placed by yourself")), filled(p, tr(p->words, "%1; in none of these numbers"), args, 1));
    }
    moves(p, c, false, d);
    moves(p, c, true, d);
}

/* ---- conflicts ---- */

static void conflicts(struct progress *p, struct doc *d)
{
    if (!p->conflicts)
        return;
    doc_heading(d, tr(p->words, "Where interests clashed"));
    if (p->conflicts < CONFLICTS_COUNTED) {
        struct text args[] = {number(p, p->conflicts)};
        doc_paragraph(d, filled(p, tr(p->words, "Decisions so far: %1. From ten on, this counts which way was taken of those that were open."), args, 1));
        return;
    }
    for (uint32_t i = 0; i < p->n_modes; i++) {
        struct text args[] = {number(p, p->modes[i].taken), number(p, p->modes[i].offered)};
        if (p->modes[i].offered)
            doc_item(d, p->modes[i].title, filled(p, tr(p->words, "taken in %1 of %2 places where it was possible"), args, 2));
    }
    struct text args[] = {number(p, p->fit_taken), number(p, p->fit_offered)};
    doc_item(d, text_of(tr(p->words, "Fit")), filled(p, tr(p->words, "what fits was taken in %1 of %2 places"), args, 2));
    doc_quiet(d, text_of(tr(p->words, "No way is good or bad in itself, and nobody is a type: this counts what was chosen.")));
}

/* ---- questions ---- */

static void questions(struct progress *p, struct doc *d)
{
    bool headed = false;
    for (uint32_t i = 0; i < p->n_pairs; i++) {
        const struct progress_pair *q = &p->pairs[i];
        if (!q->words.len || !q->before || !q->after)
            continue;
        if (!headed)
            doc_heading(d, tr(p->words, "What you said before and after"));
        headed = true;
        struct text args[] = {number(p, q->before), number(p, q->after), number(p, q->steps), number(p, q->later)};
        doc_item(d, q->words, filled(p, q->later ? tr(p->words, "before %1, after %2, some weeks later %4, of %3")
                                                 : tr(p->words, "before %1, after %2, of %3"), args, 4));
    }
    if (headed)
        doc_quiet(d, text_of(tr(p->words, "This is how it felt and what was learnt. What changes at work, colleagues can say after some "
                                          "weeks; a rehearsal cannot.")));
}

/* ---- all ---- */

static void head(struct progress *p, struct doc *d)
{
    struct text title[] = {p->name};
    doc_title(d, filled(p, tr(p->words, "Progress: %1"), title, 1));
    struct buf b = {0};
    buf_printf(&b, trn(p->words, "%lu conversation", "%lu conversations", p->sessions), (unsigned long)p->sessions);
    struct text args[] = {doc_keep(&p->arena, &b), number(p, p->ended), number(p, p->scenarios), day(p, p->first), day(p, p->last)};
    struct text first[] = {args[0], args[1], args[2]}, span[] = {args[3], args[4]};
    doc_quiet(d, filled(p, tr(p->words, "%1, %2 of them to the end, in different scenarios: %3"), first, 3));
    doc_quiet(d, filled(p, tr(p->words, "From %1 to %2"), span, 2));
}

void progress_compose(struct progress *p, struct doc *d)
{
    if (!p->sessions) {
        doc_title(d, text_of(tr(p->words, "Progress")));
        doc_paragraph(d, text_of(tr(p->words, "Nothing was played to the first answer yet.")));
        doc_join(d, &p->next, DOC_SHORT);
        return;
    }
    head(p, d);
    for (uint32_t i = 0; i < p->n_comps; i++)
        if (p->comps[i].judged)
            competency(p, &p->comps[i], d);
    conflicts(p, d);
    questions(p, d);
    doc_join(d, &p->next, DOC_SHORT);
    doc_footer(d, text_of(tr(p->words, "Scenarios differ in difficulty: read the counts with the sentences beside them. This is for learning, not "
                                       "for appraisal.")));
}

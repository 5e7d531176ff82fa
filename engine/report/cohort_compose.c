/* cohort_compose.c -- a group in words and tables; nobody is ranked, and no figure rests on fewer than five. */
#include "report/cohort.h"

enum { MOVES_TOLD = 3, OFFERED_LEAST = 10 };

static struct text number(struct cohort *c, long n)
{
    struct buf b = {0};
    buf_printf(&b, n < 0 ? "−%ld" : "%ld", n < 0 ? -n : n);
    return doc_keep(&c->arena, &b);
}

/* "57 %", or that it is no better than chance; empty where there is nothing. */
static struct text quality(struct cohort *c, const struct kept_total *t)
{
    int64_t spread = t->best * 1000 - t->chance;
    struct buf b = {0};
    if (spread <= 0)
        return (struct text){0};
    int64_t percent = ((t->got * 1000 - t->chance) * 100 + spread / 2) / spread;
    if (percent <= 0)
        return text_of(tr(c->words, "no better than chance"));
    struct text args[1] = {number(c, (long)percent)};
    words_fill(&b, tr(c->words, "%1 %%"), args, 1);
    return doc_keep(&c->arena, &b);
}

static void totals(struct cohort *c, struct doc *d)
{
    const struct text heads[] = {text_of(tr(c->words, "Competency")), text_of(tr(c->words, "People")), text_of(tr(c->words, "Places")),
                                 text_of(tr(c->words, "Taken")), text_of(tr(c->words, "Choice quality"))};
    doc_heading(d, tr(c->words, "What first plays showed"));
    doc_row(d, DOC_TABLE, heads, 5);
    for (uint32_t i = 0; i < c->n_comps; i++) {
        const struct kept_total *t = &c->comps[i].first;
        bool enough = t->people >= KEPT_COHORT_LEAST;
        const struct text cells[] = {c->comps[i].title, number(c, t->people), enough ? number(c, t->places) : (struct text){0},
                                     enough ? number(c, t->taken) : (struct text){0},
                                     enough ? quality(c, t) : text_of(tr(c->words, "fewer than five people"))};
        if (t->people)
            doc_row(d, DOC_ROW, cells, 5);
    }
}

static uint32_t missed(const struct kept_move_total *m) { return m->flaw ? m->taken : m->offered - m->taken; }

static bool is_told(const struct kept_move_total *m, bool flaw)
{
    return m->flaw == flaw && !m->mode && m->people >= KEPT_COHORT_LEAST && m->offered >= OFFERED_LEAST && missed(m) * 2 >= m->offered;
}

static void moves(struct cohort *c, const struct cohort_comp *comp, bool flaw, struct doc *d)
{
    bool *done = arena_array(&c->arena, bool, comp->n_moves + 1);
    for (int told = 0; told < MOVES_TOLD; told++) {
        uint32_t best = comp->n_moves;
        for (uint32_t i = 0; i < comp->n_moves; i++)
            if (!done[i] && is_told(&comp->moves[i], flaw) && (best == comp->n_moves || missed(&comp->moves[i]) > missed(&comp->moves[best])))
                best = i;
        if (best == comp->n_moves)
            return;
        done[best] = true;
        const struct kept_move_total *m = &comp->moves[best];
        struct buf b = {0};
        struct text args[] = {number(c, m->taken), number(c, m->offered), number(c, m->people)};
        words_fill(&b, flaw ? tr(c->words, "came in %1 of %2 places (%3 people)") : tr(c->words, "taken in %1 of %2 places (%3 people)"), args, 3);
        doc_item(d, comp->move_titles[best], doc_keep(&c->arena, &b));
    }
}

static void all_moves(struct cohort *c, struct doc *d)
{
    uint32_t before = d->n;
    doc_heading(d, tr(c->words, "Often missed, and what came often"));
    uint32_t headed = d->n;
    for (uint32_t i = 0; i < c->n_comps; i++) {
        moves(c, &c->comps[i], false, d);
        moves(c, &c->comps[i], true, d);
    }
    if (d->n == headed)
        d->n = before;
}

static void endings(struct cohort *c, struct doc *d)
{
    const struct text heads[] = {text_of(tr(c->words, "Scenario")), text_of(tr(c->words, "Ending")), text_of(tr(c->words, "Conversations")),
                                 text_of(tr(c->words, "People"))};
    bool headed = false;
    for (uint32_t i = 0; i < c->n_endings; i++) {
        const struct cohort_ending *e = &c->endings[i];
        if (e->people < KEPT_COHORT_LEAST)
            continue;
        if (!headed) {
            doc_heading(d, tr(c->words, "Where it ended"));
            doc_row(d, DOC_TABLE, heads, 4);
        }
        headed = true;
        const struct text cells[] = {e->title.len ? e->title : e->scenario, e->words.len ? e->words : e->ending,
                                     number(c, e->sessions), number(c, e->people)};
        doc_row(d, DOC_ROW, cells, 4);
    }
}

static struct text mean(struct cohort *c, const struct cohort_asked *q)
{
    struct buf b = {0};
    if (q->people < KEPT_COHORT_LEAST)
        return (struct text){0};
    buf_printf(&b, "%ld.%ld (%lu)", (long)(q->sum / q->people), (long)(q->sum * 10 / q->people % 10), (unsigned long)q->people);
    return doc_keep(&c->arena, &b);
}

static bool is_asked(const struct cohort_item *q, enum wire_survey_when when) { return q->asked[when].people >= KEPT_COHORT_LEAST; }

static bool question_shows(const struct cohort_item *q)
{
    return q->words.len && (is_asked(q, WIRE_BEFORE) || is_asked(q, WIRE_AFTER) || is_asked(q, WIRE_WEEKS));
}

static void questions(struct cohort *c, struct doc *d)
{
    const struct text heads[] = {text_of(tr(c->words, "Question")), text_of(tr(c->words, "Steps")),
                                 text_of(tr(c->words, "Before: mean (people)")), text_of(tr(c->words, "After: mean (people)")),
                                 text_of(tr(c->words, "Weeks later: mean (people)"))};
    bool headed = false;
    uint32_t columns = 4;
    for (uint32_t i = 0; i < c->n_items; i++)
        if (question_shows(&c->items[i]) && is_asked(&c->items[i], WIRE_WEEKS))
            columns = 5;
    for (uint32_t i = 0; i < c->n_items; i++) {
        const struct cohort_item *q = &c->items[i];
        if (!question_shows(q))
            continue;
        if (!headed) {
            doc_heading(d, tr(c->words, "Questions before and after"));
            doc_row(d, DOC_TABLE, heads, columns);
        }
        headed = true;
        const struct text cells[] = {q->words, number(c, q->steps), mean(c, &q->asked[WIRE_BEFORE]), mean(c, &q->asked[WIRE_AFTER]),
                                     mean(c, &q->asked[WIRE_WEEKS])};
        doc_row(d, DOC_ROW, cells, columns);
    }
}

void cohort_compose(struct cohort *c, struct doc *d)
{
    struct buf b = {0};
    doc_title(d, c->name.len ? doc_fill(&c->arena, tr(c->words, "How a group did: %1"), c->name, (struct text){0})
                             : text_of(tr(c->words, "How a group did")));
    buf_printf(&b, trn(c->words, "%lu person", "%lu people", c->people), (unsigned long)c->people);
    buf_str(&b, trc(c->words, "between counts", ", "));
    buf_printf(&b, trn(c->words, "%lu conversation", "%lu conversations", c->sessions), (unsigned long)c->sessions);
    doc_quiet(d, doc_keep(&c->arena, &b));
    if (!cohort_shows(c)) {
        doc_paragraph(d, text_of(tr(c->words, "Figures are shown from five people on, so that nobody can be picked out.")));
        return;
    }
    totals(c, d);
    all_moves(c, d);
    endings(c, d);
    questions(c, d);
    doc_footer(d, text_of(tr(c->words, "This shows which replies people picked in rehearsals, not what they can do. It is for choosing what to practise, "
                                       "not for comparing people or groups.")));
}

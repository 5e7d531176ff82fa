/* items_compose.c -- the quality of each option in words and tables: first what asks for a second look, then all of it. */
#include "report/items.h"

#include <math.h>
#include <string.h>

/* "0.56", "−0.12"; a dash where there is none. */
static struct text decimal(struct items *m, double x)
{
    struct buf b = {0};
    if (isnan(x))
        return TEXT("–");
    double rounded = round(x * 100) / 100;
    buf_printf(&b, rounded < 0 ? "−%.2f" : "%.2f", fabs(rounded));
    return doc_keep(&m->arena, &b);
}

static struct text count(struct items *m, long n)
{
    struct buf b = {0};
    buf_printf(&b, n < 0 ? "−%ld" : "%ld", n < 0 ? -n : n);
    return doc_keep(&m->arena, &b);
}

static struct text fill(struct items *m, const char *form, const struct text *args, size_t n)
{
    struct buf b = {0};
    words_fill(&b, form, args, n);
    return doc_keep(&m->arena, &b);
}

static struct text percent(struct items *m, uint32_t part, uint32_t whole)
{
    if (!whole)
        return (struct text){0};
    struct text args[1] = {count(m, (part * 100 + whole / 2) / whole)};
    return fill(m, tr(m->words, "%1 %%"), args, 1);
}

static struct text title_of(const struct items *m, struct text competency)
{
    for (uint32_t i = 0; i < m->n_scales; i++)
        if (text_eq(m->scales[i].competency, competency))
            return m->scales[i].title;
    return competency;
}

/* ---- what to look at ---- */

static void look(struct items *m, struct doc *d, struct text where, const char *form, struct text a, struct text b)
{
    doc_item(d, where, doc_fill(&m->arena, tr(m->words, form), a, b));
}

static void look_item(struct items *m, const struct items_item *it, struct doc *d)
{
    struct text args[] = {it->slot.len ? it->slot : it->decision, title_of(m, it->competency)};
    struct text where = fill(m, "%1 · %2", args, 2), people = count(m, it->met), others = count(m, it->rest_people);
    if (it->looks & LOOK_KEY)
        look(m, d, where, N_("who does well elsewhere does worse here (%1; people: %2): the key may be wrong"), decimal(m, it->rest), others);
    if (it->looks & LOOK_WEAK)
        look(m, d, where, N_("says little about the rest (%1; people: %2)"), decimal(m, it->rest), others);
    if (it->looks & LOOK_HARD)
        look(m, d, where, N_("very hard: %1 of the points on average (people: %2)"), decimal(m, it->share), people);
    if (it->looks & LOOK_EASY)
        look(m, d, where, N_("very easy: %1 of the points on average (people: %2)"), decimal(m, it->share), people);
}

static void look_option(struct items *m, const struct items_decision *x, const struct items_option *o, struct doc *d)
{
    struct text args[] = {percent(m, o->high, x->n_high), percent(m, o->low, x->n_low), count(m, x->n_high), count(m, x->n_low)};
    if (o->looks & LOOK_UPSIDE_DOWN)
        doc_item(d, o->option, fill(m, tr(m->words, "taken by %1 of the upper third and by %2 of the lower one (people: %3 and %4)"), args, 4));
    if (o->looks & LOOK_RARE)
        look(m, d, o->option, N_("hardly anybody would say it: %1 (people: %2)"), percent(m, o->taken, x->met), count(m, x->met));
}

static void look_scale(struct items *m, const struct items_scale *s, struct doc *d)
{
    if (s->alpha < 0.70)
        look(m, d, s->title, N_("its decisions do not measure one thing (alpha %1; people: %2); a scenario mixes them, so look at a second play, too"),
             decimal(m, s->alpha), count(m, s->people));
}

static void looks(struct items *m, struct doc *d)
{
    doc_heading(d, tr(m->words, "Worth a second look"));
    uint32_t before = d->n;
    for (uint32_t i = 0; i < m->n_items; i++)
        look_item(m, &m->items[i], d);
    for (uint32_t i = 0; i < m->n_decisions; i++)
        for (uint32_t k = 0; k < m->decisions[i].n_options; k++)
            look_option(m, &m->decisions[i], &m->decisions[i].options[k], d);
    for (uint32_t i = 0; i < m->n_scales; i++)
        look_scale(m, &m->scales[i], d);
    if (d->n == before)
        doc_paragraph(d, text_of(tr(m->words, "Nothing stands out.")));
}

/* ---- all of it ---- */

static void options(struct items *m, const struct items_decision *x, struct doc *d)
{
    bool figures = x->met >= ITEMS_FIGURES, thirds = x->n_high && x->n_low;
    const struct text heads[] = {text_of(tr(m->words, "Reply")), text_of(tr(m->words, "Chosen")),
                                 text_of(tr(m->words, "Upper and lower third"))};
    doc_row(d, DOC_TABLE, heads, thirds ? 3 : 2);
    for (uint32_t i = 0; i < x->n_options; i++) {
        const struct items_option *o = &x->options[i];
        struct text chosen[] = {count(m, o->taken), percent(m, o->taken, x->met), count(m, o->points)};
        const struct text cells[] = {o->words.len ? o->words : o->option.len ? o->option : text_of(tr(m->words, "no answer in time")),
                                     fill(m, figures ? tr(m->words, "%1, %2 · points: %3") : tr(m->words, "%1 · points: %3"), chosen, 3),
                                     doc_fill(&m->arena, "%1, %2", percent(m, o->high, x->n_high), percent(m, o->low, x->n_low))};
        doc_row(d, DOC_ROW, cells, thirds ? 3 : 2);
    }
}

static void figures(struct items *m, const struct items_decision *x, struct doc *d)
{
    for (uint32_t i = 0; i < m->n_items; i++) {
        const struct items_item *it = &m->items[i];
        struct text args[] = {decimal(m, it->share), count(m, it->met), decimal(m, it->rest), count(m, it->rest_people)};
        if (text_eq(it->decision, x->id) && !isnan(it->share))
            doc_item(d, it->slot.len ? it->slot : title_of(m, it->competency),
                     fill(m, tr(m->words, "difficulty %1 (people: %2), correlation with the rest %3 (people: %4)"), args, 4));
    }
}

static void decisions(struct items *m, struct doc *d)
{
    doc_heading(d, tr(m->words, "Each decision"));
    for (uint32_t i = 0; i < m->n_decisions; i++) {
        const struct items_decision *x = &m->decisions[i];
        doc_moment(d, i + 1, x->prompt.len ? x->prompt : x->id);
        doc_quiet(d, doc_fill(&m->arena, tr(m->words, "%1 · met by %2"), x->id, count(m, x->met)));
        if (x->met < KEPT_COHORT_LEAST) {
            doc_paragraph(d, text_of(tr(m->words, "fewer than five people")));
            continue;
        }
        options(m, x, d);
        figures(m, x, d);
    }
}

static void scales(struct items *m, struct doc *d)
{
    doc_heading(d, tr(m->words, "Reliability"));
    for (uint32_t i = 0; i < m->n_scales; i++) {
        const struct items_scale *s = &m->scales[i];
        struct text args[] = {decimal(m, s->alpha), decimal(m, s->half), count(m, s->items), count(m, s->people)};
        doc_item(d, s->title, s->items ? fill(m, tr(m->words, "alpha %1, split-half %2 (decisions: %3, people: %4)"), args, 4)
                                       : text_of(tr(m->words, "not told: fewer than thirty people met the same decisions")));
    }
}

static const char *how_much(uint32_t people)
{
    if (people < ITEMS_FIGURES)
        return N_("Counts only: below 30 people every figure is chance.");
    if (people < ITEMS_WEIGHTY)
        return N_("A hint, no more: from 100 people on it is worth acting on.");
    return people < ITEMS_STABLE ? N_("Worth acting on; near 200 people it is stable.") : N_("Stable.");
}

void items_compose(struct items *m, struct doc *d)
{
    struct text args[] = {m->scenario, m->version, count(m, m->people)};
    doc_title(d, m->title.len ? m->title : m->scenario);
    if (!items_shows(m)) {
        doc_paragraph(d, text_of(tr(m->words, "Fewer than five people have played it to an end for the first time: nothing is shown.")));
        return;
    }
    doc_quiet(d, fill(m, tr(m->words, "%1 %2 · first plays, people: %3"), args, 3));
    doc_paragraph(d, text_of(tr(m->words, how_much(m->people))));
    if (m->people >= ITEMS_FIGURES)
        looks(m, d);
    decisions(m, d);
    if (m->people >= ITEMS_FIGURES)
        scales(m, d);
}

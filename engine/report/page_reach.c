/* page_reach.c -- what was still within reach, put into words: where each option could have led, what each answer cost, and
 * whether a pass mark was reached. */
#include "report/page.h"

static struct text title_of(struct page *p, const struct client_reach *r, struct text competency)
{
    for (uint32_t i = 0; i < r->n_figures; i++)
        if (text_eq(r->figures[i].competency, competency))
            return page_take(p, r->figures[i].title);
    return (struct text){0};
}

/* "listening 3 (1 there and then, 2 by doors that closed)" */
static void price_words(struct page *p, const struct client_reach *r, const struct reach_price *price, struct buf *b)
{
    if (!price->competency.len || !price->points)
        return;
    if (b->len)
        buf_str(b, trc(p->words, "between counts", "; "));
    buf_text(b, title_of(p, r, price->competency));
    buf_printf(b, trc(p->words, "lost", " %ld"), (long)price->points);
    if (price->later == 0)
        buf_str(b, tr(p->words, " (there and then)"));
    else if (price->here == 0)
        buf_str(b, tr(p->words, " (by doors that closed)"));
    else if (price->here > 0)
        buf_printf(b, tr(p->words, " (%ld there and then, %ld by doors that closed)"), (long)price->here, (long)price->later);
    else
        buf_printf(b, tr(p->words, " (%ld won there and then, %ld lost by doors that closed)"), -(long)price->here, (long)price->later);
}

/* Where the options of a decision lead to different endings at best, that is told of each. */
static void take_behind(struct page *p, struct page_turn *to, const struct reach_turn *t)
{
    bool differ = false;
    for (uint32_t i = 1; i < t->n_behind; i++)
        differ |= !text_eq(t->behind[i].ending, t->behind[0].ending);
    for (uint32_t i = 0; differ && i < t->n_behind; i++) {
        struct text ending = t->behind[i].ending.len ? page_take(p, t->behind[i].title)
                                                     : text_of(tr(p->words, "To no ending."));
        if (text_eq(t->behind[i].option, to->option))
            to->still = ending;
        for (uint32_t k = 0; k < to->n_others; k++)
            if (text_eq(t->behind[i].option, to->others[k].option))
                to->others[k].still = ending;
    }
}

static void take_turn_reach(struct page *p, const struct client_reach *r, const struct reach_turn *t)
{
    struct page_turn *to = page_turn_of(p, t->event);
    struct buf b = {0};
    if (!to)
        return;
    for (uint32_t i = 0; i < t->n_prices; i++)
        price_words(p, r, &t->prices[i], &b);
    to->price = doc_keep(&p->arena, &b);
    take_behind(p, to, t);
}

/* With a minus sign, not a hyphen. */
static struct text number(struct page *p, int32_t n)
{
    struct buf b = {0};
    buf_printf(&b, n < 0 ? "−%ld" : "%ld", n < 0 ? -(long)n : (long)n);
    return doc_keep(&p->arena, &b);
}

static struct text figure_words(struct page *p, const struct reach_figure *f)
{
    struct buf b = {0};
    struct text args[3] = {number(p, f->got), number(p, f->worst), number(p, f->best)};
    words_fill(&b, tr(p->words, "%1, where anything from %2 to %3 was possible"), args, 3);
    return doc_keep(&p->arena, &b);
}

static void take_figures(struct page *p, const struct client_reach *r)
{
    struct buf luck = {0};
    p->reach = arena_array(&p->arena, struct page_named, r->n_figures + 1);
    for (uint32_t i = 0; i < r->n_figures; i++) {
        const struct reach_figure *f = &r->figures[i];
        if (!f->competency.len || f->best <= f->worst)
            continue;
        struct text title = page_take(p, f->title);
        p->reach[p->n_reach++] = (struct page_named){title, figure_words(p, f)};
        if (!f->luck)
            continue;
        if (luck.len)
            buf_str(&luck, trc(p->words, "between counts", "; "));
        buf_text(&luck, title);
        buf_printf(&luck, " %ld", (long)f->luck);
    }
    if (luck.len)
        p->luck = doc_fill(&p->arena, tr(p->words, "Taken by chance, and on nobody's bill: %1."), buf_view(&luck), (struct text){0});
    buf_done(&luck);
}

/* Of the total of what is graded. */
static void take_pass(struct page *p, const struct client_reach *r)
{
    const struct reach_figure *all = NULL;
    for (uint32_t i = 0; i < r->n_figures; i++)
        if (!r->figures[i].competency.len)
            all = &r->figures[i];
    if (!r->pass || !all || all->best <= all->worst)
        return;
    struct buf b = {0};
    long share = (all->got - (long)all->worst) * 100 / (all->best - (long)all->worst);
    buf_printf(&b, r->passed ? tr(p->words, "The pass mark of this scenario is %lu %% of what it can give. You came to %ld %%: reached.")
                             : tr(p->words, "The pass mark of this scenario is %lu %% of what it can give. You came to %ld %%: not reached this time."),
               (unsigned long)r->pass, share);
    p->pass = doc_keep(&p->arena, &b);
}

void page_take_reach(struct page *p, const struct client_reach *r)
{
    if (r->fit != WIRE_REACH_KNOWN)
        return;
    for (uint32_t i = 0; i < r->n_turns; i++)
        take_turn_reach(p, r, &r->turns[i]);
    take_figures(p, r);
    take_pass(p, r);
}

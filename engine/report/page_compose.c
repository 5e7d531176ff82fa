/* page_compose.c -- the order of the page: the story, what it turned on, what was seen, what nobody could know, and the
 * trainee's own words. */
#include "report/page.h"

struct text page_spoken(struct page *p, struct text manner, struct text words)
{
    if (!manner.len)
        return words;
    return doc_fill(&p->arena, words.len ? trc(p->words, "manner before words", "(%1) %2") : tr(p->words, "(%1)"), manner, words);
}

struct text page_quoted(struct page *p, struct text said)
{
    struct buf b = {0};
    for (size_t i = 0; i < said.len; i++) {
        struct text rest = text_from(said.at + i, said.len - i);
        bool opens = text_starts(rest, "“"), closes = text_starts(rest, "”");
        if (opens || closes)
            buf_str(&b, opens ? "‘" : "’");
        else
            buf_text(&b, text_from(said.at + i, 1));
        i += opens || closes ? sizeof "“" - 2 : 0;
    }
    return doc_keep(&p->arena, &b);
}

struct text page_circumstances(struct page *p)
{
    const struct text parts[] = {p->who, p->date, p->mode, p->taken};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (b.len && parts[i].len)
            buf_str(&b, " · ");
        buf_text(&b, parts[i]);
    }
    return doc_keep(&p->arena, &b);
}

const char *page_footer(const struct page *p)
{
    return tr(p->words, "This page reflects only what you chose in one written rehearsal. It cannot see your tone "
                        "or your face, and it is for learning, not for appraisal.");
}

/* The reason that weighs most, with the number of its decision. */
static void reason(struct page *p, struct doc *d, const char *form, uint32_t number, struct text words)
{
    struct buf b = {0};
    buf_printf(&b, "%u", number);
    doc_labelled(d, doc_fill(&p->arena, tr(p->words, form), doc_keep(&p->arena, &b), (struct text){0}), words);
}

static void story(struct page *p, struct doc *d)
{
    struct buf figure = {0};
    doc_title(d, p->title);
    doc_quiet(d, page_circumstances(p));
    if (p->ending.len) {
        struct text form = text_of(tr(p->words, "How it ended"));
        doc_labelled(d, form, p->outcome.len ? doc_fill(&p->arena, trc(p->words, "ending, outcome", "%1 · %2"), p->ending, p->outcome)
                                             : p->ending);
    } else
        doc_paragraph(d, text_of(tr(p->words, "It did not come to an end.")));
    doc_add(d, DOC_BLANK, (struct text){0});
    reason(p, d, N_("What carried it (%1)"), p->carried_by, p->carried);
    reason(p, d, N_("What it lacked (%1)"), p->missing_by, p->missing);
    page_course(p, &figure);
    if (figure.len)
        doc_add(d, DOC_FIGURE, (struct text){0})->figure = doc_keep(&p->arena, &figure);
    buf_done(&figure);
}

static void list(struct page *p, struct doc *d, const char *heading, const struct text *v, uint32_t n)
{
    if (n)
        doc_heading(d, tr(p->words, heading));
    for (uint32_t i = 0; i < n; i++)
        doc_item(d, (struct text){0}, v[i]);
}

static void named(struct page *p, struct doc *d, const char *heading, const struct page_named *v, uint32_t n)
{
    if (n && heading)
        doc_heading(d, tr(p->words, heading));
    for (uint32_t i = 0; i < n; i++)
        doc_labelled(d, v[i].name, v[i].words);
}

static void reach(struct page *p, struct doc *d)
{
    named(p, d, N_("What this conversation could give"), p->reach, p->n_reach);
    doc_paragraph(d, p->luck);
}

static void own_words(struct page *p, struct doc *d)
{
    list(p, d, N_("Your notes"), p->notes, p->n_notes);
    named(p, d, N_("Before and after"), p->answers, p->n_answers);
    if (!p->asks && !p->plus.len && !p->delta.len && !p->sentence.len)
        return;
    doc_heading(d, tr(p->words, "In your own words"));
    doc_line(d, tr(p->words, "What went well"), p->plus);
    doc_line(d, tr(p->words, "What you would change"), p->delta);
    doc_line(d, tr(p->words, "One sentence to try this week"), p->sentence);
    if (p->where.len)
        doc_line(d, tr(p->words, "Where, and when"), p->where);
}

void page_compose(struct page *p, enum page_length length, struct doc *d)
{
    if (length == PAGE_TURNS) {
        page_compose_turns(p, d);
        reach(p, d);
        return;
    }
    story(p, d);
    page_compose_turning(p, d);
    if (length == PAGE_WHOLE)
        page_compose_turns(p, d);
    else
        page_compose_own(p, d);
    doc_join(d, &p->seen, length == PAGE_WHOLE ? DOC_LONG : DOC_SHORT);
    if (length == PAGE_WHOLE)
        reach(p, d);
    doc_paragraph(d, p->pass);
    named(p, d, NULL, p->gauges, p->n_gauges);
    named(p, d, N_("What you could not know"), p->briefs, p->n_briefs);
    if (p->chair.len)
        doc_quiet(d, doc_fill(&p->arena, tr(p->words, "The other chair: %1"), p->chair, (struct text){0}));
    if (p->source.len) {
        doc_heading(d, tr(p->words, "Where it comes from"));
        doc_paragraph(d, p->source);
    }
    own_words(p, d);
    list(p, d, N_("To think about, or to talk over"), p->questions, p->n_questions);
    doc_footer(d, text_of(page_footer(p)));
}

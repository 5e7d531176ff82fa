/* page_markdown.c -- the page as Markdown (CommonMark, tables as GitHub has them).
 *
 * Foreign text is escaped wherever a character could mean something: it stays text. */
#include "report/page.h"

#include <string.h>

struct writer {
    const struct page *p;
    struct arena a;
    struct buf *out;
};

static void text(struct buf *out, struct text t)
{
    static const char special[] = "\\`*_{}[]<>#|~&!$^=";
    bool digits = true;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.at[i];
        bool first = i == 0;
        bool number = digits && !first && (c == '.' || c == ')'); /* would begin a list */
        if (memchr(special, c, sizeof special - 1) || (first && (c == '-' || c == '+')) || number)
            buf_char(out, '\\');
        buf_char(out, c);
        digits = digits && c >= '0' && c <= '9';
    }
}

static void line(struct writer *w, const char *before, struct text t, const char *after)
{
    if (!t.len)
        return;
    buf_str(w->out, before);
    text(w->out, t);
    buf_str(w->out, after);
}

static void heading(struct writer *w, const char *words)
{
    line(w, "\n## ", text_of(words), "\n\n");
}

/* "> **Name:** words" */
static void quoted(struct writer *w, struct text name, struct text words, bool strong)
{
    if (!words.len)
        return;
    buf_str(w->out, "> ");
    if (name.len) {
        struct text label = page_fill(&w->a, trc(w->p->words, "who: what", "%1: %2"), name, (struct text){0});
        line(w, "**", text_trim(label), "** ");
    }
    line(w, strong ? "**" : "", words, strong ? "**  \n" : "  \n");
}

static void cell(struct writer *w, struct text t)
{
    line(w, " ", t, "");
    buf_str(w->out, " |");
}

static void put_table(struct writer *w, const struct page_turning *t)
{
    const struct page *p = w->p;
    buf_str(w->out, "\n|");
    cell(w, text_of(tr(p->words, "What else could have been said")));
    cell(w, text_of(tr(p->words, "How it would have been taken")));
    cell(w, text_of(tr(p->words, "How it would have ended")));
    buf_str(w->out, "\n|---|---|---|\n");
    for (uint32_t i = 0; i < t->n_others; i++) {
        const struct page_else *o = &t->others[i];
        buf_str(w->out, "|");
        cell(w, page_spoken(p, &w->a, o->said_manner, o->said));
        cell(w, page_spoken(p, &w->a, o->reaction_manner, o->reaction));
        cell(w, o->ending);
        buf_str(w->out, "\n");
    }
}

static void put_turning(struct writer *w, const struct page_turning *t)
{
    const struct page *p = w->p;
    const struct page_turn *turn = t->turn;
    buf_printf(w->out, "### %u · ", turn->number);
    line(w, "", text_of(page_turning_title(p, t)), "\n\n");
    quoted(w, turn->heard_by, turn->heard, false);
    quoted(w, text_of(tr(p->words, "You")), page_spoken(p, &w->a, turn->said_manner, turn->said), true);
    quoted(w, turn->reaction_by, page_spoken(p, &w->a, turn->reaction_manner, turn->reaction), false);
    line(w, "\n", turn->because, "\n");
    put_table(w, t);
    line(w, "\n", page_turning_close(p, &w->a, t), "\n\n");
}

static void put_named(struct writer *w, struct text name, struct text words)
{
    struct text label = page_fill(&w->a, trc(w->p->words, "who: what", "%1: %2"), name, (struct text){0});
    if (!words.len)
        return;
    line(w, "**", text_trim(label), "** ");
    line(w, "", words, "\n\n");
}

static void put_own(struct writer *w, const char *label, struct text words)
{
    line(w, "- **", text_of(label), "**");
    line(w, "  \n  ", words.len ? words : TEXT("……………………"), "\n");
}

static void put_story(struct writer *w)
{
    const struct page *p = w->p;
    line(w, "# ", p->title, "\n\n");
    line(w, "", page_circumstances(p, &w->a), "\n\n");
    if (p->ending.len) {
        line(w, "**", page_fill(&w->a, tr(p->words, "How it ended: %1"), p->ending, (struct text){0}), "**  \n");
        line(w, "", p->outcome, "\n\n");
    }
    put_named(w, text_of(tr(p->words, "What carried it")), p->carried);
    put_named(w, text_of(tr(p->words, "What it lacked")), p->missing);
    if (p->n_turning)
        heading(w, trn(p->words, "A turning point", "Turning points", p->n_turning));
    for (uint32_t i = 0; i < p->n_turning; i++)
        put_turning(w, &p->turning[i]);
}

void page_markdown(const struct page *p, struct buf *out)
{
    struct writer w = {.p = p, .out = out};
    put_story(&w);
    if (p->n_briefs)
        heading(&w, tr(p->words, "What you could not know"));
    for (uint32_t i = 0; i < p->n_briefs; i++)
        put_named(&w, p->briefs[i].name, p->briefs[i].words);
    if (p->chair.len)
        line(&w, "", page_fill(&w.a, tr(p->words, "The other chair: %1"), p->chair, (struct text){0}), "\n");
    if (p->n_notes)
        heading(&w, tr(p->words, "Your notes"));
    for (uint32_t i = 0; i < p->n_notes; i++)
        line(&w, "- ", p->notes[i], "\n");
    heading(&w, tr(p->words, "In your own words"));
    put_own(&w, tr(p->words, "What went well"), p->plus);
    put_own(&w, tr(p->words, "What you would change"), p->delta);
    put_own(&w, tr(p->words, "One sentence to try this week"), p->sentence);
    if (p->n_questions)
        heading(&w, tr(p->words, "To think about, or to talk over"));
    for (uint32_t i = 0; i < p->n_questions; i++)
        line(&w, "- ", p->questions[i], "\n");
    line(&w, "\n---\n\n", text_of(page_footer(p)), "\n");
    arena_done(&w.a);
}

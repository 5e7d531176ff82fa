/* page_text.c -- the page as plain text: words only, wrapped for reading and for mail. */
#include "report/page.h"

#include "base/terminal.h"

enum { WIDTH = 72 };

struct writer {
    const struct page *p;
    struct arena a;
    struct buf *out;
};

static void put(struct writer *w, unsigned indent, struct text t)
{
    struct wrap how = {.width = WIDTH, .first = indent, .hang = indent};
    if (!t.len)
        return;
    for (unsigned i = 0; i < indent; i++)
        buf_char(w->out, ' ');
    terminal_wrap_to(t, &how, w->out);
    buf_char(w->out, '\n');
}

static void heading(struct writer *w, const char *words)
{
    buf_char(w->out, '\n');
    put(w, 0, text_of(words));
    buf_char(w->out, '\n');
}

/* "Name: words", or the words alone. */
static void named(struct writer *w, unsigned indent, struct text name, struct text words)
{
    if (!words.len)
        return;
    put(w, indent, name.len ? page_fill(&w->a, trc(w->p->words, "who: what", "%1: %2"), name, words) : words);
}

static void put_turn(struct writer *w, const struct page_turn *t)
{
    const struct page *p = w->p;
    named(w, 2, t->heard_by, t->heard);
    named(w, 2, text_of(tr(p->words, "You")), page_spoken(p, &w->a, t->said_manner, t->said));
    named(w, 2, t->reaction_by, page_spoken(p, &w->a, t->reaction_manner, t->reaction));
    put(w, 2, t->because);
}

static void put_turning(struct writer *w, const struct page_turning *t)
{
    const struct page *p = w->p;
    struct buf b = {0};
    buf_printf(&b, "%u  %s", t->turn->number, page_turning_title(p, t));
    put(w, 0, buf_view(&b));
    buf_done(&b);
    put_turn(w, t->turn);
    buf_char(w->out, '\n');
    put(w, 2, text_of(tr(p->words, "What else could have been said:")));
    for (uint32_t i = 0; i < t->n_others; i++) {
        const struct page_else *o = &t->others[i];
        buf_str(w->out, "  - ");
        struct wrap how = {.width = WIDTH, .first = 4, .hang = 4};
        terminal_wrap_to(page_spoken(p, &w->a, o->said_manner, o->said), &how, w->out);
        buf_char(w->out, '\n');
        named(w, 4, o->reaction_by, page_spoken(p, &w->a, o->reaction_manner, o->reaction));
        put(w, 4, page_fill(&w->a, tr(p->words, "The ending: %1"), o->ending, (struct text){0}));
    }
    put(w, 2, page_turning_close(p, &w->a, t));
    buf_char(w->out, '\n');
}

static void put_own(struct writer *w, const char *label, struct text words)
{
    put(w, 0, text_of(label));
    if (words.len)
        put(w, 2, words);
    else
        buf_str(w->out, "  ____________________________________________________________\n");
}

static void put_story(struct writer *w)
{
    const struct page *p = w->p;
    put(w, 0, p->title);
    put(w, 0, page_circumstances(p, &w->a));
    if (p->ending.len) {
        put(w, 0, page_fill(&w->a, tr(p->words, "How it ended: %1"), p->ending, (struct text){0}));
        put(w, 0, p->outcome);
    }
    buf_char(w->out, '\n');
    named(w, 0, text_of(tr(p->words, "What carried it")), p->carried);
    named(w, 0, text_of(tr(p->words, "What it lacked")), p->missing);
    if (p->n_turning)
        heading(w, trn(p->words, "A turning point", "Turning points", p->n_turning));
    for (uint32_t i = 0; i < p->n_turning; i++)
        put_turning(w, &p->turning[i]);
}

void page_text(const struct page *p, struct buf *out)
{
    struct writer w = {.p = p, .out = out};
    put_story(&w);
    if (p->n_briefs)
        heading(&w, tr(p->words, "What you could not know"));
    for (uint32_t i = 0; i < p->n_briefs; i++)
        named(&w, 0, p->briefs[i].name, p->briefs[i].words);
    put(&w, 0, p->chair.len ? page_fill(&w.a, tr(p->words, "The other chair: %1"), p->chair, (struct text){0}) : p->chair);
    if (p->n_notes)
        heading(&w, tr(p->words, "Your notes"));
    for (uint32_t i = 0; i < p->n_notes; i++)
        put(&w, 2, p->notes[i]);
    heading(&w, tr(p->words, "In your own words"));
    put_own(&w, tr(p->words, "What went well"), p->plus);
    put_own(&w, tr(p->words, "What you would change"), p->delta);
    put_own(&w, tr(p->words, "One sentence to try this week"), p->sentence);
    if (p->n_questions)
        heading(&w, tr(p->words, "To think about, or to talk over"));
    for (uint32_t i = 0; i < p->n_questions; i++)
        put(&w, 2, p->questions[i]);
    buf_char(out, '\n');
    put(&w, 0, text_of(page_footer(p)));
    arena_done(&w.a);
}

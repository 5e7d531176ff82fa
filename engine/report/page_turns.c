/* page_turns.c -- the decisions themselves: those on which the play turned, and each of them with all that could have been
 * said instead. */
#include "report/page.h"

static void quotes(struct page *p, struct doc *d, const struct page_turn *t)
{
    doc_quote(d, t->heard_by, t->heard, false);
    doc_quote(d, text_of(tr(p->words, "You, before you saw the replies")), t->own, false);
    doc_quote(d, text_of(tr(p->words, "You")), page_spoken(p, t->said_manner, t->said), true);
    doc_quote(d, t->reaction_by, page_spoken(p, t->reaction_manner, t->reaction), false);
}

/* "He: (sits down) Well." */
static struct text taken(struct page *p, const struct page_else *o)
{
    struct text words = page_spoken(p, o->reaction_manner, o->reaction);
    if (!words.len || !o->reaction_by.len)
        return words;
    return doc_fill(&p->arena, trc(p->words, "who: what", "%1: %2"), o->reaction_by, words);
}

/* What else could have been said, and what would have come of it: at best afterwards where that is known and differs, else,
 * at a turning point, with all else unchanged. */
static void others(struct page *p, struct doc *d, const struct page_turn *t)
{
    bool known = t->still.len > 0;
    uint32_t columns = known || t->turning ? 3 : 2;
    const struct text heads[] = {text_of(tr(p->words, "What else could have been said")),
                                 text_of(tr(p->words, "The reply to it")),
                                 text_of(known ? tr(p->words, "At best, it could still have come to")
                                               : tr(p->words, "How it would have ended"))};
    if (!t->n_others)
        return;
    doc_row(d, DOC_TABLE, heads, columns);
    d->v[d->n - 1].strong = true;
    for (uint32_t i = 0; i < t->n_others; i++) {
        const struct page_else *o = &t->others[i];
        const struct text cells[] = {page_spoken(p, o->said_manner, o->said), taken(p, o), known ? o->still : o->ending};
        doc_row(d, DOC_ROW, cells, columns);
    }
}

/* ---- turning points ---- */

static const char *turning_title(const struct page *p, const struct page_turning *t)
{
    switch (t->kind) {
    case WIRE_TURN_GOOD: return tr(p->words, "This sentence carried the conversation");
    case WIRE_TURN_MISSED: return tr(p->words, "Here another way lay open");
    default: return tr(p->words, "Here it could have ended otherwise");
    }
}

static struct text turning_close(struct page *p, const struct page_turning *t)
{
    const char *form = t->kind == WIRE_TURN_GOOD
                           ? tr(p->words, "With another sentence here, and nothing else changed, it could have ended so: %1.")
                           : tr(p->words, "With only this sentence changed, and nothing else, it could have ended so: %1.");
    return doc_fill(&p->arena, form, t->changed, (struct text){0});
}

void page_compose_turning(struct page *p, struct doc *d)
{
    if (p->n_turning)
        doc_heading(d, trn(p->words, "A turning point", "Turning points", p->n_turning));
    for (uint32_t i = 0; i < p->n_turning; i++) {
        const struct page_turning *t = &p->turning[i];
        doc_moment(d, t->turn->number, text_of(turning_title(p, t)));
        quotes(p, d, t->turn);
        doc_paragraph(d, t->turn->because);
        others(p, d, t->turn);
        doc_paragraph(d, turning_close(p, t));
    }
}

/* ---- own words beside what was chosen ---- */

void page_compose_own(struct page *p, struct doc *d)
{
    bool headed = false;
    for (uint32_t i = 0; i < p->n_turns; i++) {
        const struct page_turn *t = &p->turns[i];
        if (!t->own.len || t->turning)
            continue;
        if (!headed)
            doc_heading(d, tr(p->words, "Your words, and the reply you chose"));
        headed = true;
        doc_moment(d, t->number, t->prompt);
        quotes(p, d, t);
    }
}

/* ---- turn by turn ---- */

static void shown(struct page *p, struct doc *d, const struct page_turn *t)
{
    for (size_t i = 0; i < t->showed.n; i++) {
        const struct shown *row = &t->showed.rows[i];
        struct shown bare = *row;
        bare.moves = (struct text){0};
        struct text label = shown_line(p->words, &p->arena, &bare), words = page_spoken(p, row->moves, row->reason);
        if (words.len)
            doc_item(d, label, words);
        else
            doc_item(d, (struct text){0}, label);
    }
    doc_item(d, (struct text){0}, t->also);
}

static void one_turn(struct page *p, struct doc *d, const struct page_turn *t)
{
    doc_moment(d, t->number, t->prompt);
    quotes(p, d, t);
    shown(p, d, t);
    if (t->still.len)
        doc_item(d, text_of(tr(p->words, "At best, it could still come to")), t->still);
    doc_item(d, text_of(tr(p->words, "What it cost")), t->price);
    others(p, d, t);
}

void page_compose_turns(struct page *p, struct doc *d)
{
    if (p->n_turns)
        doc_heading(d, tr(p->words, "Turn by turn"));
    for (uint32_t i = 0; i < p->n_turns; i++)
        one_turn(p, d, &p->turns[i]);
}

/* minutes_doc.c -- the minutes of a workshop, for people: what was said, how the room voted, what it passed by. */
#include "report/minutes.h"

#include <stdio.h>

struct telling {
    struct doc *d;
    const struct minutes *m;
    const struct words *w;
};

static struct text number(struct telling *t, unsigned n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", n);
    return text_keep(&t->d->arena, text_of(digits));
}

static struct text fill(struct telling *t, const char *form, struct text a, struct text b) { return doc_fill(&t->d->arena, form, a, b); }

/* ---- votes ---- */

static const char *settled_words(const struct telling *t, const struct minutes_vote *v)
{
    switch (v->settled) {
    case WIRE_TIE: return tr(t->w, "The votes stood level; the facilitator chose.");
    case WIRE_TOLD: return v->n_rounds ? tr(t->w, "Nobody voted; the facilitator chose.") : tr(t->w, "The facilitator chose.");
    case WIRE_VETO: return tr(t->w, "The facilitator chose otherwise.");
    case WIRE_SETTLEDS: break;
    }
    return "";
}

static bool is_few(const struct minutes_vote *v)
{
    for (uint32_t k = 0; k < v->n_rounds; k++)
        if (minutes_answered(v, k) < MINUTES_FEW)
            return true;
    return false;
}

/* "17", or of few votes only whether it led. */
static struct text votes_cell(struct telling *t, const struct minutes_vote *v, uint32_t option, uint32_t k, bool few)
{
    if (!few)
        return number(t, v->options[option].votes[k]);
    return minutes_led(v, k) == option + 1 ? text_of(tr(t->w, "most")) : (struct text){0};
}

static void put_votes(struct telling *t, const struct minutes_vote *v)
{
    struct text cells[3];
    bool few = is_few(v);
    uint32_t rounds = v->n_rounds < 2 ? v->n_rounds : 2, first = v->n_rounds - rounds;
    cells[0] = text_of(tr(t->w, "What could be said"));
    cells[1] = text_of(rounds > 1 ? tr(t->w, "Before we talked") : tr(t->w, "Votes"));
    cells[2] = text_of(tr(t->w, "After"));
    doc_row(t->d, DOC_TABLE, cells, 1 + rounds);
    for (uint32_t i = 0; i < v->n_options; i++) {
        const struct text words = v->options[i].words.len ? v->options[i].words : text_of(tr(t->w, "(leave this part out)"));
        cells[0] = i + 1 == v->taken ? fill(t, tr(t->w, "%1 (taken)"), words, (struct text){0}) : words;
        for (uint32_t k = 0; k < rounds; k++)
            cells[1 + k] = votes_cell(t, v, i, first + k, few);
        doc_row(t->d, DOC_ROW, cells, 1 + rounds);
    }
}

static void put_how(struct telling *t, const struct minutes_vote *v)
{
    struct buf b = {0};
    if (v->heads) {
        struct text args[] = {number(t, v->heads)};
        words_fill(&b, trn(t->w, "%1 person in the room.", "%1 people in the room.", v->heads), args, 1);
    }
    bool hands = false, phones = false;
    for (uint32_t k = 0; v->hands && k < v->n_rounds; k++) {
        hands |= v->hands[k] > 0;
        phones |= minutes_answered(v, k) > v->hands[k];
    }
    if (hands && phones)
        buf_sentence(&b, text_of(tr(t->w, "Hands and phones together.")));
    buf_sentence(&b, text_of(settled_words(t, v)));
    buf_sentence(&b, text_of(minutes_moment(v) ? tr(t->w, minutes_moment(v)) : ""));
    doc_quiet(t->d, doc_keep(&t->d->arena, &b));
}

/* ---- the path ---- */

static struct text spoken(struct telling *t, struct text manner, struct text words)
{
    if (!manner.len)
        return words;
    return fill(t, words.len ? trc(t->w, "manner before words", "(%1) %2") : tr(t->w, "(%1)"), manner, words);
}

static void put_turn(struct telling *t, uint32_t i)
{
    const struct minutes_turn *turn = &t->m->turns[i];
    struct text prompt = turn->vote.prompt.len ? turn->vote.prompt : text_of(tr(t->w, "What do we say?"));
    doc_moment(t->d, i + 1, turn->taken_back ? fill(t, tr(t->w, "%1 (the room came back to this later)"), prompt, (struct text){0}) : prompt);
    doc_quote(t->d, turn->heard_by, turn->heard, false);
    doc_quote(t->d, text_of(tr(t->w, "We")), spoken(t, turn->said_manner, turn->said), true);
    doc_quote(t->d, turn->reaction_by, spoken(t, turn->reaction_manner, turn->reaction), false);
    doc_paragraph(t->d, turn->because);
    if (!turn->vote.room)
        return;
    put_how(t, &turn->vote);
    if (turn->vote.n_rounds)
        put_votes(t, &turn->vote);
}

static void put_turnings(struct telling *t)
{
    if (t->m->n_turning)
        doc_heading(t->d, tr(t->w, "Roads not taken"));
    for (uint32_t i = 0; i < t->m->n_turning; i++) {
        const struct minutes_turning *turn = &t->m->turning[i];
        doc_paragraph(t->d, text_of(turn->kind == WIRE_TURN_GOOD ? tr(t->w, "This sentence carried the conversation")
                                                                 : tr(t->w, "Here another way lay open")));
        doc_quote(t->d, text_of(tr(t->w, "We")), t->m->turns[turn->turn].said, true);
        for (uint32_t k = 0; k < turn->n_others; k++)
            doc_item(t->d, (struct text){0}, fill(t, trc(t->w, "a sentence, where it leads", "%1 → %2"), turn->others[k].said, turn->others[k].ending));
    }
}

void minutes_compose(struct doc *d, const struct minutes *m)
{
    struct telling t = {d, m, m->words};
    struct buf quiet = {0};
    doc_title(d, m->title);
    buf_str(&quiet, tr(t.w, "Minutes of a workshop"));
    if (m->started.len) {
        buf_str(&quiet, " · ");
        buf_text(&quiet, m->started);
    }
    if (m->heads) {
        struct text args[] = {number(&t, m->heads)};
        buf_str(&quiet, " · ");
        words_fill(&quiet, trn(t.w, "%1 person", "%1 people", m->heads), args, 1);
    }
    doc_quiet(d, doc_keep(&d->arena, &quiet));
    doc_labelled(d, text_of(tr(t.w, "Whom we played")), m->who);
    if (m->ending.len)
        doc_labelled(d, text_of(trc(t.w, "label", "The ending")), fill(&t, trc(t.w, "title, outcome", "%1. %2"), m->ending, m->outcome));
    doc_heading(d, tr(t.w, "The way we took"));
    for (uint32_t i = 0; i < m->n_turns; i++)
        put_turn(&t, i);
    put_turnings(&t);
    if (m->n_briefs)
        doc_heading(d, tr(t.w, "The other side's brief"));
    for (uint32_t i = 0; i < m->n_briefs; i++)
        doc_labelled(d, m->briefs[i].name, m->briefs[i].words);
    if (m->n_questions)
        doc_heading(d, tr(t.w, "To talk about"));
    for (uint32_t i = 0; i < m->n_questions; i++)
        doc_item(d, (struct text){0}, m->questions[i]);
    if (m->n_notes)
        doc_heading(d, tr(t.w, "Notes"));
    for (uint32_t i = 0; i < m->n_notes; i++)
        doc_item(d, (struct text){0}, m->notes[i]);
    doc_footer(d, text_of(tr(t.w, "What a room decided in one rehearsal. Nobody's name and nobody's own vote stands here, and it is not for appraisal.")));
}

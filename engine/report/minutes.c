/* minutes.c -- the votes beside the page, and which of them are worth looking back on. */
#include "report/minutes.h"

#include "report/clean.h"

#include <string.h>

enum { SPLIT_LEAD = 15, MOVED_LEAST = 15 }; /* hundredths of the votes */

struct text minutes_keep(struct minutes *m, struct text t) { return clean_text(&m->arena, t); }
static struct text plain(struct minutes *m, struct runs r) { return clean_runs(&m->arena, r); }

struct text minutes_fill(struct minutes *m, const char *form, const struct text *args, uint32_t n)
{
    struct buf b = {0};
    words_fill(&b, form, args, n);
    struct text t = text_keep(&m->arena, buf_view(&b));
    buf_done(&b);
    return t;
}

void minutes_begin(struct minutes *m, const struct words *words, struct text lang)
{
    *m = (struct minutes){.words = words};
    m->lang = minutes_keep(m, lang);
}

void minutes_done(struct minutes *m)
{
    arena_done(&m->arena);
    *m = (struct minutes){0};
}

/* ---- taking ---- */

void minutes_take_info(struct minutes *m, const struct client_info *info, struct text role)
{
    m->title = plain(m, info->title);
    m->scenario = minutes_keep(m, info->id);
    m->version = minutes_keep(m, info->version);
    m->briefs = arena_array(&m->arena, struct minutes_named, info->n_roles + 1);
    for (uint32_t i = 0; i < info->n_roles; i++) {
        const struct info_role *r = &info->roles[i];
        struct text args[2] = {plain(m, r->name), plain(m, r->position)}, brief = plain(m, r->brief);
        if (text_eq(r->id, role))
            m->who = args[1].len ? minutes_fill(m, trc(m->words, "name, position", "%1, %2"), args, 2) : args[0];
        else if (!r->brief_at_start && brief.len)
            m->briefs[m->n_briefs++] = (struct minutes_named){args[0], brief};
    }
    m->questions = arena_array(&m->arena, struct text, info->n_questions + 1);
    for (uint32_t i = 0; i < info->n_questions; i++)
        m->questions[m->n_questions++] = plain(m, info->questions[i]);
}

static uint32_t *numbers(struct minutes *m, const uint32_t *v, uint32_t n)
{
    uint32_t *to = arena_array(&m->arena, uint32_t, n + 1);
    if (v && n)
        memcpy(to, v, n * sizeof *v);
    return v ? to : NULL;
}

static void take_vote(struct minutes *m, struct minutes_vote *to, const struct client_turn *t)
{
    const struct turn_vote *v = t->vote;
    to->decision = minutes_keep(m, t->decision);
    to->prompt = plain(m, t->prompt);
    to->room = v != NULL;
    if (!v)
        return;
    to->heads = v->heads;
    to->n_rounds = v->n_options ? v->n_rounds : 0;
    to->hands = numbers(m, v->hands, v->n_rounds);
    to->settled = v->settled;
    to->n_options = v->n_options;
    to->options = arena_array(&m->arena, struct minutes_option, v->n_options + 1);
    for (uint32_t i = 0; i < v->n_options; i++) {
        to->options[i].id = minutes_keep(m, v->options[i].id);
        to->options[i].words = plain(m, v->options[i].text);
        to->options[i].votes = numbers(m, v->options[i].votes, v->n_rounds);
        if (text_eq(v->options[i].id, t->option))
            to->taken = i + 1;
    }
    m->heads = v->heads > m->heads ? v->heads : m->heads;
}

static const char *outcome_words(const struct words *w, enum wire_outcome outcome)
{
    switch (outcome) {
    case WIRE_AGREED: return tr(w, "You came to an agreement.");
    case WIRE_PARTLY: return tr(w, "Some of it is settled.");
    case WIRE_OPEN: return tr(w, "The matter stays open.");
    case WIRE_WORSE: return tr(w, "It is worse than before.");
    case WIRE_OUTCOMES: break;
    }
    return "";
}

static void take_turn(struct minutes *m, struct minutes_turn *to, const struct client_turn *t)
{
    to->event = t->event;
    to->taken_back = t->taken_back;
    to->scene = plain(m, t->scene);
    to->heard = plain(m, t->heard.n ? t->heard : t->prompt);
    to->heard_by = plain(m, t->heard_by);
    to->said = t->timed_out ? text_of(tr(m->words, "(no answer in time)")) : plain(m, t->said);
    to->said_manner = plain(m, t->said_manner);
    to->reaction = plain(m, t->reaction);
    to->reaction_manner = plain(m, t->reaction_manner);
    to->reaction_by = plain(m, t->reaction_by);
    to->because = plain(m, t->because);
    take_vote(m, &to->vote, t);
}

void minutes_take_debrief(struct minutes *m, const struct client_debrief *d)
{
    m->turns = arena_array(&m->arena, struct minutes_turn, d->n_turns + 1);
    for (uint32_t i = 0; i < d->n_turns; i++)
        take_turn(m, &m->turns[m->n_turns++], &d->turns[i]);
    m->ending = plain(m, d->title);
    if (d->ending.len)
        m->outcome = text_of(outcome_words(m->words, d->outcome));
}

static struct text ending_words(struct minutes *m, const struct turning_else *e)
{
    if (!e->ending.len)
        return text_of(tr(m->words, "Not known: it leads to where you were not."));
    return e->same ? text_of(tr(m->words, "The same.")) : plain(m, e->title);
}

void minutes_take_turning(struct minutes *m, const struct client_turning *t)
{
    m->turning = arena_array(&m->arena, struct minutes_turning, t->n + 1);
    for (uint32_t i = 0; i < t->n; i++) {
        struct minutes_turning *to = &m->turning[m->n_turning];
        while (to->turn < m->n_turns && m->turns[to->turn].event != t->v[i].event)
            to->turn++;
        if (to->turn == m->n_turns)
            continue;
        to->kind = t->v[i].kind;
        to->n_others = t->v[i].n_others;
        to->others = arena_array(&m->arena, struct minutes_else, to->n_others + 1);
        for (uint32_t k = 0; k < to->n_others; k++) {
            const struct turning_else *e = &t->v[i].others[k];
            to->others[k] = (struct minutes_else){plain(m, e->said.n ? e->said : e->said_manner), plain(m, e->reaction_by),
                                                  plain(m, e->reaction), ending_words(m, e)};
        }
        m->n_turning++;
    }
}

bool minutes_same(const struct minutes *a, const struct minutes *b)
{
    if (a->n_turns != b->n_turns || a->n_turning != b->n_turning || a->n_briefs != b->n_briefs || a->n_questions != b->n_questions)
        return false;
    for (uint32_t i = 0; i < a->n_turns; i++)
        if (a->turns[i].event != b->turns[i].event || a->turns[i].vote.n_options != b->turns[i].vote.n_options ||
            a->turns[i].vote.n_rounds != b->turns[i].vote.n_rounds)
            return false;
    for (uint32_t i = 0; i < a->n_turning; i++)
        if (a->turning[i].turn != b->turning[i].turn || a->turning[i].n_others != b->turning[i].n_others)
            return false;
    return true;
}

/* ---- looking back ---- */

uint32_t minutes_answered(const struct minutes_vote *v, uint32_t k)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; k < v->n_rounds && i < v->n_options; i++)
        sum += v->options[i].votes[k];
    return sum;
}

uint32_t minutes_led(const struct minutes_vote *v, uint32_t k)
{
    uint32_t most = 0, led = 0;
    for (uint32_t i = 0; k < v->n_rounds && i < v->n_options; i++) {
        uint32_t n = v->options[i].votes[k];
        if (n > most || (n == most && n))
            led = n > most ? i + 1 : 0;
        most = n > most ? n : most;
    }
    return led;
}

/* A message is voted on place by place: its numbers are not one vote. */
static bool is_message(const struct minutes_vote *v) { return v->n_options && !v->taken; }

uint32_t minutes_moved(const struct minutes_vote *v)
{
    uint32_t last = v->n_rounds ? v->n_rounds - 1 : 0, moved = 0;
    uint32_t first_all = minutes_answered(v, 0), last_all = minutes_answered(v, last);
    if (v->n_rounds < 2 || !first_all || !last_all)
        return 0;
    for (uint32_t i = 0; i < v->n_options; i++) {
        uint32_t a = (uint32_t)((uint64_t)v->options[i].votes[0] * 100 / first_all);
        uint32_t b = (uint32_t)((uint64_t)v->options[i].votes[last] * 100 / last_all);
        moved += b > a ? b - a : 0;
    }
    return moved;
}

bool minutes_split(const struct minutes_vote *v)
{
    uint32_t last = v->n_rounds ? v->n_rounds - 1 : 0, all = minutes_answered(v, last), most = 0, second = 0;
    for (uint32_t i = 0; v->n_rounds && i < v->n_options; i++) {
        uint32_t n = v->options[i].votes[last];
        second = n > most ? most : n > second ? n : second;
        most = n > most ? n : most;
    }
    return all && !is_message(v) && ((uint64_t)(most - second) * 100 < (uint64_t)SPLIT_LEAD * all || (uint64_t)most * 2 < all);
}

/* How much there is to say about a vote; 0: nothing. */
static uint32_t weight(const struct minutes_vote *v)
{
    if (!v->room || !v->n_rounds || is_message(v))
        return 0;
    uint32_t moved = minutes_moved(v);
    return (moved >= MOVED_LEAST ? 100 + moved : 0) + (minutes_split(v) ? 50 : 0);
}

const char *minutes_moment(const struct minutes_vote *v)
{
    if (!weight(v))
        return NULL;
    if (v->n_rounds > 1 && minutes_led(v, 0) != minutes_led(v, v->n_rounds - 1))
        return N_("Here we changed our mind");
    return minutes_split(v) ? N_("Here we were of two minds") : N_("Here some of us moved");
}

uint32_t minutes_moments(const struct minutes *m, uint32_t *out, uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->n_turns; i++) {
        uint32_t w = weight(&m->turns[i].vote), k = n < most ? n : most;
        if (!w)
            continue;
        while (k > 0 && weight(&m->turns[out[k - 1]].vote) < w)
            k--;
        if (k == most)
            continue;
        uint32_t end = n < most ? n : most - 1;
        memmove(out + k + 1, out + k, (end - k) * sizeof *out);
        out[k] = i;
        n = n < most ? n + 1 : most;
    }
    return n;
}

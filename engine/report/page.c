/* page.c -- fills the page from what the engine answers.
 *
 * Sentences are the scenario writer's: reasons, reactions, titles.  The machine only joins them.  An answer is foreign:
 * every text is cleaned on its way in, to one line without anything that steers or hides. */
#include "report/page.h"

#include "base/terminal.h"

struct text page_keep(struct page *p, struct text t)
{
    struct buf b = {0};
    terminal_clean(t, CLEAN_PLAY, &b);
    struct text kept = text_keep(&p->arena, buf_view(&b));
    buf_done(&b);
    return kept;
}

static struct text take(struct page *p, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++)
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
    struct text kept = text_keep(&p->arena, buf_view(&b));
    buf_done(&b);
    return kept;
}

struct text page_fill(struct arena *a, const char *form, struct text a1, struct text a2)
{
    struct buf b = {0};
    struct text args[2] = {a1, a2};
    words_fill(&b, form, args, 2);
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

void page_begin(struct page *p, const struct words *words, struct text lang)
{
    *p = (struct page){.words = words};
    p->lang = page_keep(p, lang);
}

void page_done(struct page *p)
{
    arena_done(&p->arena);
    *p = (struct page){0};
}

/* ---- what the scenario says ---- */

static void take_briefs(struct page *p, const struct client_info *info, const struct info_role *role)
{
    p->briefs = arena_array(&p->arena, struct page_named, info->n_roles + 1);
    for (uint32_t i = 0; i < info->n_roles; i++) {
        const struct info_role *r = &info->roles[i];
        struct text brief = take(p, r->brief);
        if (r != role && !r->brief_at_start && brief.len)
            p->briefs[p->n_briefs++] = (struct page_named){take(p, r->name), brief};
    }
}

void page_take_info(struct page *p, const struct client_info *info, const struct info_role *role)
{
    p->title = take(p, info->title);
    struct text name = take(p, role->name), position = take(p, role->position);
    p->who = position.len ? page_fill(&p->arena, trc(p->words, "name, position", "%1, %2"), name, position) : name;
    take_briefs(p, info, role);
    p->questions = arena_array(&p->arena, struct text, info->n_questions + 1);
    for (uint32_t i = 0; i < info->n_questions; i++)
        p->questions[p->n_questions++] = take(p, info->questions[i]);
    struct text *focus = arena_array(&p->arena, struct text, role->n_focus + 1);
    for (uint32_t i = 0; i < role->n_focus; i++)
        focus[p->n_focus++] = text_keep(&p->arena, role->focus[i]);
    p->focus = focus;
}

/* ---- what was said ---- */

static bool in_focus(const struct page *p, struct text competency)
{
    for (uint32_t i = 0; i < p->n_focus; i++)
        if (text_eq(p->focus[i], competency))
            return true;
    return p->n_focus == 0;
}

static void take_turn(struct page *p, const struct client_turn *t)
{
    struct page_turn *to = &p->turns[p->n_turns++];
    *to = (struct page_turn){.event = t->event, .number = p->n_turns, .taken_back = t->taken_back};
    to->heard = take(p, t->heard.n ? t->heard : t->prompt);
    to->heard_by = take(p, t->heard_by);
    to->said = t->timed_out ? text_of(tr(p->words, "(no answer in time)")) : take(p, t->said);
    to->said_manner = take(p, t->said_manner);
    to->reaction = take(p, t->reaction);
    to->reaction_manner = take(p, t->reaction_manner);
    to->reaction_by = take(p, t->reaction_by);
    to->because = take(p, t->because);
    for (uint32_t i = 0; i < t->n_evidence; i++)
        if (in_focus(p, t->evidence[i].competency)) {
            to->points += t->evidence[i].points;
            to->counted = true;
        }
}

/* The reasons that weigh most, for and against, in the focus. */
static void take_reasons(struct page *p, const struct client_turn *t, int *most, int *least)
{
    for (uint32_t i = 0; i < t->n_reasons && !t->again; i++) {
        const struct answer_reason *r = &t->reasons[i];
        if (!in_focus(p, r->competency) || !r->text.n)
            continue;
        if (r->points > *most) {
            *most = r->points;
            p->carried = take(p, r->text);
        }
        if (r->points < *least) {
            *least = r->points;
            p->missing = take(p, r->text);
        }
    }
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

void page_take_debrief(struct page *p, const struct client_debrief *d)
{
    int most = 0, least = 0;
    p->turns = arena_array(&p->arena, struct page_turn, d->n_turns + 1);
    for (uint32_t i = 0; i < d->n_turns; i++) {
        take_turn(p, &d->turns[i]);
        take_reasons(p, &d->turns[i], &most, &least);
    }
    p->ending = take(p, d->title);
    if (d->ending.len)
        p->outcome = text_of(outcome_words(p->words, d->outcome));
}

/* ---- what it turned on ---- */

static struct page_turn *turn_of(struct page *p, uint32_t event)
{
    for (uint32_t i = 0; i < p->n_turns; i++)
        if (p->turns[i].event == event)
            return &p->turns[i];
    return NULL;
}

static struct text ending_words(struct page *p, const struct turning_else *e)
{
    if (!e->ending.len)
        return text_of(tr(p->words, "Not known: it leads to where you were not."));
    return e->same ? text_of(tr(p->words, "The same.")) : take(p, e->title);
}

/* Whether E says more of a turning point of KIND than BEST does: a worse ending beside a good choice, else a better. */
static bool says_more(enum wire_turning kind, const struct turning_else *e, const struct turning_else *best)
{
    if (!e->ending.len || e->same)
        return false;
    if (!best || e->outcome == best->outcome)
        return !best || (kind == WIRE_TURN_GOOD ? e->points < best->points : e->points > best->points);
    return kind == WIRE_TURN_GOOD ? e->outcome > best->outcome : e->outcome < best->outcome;
}

static void take_others(struct page *p, struct page_turning *to, const struct turning_turn *t)
{
    const struct turning_else *best = NULL;
    to->others = arena_array(&p->arena, struct page_else, t->n_others + 1);
    for (uint32_t i = 0; i < t->n_others; i++) {
        const struct turning_else *e = &t->others[i];
        struct page_else *o = &to->others[to->n_others++];
        o->said = take(p, e->said);
        o->said_manner = take(p, e->said_manner);
        o->reaction = take(p, e->reaction);
        o->reaction_manner = take(p, e->reaction_manner);
        o->reaction_by = take(p, e->reaction_by);
        o->ending = ending_words(p, e);
        if (says_more(t->kind, e, best)) {
            best = e;
            to->changed = o->ending;
        }
    }
}

void page_take_turning(struct page *p, const struct client_turning *t)
{
    p->turning = arena_array(&p->arena, struct page_turning, t->n + 1);
    for (uint32_t i = 0; i < t->n; i++) {
        struct page_turn *turn = turn_of(p, t->v[i].event);
        if (!turn)
            continue;
        struct page_turning *to = &p->turning[p->n_turning++];
        turn->turning = p->n_turning;
        to->kind = t->v[i].kind;
        to->turn = turn;
        take_others(p, to, &t->v[i]);
    }
}

/* ---- what the writers share ---- */

struct text page_spoken(const struct page *p, struct arena *a, struct text manner, struct text words)
{
    if (!manner.len)
        return words;
    return page_fill(a, words.len ? trc(p->words, "manner before words", "(%1) %2") : tr(p->words, "(%1)"), manner, words);
}

const char *page_turning_title(const struct page *p, const struct page_turning *t)
{
    switch (t->kind) {
    case WIRE_TURN_GOOD: return tr(p->words, "This sentence carried the conversation");
    case WIRE_TURN_MISSED: return tr(p->words, "Here another way lay open");
    default: return tr(p->words, "Here it could have ended otherwise");
    }
}

struct text page_turning_close(const struct page *p, struct arena *a, const struct page_turning *t)
{
    const char *form = t->kind == WIRE_TURN_GOOD
                           ? tr(p->words, "With another sentence here, and nothing else changed, it could have ended so: “%1”")
                           : tr(p->words, "With only this sentence changed, and nothing else, it could have ended so: “%1”");
    return page_fill(a, form, t->changed, (struct text){0});
}

struct text page_circumstances(const struct page *p, struct arena *a)
{
    const struct text parts[] = {p->who, p->date, p->mode, p->taken};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (b.len && parts[i].len)
            buf_str(&b, " · ");
        buf_text(&b, parts[i]);
    }
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

const char *page_footer(const struct page *p)
{
    return tr(p->words, "This page reflects only what you chose in one written rehearsal. It cannot see your tone "
                        "or your face, and it is for learning, not for appraisal.");
}

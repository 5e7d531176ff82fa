/* page.c -- fills the page from what the engine answers about a play.
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

static struct text clean(struct arena *a, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++)
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
    return doc_keep(a, &b);
}

struct text page_take(struct page *p, struct runs r)
{
    return clean(&p->arena, r);
}

void page_begin(struct page *p, const struct words *words, struct text lang)
{
    *p = (struct page){.words = words};
    p->lang = page_keep(p, lang);
}

void page_done(struct page *p)
{
    doc_done(&p->seen);
    arena_done(&p->arena);
    *p = (struct page){0};
}

/* ---- what the scenario says ---- */

static void take_briefs(struct page *p, const struct client_info *info, const struct info_role *role)
{
    p->briefs = arena_array(&p->arena, struct page_named, info->n_roles + 1);
    for (uint32_t i = 0; i < info->n_roles; i++) {
        const struct info_role *r = &info->roles[i];
        struct text brief = page_take(p, r->brief);
        if (r != role && !r->brief_at_start && brief.len)
            p->briefs[p->n_briefs++] = (struct page_named){page_take(p, r->name), brief};
    }
}

void page_take_info(struct page *p, const struct client_info *info, const struct info_role *role)
{
    p->info = info;
    p->title = page_take(p, info->title);
    struct text name = page_take(p, role->name), position = page_take(p, role->position);
    p->who = position.len ? doc_fill(&p->arena, trc(p->words, "name, position", "%1, %2"), name, position) : name;
    take_briefs(p, info, role);
    p->source = page_take(p, info->case_text);
    p->questions = arena_array(&p->arena, struct text, info->n_questions + 1);
    for (uint32_t i = 0; i < info->n_questions; i++)
        p->questions[p->n_questions++] = page_take(p, info->questions[i]);
    struct text *focus = arena_array(&p->arena, struct text, role->n_focus + 1);
    for (uint32_t i = 0; i < role->n_focus; i++)
        focus[p->n_focus++] = text_keep(&p->arena, role->focus[i]);
    p->focus = focus;
}

/* ---- what was said ---- */

bool page_in_focus(const struct page *p, struct text competency)
{
    for (uint32_t i = 0; i < p->n_focus; i++)
        if (text_eq(p->focus[i], competency))
            return true;
    return p->n_focus == 0;
}

static struct text turn_remark(const struct page *p, const struct client_turn *t)
{
    if (t->taken_back)
        return text_of(tr(p->words, "Taken back later; the first choice stays what counts."));
    if (t->again)
        return text_of(tr(p->words, "Practised again: it does not count a second time."));
    if (t->self)
        return text_of(tr(p->words, "Your own words, placed by yourself: they are yours to learn from, and count for no level."));
    return (struct text){0};
}

static void take_showed(struct page *p, struct page_turn *to, const struct client_turn *t)
{
    struct shown_look look = {p->words, p->info, clean, clean};
    struct answer_reason because = {.text = t->because};
    struct answered w = {t->evidence, t->n_evidence, t->moves, t->n_moves, t->reasons, t->n_reasons};
    if (!t->n_reasons && t->because.n)
        w.reasons = &because, w.n_reasons = 1;
    shown_of(&look, &p->arena, &w, &to->showed);
}

static void take_turn(struct page *p, const struct client_turn *t)
{
    struct page_turn *to = &p->turns[p->n_turns++];
    *to = (struct page_turn){.event = t->event, .number = p->n_turns, .taken_back = t->taken_back};
    to->option = page_keep(p, t->option);
    to->prompt = page_take(p, t->prompt);
    to->heard = page_take(p, t->heard);
    to->heard_by = page_take(p, t->heard_by);
    to->own = page_keep(p, t->own);
    to->said = t->timed_out ? text_of(tr(p->words, "(no answer in time)")) : page_take(p, t->said);
    to->said_manner = page_take(p, t->said_manner);
    to->reaction = page_take(p, t->reaction);
    to->reaction_manner = page_take(p, t->reaction_manner);
    to->reaction_by = page_take(p, t->reaction_by);
    to->because = page_take(p, t->because);
    to->also = turn_remark(p, t);
    take_showed(p, to, t);
    for (uint32_t i = 0; i < t->n_evidence; i++)
        if (page_in_focus(p, t->evidence[i].competency)) {
            to->points += t->evidence[i].points;
            to->counted = true;
        }
}

struct page_turn *page_turn_of(struct page *p, uint32_t event)
{
    for (uint32_t i = 0; i < p->n_turns; i++)
        if (p->turns[i].event == event)
            return &p->turns[i];
    return NULL;
}

/* The reasons that weigh most, for and against, in the focus; T was taken last. */
static void take_reasons(struct page *p, const struct client_turn *t, int *most, int *least)
{
    for (uint32_t i = 0; i < t->n_reasons && !t->again; i++) {
        const struct answer_reason *r = &t->reasons[i];
        if (!page_in_focus(p, r->competency) || !r->text.n)
            continue;
        if (r->points > *most) {
            *most = r->points;
            p->carried = page_take(p, r->text);
            p->carried_by = p->n_turns;
        }
        if (r->points < *least) {
            *least = r->points;
            p->missing = page_take(p, r->text);
            p->missing_by = p->n_turns;
        }
    }
}

const char *page_outcome(const struct words *w, enum wire_outcome outcome)
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

static void take_gauges(struct page *p, const struct client_debrief *d)
{
    p->gauges = arena_array(&p->arena, struct page_named, d->n_gauges + 1);
    for (uint32_t i = 0; i < d->n_gauges; i++) {
        const struct client_gauge *g = &d->gauges[i];
        struct buf b = {0};
        buf_printf(&b, tr(p->words, "from %ld to %ld, of %ld"), (long)g->start, (long)g->value, (long)g->to);
        p->gauges[p->n_gauges++] = (struct page_named){page_take(p, g->label), doc_keep(&p->arena, &b)};
    }
}

void page_take_debrief(struct page *p, const struct client_debrief *d)
{
    int most = 0, least = 0;
    p->turns = arena_array(&p->arena, struct page_turn, d->n_turns + 1);
    for (uint32_t i = 0; i < d->n_turns; i++) {
        take_turn(p, &d->turns[i]);
        take_reasons(p, &d->turns[i], &most, &least);
    }
    take_gauges(p, d);
    page_take_seen(p, d);
    p->ending = page_take(p, d->title);
    if (d->ending.len)
        p->outcome = text_of(page_outcome(p->words, d->outcome));
}

/* ---- what it turned on ---- */

static struct text ending_words(struct page *p, const struct turning_else *e)
{
    if (!e->ending.len)
        return text_of(tr(p->words, "Not known: it leads to where you were not."));
    return e->same ? text_of(tr(p->words, "The same.")) : page_take(p, e->title);
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

static void take_others(struct page *p, struct page_turn *to, const struct turning_turn *t)
{
    to->n_others = 0;
    to->others = arena_array(&p->arena, struct page_else, t->n_others + 1);
    for (uint32_t i = 0; i < t->n_others; i++) {
        const struct turning_else *e = &t->others[i];
        struct page_else *o = &to->others[to->n_others++];
        o->option = page_keep(p, e->option);
        o->said = page_take(p, e->said);
        o->said_manner = page_take(p, e->said_manner);
        o->reaction = page_take(p, e->reaction);
        o->reaction_manner = page_take(p, e->reaction_manner);
        o->reaction_by = page_take(p, e->reaction_by);
        o->ending = ending_words(p, e);
    }
}

static void take_changed(struct page_turning *to, const struct turning_turn *t)
{
    const struct turning_else *best = NULL;
    for (uint32_t i = 0; i < t->n_others; i++)
        if (says_more(t->kind, &t->others[i], best)) {
            best = &t->others[i];
            to->changed = to->turn->others[i].ending;
        }
}

void page_take_turning(struct page *p, const struct client_turning *t)
{
    p->turning = arena_array(&p->arena, struct page_turning, t->n + 1);
    for (uint32_t i = 0; i < t->n; i++) {
        struct page_turn *turn = page_turn_of(p, t->v[i].event);
        if (!turn)
            continue;
        struct page_turning *to = &p->turning[p->n_turning++];
        turn->turning = p->n_turning;
        to->kind = t->v[i].kind;
        to->turn = turn;
        take_others(p, turn, &t->v[i]);
        take_changed(to, &t->v[i]);
    }
    for (uint32_t i = 0; i < t->n_all; i++) {
        struct page_turn *turn = page_turn_of(p, t->all[i].event);
        if (turn && !turn->turning)
            take_others(p, turn, &t->all[i]);
    }
}

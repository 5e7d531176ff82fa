/* guide.c -- the facilitator's plan on paper.
 *
 * Everything a facilitator needs when the second screen is out of reach: what to have ready, what comes when, the scenes with
 * their notes, what each option does, and what to do when a network fails.  Options have no letters here: the letters of
 * the wall come from the order in which it shows them. */
#include "report/guide.h"

#include "report/clean.h"

#include <stdio.h>

/* A plan being written. */
struct guide {
    struct doc *d;
    struct arena *a;
    const struct guide_of *g;
    const struct words *w;
};

static struct text words_of(struct guide *p, struct runs r) { return clean_runs(p->a, r); }

static struct text number(struct guide *p, unsigned n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", n);
    return text_keep(p->a, text_of(digits));
}

static struct text fill(struct guide *p, const char *form, struct text a1, struct text a2) { return doc_fill(p->a, form, a1, a2); }

static void item(struct guide *p, const char *words) { doc_item(p->d, (struct text){0}, text_of(words)); }

/* ---- before ---- */

static void put_ready(struct guide *p)
{
    struct buf b = {0};
    doc_heading(p->d, tr(p->w, "To have ready"));
    buf_printf(&b, "rehearse workshop %s", p->g->scenario);
    if (p->g->minutes)
        buf_printf(&b, " --minutes %u", p->g->minutes);
    doc_item(p->d, text_of(tr(p->w, "On the laptop at the projector")), doc_keep(p->a, &b));
    doc_item(p->d, text_of(tr(p->w, "In a second terminal, out of sight")), TEXT("rehearse notes"));
    item(p, tr(p->w, "The terminal as large as the projector, its letters so large that 80 of them fill a line."));
    item(p, tr(p->w, "Cards with A to F for everybody (rehearse cards); hands will do as well."));
    item(p, tr(p->w, "For phones: --phones behind the line above, and rehearse doctor before people come."));
    item(p, tr(p->w, "How many people are here: press c and type it."));
    item(p, tr(p->w, "Whether somebody is close to this story just now: say before it begins that anybody may pass."));
}

/* ---- minute by minute ---- */

static const char *how_words(const struct guide *p, const struct plan_step *s)
{
    if (s->decision->form == WIRE_FORM_DISCUSS)
        return tr(p->w, "talk in groups");
    switch (s->room) {
    case WIRE_ROOM_FULL: return tr(p->w, "read, vote, talk, vote again, hear, look at the votes");
    case WIRE_ROOM_QUICK: return tr(p->w, "read, vote, hear, look at the votes");
    case WIRE_ROOM_TOLD: return tr(p->w, "you choose");
    case WIRE_ROOMS: break;
    }
    return "";
}

static struct text step_what(struct guide *p, const struct plan_step *s)
{
    switch (s->kind) {
    case PLAN_LOBBY: return text_of(tr(p->w, "People come in; count them"));
    case PLAN_WARM_UP: return text_of(tr(p->w, "A vote to warm up, which has no right answer"));
    case PLAN_FRAME: return text_of(tr(p->w, "What it is for, and what holds in this room"));
    case PLAN_LESSON: return text_of(tr(p->w, "One idea"));
    case PLAN_BRIEF: return text_of(tr(p->w, "Whom we play"));
    case PLAN_ENDING: return text_of(tr(p->w, "The ending"));
    case PLAN_GO_BACK: return text_of(tr(p->w, "Back to a turning point (g), the other road, both endings side by side"));
    case PLAN_DEBRIEF: return text_of(tr(p->w, "Looking back: where we were split, the other side's brief, the questions"));
    case PLAN_TAKE_HOME: return text_of(tr(p->w, "One sentence to try this week"));
    case PLAN_DECISION: break;
    }
    struct text prompt = words_of(p, s->decision->text);
    return prompt.len ? prompt : clean_text(p->a, s->decision->id);
}

static void put_plan(struct guide *p)
{
    struct text columns[] = {text_of(tr(p->w, "From")), text_of(tr(p->w, "Minutes")), text_of(tr(p->w, "What")), text_of(tr(p->w, "How"))};
    unsigned at = 0;
    doc_heading(p->d, tr(p->w, "Minute by minute"));
    doc_paragraph(p->d, text_of(tr(p->w, "For the way with the most to do. A shorter way leaves time to spare; the plan on your screen is made anew at every decision.")));
    if (p->g->plan->over)
        doc_paragraph(p->d, fill(p, tr(p->w, "This takes %1 minutes at least, more than there are: leave out the warm-up or the way back."), number(p, p->g->plan->minutes),
                                 (struct text){0}));
    doc_row(p->d, DOC_TABLE, columns, 4);
    for (uint32_t i = 0; i < p->g->plan->n; i++) {
        const struct plan_step *s = &p->g->plan->v[i];
        char from[16];
        snprintf(from, sizeof from, "%u:%02u", at / 60, at % 60);
        struct text cells[] = {text_keep(p->a, text_of(from)), number(p, s->minutes), step_what(p, s),
                               s->kind == PLAN_DECISION ? text_of(how_words(p, s)) : (struct text){0}};
        doc_row(p->d, DOC_ROW, cells, 4);
        at += s->minutes;
    }
}

/* ---- the scenes ---- */

static struct text spoken(struct guide *p, struct runs manner, struct runs said)
{
    struct text m = words_of(p, manner), t = words_of(p, said);
    return m.len ? fill(p, t.len ? trc(p->w, "manner before words", "(%1) %2") : tr(p->w, "(%1)"), m, t) : t;
}

static struct text competency(struct guide *p, struct text id)
{
    for (uint32_t i = 0; i < p->g->info->n_competencies; i++)
        if (text_eq(p->g->info->competencies[i].id, id) && p->g->info->competencies[i].title.n)
            return words_of(p, p->g->info->competencies[i].title);
    return clean_text(p->a, id);
}

static struct text shows(struct guide *p, const struct answer_move *moves, uint32_t n, const struct answer_points *points, uint32_t n_points)
{
    struct buf b = {0}, worth = {0};
    for (uint32_t i = 0; i < n; i++) {
        buf_str(&b, i ? trc(p->w, "between moves", ", ") : "");
        buf_text(&b, words_of(p, moves[i].title));
    }
    for (uint32_t i = 0; i < n_points; i++) {
        buf_str(&worth, i ? trc(p->w, "between moves", ", ") : "");
        buf_text(&worth, competency(p, points[i].competency));
        buf_printf(&worth, " %+d", points[i].points);
    }
    if (worth.len) {
        buf_str(&b, b.len ? " " : "");
        buf_text(&b, fill(p, tr(p->w, "(%1)"), buf_view(&worth), (struct text){0}));
    }
    buf_done(&worth);
    return doc_keep(p->a, &b);
}

static struct text leads(struct guide *p, struct text id)
{
    const struct client_outline *o = p->g->outline;
    for (uint32_t i = 0; id.len && i < o->n_scenes; i++)
        if (text_eq(o->scenes[i].id, id))
            return words_of(p, o->scenes[i].text);
    return (struct text){0};
}

static void put_option(struct guide *p, const struct outline_option *o)
{
    struct text reaction = spoken(p, o->reaction_manner, o->reaction), next = leads(p, o->next);
    struct text what = o->no_answer ? text_of(tr(p->w, "(no answer in time)")) : spoken(p, o->manner, o->text);
    struct buf follows = {0};
    if (reaction.len) {
        struct text args[] = {words_of(p, o->reaction_by), reaction};
        words_fill(&follows, trc(p->w, "who: what", "%1: %2"), args, 2);
    }
    if (next.len) {
        buf_str(&follows, follows.len ? "  → " : "→ ");
        buf_text(&follows, next);
    }
    struct text cells[] = {what, doc_keep(p->a, &follows), shows(p, o->moves, o->n_moves, o->points, o->n_points), words_of(p, o->because)};
    doc_row(p->d, DOC_ROW, cells, 4);
}

static void put_parts(struct guide *p, const struct outline_node *n)
{
    struct text columns[] = {text_of(tr(p->w, "Part")), text_of(tr(p->w, "What it shows"))};
    for (uint32_t i = 0; i < n->n_slots; i++) {
        doc_row(p->d, DOC_TABLE, columns, 2);
        for (uint32_t k = 0; k < n->slots[i].n_parts; k++) {
            const struct outline_part *part = &n->slots[i].parts[k];
            struct text cells[] = {words_of(p, part->text), shows(p, part->moves, part->n_moves, NULL, 0)};
            doc_row(p->d, DOC_ROW, cells, 2);
        }
    }
}

static void put_decision(struct guide *p, const struct outline_node *n, unsigned *decisions)
{
    struct text columns[] = {text_of(tr(p->w, "What can be said")), text_of(tr(p->w, "What comes of it")), text_of(tr(p->w, "What it shows")),
                             text_of(tr(p->w, "Why"))};
    bool ours = n->form == WIRE_FORM_DISCUSS || !n->who.len || text_eq(n->who, p->g->role);
    struct text prompt = words_of(p, n->text);
    if (!ours) {
        doc_quiet(p->d, fill(p, tr(p->w, "%1 decides by chance: %2"), words_of(p, n->name), prompt));
        return;
    }
    doc_moment(p->d, ++*decisions, prompt.len ? prompt : text_of(tr(p->w, "What do we say?")));
    doc_labelled(p->d, text_of(tr(p->w, "Hint")), words_of(p, n->hint));
    for (uint32_t i = 0; i < n->n_questions; i++)
        doc_item(p->d, (struct text){0}, words_of(p, n->questions[i]));
    put_parts(p, n);
    if (n->form == WIRE_FORM_DISCUSS || !n->n_options)
        return;
    doc_row(p->d, DOC_TABLE, columns, 4);
    p->d->v[p->d->n - 1].strong = true;
    for (uint32_t i = 0; i < n->n_options; i++)
        put_option(p, &n->options[i]);
}

static void put_node(struct guide *p, const struct outline_node *n, unsigned *decisions)
{
    switch (n->kind) {
    case WIRE_NODE_LINE: doc_quote(p->d, words_of(p, n->name), spoken(p, n->manner, n->text), text_eq(n->who, p->g->role)); break;
    case WIRE_NODE_NARRATION: doc_paragraph(p->d, words_of(p, n->text)); break;
    case WIRE_NODE_NOTE: doc_labelled(p->d, text_of(trc(p->w, "for the facilitator", "Note")), words_of(p, n->text)); break;
    case WIRE_NODE_DECISION: put_decision(p, n, decisions); break;
    case WIRE_NODE_LESSON:
    case WIRE_NODE_GOTO:
    case WIRE_NODES: break;
    }
}

static void put_scenes(struct guide *p)
{
    const struct client_outline *o = p->g->outline;
    unsigned decisions = 0;
    for (uint32_t i = 0; i < o->n_scenes; i++) {
        struct text title = words_of(p, o->scenes[i].text);
        if (!o->scenes[i].part) {
            struct text head = o->scenes[i].outcome ? fill(p, tr(p->w, "Ending: %1"), title, (struct text){0}) : title;
            doc_add(p->d, DOC_HEADING, head.len ? head : clean_text(p->a, o->scenes[i].id));
        }
        for (uint32_t k = 0; k < o->scenes[i].n_nodes; k++)
            put_node(p, &o->scenes[i].nodes[k], &decisions);
    }
}

/* ---- after ---- */

static void put_debrief(struct guide *p)
{
    const struct client_info *info = p->g->info;
    doc_heading(p->d, tr(p->w, "Looking back"));
    for (uint32_t i = 0; i < info->n_roles; i++)
        if (!text_eq(info->roles[i].id, p->g->role))
            doc_labelled(p->d, fill(p, tr(p->w, "The brief of %1"), words_of(p, info->roles[i].name), (struct text){0}), words_of(p, info->roles[i].brief));
    doc_labelled(p->d, text_of(tr(p->w, "What really happened")), words_of(p, info->case_text));
    for (uint32_t i = 0; i < info->n_questions; i++)
        doc_item(p->d, (struct text){0}, words_of(p, info->questions[i]));
}

static void put_trouble(struct guide *p)
{
    doc_heading(p->d, tr(p->w, "When something fails"));
    doc_item(p->d, text_of(tr(p->w, "The network, or the phones")), text_of(tr(p->w, "Press o: hands count from here on. Type them with h: a12 b7 c4, or 12 7 4. Nothing is lost.")));
    doc_item(p->d, text_of(tr(p->w, "The laptop")), text_of(tr(p->w, "Start it again and type: rehearse workshop --resume. It goes on where it was, with the votes.")));
    doc_item(p->d, text_of(tr(p->w, "A wrong key")), text_of(tr(p->w, "u takes it back, as often as you like; b makes the wall black while you think.")));
    doc_item(p->d, text_of(tr(p->w, "The time")), text_of(tr(p->w, "f makes a decision shorter, s skips; keep ten minutes for looking back, that is where people learn.")));
    doc_item(p->d, text_of(tr(p->w, "The projector")), text_of(tr(p->w, "Read the lines aloud from here, count hands, and tell what comes of it.")));
}

void guide_compose(struct doc *d, const struct guide_of *g)
{
    struct guide p = {.d = d, .a = &d->arena, .g = g, .w = g->words};
    struct buf quiet = {0};
    doc_title(d, words_of(&p, g->info->title));
    buf_str(&quiet, tr(g->words, "The facilitator's plan"));
    if (g->minutes) {
        struct text args[] = {number(&p, g->minutes)};
        buf_str(&quiet, " · ");
        words_fill(&quiet, tr(g->words, g->minutes == 1 ? N_("%1 minute") : N_("%1 minutes")), args, 1);
    }
    doc_quiet(d, doc_keep(&d->arena, &quiet));
    doc_paragraph(d, words_of(&p, g->info->summary));
    for (uint32_t i = 0; i < g->info->n_objectives; i++)
        doc_item(d, (struct text){0}, words_of(&p, g->info->objectives[i]));
    doc_labelled(d, text_of(tr(g->words, "Say first")), words_of(&p, g->info->care));
    put_ready(&p);
    put_plan(&p);
    put_trouble(&p);
    doc_add(d, DOC_SHEET, (struct text){0});
    put_scenes(&p);
    put_debrief(&p);
}

/* wall_open.c -- before the conversation: people come in, what it is for, what holds in this room, whom it plays. */
#include "front/wall_inside.h"

#include <stdio.h>

struct both wall_people(struct arena *a, uint32_t here)
{
    return both_count(a, N_("%1 person in the room"), N_("%1 people in the room"), here);
}

struct both wall_kept(const struct wall_setting *set)
{
    if (!set->address.len)
        return both_tr(N_("Kept of it: what the room decides and how many voted for what. Nobody's name, and nobody's own vote."));
    if (set->named)
        return both_tr(N_("Kept of it: what the room decides, how many voted for what, the name you give, and what you write at the end. Nobody's own vote."));
    return both_tr(N_("Kept of it: what the room decides, how many voted for what, and what you write at the end. Nobody's name, and nobody's own vote."));
}

enum { CODE_MS = 8000 };

unsigned wall_code_turn(const struct wall *l) { return (unsigned)(l->w->now_ms / CODE_MS % 2); }

/* How a phone comes in: into the network first, where that is told. */
static void lobby_phones(struct wall *l)
{
    struct both none = both_same((struct text){0}), address = both_same(l->set->address);
    if (!l->set->wifi.len) {
        flow_words(&l->flow, wall_fill(l, N_("With a phone: %1"), address, none), INK_STRONG);
        return;
    }
    flow_words(&l->flow, wall_fill(l, N_("Join the Wi-Fi %1"), both_same(l->set->wifi), none), INK_STRONG)->mark = both_same(TEXT("1"));
    flow_words(&l->flow, wall_fill(l, N_("Then open %1"), address, none), INK_STRONG)->mark = both_same(TEXT("2"));
}

void wall_lobby(struct wall *l)
{
    struct flow *f = &l->flow;
    bool code = l->set->code != NULL;
    flow_words(f, l->w->about->title, INK_STRONG);
    flow_gap(f);
    if (!code) { /* else the room there is belongs to it */
        flow_words(f, l->w->about->summary, INK_PLAIN);
        flow_gap(f);
    }
    if (l->set->address.len)
        lobby_phones(l);
    else
        flow_words(f, both_tr(N_("We vote by a show of hands, with cards or without.")), INK_PLAIN);
    flow_gap(f);
    if (workshop_here(l->w)) {
        if (!code && l->w->heads < 1000) {
            struct block *b = flow_add(f, BLOCK_BIG, INK_BAR);
            snprintf(b->figures, sizeof b->figures, "%u", workshop_here(l->w));
        }
        flow_words(f, wall_people(l->a, workshop_here(l->w)), INK_STRONG);
    }
    flow_gap(f);
    flow_words(f, wall_kept(l->set), INK_QUIET);
}

void wall_frame(struct wall *l)
{
    struct flow *f = &l->flow;
    flow_words(f, both_tr(N_("Afterwards you can …")), INK_STRONG);
    flow_gap(f);
    for (uint32_t i = 0; i < l->w->about->n_objectives; i++) {
        wall_item(l, l->w->about->objectives[i], INK_PLAIN);
        flow_gap(f);
    }
    f->centred = true;
}

void wall_rules(struct wall *l)
{
    static const char *const rules[] = {
        N_("What is said in this room stays in this room."),
        N_("We look at sentences, not at people."),
        N_("A part is a part: the character may be criticised, the colleague may not."),
        N_("You may pass, at any time and without a reason."),
    };
    struct flow *f = &l->flow;
    flow_words(f, both_tr(N_("What holds in this room")), INK_STRONG);
    flow_gap(f);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        wall_item(l, both_tr(rules[i]), INK_PLAIN);
        flow_gap(f);
    }
    if (!both_empty(l->w->about->care))
        flow_words(f, l->w->about->care, INK_ASIDE);
    f->centred = true;
}

void wall_lesson(struct wall *l)
{
    const struct about *a = l->w->about;
    struct flow *f = &l->flow;
    if (l->s->lesson >= a->n_lessons)
        return;
    const struct about_lesson *lesson = &a->lessons[l->s->lesson];
    flow_words(f, lesson->title, INK_STRONG);
    flow_gap(f);
    for (uint32_t i = 0; i < lesson->n_paragraphs; i++) {
        flow_words(f, lesson->paragraphs[i], INK_PLAIN);
        flow_gap(f);
    }
    f->head = 2;
    f->centred = true;
}

static void open_briefs(struct wall *l)
{
    const struct about *a = l->w->about;
    for (uint32_t i = 0; i < a->n_roles; i++)
        if (&a->roles[i] != a->own && a->roles[i].open && !both_empty(a->roles[i].brief)) {
            flow_gap(&l->flow);
            flow_words(&l->flow, a->roles[i].name, INK_NAME);
            flow_words(&l->flow, a->roles[i].brief, INK_PLAIN);
        }
}

void wall_brief(struct wall *l)
{
    const struct about_role *own = l->w->about->own;
    struct flow *f = &l->flow;
    if (!own)
        return;
    bool position = !both_empty(own->position);
    flow_words(f, wall_fill(l, position ? N_("We are %1, %2.") : N_("We are %1."), own->name, own->position), INK_STRONG);
    flow_gap(f);
    flow_words(f, own->brief, INK_PLAIN);
    open_briefs(l);
    f->head = 2;
    f->centred = true;
}

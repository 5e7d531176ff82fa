/* cohort.c -- takes what the store added up. */
#include "report/cohort.h"

#include "base/terminal.h"

#include <stdlib.h>
#include <string.h>

static struct text keep(struct cohort *c, struct text t)
{
    struct buf b = {0};
    terminal_clean(t, CLEAN_PLAY, &b);
    return doc_keep(&c->arena, &b);
}

static struct text take(struct cohort *c, struct runs r)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < r.n; i++)
        terminal_clean(r.v[i].words, CLEAN_PLAY, &b);
    return doc_keep(&c->arena, &b);
}

void cohort_begin(struct cohort *c, const struct words *words, struct text name)
{
    *c = (struct cohort){.words = words};
    c->name = keep(c, name);
}

void cohort_done(struct cohort *c)
{
    for (uint32_t i = 0; i < c->n_comps; i++) {
        free(c->comps[i].moves);
        free(c->comps[i].move_titles);
    }
    for (uint32_t i = 0; i < c->n_items; i++)
        free(c->items[i].voices);
    free(c->comps);
    free(c->endings);
    free(c->items);
    arena_done(&c->arena);
    *c = (struct cohort){0};
}

bool cohort_shows(const struct cohort *c)
{
    return c->people >= KEPT_COHORT_LEAST;
}

static struct cohort_comp *comp_of(struct cohort *c, struct text id)
{
    for (uint32_t i = 0; i < c->n_comps; i++)
        if (text_eq(c->comps[i].id, id))
            return &c->comps[i];
    array_room(c->comps, c->n_comps, c->cap_comps);
    struct text kept = keep(c, id);
    c->comps[c->n_comps] = (struct cohort_comp){.id = kept, .title = kept};
    return &c->comps[c->n_comps++];
}

bool cohort_total(void *self, const struct kept_total *t)
{
    struct cohort_comp *comp = comp_of(self, t->competency);
    *(t->repeats ? &comp->again : &comp->first) = *t;
    return true;
}

bool cohort_move(void *self, const struct kept_move_total *t)
{
    struct cohort *c = self;
    struct cohort_comp *comp = comp_of(c, t->competency);
    if (comp->n_moves == comp->cap_moves) {
        comp->cap_moves = comp->cap_moves ? comp->cap_moves * 2 : 16;
        comp->moves = mem_grow(comp->moves, comp->cap_moves * sizeof *comp->moves);
        comp->move_titles = mem_grow(comp->move_titles, comp->cap_moves * sizeof *comp->move_titles);
    }
    struct kept_move_total *m = &comp->moves[comp->n_moves];
    *m = *t;
    m->move = comp->move_titles[comp->n_moves] = keep(c, t->move);
    comp->n_moves++;
    return true;
}

bool cohort_ending_row(void *self, const struct kept_ending *e)
{
    struct cohort *c = self;
    array_room(c->endings, c->n_endings, c->cap_endings);
    c->endings[c->n_endings++] = (struct cohort_ending){keep(c, e->scenario), {0}, keep(c, e->ending), {0}, e->outcome, e->sessions,
                                                        e->people};
    return true;
}

/* ---- answers ---- */

static int voice_order(const struct cohort_voice *a, const struct cohort_voice *b)
{
    if (a->trainee != b->trainee)
        return a->trainee < b->trainee ? -1 : 1;
    if (a->session != b->session)
        return a->session < b->session ? -1 : 1;
    return a->voter < b->voter ? -1 : a->voter > b->voter;
}

/* Whoever gave A, among those of ITEM: where they stand, or are put. */
static struct cohort_voice *voice_of(struct cohort_item *item, const struct kept_answer *a)
{
    const struct kept_session *s = a->session;
    struct cohort_voice who = {.trainee = s->trainee, .session = s->trainee ? 0 : s->id, .voter = a->voter};
    uint32_t from = 0, to = item->n_voices;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        int order = voice_order(&item->voices[middle], &who);
        if (order == 0)
            return &item->voices[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    array_room(item->voices, item->n_voices, item->cap_voices);
    memmove(&item->voices[from + 1], &item->voices[from], (item->n_voices++ - from) * sizeof who);
    item->voices[from] = who;
    return &item->voices[from];
}

static struct cohort_item *item_of(struct cohort *c, const struct kept_answer *a)
{
    for (uint32_t i = 0; i < c->n_items; i++)
        if (text_eq(c->items[i].item, a->item) && text_eq(c->items[i].scenario, a->session->scenario))
            return &c->items[i];
    array_room(c->items, c->n_items, c->cap_items);
    c->items[c->n_items] = (struct cohort_item){.scenario = keep(c, a->session->scenario), .item = keep(c, a->item)};
    return &c->items[c->n_items++];
}

bool cohort_answer(void *self, const struct kept_answer *a)
{
    if (a->value <= 0 || a->when <= 0 || a->when >= WIRE_SURVEY_WHENS)
        return true;
    struct cohort_item *item = item_of(self, a);
    struct cohort_voice *who = voice_of(item, a);
    if (!who->heard[a->when]) {
        item->asked[a->when].people++;
        item->asked[a->when].sum += a->value;
    }
    who->heard[a->when] = true;
    return true;
}

static void title_comp(struct cohort *c, struct text competency, struct runs title)
{
    for (uint32_t i = 0; i < c->n_comps; i++)
        if (text_eq(c->comps[i].id, competency))
            c->comps[i].title = take(c, title);
}

static void title_moves(struct cohort *c, const struct answer_move *v, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < c->n_comps; i++)
            for (uint32_t m = 0; text_eq(c->comps[i].id, v[k].competency) && m < c->comps[i].n_moves; m++)
                if (text_eq(c->comps[i].moves[m].move, v[k].move) && text_eq(c->comps[i].move_titles[m], v[k].move))
                    c->comps[i].move_titles[m] = take(c, v[k].title);
}

static void title_node(struct cohort *c, const struct outline_node *n)
{
    for (uint32_t i = 0; i < n->n_options; i++)
        title_moves(c, n->options[i].moves, n->options[i].n_moves);
    for (uint32_t i = 0; i < n->n_slots; i++)
        for (uint32_t k = 0; k < n->slots[i].n_parts; k++)
            title_moves(c, n->slots[i].parts[k].moves, n->slots[i].parts[k].n_moves);
}

void cohort_take_outline(struct cohort *c, struct text scenario, const struct client_outline *outline)
{
    for (uint32_t i = 0; i < outline->n_scenes; i++) {
        const struct outline_scene *s = &outline->scenes[i];
        for (uint32_t n = 0; n < s->n_nodes; n++)
            title_node(c, &s->nodes[n]);
        for (uint32_t e = 0; s->outcome && e < c->n_endings; e++)
            if (text_eq(c->endings[e].ending, s->id) && text_eq(c->endings[e].scenario, scenario))
                c->endings[e].words = take(c, s->text);
    }
}

void cohort_take_info(struct cohort *c, const struct client_info *info)
{
    for (uint32_t i = 0; i < info->n_competencies; i++)
        title_comp(c, info->competencies[i].id, info->competencies[i].title);
    for (uint32_t i = 0; i < c->n_endings; i++)
        if (text_eq(c->endings[i].scenario, info->id))
            c->endings[i].title = take(c, info->title);
    for (uint32_t i = 0; i < c->n_items; i++)
        for (uint32_t k = 0; k < info->n_surveys && text_eq(c->items[i].scenario, info->id); k++)
            if (info->surveys[k].kind == WIRE_SCALE && text_eq(info->surveys[k].id, c->items[i].item)) {
                c->items[i].words = take(c, info->surveys[k].text);
                c->items[i].steps = info->surveys[k].steps;
            }
}

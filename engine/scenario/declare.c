/* declare.c -- gives every id of a scenario its number before anything refers to one.
 *
 * Counting first lets every array be made once at its size; declaring first lets the story be written in any order. */
#include "scenario/build.h"

#include <stdio.h>

/* ---- counting ----------------------------------------------------------------------------------------------------- */

static bool is_node(uint8_t kind)
{
    switch (kind) {
    case EL_LINE:
    case EL_NARRATION:
    case EL_NOTE:
    case EL_CHANGE:
    case EL_DO:
    case EL_SCORE:
    case EL_DECISION:
    case EL_GOTO:
        return true;
    default:
        return false;
    }
}

static void make_arrays(struct builder *b)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    uint32_t n[EL_COUNT] = {0}, nodes = 0, values = 0;
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        n[d->kind[e]]++;
        nodes += is_node(d->kind[e]);
        struct text list = d->kind[e] == EL_ONE_OF ? attr_text(d, e, "values") : (struct text){0}, word;
        while (text_word(&list, &word))
            values++;
    }
    struct arena *a = &s->arena;
    s->roles = arena_array(a, struct role, n[EL_ROLE] + 1);
    s->facts = arena_array(a, struct fact, n[EL_GAUGE] + n[EL_FLAG] + n[EL_COUNTER] + n[EL_ONE_OF] + 1);
    s->settings = arena_array(a, struct setting, n[EL_SETTING] + 1);
    s->lessons = arena_array(a, struct lesson, n[EL_LESSON] + 1);
    s->scenes = arena_array(a, struct scene, n[EL_SCENE] + n[EL_ENDING] + 1);
    s->nodes = arena_array(a, struct node, nodes + n[EL_LESSON] + 1);
    s->decisions = arena_array(a, struct decision, n[EL_DECISION] + 1);
    s->options = arena_array(a, struct option, n[EL_OPTION] + n[EL_NO_ANSWER] + 1);
    s->surveys = arena_array(a, struct survey_item, n[EL_ITEM] + 1);
    s->values = arena_array(a, name_id, values + 1);
    s->paragraphs = arena_array(a, words_id, n[EL_P] + n[EL_LESSON] + n[EL_CHOICE] + 1);
    s->option_moves = arena_array(a, move_id, n[EL_OPTION] + n[EL_MOVE_ALSO] + 1);
    s->points = arena_array(a, struct points, n[EL_OPTION] + n[EL_SCORE] + 1);
    s->ratings = arena_array(a, struct rating, n[EL_RATING] + 1);
    s->questions = arena_array(a, words_id, n[EL_QUESTION] + 1);
    s->objectives = arena_array(a, words_id, n[EL_OBJECTIVE] + 1);
    s->tags = arena_array(a, words_id, n[EL_TAG] + 1);
    s->focus = arena_array(a, comp_id, n[EL_FOCUS] + 1);
    b->id_of = mem_new((d->xml.n_elements + 1) * sizeof *b->id_of);
    for (uint32_t e = 0; e <= d->xml.n_elements; e++)
        b->id_of[e] = 0;
}

/* ---- declaring ---------------------------------------------------------------------------------------------------- */

static void report_twice(struct builder *b, uint32_t e, uint32_t first, struct text id)
{
    char line[16];
    snprintf(line, sizeof line, "%u", source_where(b->sources, element_span(&b->doc, first)).line);
    errs_add(b->es, MSG_ID_TWICE, attr_span(&b->doc, e, "id"), id, text_of(line), (struct text){0});
}

/* Which element declared the thing numbered VALUE of MAP; looked for only when something is declared twice. */
static uint32_t first_with_id(const struct builder *b, struct text id, uint32_t before)
{
    for (uint32_t e = 1; e < before; e++)
        if (b->id_of[e] && b->doc.kind[e] != EL_OPTION && text_eq(attr_text(&b->doc, e, "id"), id))
            return e;
    return before;
}

static name_id declare(struct builder *b, struct map *m, uint32_t e, uint32_t value, uint32_t number)
{
    struct text id = attr_text(&b->doc, e, "id");
    b->id_of[e] = number;
    if (!id.len)
        return (name_id){0};
    if (map_add(m, id, value) != value)
        report_twice(b, e, first_with_id(b, id, e), id);
    return build_name(b, id);
}

static uint8_t fact_kind_of(uint8_t kind)
{
    return kind == EL_GAUGE ? FACT_GAUGE : kind == EL_FLAG ? FACT_FLAG : kind == EL_COUNTER ? FACT_COUNTER : FACT_ONE_OF;
}

static void declare_fact(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    uint32_t i = ++s->n_facts;
    s->facts[i].kind = fact_kind_of(b->doc.kind[e]);
    s->facts[i].at = element_range(&b->doc, e);
    s->facts[i].name = declare(b, &b->facts, e, i, i);
    struct text id = attr_text(&b->doc, e, "id");
    if (map_find(&b->settings, id))
        report_twice(b, e, first_with_id(b, id, e), id);
}

static void declare_scene(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    uint32_t i = ++s->n_scenes;
    s->scenes[i].at = element_range(&b->doc, e);
    s->scenes[i].name = declare(b, &b->places, e, place_of(PLACE_SCENE, i), i);
    if (i == s->limits.scenes + 1) {
        char most[16];
        snprintf(most, sizeof most, "%u", s->limits.scenes);
        errs_add(b->es, MSG_SCENES_MANY, element_span(&b->doc, e), text_of(most), (struct text){0}, (struct text){0});
    }
}

static void declare_option(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    uint32_t decision = b->id_of[d->xml.elements[e].parent], i = ++s->n_options;
    struct option *o = &s->options[i];
    b->id_of[e] = i;
    o->decision = (decision_id){decision};
    o->at = element_range(d, e);
    if (d->kind[e] == EL_NO_ANSWER) {
        o->name = build_name(b, TEXT("no-answer"));
        s->decisions[decision].no_answer = (option_id){i};
        return;
    }
    struct text id = attr_text(d, e, "id");
    if (text_is(id, "no-answer"))
        errs_add(b->es, MSG_NO_ANSWER_NAME, attr_span(d, e, "id"), id, (struct text){0}, (struct text){0});
    o->name = id.len ? build_name(b, id) : (name_id){0};
    struct decision *de = &s->decisions[decision];
    if (!de->n)
        de->first = i;
    for (uint32_t k = d->xml.elements[d->xml.elements[e].parent].first_child; k != e; k = d->xml.elements[k].next)
        if (d->kind[k] == EL_OPTION && id.len && text_eq(attr_text(d, k, "id"), id))
            report_twice(b, e, k, id);
    de->n++;
}

static void declare_decision(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    uint32_t i = ++s->n_decisions;
    s->decisions[i].at = element_range(&b->doc, e);
    s->decisions[i].name = declare(b, &b->places, e, place_of(PLACE_DECISION, i), i);
    for (uint32_t k = b->doc.xml.elements[e].first_child; k; k = b->doc.xml.elements[k].next)
        if (b->doc.kind[k] == EL_OPTION)
            declare_option(b, k);
    for (uint32_t k = child_of(&b->doc, e, EL_NO_ANSWER); k; k = 0)
        declare_option(b, k);
}

static void declare_element(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    switch (b->doc.kind[e]) {
    case EL_ROLE:
        s->n_roles++;
        s->roles[s->n_roles].at = element_range(&b->doc, e);
        s->roles[s->n_roles].name = declare(b, &b->roles, e, s->n_roles, s->n_roles);
        break;
    case EL_SETTING:
        s->n_settings++;
        s->settings[s->n_settings].name = declare(b, &b->settings, e, s->n_settings, s->n_settings);
        break;
    case EL_GAUGE:
    case EL_FLAG:
    case EL_COUNTER:
    case EL_ONE_OF:
        declare_fact(b, e);
        break;
    case EL_LESSON:
        s->n_lessons++;
        s->lessons[s->n_lessons].name = declare(b, &b->lessons, e, s->n_lessons, s->n_lessons);
        break;
    case EL_SCENE:
        declare_scene(b, e);
        break;
    case EL_DECISION:
        declare_decision(b, e);
        break;
    default:
        break;
    }
}

void declare_all(struct builder *b)
{
    make_arrays(b);
    for (uint32_t e = 1; e <= b->doc.xml.n_elements; e++)
        declare_element(b, e);
    /* endings behind scenes, so that scenes[1] is where the story begins */
    for (uint32_t e = 1; e <= b->doc.xml.n_elements; e++)
        if (b->doc.kind[e] == EL_ENDING)
            declare_scene(b, e);
}

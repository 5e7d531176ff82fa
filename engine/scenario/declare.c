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
    case EL_RECALL:
    case EL_TOPICS:
    case EL_DISCUSS:
    case EL_ASK:
    case EL_COMPOSE:
    case EL_GOTO:
        return true;
    default:
        return false;
    }
}

/* How often more than once node E is played: each answer of a listening check has what it does to itself. */
static uint32_t copies(const struct doc *d, uint32_t e)
{
    uint32_t n = 0, parent = d->xml.elements[e].parent;
    if (d->kind[parent] != EL_IF_RIGHT && d->kind[parent] != EL_IF_WRONG)
        return 0;
    for (uint32_t k = child_of(d, d->xml.elements[parent].parent, EL_ANSWER); k; k = next_of(d, k))
        n++;
    return n;
}

static void make_arrays(struct builder *b)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    uint32_t n[EL_COUNT] = {0}, nodes = 0, values = 0;
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        n[d->kind[e]]++;
        nodes += is_node(d->kind[e]) * (1 + copies(d, e));
        struct text list = d->kind[e] == EL_ONE_OF ? attr_text(d, e, "values") : (struct text){0}, word;
        while (text_word(&list, &word))
            values++;
    }
    struct arena *a = &s->arena;
    s->roles = arena_array(a, struct role, n[EL_ROLE] + 1);
    s->facts = arena_array(a, struct fact, n[EL_GAUGE] + n[EL_FLAG] + n[EL_COUNTER] + n[EL_ONE_OF] + 1);
    s->settings = arena_array(a, struct setting, n[EL_SETTING] + 1);
    s->lessons = arena_array(a, struct lesson, n[EL_LESSON] + 1);
    uint32_t parts = 2 * n[EL_TOPICS] + n[EL_TOPIC] + n[EL_YIELD];
    s->scenes = arena_array(a, struct scene, n[EL_SCENE] + n[EL_ENDING] + parts + 1);
    s->nodes = arena_array(a, struct node, nodes + n[EL_LESSON] + parts + n[EL_SCENE] + 1);
    s->decisions = arena_array(a, struct decision, n[EL_DECISION] + n[EL_RECALL] + n[EL_TOPICS] + n[EL_DISCUSS] +
                                                          n[EL_ASK] + n[EL_COMPOSE] + 1);
    s->options = arena_array(a, struct option, n[EL_OPTION] + n[EL_NO_ANSWER] + n[EL_ANSWER] + parts + n[EL_DISCUSS] +
                                                      n[EL_ASK_OPTION] + n[EL_ASK] + n[EL_RESULT] + 1);
    s->slots = arena_array(a, struct slot, n[EL_SLOT] + 1);
    s->parts = arena_array(a, struct part, n[EL_PART] + 1);
    s->phrases = arena_array(a, struct phrase, n[EL_PHRASE] + 1);
    s->surveys = arena_array(a, struct survey_item, n[EL_ITEM] + 1);
    s->values = arena_array(a, name_id, values + 1);
    s->paragraphs = arena_array(a, words_id, n[EL_P] + n[EL_LESSON] + n[EL_CHOICE] + n[EL_QUESTION] + 1);
    s->option_moves = arena_array(a, move_id, n[EL_OPTION] + n[EL_ASK_OPTION] + n[EL_MOVE_ALSO] + n[EL_ANSWER] + 1);
    s->points = arena_array(a, struct points, n[EL_OPTION] + n[EL_ASK_OPTION] + n[EL_SCORE] + n[EL_ANSWER] + 1);
    s->ratings = arena_array(a, struct rating, n[EL_RATING] + 1);
    s->questions = arena_array(a, words_id, n[EL_QUESTION] + 1);
    s->objectives = arena_array(a, words_id, n[EL_OBJECTIVE] + 1);
    s->tags = arena_array(a, words_id, n[EL_TAG] + 1);
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

static void limit_scenes(struct builder *b, struct span at)
{
    char most[16];
    if (b->s->n_scenes != b->s->limits.scenes + 1)
        return;
    snprintf(most, sizeof most, "%u", b->s->limits.scenes);
    errs_add(b->es, MSG_SCENES_MANY, at, text_of(most), (struct text){0}, (struct text){0});
}

static uint32_t declare_scene(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    uint32_t i = ++s->n_scenes;
    s->scenes[i].at = element_range(&b->doc, e);
    s->scenes[i].name = declare(b, &b->places, e, place_of(PLACE_SCENE, i), i);
    limit_scenes(b, element_span(&b->doc, e));
    array_room(b->stretches, i, b->cap_stretches);
    b->stretches[i] = (struct stretch){.from = b->doc.xml.elements[e].first_child};
    return i;
}

uint32_t declare_part(struct builder *b, struct text name, struct range at)
{
    struct scenario *s = b->s;
    uint32_t i = ++s->n_scenes;
    struct text kept = text_keep(&s->arena, name);
    s->scenes[i] = (struct scene){.name = build_name(b, kept), .part = true, .at = at};
    map_add(&b->places, kept, place_of(PLACE_SCENE, i));
    limit_scenes(b, scenario_span(s, at));
    array_room(b->stretches, i, b->cap_stretches);
    b->stretches[i] = (struct stretch){0};
    return i;
}

uint32_t declare_option_at(struct builder *b, uint32_t decision, struct text name, struct range at)
{
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[decision];
    uint32_t i = ++s->n_options;
    s->options[i] = (struct option){
        .decision = {decision}, .at = at, .weight = 1, .name = name.len ? build_name(b, name) : (name_id){0}};
    if (!de->n++)
        de->first = i;
    return i;
}

static void declare_option(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct text id = attr_text(d, e, "id");
    uint32_t parent = d->xml.elements[e].parent;
    if (text_is(id, "no-answer"))
        errs_add(b->es, MSG_NO_ANSWER_NAME, attr_span(d, e, "id"), id, (struct text){0}, (struct text){0});
    b->id_of[e] = declare_option_at(b, b->id_of[parent], id, element_range(d, e));
    for (uint32_t k = d->xml.elements[parent].first_child; k != e; k = d->xml.elements[k].next)
        if (d->kind[k] == d->kind[e] && id.len && text_eq(attr_text(d, k, "id"), id))
            report_twice(b, e, k, id);
}

static void declare_no_answer(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    uint32_t decision = b->id_of[b->doc.xml.elements[e].parent], i = ++s->n_options;
    s->options[i] = (struct option){
        .decision = {decision}, .at = element_range(&b->doc, e), .name = build_name(b, TEXT("no-answer"))};
    s->decisions[decision].no_answer = (option_id){i};
    b->id_of[e] = i;
}

uint32_t declare_decision_at(struct builder *b, uint32_t e, enum decision_form form)
{
    struct scenario *s = b->s;
    uint32_t i = ++s->n_decisions;
    s->decisions[i].form = (uint8_t)form;
    s->decisions[i].at = element_range(&b->doc, e);
    s->decisions[i].name = declare(b, &b->places, e, place_of(PLACE_DECISION, i), i);
    return i;
}

static void declare_decision(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    uint32_t silent = child_of(d, e, EL_NO_ANSWER);
    declare_decision_at(b, e, FORM_CHOICE);
    for (uint32_t k = child_of(d, e, EL_OPTION); k; k = next_of(d, k))
        declare_option(b, k);
    if (silent)
        declare_no_answer(b, silent);
}

/* Answers without a name of their own are called answer-1, answer-2 … */
static void declare_recall(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    uint32_t i = declare_decision_at(b, e, FORM_RECALL), n = 0;
    for (uint32_t k = child_of(d, e, EL_ANSWER); k; k = next_of(d, k)) {
        char name[24];
        snprintf(name, sizeof name, "answer-%u", ++n);
        if (attr_text(d, k, "id").len)
            declare_option(b, k);
        else
            b->id_of[k] = declare_option_at(b, i, text_keep(&b->s->arena, text_of(name)), element_range(d, k));
    }
}

/* Own words that fit none of the options are an option of their own, behind the others. */
static void declare_ask(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    uint32_t decision = declare_decision_at(b, e, FORM_ASK), otherwise = child_of(d, e, EL_OTHERWISE);
    for (uint32_t k = child_of(d, e, EL_ASK_OPTION); k; k = next_of(d, k))
        declare_option(b, k);
    uint32_t i = ++s->n_options;
    s->options[i] = (struct option){.decision = {decision},
                                    .at = element_range(d, otherwise ? otherwise : e),
                                    .weight = 0,
                                    .name = build_name(b, TEXT("otherwise"))};
    s->decisions[decision].otherwise = (option_id){i};
    if (otherwise)
        b->id_of[otherwise] = i;
}

static void declare_part_of(struct builder *b, uint32_t e, uint32_t slot, uint32_t number)
{
    struct scenario *s = b->s;
    struct text id = attr_text(&b->doc, e, "id");
    char name[16];
    snprintf(name, sizeof name, "part-%u", number);
    struct part *p = &s->parts[++s->n_parts];
    p->slot = slot;
    p->at = element_range(&b->doc, e);
    p->name = build_name(b, id.len ? id : text_keep(&s->arena, text_of(name)));
    b->id_of[e] = s->n_parts;
    for (uint32_t i = s->slots[slot].first; i < s->n_parts; i++)
        if (s->parts[i].name.i == p->name.i)
            report_twice(b, e, e, scenario_name(s, p->name));
    s->slots[slot].n++;
}

static void declare_compose(struct builder *b, uint32_t e)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    uint32_t decision = declare_decision_at(b, e, FORM_COMPOSE), n = 0;
    s->decisions[decision].first_slot = s->n_slots + 1;
    for (uint32_t k = child_of(d, e, EL_SLOT); k; k = next_of(d, k)) {
        struct text id = attr_text(d, k, "id");
        struct slot *slot = &s->slots[++s->n_slots];
        *slot = (struct slot){.name = id.len ? build_name(b, id) : (name_id){0}, .decision = {decision}, .first = s->n_parts + 1};
        for (uint32_t i = s->decisions[decision].first_slot; i < s->n_slots; i++)
            if (id.len && s->slots[i].name.i == slot->name.i)
                report_twice(b, k, k, id);
        b->id_of[k] = s->n_slots;
        uint32_t number = 0;
        for (uint32_t p = child_of(d, k, EL_PART); p; p = next_of(d, p))
            declare_part_of(b, p, b->id_of[k], ++number);
    }
    s->decisions[decision].n_slots = s->n_slots + 1 - s->decisions[decision].first_slot;
    for (uint32_t k = child_of(d, e, EL_RESULT); k; k = next_of(d, k)) {
        char name[16];
        snprintf(name, sizeof name, "result-%u", ++n);
        b->id_of[k] = declare_option_at(b, decision, text_keep(&s->arena, text_of(name)), element_range(d, k));
    }
}

static void declare_discuss(struct builder *b, uint32_t e)
{
    uint32_t i = declare_decision_at(b, e, FORM_DISCUSS);
    declare_option_at(b, i, TEXT("done"), element_range(&b->doc, e));
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
        topics_stretch(b, e, declare_scene(b, e));
        break;
    case EL_DECISION:
        declare_decision(b, e);
        break;
    case EL_RECALL:
        declare_recall(b, e);
        break;
    case EL_TOPICS:
        topics_declare(b, e);
        break;
    case EL_DISCUSS:
        declare_discuss(b, e);
        break;
    case EL_ASK:
        declare_ask(b, e);
        break;
    case EL_COMPOSE:
        declare_compose(b, e);
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

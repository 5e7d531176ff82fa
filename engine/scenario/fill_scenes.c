/* fill_scenes.c -- the conversation: scenes, what is played in them, decisions and their options. */
#include "scenario/build.h"

#include <stdio.h>
#include <string.h>

static const struct text none;

static void report(struct builder *b, enum msg code, struct span at, struct text a1, struct text a2, struct text a3)
{
    errs_add(b->es, code, at, a1, a2, a3);
}

/* ---- change ------------------------------------------------------------------------------------------------------- */

static const char *const fact_kinds[] = {"", "gauge", "flag", "counter", "one-of"};

/* The fact a change names, by whichever attribute; 0 after a report. */
static uint32_t changed_fact(struct builder *b, uint32_t e)
{
    const char *named = NULL;
    uint32_t n = 0;
    for (size_t i = 1; i < sizeof fact_kinds / sizeof *fact_kinds; i++)
        if (attr_find(&b->doc, e, fact_kinds[i])) {
            named = fact_kinds[i];
            n++;
        }
    if (n != 1) {
        report(b, MSG_CHANGE_FACT, element_span(&b->doc, e), none, none, none);
        return 0;
    }
    struct text name = attr_text(&b->doc, e, named);
    uint32_t f = map_find(&b->facts, name);
    if (!f) {
        if (name.len)
            report_unknown(b, MSG_FACT_UNKNOWN, attr_span(&b->doc, e, named), name, &b->facts);
    } else if (strcmp(fact_kinds[b->s->facts[f].kind], named) != 0) {
        report(b, MSG_FACT_KIND, attr_span(&b->doc, e, named), name, text_of(named), text_of(fact_kinds[b->s->facts[f].kind]));
        return 0;
    }
    return f;
}

static void values_of(const struct scenario *s, const struct fact *f, struct buf *out)
{
    if (f->kind == FACT_FLAG) {
        buf_str(out, "yes no");
    } else if (f->kind == FACT_ONE_OF) {
        for (int32_t i = 0; i <= f->to; i++) {
            buf_str(out, i ? " " : "");
            buf_text(out, scenario_name(s, s->values[f->values + (uint32_t)i]));
        }
    } else {
        buf_printf(out, "%d … %d", f->from, f->to);
    }
}

static bool value_of(const struct scenario *s, const struct fact *f, struct text to, int32_t *value)
{
    long n;
    if (f->kind == FACT_FLAG) {
        *value = text_is(to, "yes");
        return *value || text_is(to, "no");
    }
    if (f->kind == FACT_ONE_OF) {
        for (*value = 0; *value <= f->to; ++*value)
            if (text_eq(scenario_name(s, s->values[f->values + (uint32_t)*value]), to))
                return true;
        return false;
    }
    if (!text_int(to, f->from, f->to, &n))
        return false;
    *value = (int32_t)n;
    return true;
}

static void fill_change(struct builder *b, struct node *n, uint32_t e)
{
    const struct doc *d = &b->doc;
    const struct xml_attr *to = attr_find(d, e, "to"), *add = attr_find(d, e, "add");
    uint32_t f = changed_fact(b, e);
    if (!to == !add)
        report(b, MSG_CHANGE_HOW, element_span(d, e), none, none, none);
    if (!f || !to == !add)
        return;
    const struct fact *fact = &b->s->facts[f];
    n->ref = f;
    n->add = add != NULL;
    if (add) {
        n->value = attr_number(d, e, "add", 0);
        if (fact->kind == FACT_FLAG || fact->kind == FACT_ONE_OF)
            report(b, MSG_CHANGE_ADD, attr_span(d, e, "add"), scenario_name(b->s, fact->name), none, none);
        return;
    }
    if (value_of(b->s, fact, text_trim(to->value), &n->value))
        return;
    struct buf list = {0};
    values_of(b->s, fact, &list);
    report(b, MSG_CHANGE_VALUE, attr_span(d, e, "to"), text_trim(to->value), scenario_name(b->s, fact->name), buf_view(&list));
    buf_done(&list);
}

/* ---- nodes -------------------------------------------------------------------------------------------------------- */

static uint8_t node_kind_of(uint8_t kind)
{
    switch (kind) {
    case EL_LINE:
        return NODE_LINE;
    case EL_NARRATION:
        return NODE_NARRATION;
    case EL_NOTE:
        return NODE_NOTE;
    case EL_CHANGE:
        return NODE_CHANGE;
    case EL_DO:
        return NODE_DO;
    case EL_SCORE:
        return NODE_SCORE;
    case EL_DECISION:
    case EL_RECALL:
    case EL_DISCUSS:
    case EL_ASK:
    case EL_COMPOSE:
        return NODE_DECISION;
    case EL_GOTO:
        return NODE_GOTO;
    default:
        return 0;
    }
}

static void fill_said(struct builder *b, struct node *n, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct text id = attr_text(d, e, "id");
    n->words = build_words(b, d, e);
    n->name = id.len ? build_name(b, id) : (name_id){0};
    if (d->kind[e] == EL_LINE) {
        n->who = build_role_ref(b, e, "who");
        n->manner = build_attr_words(b, d, e, "manner");
    }
}

static void fill_node(struct builder *b, uint32_t e, uint8_t kind, uint16_t ordinal)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct node *n = &s->nodes[++s->n_nodes];
    struct xml_range at;
    n->kind = kind;
    n->ordinal = ordinal;
    n->at = element_range(d, e);
    n->when = build_when(b, e, "when");
    switch (n->kind) {
    case NODE_LINE:
    case NODE_NARRATION:
    case NODE_NOTE:
        fill_said(b, n, e);
        break;
    case NODE_CHANGE:
        fill_change(b, n, e);
        break;
    case NODE_DO: {
        struct text text = build_script(b, d, e, &at);
        n->ref = build_code(b, CODE_DO, text, at).i;
        break;
    }
    case NODE_SCORE:
        n->ref = build_comp_ref(b, e).i;
        n->value = attr_number(d, e, "points", 0);
        n->words = build_words(b, d, e);
        break;
    case NODE_GOTO:
        n->ref = build_scene_ref(b, e, "next").i;
        break;
    case NODE_DECISION:
        n->ref = b->id_of[e];
        s->decisions[n->ref].scene = (scene_id){b->scene};
        break;
    default:
        break;
    }
}

/* The nodes among the children FROM … before UNTIL of one element, in order; FIRST and N of the run. */
static void fill_run(struct builder *b, uint32_t from, uint32_t until, uint32_t *first, uint32_t *n)
{
    const struct doc *d = &b->doc;
    uint16_t ordinals[NODE_GOTO + 1] = {0};
    *first = b->s->n_nodes + 1;
    for (uint32_t k = from; k && k != until; k = d->xml.elements[k].next) {
        uint8_t kind = node_kind_of(d->kind[k]);
        if (kind && ordinals[kind] < UINT16_MAX)
            fill_node(b, k, kind, ++ordinals[kind]);
    }
    *n = b->s->n_nodes + 1 - *first;
}

void build_nodes(struct builder *b, uint32_t e, uint32_t *first, uint32_t *n)
{
    if (!e) {
        *first = b->s->n_nodes + 1;
        *n = 0;
        return;
    }
    fill_run(b, b->doc.xml.elements[e].first_child, 0, first, n);
}

/* ---- scenes ------------------------------------------------------------------------------------------------------- */

/* Lessons that open a scene are its first nodes. */
static void fill_lesson_nodes(struct builder *b, uint32_t scene)
{
    struct scenario *s = b->s;
    for (uint32_t i = 1; i <= s->n_lessons; i++)
        if (s->lessons[i].opens.i == scene)
            s->nodes[++s->n_nodes] =
                (struct node){.kind = NODE_LESSON, .ref = i, .ordinal = (uint16_t)i, .at = s->scenes[scene].at};
}

/* What leads on from the end of a stretch by itself. */
static void fill_onward(struct builder *b, uint32_t then)
{
    struct scenario *s = b->s;
    s->nodes[++s->n_nodes] = (struct node){.kind = NODE_GOTO, .ref = then, .ordinal = NODE_ONWARD, .at = s->scenes[b->scene].at};
}

/* The scene that is nothing but the list of topics. */
static void fill_menu(struct builder *b, uint32_t topics)
{
    struct scenario *s = b->s;
    s->nodes[++s->n_nodes] = (struct node){.kind = NODE_DECISION,
                                           .ref = b->id_of[topics],
                                           .ordinal = 1,
                                           .when = build_when(b, topics, "when"),
                                           .at = element_range(&b->doc, topics)};
    s->decisions[b->id_of[topics]].scene = (scene_id){b->scene};
}

static void fill_scene(struct builder *b, uint32_t scene)
{
    struct scene *sc = &b->s->scenes[scene];
    const struct stretch *st = &b->stretches[scene];
    uint32_t first = b->s->n_nodes + 1, from, n;
    b->scene = scene;
    fill_lesson_nodes(b, scene);
    if (st->menu)
        fill_menu(b, st->menu);
    else
        fill_run(b, st->from, st->until, &from, &n);
    if (st->then && (!st->menu || attr_find(&b->doc, st->menu, "when")))
        fill_onward(b, st->then);
    sc->first_node = first;
    sc->n_nodes = b->s->n_nodes + 1 - first;
}

/* What only the element itself says: its recap, or how it ended.  Pieces of a scene recall what the whole does. */
static void fill_heads(struct builder *b)
{
    static const char outcomes[] = "agreed partly open worse";
    const struct doc *d = &b->doc;
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        if (d->kind[e] != EL_SCENE && d->kind[e] != EL_ENDING)
            continue;
        struct scene *sc = &b->s->scenes[b->id_of[e]];
        if (d->kind[e] == EL_SCENE) {
            sc->recap = build_words(b, d, child_of(d, e, EL_RECAP));
            for (uint32_t i = b->id_of[e] + 1; i <= b->s->n_scenes && b->s->scenes[i].part; i++)
                b->s->scenes[i].recap = sc->recap;
            continue;
        }
        int outcome = word_index(outcomes, attr_text(d, e, "outcome")) + 1;
        sc->outcome = (uint8_t)(outcome ? outcome : OUTCOME_OPEN);
        sc->recap = build_attr_words(b, d, e, "title");
    }
}

void fill_scenes(struct builder *b)
{
    fill_heads(b);
    for (uint32_t i = 1; i <= b->s->n_scenes; i++)
        fill_scene(b, i);
    fill_decisions(b);
}

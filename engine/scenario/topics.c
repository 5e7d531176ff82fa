/* topics.c -- several subjects open at once, told as scenes.
 *
 * A scene with topics becomes several scenes: what stands before them, the list of topics ("agenda.menu", one decision),
 * each topic ("agenda.why-three", "agenda.why-three.2" behind a <yield/>), and what stands behind ("agenda.after").  A
 * topic is an option that is offered once and leads to its scene; that scene leads back to the list.  So playing,
 * recording, checking and analysing topics needs nothing of its own: they are scenes, options and marks.
 *
 *     scene desk = narration, <topics id="agenda">, line
 *     desk: narration -> agenda.menu: [why-three] [this-claim] [leave] -> agenda.after: line */
#include "scenario/build.h"

#include <stdio.h>

static uint32_t part_named(struct builder *b, uint32_t topics, struct text last, uint32_t number, uint32_t at)
{
    struct buf name = {0};
    buf_text(&name, attr_text(&b->doc, topics, "id"));
    buf_char(&name, '.');
    buf_text(&name, last);
    if (number > 1)
        buf_printf(&name, ".%u", number);
    uint32_t i = declare_part(b, buf_view(&name), element_range(&b->doc, at));
    buf_done(&name);
    return i;
}

/* The scenes of one topic, one for each stretch between its yields. */
static void stretch_topic(struct builder *b, uint32_t topics, uint32_t topic, uint32_t menu)
{
    const struct doc *d = &b->doc;
    uint32_t n = 1, i = part_named(b, topics, attr_text(d, topic, "id"), n, topic);
    b->id_of[topic] = i;
    b->stretches[i] = (struct stretch){.from = d->xml.elements[topic].first_child, .then = menu};
    for (uint32_t y = child_of(d, topic, EL_YIELD); y; y = next_of(d, y)) {
        b->stretches[i].until = y;
        i = part_named(b, topics, attr_text(d, topic, "id"), ++n, topic);
        b->stretches[i] = (struct stretch){.from = d->xml.elements[y].next, .then = menu};
    }
}

void topics_stretch(struct builder *b, uint32_t e, uint32_t scene)
{
    const struct doc *d = &b->doc;
    for (uint32_t t = child_of(d, e, EL_TOPICS); t; t = next_of(d, t)) {
        uint32_t menu = part_named(b, t, TEXT("menu"), 1, t);
        b->stretches[scene].until = t;
        b->stretches[scene].then = menu;
        b->stretches[menu].menu = t;
        for (uint32_t k = child_of(d, t, EL_TOPIC); k; k = next_of(d, k))
            stretch_topic(b, t, k, menu);
        bool on = !attr_text(d, t, "next").len || d->xml.elements[t].next;
        if (!on)
            break;
        scene = part_named(b, t, TEXT("after"), 1, t);
        b->stretches[scene].from = d->xml.elements[t].next;
        b->stretches[menu].then = scene;
    }
}

uint32_t topics_menu(const struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    while (e && d->kind[e] != EL_TOPIC)
        e = d->xml.elements[e].parent;
    uint32_t first = e ? child_of(d, d->xml.elements[e].parent, EL_TOPIC) : 0;
    return first ? b->id_of[first] - 1 : 0;
}

void topics_declare(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    uint32_t decision = declare_decision_at(b, e, FORM_TOPICS);
    for (uint32_t k = child_of(d, e, EL_TOPIC); k; k = next_of(d, k)) {
        uint32_t scene = b->id_of[k], n = 1;
        struct buf name = {0};
        buf_text(&name, attr_text(d, k, "id"));
        size_t plain = name.len;
        for (uint32_t y = child_of(d, k, EL_YIELD); n; y = next_of(d, y)) {
            struct text kept = text_keep(&b->s->arena, buf_view(&name));
            uint32_t o = declare_option_at(b, decision, kept, element_range(d, k));
            b->s->options[o].next = (scene_id){scene + n - 1};
            name.len = plain;
            buf_printf(&name, ".%u", ++n);
            if (!y)
                break;
        }
        buf_done(&name);
    }
    declare_option_at(b, decision, TEXT("leave"), element_range(d, e));
}

/* ---- conditions --------------------------------------------------------------------------------------------------- */

/* OPTION was talked through, or cannot be (UNLESS: its own condition, may be empty). */
static void put_chose(struct buf *code, struct text topics, struct text option, struct text unless)
{
    buf_str(code, code->len ? " and " : "");
    buf_str(code, unless.len ? "(chose(\"" : "chose(\"");
    buf_text(code, topics);
    buf_char(code, '/');
    buf_text(code, option);
    buf_str(code, "\")");
    if (!unless.len)
        return;
    buf_str(code, " or not (");
    buf_text(code, unless);
    buf_str(code, "))");
}

static code_id condition(struct builder *b, struct buf *code, uint32_t e)
{
    struct xml_range at = b->doc.xml.elements[e].at;
    code_id c = code->len ? build_code(b, CODE_WHEN, text_keep(&b->s->arena, buf_view(code)), at) : (code_id){0};
    buf_done(code);
    return c;
}

/* A topic's first stretch is offered on its own condition, a later one once the one before was talked through. */
static code_id topic_when(struct builder *b, uint32_t topics, uint32_t topic, struct text before)
{
    const struct xml_attr *own = attr_find(&b->doc, topic, "when");
    struct buf code = {0};
    if (!before.len)
        return own ? build_code(b, CODE_WHEN, own->value, own->at) : (code_id){0};
    put_chose(&code, attr_text(&b->doc, topics, "id"), before, (struct text){0});
    return condition(b, &code, topic);
}

void topics_fill(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[b->id_of[e]];
    struct text topics = attr_text(d, e, "id");
    struct buf done = {0};
    uint32_t o = de->first;
    de->prompt = build_words(b, d, child_of(d, e, EL_PROMPT));
    for (uint32_t k = child_of(d, e, EL_TOPIC); k; k = next_of(d, k)) {
        words_id title = build_attr_words(b, d, k, "title");
        struct text before = {0};
        uint32_t parts = 1;
        for (uint32_t y = child_of(d, k, EL_YIELD); y; y = next_of(d, y))
            parts++;
        for (uint32_t i = 0; i < parts; i++, o++) {
            struct option *op = &s->options[o];
            op->says = title;
            op->once = true;
            op->optional = attr_is(d, k, "optional", "yes");
            op->first_node = s->n_nodes + 1;
            op->weight = (uint16_t)attr_number(d, k, "weight", 1);
            op->when = topic_when(b, e, k, before);
            before = scenario_name(s, op->name);
        }
        if (!attr_is(d, k, "optional", "yes"))
            put_chose(&done, topics, before, attr_text(d, k, "when"));
    }
    struct option *leave = &s->options[o];
    leave->first_node = s->n_nodes + 1;
    leave->when = condition(b, &done, e);
}

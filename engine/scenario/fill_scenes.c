/* fill_scenes.c -- the conversation: scenes, what is played in them, decisions and their options. */
#include "scenario/build.h"

#include <stdio.h>
#include <string.h>

static const struct text none;

static void report(struct builder *b, enum msg code, struct span at, struct text a1, struct text a2, struct text a3)
{
    errs_add(b->es, code, at, a1, a2, a3);
}

/* ---- what attributes refer to ------------------------------------------------------------------------------------- */

static scene_id scene_ref(struct builder *b, uint32_t e, const char *attr)
{
    struct text name = attr_text(&b->doc, e, attr);
    uint32_t place = name.len ? map_find(&b->places, name) : 0;
    if (place && (place - 1) % 2 == PLACE_SCENE)
        return (scene_id){(place - 1) >> 1};
    if (place)
        report(b, MSG_SCENE_IS_DECISION, attr_span(&b->doc, e, attr), name, none, none);
    else if (name.len)
        report_unknown(b, MSG_SCENE_UNKNOWN, attr_span(&b->doc, e, attr), name, &b->places);
    return (scene_id){0};
}

static role_id role_ref(struct builder *b, uint32_t e)
{
    struct text name = attr_text(&b->doc, e, "who");
    uint32_t role = map_find(&b->roles, name);
    if (!role && name.len)
        report_unknown(b, MSG_ROLE_UNKNOWN, attr_span(&b->doc, e, "who"), name, &b->roles);
    return (role_id){role};
}

static move_id move_ref(struct builder *b, uint32_t e, const char *attr)
{
    struct text name = attr_text(&b->doc, e, attr);
    uint32_t move = map_find(&b->moves, name);
    if (!move && name.len && b->moves.n)
        report_unknown(b, MSG_MOVE_UNKNOWN, attr_span(&b->doc, e, attr), name, &b->moves);
    return (move_id){move};
}

static comp_id comp_ref(struct builder *b, uint32_t e)
{
    struct text name = attr_text(&b->doc, e, "competency");
    uint32_t comp = map_find(&b->comps, name);
    if (!comp && name.len && b->comps.n)
        report_unknown(b, MSG_COMPETENCY_UNKNOWN, attr_span(&b->doc, e, "competency"), name, &b->comps);
    return (comp_id){comp};
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
        n->who = role_ref(b, e);
        n->manner = build_attr_words(b, d, e, "manner");
    }
}

static void fill_node(struct builder *b, uint32_t e, uint16_t ordinal)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct node *n = &s->nodes[++s->n_nodes];
    struct xml_range at;
    n->kind = node_kind_of(d->kind[e]);
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
        n->ref = comp_ref(b, e).i;
        n->value = attr_number(d, e, "points", 0);
        n->words = build_words(b, d, e);
        break;
    case NODE_GOTO:
        n->ref = scene_ref(b, e, "next").i;
        break;
    case NODE_DECISION:
        n->ref = b->id_of[e];
        break;
    default:
        break;
    }
}

/* The nodes among E's children, in order; FIRST and N of the run. */
static void fill_nodes(struct builder *b, uint32_t e, uint32_t *first, uint32_t *n)
{
    const struct doc *d = &b->doc;
    uint16_t ordinals[EL_COUNT] = {0};
    *first = b->s->n_nodes + 1;
    for (uint32_t k = d->xml.elements[e].first_child; k; k = d->xml.elements[k].next)
        if (node_kind_of(d->kind[k]) && ordinals[d->kind[k]] < UINT16_MAX)
            fill_node(b, k, ++ordinals[d->kind[k]]);
    *n = b->s->n_nodes + 1 - *first;
}

/* ---- options ------------------------------------------------------------------------------------------------------ */

static void add_move(struct scenario *s, struct option *o, move_id m)
{
    if (!m.i)
        return;
    s->option_moves[s->n_option_moves++] = m;
    o->n_moves++;
}

/* Adds POINTS to the option's sum for COMP. */
static void add_points(struct scenario *s, struct option *o, comp_id comp, int32_t points)
{
    if (!comp.i || !points)
        return;
    for (uint32_t i = 0; i < o->n_points; i++) {
        struct points *p = &s->points[o->first_points + i];
        if (p->comp.i == comp.i) {
            p->points = (int8_t)(p->points + points);
            return;
        }
    }
    s->points[s->n_points++] = (struct points){comp, (int8_t)points};
    o->n_points++;
}

static void hold_points(struct scenario *s, const struct option *o)
{
    for (uint32_t i = 0; i < o->n_points; i++) {
        struct points *p = &s->points[o->first_points + i];
        p->points = (int8_t)(p->points < POINTS_MIN ? POINTS_MIN : p->points > POINTS_MAX ? POINTS_MAX : p->points);
    }
}

/* The points of the move itself: as written, or the rubric's usual ones. */
static void fill_move_points(struct builder *b, struct option *o, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    bool written = attr_find(d, e, "points") != NULL;
    int32_t points = attr_number(d, e, "points", 0);
    if (!attr_find(d, e, "move")) {
        if (written && points)
            report(b, MSG_OPTION_MOVE, attr_span(d, e, "points"), none, none, none);
        return;
    }
    if (!o->n_moves)
        return;
    const struct move *m = &s->rubric.moves[s->option_moves[o->first_move].i];
    char lo[8], hi[8], given[8];
    snprintf(lo, sizeof lo, "%d", m->from);
    snprintf(hi, sizeof hi, "%d", m->to);
    snprintf(given, sizeof given, "%d", points);
    if (!written && m->from != m->to)
        report(b, MSG_OPTION_POINTS, attr_span(d, e, "move"), attr_text(d, e, "move"), text_of(lo), text_of(hi));
    else if (written && ((m->from > 0 && points < 0) || (m->to < 0 && points > 0)))
        report(b, MSG_POINTS_UNUSUAL, attr_span(d, e, "points"), attr_text(d, e, "move"), text_of(lo), text_of(given));
    add_points(s, o, m->comp, written ? points : m->from);
}

static void fill_words(struct builder *b, struct option *o, uint32_t e)
{
    const struct doc *d = &b->doc;
    uint32_t says = child_of(d, e, EL_SAYS), reaction = child_of(d, e, EL_REACTION);
    o->says = build_words(b, d, says);
    o->manner = build_attr_words(b, d, says, "manner");
    o->has_reaction = reaction != 0;
    o->reaction = build_words(b, d, reaction);
    o->reaction_manner = build_attr_words(b, d, reaction, "manner");
    o->reactor = reaction ? role_ref(b, reaction) : (role_id){0};
    o->because = build_words(b, d, child_of(d, e, EL_BECAUSE));
    o->hint = build_words(b, d, child_of(d, e, EL_HINT));
}

static void fill_ratings(struct builder *b, struct option *o, uint32_t e)
{
    struct scenario *s = b->s;
    o->first_rating = s->n_ratings;
    for (uint32_t k = child_of(&b->doc, e, EL_RATING); k; k = next_of(&b->doc, k))
        s->ratings[s->n_ratings++] =
            (struct rating){attr_text(&b->doc, k, "by"), (int8_t)attr_number(&b->doc, k, "points", 0)};
    o->n_ratings = s->n_ratings - o->first_rating;
}

/* OTHER reacts where the reaction does not say who does. */
static void fill_option(struct builder *b, uint32_t e, role_id other)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct option *o = &s->options[b->id_of[e]];
    struct text apt = attr_text(d, e, "apt"), depth = attr_text(d, e, "depth");
    o->next = scene_ref(b, e, "next");
    o->when = build_when(b, e, "when");
    o->weight = (uint16_t)attr_number(d, e, "weight", 1);
    o->once = attr_is(d, e, "once", "yes");
    o->apt = text_is(apt, "yes") ? APT_YES : text_is(apt, "no") ? APT_NO : APT_UNSET;
    o->depth = text_is(depth, "simple") ? DEPTH_SIMPLE : text_is(depth, "complex") ? DEPTH_COMPLEX : DEPTH_UNSET;
    fill_words(b, o, e);
    if (o->has_reaction && !o->reactor.i)
        o->reactor = other;
    o->first_move = s->n_option_moves;
    add_move(s, o, move_ref(b, e, "move"));
    o->first_points = s->n_points;
    fill_move_points(b, o, e);
    for (uint32_t k = child_of(d, e, EL_MOVE_ALSO); k; k = next_of(d, k))
        add_move(s, o, move_ref(b, k, "ref"));
    fill_nodes(b, e, &o->first_node, &o->n_nodes);
    for (uint32_t i = 0; i < o->n_nodes; i++) {
        const struct node *n = &s->nodes[o->first_node + i];
        if (n->kind == NODE_SCORE && !n->when.i)
            add_points(s, o, (comp_id){n->ref}, n->value);
    }
    hold_points(s, o);
    fill_ratings(b, o, e);
}

/* Whoever spoke last before decision E, other than the one who decides: a reaction without `who` is theirs. */
static role_id last_other_speaker(struct builder *b, uint32_t e, role_id decider)
{
    const struct doc *d = &b->doc;
    role_id last = {0};
    for (uint32_t k = d->xml.elements[d->xml.elements[e].parent].first_child; k && k != e; k = d->xml.elements[k].next)
        if (d->kind[k] == EL_LINE) {
            uint32_t who = map_find(&b->roles, attr_text(d, k, "who"));
            if (who && who != decider.i)
                last.i = who;
        }
    for (uint32_t i = 1; !last.i && i <= b->s->n_roles; i++)
        if (i != decider.i)
            last.i = i;
    return last;
}

static void fill_circumstances(struct builder *b, struct decision *de, uint32_t e)
{
    static const char *const names[CIRCUMSTANCES] = {"urgent", "mine", "theirs", "heated", "lasting"};
    struct text list = attr_text(&b->doc, e, "circumstances"), word;
    while (text_word(&list, &word))
        for (int i = 0; i < CIRCUMSTANCES; i++)
            if (text_is(word, names[i]))
                de->circ = (uint8_t)(de->circ | 1 << i);
    for (int i = 0; i < CIRCUMSTANCES; i++)
        de->circ_when[i] = build_when(b, e, names[i]);
}

static void fill_decision(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[b->id_of[e]];
    de->who = role_ref(b, e);
    de->scene = (scene_id){b->id_of[d->xml.elements[e].parent]};
    de->prompt = build_words(b, d, child_of(d, e, EL_PROMPT));
    de->hint = build_words(b, d, child_of(d, e, EL_HINT));
    de->seconds = (uint16_t)attr_number(d, e, "seconds", 0);
    de->room = (uint8_t)(word_index("full quick told", attr_text(d, e, "room")) + 1);
    de->shuffle = !attr_is(d, e, "shuffle", "no");
    fill_circumstances(b, de, e);
    role_id other = last_other_speaker(b, e, de->who);
    for (uint32_t k = child_of(d, e, EL_OPTION); k; k = next_of(d, k))
        fill_option(b, k, other);
    uint32_t silent = child_of(d, e, EL_NO_ANSWER);
    if (silent)
        fill_option(b, silent, other);
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

static void fill_scene(struct builder *b, uint32_t e)
{
    static const char outcomes[] = "agreed partly open worse";
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct scene *sc = &s->scenes[b->id_of[e]];
    uint32_t first = s->n_nodes + 1;
    fill_lesson_nodes(b, b->id_of[e]);
    fill_nodes(b, e, &sc->first_node, &sc->n_nodes);
    sc->n_nodes += sc->first_node - first;
    sc->first_node = first;
    if (d->kind[e] == EL_ENDING) {
        sc->outcome = (uint8_t)(word_index(outcomes, attr_text(d, e, "outcome")) + 1);
        if (!sc->outcome)
            sc->outcome = OUTCOME_OPEN;
        sc->recap = build_attr_words(b, d, e, "title");
        return;
    }
    sc->recap = build_words(b, d, child_of(d, e, EL_RECAP));
}

void fill_scenes(struct builder *b)
{
    const struct doc *d = &b->doc;
    for (uint32_t e = 1; e <= d->xml.n_elements; e++)
        if (d->kind[e] == EL_SCENE)
            fill_scene(b, e);
    for (uint32_t e = 1; e <= d->xml.n_elements; e++)
        if (d->kind[e] == EL_ENDING)
            fill_scene(b, e);
    for (uint32_t e = 1; e <= d->xml.n_elements; e++)
        if (d->kind[e] == EL_DECISION)
            fill_decision(b, e);
}

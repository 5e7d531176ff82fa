/* client_outline.c -- the whole scenario as it is written, read into structs. */
#include "wire/client_inside.h"

#define outline_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

/* What the lines read so far belong to; NULL: to nothing yet. */
struct place {
    struct outline_scene *scene;
    struct outline_node *node;
    struct outline_slot *slot;
};

struct outline_reading {
    struct client_outline *out;
    struct place at;
};

static void scene_part(struct outline_reading *ol, struct reading *r, const struct json_value *v)
{
    struct outline_scene *sc = outline_add(r, ol->out->scenes, ol->out->n_scenes);
    sc->id = read_name(r, v, "scene", MUST_BE);
    sc->text = read_runs(r, v, "text");
    sc->outcome = read_term(r, v, "outcome", MAY_MISS, &outcome_terms);
    sc->part = read_bool(r, v, "part");
    ol->at = (struct place){.scene = sc};
}

static void node_part(struct outline_reading *ol, struct reading *r, const struct json_value *v)
{
    struct outline_node *node = outline_add(r, ol->at.scene->nodes, ol->at.scene->n_nodes);
    node->kind = read_term(r, v, "node", MUST_BE, &node_terms);
    node->who = read_name(r, v, "who", MAY_MISS);
    node->name = read_runs(r, v, "name");
    node->text = read_runs(r, v, "text");
    node->manner = read_runs(r, v, "manner");
    node->when = read_text(r, v, "when", MAY_MISS);
    node->at = read_text(r, v, "at", MAY_MISS);
    node->next = read_name(r, v, "next", node->kind == WIRE_NODE_GOTO ? MUST_BE : MAY_MISS);
    if (node->kind == WIRE_NODE_LESSON)
        node->id = read_name(r, v, "lesson", MUST_BE);
    if (node->kind != WIRE_NODE_DECISION)
        return;
    node->id = read_name(r, v, "decision", MUST_BE);
    node->form = read_term(r, v, "form", MUST_BE, &form_terms);
    node->room = read_term(r, v, "room", MAY_MISS, &room_terms);
    node->groups = read_term(r, v, "groups", MAY_MISS, &group_terms);
    node->seconds = read_count(r, v, "seconds", MAY_MISS);
    node->words = read_count(r, v, "words", MAY_MISS);
    node->hint = read_runs(r, v, "hint");
    ol->at.node = node;
    ol->at.slot = NULL;
}

static void option_part(struct outline_reading *ol, struct reading *r, const struct json_value *v)
{
    struct outline_option *o = outline_add(r, ol->at.node->options, ol->at.node->n_options);
    o->id = read_name(r, v, "option", MUST_BE);
    o->text = read_runs(r, v, "text");
    o->manner = read_runs(r, v, "manner");
    o->reaction = read_runs(r, v, "reaction");
    o->reaction_manner = read_runs(r, v, "reaction-manner");
    o->reaction_who = read_name(r, v, "reaction-who", MAY_MISS);
    o->reaction_by = read_runs(r, v, "reaction-by");
    o->because = read_runs(r, v, "because");
    o->points = read_points(r, v, "points", &o->n_points);
    o->moves = read_moves(r, v, "moves", &o->n_moves);
    o->next = read_name(r, v, "next", MAY_MISS);
    o->when = read_text(r, v, "when", MAY_MISS);
    o->no_answer = read_bool(r, v, "no-answer");
    o->right = read_bool(r, v, "right");
}

static void slot_part(struct outline_reading *ol, struct reading *r, const struct json_value *v)
{
    struct outline_slot *s = outline_add(r, ol->at.node->slots, ol->at.node->n_slots);
    s->id = read_name(r, v, "slot", MUST_BE);
    s->may_be_empty = read_bool(r, v, "may-be-empty");
    ol->at.slot = s;
}

static void part_part(struct outline_reading *ol, struct reading *r, const struct json_value *v)
{
    struct outline_part *p = outline_add(r, ol->at.slot->parts, ol->at.slot->n_parts);
    p->id = read_name(r, v, "part", MUST_BE);
    p->text = read_runs(r, v, "text");
    p->moves = read_moves(r, v, "moves", &p->n_moves);
    p->worth = (int)read_int(r, v, "worth", MUST_BE, INT8_MIN, INT8_MAX);
}

/* A line belongs to the scene, decision or place before it; one that has none is nonsense. */
static void outline_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct outline_reading *ol = call->out;
    if (json_find(v, "scene"))
        scene_part(ol, r, v);
    else if (json_find(v, "node") && ol->at.scene)
        node_part(ol, r, v);
    else if (json_find(v, "option") && ol->at.node)
        option_part(ol, r, v);
    else if (json_find(v, "question") && ol->at.node)
        *outline_add(r, ol->at.node->questions, ol->at.node->n_questions) = read_runs(r, v, "question");
    else if (json_find(v, "slot") && ol->at.node)
        slot_part(ol, r, v);
    else if (json_find(v, "part") && ol->at.slot)
        part_part(ol, r, v);
    else
        r->bad = true;
}

static enum client_end outline_once(struct client *c, struct text lang, struct client_outline *out, struct client_fault *fault)
{
    struct outline_reading ol = {.out = out};
    struct json_out o = request_open(c, "outline");
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    *out = (struct client_outline){0};
    struct call call = {.line = request_end(c, &o), .part = outline_part, .out = &ol, .arena = &out->arena};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        client_outline_done(out);
    return end;
}

enum client_end client_outline(struct client *c, struct text lang, struct client_outline *out, struct client_fault *fault)
{
    enum client_end end = outline_once(c, lang, out, fault);
    return client_died(end, fault) ? outline_once(c, lang, out, fault) : end;
}

void client_outline_done(struct client_outline *outline)
{
    arena_done(&outline->arena);
    *outline = (struct client_outline){0};
}

/* server_outline.c -- the whole scenario as it is written, scene by scene, in one language.
 *
 * For plans, notes and paper: what stands where, what each option does, where it leads.  Conditions are named and not
 * asked; a value in a text is that of SESSION, else that of the beginning.  Never for somebody who is going to play. */
#include "wire/server_inside.h"

enum { POINTS_SENT = 64 };

/* One outline being sent. */
struct outline {
    struct server *sv;
    const struct scenario *s;
    const struct session *se; /* NULL: nobody plays */
    uint32_t lang;
    bool original;            /* of the part being written */
};

static void outline_open(struct outline *ol)
{
    part_open(ol->sv);
    ol->original = false;
}

static void outline_words(struct outline *ol, const char *key, words_id id)
{
    ol->original |= put_words(ol->sv, ol->se, ol->lang, key, id);
}

static void outline_send(struct outline *ol)
{
    if (ol->original)
        json_put_bool(&ol->sv->out, "original", true);
    part_send(ol->sv);
}

static void outline_who(struct outline *ol, role_id who)
{
    if (!who.i)
        return;
    put_name(ol->sv, "who", ol->s->roles[who.i].name);
    outline_words(ol, "name", ol->s->roles[who.i].title);
}

static void outline_when(struct outline *ol, code_id when)
{
    if (when.i)
        json_put_text(&ol->sv->out, "when", ol->s->codes[when.i].text);
}

/* ---- decisions ---- */

static void questions_send(struct outline *ol, const struct decision *d)
{
    for (uint32_t i = 0; i < d->n_questions; i++) {
        outline_open(ol);
        outline_words(ol, "question", ol->s->paragraphs[d->first_question + i]);
        outline_send(ol);
    }
}

static void slots_send(struct outline *ol, const struct decision *d)
{
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++) {
        const struct slot *slot = &ol->s->slots[i];
        outline_open(ol);
        put_slot_name(ol->sv, "slot", i);
        json_put_bool(&ol->sv->out, "may-be-empty", slot->may_be_empty);
        outline_send(ol);
        for (uint32_t k = slot->first; k < slot->first + slot->n; k++) {
            outline_open(ol);
            put_part_name(ol->sv, "part", k);
            outline_words(ol, "text", ol->s->parts[k].words);
            put_move_list(ol->sv, "moves", &ol->s->parts[k].move, ol->s->parts[k].move.i != 0, ol->lang);
            json_put_int(&ol->sv->out, "worth", ol->s->parts[k].points);
            outline_send(ol);
        }
    }
}

static void put_reaction(struct outline *ol, const struct option *o)
{
    if (!o->has_reaction)
        return;
    outline_words(ol, "reaction", o->reaction);
    outline_words(ol, "reaction-manner", o->reaction_manner);
    put_name(ol->sv, "reaction-who", ol->s->roles[o->reactor.i].name);
    outline_words(ol, "reaction-by", ol->s->roles[o->reactor.i].title);
}

static void option_send(struct outline *ol, const struct decision *d, uint32_t i)
{
    const struct option *o = &ol->s->options[i];
    uint32_t n = o->n_points < POINTS_SENT ? o->n_points : POINTS_SENT;
    outline_open(ol);
    put_option_name(ol->sv, "option", (option_id){i});
    if (i == d->no_answer.i)
        json_put_bool(&ol->sv->out, "no-answer", true);
    outline_words(ol, "text", o->says);
    outline_words(ol, "manner", o->manner);
    put_reaction(ol, o);
    outline_words(ol, "because", o->because);
    put_points(ol->sv, "points", ol->s->points + o->first_points, n);
    put_move_list(ol->sv, "moves", ol->s->option_moves + o->first_move, o->n_moves, ol->lang);
    if (o->right)
        json_put_bool(&ol->sv->out, "right", true);
    if (o->next.i)
        put_name(ol->sv, "next", ol->s->scenes[o->next.i].name);
    outline_when(ol, o->when);
    put_at(ol->sv, o->at);
    outline_send(ol);
}

static void put_decision(struct outline *ol, const struct decision *d)
{
    struct json_out *o = &ol->sv->out;
    put_name(ol->sv, "decision", d->name);
    put_term(ol->sv, "form", &form_terms, d->form + 1u);
    put_term(ol->sv, "room", &room_terms, d->room);
    outline_who(ol, d->who);
    outline_words(ol, "text", d->form == FORM_DISCUSS ? d->report : d->prompt);
    outline_words(ol, "hint", d->hint);
    if (d->seconds)
        json_put_int(o, "seconds", d->seconds);
    put_term(ol->sv, "groups", &group_terms, d->groups);
    if (d->words)
        json_put_int(o, "words", d->words);
    put_at(ol->sv, d->at);
}

static void decision_send(struct outline *ol, const struct node *node)
{
    const struct decision *d = &ol->s->decisions[node->ref];
    outline_open(ol);
    json_put_text(&ol->sv->out, "node", TEXT("decision"));
    put_decision(ol, d);
    outline_when(ol, node->when);
    outline_send(ol);
    questions_send(ol, d);
    slots_send(ol, d);
    for (uint32_t i = d->first; i < d->first + d->n; i++)
        option_send(ol, d, i);
    if (d->no_answer.i)
        option_send(ol, d, d->no_answer.i);
}

/* ---- scenes ---- */

static void spoken_send(struct outline *ol, const struct node *node, const char *kind)
{
    outline_open(ol);
    json_put_text(&ol->sv->out, "node", text_of(kind));
    outline_who(ol, node->who);
    outline_words(ol, "text", node->words);
    outline_words(ol, "manner", node->manner);
    outline_when(ol, node->when);
    put_at(ol->sv, node->at);
    outline_send(ol);
}

static void node_send(struct outline *ol, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LINE: spoken_send(ol, node, "line"); break;
    case NODE_NARRATION: spoken_send(ol, node, "narration"); break;
    case NODE_NOTE: spoken_send(ol, node, "note"); break;
    case NODE_LESSON:
        outline_open(ol);
        json_put_text(&ol->sv->out, "node", TEXT("lesson"));
        put_name(ol->sv, "lesson", ol->s->lessons[node->ref].name);
        outline_send(ol);
        break;
    case NODE_DECISION: decision_send(ol, node); break;
    case NODE_GOTO:
        outline_open(ol);
        json_put_text(&ol->sv->out, "node", TEXT("goto"));
        put_name(ol->sv, "next", ol->s->scenes[node->ref].name);
        outline_when(ol, node->when);
        outline_send(ol);
        break;
    case NODE_CHANGE:
    case NODE_DO:
    case NODE_SCORE: break;
    }
}

static void scene_send(struct outline *ol, uint32_t i)
{
    const struct scene *sc = &ol->s->scenes[i];
    outline_open(ol);
    put_name(ol->sv, "scene", sc->name);
    outline_words(ol, "text", sc->recap);
    put_term(ol->sv, "outcome", &outcome_terms, sc->outcome);
    if (sc->part)
        json_put_bool(&ol->sv->out, "part", true);
    outline_send(ol);
    for (uint32_t k = sc->first_node; k < sc->first_node + sc->n_nodes; k++)
        node_send(ol, &ol->s->nodes[k]);
}

void serve_outline(struct server *sv, const struct request *rq)
{
    struct server_session *slot = NULL;
    struct outline ol = {.sv = sv};
    if (!request_model(sv, &ol.s))
        return;
    if (json_find(rq->v, "session") && !request_session(sv, rq, &slot))
        return;
    ol.se = slot ? rehearse_session_of(slot->p) : NULL;
    if (!request_lang(sv, rq, ol.se ? ol.se->lang : 0, &ol.lang))
        return;
    for (uint32_t i = 1; i <= ol.s->n_scenes; i++)
        scene_send(&ol, i);
    done_open(sv);
    done_end(sv);
}

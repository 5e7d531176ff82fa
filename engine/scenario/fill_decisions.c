/* fill_decisions.c -- whoever must speak: decisions with their options, listening checks, discussions. */
#include "scenario/build.h"

#include <stdio.h>

static const struct text none;

static void report(struct builder *b, enum msg code, struct span at, struct text a1, struct text a2, struct text a3)
{
    errs_add(b->es, code, at, a1, a2, a3);
}

/* ---- what attributes refer to ------------------------------------------------------------------------------------- */

scene_id build_scene_ref(struct builder *b, uint32_t e, const char *attr)
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

role_id build_role_ref(struct builder *b, uint32_t e, const char *attr)
{
    struct text name = attr_text(&b->doc, e, attr);
    uint32_t role = map_find(&b->roles, name);
    if (!role && name.len)
        report_unknown(b, MSG_ROLE_UNKNOWN, attr_span(&b->doc, e, attr), name, &b->roles);
    return (role_id){role};
}

move_id build_move_ref(struct builder *b, uint32_t e, const char *attr)
{
    struct text name = attr_text(&b->doc, e, attr);
    uint32_t move = map_find(&b->moves, name);
    if (!move && name.len && b->moves.n)
        report_unknown(b, MSG_MOVE_UNKNOWN, attr_span(&b->doc, e, attr), name, &b->moves);
    return (move_id){move};
}

comp_id build_comp_ref(struct builder *b, uint32_t e)
{
    struct text name = attr_text(&b->doc, e, "competency");
    uint32_t comp = map_find(&b->comps, name);
    if (!comp && name.len && b->comps.n)
        report_unknown(b, MSG_COMPETENCY_UNKNOWN, attr_span(&b->doc, e, "competency"), name, &b->comps);
    return (comp_id){comp};
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
    char lo[8], hi[8];
    snprintf(lo, sizeof lo, "%d", m->from);
    snprintf(hi, sizeof hi, "%d", m->to);
    if (!written && m->from != m->to)
        report(b, MSG_OPTION_POINTS, attr_span(d, e, "move"), attr_text(d, e, "move"), text_of(lo), text_of(hi));
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
    o->reactor = reaction ? build_role_ref(b, reaction, "who") : (role_id){0};
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

/* Back to the list of topics. */
static void leave_topic(struct builder *b, struct option *o, uint32_t e)
{
    uint32_t menu = topics_menu(b, e);
    if (menu && !o->next.i)
        o->next = (scene_id){menu};
    else
        report(b, menu ? MSG_LEAVE_NEXT : MSG_LEAVE_OUTSIDE, attr_span(&b->doc, e, "leave"), none, none, none);
}

/* OTHER reacts where the reaction does not say who does. */
static void fill_option(struct builder *b, uint32_t e, role_id other)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct option *o = &s->options[b->id_of[e]];
    struct text apt = attr_text(d, e, "apt"), depth = attr_text(d, e, "depth");
    o->next = build_scene_ref(b, e, "next");
    if (attr_is(d, e, "leave", "yes"))
        leave_topic(b, o, e);
    o->when = build_when(b, e, "when");
    o->weight = (uint16_t)attr_number(d, e, "weight", 1);
    o->once = attr_is(d, e, "once", "yes");
    o->apt = text_is(apt, "yes") ? APT_YES : text_is(apt, "no") ? APT_NO : APT_UNSET;
    o->depth = text_is(depth, "simple") ? DEPTH_SIMPLE : text_is(depth, "complex") ? DEPTH_COMPLEX : DEPTH_UNSET;
    fill_words(b, o, e);
    if (o->has_reaction && !o->reactor.i)
        o->reactor = other;
    o->first_move = s->n_option_moves;
    add_move(s, o, build_move_ref(b, e, "move"));
    o->first_points = s->n_points;
    fill_move_points(b, o, e);
    for (uint32_t k = child_of(d, e, EL_MOVE_ALSO); k; k = next_of(d, k))
        add_move(s, o, build_move_ref(b, k, "ref"));
    build_nodes(b, e, &o->first_node, &o->n_nodes);
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

/* What every form but topics and discussions begins with. */
static void fill_head(struct builder *b, struct decision *de, uint32_t e)
{
    const struct doc *d = &b->doc;
    de->who = build_role_ref(b, e, "who");
    de->prompt = build_words(b, d, child_of(d, e, EL_PROMPT));
    de->hint = build_words(b, d, child_of(d, e, EL_HINT));
    de->room = (uint8_t)(word_index("full quick told", attr_text(d, e, "room")) + 1);
    de->shuffle = !attr_is(d, e, "shuffle", "no");
}

static void fill_decision(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[b->id_of[e]];
    fill_head(b, de, e);
    de->seconds = (uint16_t)attr_number(d, e, "seconds", 0);
    fill_circumstances(b, de, e);
    role_id other = last_other_speaker(b, e, de->who);
    for (uint32_t k = child_of(d, e, EL_OPTION); k; k = next_of(d, k))
        fill_option(b, k, other);
    uint32_t silent = child_of(d, e, EL_NO_ANSWER);
    if (silent)
        fill_option(b, silent, other);
}

/* ---- own words ---------------------------------------------------------------------------------------------------- */

static void fill_phrases(struct builder *b, struct option *o, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    o->first_phrase = s->n_phrases;
    for (uint32_t k = child_of(d, e, EL_PHRASE); k; k = next_of(d, k)) {
        struct buf folded = {0};
        text_fold_apart(build_plain(b, d, k), &folded);
        if (folded.len)
            s->phrases[s->n_phrases++] =
                (struct phrase){text_keep(&s->arena, buf_view(&folded)), attr_is(d, k, "not", "yes")};
        buf_done(&folded);
    }
    o->n_phrases = s->n_phrases - o->first_phrase;
}

static void fill_ask(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct decision *de = &b->s->decisions[b->id_of[e]];
    uint32_t otherwise = child_of(d, e, EL_OTHERWISE);
    fill_head(b, de, e);
    de->words = (uint16_t)attr_number(d, e, "words", 60);
    role_id other = last_other_speaker(b, e, de->who);
    for (uint32_t k = child_of(d, e, EL_ASK_OPTION); k; k = next_of(d, k)) {
        fill_option(b, k, other);
        fill_phrases(b, &b->s->options[b->id_of[k]], k);
    }
    if (otherwise)
        fill_option(b, otherwise, other);
    else
        b->s->options[de->otherwise.i].first_node = b->s->n_nodes + 1;
    b->s->options[de->otherwise.i].weight = 0;
}

/* ---- composed messages -------------------------------------------------------------------------------------------- */

static void fill_part(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct part *p = &s->parts[b->id_of[e]];
    struct option scratch = {.first_move = s->n_option_moves, .first_points = s->n_points};
    uint32_t n_moves = s->n_option_moves, n_points = s->n_points;
    p->words = build_words(b, d, e);
    p->move = build_move_ref(b, e, "move");
    add_move(s, &scratch, p->move);
    fill_move_points(b, &scratch, e);
    if (scratch.n_points) {
        p->comp = s->points[n_points].comp;
        p->points = s->points[n_points].points;
    }
    s->n_option_moves = n_moves;
    s->n_points = n_points;
}

/* OTHER reacts where the result does not say who does. */
static void fill_result(struct builder *b, uint32_t e, role_id other)
{
    const struct doc *d = &b->doc;
    struct option *o = &b->s->options[b->id_of[e]];
    o->next = build_scene_ref(b, e, "next");
    o->at_least = (int8_t)attr_number(d, e, "at-least", INT8_MIN);
    fill_words(b, o, e);
    if (o->has_reaction && !o->reactor.i)
        o->reactor = other;
    o->first_move = b->s->n_option_moves;
    o->first_points = b->s->n_points;
    build_nodes(b, e, &o->first_node, &o->n_nodes);
}

/* Results are tried in the order written, so only the last may need nothing. */
static void check_results(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    for (uint32_t k = child_of(d, e, EL_RESULT); k; k = next_of(d, k)) {
        bool last = !next_of(d, k), bare = !attr_find(d, k, "at-least");
        if (last != bare)
            report(b, last ? MSG_RESULT_LAST : MSG_RESULT_NEEDS, element_span(d, k), none, none, none);
    }
}

static void fill_compose(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[b->id_of[e]];
    struct text to = attr_text(d, e, "to");
    fill_head(b, de, e);
    de->to = (role_id){map_find(&b->roles, to)};
    if (to.len && !de->to.i)
        report_unknown(b, MSG_ROLE_UNKNOWN, attr_span(d, e, "to"), to, &b->roles);
    for (uint32_t k = child_of(d, e, EL_SLOT); k; k = next_of(d, k)) {
        s->slots[b->id_of[k]].may_be_empty = attr_is(d, k, "may-be-empty", "yes");
        for (uint32_t p = child_of(d, k, EL_PART); p; p = next_of(d, p))
            fill_part(b, p);
    }
    for (uint32_t k = child_of(d, e, EL_RESULT); k; k = next_of(d, k))
        fill_result(b, k, de->to.i ? de->to : last_other_speaker(b, e, de->who));
    check_results(b, e);
}

/* ---- other forms -------------------------------------------------------------------------------------------------- */

/* An answer does what its if-right or if-wrong says.  The nodes are filled in once, so that each text stands once in the
 * table of words, and copied for the other answers, so that each belongs to one option. */
static void fill_answer(struct builder *b, uint32_t e, uint32_t recall, role_id other, struct option *first)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    bool right = attr_is(d, e, "right", "yes");
    struct option *o = &s->options[b->id_of[e]];
    uint32_t branch = child_of(d, recall, right ? EL_IF_RIGHT : EL_IF_WRONG), reaction = branch ? child_of(d, branch, EL_REACTION) : 0;
    o->says = build_words(b, d, e);
    o->right = right;
    o->first_move = s->n_option_moves;
    o->first_points = s->n_points;
    if (right) {
        add_move(s, o, build_move_ref(b, recall, "move"));
        fill_move_points(b, o, recall);
    }
    o->first_node = s->n_nodes + 1;
    if (first) {
        for (uint32_t i = 0; i < first->n_nodes; i++)
            s->nodes[++s->n_nodes] = s->nodes[first->first_node + i];
        o->n_nodes = first->n_nodes;
        o->because = first->because;
        o->has_reaction = first->has_reaction;
        o->reaction = first->reaction;
        o->reaction_manner = first->reaction_manner;
        o->reactor = first->reactor;
        return;
    }
    build_nodes(b, branch, &o->first_node, &o->n_nodes);
    if (right)
        o->because = build_words(b, d, child_of(d, recall, EL_BECAUSE));
    o->has_reaction = reaction != 0;
    o->reaction = build_words(b, d, reaction);
    o->reaction_manner = build_attr_words(b, d, reaction, "manner");
    o->reactor = reaction ? build_role_ref(b, reaction, "who") : (role_id){0};
    if (o->has_reaction && !o->reactor.i)
        o->reactor = other;
}

static void fill_recall(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[b->id_of[e]];
    struct option *first[2] = {NULL, NULL};
    fill_head(b, de, e);
    role_id other = last_other_speaker(b, e, de->who);
    for (uint32_t k = child_of(d, e, EL_ANSWER); k; k = next_of(d, k)) {
        bool right = attr_is(d, k, "right", "yes");
        fill_answer(b, k, e, other, first[right]);
        if (!first[right])
            first[right] = &s->options[b->id_of[k]];
    }
    if (!first[true] || !first[false])
        report(b, MSG_RECALL_RIGHT, element_span(d, e), none, none, none);
}

static void fill_discuss(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct decision *de = &s->decisions[b->id_of[e]];
    de->seconds = (uint16_t)attr_number(d, e, "seconds", 120);
    int groups = word_index("alone pairs threes tables", attr_text(d, e, "groups"));
    de->groups = (uint8_t)(groups < 0 ? 2 : groups + 1);
    de->report = build_words(b, d, child_of(d, e, EL_REPORT));
    de->first_question = s->n_paragraphs;
    for (uint32_t q = child_of(d, e, EL_QUESTION); q; q = next_of(d, q))
        s->paragraphs[s->n_paragraphs++] = build_words(b, d, q);
    de->n_questions = s->n_paragraphs - de->first_question;
    s->options[de->first].first_node = s->n_nodes + 1;
}

static void fill_topics(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct decision *de = &b->s->decisions[b->id_of[e]];
    struct option *leave = &b->s->options[de->first + de->n - 1];
    de->who = build_role_ref(b, e, "who");
    de->room = (uint8_t)(word_index("full quick told", attr_text(d, e, "room")) + 1);
    topics_fill(b, e);
    leave->next = build_scene_ref(b, e, "next");
    if (!leave->next.i)
        leave->next = (scene_id){b->stretches[de->scene.i].then};
}

void fill_decisions(struct builder *b)
{
    const struct doc *d = &b->doc;
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        switch (d->kind[e]) {
        case EL_DECISION:
            fill_decision(b, e);
            break;
        case EL_RECALL:
            fill_recall(b, e);
            break;
        case EL_TOPICS:
            fill_topics(b, e);
            break;
        case EL_DISCUSS:
            fill_discuss(b, e);
            break;
        case EL_ASK:
            fill_ask(b, e);
            break;
        case EL_COMPOSE:
            fill_compose(b, e);
            break;
        default:
            break;
        }
    }
}

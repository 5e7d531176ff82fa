/* decide.c -- playing on until somebody must decide, or the play is over.
 *
 * Nodes are played in document order over the scratch copy; whatever a condition or a script made of them becomes an
 * item at once.  Scenes follow each other in a loop, never by recursion, so a long chain of scenes costs no stack. */
#include "play/decide.h"

#include "play/feed.h"
#include "play/rng.h"

enum { OPTIONS_OFFERED = 26 }; /* as many as the format allows */

struct choices {
    option_id v[OPTIONS_OFFERED];
    uint32_t n;
};

bool role_played(const struct session *se, role_id role)
{
    for (uint32_t i = 0; i < se->params.n_roles; i++)
        if (se->params.roles[i].i == role.i)
            return true;
    return false;
}

bool decide_asks(const struct session *se, const struct decision *d)
{
    return d->form == FORM_DISCUSS || role_played(se, d->who);
}

bool decide_closes(const struct decision *d, uint32_t option, uint32_t offered)
{
    return d->form == FORM_TOPICS && offered == 1 && option == d->first + d->n - 1;
}

/* ---- nodes ---- */

/* The values that the texts of NODE need. */
static __attribute__((noinline)) void show_values(struct step *p, const struct node *node)
{
    if (node->kind != NODE_LESSON) {
        step_values(p, node->words);
        step_values(p, node->manner);
        return;
    }
    const struct lesson *lesson = &p->s->lessons[node->ref];
    step_values(p, lesson->title);
    for (uint32_t i = 0; i < lesson->n_p; i++)
        step_values(p, p->s->paragraphs[lesson->first_p + i]);
}

static void change(struct step *p, const struct node *node)
{
    const struct fact *f = &p->s->facts[node->ref];
    int64_t value = node->value;
    feed_wrote(p, node->add ? NOTE_ADDED : NOTE_SET, node->ref, node->value);
    if (node->add)
        value += state_facts(p->st)[node->ref];
    value = value < f->from ? f->from : value > f->to ? f->to : value;
    if (value != state_facts(p->st)[node->ref])
        step_item(p, ITEM_SET, node->ref, (int32_t)value);
}

void decide_node(struct step *p, const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_LINE:
    case NODE_NARRATION:
    case NODE_NOTE:
    case NODE_LESSON:
        step_item(p, ITEM_SHOW, (uint32_t)(node - p->s->nodes), 0);
        if (!p->s->plain)
            show_values(p, node);
        break;
    case NODE_CHANGE:
        change(p, node);
        break;
    case NODE_DO:
        step_do(p, (code_id){node->ref});
        break;
    case NODE_SCORE:
        if (!p->counts)
            break;
        step_comp_item(p, ITEM_SCORE, (comp_id){node->ref}, (uint32_t)(node - p->s->nodes), node->value);
        p->scored = true;
        step_values(p, node->words);
        break;
    case NODE_DECISION:
    case NODE_GOTO:
        break;
    }
}

/* ---- decisions ---- */

/* What can be chosen now, a bit each. */
static uint32_t available(struct step *p, const struct decision *d)
{
    uint32_t options = 0, n = d->n < OPTIONS_OFFERED ? d->n : OPTIONS_OFFERED;
    for (uint32_t i = 0; i < n; i++) {
        const struct option *o = &p->s->options[d->first + i];
        if (o->once && o->mark) {
            feed_asked(p, NOTE_WHETHER, o->mark);
            if (state_marks(p->s, p->st)[o->mark])
                continue;
        }
        if (d->first + i != d->no_answer.i && (!o->when.i || step_holds(p, o->when)))
            options |= 1u << i;
    }
    return options;
}

static void choices_of(const struct decision *d, uint32_t options, struct choices *c)
{
    for (c->n = 0; options; options &= options - 1)
        c->v[c->n++] = (option_id){d->first + (uint32_t)__builtin_ctz(options)};
}

/* Fisher and Yates, from a stream that hangs on the seed, the decision's name and the turn. */
static void shuffle(const struct step *p, const struct decision *d, struct choices *c)
{
    uint64_t seed = rng_named(p->se->params.seed, scenario_name(p->s, d->name), p->st->turn);
    for (uint32_t i = c->n; i > 1; i--) {
        uint32_t k = rng_below(rng_at(seed, i), i);
        option_id other = c->v[k];
        c->v[k] = c->v[i - 1];
        c->v[i - 1] = other;
    }
}

static void offer_values(struct step *p, const struct decision *d, const struct choices *c)
{
    for (uint32_t f = 1; f <= p->s->n_facts; f++)
        if (p->s->facts[f].shown == SHOWN_ALWAYS)
            step_value(p, (fact_id){f});
    step_values(p, d->prompt);
    step_values(p, d->hint);
    for (uint32_t i = 0; i < c->n; i++) {
        const struct option *o = &p->s->options[c->v[i].i];
        step_values(p, o->says);
        step_values(p, o->manner);
        step_values(p, o->hint);
    }
}

/* The parts of a message, slot by slot, in an order of their own within each. */
static void offer_parts(struct step *p, const struct decision *d)
{
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots; i++) {
        const struct slot *slot = &p->s->slots[i];
        struct choices c = {.n = slot->n < OPTIONS_OFFERED ? slot->n : OPTIONS_OFFERED};
        for (uint32_t k = 0; k < c.n; k++)
            c.v[k] = (option_id){slot->first + k};
        shuffle(p, d, &c);
        for (uint32_t k = 0; k < c.n; k++) {
            step_item(p, ITEM_PART, c.v[k].i, 0);
            step_values(p, p->s->parts[c.v[k].i].words);
        }
    }
}

/* Options in an order of their own, or with values in their texts. */
static __attribute__((noinline)) void offer_options(struct step *p, const struct decision *d, uint32_t options)
{
    struct choices c;
    choices_of(d, options, &c);
    if (d->shuffle)
        shuffle(p, d, &c);
    if (!p->s->plain)
        offer_values(p, d, &c);
    for (uint32_t i = 0; i < c.n && d->form != FORM_COMPOSE; i++)
        step_item(p, ITEM_OPTION, c.v[i].i, 0);
}

static void offer(struct step *p, uint32_t node, uint32_t options)
{
    decision_id id = {p->s->nodes[node].ref};
    const struct decision *d = &p->s->decisions[id.i];
    step_event(p, &(struct event){.kind = EV_OFFERED, .a = id.i, .b = node});
    if (feed_moves(p))
        feed_wrote(p, NOTE_STOOD, 0, 0);
    if ((d->shuffle || !p->s->plain) && !p->se->feed)
        offer_options(p, d, options);
    else if (d->form != FORM_COMPOSE)
        step_options(p, d->first, options);
    if (d->form == FORM_COMPOSE)
        offer_parts(p, d);
    if (d->form == FORM_ASK)
        step_item(p, ITEM_OPTION, d->otherwise.i, 0);
}

/* What the scripts pick, if they do. */
static option_id picked(struct step *p, const struct decision *d, const struct choices *c)
{
    struct text name = {0};
    step_hook(p, "pick", scenario_name(p->s, d->name), &name);
    if (name.len == 0)
        return (option_id){0};
    for (uint32_t i = 0; i < c->n; i++) {
        char whole[OPTION_NAME];
        if (text_eq(name, scenario_name(p->s, p->s->options[c->v[i].i].name)) ||
            text_eq(name, answer_name(p->s, c->v[i], whole)))
            return c->v[i];
    }
    struct err err = {.code = MSG_PICK_UNKNOWN, .args = {name, scenario_name(p->s, d->name)}};
    step_problem(p, &err);
    return (option_id){0};
}

static option_id drawn(struct step *p, const struct choices *c)
{
    uint32_t sum = 0, k = 0, weights[OPTIONS_OFFERED];
    for (uint32_t i = 0; i < c->n; i++)
        sum += weights[i] = p->s->options[c->v[i].i].weight;
    if (sum == 0)
        return (option_id){0};
    if (p->se->feed)
        return c->v[feed_choose(p->se->feed, weights, c->n)];
    uint32_t left = (uint32_t)step_draw(p, sum);
    while (left > weights[k])
        left -= weights[k++];
    return c->v[k];
}

static struct onward stuck(struct step *p, enum stuck why)
{
    step_event(p, &(struct event){.kind = EV_STUCK, .a = why});
    return (struct onward){0};
}

static struct onward engine_answers(struct step *p, option_id o, uint32_t node)
{
    struct event answer = {.kind = EV_CHOSE, .by = BY_ENGINE, .a = o.i, .b = p->s->nodes[node].ref};
    return answer_give(p, &(struct answer){.head = answer}, node);
}

static struct onward message_by_engine(struct step *p, uint32_t node, const struct decision *d)
{
    uint32_t parts[SLOTS_MOST], n = message_draw(p, d, parts);
    struct event head = {.kind = EV_CHOSE, .by = BY_ENGINE, .b = p->s->nodes[node].ref};
    head.a = message_result(p->s, d, parts, n);
    if (!head.a)
        return stuck(p, STUCK_NO_OPTION);
    struct answer answer = {.head = head, .parts = parts, .n_parts = n};
    return answer_give(p, &answer, node);
}

struct onward decide_engine(struct step *p, uint32_t node, uint32_t options)
{
    struct choices c;
    const struct decision *d = &p->s->decisions[p->s->nodes[node].ref];
    if (d->form == FORM_COMPOSE)
        return message_by_engine(p, node, d);
    choices_of(d, options, &c);
    option_id o = picked(p, d, &c);
    if (o.i == 0)
        o = drawn(p, &c);
    return o.i ? engine_answers(p, o, node) : stuck(p, STUCK_NO_OPTION);
}

/* The play comes to a decision. */
static struct onward meet(struct step *p, uint32_t node)
{
    const struct decision *d = &p->s->decisions[p->s->nodes[node].ref];
    struct feed *f = p->se->feed;
    uint32_t options = available(p, d);
    if (f) {
        f->node = node;
        f->options = options;
    }
    if (options == 0)
        return stuck(p, STUCK_NO_OPTION);
    if (decide_closes(d, d->first + (uint32_t)__builtin_ctz(options), (uint32_t)__builtin_popcount(options)))
        return engine_answers(p, (option_id){d->first + d->n - 1}, node);
    if (decide_asks(p->se, d)) {
        offer(p, node, options);
        return (struct onward){0};
    }
    return f ? (struct onward){0} : decide_engine(p, node, options);
}

/* ---- scenes ---- */

void decide_totals(struct step *p)
{
    for (uint32_t c = 1; c <= p->s->rubric.n_comps; c++)
        step_comp_item(p, ITEM_TOTAL, (comp_id){c}, 0, state_totals(p->s, p->st)[c]);
}

static struct onward finish(struct step *p)
{
    const struct scene *ending = &p->s->scenes[p->st->scene];
    step_event(p, &(struct event){.kind = EV_ENDED, .a = p->st->scene});
    step_hook(p, "on_end", scenario_name(p->s, ending->name), NULL);
    step_values(p, ending->recap);
    decide_totals(p);
    return (struct onward){0};
}

/* From NODE to where the present scene is left. */
static struct onward play_nodes(struct step *p, uint32_t node)
{
    const struct scene *sc = &p->s->scenes[p->st->scene];
    for (; node < sc->first_node + sc->n_nodes && !p->full; node++) {
        const struct node *nd = &p->s->nodes[node];
        if (nd->when.i && !step_holds(p, nd->when))
            continue;
        if (nd->kind == NODE_GOTO)
            return (struct onward){.scene = nd->ref};
        if (nd->kind == NODE_DECISION)
            return meet(p, node);
        decide_node(p, nd);
    }
    return sc->outcome == OUTCOME_NONE ? stuck(p, STUCK_NO_WAY) : finish(p);
}

static void enter(struct step *p, struct onward on)
{
    uint32_t node = on.scene ? p->s->scenes[on.scene].first_node : on.node;
    step_event(p, &(struct event){.kind = EV_ENTERED, .a = on.scene, .b = node});
    if (p->s->scenes[on.scene].mark)
        feed_wrote(p, NOTE_MARKED, p->s->scenes[on.scene].mark, 1);
    if (on.scene && feed_moves(p))
        feed_wrote(p, NOTE_MOVED, 0, 1);
    if (on.scene && p->s->scenes[on.scene].outcome == OUTCOME_NONE)
        step_values(p, p->s->scenes[on.scene].recap);
}

void decide_on(struct step *p, struct onward on)
{
    while ((on.scene || on.node) && !p->full) {
        if (on.scene && feed_moves(p))
            feed_asked(p, NOTE_MOVES, 0);
        if (on.scene && p->st->moves >= decide_moves(p->s)) {
            stuck(p, STUCK_MOVES);
            return;
        }
        enter(p, on);
        on = play_nodes(p, p->st->node);
    }
}

void decide_begin(struct step *p)
{
    enter(p, (struct onward){.scene = 1});
    step_hook(p, "on_start", (struct text){0}, NULL);
    decide_on(p, play_nodes(p, p->st->node));
}

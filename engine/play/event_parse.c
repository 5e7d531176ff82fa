/* event_parse.c -- kept events, read back and played again without any script.
 *
 * A kept event is a stranger's text.  It is read into the same step that deciding would fill, names back to ids, each
 * checked against the scenario and against where the play stands.  What follows from the rest (evidence, totals, whether
 * a decision was met before) is not read but made anew; then the event is written once more and must give the bytes it
 * came from.  So a record that was touched, or is of another scenario, is refused, and nothing is left of it. */
#include "play/event_parse.h"

#include "play/decide.h"
#include "play/event_names.h"
#include "play/rng.h"
#include "play/vote.h"

#include "base/arena.h"
#include "base/json.h"
#include "base/version.h"

#include <string.h>

/* One event while it is read. */
struct scan {
    struct step *p;
    const struct scenario *s;
    const struct json_value *v; /* the object */
    struct err *err;
    struct arena *arena;        /* for what an err says */
};

/* ---- what does not fit ---- */

static bool wrong(struct scan *r, enum msg code, struct text what)
{
    struct buf n = {0};
    buf_int(&n, r->p->first);
    err_set(r->err, code, (struct span){0}, text_keep(r->arena, what), text_keep(r->arena, buf_view(&n)));
    buf_done(&n);
    return false;
}

static bool bad_field(struct scan *r, const char *field)
{
    return wrong(r, MSG_EVENT_FIELD, text_of(field));
}

static bool bad_order(struct scan *r)
{
    struct text kind = {0};
    json_get_text(r->v, "e", &kind);
    return wrong(r, MSG_EVENT_ORDER, kind);
}

/* ---- names ---- */

static bool name_of(struct scan *r, const struct json_value *object, const char *key, struct text *out)
{
    if (!json_get_text(object, key, out) || out->len == 0)
        return bad_field(r, key);
    return true;
}

static bool scene_named(struct scan *r, const struct json_value *object, const char *key, uint32_t *out)
{
    struct text name;
    if (!name_of(r, object, key, &name))
        return false;
    *out = scenario_scene(r->s, name).i;
    return *out || wrong(r, MSG_EVENT_NAME, name);
}

static bool fact_named(struct scan *r, struct text name, uint32_t *out)
{
    *out = scenario_fact(r->s, name).i;
    return *out || wrong(r, MSG_EVENT_NAME, name);
}

static bool comp_named(struct scan *r, const struct json_value *object, const char *key, comp_id *out)
{
    struct text name;
    if (!name_of(r, object, key, &name))
        return false;
    *out = scenario_comp(r->s, name);
    return out->i || wrong(r, MSG_EVENT_NAME, name);
}

static bool decision_named(struct scan *r, uint32_t *out)
{
    struct text name;
    if (!name_of(r, r->v, "decision", &name))
        return false;
    *out = scenario_decision(r->s, name).i;
    return *out || wrong(r, MSG_EVENT_NAME, name);
}

static bool option_named(struct scan *r, const struct decision *d, struct text name, uint32_t *out)
{
    for (*out = d->first; *out < d->first + d->n; ++*out)
        if (*out != d->no_answer.i && text_eq(scenario_name(r->s, r->s->options[*out].name), name))
            return true;
    if (d->otherwise.i && text_is(name, "otherwise")) {
        *out = d->otherwise.i;
        return true;
    }
    return wrong(r, MSG_EVENT_NAME, name);
}

static uint8_t kind_of(const char *const *names, size_t n, struct text name)
{
    for (size_t i = 0; i < n; i++)
        if (names[i] && text_is(name, names[i]))
            return (uint8_t)i;
    return 0;
}
#define KIND_OF(names, name) kind_of((names), sizeof(names) / sizeof *(names), (name))

/* A value of fact FACT as it is written. */
static bool value_of(struct scan *r, uint32_t fact, const struct json_value *v, int32_t *out)
{
    const struct fact *f = &r->s->facts[fact];
    if (v && v->kind == JSON_IS_BOOL && f->kind == FACT_FLAG) {
        *out = v->truth;
        return true;
    }
    if (v && v->kind == JSON_IS_TEXT && f->kind == FACT_ONE_OF)
        for (*out = f->from; *out <= f->to; ++*out)
            if (text_eq(scenario_name(r->s, r->s->values[f->values + (uint32_t)*out]), json_text(v)))
                return true;
    if (v && v->kind == JSON_IS_INT && (f->kind == FACT_GAUGE || f->kind == FACT_COUNTER) && v->number >= f->from &&
        v->number <= f->to) {
        *out = (int32_t)v->number;
        return true;
    }
    return wrong(r, MSG_EVENT_FIELD, scenario_name(r->s, f->name));
}

/* ---- items ---- */

static bool is_shown(uint8_t kind)
{
    return kind == NODE_LINE || kind == NODE_NARRATION || kind == NODE_NOTE || kind == NODE_LESSON;
}

/* The node that KEY names: of the open event's scene or option. */
static bool node_named(struct scan *r, const struct json_value *item, const char *key, uint32_t *out)
{
    const struct event *e = step_head(r->p);
    uint32_t first = 0, n = 0;
    struct text name;
    if (e->kind == EV_ENTERED) {
        first = r->s->scenes[r->p->st->scene].first_node;
        n = r->s->scenes[r->p->st->scene].n_nodes;
    } else if (e->kind == EV_CHOSE) {
        first = r->s->options[e->a].first_node;
        n = r->s->options[e->a].n_nodes;
    }
    if (!name_of(r, item, key, &name))
        return false;
    *out = scenario_node(r->s, name).i;
    return (*out >= first && *out - first < n) || wrong(r, MSG_EVENT_NAME, name);
}

static bool show(struct scan *r, const struct json_value *item)
{
    uint32_t node;
    if (!node_named(r, item, "show", &node))
        return false;
    if (!is_shown(r->s->nodes[node].kind))
        return bad_field(r, "show");
    step_item(r->p, ITEM_SHOW, node, 0);
    return true;
}

static bool fact_item(struct scan *r, const struct json_value *item, enum item_kind kind, const char *key,
                      const char *what)
{
    struct text name;
    uint32_t fact;
    int32_t value;
    if (!name_of(r, item, key, &name) || !fact_named(r, name, &fact) ||
        !value_of(r, fact, json_find(item, what), &value))
        return false;
    step_item(r->p, kind, fact, value);
    return true;
}

static bool score(struct scan *r, const struct json_value *item)
{
    comp_id c;
    int64_t points;
    uint32_t node;
    struct text why = {0};
    if (!comp_named(r, item, "score", &c))
        return false;
    if (step_head(r->p)->kind != EV_CHOSE || step_head(r->p)->by == BY_ENGINE ||
        !json_get_int(item, "points", POINTS_MIN, POINTS_MAX, &points))
        return bad_field(r, "points");
    if (!json_find(item, "at")) {
        json_get_text(item, "why", &why);
        return step_score(r->p, c, (int32_t)points, why, r->err);
    }
    if (!node_named(r, item, "at", &node))
        return false;
    const struct node *nd = &r->s->nodes[node];
    if (nd->kind != NODE_SCORE || nd->ref != c.i || nd->value != points)
        return bad_field(r, "at");
    step_comp_item(r->p, ITEM_SCORE, c, node, (int32_t)points);
    return true;
}

static bool go(struct scan *r, const struct json_value *item)
{
    uint32_t scene;
    if (!scene_named(r, item, "go", &scene))
        return false;
    if (step_head(r->p)->kind != EV_CHOSE)
        return bad_field(r, "go");
    step_item(r->p, ITEM_GO, scene, 0);
    return true;
}

static bool draw(struct scan *r, const struct json_value *item)
{
    int64_t of, value;
    if (!json_get_int(item, "of", 1, INT32_MAX, &of) || !json_get_int(item, "draw", 1, of, &value))
        return bad_field(r, "draw");
    return step_draw(r->p, (uint32_t)of) == value || bad_field(r, "draw");
}

static bool place(const struct json_value *v, struct span *out)
{
    uint32_t *to[] = {&out->file, &out->from, &out->to};
    if (v->kind != JSON_IS_ARRAY || v->n != 3)
        return false;
    for (uint32_t i = 0; i < 3; i++) {
        if (v->items[i].kind != JSON_IS_INT || v->items[i].number < 0 || v->items[i].number > UINT32_MAX)
            return false;
        *to[i] = (uint32_t)v->items[i].number;
    }
    return true;
}

static bool problem(struct scan *r, const struct json_value *item)
{
    struct err err = {0};
    struct text name;
    const struct json_value *at = json_find(item, "place"), *args = json_get_array(item, "args");
    if (!name_of(r, item, "problem", &name))
        return false;
    err.code = msg_find(name);
    if (err.code == MSG_NONE || (at && !place(at, &err.at)) || (args && args->n > ERR_ARGS))
        return bad_field(r, "problem");
    for (uint32_t i = 0; args && i < args->n; i++)
        err.args[i] = json_text(&args->items[i]);
    step_problem(r->p, &err);
    return true;
}

static bool read_item(struct scan *r, const struct json_value *item)
{
    if (json_find(item, "show"))
        return show(r, item);
    if (json_find(item, "set"))
        return fact_item(r, item, ITEM_SET, "set", "to");
    if (json_find(item, "value"))
        return fact_item(r, item, ITEM_VALUE, "value", "is");
    if (json_find(item, "score"))
        return score(r, item);
    if (json_find(item, "go"))
        return go(r, item);
    if (json_find(item, "draw"))
        return draw(r, item);
    if (json_find(item, "problem"))
        return problem(r, item);
    return bad_field(r, "items");
}

static bool read_items(struct scan *r)
{
    const struct json_value *items = json_get_array(r->v, "items");
    for (uint32_t i = 0; items && i < items->n; i++) {
        r->p->script_log = r->p->se->log_len;
        r->p->script_texts = r->p->se->texts.len;
        if (!read_item(r, &items->items[i]))
            return false;
    }
    return true;
}

/* ---- where the play stands ---- */

/* The event before this one that moved the story. */
static const struct event *before(const struct scan *r)
{
    uint32_t n = r->p->first;
    const struct event *e;
    do
        e = session_event(r->p->se, --n);
    while (n && (e->kind == EV_NOTED || e->kind == EV_LANGUAGE || e->kind == EV_PROPOSED));
    return e;
}

/* The node at which the scene now played comes to REF, 0 where it never does. */
static uint32_t node_in_scene(const struct scan *r, enum node_kind kind, uint32_t ref)
{
    const struct scene *sc = &r->s->scenes[r->p->st->scene];
    for (uint32_t i = sc->first_node; i < sc->first_node + sc->n_nodes; i++)
        if (r->s->nodes[i].kind == kind && r->s->nodes[i].ref == ref)
            return i;
    return 0;
}

/* Whether a scene is being played, so that it may go somewhere. */
static bool is_playing(const struct scan *r)
{
    return r->p->st->phase == PHASE_RUN && r->p->st->scene && before(r)->kind == EV_ENTERED;
}

/* Whether the play, where it stands, may go to TO. */
static bool may_enter(const struct scan *r, struct onward to)
{
    const struct event *last = before(r);
    if (r->p->st->phase != PHASE_RUN)
        return false;
    if (r->p->st->scene == 0)
        return to.scene == 1;
    if (to.scene && r->p->st->moves >= decide_moves(r->s))
        return false;
    if (last->kind == EV_ENTERED)
        return to.scene && node_in_scene(r, NODE_GOTO, to.scene);
    if (last->kind != EV_CHOSE)
        return false;
    struct onward on = answer_leads(r->s, last, node_in_scene(r, NODE_DECISION, last->b));
    return on.scene == to.scene && (on.scene || to.node == on.node);
}

/* ---- events ---- */

static bool entered(struct scan *r)
{
    struct onward to = {0};
    bool on = false;
    json_get_bool(r->v, "on", &on);
    if (on)
        to.node = node_in_scene(r, NODE_DECISION, r->p->st->decision) + 1;
    else if (!scene_named(r, r->v, "scene", &to.scene))
        return false;
    if ((on && !r->p->st->decision) || !may_enter(r, to))
        return bad_order(r);
    uint32_t node = on ? to.node : r->s->scenes[to.scene].first_node;
    step_event(r->p, &(struct event){.kind = EV_ENTERED, .a = to.scene, .b = node});
    return read_items(r);
}

static bool offered_values(struct scan *r)
{
    const struct json_value *values = json_get_object(r->v, "values");
    for (uint32_t i = 0; values && i < values->n; i++) {
        uint32_t fact;
        int32_t value;
        if (!fact_named(r, values->items[i].key, &fact) || !value_of(r, fact, &values->items[i], &value))
            return false;
        step_item(r->p, ITEM_VALUE, fact, value);
    }
    return true;
}

/* The options named under "options", LEAST to MOST of them, each once, recorded as items. */
static bool read_options(struct scan *r, const struct decision *d, uint32_t least, uint32_t most)
{
    const struct json_value *options = json_get_array(r->v, "options");
    if (!options || options->n < least || options->n > most)
        return bad_field(r, "options");
    for (uint32_t i = 0; i < options->n; i++) {
        uint32_t o;
        if (!option_named(r, d, json_text(&options->items[i]), &o))
            return false;
        for (uint32_t k = 0; k < step_head(r->p)->n; k++)
            if (event_items(step_head(r->p))[k].kind == ITEM_OPTION && event_items(step_head(r->p))[k].ref == o)
                return bad_field(r, "options");
        step_item(r->p, ITEM_OPTION, o, 0);
    }
    return true;
}

/* The parts named under "parts", recorded as items of KIND.  Each stands once. */
static bool read_parts(struct scan *r, const struct decision *d, enum item_kind kind, int32_t value)
{
    const struct json_value *parts = json_get_array(r->v, "parts");
    for (uint32_t i = 0; parts && i < parts->n; i++) {
        uint32_t part = part_named(r->s, d, json_text(&parts->items[i]));
        if (!part)
            return wrong(r, MSG_EVENT_NAME, json_text(&parts->items[i]));
        for (uint32_t k = 0; k < step_head(r->p)->n; k++)
            if (event_items(step_head(r->p))[k].kind == kind && event_items(step_head(r->p))[k].ref == part)
                return bad_field(r, "parts");
        step_item(r->p, kind, part, value);
    }
    return true;
}

/* Every part of D, in whatever order. */
static bool offered_parts(struct scan *r, const struct decision *d)
{
    uint32_t all = 0, n = 0;
    if (!read_parts(r, d, ITEM_PART, 0))
        return false;
    for (uint32_t i = 0; i < d->n_slots; i++)
        all += r->s->slots[d->first_slot + i].n;
    for (uint32_t k = 0; k < step_head(r->p)->n; k++)
        n += event_items(step_head(r->p))[k].kind == ITEM_PART;
    return n == all || bad_field(r, "parts");
}

/* The message taken must be one, and come to the result that is named. */
static bool taken_parts(struct scan *r, const struct event *head)
{
    const struct decision *d = &r->s->decisions[head->b];
    uint32_t parts[SLOTS_MOST], n = 0;
    if (d->form != FORM_COMPOSE)
        return true;
    if (!read_parts(r, d, ITEM_TAKEN, head->by == BY_ENGINE))
        return false;
    for (uint32_t k = 0; k < step_head(r->p)->n && n < SLOTS_MOST; k++)
        if (event_items(step_head(r->p))[k].kind == ITEM_TAKEN)
            parts[n++] = event_items(step_head(r->p))[k].ref;
    return (parts_fit(r->s, d, parts, n) && message_result(r->s, d, parts, n) == head->a) || bad_field(r, "parts");
}

static bool offered(struct scan *r)
{
    uint32_t d;
    if (!decision_named(r, &d))
        return false;
    uint32_t node = node_in_scene(r, NODE_DECISION, d);
    if (!is_playing(r) || !node || !decide_asks(r->p->se, &r->s->decisions[d]))
        return bad_order(r);
    step_event(r->p, &(struct event){.kind = EV_OFFERED, .a = d, .b = node});
    if (!offered_values(r))
        return false;
    return r->s->decisions[d].form == FORM_COMPOSE ? offered_parts(r, &r->s->decisions[d])
                                                   : read_options(r, &r->s->decisions[d], 1,
                                                                  r->s->decisions[d].n + (r->s->decisions[d].form == FORM_ASK));
}

/* Own words, empty where they were withheld from whoever has this record. */
static bool own_words(struct scan *r, struct text *out)
{
    bool withheld = false;
    json_get_text(r->v, "text", out);
    json_get_bool(r->v, "withheld", &withheld);
    return (withheld && !json_find(r->v, "text")) || note_fits(*out) || bad_field(r, "text");
}

/* What phrases proposed is read, not found once more: another version may find other things. */
static bool proposed(struct scan *r)
{
    struct text text = {0};
    uint32_t d;
    if (!decision_named(r, &d))
        return false;
    if (r->p->st->phase != PHASE_ASK || r->p->st->decision != d || !form_written(r->s->decisions[d].form))
        return bad_order(r);
    if (!own_words(r, &text))
        return false;
    step_event(r->p, &(struct event){.kind = EV_PROPOSED, .a = d});
    step_text(r->p, ITEM_TEXT, text);
    if (!read_options(r, &r->s->decisions[d], 0, PROPOSALS))
        return false;
    for (uint32_t i = 0; i < step_head(r->p)->n; i++)
        if (event_items(step_head(r->p))[i].kind == ITEM_OPTION &&
            !option_offered(r->p->se, (option_id){event_items(step_head(r->p))[i].ref}))
            return bad_field(r, "options");
    return true;
}

/* A room's votes: what they come to is found anew, like everything that follows from the rest. */
static bool votes(struct scan *r, const struct decision *d)
{
    struct item rows[VOTE_ROWS];
    uint32_t n = 0;
    if (!vote_read(r->s, d, r->v, rows, &n) || (n && step_head(r->p)->by != BY_ROOM) || !vote_fits(r->p->se, d, rows, n))
        return bad_field(r, json_find(r->v, "vote") ? "vote" : "tally");
    vote_record(r->p, rows, n);
    return true;
}

/* Which option was taken, into HEAD; and whether it could be. */
static bool taken(struct scan *r, struct event *head)
{
    const struct decision *d = &r->s->decisions[head->b];
    struct text name = {0};
    bool asked = r->p->st->phase == PHASE_ASK && r->p->st->decision == head->b;
    if (head->by == BY_NOBODY) {
        head->a = d->no_answer.i;
        return (asked && head->a) || bad_order(r);
    }
    if (!name_of(r, r->v, "option", &name) || !option_named(r, d, name, &head->a))
        return false;
    if (head->by == BY_ENGINE)
        return (is_playing(r) && (!decide_asks(r->p->se, d) || decide_closes(d, head->a, 1)) &&
                node_in_scene(r, NODE_DECISION, head->b)) ||
               bad_order(r);
    return (asked && (d->form == FORM_COMPOSE || option_offered(r->p->se, (option_id){head->a}))) || bad_order(r);
}

static bool chose(struct scan *r)
{
    struct event head = {.kind = EV_CHOSE};
    struct text by = {0};
    int64_t ms = 0;
    json_get_text(r->v, "by", &by);
    head.by = KIND_OF(CHOOSER_NAMES, by);
    if (!head.by)
        return bad_field(r, "by");
    if (head.by != BY_ENGINE && !json_get_int(r->v, "ms", 0, UINT32_MAX, &ms))
        return bad_field(r, "ms");
    head.ms = (uint32_t)ms;
    if (!decision_named(r, &head.b) || !taken(r, &head))
        return false;
    head.again = head.by != BY_ENGINE && form_graded(r->s->decisions[head.b].form) && session_met(r->p->se, r->p->st, (decision_id){head.b});
    head.self = answer_self(r->p->se, &head);
    step_event(r->p, &head);
    r->p->answering = r->p->counts = r->p->scored = true;
    if (!taken_parts(r, &head) || !votes(r, &r->s->decisions[head.b]) || !read_items(r))
        return false;
    answer_evidence(r->p);
    return true;
}

static bool noted(struct scan *r)
{
    struct text text = {0};
    if (!own_words(r, &text))
        return false;
    step_event(r->p, &(struct event){.kind = EV_NOTED});
    step_text(r->p, ITEM_TEXT, text);
    return true;
}

/* The language with exactly this tag; n_languages where there is none. */
static uint32_t language_of(const struct scenario *s, struct text tag)
{
    uint32_t i = 0;
    while (i < s->n_languages && !text_eq(s->languages[i].tag, tag))
        i++;
    return i;
}

static bool language(struct scan *r)
{
    struct text tag = {0};
    json_get_text(r->v, "lang", &tag);
    uint32_t lang = language_of(r->s, tag);
    if (lang == r->s->n_languages)
        return bad_field(r, "lang");
    step_event(r->p, &(struct event){.kind = EV_LANGUAGE, .a = lang});
    return true;
}

static bool rewound(struct scan *r)
{
    int64_t to;
    if (!json_get_int(r->v, "to", 1, (int64_t)r->p->first - 1, &to))
        return bad_field(r, "to");
    if (!session_back(r->p->se, (uint32_t)to, NULL))
        return bad_order(r);
    step_event(r->p, &(struct event){.kind = EV_REWOUND, .a = (uint32_t)to});
    session_fold_back(r->p->se, r->p->st, (uint32_t)to);
    return true;
}

static bool ended(struct scan *r)
{
    if (!is_playing(r) || r->s->scenes[r->p->st->scene].outcome == OUTCOME_NONE)
        return bad_order(r);
    step_event(r->p, &(struct event){.kind = EV_ENDED, .a = r->p->st->scene});
    if (!read_items(r))
        return false;
    decide_totals(r->p);
    return true;
}

static bool stuck(struct scan *r)
{
    struct text why = {0};
    json_get_text(r->v, "why", &why);
    uint32_t kind = KIND_OF(STUCK_NAMES, why);
    if (!kind)
        return bad_field(r, "why");
    bool moved = kind == STUCK_MOVES && r->p->st->phase == PHASE_RUN && r->p->st->moves >= decide_moves(r->s);
    if (kind == STUCK_MOVES ? !moved : !is_playing(r))
        return bad_order(r);
    step_event(r->p, &(struct event){.kind = EV_STUCK, .a = kind});
    return true;
}

static bool read_event(struct scan *r)
{
    struct text name = {0};
    json_get_text(r->v, "e", &name);
    switch ((enum event_kind)KIND_OF(EVENT_NAMES, name)) {
    case EV_ENTERED:
        return entered(r);
    case EV_OFFERED:
        return offered(r);
    case EV_CHOSE:
        return chose(r);
    case EV_NOTED:
        return noted(r);
    case EV_LANGUAGE:
        return language(r);
    case EV_REWOUND:
        return rewound(r);
    case EV_ENDED:
        return ended(r);
    case EV_STUCK:
        return stuck(r);
    case EV_PROPOSED:
        return proposed(r);
    case EV_BEGAN:
        return bad_order(r);
    }
    return bad_field(r, "e");
}

/* Whether event N, written anew, gives TEXT. */
static bool same_bytes(const struct session *se, uint32_t n, struct text text, size_t *differ)
{
    struct buf again = {0};
    event_json(se, n, &again);
    *differ = 0;
    while (*differ < again.len && *differ < text.len && again.at[*differ] == text.at[*differ])
        ++*differ;
    bool same = *differ == again.len && *differ == text.len;
    buf_done(&again);
    return same;
}

static bool bad_form(struct scan *r, size_t differ)
{
    struct buf at = {0};
    buf_int(&at, (int64_t)differ);
    wrong(r, MSG_EVENT_FORM, buf_view(&at));
    buf_done(&at);
    return false;
}

bool event_parse(struct step *p, struct text json, struct arena *a, struct err *err)
{
    struct scan r = {.p = p, .s = p->s, .err = err, .arena = a};
    size_t differ;
    r.v = json_parse(a, json);
    if (!r.v || r.v->kind != JSON_IS_OBJECT) {
        struct buf n = {0};
        buf_int(&n, p->first);
        err_set(err, MSG_EVENT_SYNTAX, (struct span){0}, text_keep(a, buf_view(&n)), (struct text){0});
        buf_done(&n);
        return false;
    }
    if (!read_event(&r))
        return false;
    step_head(p);
    return same_bytes(p->se, p->first, json, &differ) || bad_form(&r, differ);
}

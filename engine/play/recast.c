/* recast.c -- old answers, today's names.
 *
 * Events keep their numbers: what cannot be carried over becomes a note, which nobody grades.  A score that the scenario
 * gave on a condition counts with today's points, since its condition held; what a script gave counts as it did then,
 * since no script runs here. */
#include "play/recast.h"

#include "base/json.h"
#include "play/decide.h"
#include "play/event_names.h"

#include <stdlib.h>

struct reading {
    const struct scenario *s;
    struct session *se;
    struct recast *r;
    const struct json_value *v;
    uint32_t decision;     /* of the last offer that could be carried over */
    bool open;             /* it stands behind no other offer */
};

/* ---- writing ---- */

static void *push(struct session *se, size_t size)
{
    while (se->log_cap - se->log_len < size)
        session_grow(se);
    void *at = se->log + se->log_len;
    se->log_len += size;
    return at;
}

static void put_event(struct session *se, struct event head)
{
    array_room(se->at, se->n_events, se->cap_events);
    se->at[se->n_events++] = (uint32_t)se->log_len;
    *(struct event *)push(se, sizeof head) = head;
}

static void put_item(struct session *se, struct item item)
{
    *(struct item *)push(se, sizeof item) = item;
    ((struct event *)(void *)(se->log + se->at[se->n_events - 1]))->n++;
}

/* ---- names ---- */

static option_id option_named(const struct reading *rd, uint32_t decision, struct text name)
{
    const struct decision *d = &rd->s->decisions[decision];
    for (uint32_t i = d->first; i < d->first + d->n; i++)
        if (text_eq(scenario_name(rd->s, rd->s->options[i].name), name))
            return (option_id){i};
    if (d->otherwise.i && text_eq(scenario_name(rd->s, rd->s->options[d->otherwise.i].name), name))
        return d->otherwise;
    return (option_id){0};
}

static struct text field(const struct reading *rd, const char *name)
{
    struct text t = {0};
    json_get_text(rd->v, name, &t);
    return t;
}

static uint32_t decision_named(const struct reading *rd) { return scenario_decision(rd->s, field(rd, "decision")).i; }

/* ---- events ---- */

static void carry_parts(struct reading *rd, uint32_t decision, enum item_kind kind)
{
    const struct json_value *parts = json_get_array(rd->v, "parts");
    for (uint32_t i = 0; parts && i < parts->n; i++) {
        uint32_t part = part_named(rd->s, &rd->s->decisions[decision], json_text(&parts->items[i]));
        if (part)
            put_item(rd->se, (struct item){.kind = (uint8_t)kind, .ref = part});
    }
}

static void carry_offer(struct reading *rd)
{
    uint32_t d = decision_named(rd);
    const struct json_value *options = json_get_array(rd->v, "options");
    bool composed = d && rd->s->decisions[d].form == FORM_COMPOSE;
    rd->open = d && composed == (options == NULL); /* a message that is a choice now cannot be compared */
    rd->decision = d;
    put_event(rd->se, (struct event){.kind = rd->open ? EV_OFFERED : EV_NOTED, .a = d});
    if (rd->open && composed)
        carry_parts(rd, d, ITEM_PART);
    for (uint32_t i = 0; rd->open && options && i < options->n; i++) {
        option_id o = option_named(rd, d, json_text(&options->items[i]));
        if (o.i)
            put_item(rd->se, (struct item){.kind = ITEM_OPTION, .ref = o.i});
    }
}

static void carry_scores(struct reading *rd)
{
    const struct json_value *items = json_get_array(rd->v, "items");
    for (uint32_t i = 0; items && i < items->n; i++) {
        struct text name = {0}, at = {0};
        int64_t points = 0;
        if (!json_get_text(&items->items[i], "score", &name) ||
            !json_get_int(&items->items[i], "points", POINTS_MIN, POINTS_MAX, &points))
            continue;
        comp_id c = scenario_comp(rd->s, name);
        node_id node = {0};
        if (json_get_text(&items->items[i], "at", &at)) {
            node = scenario_node(rd->s, at);
            if (!node.i || rd->s->nodes[node.i].kind != NODE_SCORE)
                continue; /* the scenario does not give it any more */
            c = (comp_id){rd->s->nodes[node.i].ref};
            points = rd->s->nodes[node.i].value;
        }
        if (c.i)
            put_item(rd->se, (struct item){.kind = ITEM_SCORE, .comp = (uint16_t)c.i, .ref = node.i, .value = (int32_t)points});
    }
}

/* Which result today's scenario has for the parts that were carried over. */
static void settle_message(struct reading *rd, uint32_t d)
{
    struct event *e = (struct event *)(void *)(rd->se->log + rd->se->at[rd->se->n_events - 1]);
    uint32_t parts[SLOTS_MOST], n = 0;
    for (uint32_t i = 0; i < e->n && n < SLOTS_MOST; i++)
        if (event_items(e)[i].kind == ITEM_TAKEN)
            parts[n++] = event_items(e)[i].ref;
    e->a = message_result(rd->s, &rd->s->decisions[d], parts, n);
}

static void add_turn(struct reading *rd, enum recast_fate fate)
{
    struct recast *r = rd->r;
    const struct json_value *was = json_get_object(rd->v, "evidence");
    array_room(r->turns, r->n_turns, r->cap_turns);
    struct recast_turn *t = &r->turns[r->n_turns++];
    *t = (struct recast_turn){.event = rd->se->n_events, .fate = fate, .decision = field(rd, "decision"), .option = field(rd, "option")};
    t->was = arena_array(&r->arena, struct recast_points, was ? was->n + 1 : 1);
    for (uint32_t i = 0; was && i < was->n; i++)
        if (was->items[i].kind == JSON_IS_INT && was->items[i].number >= -100 && was->items[i].number <= 100)
            t->was[t->n_was++] = (struct recast_points){was->items[i].key, (int)was->items[i].number};
}

static uint8_t chooser_of(struct text name)
{
    for (uint8_t i = BY_TRAINEE; i <= BY_NOBODY; i++)
        if (text_is(name, CHOOSER_NAMES[i]))
            return i;
    return BY_ENGINE;
}

static void carry_answer(struct reading *rd)
{
    struct event e = {.kind = EV_CHOSE, .by = chooser_of(field(rd, "by")), .b = decision_named(rd)};
    bool composed = e.b && rd->s->decisions[e.b].form == FORM_COMPOSE;
    json_get_bool(rd->v, "again", &e.again);
    json_get_bool(rd->v, "self", &e.self);
    bool first = e.by != BY_ENGINE && !e.again;
    bool asked = rd->open && rd->decision == e.b;
    if (asked && e.by != BY_NOBODY && !composed)
        e.a = option_named(rd, e.b, field(rd, "option")).i;
    if (asked && e.by == BY_NOBODY)
        e.a = rd->s->decisions[e.b].no_answer.i;
    enum recast_fate fate = !asked ? RECAST_NO_DECISION : e.a || composed || e.by == BY_NOBODY ? RECAST_STANDS : RECAST_NO_OPTION;
    if (first)
        add_turn(rd, fate);
    if (!first || fate != RECAST_STANDS) {
        put_event(rd->se, (struct event){.kind = EV_NOTED});
        return;
    }
    put_event(rd->se, e);
    if (composed)
        carry_parts(rd, e.b, ITEM_TAKEN);
    carry_scores(rd);
    if (composed)
        settle_message(rd, e.b);
}

/* Back at a decision: what it offered is open again. */
static void carry_back(struct reading *rd)
{
    int64_t to = 0;
    bool fits = json_get_int(rd->v, "to", 1, (int64_t)rd->se->n_events - 1, &to);
    const struct event *e = fits ? session_event(rd->se, (uint32_t)to) : NULL;
    rd->open = e && e->kind == EV_OFFERED;
    rd->decision = rd->open ? e->a : 0;
    put_event(rd->se, (struct event){.kind = rd->open ? EV_REWOUND : EV_NOTED, .a = (uint32_t)to});
}

static void carry_event(struct reading *rd)
{
    struct text kind = field(rd, "e");
    if (text_is(kind, EVENT_NAMES[EV_OFFERED]))
        carry_offer(rd);
    else if (text_is(kind, EVENT_NAMES[EV_CHOSE]))
        carry_answer(rd);
    else if (text_is(kind, EVENT_NAMES[EV_REWOUND]))
        carry_back(rd);
    else
        put_event(rd->se, (struct event){.kind = EV_NOTED});
}

/* ---- all of it ---- */

static bool carry_began(struct reading *rd, struct err *err)
{
    struct session_params params = {0};
    const struct json_value *roles = json_get_array(rd->v, "roles");
    if (!text_is(field(rd, "e"), EVENT_NAMES[EV_BEGAN]))
        return err_set(err, MSG_EVENT_SYNTAX, (struct span){0}, TEXT("0"), (struct text){0});
    if (!text_eq(field(rd, "scenario"), scenario_name(rd->s, rd->s->id)))
        return err_set(err, MSG_EVENT_SCENARIO, (struct span){0}, field(rd, "scenario"), (struct text){0});
    for (uint32_t i = 0; roles && i < roles->n && i < ROLES_PLAYED; i++) {
        params.roles[i] = scenario_role(rd->s, json_text(&roles->items[i]));
        if (!params.roles[i].i)
            return err_set(err, MSG_EVENT_NAME, (struct span){0}, json_text(&roles->items[i]), TEXT("0"));
        params.n_roles++;
    }
    if (!session_params_check(rd->s, &params, err))
        return false;
    rd->r->version = field(rd, "version");
    rd->r->digest = field(rd, "digest");
    rd->r->session = rd->se = session_new(rd->s, NULL, &params);
    return true;
}

static bool bad_line(struct reading *rd, uint32_t n, struct err *err)
{
    struct buf b = {0};
    buf_int(&b, n);
    err_set(err, MSG_EVENT_SYNTAX, (struct span){0}, text_keep(&rd->r->arena, buf_view(&b)), (struct text){0});
    buf_done(&b);
    return false;
}

bool session_recast(const struct scenario *s, struct text events, struct recast *r, struct err *err)
{
    struct reading rd = {.s = s, .r = r};
    uint32_t n = 0;
    *r = (struct recast){0};
    for (struct text line; text_split(&events, '\n', &line); n++) {
        rd.v = json_parse(&r->arena, line);
        if (!rd.v || rd.v->kind != JSON_IS_OBJECT)
            return bad_line(&rd, n, err);
        if (n > 0)
            carry_event(&rd);
        else if (!carry_began(&rd, err))
            return false;
    }
    return n > 0 || bad_line(&rd, 0, err);
}

void recast_done(struct recast *r)
{
    session_free(r->session);
    free(r->turns);
    arena_done(&r->arena);
    *r = (struct recast){0};
}

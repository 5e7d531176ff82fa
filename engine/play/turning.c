/* turning.c -- plays again with one answer changed, and keeps the answers that made the ending.
 *
 * Everything goes through the session, so a replay is a play: scripts run, chances are those of the same seed.  The play
 * itself is played again first; where that does not come to its own ending, nothing else would mean anything. */
#include "play/turning.h"

#include "play/output.h"

#include <stdlib.h>

enum { STEPS_A_REPLAY = 400 };

/* One answer on the road. */
struct given {
    uint32_t event;
    uint32_t decision, option;
    bool in_time;
    uint32_t *parts;       /* of a message */
    uint32_t n_parts;
    int32_t here;          /* its own evidence, in the focus */
    struct turning_other *others;
    uint32_t n_others;
};

struct turning_search {
    const struct scenario *s;
    const struct scorer *scorer;
    struct session_params params;
    struct arena arena;
    struct given *v;
    uint32_t n;
    scene_id ending;
    int32_t total;         /* of the play, played again */
    bool based;            /* it was, and came to its own ending */
    uint32_t at, other;    /* to be tried next */
    uint32_t replays, of;
    bool done;
    struct turning_result result;
};

/* ---- what was answered ---- */

/* A chair without a focus, which no loaded scenario has, counts all. */
static bool in_focus(const struct turning_search *t, uint32_t comp)
{
    role_id role = t->params.roles[0];
    return t->s->roles[role.i].n_focus == 0 || scenario_grades(t->s, role, (comp_id){comp});
}

static uint32_t count_items(const struct event *e, enum item_kind kind)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n; i++)
        n += event_items(e)[i].kind == kind;
    return n;
}

static bool is_offered(const struct event *offered, uint32_t option)
{
    for (uint32_t i = 0; i < offered->n; i++)
        if (event_items(offered)[i].kind == ITEM_OPTION && event_items(offered)[i].ref == option)
            return true;
    return false;
}

/* The options of OFFERED, in the scenario's order, besides the one that was taken and own words that fit none. */
static void keep_others(struct turning_search *t, struct given *g, const struct event *offered)
{
    g->others = arena_array(&t->arena, struct turning_other, count_items(offered, ITEM_OPTION) + 1);
    const struct decision *d = &t->s->decisions[offered->a];
    for (uint32_t o = d->first; o < d->first + d->n; o++)
        if (o != g->option && o != d->otherwise.i && is_offered(offered, o))
            g->others[g->n_others++].option = (option_id){o};
    t->of += g->n_others;
}

static void keep_answer(struct turning_search *t, uint32_t n, const struct event *e, const struct event *offered)
{
    struct given *g = &t->v[t->n++];
    *g = (struct given){.event = n, .decision = e->b, .option = e->a, .in_time = e->by != BY_NOBODY};
    g->parts = arena_array(&t->arena, uint32_t, count_items(e, ITEM_TAKEN) + 1);
    for (uint32_t i = 0; i < e->n; i++) {
        const struct item *it = &event_items(e)[i];
        if (it->kind == ITEM_EVIDENCE && in_focus(t, it->comp))
            g->here += it->value;
        else if (it->kind == ITEM_TAKEN)
            g->parts[g->n_parts++] = it->ref;
    }
    if (offered && offered->a == e->b && form_graded(t->s->decisions[e->b].form))
        keep_others(t, g, offered);
}

static void keep_road(struct turning_search *t, const struct session *se)
{
    uint32_t n, *road = session_road(se, &n);
    const struct event *offered = NULL;
    t->v = arena_array(&t->arena, struct given, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct event *e = session_event(se, road[i]);
        if (e->kind == EV_OFFERED)
            offered = e;
        else if (e->kind == EV_CHOSE && e->by != BY_ENGINE)
            keep_answer(t, road[i], e, offered);
        else if (e->kind == EV_ENDED)
            t->ending = (scene_id){e->a};
    }
    free(road);
}

struct turning_search *turning_new(const struct session *se, uint32_t lang)
{
    struct turning_search *t = mem_new(sizeof *t);
    *t = (struct turning_search){.s = se->scenario, .scorer = se->scorer, .params = se->params};
    t->params.started = t->params.engine = (struct text){0};
    t->params.lang = lang;
    keep_road(t, se);
    t->result.whole = t->of <= TURNING_REPLAYS;
    if (t->of > TURNING_REPLAYS)
        t->of = TURNING_REPLAYS;
    t->done = t->ending.i == 0 || !t->scorer;
    return t;
}

void turning_free(struct turning_search *t)
{
    if (!t)
        return;
    arena_done(&t->arena);
    free(t);
}

/* ---- playing again ---- */

/* One play: with OTHER instead of answer number AT; both none for the play as it was. */
struct replay {
    struct turning_search *t;
    struct session *se;
    uint32_t at;
    struct turning_other *other;
    bool *used;
    bool changed;          /* the other option was said */
    bool saying;           /* it is said in this step */
    uint32_t steps;
};

/* The answer to the open decision, as it was given; NULL where there is none. */
static const struct given *given_to(struct replay *r, uint32_t decision)
{
    const struct turning_search *t = r->t;
    uint32_t from = r->other && r->changed ? r->at + 1 : 0;
    for (uint32_t i = from; i < t->n; i++)
        if (t->v[i].decision == decision && !r->used[i]) {
            r->used[i] = true;
            return &t->v[i];
        }
    return NULL;
}

/* What to say to the decision that is open; false where nobody knows. */
static bool next_input(struct replay *r, struct input *in)
{
    const struct event *offered = session_event(r->se, r->se->offered);
    const struct given *g = given_to(r, offered->a);
    *in = (struct input){.kind = IN_CHOOSE};
    if (g && r->other && !r->changed && g == &r->t->v[r->at]) {
        r->changed = r->saying = true;
        in->option = r->other->option;
        return true;
    }
    if (g && !g->in_time) {
        in->kind = IN_NO_ANSWER;
        return true;
    }
    if (g && r->t->s->decisions[g->decision].form == FORM_COMPOSE) {
        *in = (struct input){.kind = IN_COMPOSE, .parts = g->parts, .n_parts = g->n_parts};
        return true;
    }
    in->option = (option_id){g ? g->option : 0};
    if (!g && count_items(offered, ITEM_OPTION) == 1) /* no choice */
        for (uint32_t i = 0; i < offered->n; i++)
            if (event_items(offered)[i].kind == ITEM_OPTION)
                in->option.i = event_items(offered)[i].ref;
    return is_offered(offered, in->option.i);
}

/* What the other option showed: it was said in events FROM and later. */
static void keep_shown(struct replay *r, uint32_t from)
{
    struct outputs shown = {0};
    struct arena *a = &r->t->arena;
    struct turning_other *to = r->other;
    const struct scenario *s = r->t->s;
    bool original;
    session_present(r->se, from, r->t->params.lang, &shown);
    for (uint32_t i = 0; i < shown.n && shown.v[i].event == from; i++) {
        const struct output *o = &shown.v[i];
        if (o->kind == OUT_SAID || o->kind == OUT_CHECKED) {
            to->said = text_keep(a, o->words);
            to->said_manner = o->kind == OUT_SAID ? text_keep(a, o->manner) : (struct text){0};
        } else if (o->kind == OUT_REACTION) {
            to->reaction = text_keep(a, o->words);
            to->reaction_manner = text_keep(a, o->manner);
            to->reaction_by = o->who.i ? scenario_words(s, r->t->params.lang, s->roles[o->who.i].title, &original)
                                       : (struct text){0};
        }
    }
    outputs_done(&shown);
}

static bool step(struct replay *r, const struct input *in)
{
    uint32_t from = r->se->n_events;
    if (++r->steps > STEPS_A_REPLAY || !session_step(r->se, in, NULL))
        return false;
    if (r->saying)
        keep_shown(r, from);
    r->saying = false;
    return true;
}

/* Plays to the end; the ending, 0 where it stopped before. */
static scene_id play_again(struct replay *r, int32_t *total)
{
    struct turning_search *t = r->t;
    struct input in = {.kind = IN_BEGIN};
    r->se = session_new(t->s, t->scorer, &t->params);
    r->used = mem_new(t->n + 1);
    for (uint32_t i = 0; i <= t->n; i++)
        r->used[i] = false;
    bool on = step(r, &in);
    while (on && r->se->state->phase == PHASE_ASK)
        on = next_input(r, &in) && step(r, &in);
    scene_id ending = {on && r->se->state->phase == PHASE_ENDED ? r->se->state->scene : 0};
    *total = 0;
    for (uint32_t c = 1; c <= t->s->rubric.n_comps; c++)
        if (in_focus(t, c))
            *total += state_totals(t->s, r->se->state)[c];
    session_free(r->se);
    free(r->used);
    return ending;
}

/* ---- which to keep ---- */

static int outcome_of(const struct turning_search *t, scene_id ending) { return t->s->scenes[ending.i].outcome; }

/* What lies beside an answer: the most that was won, missed, or made different, in points and in endings. */
struct beside {
    bool there;
    int32_t points;
    int outcome;
};

static void beside_take(struct beside *b, int32_t points, int outcome)
{
    if (b->there && (points < b->points || (points == b->points && outcome <= b->outcome)))
        return;
    *b = (struct beside){true, points, outcome};
}

static struct beside beside_of(const struct turning_search *t, const struct given *g, enum turning_kind kind)
{
    struct beside b = {0};
    int mine = outcome_of(t, t->ending);
    for (uint32_t i = 0; i < g->n_others; i++) {
        const struct turning_other *o = &g->others[i];
        int other = outcome_of(t, o->ending);
        if (o->ending.i == 0 || o->ending.i == t->ending.i)
            continue;
        if (kind == TURNING_GOOD && other > mine && g->here >= 0)
            beside_take(&b, -o->points, other - mine);
        else if (kind == TURNING_MISSED && other < mine)
            beside_take(&b, o->points, mine - other);
        else if (kind == TURNING_OTHER && other == mine)
            beside_take(&b, abs(o->points), 0);
    }
    return b;
}

static bool is_kept(const struct turning_search *t, const struct given *g)
{
    for (uint32_t i = 0; i < t->result.n; i++)
        if (t->result.v[i].event == g->event)
            return true;
    return false;
}

/* The answer of KIND that weighs most, if there is one that is not kept. */
static void keep_best(struct turning_search *t, enum turning_kind kind)
{
    const struct given *best = NULL;
    struct beside most = {0};
    if (t->result.n == TURNING_MOST)
        return;
    for (uint32_t i = 0; i < t->n; i++) {
        struct beside b = beside_of(t, &t->v[i], kind);
        if (!b.there || is_kept(t, &t->v[i]) ||
            (best && (b.points < most.points || (b.points == most.points && b.outcome <= most.outcome))))
            continue;
        best = &t->v[i];
        most = b;
    }
    if (best)
        t->result.v[t->result.n++] = (struct turning_point){
            (uint8_t)kind, best->event, {best->decision}, {best->option}, best->others, best->n_others};
}

/* Two of a kind are told in the order in which they came. */
static void in_order(struct turning_search *t)
{
    struct turning_point *v = t->result.v, first = v[0];
    if (t->result.n < 2 || v[0].kind != v[1].kind || v[0].event < v[1].event)
        return;
    v[0] = v[1];
    v[1] = first;
}

static void keep_all(struct turning_search *t)
{
    struct turning_result *r = &t->result;
    r->all = arena_array(&t->arena, struct turning_point, t->n + 1);
    for (uint32_t i = 0; i < t->n; i++)
        if (t->v[i].n_others)
            r->all[r->n_all++] = (struct turning_point){
                0, t->v[i].event, {t->v[i].decision}, {t->v[i].option}, t->v[i].others, t->v[i].n_others};
}

static bool finish(struct turning_search *t)
{
    t->done = true;
    keep_all(t);
    if (!t->based)
        return true;
    keep_best(t, TURNING_GOOD);
    keep_best(t, TURNING_MISSED);
    keep_best(t, TURNING_GOOD);
    keep_best(t, TURNING_MISSED);
    keep_best(t, TURNING_OTHER);
    keep_best(t, TURNING_OTHER);
    in_order(t);
    return true;
}

bool turning_run(struct turning_search *t, uint32_t steps)
{
    uint32_t played = 0;
    while (!t->done && played < steps) {
        struct replay r = {.t = t};
        int32_t total;
        if (!t->based) {
            t->based = play_again(&r, &t->total).i == t->ending.i;
            if (!t->based)
                finish(t);
        } else if (t->at == t->n || t->replays == TURNING_REPLAYS) {
            finish(t);
        } else if (t->other == t->v[t->at].n_others) {
            t->at++;
            t->other = 0;
        } else {
            r.at = t->at;
            r.other = &t->v[t->at].others[t->other++];
            r.other->ending = play_again(&r, &total);
            r.other->points = total - t->total;
            t->replays++;
        }
        played += r.steps;
    }
    return t->done;
}

uint32_t turning_replays(const struct turning_search *t, uint32_t *of)
{
    *of = t->of;
    return t->replays;
}

const struct turning_result *turning_result(const struct turning_search *t) { return &t->result; }

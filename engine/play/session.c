/* session.c -- a session's memory: its log, its state, and the fold of one over the other.
 *
 * A step works on a scratch copy that lies behind the state in the same block.  A kept step's events are folded over
 * the state; in builds with assertions the result must equal the scratch copy byte for byte.  The log only grows: going
 * back adds an event, and the road now travelled is found by walking the log from its end. */
#include "play/decide.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- making one ---- */

static struct text keep(char **at, struct text t)
{
    char *to = *at;
    if (t.len)
        memcpy(to, t.at, t.len);
    *at += t.len;
    return text_from(to, t.len);
}

static void default_role(struct session *se)
{
    const struct scenario *s = se->scenario;
    for (uint32_t r = 1; r <= s->n_roles && se->params.n_roles == 0; r++)
        if (s->roles[r].playable)
            se->params.roles[se->params.n_roles++] = (role_id){r};
}

struct session *session_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params)
{
    size_t head = (sizeof(struct session) + 7) / 8 * 8, size = state_size(s);
    char *block = mem_new(head + 2 * size + params->started.len + params->engine.len);
    struct session *se = (struct session *)(void *)block;
    char *behind = block + head + 2 * size;
    *se = (struct session){.scenario = s, .scorer = scorer, .params = *params, .lang = params->lang};
    se->params.started = keep(&behind, params->started);
    se->params.engine = keep(&behind, params->engine);
    se->state = (struct state *)(void *)(block + head);
    se->scratch = (struct state *)(void *)(block + head + size);
    se->state_size = size;
    default_role(se);
    state_init(s, se->state);
    session_grow(se);
    *(struct event *)(void *)se->log = (struct event){.kind = EV_BEGAN};
    se->log_len = sizeof(struct event);
    array_room(se->at, se->n_events, se->cap_events);
    se->at[se->n_events++] = 0;
    return se;
}

void session_free(struct session *se)
{
    if (!se)
        return;
    free(se->log);
    free(se->at);
    free(se->kept);
    buf_done(&se->texts);
    free(se);
}

static bool params_err(struct err *err, enum msg code, struct text what)
{
    return err_set(err, code, (struct span){0}, what, (struct text){0});
}

bool session_params_check(const struct scenario *s, const struct session_params *params, struct err *err)
{
    uint32_t playable = 0;
    for (uint32_t r = 1; r <= s->n_roles; r++)
        playable += s->roles[r].playable;
    if (params->n_roles > ROLES_PLAYED || playable == 0)
        return params_err(err, MSG_ROLE_NOT_PLAYABLE, (struct text){0});
    for (uint32_t i = 0; i < params->n_roles; i++) {
        uint32_t r = params->roles[i].i;
        if (r == 0 || r > s->n_roles || !s->roles[r].playable)
            return params_err(err, MSG_ROLE_NOT_PLAYABLE,
                              r && r <= s->n_roles ? scenario_name(s, s->roles[r].name) : (struct text){0});
    }
    if (params->lang >= s->n_languages)
        return params_err(err, MSG_LANGUAGE_UNKNOWN, (struct text){0});
    if (params->mode > MODE_WORKSHOP)
        return err_set(err, MSG_EVENT_FIELD, (struct span){0}, TEXT("mode"), TEXT("0"));
    if (params->started.len > STARTED_BYTES || text_utf8_valid(params->started) != params->started.len)
        return err_set(err, MSG_EVENT_FIELD, (struct span){0}, TEXT("started"), TEXT("0"));
    if (params->engine.len > ENGINE_BYTES || text_utf8_valid(params->engine) != params->engine.len)
        return err_set(err, MSG_EVENT_FIELD, (struct span){0}, TEXT("engine"), TEXT("0"));
    return true;
}

/* ---- the log ---- */

bool session_grow(struct session *se)
{
    se->log_cap = se->log_cap ? se->log_cap * 2 : 1024;
    se->log = mem_grow(se->log, se->log_cap);
    return se->log_len > SESSION_BYTES;
}

void session_index(struct session *se)
{
    array_room(se->at, se->n_events, se->cap_events);
}

/* The road that leads to event LAST, oldest first; malloc'ed. */
static uint32_t *road_to(const struct session *se, uint32_t last, uint32_t *n)
{
    uint32_t *v = mem_new(((size_t)last + 1) * sizeof *v);
    uint32_t len = 0, i = last;
    for (;;) {
        const struct event *e = session_event(se, i);
        if (e->kind == EV_REWOUND) {
            i = e->a;
            continue;
        }
        v[len++] = i;
        if (i == 0)
            break;
        i--;
    }
    for (uint32_t k = 0; k < len / 2; k++) {
        uint32_t other = v[k];
        v[k] = v[len - 1 - k];
        v[len - 1 - k] = other;
    }
    *n = len;
    return v;
}

uint32_t *session_road(const struct session *se, uint32_t *n)
{
    return road_to(se, se->n_events - 1, n);
}

/* ---- folding ---- */

static void fold_one(const struct session *se, struct state *st, const struct event *e)
{
    const struct item *items = event_items(e);
    event_apply(se->scenario, st, e);
    for (uint32_t i = 0; i < e->n; i++)
        item_apply(se->scenario, st, &items[i]);
}

void session_fold(const struct session *se, struct state *st, uint32_t first, uint32_t n)
{
    for (uint32_t i = first; i < n; i++) {
        const struct event *e = session_event(se, i);
        if (e->kind == EV_REWOUND)
            session_fold_back(se, st, e->a);
        else
            fold_one(se, st, e);
    }
}

void session_fold_back(const struct session *se, struct state *st, uint32_t to)
{
    const struct scenario *s = se->scenario;
    size_t size = ((size_t)s->rubric.n_comps + 1) * sizeof(int32_t);
    int32_t *totals = mem_new(size);
    uint32_t n, *road = road_to(se, to, &n);
    memcpy(totals, state_totals(s, st), size);
    state_init(s, st);
    for (uint32_t i = 0; i < n; i++)
        fold_one(se, st, session_event(se, road[i]));
    memcpy(state_totals(s, st), totals, size);
    free(road);
    free(totals);
}

bool session_back(const struct session *se, uint32_t to, struct err *err)
{
    uint32_t n, *road = session_road(se, &n);
    bool found = false;
    for (uint32_t i = 0; i < n; i++)
        found = found || (road[i] == to && session_event(se, to)->kind == EV_OFFERED);
    free(road);
    if (!found)
        return err_set(err, MSG_REWIND_UNKNOWN, (struct span){0}, (struct text){0}, (struct text){0});
    if (se->params.mode == MODE_CHECK_IN && se->state->phase == PHASE_ASK)
        return err_set(err, MSG_REWIND_CHECK_IN, (struct span){0}, (struct text){0}, (struct text){0});
    return true;
}

/* ---- what was answered before ---- */

static bool is_kept(const struct session *se, uint32_t d)
{
    for (uint32_t i = 0; i < se->n_kept; i++)
        if (se->kept[i] == d)
            return true;
    return false;
}

bool session_met(const struct session *se, const struct state *st, decision_id d)
{
    uint32_t mark = se->scenario->decisions[d.i].mark;
    const uint8_t *marks = (const uint8_t *)(st->cell + se->scenario->n_facts + 1 + se->scenario->rubric.n_comps + 1);
    return (mark && marks[mark]) || is_kept(se, d.i);
}

/* Remembers the decisions answered on the road to event LAST behind event TO. */
static void keep_answered(struct session *se, uint32_t last, uint32_t to)
{
    uint32_t n, *road = road_to(se, last, &n);
    for (uint32_t i = n; i > 0 && road[i - 1] > to; i--) {
        const struct event *e = session_event(se, road[i - 1]);
        if (e->kind != EV_CHOSE || e->by == BY_ENGINE || is_kept(se, e->b))
            continue;
        array_room(se->kept, se->n_kept, se->cap_kept);
        se->kept[se->n_kept++] = e->b;
    }
    free(road);
}

/* What a session knows beside its state. */
static void follow(struct session *se, uint32_t n)
{
    const struct event *e = session_event(se, n);
    switch ((enum event_kind)e->kind) {
    case EV_OFFERED:
        se->offered = n;
        se->proposed = 0;
        break;
    case EV_CHOSE:
        se->offered = se->proposed = 0;
        break;
    case EV_PROPOSED:
        se->proposed = n;
        break;
    case EV_REWOUND:
        se->offered = e->a;
        se->proposed = 0;
        keep_answered(se, n - 1, e->a);
        break;
    case EV_LANGUAGE:
        se->lang = e->a;
        break;
    case EV_BEGAN:
    case EV_ENTERED:
    case EV_NOTED:
    case EV_ENDED:
    case EV_STUCK:
        break;
    }
}

/* ---- steps ---- */

void step_open(struct opened *o, struct session *se)
{
    struct step *p = &o->p;
    p->se = se;
    p->s = se->scenario;
    p->st = se->scratch;
    p->first = se->n_events;
    p->event = p->problems = 0;
    p->answering = p->counts = p->scored = p->sent = p->spilled = p->full = false;
    o->log = se->log_len;
    o->texts = se->texts.len;
    memcpy(se->scratch, se->state, se->state_size);
}

static __attribute__((unused)) bool folds_alike(const struct session *se, uint32_t first)
{
    session_fold(se, se->state, first, se->n_events);
    return memcmp(se->state, se->scratch, se->state_size) == 0;
}

/* The scratch copy becomes the state.  It must be what folding the events over the old state gives. */
static void take(struct session *se, uint32_t first)
{
    assert(folds_alike(se, first));
    (void)first;
    struct state *old = se->state;
    se->state = se->scratch;
    se->scratch = old;
}

bool step_close(struct opened *o, bool ok, struct err *err)
{
    struct session *se = o->p.se;
    if (ok && o->p.full)
        ok = err_set(err, MSG_SESSION_LONG, (struct span){0}, (struct text){0}, (struct text){0});
    if (!ok) {
        se->log_len = o->log;
        se->texts.len = o->texts;
        se->n_events = o->p.first;
        return false;
    }
    if (se->n_events > o->p.first)
        step_head(&o->p);
    take(se, o->p.first);
    for (uint32_t n = o->p.first; n < se->n_events; n++)
        follow(se, n);
    return true;
}

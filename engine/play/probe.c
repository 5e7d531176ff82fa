/* probe.c -- a step of a session whose log is cut again and whose chances are fed.
 *
 * The step is the very same that a session takes, so that what is found out about all plays is true of each.  The roads
 * of chance are walked like the numbers of a clock: a step that comes to a new fork takes the first way, and the next
 * step takes the last fork's next. */
#include "play/decide.h"
#include "play/feed.h"
#include "play/rng.h"

#include <stdlib.h>
#include <string.h>

/* ---- chance ---- */

void feed_reset(struct feed *f)
{
    f->n = f->next = 0;
    f->odds = 1;
}

bool feed_next(struct feed *f)
{
    while (f->n && f->v[f->n - 1].taken + 1 >= f->v[f->n - 1].of)
        f->n--;
    f->next = 0;
    f->odds = 1;
    if (f->n == 0)
        return false;
    f->v[f->n - 1].taken++;
    return true;
}

static uint32_t turn(struct feed *f, uint32_t ways)
{
    if (f->dice)
        return rng_below(rng_at(f->seed, ++f->drawn), ways);
    if (f->next == f->n) {
        array_room(f->v, f->n, f->cap);
        f->v[f->n++] = (struct fork){.of = ways};
    }
    return f->v[f->next++].taken;
}

int32_t feed_draw(struct feed *f, uint32_t n)
{
    f->odds /= n;
    return (int32_t)turn(f, n) + 1;
}

uint32_t feed_choose(struct feed *f, const uint32_t *weight, uint32_t n)
{
    uint32_t sum = 0, ways = 0, k = 0;
    for (uint32_t i = 0; i < n; i++) {
        sum += weight[i];
        ways += weight[i] > 0;
    }
    if (f->dice) {
        for (uint32_t left = turn(f, sum); left >= weight[k]; k++)
            left -= weight[k];
        return k;
    }
    for (uint32_t way = turn(f, ways); weight[k] == 0 || way > 0; k++)
        way -= weight[k] > 0;
    f->odds *= (double)weight[k] / sum;
    return k;
}

/* ---- steps ---- */

struct probe *probe_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params)
{
    struct probe *p = mem_new(sizeof *p);
    struct session_params roles = {.n_roles = params->n_roles};
    memcpy(roles.roles, params->roles, sizeof roles.roles);
    *p = (struct probe){.se = session_new(s, scorer, &roles)};
    p->se->feed = &p->feed;
    return p;
}

void probe_free(struct probe *p)
{
    if (!p)
        return;
    session_free(p->se);
    free(p->feed.v);
    free(p->feed.notes);
    free(p);
}

struct state *probe_from(struct probe *p)
{
    return p->se->state;
}

static void begin(struct probe *p, struct opened *opened)
{
    struct session *se = p->se;
    se->log_len = sizeof(struct event); /* EV_BEGAN stays */
    se->n_events = 1;
    se->texts.len = 0;
    p->feed.next = p->feed.n_notes = 0;
    p->feed.odds = 1;
    step_open(opened, se);
    if (se->scorer && se->scorer->begin)
        se->scorer->begin(se->scorer->self);
}

const struct state *probe_run(struct probe *p, option_id o)
{
    struct opened opened;
    struct step *step = &opened.p;
    const struct scenario *s = p->se->scenario;
    begin(p, &opened);
    if (o.i == 0) {
        decide_begin(step);
        step_head(step);
        return step->st;
    }
    uint32_t d = s->options[o.i].decision.i;
    struct event head = {.kind = EV_CHOSE, .by = BY_TRAINEE, .a = o.i, .b = d};
    if (s->decisions[d].no_answer.i == o.i)
        head.by = BY_NOBODY;
    decide_on(step, answer_play(step, &head, step->st->node, NULL, 0));
    step_head(step); /* the last event's items are counted */
    return step->st;
}

const struct state *probe_compose(struct probe *p, const uint32_t *parts, uint32_t n)
{
    struct opened opened;
    struct step *step = &opened.p;
    const struct scenario *s = p->se->scenario;
    begin(p, &opened);
    struct answer answer = {.parts = parts, .n_parts = n};
    answer.head = (struct event){.kind = EV_CHOSE, .by = BY_TRAINEE, .b = step->st->decision};
    answer.head.a = message_result(s, &s->decisions[step->st->decision], parts, n);
    decide_on(step, answer_give(step, &answer, step->st->node));
    step_head(step);
    return step->st;
}

const struct state *probe_go_on(struct probe *p, uint32_t scene, uint32_t node)
{
    struct opened opened;
    begin(p, &opened);
    decide_on(&opened.p, (struct onward){scene, node});
    step_head(&opened.p);
    return opened.p.st;
}

/* study.c -- the order of a study: states, what only a no-answer leads to, figures, random plays, findings.
 *
 * Each call does a slice, so that whoever asks can show progress or stop. */
#include "study/inside.h"

#include <stdlib.h>
#include <string.h>

enum { STATES_DEFAULT = 4000000, MEMORY_DEFAULT = 64 << 20, PLAYS_DEFAULT = 20000 };

static bool *flags(struct study *st, uint32_t n)
{
    return arena_array(&st->arena, bool, n + 1);
}

static struct seen seen_new(struct study *st)
{
    const struct scenario *s = st->s;
    return (struct seen){.option = flags(st, s->n_options), .node = flags(st, s->n_nodes), .scene = flags(st, s->n_scenes),
                         .decision = flags(st, s->n_decisions), .fact = flags(st, s->n_facts)};
}

static void result_lay(struct study *st)
{
    const struct scenario *s = st->s;
    st->scores = arena_array(&st->arena, struct study_score, st->k);
    st->endings = arena_array(&st->arena, struct study_ending, s->n_scenes + 1);
    for (uint32_t k = 0; k < st->k; k++)
        st->scores[k] = (struct study_score){.comp = {k}, .worst = STUDY_NONE, .best = STUDY_NONE, .pieces_good = UINT32_MAX};
    const struct role *r = &s->roles[st->params.roles[0].i];
    for (uint32_t i = 0; i < r->n_focus; i++)
        st->scores[r->focus[i].comp.i].focus = true;
    for (uint32_t i = 1; i <= s->n_scenes; i++)
        if (s->scenes[i].outcome != OUTCOME_NONE)
            st->endings[st->result.n_endings++].ending.i = i;
}

struct study *study_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params,
                        const struct study_budget *budget)
{
    struct study *st = mem_new(sizeof *st);
    *st = (struct study){.s = s, .scorer = scorer, .k = s->rubric.n_comps + 1};
    st->budget = budget ? *budget : (struct study_budget){0};
    st->budget.states = st->budget.states ? st->budget.states : STATES_DEFAULT;
    st->budget.memory = st->budget.memory ? st->budget.memory : MEMORY_DEFAULT;
    st->budget.plays = st->budget.plays ? st->budget.plays : PLAYS_DEFAULT;
    st->probe = probe_new(s, scorer, params);
    st->params = st->probe->se->params;
    asked_init(&st->asked, s);
    st->worth = arena_array(&st->arena, int32_t, st->k);
    steps_init(st);
    st->seen = seen_new(st);
    st->met = seen_new(st);
    st->met_asked = flags(st, s->n_facts);
    st->result.seed = st->budget.seed;
    result_lay(st);
    study_settle(st);
    graph_scout(st);
    graph_begin(st);
    return st;
}

void study_free(struct study *st)
{
    if (!st)
        return;
    graph_done(&st->g);
    steps_done(&st->steps);
    asked_done(&st->asked);
    chairs_done(st);
    sampler_free(st->sampler);
    probe_free(st->probe);
    free(st->roads);
    pairs_done(&st->road_of);
    free(st->turns);
    free(st->ways);
    free(st->from);
    free(st->mid);
    free(st->to);
    free(st->order);
    free(st->part);
    free(st->best);
    free(st->worst);
    free(st->visits);
    free(st->best_ending);
    free(st->findings);
    arena_done(&st->arena);
    free(st);
}

/* ---- the stages ---- */

static void solve(struct study *st)
{
    study_solve(st);
    study_flow(st);
    for (uint32_t i = 0; i < st->g.n_edges; i++) {
        const struct edge *e = &st->g.edges[i];
        for (uint32_t k = 0; k < st->k && e->worth; k++)
            st->scores[k].scored |= worth_of(st, e)[k] != 0;
        for (uint32_t n = 0; is_ending(e->to) && n < st->result.n_endings; n++)
            st->endings[n].reached |= st->endings[n].ending.i == e->to - TO_END;
    }
}

static void finish(struct study *st)
{
    struct study_result *r = &st->result;
    r->kind = st->stopped ? STUDY_STOPPED : st->full ? STUDY_SAMPLED : STUDY_EXACT;
    for (uint32_t i = 0; i < st->main_nodes; i++)
        r->states += node_asks(st, i);
    sampler_result(st);
    study_find(st);
    r->transitions = st->transitions;
    r->scores = st->scores;
    r->n_scores = st->k;
    r->endings = st->endings;
    r->findings = st->findings;
    r->n_findings = st->n_findings;
}

static void expand(struct study *st, uint32_t states)
{
    if (!st->stopped && graph_expand(st, states) && st->g.done < st->g.n)
        return;
    st->full |= st->g.done < st->g.n;
    if (!st->full && !st->probe->feed.moves && graph_spins(st)) { /* then it matters how far it has gone */
        st->probe->feed.moves = true;
        steps_forget(st);
        graph_begin(st);
        return;
    }
    st->main_nodes = st->g.n;
    st->stage = st->full ? STAGE_SAMPLE : STAGE_LATE;
}

static void late(struct study *st, uint32_t states)
{
    bool any = false;
    for (uint32_t i = 1; i <= st->s->n_decisions; i++)
        any |= st->s->decisions[i].no_answer.i != 0;
    uint32_t before = st->late;
    if (any && !st->stopped)
        graph_late(st, states);
    if (st->asked.grown && !st->full) {
        graph_begin(st);
        st->stage = STAGE_EXPAND;
    } else if (!any || st->late == st->g.n || st->late == before)
        st->stage = STAGE_SOLVE;
}

static void stage_run(struct study *st, uint32_t states)
{
    switch (st->stage) {
    case STAGE_EXPAND:
        expand(st, states);
        break;
    case STAGE_LATE:
        late(st, states);
        break;
    case STAGE_SOLVE:
        solve(st);
        st->stage = STAGE_SAMPLE;
        break;
    case STAGE_SAMPLE:
        if (!st->sampler)
            sampler_init(st);
        if (sampler_run(st, states))
            st->stage = STAGE_CHAIRS;
        break;
    case STAGE_CHAIRS:
        if (chairs_run(st, states))
            st->stage = STAGE_FIND;
        break;
    case STAGE_FIND:
        finish(st);
        st->stage = STAGE_DONE;
        break;
    case STAGE_DONE:
        break;
    }
}

/* A slice, up to the end of stage LAST; true when that has been passed. */
static bool run_through(struct study *st, enum stage last, uint32_t states)
{
    uint64_t until = st->transitions + states;
    while (st->stage <= last) {
        enum stage before = st->stage;
        stage_run(st, states);
        if (st->stage == before || st->transitions >= until)
            break;
    }
    return st->stage > last;
}

bool study_run(struct study *st, uint32_t states) { return run_through(st, STAGE_FIND, states); }

bool study_states(struct study *st, uint32_t states) { return run_through(st, STAGE_LATE, states); }

struct study_progress study_progress(const struct study *st)
{
    const struct graph *g = st->chairs.other ? &st->chairs.other->g : &st->g;
    struct study_progress p = {.states = g->n, .open = g->n - g->done, .transitions = st->transitions};
    if (!st->chairs.other)
        p.plays = sampler_made(st, &p.plays_of);
    return p;
}

void study_stop(struct study *st)
{
    if (st->stage <= STAGE_LATE)
        st->stopped = true;
    st->chairs.stopped = true;
}

const struct study_result *study_result(const struct study *st)
{
    return st->stage == STAGE_DONE ? &st->result : NULL;
}

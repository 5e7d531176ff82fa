/* find.c -- what a facilitator should look at, in the order of its weight.
 *
 * What no play reaches is only said where every state was looked at, of the other chairs too if that was asked for, and of a
 * thing inside another that no play reaches nothing is said. */
#include "study/inside.h"

#include "scenario/mark.h"

#include <stdlib.h>
#include <string.h>

enum { FINDINGS_MOST = 200, GOOD_PIECES = 5, ANSWERS_MOST = 32, CHANCE_LEVEL = 3 };
static const double CHANCE_MOST = 0.1;

struct finding *finding_add(struct study *st, struct finding f)
{
    static struct finding beyond;
    if (st->n_findings == FINDINGS_MOST) {
        st->result.n_more++;
        return &beyond;
    }
    array_room(st->findings, st->n_findings, st->cap_findings);
    st->findings[st->n_findings] = f;
    return &st->findings[st->n_findings++];
}

/* ---- where a play gets lost ---- */

static void find_stuck(struct study *st)
{
    for (uint32_t i = 0; i < st->steps.n_stuck; i++) {
        const struct stuck_place *p = &st->steps.stuck[i];
        if (p->pass != st->passes)
            continue;
        struct finding f = {.kind = FIND_STUCK, .scene = {p->scene}, .decision = {p->decision}, .why = p->why};
        if (p->from != UINT32_MAX && p->from < st->g.n_edges)
            f.play = graph_way(st, p->from, &f.n_play);
        finding_add(st, f);
    }
}

/* The first state of each decision from which no ending can be reached, where it could before. */
static void find_endless(struct study *st)
{
    bool *told = mem_new(st->s->n_decisions + 1);
    memset(told, 0, st->s->n_decisions + 1);
    if (st->best[0] == STUDY_NONE)
        finding_add(st, (struct finding){.kind = FIND_NO_ENDING});
    for (uint32_t e = 0; e < st->g.n_edges && st->best[0] != STUDY_NONE; e++) {
        uint32_t to = st->g.edges[e].to;
        if (!is_node(to) || st->best[(size_t)to * st->k] != STUDY_NONE)
            continue;
        uint32_t from = action_node(&st->g, edge_action(&st->g, e));
        uint32_t d = node_decision(st, to);
        if (told[d] || st->best[(size_t)from * st->k] == STUDY_NONE || st->g.nodes[to].from != e)
            continue;
        told[d] = true;
        struct finding f = {.kind = FIND_ENDLESS, .decision = {d}};
        f.play = graph_way(st, e, &f.n_play);
        finding_add(st, f);
    }
    free(told);
}

/* ---- what no play reaches ---- */

/* A scene that no writer wrote: what follows a list of topics.  Ids have no full stop. */
static bool is_made(const struct scenario *s, uint32_t scene)
{
    struct text name = scenario_name(s, s->scenes[scene].name);
    return memchr(name.at, '.', name.len) != NULL;
}

static void find_scenes(struct study *st)
{
    const struct scenario *s = st->s;
    for (uint32_t i = 1; i <= s->n_scenes; i++)
        if (!st->met.scene[i] && !is_made(s, i))
            finding_add(st, (struct finding){.kind = s->scenes[i].outcome ? FIND_ENDING : FIND_SCENE, .scene = {i}});
    for (uint32_t i = 1; i <= s->n_decisions; i++) {
        const struct decision *d = &s->decisions[i];
        if (!st->met.scene[d->scene.i])
            continue;
        if (!st->met.decision[i])
            finding_add(st, (struct finding){.kind = FIND_DECISION, .decision = {i}});
        for (uint32_t k = d->first; k < d->first + d->n && st->met.decision[i]; k++)
            if (!st->met.option[k] && k != d->no_answer.i)
                finding_add(st, (struct finding){.kind = FIND_OPTION, .option = {k}, .decision = {i}});
    }
}

static bool is_shown(const struct node *n)
{
    return n->kind == NODE_LINE || n->kind == NODE_NARRATION || n->kind == NODE_NOTE;
}

static void find_nodes(struct study *st)
{
    const struct scenario *s = st->s;
    for (uint32_t i = 1; i <= s->n_nodes; i++) {
        if (st->met.node[i] || !is_shown(&s->nodes[i]))
            continue;
        option_id o = scenario_node_option(s, (node_id){i});
        bool there = o.i ? st->met.option[o.i] : st->met.scene[scenario_node_scene(s, (node_id){i}).i];
        if (there)
            finding_add(st, (struct finding){.kind = FIND_NODE, .node = {i}});
    }
}

static void find_values(const struct scenario *s, bool *shown)
{
    for (uint32_t i = 1; i <= s->n_words; i++) {
        struct text t = s->languages[0].v[i];
        if (!t.len || !memchr(t.at, MARK_VALUE, t.len))
            continue;
        for (struct run r; mark_next(&t, &r);)
            if (r.mark == MARK_VALUE && r.fact)
                shown[r.ref] = true;
    }
}

static void find_facts(struct study *st)
{
    const struct scenario *s = st->s;
    bool *shown = mem_new(s->n_facts + 1);
    memset(shown, 0, s->n_facts + 1);
    find_values(s, shown);
    for (uint32_t i = 1; i <= s->n_facts; i++) {
        if (!st->met_asked[i] && !shown[i] && s->facts[i].shown == SHOWN_NEVER)
            finding_add(st, (struct finding){.kind = FIND_FACT_UNREAD, .fact = {i}});
        if (!st->met.fact[i] && !st->full)
            finding_add(st, (struct finding){.kind = FIND_FACT_UNCHANGED, .fact = {i}});
    }
    free(shown);
}

/* What nobody meets, as far as that is known. */
static void find_unmet(struct study *st)
{
    if (st->result.chairs_open)
        return;
    if (!st->full) {
        find_scenes(st);
        find_nodes(st);
    }
    find_facts(st);
}

uint32_t study_unmet(struct study *st)
{
    uint32_t before = st->n_findings, more = st->result.n_more;
    find_unmet(st);
    uint32_t n = st->n_findings - before + st->result.n_more - more;
    st->n_findings = before;
    st->result.n_more = more;
    return n;
}

/* ---- whether doing worse pays ---- */

struct pair {
    uint32_t node, worse, better; /* actions */
    int32_t there[2], left[2];    /* of the worse and of the better one */
};

static int32_t rounded(double v)
{
    return (int32_t)(v < 0 ? v - 0.5 : v + 0.5);
}

/* Of the answers of NODE the pair in which the worse one wins most; into *P where it wins more than there. */
static void pair_look(const struct study *st, uint32_t node, uint32_t k, struct pair *p)
{
    double worth[ANSWERS_MOST];
    int32_t left[ANSWERS_MOST];
    uint32_t first = st->g.nodes[node].first, n = st->g.nodes[node + 1].first - first;
    n = n < ANSWERS_MOST ? n : ANSWERS_MOST;
    for (uint32_t i = 0; i < n; i++) {
        worth[i] = action_worth(st, first + i, k);
        left[i] = action_best(st, first + i, k);
    }
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = 0; b < n; b++) {
            if (worth[a] > worth[b] - 1e-9 || left[a] == STUDY_NONE || left[b] == STUDY_NONE ||
                left[a] - left[b] <= p->left[0] - p->left[1])
                continue;
            *p = (struct pair){node, first + a, first + b, {rounded(worth[a]), rounded(worth[b])}, {left[a], left[b]}};
        }
}

/* One finding a decision and competency in focus: where it pays most. */
static void find_repair(struct study *st, uint32_t k)
{
    struct pair *pairs = mem_new((st->s->n_decisions + 1) * sizeof *pairs);
    memset(pairs, 0, (st->s->n_decisions + 1) * sizeof *pairs);
    for (uint32_t v = 1; v < st->main_nodes; v++) {
        uint32_t d = node_decision(st, v);
        if (st->s->decisions[d].form != FORM_COMPOSE && st->best[(size_t)v * st->k + k] != STUDY_NONE)
            pair_look(st, v, k, &pairs[d]);
    }
    for (uint32_t d = 1; d <= st->s->n_decisions; d++) {
        const struct pair *p = &pairs[d];
        if (p->worse)
            finding_add(st, (struct finding){.kind = FIND_REPAIR_PAYS, .decision = {d}, .comp = {k},
                                             .option = {st->g.actions[p->worse].option},
                                             .other = {st->g.actions[p->better].option},
                                             .a = p->there[0], .b = p->there[1], .c = p->left[0], .d = p->left[1]});
    }
    free(pairs);
}

/* ---- levels ---- */

static void find_levels(struct study *st, uint32_t k)
{
    const struct study_score *sc = &st->scores[k];
    double by_chance = 0;
    bool any = false; /* else no play that was tried ended with any evidence */
    for (int l = 1; l <= LEVELS; l++)
        any |= sc->attained[l];
    for (int l = 1; l <= LEVELS && any; l++) {
        if (!sc->attained[l] && l > 1)
            finding_add(st, (struct finding){.kind = FIND_LEVEL_UNATTAINED, .comp = {k}, .a = l, .b = (int32_t)sc->lacks[l]});
        by_chance += l >= CHANCE_LEVEL ? sc->level[l].share : 0;
    }
    if (by_chance > CHANCE_MOST)
        finding_add(st, (struct finding){.kind = FIND_LEVEL_BY_CHANCE, .comp = {k}, .a = CHANCE_LEVEL, .share = by_chance});
}

static bool is_trainees(const struct study *st, decision_id d) { return st->s->decisions[d.i].who.i == st->params.roles[0].i; }

/* An anchor needs a group of moves none of which the trainee can make in any play. */
static void impossible_find(struct study *st, uint32_t k)
{
    const struct scenario *s = st->s;
    const struct rubric *r = &s->rubric;
    bool *can = mem_new(r->n_moves + 1);
    memset(can, 0, r->n_moves + 1);
    for (uint32_t i = 1; i <= s->n_options; i++)
        for (uint32_t m = 0; m < s->options[i].n_moves && st->seen.option[i] && is_trainees(st, s->options[i].decision); m++)
            can[s->option_moves[s->options[i].first_move + m].i] = true;
    for (uint32_t i = 1; i <= s->n_parts; i++) {
        decision_id d = s->slots[s->parts[i].slot].decision;
        if (st->seen.decision[d.i] && is_trainees(st, d))
            can[s->parts[i].move.i] = true;
    }
    for (int l = 1; l <= LEVELS && !st->full; l++)
        for (uint32_t at = r->comps[k].needs[l]; at && r->lists[at]; at++) {
            uint32_t group = at;
            bool has = false;
            for (; r->lists[at]; at++)
                has |= can[r->lists[at]];
            if (!has && !st->scores[k].lacks[l])
                st->scores[k].lacks[l] = group;
        }
    free(can);
}

void study_find(struct study *st)
{
    find_stuck(st);
    for (uint32_t i = 0; i < st->steps.n_problems; i++)
        if (st->steps.problems[i].pass == st->passes)
            finding_add(st, (struct finding){.kind = FIND_SCRIPT_FAILS, .problem = st->steps.problems[i].err});
    if (!st->full)
        find_endless(st);
    find_unmet(st);
    bool sketch = st->result.sketch = !scenario_is_exercise(st->s, st->params.roles[0]);
    for (uint32_t k = 1; k < st->k; k++) {
        const struct study_score *sc = &st->scores[k];
        if (!sc->focus)
            continue;
        impossible_find(st, k);
        if (!st->full && !sketch && sc->pieces_good < GOOD_PIECES)
            finding_add(st, (struct finding){.kind = FIND_THIN_EVIDENCE, .comp = {k}, .a = (int32_t)sc->pieces_good});
        if (!st->full)
            find_repair(st, k);
        if (sc->scored && !sketch)
            find_levels(st, k);
    }
    if (sampler_kindest_wins(st))
        finding_add(st, (struct finding){.kind = FIND_KINDEST_WINS});
}

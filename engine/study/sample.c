/* sample.c -- seeded plays by somebody who clicks at random, always best, or always kindest.
 *
 * Everything here is a sample and is labelled so: how often random clicking reaches each level, where scores fall, and,
 * where the scenario is too large to look at every state, all other figures, too.  Each offered answer is tried before
 * one is taken, since what a choice is worth shows against those beside it (choice quality, docs/pedagogy.md). */
#include "study/inside.h"

#include <math.h>
#include <stdlib.h>

/* A play is given up behind DECISIONS_MOST answers, or DECISIONS_TIMES as many as there are decisions; a round of plays that are
 * long has fewer of them, but PLAYS_LEAST. */
enum { DECISIONS_MOST = 2000, DECISIONS_TIMES = 8, PLAYS_LEAST = 400, WORK_MOST = 40000000 };
enum { OFFERED_MOST = 32, BEST_ONE_IN = 100, TENDING_ONE_IN = 20, TENDING_LEAST = 20, WORST_ONE_IN = 200, SLOW_MOST = 200 };

enum policy { BY_DICE, BY_BEST, BY_TENDENCY, BY_WORST, BY_KINDNESS };

struct round {
    enum policy policy;
    uint32_t comp, plays;
};

/* One competency in one play: what was got, what random clicking gets there, and the best that was offered. */
struct quality {
    double got, chance, best;
    uint32_t pieces;
};

struct sampler {
    struct dice dice;
    struct round *rounds;
    uint32_t n_rounds, round, made; /* made: in this round */
    uint64_t begun;                 /* transitions before it */
    uint32_t most;                  /* decisions of a play */
    uint8_t *kind;                  /* by option: how kind it is, from 0 */
    /* the play being made */
    int32_t *worth;                 /* [OFFERED_MOST][k] */
    int32_t *totals;                /* [k] */
    struct quality *quality;        /* [k] */
    bool *moves;
    uint32_t *met, play;            /* by decision: the play that met it last; of this play */
    uint32_t decisions;
    /* what came of the random ones */
    int32_t *scores;                /* [plays][k]; of plays that ended */
    uint32_t ended, cap_scores, random;
    uint32_t *endings;              /* by scene */
    uint32_t (*levels)[LEVELS + 1]; /* [k] */
    struct quality *sum;            /* [k] */
    uint32_t shortest, longest;
    uint64_t length;
    bool kindest_fails;
};

/* ---- choosing ---- */

/* Moves that are felt as kind, whatever they achieve; a rubric without them has no kindest option. */
static bool move_is_kind(const struct scenario *s, move_id m)
{
    static const char *const kind[] = {"listen:reflect-feeling", "listen:affirm",  "listen:acknowledge", "listen:silence",
                                       "svc:personal",           "svc:apologise",  "svc:thank",          "conf:deescalate",
                                       "mode:accommodating",     "team:backup"};
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
        if (text_is(scenario_name(s, s->rubric.moves[m.i].name), kind[i]))
            return true;
    return false;
}

static void kindness_count(struct sampler *sm, const struct scenario *s)
{
    for (uint32_t i = 1; i <= s->n_options; i++)
        for (uint32_t m = 0; m < s->options[i].n_moves && m < UINT8_MAX; m++)
            sm->kind[i] = (uint8_t)(sm->kind[i] + move_is_kind(s, s->option_moves[s->options[i].first_move + m]));
}

static int32_t liking(const struct study *st, const struct round *r, uint32_t i, uint32_t option)
{
    const struct sampler *sm = st->sampler;
    if (r->policy == BY_KINDNESS)
        return sm->kind[option];
    int32_t points = sm->worth[i * st->k + r->comp];
    return r->policy == BY_WORST ? -points : points;
}

/* Whether somebody who tends to the best clicks at random here: from play to play now hardly ever, now nearly always. */
static bool strays(const struct study *st, const struct round *r)
{
    struct sampler *sm = st->sampler;
    uint32_t tends = sm->made * 2654435761u % r->plays; /* the golden ratio spreads even a few plays over all of it */
    return r->policy == BY_TENDENCY && dice_roll(&sm->dice, r->plays) >= tends;
}

static uint32_t chosen(struct study *st, const struct round *r, const uint32_t *options, uint32_t n)
{
    struct sampler *sm = st->sampler;
    uint32_t likes[OFFERED_MOST], n_likes = 0;
    if (r->policy == BY_DICE || strays(st, r))
        return dice_roll(&sm->dice, n);
    for (uint32_t i = 0; i < n; i++) {
        int32_t here = liking(st, r, i, options[i]);
        int32_t top = n_likes ? liking(st, r, likes[0], options[likes[0]]) : here;
        if (here > top)
            n_likes = 0;
        if (here >= top)
            likes[n_likes++] = i;
    }
    return likes[dice_roll(&sm->dice, n_likes)];
}

/* ---- one play ---- */

/* One piece of evidence: what was got, of those that were offered. */
static void piece_keep(struct sampler *sm, uint32_t k, const int32_t *offered, uint32_t n, uint32_t step, uint32_t take)
{
    int32_t best = INT32_MIN, least = INT32_MAX;
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        int32_t v = offered[i * step];
        best = v > best ? v : best;
        least = v < least ? v : least;
        sum += v;
    }
    struct quality *q = &sm->quality[k];
    if (best > least)
        *q = (struct quality){q->got + offered[take * step], q->chance + sum / n, q->best + best, q->pieces + 1};
}

static void moves_keep(struct study *st, option_id o)
{
    const struct option *op = &st->s->options[o.i];
    for (uint32_t m = 0; m < op->n_moves; m++)
        st->sampler->moves[st->s->option_moves[op->first_move + m].i] = true;
}

/* Takes the answer of ROOT on a road by chance; NULL where the study must be given up. */
static const struct leaf *take(struct study *st, uint32_t root)
{
    struct roads r;
    st->transitions++;
    return roads_roll(st, &r, st->from, root, &st->sampler->dice) ? road_leaf(st, &r) : NULL;
}

static const int32_t *leaf_worth(const struct study *st, const struct leaf *l)
{
    return st->steps.worths + (size_t)l->worth * st->k;
}

/* Whether D was answered before in this play; from now on it was. */
static bool again(struct sampler *sm, const struct study *st, uint32_t d)
{
    bool was = sm->met[d] == sm->play && form_graded(st->s->decisions[d].form);
    sm->met[d] = sm->play;
    return was;
}

/* Tries the options offered at SPOT, then takes one. */
static const struct leaf *choose(struct study *st, const struct round *r, struct spot spot)
{
    struct sampler *sm = st->sampler;
    uint32_t options[OFFERED_MOST], n = spot.n < OFFERED_MOST ? spot.n : OFFERED_MOST;
    const struct leaf *l = NULL;
    for (uint32_t i = 0; i < n; i++) {
        options[i] = st->steps.roots[spot.first + i].option;
        if (!(l = take(st, spot.first + i)))
            return NULL;
        memcpy(sm->worth + i * st->k, leaf_worth(st, l), st->k * sizeof *sm->worth);
    }
    uint32_t taken = chosen(st, r, options, n);
    if (!(l = take(st, spot.first + taken)))
        return NULL;
    memcpy(sm->worth + taken * st->k, leaf_worth(st, l), st->k * sizeof *sm->worth);
    bool placed = st->s->decisions[spot.decision].form == FORM_ASK; /* by oneself: out of levels */
    for (uint32_t k = 0; k < st->k && !placed; k++)
        piece_keep(sm, k, sm->worth + k, n, st->k, taken);
    if (!again(sm, st, spot.decision))
        moves_keep(st, (option_id){options[taken]});
    return l;
}

static int32_t part_worth(const struct scenario *s, const struct slot *slot, uint32_t way, uint32_t k)
{
    const struct part *part = &s->parts[slot->first + way];
    return way < slot->n && (k == 0 || part->comp.i == k) ? part->points : 0;
}

static void slot_keep(struct study *st, const struct slot *slot, uint32_t take)
{
    struct sampler *sm = st->sampler;
    for (uint32_t k = 0; k < st->k; k++) {
        int32_t offered[OFFERED_MOST + 1] = {0};
        for (uint32_t w = 0; w < slot->n && w < OFFERED_MOST; w++)
            offered[w] = part_worth(st->s, slot, w, k);
        if (slot->n <= OFFERED_MOST)
            piece_keep(sm, k, offered, slot->n + slot->may_be_empty, 1, take);
    }
    if (take < slot->n)
        sm->moves[st->s->parts[slot->first + take].move.i] = true;
}

/* Which part of SLOT is taken; its number of parts where it stays empty. */
static uint32_t part_chosen(const struct study *st, const struct round *r, const struct slot *slot)
{
    uint32_t ways = slot->n + slot->may_be_empty, take = dice_roll(&st->sampler->dice, ways);
    bool best = r->policy == BY_BEST || (r->policy == BY_TENDENCY && !strays(st, r));
    for (uint32_t w = 0; w < ways && (best || r->policy == BY_WORST); w++) {
        int32_t more = part_worth(st->s, slot, w, r->comp) - part_worth(st->s, slot, take, r->comp);
        if (best ? more > 0 : more < 0)
            take = w;
    }
    return take;
}

/* A message, slot by slot; each slot is a piece of evidence of its own. */
static const struct leaf *compose(struct study *st, const struct round *r, struct spot spot)
{
    const struct decision *d = &st->s->decisions[spot.decision];
    uint32_t takes[SLOTS_OF_MESSAGE] = {0};
    for (uint32_t i = 0; i < d->n_slots && i < SLOTS_OF_MESSAGE; i++)
        takes[i] = part_chosen(st, r, &st->s->slots[d->first_slot + i]);
    const struct leaf *l = take(st, message_root(st, &spot, takes));
    if (!l || again(st->sampler, st, spot.decision))
        return l;
    for (uint32_t i = 0; i < d->n_slots && i < SLOTS_OF_MESSAGE; i++)
        slot_keep(st, &st->s->slots[d->first_slot + i], takes[i]);
    return l;
}

/* On from where the play stands; NULL where it cannot. */
static const struct leaf *go_on(struct study *st, const struct round *r)
{
    struct sampler *sm = st->sampler;
    struct spot spot = st->steps.spots[words_spot(st->from)];
    if (!spot.asks)
        return take(st, spot.first);
    if (sm->decisions++ == sm->most)
        return NULL;
    const struct leaf *l = st->s->decisions[spot.decision].form == FORM_COMPOSE ? compose(st, r, spot) : choose(st, r, spot);
    for (uint32_t k = 0; l && k < st->k; k++)
        sm->totals[k] += leaf_worth(st, l)[k];
    return l;
}

static void play_begin(struct study *st)
{
    struct sampler *sm = st->sampler;
    if (steps_memory(&st->steps) > st->budget.memory)
        steps_forget(st);
    memset(sm->totals, 0, st->k * sizeof *sm->totals);
    memset(sm->quality, 0, st->k * sizeof *sm->quality);
    memset(sm->moves, 0, st->s->rubric.n_moves + 1);
    sm->decisions = 0;
    sm->play++;
    walk_begin(st);
}

/* The ending that a play comes to; 0: none.  Where it learns that a state must hold more, it is made once more. */
static uint32_t play_make(struct study *st, const struct round *r)
{
    uint64_t drawn = st->sampler->dice.drawn;
    const struct leaf *l;
    play_begin(st);
    while ((l = go_on(st, r)) && is_node(l->to)) {
        if (st->asked.lacking) {
            study_settle(st);
            st->sampler->dice.drawn = drawn;
            play_begin(st);
            continue;
        }
        walk_on(st, l);
    }
    return l && is_ending(l->to) ? l->to - TO_END : 0;
}

/* ---- levels ---- */

static bool group_has(const struct rubric *r, uint32_t *at, const bool *moves)
{
    bool has = false;
    for (; r->lists[*at]; ++*at)
        has |= moves[r->lists[*at]];
    ++*at;
    return has;
}

/* Whether the moves made are those of the anchor. */
static bool anchor_holds(const struct rubric *r, uint32_t comp, int level, const bool *moves)
{
    uint32_t needs = r->comps[comp].needs[level], without = r->comps[comp].without[level];
    while (needs && r->lists[needs])
        if (!group_has(r, &needs, moves))
            return false;
    while (without && r->lists[without])
        if (group_has(r, &without, moves))
            return false;
    return true;
}

/* 0 where there is no evidence. */
static int level_of(const struct study *st, uint32_t comp, const struct quality *q, const bool *moves)
{
    const struct rubric *r = &st->s->rubric;
    if (q->pieces == 0 || q->best - q->chance < 1e-9)
        return 0;
    double share = 100 * (q->got - q->chance) / (q->best - q->chance);
    int level = LEVELS;
    while (level > 1 && (share < r->cut[level] - 1e-9 || !anchor_holds(r, comp, level, moves)))
        level--;
    return level;
}

/* ---- keeping ---- */

static void keep_random(struct study *st, uint32_t ending)
{
    struct sampler *sm = st->sampler;
    sm->random++;
    sm->endings[ending]++;
    for (uint32_t k = 0; k < st->k; k++) {
        struct quality *sum = &sm->sum[k], *q = &sm->quality[k];
        *sum = (struct quality){sum->got + q->got, sum->chance + q->chance, sum->best + q->best, sum->pieces + q->pieces};
    }
    if (!ending)
        return;
    if (sm->ended == sm->cap_scores) {
        sm->cap_scores = sm->cap_scores ? sm->cap_scores * 2 : 256;
        sm->scores = mem_grow(sm->scores, (size_t)sm->cap_scores * st->k * sizeof *sm->scores);
    }
    memcpy(sm->scores + (size_t)sm->ended * st->k, sm->totals, st->k * sizeof *sm->totals);
    sm->ended++;
    sm->length += sm->decisions;
    sm->shortest = sm->decisions < sm->shortest ? sm->decisions : sm->shortest;
    sm->longest = sm->decisions > sm->longest ? sm->decisions : sm->longest;
}

static void bounds_widen(struct study *st)
{
    for (uint32_t k = 0; k < st->k && st->full; k++) {
        struct study_score *sc = &st->scores[k];
        int32_t total = st->sampler->totals[k];
        sc->best = total > sc->best ? total : sc->best;
        sc->worst = sc->worst == STUDY_NONE || total < sc->worst ? total : sc->worst;
    }
}

static void kindest_look(struct study *st)
{
    for (uint32_t k = 1; k < st->k; k++)
        if (st->scores[k].focus && st->sampler->totals[k] < st->scores[k].best)
            st->sampler->kindest_fails = true;
}

static void play_keep(struct study *st, const struct round *r, uint32_t ending)
{
    struct sampler *sm = st->sampler;
    if (r->policy == BY_DICE)
        keep_random(st, ending);
    if (r->policy == BY_KINDNESS)
        kindest_look(st);
    if (!ending)
        return;
    bounds_widen(st);
    for (uint32_t k = 1; k < st->k; k++) {
        int level = level_of(st, k, &sm->quality[k], sm->moves);
        st->scores[k].attained[level] = true;
        if (r->policy == BY_DICE)
            sm->levels[k][level]++;
        const struct quality *q = &sm->quality[k];
        if (r->policy == BY_BEST && r->comp == k && q->best > q->chance)
            st->scores[k].skilled_quality = 100 * (q->got - q->chance) / (q->best - q->chance);
    }
}

/* Enough plays of round R were made, or they are so long that fewer must do. */
static bool round_over(const struct study *st, const struct round *r)
{
    const struct sampler *sm = st->sampler;
    uint64_t work = (uint64_t)WORK_MOST * r->plays / st->budget.plays;
    return sm->made >= r->plays || (sm->made >= PLAYS_LEAST && st->transitions - sm->begun > work);
}

bool sampler_run(struct study *st, uint32_t states)
{
    struct sampler *sm = st->sampler;
    uint64_t until = st->transitions + 3 * (uint64_t)states;
    while (sm->round < sm->n_rounds && st->transitions < until) {
        const struct round *r = &sm->rounds[sm->round];
        play_keep(st, r, play_make(st, r));
        if (st->slow > SLOW_MOST) {
            sm->round = sm->n_rounds;
            break;
        }
        sm->made++;
        if (round_over(st, r)) {
            sm->made = 0;
            sm->begun = st->transitions;
            sm->round++;
        }
    }
    return sm->round == sm->n_rounds;
}

uint32_t sampler_made(const struct study *st, uint32_t *of)
{
    *of = st->budget.plays;
    return st->sampler ? st->sampler->random : 0;
}

bool sampler_kindest_wins(const struct study *st)
{
    bool kind = false;
    for (uint32_t i = 1; i <= st->s->n_options; i++)
        kind |= st->sampler->kind[i] > 0;
    role_id role = st->probe->se->params.roles[0];
    return kind && st->s->roles[role.i].n_focus && !st->sampler->kindest_fails;
}

/* ---- results ---- */

/* Wilson, "Probable inference, the law of succession, and statistical inference", 1927; 95 %. */
static struct share share_of(uint32_t hits, uint32_t n)
{
    const double z = 1.959963984540054;
    if (n == 0)
        return (struct share){0, 0, 1};
    double p = (double)hits / n, mid = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
    double low = mid - half, high = mid + half;
    return (struct share){p, low < 0 || !hits ? 0 : low, high > 1 || hits == n ? 1 : high};
}

static void bins_fill(struct study *st, uint32_t k)
{
    struct study_score *sc = &st->scores[k];
    int64_t span = (int64_t)sc->best - sc->worst;
    for (uint32_t i = 0; i < st->sampler->ended && span > 0; i++) {
        int64_t at = ((int64_t)st->sampler->scores[(size_t)i * st->k + k] - sc->worst) * STUDY_BINS / span;
        sc->bin[at < 0 ? 0 : at >= STUDY_BINS ? STUDY_BINS - 1 : at]++;
    }
}

static void result_sampled(struct study *st)
{
    struct sampler *sm = st->sampler;
    struct study_result *r = &st->result;
    for (uint32_t i = 0; i < r->n_endings; i++) {
        st->endings[i].share = share_of(sm->endings[st->endings[i].ending.i], sm->random);
        st->endings[i].reached |= sm->endings[st->endings[i].ending.i] > 0;
    }
    r->unended = share_of(sm->endings[0], sm->random);
    r->mean_length = sm->ended ? (double)sm->length / sm->ended : 0;
    r->shortest = sm->ended ? sm->shortest : 0;
    r->longest = sm->longest;
    for (uint32_t k = 0; k < st->k; k++) {
        for (uint32_t i = 0; i < sm->ended; i++)
            st->scores[k].mean += (double)sm->scores[(size_t)i * st->k + k] / sm->ended;
        st->scores[k].scored = st->scores[k].best != st->scores[k].worst;
    }
}

void sampler_result(struct study *st)
{
    struct sampler *sm = st->sampler;
    st->result.sampled = sm->random;
    if (st->full)
        result_sampled(st);
    for (uint32_t k = 0; k < st->k; k++) {
        bins_fill(st, k);
        struct quality *q = &sm->sum[k];
        st->scores[k].random_quality = q->best > q->chance ? 100 * (q->got - q->chance) / (q->best - q->chance) : 0;
        for (int l = 1; l <= LEVELS; l++)
            st->scores[k].level[l] = share_of(sm->levels[k][l], sm->random);
    }
}

/* ---- making and ending ---- */

static void round_add(struct sampler *sm, enum policy policy, uint32_t comp, uint32_t plays)
{
    sm->rounds[sm->n_rounds++] = (struct round){policy, comp, plays ? plays : 1};
}

void sampler_init(struct study *st)
{
    const struct scenario *s = st->s;
    struct arena *a = &st->arena;
    struct sampler *sm = st->sampler = arena_array(a, struct sampler, 1);
    sm->dice.seed = st->budget.seed;
    sm->met = arena_array(a, uint32_t, s->n_decisions + 1);
    sm->kind = arena_array(a, uint8_t, s->n_options + 1);
    sm->worth = arena_array(a, int32_t, OFFERED_MOST * st->k);
    sm->totals = arena_array(a, int32_t, st->k);
    sm->quality = arena_array(a, struct quality, st->k);
    sm->sum = arena_array(a, struct quality, st->k);
    sm->moves = arena_array(a, bool, s->rubric.n_moves + 1);
    sm->endings = arena_array(a, uint32_t, s->n_scenes + 1);
    sm->levels = arena_push(a, st->k * sizeof *sm->levels);
    sm->rounds = arena_array(a, struct round, 2 + 3 * st->k);
    sm->shortest = UINT32_MAX;
    sm->begun = st->transitions;
    sm->most = s->n_decisions * DECISIONS_TIMES;
    sm->most = sm->most > DECISIONS_MOST ? sm->most : DECISIONS_MOST;
    if (!st->full && !st->result.unbounded && sm->most < st->result.longest)
        sm->most = st->result.longest;
    kindness_count(sm, s);
    round_add(sm, BY_DICE, 0, st->budget.plays);
    for (uint32_t k = 0; k < st->k; k++) {
        round_add(sm, BY_BEST, k, st->budget.plays / BEST_ONE_IN);
        uint32_t tending = st->budget.plays / TENDING_ONE_IN;
        round_add(sm, BY_TENDENCY, k, tending > TENDING_LEAST ? tending : TENDING_LEAST);
        round_add(sm, BY_WORST, k, st->budget.plays / WORST_ONE_IN);
    }
    round_add(sm, BY_KINDNESS, 0, st->budget.plays / BEST_ONE_IN);
}

void sampler_free(struct sampler *sm)
{
    if (sm)
        free(sm->scores);
}

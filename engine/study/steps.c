/* steps.c -- what an answer does, learnt once.
 *
 * A step hangs on what it asks of the state and on chance, and on nothing else.  So all that can come of one answer is a
 * tree: where it asks, a branch for each value; where it forks, a branch for each way; its leaves say what comes of it.  A
 * branch that nobody has gone yet is learnt by making the step once with the probe (probe.h); from then on every state that
 * agrees on what is asked goes that way without a script, a condition or an event. */
#include "study/inside.h"

#include "play/rng.h"

#include <stdlib.h>

#define LEAF 0x80000000u

/* ---- spots ---- */

static void root_add(struct steps *sp, uint32_t option)
{
    array_room(sp->roots, sp->n_roots, sp->cap_roots);
    sp->roots[sp->n_roots++] = (struct root){.option = option};
}

static void roots_add(struct study *st, struct spot *spot)
{
    struct steps *sp = &st->steps;
    const struct decision *d = &st->s->decisions[spot->decision];
    uint32_t n = 0, option;
    spot->first = sp->n_roots;
    if (!spot->asks)
        root_add(sp, 0);
    else
        while ((option = answer_next(st->s, d, spot->options, &n)))
            root_add(sp, option);
    spot->n = sp->n_roots - spot->first;
    spot->late = spot->asks && d->no_answer.i;
    if (spot->late)
        root_add(sp, d->no_answer.i);
}

uint32_t spot_of(struct study *st, uint32_t at, uint32_t options, bool asks)
{
    struct steps *sp = &st->steps;
    uint32_t i = pairs_find(&sp->spot_of, at, options);
    if (i)
        return i - 1;
    struct spot spot = {.at = at, .options = options, .asks = asks, .decision = at ? st->s->nodes[at].ref : 0};
    roots_add(st, &spot);
    array_room(sp->spots, sp->n_spots, sp->cap_spots);
    sp->spots[sp->n_spots++] = spot;
    pairs_put(&sp->spot_of, at, options, sp->n_spots);
    return sp->n_spots - 1;
}

/* ---- learning ---- */

/* Where a branch hangs. */
struct hook {
    enum { AT_ROOT, AT_BRANCH, AT_WIDE } kind;
    uint32_t at; /* root; branch; twig … */
    int32_t value; /* … and value */
};

static uint32_t hook_to(const struct steps *sp, struct hook h)
{
    if (h.kind == AT_WIDE)
        return pairs_find(&sp->wide, h.at, (uint32_t)h.value);
    return h.kind == AT_ROOT ? sp->roots[h.at].to : sp->branches[h.at];
}

static void hang(struct steps *sp, struct hook h, uint32_t to)
{
    if (h.kind == AT_WIDE)
        pairs_put(&sp->wide, h.at, (uint32_t)h.value, to);
    else if (h.kind == AT_ROOT)
        sp->roots[h.at].to = to;
    else
        sp->branches[h.at] = to;
}

static struct hook hook_behind(const struct steps *sp, uint32_t twig, int32_t value)
{
    const struct twig *t = &sp->twigs[twig];
    if (t->var == CHANCE)
        return (struct hook){AT_BRANCH, t->first + (uint32_t)value, 0};
    return t->n ? (struct hook){AT_BRANCH, t->first + (uint32_t)(value - t->from), 0} : (struct hook){AT_WIDE, twig, value};
}

static uint32_t twig_new(struct steps *sp, struct hook h, struct twig t)
{
    t.first = sp->n_branches;
    for (uint32_t i = 0; i < t.n; i++) {
        array_room(sp->branches, sp->n_branches, sp->cap_branches);
        sp->branches[sp->n_branches++] = 0;
    }
    if (!sp->n_twigs)
        sp->n_twigs = 1;
    array_room(sp->twigs, sp->n_twigs, sp->cap_twigs);
    sp->twigs[sp->n_twigs] = t;
    hang(sp, h, sp->n_twigs);
    return sp->n_twigs++;
}

/* The twig at H where it is one for VAR with N branches; else 0. */
static uint32_t twig_at(const struct steps *sp, struct hook h, uint32_t var, uint32_t n)
{
    uint32_t t = hook_to(sp, h);
    return t && t < LEAF && sp->twigs[t].var == var && sp->twigs[t].n == n ? t : 0;
}

/* Where it goes on behind a question for VAR at H, whose answer is VALUE. */
static struct hook asked_at(const struct scenario *s, struct steps *sp, struct hook h, uint32_t var, int32_t value)
{
    struct twig asks = {.var = var};
    asks.n = asked_span(s, var, &asks.from);
    uint32_t t = twig_at(sp, h, var, asks.n);
    return hook_behind(sp, t ? t : twig_new(sp, h, asks), value);
}

/* Where it goes on behind a fork at H. */
static struct hook forked_at(struct steps *sp, struct hook h, const struct note *n)
{
    uint32_t t = twig_at(sp, h, CHANCE, n->id);
    if (!t) {
        t = twig_new(sp, h, (struct twig){.var = CHANCE, .n = n->id, .odds = n->even ? EVEN : sp->n_odds});
        for (uint32_t i = 0; i < n->id && !n->even; i++) {
            array_room(sp->odds, sp->n_odds, sp->cap_odds);
            sp->odds[sp->n_odds++] = 0;
        }
    }
    if (!n->even)
        sp->odds[sp->twigs[t].odds + (uint32_t)n->value] = n->odds;
    return hook_behind(sp, t, n->value);
}

static const struct state *step_make(struct study *st, const struct spot *spot, uint32_t option)
{
    struct probe *p = st->probe;
    if (spot->at == 0)
        return probe_run(p, (option_id){0});
    if (!spot->asks)
        return probe_engine(p, spot->at, spot->options);
    if (option < MESSAGE)
        return probe_run(p, (option_id){option});
    if (option == MESSAGE_FREE)
        return probe_compose(p, st->steps.message, st->steps.n_message);
    uint32_t parts[SLOTS_OF_MESSAGE];
    return probe_compose(p, parts, message_parts(st->s, &st->s->decisions[spot->decision], option - MESSAGE, parts));
}

static const struct state *probe_at(struct study *st, const struct roads *r, uint32_t leg)
{
    const uint64_t *words = r->legs[leg].words;
    const struct spot *spot = &st->steps.spots[words_spot(words)];
    struct state *from = probe_from(st->probe);
    asked_unpack(&st->asked, st->s, words, from);
    from->node = spot->at;
    from->phase = spot->asks ? PHASE_ASK : PHASE_RUN;
    from->decision = spot->asks ? spot->decision : 0;
    from->scene = st->s->decisions[spot->decision].scene.i;
    for (uint32_t i = 0; i < r->depth; i++)
        st->ways[i] = st->turns[i].way;
    st->probe->feed.ways = st->ways;
    st->probe->feed.n_ways = leg == r->last ? r->depth : 0; /* no leg but the last has forks */
    return step_make(st, spot, st->steps.roots[r->legs[leg].root].option);
}

/* Makes the step of R and adds what it does to its tree. */
static void learn(struct study *st, const struct roads *r)
{
    struct steps *sp = &st->steps;
    const struct state *now = probe_at(st, r, r->last);
    const struct feed *feed = &st->probe->feed;
    struct hook h = {AT_ROOT, r->legs[r->last].root, 0};
    sp->probed++;
    for (uint32_t i = 0; i < feed->n_notes; i++) {
        const struct note *n = &feed->notes[i];
        if (n->kind < NOTE_FORK && !n->known)
            h = asked_at(st->s, sp, h, asked_var(st->s, (enum note_kind)n->kind, n->id), n->value);
        else if (n->kind == NOTE_FORK)
            h = forked_at(sp, h, n);
    }
    hang(sp, h, LEAF + leaf_new(st, road_words(r), now));
}

/* ---- roads ---- */

static double odds_of(const struct steps *sp, uint32_t twig, uint32_t way)
{
    const struct twig *t = &sp->twigs[twig];
    return t->odds == EVEN ? 1.0 / t->n : sp->odds[t->odds + way];
}

static double odds_behind(const struct steps *sp, const struct turning *t)
{
    return t->odds * odds_of(sp, t->twig, t->way);
}

static struct hook fork_enter(struct study *st, struct roads *r, uint32_t twig, uint32_t way)
{
    double odds = r->depth ? odds_behind(&st->steps, &st->turns[r->depth - 1]) : 1;
    array_room(st->turns, r->depth, st->cap_turns);
    array_room(st->ways, r->depth, st->cap_ways);
    st->turns[r->depth++] = (struct turning){twig, way, odds};
    return hook_behind(&st->steps, twig, (int32_t)way);
}

static uint32_t way_rolled(struct study *st, struct roads *r, uint32_t twig, struct dice *d);

/* Along the state's own branches from H, where TO hangs, as far as they are known and stand side by side; most of all that a
 * study does is this. */
static uint32_t branches_follow(const struct study *st, const uint64_t *words, struct hook *h, uint32_t to)
{
    const struct steps *sp = &st->steps;
    while (to && to < LEAF) {
        const struct twig *t = &sp->twigs[to];
        if (t->var == CHANCE || t->n == 0)
            break;
        uint32_t at = t->first + (uint32_t)(asked_value(&st->asked, words, t->var) - t->from);
        *h = (struct hook){AT_BRANCH, at, 0};
        to = sp->branches[at];
    }
    return to;
}

/* From H on along the state's own branches and the first way of each fork, or one by chance. */
static bool descend(struct study *st, struct roads *r, struct hook h, struct dice *d)
{
    struct steps *sp = &st->steps;
    for (;;) {
        uint32_t to = branches_follow(st, road_words(r), &h, hook_to(sp, h));
        if (to == 0) {
            learn(st, r);
            to = hook_to(sp, h);
        }
        if (to == 0) { /* what the same state did before, it does no more */
            st->full = true;
            return false;
        }
        if (to >= LEAF) {
            r->leaf = to - LEAF;
            r->odds = r->depth ? odds_behind(sp, &st->turns[r->depth - 1]) : 1;
            return true;
        }
        if (sp->twigs[to].var == CHANCE)
            h = fork_enter(st, r, to, d ? way_rolled(st, r, to, d) : 0);
        else
            h = hook_behind(sp, to, asked_value(&st->asked, road_words(r), sp->twigs[to].var));
    }
}

/* How likely the ways of a fork are is known of those that were learnt. */
static uint32_t way_rolled(struct study *st, struct roads *r, uint32_t twig, struct dice *d)
{
    struct steps *sp = &st->steps;
    uint32_t n = sp->twigs[twig].n, first = sp->twigs[twig].first, way = 0;
    if (sp->twigs[twig].odds == EVEN)
        return dice_roll(d, n);
    for (uint32_t i = 0; i < n; i++)
        if (sp->branches[first + i] == 0) {
            fork_enter(st, r, twig, i);
            learn(st, r);
            r->depth--;
        }
    double at = dice_roll(d, UINT32_MAX) / (double)UINT32_MAX;
    while (way + 1 < n && at >= odds_of(sp, twig, way))
        at -= odds_of(sp, twig, way++);
    return way;
}

bool roads_first(struct study *st, struct roads *r, const uint64_t *words, uint32_t root)
{
    *r = (struct roads){.legs = {{words, root}}};
    if (!descend(st, r, (struct hook){AT_ROOT, root, 0}, NULL))
        return false;
    const struct leaf *l = road_leaf(st, r);
    r->worth = l->worth;
    if (r->depth || !is_node(l->to) || st->steps.spots[l->to].asks)
        return true;
    leaf_apply(st, l, words, st->mid);
    r->legs[1] = (struct leg){st->mid, st->steps.spots[l->to].first};
    r->last = 1;
    return descend(st, r, (struct hook){AT_ROOT, r->legs[1].root, 0}, NULL);
}

bool roads_next(struct study *st, struct roads *r)
{
    const struct steps *sp = &st->steps;
    while (r->depth && st->turns[r->depth - 1].way + 1 >= sp->twigs[st->turns[r->depth - 1].twig].n)
        r->depth--;
    if (r->depth == 0)
        return false;
    struct turning *t = &st->turns[r->depth - 1];
    t->way++;
    if (!descend(st, r, hook_behind(sp, t->twig, (int32_t)t->way), NULL))
        return false;
    r->worth = r->last ? r->worth : sp->leaves[r->leaf].worth;
    return true;
}

bool roads_roll(struct study *st, struct roads *r, const uint64_t *words, uint32_t root, struct dice *d)
{
    *r = (struct roads){.legs = {{words, root}}};
    return descend(st, r, (struct hook){AT_ROOT, root, 0}, d);
}

uint32_t dice_roll(struct dice *d, uint32_t n)
{
    return rng_below(rng_at(d->seed, ++d->drawn), n);
}

const struct session *road_play(struct study *st, const struct roads *r, uint32_t leg)
{
    probe_at(st, r, leg);
    return st->probe->se;
}

const struct leaf *road_leaf(struct study *st, const struct roads *r)
{
    return leaf_at(st, r->leaf);
}

void walk_begin(struct study *st)
{
    asked_begin(&st->asked, st->from);
}

bool walk_on(struct study *st, const struct leaf *l)
{
    uint64_t *from = st->from;
    if (!is_node(l->to))
        return false;
    leaf_apply(st, l, from, st->to);
    st->from = st->to;
    st->to = from;
    return true;
}

/* ---- making and ending ---- */

void steps_init(struct study *st)
{
    memset(st->worth, 0, st->k * sizeof *st->worth);
    worth_id(st, st->worth);
    root_add(&st->steps, MESSAGE_FREE);
    spot_of(st, 0, 0, false);
}

size_t steps_memory(const struct steps *sp)
{
    return sp->cap_spots * sizeof *sp->spots + pairs_memory(&sp->spot_of) + sp->cap_roots * sizeof *sp->roots +
           sp->cap_twigs * sizeof *sp->twigs + pairs_memory(&sp->wide) +
           sp->cap_branches * sizeof *sp->branches + sp->cap_odds * sizeof *sp->odds +
           sp->cap_leaves * sizeof *sp->leaves + sp->cap_writes * sizeof *sp->writes + sp->cap_seen * sizeof *sp->seen;
}

void steps_forget(struct study *st)
{
    struct steps *sp = &st->steps;
    pairs_clear(&sp->wide);
    sp->n_twigs = sp->n_branches = sp->n_odds = sp->n_leaves = sp->n_writes = sp->n_seen = 0;
    for (uint32_t i = 0; i < sp->n_roots; i++)
        sp->roots[i].to = 0;
}

void steps_done(struct steps *sp)
{
    free(sp->spots);
    free(sp->roots);
    free(sp->twigs);
    free(sp->branches);
    free(sp->odds);
    free(sp->leaves);
    free(sp->writes);
    free(sp->seen);
    free(sp->problems);
    free(sp->stuck);
    free(sp->worths);
    pairs_done(&sp->spot_of);
    pairs_done(&sp->wide);
}

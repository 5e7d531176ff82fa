/* length.c -- about how many decisions a play has: a few random plays, quick enough to be made before the first line.
 *
 * No graph and no figures; what a whole study says of lengths is exact, and takes longer. */
#include "play/rng.h"
#include "study/inside.h"

#include <stdlib.h>

enum { PLAYS = 24, DECISIONS_MOST = 200, OFFERED_MOST = 32 };

struct roll {
    uint64_t n;
};

static uint32_t roll(struct roll *r, uint32_t ways)
{
    return rng_below(rng_at(1, ++r->n), ways);
}

/* Whether a script failed, perhaps because all that scripts may do was done. */
static bool troubled(const struct session *se)
{
    for (uint32_t n = 1; n < se->n_events; n++) {
        const struct event *e = session_event(se, n);
        for (uint32_t i = 0; i < e->n; i++)
            if (event_items(e)[i].kind == ITEM_PROBLEM)
                return true;
    }
    return false;
}

static const struct state *message(struct probe *p, const struct scenario *s, const struct decision *d, struct roll *r)
{
    uint32_t parts[SLOTS_OF_MESSAGE], n = 0;
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots && n < SLOTS_OF_MESSAGE; i++) {
        uint32_t way = roll(r, s->slots[i].n + s->slots[i].may_be_empty);
        if (way < s->slots[i].n)
            parts[n++] = s->slots[i].first + way;
    }
    return probe_compose(p, parts, n);
}

static const struct state *answer(struct probe *p, const struct scenario *s, const struct state *now, struct roll *r)
{
    const struct event *offered = session_event(p->se, p->se->n_events - 1);
    const struct decision *d = &s->decisions[now->decision];
    uint32_t options[OFFERED_MOST], n = 0;
    for (uint32_t i = 0; i < offered->n && n < OFFERED_MOST; i++)
        if (event_items(offered)[i].kind == ITEM_OPTION)
            options[n++] = event_items(offered)[i].ref;
    memcpy(probe_from(p), now, p->se->state_size);
    if (d->form == FORM_COMPOSE)
        return message(p, s, d, r);
    return n ? probe_run(p, (option_id){options[roll(r, n)]}) : NULL;
}

/* The decisions of one play; 0 where it comes to no ending, or takes too long. */
static uint32_t play(struct probe *p, const struct scenario *s, struct roll *r)
{
    uint32_t n = 0;
    state_init(s, probe_from(p));
    const struct state *now = probe_run(p, (option_id){0});
    while (now && now->phase == PHASE_ASK && n < DECISIONS_MOST && !troubled(p->se)) {
        now = answer(p, s, now, r);
        n++;
    }
    return now && now->phase == PHASE_ENDED ? n : 0;
}

uint32_t study_length(const struct scenario *s, const struct scorer *scorer, const struct session_params *params)
{
    struct scorer frugal = *scorer;
    struct probe *p = probe_new(s, &frugal, params);
    struct roll r = {0};
    uint32_t sum = 0, ended = 0, failed = 0;
    if (scorer->begin)
        scorer->begin(scorer->self);
    frugal.begin = NULL; /* what scripts may do in one step must do for all plays */
    p->feed.dice = true;
    p->feed.seed = 1;
    for (int i = 0; i < PLAYS && failed < 3; i++) {
        uint32_t n = play(p, s, &r);
        sum += n;
        ended += n > 0;
        failed += n == 0;
    }
    probe_free(p);
    return ended ? (sum + ended / 2) / ended : 0;
}

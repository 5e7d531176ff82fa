/* length.c -- about how many decisions a play has: a few random plays, quick enough to be made before the first line.
 *
 * They are sessions like any other.  No graph and no figures; what a whole study says of lengths is exact, and takes
 * longer. */
#include "study/inside.h"

enum { PLAYS = 24, DECISIONS_MOST = 200, OFFERED_MOST = 32 };

/* Whether a script failed from event FIRST on, perhaps because all that scripts may do was done. */
static bool troubled(const struct session *se, uint32_t first)
{
    for (uint32_t n = first; n < se->n_events; n++) {
        const struct event *e = session_event(se, n);
        for (uint32_t i = 0; i < e->n; i++)
            if (event_items(e)[i].kind == ITEM_PROBLEM)
                return true;
    }
    return false;
}

static bool message(struct session *se, const struct decision *d, struct dice *dice)
{
    const struct scenario *s = se->scenario;
    uint32_t parts[SLOTS_OF_MESSAGE];
    struct input in = {.kind = IN_COMPOSE, .parts = parts};
    for (uint32_t i = d->first_slot; i < d->first_slot + d->n_slots && in.n_parts < SLOTS_OF_MESSAGE; i++) {
        uint32_t way = dice_roll(dice, s->slots[i].n + s->slots[i].may_be_empty);
        if (way < s->slots[i].n)
            parts[in.n_parts++] = s->slots[i].first + way;
    }
    struct err err;
    return session_step(se, &in, &err);
}

static bool answer(struct session *se, struct dice *dice)
{
    const struct event *offered = session_event(se, se->offered);
    const struct decision *d = &se->scenario->decisions[offered->a];
    uint32_t options[OFFERED_MOST], n = 0;
    struct err err;
    if (d->form == FORM_COMPOSE)
        return message(se, d, dice);
    for (uint32_t i = 0; i < offered->n && n < OFFERED_MOST; i++)
        if (event_items(offered)[i].kind == ITEM_OPTION)
            options[n++] = event_items(offered)[i].ref;
    return n && session_step(se, &(struct input){.kind = IN_CHOOSE, .option = {options[dice_roll(dice, n)]}}, &err);
}

/* The decisions of one play, without lists of topics and discussions; 0 where it comes to no ending, or takes too long. */
static uint32_t play(struct session *se, struct dice *dice)
{
    struct err err;
    uint32_t n = 0, first = 1;
    bool goes = session_step(se, &(struct input){.kind = IN_BEGIN}, &err);
    for (uint32_t asked = 0; goes && se->state->phase == PHASE_ASK && asked < DECISIONS_MOST && !troubled(se, first); asked++) {
        n += form_graded(se->scenario->decisions[session_event(se, se->offered)->a].form);
        first = se->n_events;
        goes = answer(se, dice);
    }
    return se->state->phase == PHASE_ENDED ? n : 0;
}

uint32_t study_length(const struct scenario *s, const struct scorer *scorer, const struct session_params *params)
{
    struct scorer frugal = *scorer;
    struct session_params roles = *params;
    struct dice dice = {.seed = 1};
    uint32_t sum = 0, ended = 0, failed = 0;
    if (scorer->begin)
        scorer->begin(scorer->self);
    frugal.begin = NULL; /* what scripts may do in one step must do for all plays */
    for (int i = 0; i < PLAYS && failed < 3; i++) {
        roles.seed = (uint64_t)i + 1;
        struct session *se = session_new(s, &frugal, &roles);
        uint32_t n = play(se, &dice);
        session_free(se);
        sum += n;
        ended += n > 0;
        failed += n == 0;
    }
    return ended ? (sum + ended / 2) / ended : 0;
}

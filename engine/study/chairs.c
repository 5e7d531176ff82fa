/* chairs.c -- what the other chairs meet, so that only what nobody ever meets is told.
 *
 * A scene that is kept for one chair is no mistake of the other's.  Each other playable role is looked at in turn, states
 * alone, no figures; as soon as all has been met by somebody there is nothing left to look for, so that this takes a blink
 * where a scenario is sound.  Where a chair is too large to be looked at whole, what is left is not known, and not told. */
#include "study/inside.h"

enum { LOOK_EACH = 2000 /* states, before it is asked whether there is still something to look for */ };

static void take(bool *to, const bool *from, uint32_t n)
{
    for (uint32_t i = 0; i <= n; i++)
        to[i] |= from[i];
}

/* What FROM met counts as met for ST. */
static void met_take(struct study *st, const struct study *from)
{
    const struct scenario *s = st->s;
    take(st->met.option, from->seen.option, s->n_options);
    take(st->met.node, from->seen.node, s->n_nodes);
    take(st->met.scene, from->seen.scene, s->n_scenes);
    take(st->met.decision, from->seen.decision, s->n_decisions);
    take(st->met.fact, from->seen.fact, s->n_facts);
    for (uint32_t f = 1; f <= s->n_facts; f++)
        st->met_asked[f] |= asked_fact(&from->asked, (fact_id){f});
}

static bool is_played(const struct session_params *params, uint32_t role)
{
    for (uint32_t i = 0; i < params->n_roles; i++)
        if (params->roles[i].i == role)
            return true;
    return false;
}

/* The next playable role behind ROLE that is not played in this study; 0 where there is none. */
static uint32_t chair_after(const struct study *st, uint32_t role)
{
    while (++role <= st->s->n_roles)
        if (st->s->roles[role].playable && !is_played(&st->params, role))
            return role;
    return 0;
}

/* Begins to look at the chair of ROLE, within what is left of the budget. */
static struct study *chair_begin(const struct study *st, uint32_t role)
{
    struct session_params params = {.roles = {{role}}, .n_roles = 1};
    struct study_budget budget = st->budget;
    size_t used = study_memory(st);
    budget.memory = budget.memory / 2 > used ? budget.memory - used : budget.memory / 2;
    return study_new(st->s, st->scorer, &params, &budget);
}

bool chairs_run(struct study *st, uint32_t states)
{
    struct chairs *ch = &st->chairs;
    if (!ch->begun)
        met_take(st, st);
    ch->begun = true;
    bool ends = !st->budget.all_chairs || study_unmet(st) == 0;
    if (!ends && (st->full || st->stopped || ch->stopped)) {
        st->result.chairs_open |= ch->other || chair_after(st, ch->role);
        ends = true;
    }
    if (!ends && !ch->other) {
        ch->role = chair_after(st, ch->role);
        ch->other = ch->role ? chair_begin(st, ch->role) : NULL;
    }
    if (ends || !ch->other) {
        chairs_done(st);
        return true;
    }
    uint64_t before = ch->other->transitions;
    bool whole = study_states(ch->other, states < LOOK_EACH ? states : LOOK_EACH);
    st->transitions += ch->other->transitions - before;
    met_take(st, ch->other);
    if (whole) {
        st->result.chairs_open |= ch->other->full;
        chairs_done(st);
    }
    return false;
}

void chairs_done(struct study *st)
{
    study_free(st->chairs.other);
    st->chairs.other = NULL;
}

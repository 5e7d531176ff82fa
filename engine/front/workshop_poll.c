/* workshop_poll.c -- what is voted on, and what comes of it.
 *
 * The rule is ballot.c's.  Here it is only decided what follows: the reaction, the next place of a message, or the
 * facilitator's word.  Must not know keys or screens. */
#include "front/workshop_inside.h"

#include "front/hands.h"

#include <string.h>

/* ---- what is voted on ---- */

static const struct beat *option_beat(const struct workshop *w, uint32_t i)
{
    const struct workshop_state *s = &w->now;
    return i < s->n_options ? workshop_beat(w, s->options[i]) : NULL;
}

struct both workshop_option(const struct workshop *w, uint32_t i)
{
    if (w->now.poll == POLL_WARM_UP)
        return i < w->about->warm_up.n_choices ? w->about->warm_up.choices[i] : (struct both){{0}, {0}};
    const struct beat *b = option_beat(w, i);
    if (!b)
        return both_tr(N_("(leave this part out)"));
    if (both_empty(b->words) && both_empty(b->manner))
        return both_tr(N_("None of these"));
    return b->words;
}

struct both workshop_option_manner(const struct workshop *w, uint32_t i)
{
    const struct beat *b = w->now.poll == POLL_WARM_UP ? NULL : option_beat(w, i);
    return b ? b->manner : (struct both){{0}, {0}};
}

/* The options that this poll has. */
static uint32_t letters(const struct workshop *w)
{
    return w->now.poll == POLL_WARM_UP ? w->about->warm_up.n_choices : w->now.n_options;
}

void poll_open(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    uint32_t before = s->ballot.round;
    if (!ballot_open(&s->ballot, letters(w)))
        ballot_reopen(&s->ballot); /* as many rounds as can be kept were held: the last one goes on */
    w->rounds += s->ballot.round - before;
    s->first_round = before ? s->first_round : w->rounds;
    s->stage = STAGE_VOTE;
    s->page = 0;
    s->revealed = false;
    w->timer_left = w->timer_until = 0;
}

void poll_slot(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    s->poll = s->slot < s->n_slots ? POLL_SLOT : POLL_DECISION;
    s->n_options = 0;
    s->taken = 0;
    memset(&s->ballot, 0, sizeof s->ballot);
    s->page = 0;
    if (s->slot == s->n_slots) {
        s->stage = STAGE_WHOLE;
        return;
    }
    for (uint32_t i = s->slots[s->slot]; i < w->story->n && w->story->v[i].kind == WIRE_OUT_PART && s->n_options < BALLOT_OPTIONS - 1; i++)
        s->options[s->n_options++] = i + 1;
    if (w->story->v[s->slots[s->slot] - 1].may_be_empty)
        s->options[s->n_options++] = 0;
    if (s->mode == WIRE_ROOM_TOLD)
        s->stage = STAGE_CHOOSE;
    else
        poll_open(w);
}

/* ---- votes ---- */

uint32_t workshop_round(const struct workshop *w)
{
    const struct workshop_state *s = &w->now;
    return s->ballot.round ? s->first_round + s->ballot.round - 1 : 0;
}

enum ballot_cast workshop_vote(struct workshop *w, uint32_t voter, uint32_t round, uint32_t option)
{
    if (round != workshop_round(w) || w->now.stage != STAGE_VOTE)
        return CAST_CLOSED;
    return option ? ballot_cast(&w->now.ballot, voter, option - 1) : ballot_take_back(&w->now.ballot, voter);
}

uint32_t workshop_voted(const struct workshop *w, uint32_t voter, uint32_t round)
{
    return round && round == workshop_round(w) ? ballot_of(&w->now.ballot, voter) : 0;
}

uint32_t workshop_here(const struct workshop *w) { return w->heads ? w->heads : w->phones; }

uint32_t poll_answered(const struct workshop *w) { return ballot_answered(&w->now.ballot, w->now.ballot.round); }

void poll_close(struct workshop *w)
{
    ballot_close(&w->now.ballot);
    w->timer_left = w->timer_until = 0;
}

bool poll_hands(struct workshop *w)
{
    static const enum remark remarks[] = {[HANDS_STRANGE] = REMARK_HANDS_STRANGE, [HANDS_NO_OPTION] = REMARK_HANDS_NO_OPTION,
                                          [HANDS_TWICE] = REMARK_HANDS_TWICE, [HANDS_BARE] = REMARK_HANDS_BARE,
                                          [HANDS_MANY] = REMARK_HANDS_MANY};
    struct ballot *b = &w->now.ballot;
    uint32_t hands[BALLOT_OPTIONS], sum = 0;
    memcpy(hands, b->rounds[b->round - 1].hands, sizeof hands);
    enum hands_said said = hands_read(buf_view(&w->typed), b->n_options, hands, &w->which);
    if (said == HANDS_EMPTY)
        return true;
    if (said != HANDS_READ) {
        w->remark = remarks[said];
        return false;
    }
    for (uint32_t i = 0; i < b->n_options; i++)
        sum += hands[i] + b->rounds[b->round - 1].phones[i];
    if (w->heads && sum > w->heads && !(w->remark == REMARK_OVER_HEADS && w->counted == sum)) {
        w->remark = REMARK_OVER_HEADS;
        w->counted = sum;
        return false;
    }
    return ballot_hands(b, hands, b->n_options);
}

/* ---- what comes of it ---- */

static enum want take_slot(struct workshop *w, uint32_t letter)
{
    struct workshop_state *s = &w->now;
    struct slot_votes *v = &s->voted[s->slot++];
    v->n = (uint8_t)s->n_options;
    v->taken = (uint8_t)letter;
    v->hands = ballot_raised(&s->ballot, s->ballot.round);
    for (uint32_t i = 0; i < s->n_options; i++)
        v->votes[i] = ballot_votes(&s->ballot, s->ballot.round, i);
    poll_slot(w);
    return WANT_SHOW;
}

enum want poll_take(struct workshop *w, uint32_t letter)
{
    struct workshop_state *s = &w->now;
    poll_close(w);
    s->taken = letter;
    if (s->poll == POLL_SLOT)
        return take_slot(w, letter);
    w->step = STEP_CHOOSE;
    return WANT_STEP;
}

static uint32_t only_letter(uint32_t set)
{
    uint32_t i = 0;
    while (set >> i && !(set >> i & 1))
        i++;
    return set == 1u << i ? i + 1 : 0;
}

enum want poll_settle(struct workshop *w)
{
    struct workshop_state *s = &w->now;
    poll_close(w);
    uint32_t letter = only_letter(ballot_leads(&s->ballot, s->ballot.round));
    if (letter)
        return poll_take(w, letter);
    s->stage = STAGE_CHOOSE;
    s->page = 0;
    return WANT_SHOW;
}

/* ---- as the engine wants it ---- */

static struct text id_of(const struct workshop *w, uint32_t i)
{
    const struct workshop_state *s = &w->now;
    const struct beat *b = workshop_beat(w, s->options[i]);
    return b ? b->id : (struct text){0};
}

static void choose_input(const struct workshop *w, struct arena *a, struct client_input *in, struct client_vote *vote)
{
    const struct workshop_state *s = &w->now;
    struct client_round *rounds = arena_array(a, struct client_round, s->ballot.round + 1);
    in->kind = WIRE_CHOOSE;
    if (s->form == WIRE_FORM_DISCUSS) {
        in->option = s->n_options ? id_of(w, 0) : (struct text){0};
        return;
    }
    in->option = s->taken ? id_of(w, s->taken - 1) : (struct text){0};
    for (uint32_t k = 0; k < s->ballot.round; k++) {
        struct text *ids = arena_array(a, struct text, s->n_options + 1);
        uint32_t *votes = arena_array(a, uint32_t, s->n_options + 1);
        for (uint32_t i = 0; i < s->ballot.n_options; i++) {
            ids[i] = id_of(w, i);
            votes[i] = ballot_votes(&s->ballot, k + 1, i);
        }
        rounds[k] = (struct client_round){ids, votes, s->ballot.n_options, ballot_raised(&s->ballot, k + 1)};
    }
    vote->rounds = rounds;
    vote->n_rounds = s->ballot.round;
}

/* The beat of letter I of place SLOT; the place itself for one that is left out. */
static const struct beat *part_beat(const struct workshop *w, uint32_t slot, uint32_t i)
{
    const struct workshop_state *s = &w->now;
    const struct beat *place = workshop_beat(w, s->slots[slot]);
    uint32_t at = s->slots[slot] + i;
    return at < w->story->n && w->story->v[at].kind == WIRE_OUT_PART ? &w->story->v[at] : place;
}

static void compose_input(const struct workshop *w, struct arena *a, struct client_input *in, struct client_vote *vote)
{
    const struct workshop_state *s = &w->now;
    struct client_round *round = arena_array(a, struct client_round, 1);
    struct text *parts = arena_array(a, struct text, s->n_slots + 1);
    struct text *ids = arena_array(a, struct text, s->n_slots * BALLOT_OPTIONS + 1);
    uint32_t *votes = arena_array(a, uint32_t, s->n_slots * BALLOT_OPTIONS + 1), all = 0;
    in->kind = WIRE_COMPOSE;
    for (uint32_t k = 0; k < s->n_slots; k++) {
        const struct slot_votes *v = &s->voted[k];
        const struct beat *taken = v->taken ? part_beat(w, k, v->taken - 1u) : NULL;
        if (taken && taken->kind == WIRE_OUT_PART)
            parts[in->n_parts++] = taken->id;
        for (uint32_t i = 0; i < v->n; i++) {
            ids[round->n] = part_beat(w, k, i)->id;
            votes[round->n++] = v->votes[i];
            all += v->votes[i];
        }
        round->hands += v->hands;
    }
    in->parts = parts;
    round->ids = ids;
    round->votes = votes;
    vote->rounds = round;
    vote->n_rounds = all ? 1 : 0;
}

void workshop_input(const struct workshop *w, struct arena *a, struct client_input *in)
{
    long long ms = w->now_ms - w->asked_ms;
    struct client_vote *vote = arena_array(a, struct client_vote, 1);
    *in = (struct client_input){.ms = ms < 0 ? 0 : ms > INT32_MAX ? INT32_MAX : (uint32_t)ms};
    vote->heads = workshop_here(w);
    switch (w->step) {
    case STEP_NONE:
    case STEP_BEGIN: in->kind = WIRE_BEGIN; return;
    case STEP_CHOOSE: choose_input(w, a, in, vote); break;
    case STEP_COMPOSE: compose_input(w, a, in, vote); break;
    case STEP_REWIND:
        in->kind = WIRE_REWIND;
        in->to = w->step_to;
        return;
    case STEP_NOTE:
    case STEP_WRITE:
        in->kind = w->step == STEP_NOTE ? WIRE_NOTE : WIRE_WRITE;
        in->text = text_keep(a, buf_view(&w->typed));
        return;
    }
    in->vote = vote;
}

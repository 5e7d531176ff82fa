/* ballot.c -- counting a room's votes.
 *
 * The numbers of a round are kept up to date with every vote, so that asking costs nothing and a round that is closed
 * needs no voters any more.  Must not know what is voted on. */
#include "play/ballot.h"

#include <string.h>

static struct ballot_round *latest(struct ballot *b) { return &b->rounds[b->round - 1]; }

static const struct ballot_round *round_at(const struct ballot *b, uint32_t round)
{
    static const struct ballot_round none;
    return round && round <= b->round ? &b->rounds[round - 1] : &none;
}

bool ballot_open(struct ballot *b, uint32_t n)
{
    if (n == 0 || n > BALLOT_OPTIONS || b->round == BALLOT_ROUNDS || (b->round && n != b->n_options))
        return false;
    b->n_options = n;
    b->rounds[b->round++] = (struct ballot_round){0};
    memset(b->cast, 0, sizeof b->cast);
    b->open = true;
    return true;
}

void ballot_close(struct ballot *b) { b->open = false; }

bool ballot_reopen(struct ballot *b)
{
    b->open = b->round > 0;
    return b->open;
}

enum ballot_cast ballot_take_back(struct ballot *b, uint32_t voter)
{
    if (!b->open)
        return CAST_CLOSED;
    if (voter >= BALLOT_VOTERS)
        return CAST_NO_VOTER;
    if (b->cast[voter])
        latest(b)->phones[b->cast[voter] - 1]--;
    b->cast[voter] = 0;
    return CAST_TAKEN;
}

enum ballot_cast ballot_cast(struct ballot *b, uint32_t voter, uint32_t option)
{
    if (b->open && option >= b->n_options)
        return CAST_NOT_OFFERED;
    enum ballot_cast end = ballot_take_back(b, voter);
    if (end != CAST_TAKEN)
        return end;
    latest(b)->phones[option]++;
    b->cast[voter] = (uint8_t)(option + 1);
    return CAST_TAKEN;
}

uint32_t ballot_of(const struct ballot *b, uint32_t voter) { return voter < BALLOT_VOTERS ? b->cast[voter] : 0; }

bool ballot_hands(struct ballot *b, const uint32_t *hands, uint32_t n)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += hands[i];
    if (!b->round || n != b->n_options || sum > BALLOT_MOST)
        return false;
    memcpy(latest(b)->hands, hands, n * sizeof *hands);
    return true;
}

uint32_t ballot_votes(const struct ballot *b, uint32_t round, uint32_t option)
{
    const struct ballot_round *r = round_at(b, round);
    return option < b->n_options ? r->hands[option] + r->phones[option] : 0;
}

uint32_t ballot_answered(const struct ballot *b, uint32_t round)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < b->n_options; i++)
        sum += ballot_votes(b, round, i);
    return sum;
}

uint32_t ballot_raised(const struct ballot *b, uint32_t round)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < b->n_options; i++)
        sum += round_at(b, round)->hands[i];
    return sum;
}

uint32_t ballot_leads(const struct ballot *b, uint32_t round)
{
    uint32_t votes[BALLOT_OPTIONS];
    for (uint32_t i = 0; i < b->n_options; i++)
        votes[i] = ballot_votes(b, round, i);
    return votes_lead(votes, b->n_options);
}

uint32_t votes_lead(const uint32_t *votes, uint32_t n)
{
    uint32_t most = 0, set = 0;
    for (uint32_t i = 0; i < n && i < BALLOT_OPTIONS; i++) {
        if (votes[i] == 0 || votes[i] < most)
            continue;
        set = votes[i] > most ? 0 : set;
        most = votes[i];
        set |= 1u << i;
    }
    return set;
}

enum ballot_settled votes_settle(const uint32_t *votes, uint32_t n, uint32_t taken)
{
    uint32_t lead = votes_lead(votes, n), own = 1u << taken;
    if (!lead)
        return SETTLED_TOLD;
    if (!(lead & own))
        return SETTLED_VETO;
    return lead == own ? SETTLED_VOTES : SETTLED_TIE;
}

/* ballot.h -- counting a room's votes at one decision.
 *
 * A voter is a number the front end made up; the last vote counts, and may be taken back.  A show of hands is numbers
 * without voters; it stands beside the phones' votes and is typed anew as a whole, so correcting it is typing it again.
 * A decision has one round or several; a round that is closed is kept as its numbers alone, since who moved from where
 * to where is nobody's business.
 *
 * The one rule: whoever leads alone is what the room chose.  Where several lead, where nobody voted, and where the
 * facilitator takes another option, the facilitator chooses, and ballot_settled has a word for each.
 *
 * Options are numbers from 0, in the order shown.  Pure, and of the base alone: the core holds every record to this rule,
 * and the host counts with it.  Knows nothing of phones, time or screens: whoever runs the countdown calls ballot_close.
 *
 *     ballot_open(&b, 4);
 *     ballot_cast(&b, voter, 2);
 *     ballot_hands(&b, (uint32_t[]){12, 0, 7, 4}, 4);
 *     ballot_close(&b);
 *     leads = ballot_leads(&b, b.round);          a set: bit I for option I */
#ifndef PLAY_BALLOT_H
#define PLAY_BALLOT_H

#include <stdbool.h>
#include <stdint.h>

enum { BALLOT_OPTIONS = 26, BALLOT_ROUNDS = 8, BALLOT_VOTERS = 4096, BALLOT_MOST = 100000 };

/* One round, as it stands or as it was closed. */
struct ballot_round {
    uint32_t hands[BALLOT_OPTIONS];  /* shown */
    uint32_t phones[BALLOT_OPTIONS]; /* voters whose last vote it is */
};

/* Zeroed: no round was opened yet.  No pointers: it may be copied. */
struct ballot {
    uint32_t n_options;
    uint32_t round;                  /* from 1, the latest; 0: none */
    bool open;                       /* the latest takes votes */
    struct ballot_round rounds[BALLOT_ROUNDS];
    uint8_t cast[BALLOT_VOTERS];     /* by voter, in the latest round: option + 1; 0: none */
};

/* The first round of a decision with N options, or the next of the same; whatever was open is closed.  False, with
 * nothing changed, where N is not 1 to BALLOT_OPTIONS, or not what it was, or there were BALLOT_ROUNDS. */
bool ballot_open(struct ballot *b, uint32_t n);
void ballot_close(struct ballot *b);
/* Takes votes again, those given still standing; false where there is no round. */
bool ballot_reopen(struct ballot *b);

enum ballot_cast { CAST_TAKEN, CAST_CLOSED, CAST_NOT_OFFERED, CAST_NO_VOTER };

/* VOTER's vote, in place of an earlier one in this round.  VOTER is below BALLOT_VOTERS. */
enum ballot_cast ballot_cast(struct ballot *b, uint32_t voter, uint32_t option);
enum ballot_cast ballot_take_back(struct ballot *b, uint32_t voter);
/* The option of VOTER in the latest round, from 1; 0: none. */
uint32_t ballot_of(const struct ballot *b, uint32_t voter);
/* All hands of the latest round at once, in place of what was typed before; also when it is closed, since a number may be
 * corrected until the room goes on.  False, with nothing changed, where there is no round, N is not the number of
 * options, or there are more than BALLOT_MOST. */
bool ballot_hands(struct ballot *b, const uint32_t *hands, uint32_t n);

/* Votes for OPTION in ROUND, hands and phones together; all of ROUND; its hands, its phones. */
uint32_t ballot_votes(const struct ballot *b, uint32_t round, uint32_t option);
uint32_t ballot_answered(const struct ballot *b, uint32_t round);
uint32_t ballot_raised(const struct ballot *b, uint32_t round);
/* The options with the most votes in ROUND, as a set; none where nobody voted. */
uint32_t ballot_leads(const struct ballot *b, uint32_t round);

/* ---- the rule by itself, for whoever has only the numbers ---- */

enum ballot_settled {
    SETTLED_VOTES, /* it led alone */
    SETTLED_TIE,   /* several led; the facilitator chose one of them */
    SETTLED_TOLD,  /* nobody voted; the facilitator chose */
    SETTLED_VETO   /* the facilitator chose what did not lead */
};

/* The options with the most of N VOTES, as a set; none where all are 0. */
uint32_t votes_lead(const uint32_t *votes, uint32_t n);
/* How TAKEN came to be what the room said, with these N VOTES; BALLOT_OPTIONS: it is none of what was voted on. */
enum ballot_settled votes_settle(const uint32_t *votes, uint32_t n, uint32_t taken);

#endif

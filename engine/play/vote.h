/* vote.h -- a room's votes as an answer carries them; for play/ only.
 *
 * Rows are items: ITEM_TALLY for each option (of a message: each part, and each place left empty) in each round, ITEM_HANDS
 * for each round, one ITEM_VOTE.  How it was settled is never taken from anybody: it follows from the votes and from what
 * was taken, by the rule of ballot.h.  Votes that were kept before there was an ITEM_VOTE stand as they are.
 *
 *     "tally":{"promise":6,"date":25},
 *     "vote":{"heads":31,"hands":[31,9],"before":[{"promise":17,"date":14}],"settled":"veto"} */
#ifndef PLAY_VOTE_H
#define PLAY_VOTE_H

#include "base/json.h"
#include "play/ballot.h"
#include "play/decide.h"

enum { VOTE_ROWS = 512 };

/* By enumerator; 0 for SETTLED_VOTES, which goes without saying. */
extern const char *const SETTLED_NAMES[SETTLED_VETO + 1];

/* Whether ROWS are votes for what is offered now, where D is open. */
bool vote_fits(const struct session *se, const struct decision *d, const struct item *rows, uint32_t n);
/* Adds ROWS, which fit, to the open EV_CHOSE; its parts are there already. */
void vote_record(struct step *p, const struct item *rows, uint32_t n);

/* Writes the keys of E; nothing where nobody voted. */
void vote_put(const struct scenario *s, const struct event *e, struct json_out *o);
/* Reads them from the object V into ROWS, of VOTE_ROWS; false where they are none. */
bool vote_read(const struct scenario *s, const struct decision *d, const struct json_value *v, struct item *rows, uint32_t *n);

/* The row called NAME of decision D: an option, "slot/part", or "slot/" for a place left empty; false where there is
 * none.  Fills kind, spare and ref. */
bool vote_named(const struct scenario *s, const struct decision *d, struct text name, struct item *row);
void vote_name(const struct scenario *s, const struct decision *d, const struct item *row, struct buf *out);
/* Rounds that E holds, the last one with them. */
uint32_t vote_rounds(const struct event *e);

#endif

/* event.h -- what happened, as it is kept: the truth from which everything else follows.
 *
 * A session's events are one growing block: a head and its items.  Whatever a script or a condition decided is in an
 * item, so that replaying evaluates nothing.  event_json writes the one canonical encoding, event_parse reads it back;
 * nobody else encodes events.  docs/format.md, "Events", shows each. */
#ifndef PLAY_EVENT_H
#define PLAY_EVENT_H

#include "play/state.h"

enum event_kind {
    EV_BEGAN = 1, /* what is played: in the session's head, see session.h */
    EV_ENTERED,   /* a: scene, or 0 where a scene goes on after a decision; b: first node played; items in playing order */
    EV_OFFERED,   /* a: decision; b: its node; ITEM_VALUE, then ITEM_OPTION or ITEM_PART in the order shown */
    EV_CHOSE,     /* a: option; b: decision; ms; ITEM_TAKEN, a room's votes, items in playing order, then evidence */
    EV_NOTED,     /* ITEM_TEXT; empty: withheld */
    EV_LANGUAGE,  /* a: index of the language shown from here on */
    EV_REWOUND,   /* a: number of the EV_OFFERED that is open again */
    EV_ENDED,     /* a: the ending; items of on_end, then ITEM_TOTAL for each competency */
    EV_STUCK,     /* a: enum stuck */
    EV_PROPOSED   /* a: decision; ITEM_TEXT: own words, empty: withheld; ITEM_OPTION: what phrases of FORM_ASK propose, best first */
};

enum stuck { STUCK_NO_OPTION = 1, STUCK_NO_WAY, STUCK_MOVES };

enum chooser { BY_TRAINEE = 1, BY_ENGINE, BY_ROOM, BY_NOBODY /* no answer in time */ };

struct event {
    uint8_t kind;
    uint8_t by;       /* EV_CHOSE: enum chooser */
    bool again;       /* EV_CHOSE: met before, counts no evidence */
    bool self;        /* EV_CHOSE: placed by whoever wrote the words: evidence, but none for a level */
    uint32_t n;       /* items that follow */
    uint32_t a, b;
    uint32_t ms;      /* EV_CHOSE: time taken */
};

enum item_kind {
    ITEM_SHOW = 1, /* ref: node shown */
    ITEM_VALUE,    /* ref: fact whose value stands in a text shown (the item before, or the event's own); value */
    ITEM_SET,      /* ref: fact; value: what it is from here on */
    ITEM_SCORE,    /* ref: NODE_SCORE, or 0 for a script's; comp; value: points */
    ITEM_REASON,   /* text, as ITEM_TEXT: the reason of the script's ITEM_SCORE before */
    ITEM_EVIDENCE, /* comp; value: points that count, once all of the answer was played */
    ITEM_GO,       /* ref: scene a script sends the play to */
    ITEM_DRAW,     /* value: a random number drawn; ref: its bound */
    ITEM_PROBLEM,  /* ref: enum msg; value: file: a script that failed; then ITEM_PLACE, ITEM_TEXT for each argument */
    ITEM_PLACE,    /* ref, value: from and to of the ITEM_PROBLEM before */
    ITEM_TEXT,     /* ref: offset in the session's texts; value: length */
    ITEM_OPTION,   /* ref: option */
    ITEM_TALLY,    /* ref: option (of a message: part; spare: slot left empty); value: votes; comp: an earlier round, from 1;
                      0: the one that decided */
    ITEM_TOTAL,    /* comp; value */
    ITEM_PART,     /* ref: a part that is offered, in the order shown, slot by slot */
    ITEM_TAKEN,    /* ref: a part taken into a message; value: 1 where the engine took it */
    ITEM_HANDS,    /* of a room's vote: value: how many of the votes of round comp were hands */
    ITEM_VOTE      /* of a room's vote: value: people in the room, 0: not counted; ref: enum ballot_settled */
};

struct item {
    uint8_t kind;  /* enum item_kind */
    uint8_t spare;
    uint16_t comp; /* comp_id, or a round */
    uint32_t ref;
    int32_t value;
};

static inline const struct item *event_items(const struct event *e) { return (const struct item *)(e + 1); }

/* What the EV_CHOSE E, with its items so far, is worth for competency C: the option's points and what scripts scored
 * while it was played, held to -2…+2; 0 where it was met before or the engine chose. */
int32_t event_evidence(const struct scenario *s, const struct event *e, comp_id c);

struct session;
/* Appends the canonical encoding of event number N, without line end. */
void event_json(const struct session *se, uint32_t n, struct buf *out);

#endif

/* client_grade.h -- what a session shows of its trainee, as the engine counted it.  Part of client.h.
 *
 * How much may be said is the engine's: `says`, and whether there is a quality at all. */
#ifndef WIRE_CLIENT_GRADE_H
#define WIRE_CLIENT_GRADE_H

#include "wire/runs.h"

struct answer_move;

struct client_share {
    uint32_t taken, offered;
};

struct client_piece {
    uint32_t turn;           /* as client_turn.event */
    struct text slot;        /* of a message: "decision/slot"; else empty */
    int points, best;
    int32_t chance;          /* thousandths */
};

struct client_seen {
    struct text move;
    struct runs title;
    bool flaw, mode;
    uint32_t taken, offered, self;
    uint32_t *missed;        /* turns in which it could have been made, of those that help */
    uint32_t n_missed;
};

struct client_grade {
    struct text competency;
    struct runs title;
    enum wire_says says;
    uint32_t places, taken;  /* pieces of evidence; those where more was got than by chance */
    uint32_t self;           /* further ones that the trainee placed */
    int32_t got, best, chance; /* chance: thousandths */
    bool measured;           /* there is as much evidence as a level asks for */
    int32_t quality, low, high; /* thousandths, where measured; at or below 0: no better than chance */
    struct client_piece *pieces;
    struct client_seen *moves; /* of this competency, that could be made or were */
    uint32_t n_pieces, n_moves;
};

struct client_circumstance {
    struct runs title;
    bool perhaps;            /* on a condition: whether it held is not recorded */
};

struct client_conflict {
    struct text decision;
    uint32_t turn;
    struct text mode;        /* taken; empty: none of the modes */
    struct runs title;
    const struct answer_move *offered;
    struct client_circumstance *circumstances;
    uint32_t n_offered, n_circumstances;
    enum wire_apt apt;       /* 0: not marked */
    bool self;
};

struct client_message {
    struct text decision;
    uint32_t turn;
    const struct answer_move *given, *missed, *flaws;
    uint32_t n_given, n_missed, n_flaws;
};

struct client_step {
    struct text move;
    struct runs title;
    uint32_t turn;
};

struct client_locked {
    struct text option;
    struct runs words;
    uint32_t turn;
};

struct client_grades {
    struct client_grade *v;  /* the focus */
    struct client_conflict *conflicts;
    struct client_message *messages;
    struct client_step *steps;
    struct client_locked *locked;
    uint32_t n, n_conflicts, n_messages, n_steps, n_locked;
    struct client_share fit, reflections, questions; /* offered 0: none */
    bool listened_first;
};

#endif

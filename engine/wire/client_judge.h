/* client_judge.h -- what evidence from several sessions comes to, by the rubric of the scenario that is loaded.  Beside
 * client.h. */
#ifndef WIRE_CLIENT_JUDGE_H
#define WIRE_CLIENT_JUDGE_H

#include "wire/client.h"

enum { JUDGE_PIECES_MOST = 20000 };

struct judge_piece {
    int32_t got, best, chance; /* chance: thousandths */
};

struct client_evidence {
    struct text competency;
    const struct judge_piece *pieces;
    uint32_t n_pieces;         /* at most JUDGE_PIECES_MOST */
    const struct text *moves;  /* made, each once */
    uint32_t n_moves;
    uint32_t seats;            /* scenarios and roles it comes from */
};

struct client_verdict {
    struct runs title;
    enum wire_says says;
    uint32_t places, taken;
    bool measured;             /* there is as much evidence as a level asks for */
    int32_t quality, low, high; /* thousandths, where measured; at or below 0: no better than chance */
    uint32_t level, near;      /* 1…5, where says is WIRE_LEVEL; near: the neighbour it is close to; 0: none */
    struct runs name, near_name, anchor;
};

/* Refused, with "bad-request", for a competency the rubric does not have. */
enum client_end client_judge(struct client *c, const struct client_evidence *evidence, struct text lang,
                             struct client_verdict *out, struct client_fault *fault);

#endif

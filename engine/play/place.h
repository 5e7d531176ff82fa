/* place.h -- where somebody could have chosen: what stood there, and what was taken.
 *
 * A reply among several is one place; a message to compose is one place a slot, where leaving it empty is a choice too.
 * Only first answers of people are visited, those later taken back as well: the first choice stays the evidence. */
#ifndef PLAY_PLACE_H
#define PLAY_PLACE_H

#include "play/session.h"

enum { CHOICES_MOST = 32 };

/* An option, a part, or neither: a slot left empty. */
struct choice {
    option_id option;
    uint32_t part;
    bool taken;
};

struct place {
    const struct scenario *s;
    role_id role;                  /* the trainee's */
    const struct event *offer, *e; /* EV_OFFERED, EV_CHOSE */
    uint32_t event;                /* number of the EV_CHOSE */
    uint32_t slot;                 /* of a message; else 0 */
    bool self;                     /* own words, placed by whoever wrote them */
    struct choice v[CHOICES_MOST];
    uint32_t n;
    const struct choice *taken;    /* among v; NULL where nobody answered in time */
};

typedef void place_fn(void *self, const struct place *p);
void places_walk(const struct session *se, place_fn *each, void *self);

/* What CHOICE is worth for C, between -2 and +2: for the option taken, with what was scored while it was played; for
 * the others, what the scenario gives them without a condition, since what a script would have scored for them nobody
 * recorded. */
int32_t place_points(const struct place *p, const struct choice *choice, comp_id c);
/* What was got: as place_points of what was taken; no answer in time is 0. */
int32_t place_got(const struct place *p, comp_id c);
/* The moves CHOICE makes, the main one first. */
const move_id *place_moves(const struct place *p, const struct choice *choice, uint32_t *n);
/* Whether CHOICE makes move M. */
bool place_makes(const struct place *p, const struct choice *choice, move_id m);

#endif

/* keys.h -- what each key of a workshop does, on one screen: on the wall as in the facilitator's other terminal. */
#ifndef FRONT_KEYS_H
#define FRONT_KEYS_H

#include "front/flow.h"

/* All keys, from the top of C, between X and X + W. */
void keys_draw(struct canvas *c, const struct tongues *tongues, unsigned x, unsigned w);

#endif

/* later.h -- questions that a scenario asks some weeks after it was first played to its end. */
#ifndef CMD_LATER_H
#define CMD_LATER_H

#include "cmd/shelved.h"
#include "front/home.h"

/* Those of K's trainee that are open at NOW: due, not older than eight weeks, neither answered nor left out.  The oldest
 * conversation first; in ALL's memory. */
bool later_find(struct shelved_all *all, struct keep *k, int64_t now, struct home_later **v, uint32_t *n, struct store_fault *f);

#endif

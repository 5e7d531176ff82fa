/* titles.h -- what a scenario is called in each of its languages, to be kept with it. */
#ifndef RECORD_TITLES_H
#define RECORD_TITLES_H

#include "record/store.h"
#include "wire/client.h"

/* Of what C has loaded, *N of them, in A. */
struct kept_title *titles_take(struct client *c, struct arena *a, uint32_t *n);

#endif

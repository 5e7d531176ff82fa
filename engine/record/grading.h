/* grading.h -- what the engine found in a session, as rows to keep. */
#ifndef RECORD_GRADING_H
#define RECORD_GRADING_H

#include "record/store.h"
#include "wire/client.h"

/* The grades of D; the rows live in A and borrow from D.  EVENTS: how many the session had. */
void grading_take(const struct client_debrief *d, uint32_t events, int64_t now, struct arena *a, struct store_grades *out);

#endif

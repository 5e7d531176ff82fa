/* stop.h -- being asked to leave, and waiting without missing it.
 *
 * The signals are blocked and asked for: so none comes between two steps that belong together. */
#ifndef SEND_STOP_H
#define SEND_STOP_H

#include <stdbool.h>

void stop_watch(void);
/* Whether SIGINT, SIGTERM or SIGHUP has come. */
bool stop_asked(void);
/* Which one; 0: none. */
int stop_signal(void);
/* Waits; false as soon as one comes. */
bool stop_wait(long milliseconds);

#endif

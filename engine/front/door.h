/* door.h -- the way from a second terminal to a running workshop: a Unix socket that only the same user may speak to.
 *
 * The workshop tells each guest its desk, one JSON line whenever it changes; a guest tells keys: {"press":"space"} or
 * {"press":"h","line":"a12 b7"}.  The socket lies in a folder of the user's own; who connects is asked of the system, not of
 * them.  A guest that does not read is dropped, so that none can hold up a room. */
#ifndef FRONT_DOOR_H
#define FRONT_DOOR_H

#include "base/text.h"

#include <stdbool.h>

/* ---- the workshop's side ---- */

struct door;

enum { DOOR_GUESTS = 4, DOOR_DESCRIPTORS = DOOR_GUESTS + 1 };

/* Opens it; NULL, with errno, where the system gives none: a workshop goes on without. */
struct door *door_open(void);
void door_close(struct door *d);
/* What to wait on, into FDS of DOOR_DESCRIPTORS; their number. */
unsigned door_descriptors(const struct door *d, int *fds);
/* Takes whoever comes, and what guests say; PRESSED is called for each key.  LINE is empty where there is none. */
typedef void door_pressed_fn(void *self, uint32_t press, struct text line);
void door_run(struct door *d, door_pressed_fn *pressed, void *self);
/* Tells every guest LINE (without line end), and new ones when they come. */
void door_tell(struct door *d, struct text line);

/* ---- a guest's side ---- */

/* Connects to the workshop that was begun last; -1, with errno, where none runs (ENOENT) or it is another user's. */
int door_knock(void);

#endif

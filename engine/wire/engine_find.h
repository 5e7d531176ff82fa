/* engine_find.h -- where the engine and the library of this installation are. */
#ifndef WIRE_ENGINE_FIND_H
#define WIRE_ENGINE_FIND_H

#include "base/text.h"

/* The folder of the running program, without slash at the end, NUL-terminated in OUT; false where /proc does not say. */
bool engine_own_folder(struct buf *out);
/* The engine's program: beside the running one, else in $(libexecdir)/rehearse.  NUL-terminated in OUT; false, with the
 * last place looked at in OUT, where there is none. */
bool engine_find(struct buf *out);

#endif

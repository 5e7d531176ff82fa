/* engine_find.h -- where the engine and the library of this installation are. */
#ifndef WIRE_ENGINE_FIND_H
#define WIRE_ENGINE_FIND_H

#include "base/text.h"

/* The folder of the running program, without slash at the end, NUL-terminated in OUT; false where /proc does not say. */
bool engine_own_folder(struct buf *out);
/* A program or plug-in of this installation that may be used as MODE (R_OK, X_OK): beside the running program, else in
 * ../libexec/rehearse from there, else in the libexec folder it was built for.  NUL-terminated in OUT; false, with the
 * last place looked at in OUT, where there is none. */
bool engine_part(const char *name, int mode, struct buf *out);
/* The same with the engine's program. */
bool engine_find(struct buf *out);

#endif

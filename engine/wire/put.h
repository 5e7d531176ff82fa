/* put.h -- bytes into files: all of them, or an error. */
#ifndef WIRE_PUT_H
#define WIRE_PUT_H

#include "base/text.h"

#include <sys/types.h>

/* All of T; false with errno. */
bool put_all(int fd, struct text t);
/* T into a file that is not there yet, with MODE less the umask: 0, or errno (EEXIST …) and nothing is left of it. */
int put_new(const char *path, struct text t, mode_t mode);
/* The same in the place of what may be there: whole or not at all.  It is on the disk when this comes back. */
int put_over(const char *path, struct text t, mode_t mode);

#endif

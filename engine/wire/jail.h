/* jail.h -- giving up every right but reading one pipe and writing two.
 *
 * The engine warms its libraries up, enters the jail, and only then reads the first byte that a stranger wrote.  There
 * are two implementations, chosen by `make JAIL=linux|none`: the real one, and none for builds with sanitizers, coverage
 * or fuzzers, which need system calls of their own.  The second one says so in the engine's hello, and only a host that
 * was built the same way, or was told --no-jail, speaks to it. */
#ifndef WIRE_JAIL_H
#define WIRE_JAIL_H

#include <stdbool.h>
#include <stddef.h>

/* "seccomp" or "none": what jail_enter gives. */
const char *jail_name(void);

/* Descriptors but 0, 1 and 2 are closed; no core file, no file grows, at most MEMORY bytes of address space; the
 * process dies with its parent; any system call outside the short list kills it.  Cannot be undone.  False, with the
 * name of the step that failed in *STEP, where the system refuses: then nothing foreign may be read. */
bool jail_enter(size_t memory, const char **step);

#endif

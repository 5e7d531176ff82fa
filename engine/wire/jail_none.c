/* jail_none.c -- no jail, for builds whose tools need system calls of their own.
 *
 * Sanitizers reserve terabytes of address space and write reports, coverage writes files, fuzzers do both: none of it
 * fits into the real jail.  The engine says "none" in its hello, and an ordinary host then refuses it. */
#include "wire/jail.h"

const char *jail_name(void) { return "none"; }

bool jail_enter(size_t memory, const char **step)
{
    (void)memory;
    *step = "";
    return true;
}

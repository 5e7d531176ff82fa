/* built_linux.c -- what a build for people permits: a jailed engine, ours, that sees nothing of the environment.
 *
 * The environment may hold what no scenario's author should ever reach: tokens, passwords of a store. */
#include "wire/built.h"

#include <stddef.h>

bool built_accepts_no_jail(void) { return false; }

const char *built_other_engine(void) { return NULL; }

char **built_engine_environment(void)
{
    static char *nothing[] = {NULL};
    return nothing;
}

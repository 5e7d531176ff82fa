/* built.h -- what a build for tests permits and a build for people does not.
 *
 * Chosen with the jail by `make JAIL=linux|none`: built_linux.c is what people get, built_none.c what sanitizers,
 * coverage and fuzzers run on. */
#ifndef WIRE_BUILT_H
#define WIRE_BUILT_H

#include <stdbool.h>

/* True where an engine without a jail is spoken to without being asked to. */
bool built_accepts_no_jail(void);
/* The path of another engine to use, or NULL. */
const char *built_other_engine(void);
/* The environment that the engine gets. */
char **built_engine_environment(void);

#endif

/* built_none.c -- what a build for tests permits: an engine without a jail, named by REHEARSE_ENGINE, that is given the
 * environment, where sanitizers and coverage keep their options. */
#include "wire/built.h"

#include <stdlib.h>
#include <unistd.h>

bool built_accepts_no_jail(void) { return true; }

const char *built_other_engine(void) { return getenv("REHEARSE_ENGINE"); }

char **built_engine_environment(void) { return environ; }

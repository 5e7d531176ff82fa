/* lua_host.h -- the one place where Lua meets C: one Lua state a scenario, shared by all its sessions.
 *
 * Scripts are functions from facts to effects.  After loading, everything a script can reach is frozen; what a snippet
 * assigns to a fact is an effect (step.h), what it assigns to any other global is an error.  Budgets: steps and memory
 * of limits.h; when one is spent nothing a script does can swallow it.  docs/lua-api.md is made from api.c's table. */
#ifndef SCRIPT_LUA_HOST_H
#define SCRIPT_LUA_HOST_H

#include "play/scorer.h"

struct lua_host;

/* Once a process, before the jail: makes and closes a Lua state, so that nothing is done lazily later. */
void lua_host_warm(void);

/* Compiles every script and every Lua snippet of S, runs the scripts once, and freezes.  Everything found wrong is
 * added to ES at its place in the XML or in the script file.  Never NULL; after errors its scorer must not be used.  S
 * must outlive it. */
struct lua_host *lua_host_new(const struct scenario *s, struct errs *es);
void lua_host_free(struct lua_host *h);
const struct scorer *lua_host_scorer(const struct lua_host *h);

/* Writes docs/lua-api.md: every function with signature, sentence and example. */
void lua_api_document(struct buf *out);

#endif

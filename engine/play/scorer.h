/* scorer.h -- the door through which a session runs scripts.
 *
 * play/ knows no Lua: it calls this table.  script/lua_host.h implements it; tests use fakes, and replay uses one that
 * aborts.  A failing script records a problem on the step (step_problem) and has no effect: whatever it set before
 * failing is undone by the caller, who marks the step before and drops the items after. */
#ifndef PLAY_SCORER_H
#define PLAY_SCORER_H

#include "play/step.h"

struct scorer {
    void *self;
    /* Value of a condition that is Lua.  False, with *ERR, when it fails; the condition then counts as false. */
    bool (*test)(void *self, struct step *p, code_id c, bool *value, struct err *err);
    /* Runs a statement. */
    bool (*run)(void *self, struct step *p, code_id c, struct err *err);
    /* Calls a hook where the scripts define it: "on_start", "on_choice" with "decision/option", "on_end" with the
     * ending's name, "pick" with the decision's name (*PICKED: the option's name, or empty). */
    bool (*hook)(void *self, struct step *p, const char *hook, struct text arg, struct text *picked, struct err *err);
    /* A new step begins: budgets are filled up. */
    void (*begin)(void *self);
};

#endif

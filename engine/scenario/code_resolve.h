/* code_resolve.h -- what conditions, statements and scripts mention, found while loading.
 *
 * Ids in scripts are string literals, so all that a scenario can ask about is known before it is played: only those
 * scenes, options and moves get a mark in the state. */
#ifndef SCENARIO_CODE_RESOLVE_H
#define SCENARIO_CODE_RESOLVE_H

#include "scenario/scenario.h"

/* Called once by the loader when the model is whole: walks the tokens of every code and script of S; reports ids that
 * do not exist, calls with an id that is no literal, unknown names of facts in codes (nearest name), a `--` comment in
 * an attribute, an assignment in a condition, score() and go() where no answer is played; gives marks to options,
 * scenes and moves that are asked about (S->n_marks, .mark, move_mark); collects the literal reasons of score();
 * compiles what stays inside the small language to S->ops, and sets `lua` on the rest.  A span inside a code is found
 * with xml_raw_offset. */
void codes_resolve(struct scenario *s, struct errs *es);

/* Whether NAME means something in every script: a function of the engine or a library. */
bool code_name_known(struct text name);
/* The place of bytes FROM … TO of TEXT, which stands at AT, there written with entities or plainly. */
struct span code_span(const struct scenario *s, struct text text, struct span at, uint32_t from, uint32_t to);

#endif

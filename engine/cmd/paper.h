/* paper.h -- what the commands that print something about a scenario have in common. */
#ifndef CMD_PAPER_H
#define CMD_PAPER_H

#include "cmd/command.h"
#include "report/guide.h"

typedef void paper_fn(struct doc *d, const struct guide_of *g);
/* Opens the scenario that is the first operand, composes it in each language of --lang, and writes it to the file that is
 * the second; without one, as HTML to standard output.  LARGE: letters for whoever holds it while talking. */
int paper_print(const struct call *call, paper_fn *compose, bool large);
/* Whether PATH ends in ENDING, a dot and letters. */
bool paper_ends(const char *path, const char *ending);
/* T into the file PATH; without one to standard output. */
int paper_put(const struct call *call, const char *path, struct text t);

#endif

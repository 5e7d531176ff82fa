/* telling.h -- a report told: on the screen, or in a file where --page names one. */
#ifndef CMD_TELLING_H
#define CMD_TELLING_H

#include "cmd/command.h"
#include "report/doc.h"

#define OPTION_PAGE                                                                                                    \
    {"page", N_("FILE"), TAKES_FILE, NULL, N_("writes it to FILE instead: .html, .md or .txt, by its ending")}

/* An exit status. */
int telling_doc(const struct call *call, const struct doc *d);
/* T as it is, to standard output. */
int telling_text(struct text t);
/* False, after saying so and setting *STATUS, where --page names a file that cannot be written as its ending says. */
bool telling_page_fits(const struct call *call, int *status);

#endif

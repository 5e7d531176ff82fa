/* telling.h -- a report told: on the screen, or in a file where --page names one. */
#ifndef CMD_TELLING_H
#define CMD_TELLING_H

#include "cmd/command.h"
#include "report/doc.h"

#define OPTION_PAGE                                                                                                    \
    {"page", N_("FILE"), TAKES_FILE, NULL, N_("writes it to FILE instead: .html, .md or .txt, by its ending")}

/* The same for programs; whoever has these tells the table or the object with telling_text. */
#define OPTIONS_ROWS                                                                                                   \
    {"csv", NULL, TAKES_NOTHING, NULL, N_("as a table, for spreadsheet programs")},                                    \
    {"bom", NULL, TAKES_NOTHING, NULL, N_("with a mark at its head, for programs that take it for GBK otherwise")},    \
    {"json", NULL, TAKES_NOTHING, NULL, N_("as one JSON object, for programs")}

/* An exit status. */
int telling_doc(const struct call *call, const struct doc *d);
/* T as it is, to standard output. */
int telling_text(struct text t);
/* False, after saying so and setting *STATUS, where --page names a file that cannot be written as its ending says. */
bool telling_page_fits(const struct call *call, int *status);

#endif

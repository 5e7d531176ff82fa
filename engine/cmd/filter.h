/* filter.h -- which records a command is about: the same options everywhere. */
#ifndef CMD_FILTER_H
#define CMD_FILTER_H

#include "cmd/command.h"
#include "report/records.h"

#define OPTIONS_FILTER_PEOPLE                                                                                          \
    {"tag", N_("COHORT"), TAKES_WORD, NULL, N_("only conversations of this cohort")},                                  \
    {"department", N_("NAME"), TAKES_WORD, NULL, N_("only people of this department")}
#define OPTIONS_FILTER_DAYS                                                                                            \
    {"from", N_("DAY"), TAKES_WORD, NULL, N_("only what was begun on or after this day, 2026-11-01")},                 \
    {"until", N_("DAY"), TAKES_WORD, NULL, N_("only what was begun before this day")}
#define OPTIONS_FILTER                                                                                                 \
    OPTIONS_FILTER_PEOPLE, {"scenario", N_("ID"), TAKES_WORD, NULL, N_("only this scenario")}, OPTIONS_FILTER_DAYS

/* What was given with OPTION, empty where nothing was.  False, after saying so, with *STATUS, where it is too long or holds what
 * nobody can read: it is going to be kept, or to be asked for as it was kept. */
bool filter_name(const struct call *call, const char *option, struct text *out, int *status);
/* What these options of CALL say, those it has.  False, after saying what is wrong, with *STATUS. */
bool filter_of(const struct call *call, struct kept_filter *filter, int *status);

#endif

/* exporting.h -- what the parts of `rehearse export` share. */
#ifndef CMD_EXPORTING_H
#define CMD_EXPORTING_H

#include "cmd/keep.h"
#include "cmd/outfile.h"

struct exporting {
    const struct call *call;
    struct keep keep;
    struct kept_filter filter;
    bool own;               /* the filter's trainee asks for their own */
    struct outfile out;
    struct arena arena;
    struct kept_trainee *trainees; /* all of them, for rows */
    struct kept_session *sessions; /* those meant, oldest first */
    uint32_t n_trainees, cap_trainees, n_sessions, cap_sessions;
};

/* Whether what was written in S may go out. */
bool exporting_words(const struct exporting *x, const struct kept_session *s);

/* Each writes to x->out, which is open; false where it did not come to the end, with *STATUS after saying why (0: the out
 * file says it). */
bool export_sessions(struct exporting *x, int *status);
bool export_choices(struct exporting *x, int *status);
bool export_evidence(struct exporting *x, int *status);
bool export_surveys(struct exporting *x, int *status);
bool export_statements(struct exporting *x, int *status);

#endif

/* grader.h -- grades kept sessions: again by the key they began with, where that is missing, or by today's.
 *
 * Grades are derived from events, so they can be made at any time; no script runs for it.  A grader keeps the engine that
 * loaded a version last, since sessions of one version come one after another. */
#ifndef RECORD_GRADER_H
#define RECORD_GRADER_H

#include "record/store.h"
#include "wire/client_regrade.h"

struct grader;

/* ENGINE and NO_JAIL as in client_config.  S must outlive it. */
struct grader *grader_open(struct store *s, const char *engine, bool no_jail);
void grader_close(struct grader *g);

/* Grades SESSION by the key of the version it began with, and keeps that.  False with F, or, F being STORE_FINE, where today's
 * engine cannot read that version any more. */
bool grader_own(struct grader *g, const struct kept_session *session, int64_t now, struct store_fault *f);
/* The same for every session of FILTER that was answered since it was graded, at most `most` of them; *N were.  What cannot be
 * read any more is passed over. */
bool grader_missing(struct grader *g, const struct kept_filter *filter, int64_t now, uint32_t *n, struct store_fault *f);

/* Grades SESSION by the scenario that TODAY has loaded, which is kept as version KEY, and keeps that beside its own grades.
 * OUT, whose texts live until the next call of TODAY, tells what changed.  False with F, or, F being STORE_FINE, with FAULT. */
bool grader_again(struct grader *g, const struct kept_session *session, struct client *today, int64_t key, struct text lang,
                  int64_t now, struct client_regrade *out, struct store_fault *f, struct client_fault *fault);

#endif

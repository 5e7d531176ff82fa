/* untouched.h -- what no rehearsal run of a scenario has met. */
#ifndef FRONT_UNTOUCHED_H
#define FRONT_UNTOUCHED_H

#include "front/rehearsal.h"

/* Endings that no run comes to; answers (options, parts of a message, running out of time) that none gives; lines and
 * narrations that none shows, by their places. */
struct untouched {
    struct arena arena;
    struct text *endings, *answers, *lines; /* borrowed from the outline */
    uint32_t n_endings, n_answers, n_lines;
};

/* Fills U, which need not be initialised; OUTLINE must outlive it. */
void untouched_find(struct untouched *u, const struct client_outline *outline, const struct rehearsal_result *result);
void untouched_done(struct untouched *u);

#endif

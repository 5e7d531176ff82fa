/* recording.h -- a conversation written down while it is played, as a rehearsal run (rehearsal.h).
 *
 * What the trainee did is written as it would be typed into a run; of each reply only what a run should hold on to: the
 * evidence, and how it ended.  A trainer adds the lines that matter. */
#ifndef FRONT_RECORDING_H
#define FRONT_RECORDING_H

#include "wire/client.h"

/* Zero-initialised is valid and records nothing until recording_begin. */
struct recording {
    struct buf run;
    bool on;
};

void recording_begin(struct recording *r, const struct client_scenario *s, const struct client_params *params);
/* One step that the engine took, and its answer. */
void recording_step(struct recording *r, const struct client_input *in, const struct client_answer *answer);
/* Writes the run to the new file PATH.  0, or errno; an existing file is left alone. */
int recording_save(const struct recording *r, const char *path);
void recording_done(struct recording *r);

#endif

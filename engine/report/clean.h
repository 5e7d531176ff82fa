/* clean.h -- what an engine says, made fit for a report: one line, nothing that steers or hides, without marks. */
#ifndef REPORT_CLEAN_H
#define REPORT_CLEAN_H

#include "base/arena.h"
#include "wire/runs.h"

/* Both in A. */
struct text clean_runs(struct arena *a, struct runs r);
struct text clean_text(struct arena *a, struct text t);

#endif

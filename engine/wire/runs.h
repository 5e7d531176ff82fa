/* runs.h -- a text of the engine's in pieces: plain, stressed, or a term of the trade. */
#ifndef WIRE_RUNS_H
#define WIRE_RUNS_H

#include "wire/terms.h"

enum run_kind { RUN_PLAIN, RUN_EM, RUN_TERM };

struct text_run {
    enum run_kind kind;
    struct text words;
};

struct runs {
    const struct text_run *v;
    uint32_t n;
};

#endif

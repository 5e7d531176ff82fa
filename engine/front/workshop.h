/* workshop.h -- a room plays a scenario together: the wall, the keys, the engine, and what is kept of it. */
#ifndef FRONT_WORKSHOP_H
#define FRONT_WORKSHOP_H

#include "front/opening.h"
#include "front/stage.h"

struct workshop_config {
    struct opening_config opening;
    const char *lang;          /* "en", "zh-CN", "zh-CN+en"; NULL: the environment's */
    unsigned minutes;          /* 0: as many as it takes */
    enum theme theme;
    uint64_t seed;
};

/* Runs it; *SIGNAL is the signal that ended it, 0 for none. */
enum opening_end workshop_run(const struct workshop_config *config, int *signal);

#endif

/* workshop.h -- a room plays a scenario together: the wall, the keys, the engine, and what is kept of it. */
#ifndef FRONT_WORKSHOP_H
#define FRONT_WORKSHOP_H

#include "front/opening.h"
#include "front/stage.h"
#include "front/workshop_phones.h"
#include "report/keeper.h"

/* A workshop as it was kept. */
struct workshop_resume {
    struct text events;        /* canonical, whole lines */
    const struct handed *files; /* of the scenario it began with */
    uint32_t n_files;
    struct text state, phones; /* keeper's states of the names "workshop" and "phones" */
    const struct phone_said *said; /* names that phones gave themselves, and what they answered */
    uint32_t n_said;
};

struct workshop_config {
    struct opening_config opening;
    const char *lang;          /* "en", "zh-CN", "zh-CN+en"; NULL: the environment's */
    unsigned minutes;          /* 0: as many as it takes */
    enum theme theme;
    uint64_t seed;
    struct keeper *keeper;     /* keeps it; NULL: nothing is kept */
    struct workshop_phones_config phones;
    const struct workshop_resume *resume; /* NULL: a new one.  Else minutes, role and seed are what it began with */
};

/* Runs it; *SIGNAL is the signal that ended it, 0 for none. */
enum opening_end workshop_run(const struct workshop_config *config, int *signal);

#endif

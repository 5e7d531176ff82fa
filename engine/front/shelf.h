/* shelf.h -- the scenarios that can be played by name from here. */
#ifndef FRONT_SHELF_H
#define FRONT_SHELF_H

#include "base/arena.h"

struct shelved {
    const char *name; /* of the folder: what `rehearse play` takes */
    const char *path; /* of the folder */
};

struct shelf {
    struct arena arena;
    struct shelved *v; /* by name; the nearest wins where two folders have one */
    size_t n, cap;
};

/* Looks into ./scenarios and the scenarios of the library, as wire/files.c does for a bare name. */
void shelf_find(struct shelf *shelf);
void shelf_done(struct shelf *shelf);

#endif

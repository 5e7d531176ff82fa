/* files_library.h -- where shared rubrics, scripts and scenarios are installed. */
#ifndef WIRE_FILES_LIBRARY_H
#define WIRE_FILES_LIBRARY_H

#include "base/arena.h"
#include "base/text.h"

enum { LIBRARY_ROOTS = 3 };

/* Folders that hold rubrics/, scripts/ and scenarios/, directly or (rubrics) in scenarios/; best first. */
struct library {
    const char *root[LIBRARY_ROOTS]; /* NUL-terminated */
    uint32_t n;
};

/* REHEARSE_LIBRARY alone where it is set; else the tree around the running program and what is installed. */
void library_find(struct library *lib, struct arena *a);

#endif

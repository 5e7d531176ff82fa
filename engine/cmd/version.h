/* version.h -- a scenario as it was when it was played, in an engine. */
#ifndef CMD_VERSION_H
#define CMD_VERSION_H

#include "cmd/keep.h"
#include "wire/client.h"

/* Zeroed is valid: nothing is open. */
struct version {
    int64_t id;
    struct arena arena;
    struct handed *files;
    uint32_t n_files;
    struct client *client;
};

/* Version ID with all its files, loaded.  False where it is not kept any more or cannot be played; says nothing. */
bool version_open(struct version *v, struct keep *k, int64_t id);
void version_close(struct version *v);
/* The language of what C has loaded that serves WORDS, else its own. */
struct text version_lang(const struct client *c, const struct words *words);

#endif

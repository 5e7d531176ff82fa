/* opening.h -- a scenario opened for a command: its files, an engine, what it says of itself.
 *
 * What goes wrong is said on standard error, as "rehearse NAME: …", and comes back as one of the exit statuses of
 * docs/operating.md. */
#ifndef FRONT_OPENING_H
#define FRONT_OPENING_H

#include "base/words.h"
#include "wire/client.h"

enum opening_end { OPENING_FINE = 0, OPENING_USAGE = 2, OPENING_DATA = 65, OPENING_NO_FILE = 66, OPENING_NO_ENGINE = 70, OPENING_IO = 74,
                   OPENING_INTERRUPTED = 130 };

struct opening_config {
    const char *command;       /* "workshop" */
    const struct words *words; /* for complaints */
    const char *scenario;      /* folder, file or name, as typed */
    const char *role;          /* NULL: the first playable one */
    bool no_jail, notes;
    const struct handed *kept; /* load from these instead: what was handed over when it was loaded first */
    uint32_t n_kept;
    int watch;                 /* as client_config */
    bool (*interrupted)(void *self);
    void *self;
};

/* Zeroed is valid: nothing is open. */
struct opening {
    struct files *files;       /* NULL where it was loaded from what was kept */
    struct client *client;
    struct text role;          /* id; in the arena */
    struct text origin;        /* where the scenario was found, as shown to people; empty: it was kept */
    struct arena arena;
};

/* Finds the scenario, starts an engine and loads it. */
enum opening_end opening_open(struct opening *o, const struct opening_config *config);
void opening_close(struct opening *o);
/* Says FORM with up to two texts, and gives back END. */
enum opening_end opening_complain(const struct opening_config *config, enum opening_end end, const char *form, struct text a1,
                                  struct text a2);
/* Says what FAULT tells of an engine that failed. */
enum opening_end opening_fault(const struct opening_config *config, const struct client_fault *fault);
/* The role asked for, into o->role; else the first that can be played. */
enum opening_end opening_role(struct opening *o, const struct opening_config *config, const struct client_info *info);

#endif

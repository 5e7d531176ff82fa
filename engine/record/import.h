/* import.h -- records read back from lines (portable.h), checked as a whole, then kept in one commit.
 *
 *     struct import *m = import_read(bytes, &fault);
 *     import_check(m, no_jail, &fault);            every event through the engine, jailed
 *     import_write(m, store, now, &counts, &fault);
 *
 * A file may come from anywhere.  Nothing is written before all of it was found good, and then all of it or nothing.  What
 * the store has already is recognised by its beginning (scenario, seed, time) and not doubled; a session that went on in
 * the file goes on in the store; one that went on differently in both is refused. */
#ifndef RECORD_IMPORT_H
#define RECORD_IMPORT_H

#include "base/message.h"
#include "record/store.h"
#include "wire/client.h"

struct import;

/* What is wrong. */
struct import_fault {
    uint64_t line;            /* from 1; 0: no line is at fault */
    const char *form;         /* N_, with %1 and %2 for what follows; NULL: `store` says it */
    struct text args[2];      /* live as long as the import */
    struct message message;   /* what the engine says; code MSG_NONE: nothing */
    struct store_fault store;
};

struct import_counts {
    uint32_t sessions;        /* new */
    uint32_t there;           /* there already */
    uint32_t gone_on;         /* there with fewer events */
    uint32_t renamed;         /* of the new ones: their name was another's */
    uint32_t trainees, versions; /* new */
};

/* The records in BYTES, which must outlive them.  Never NULL: what could be read before the fault is freed with the rest. */
struct import *import_read(struct text bytes, bool *ok, struct import_fault *fault);
bool import_check(struct import *m, bool no_jail, struct import_fault *fault);
bool import_write(struct import *m, struct store *s, int64_t now, struct import_counts *counts, struct import_fault *fault);
void import_free(struct import *m);

#endif

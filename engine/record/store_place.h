/* store_place.h -- the file that records are kept in, before and beside the database.
 *
 * Where it lies, that it is ours, that nobody else can read it, whether it was left in the middle of something, and how a
 * damaged one is moved aside. */
#ifndef RECORD_STORE_PLACE_H
#define RECORD_STORE_PLACE_H

#include "record/fault.h"

struct place {
    struct buf path;       /* of the file, NUL behind it; its folder without links */
    int folder;            /* open */
    int lock;              /* shared by everybody who uses the file; -1: none to be had */
    bool alone;            /* nobody else did, when it was opened */
    bool ours_by_name;     /* it is called as our files are: what is in it was ours */
    bool network;          /* it lies on a network drive */
    uint64_t device, inode; /* the file itself, whatever stands at its name later */
    bool crashed;          /* it was not closed, or somebody else made it: look at it before use */
};

/* Where records are kept when nobody says otherwise, appended with a NUL behind it.  False where there is no home. */
bool place_default(struct buf *out);
/* Makes folder and file where they are missing (0700, 0600), refuses links and what is not ours.  WHERE is a file or a
 * folder.  place_close in any case. */
bool place_open(struct place *p, const char *where, struct store_fault *f);
void place_close(struct place *p);
/* Whether the file that was opened still stands where it did. */
bool place_stands(const struct place *p);
/* Renames the file and what belongs to it; ASIDE gets the new name, NUL behind it.  Only where nobody else uses it. */
bool place_move_aside(struct place *p, struct buf *aside, struct store_fault *f);
/* How many damaged files stand beside it that were moved aside. */
uint32_t place_count_aside(const struct place *p);

#endif

/* fault.h -- why records could not be read or kept: one type for every store.
 *
 * Foreign status codes become a `why` where they arise; the words are chosen where it is shown.  What the database itself
 * said stands beside it, for whoever looks after the machine. */
#ifndef RECORD_FAULT_H
#define RECORD_FAULT_H

#include "base/words.h"

#include <stdio.h>

enum store_why {
    STORE_FINE,
    STORE_FULL,       /* no room left */
    STORE_READ_ONLY,  /* it cannot be written to */
    STORE_DENIED,     /* no right to open, make or use it */
    STORE_BUSY,       /* another program holds it for too long */
    STORE_GONE,       /* the server cannot be reached, or does not answer */
    STORE_DAMAGED,    /* what it holds cannot be trusted any more */
    STORE_FOREIGN,    /* what stands there is no store of ours */
    STORE_NEWER,      /* made by a later version of this program */
    STORE_IO,         /* the disk failed */
    STORE_NO_DRIVER,  /* the plug-in is not installed */
    STORE_NO_TLS,     /* the way to the server could be listened to */
    STORE_STOPPED,    /* the host did not want to wait any longer */
    STORE_ELSEWHERE,  /* the session goes on in another program: this one must not write to it any more */
    STORE_MISSING,    /* there is no such row */
    STORE_TAKEN,      /* there is one already */
    STORE_WRONG,      /* a mistake of ours; `said` tells more */
    STORE_NO_HOME,    /* nothing says where the user's own records are */
    STORE_NO_PLACE,   /* what was named is an address, but of no store */
    STORE_ERASED,     /* what is written to was erased meanwhile */
    STORE_VANISHED    /* the file was removed, or another stands there now: what is written goes nowhere */
};

enum { STORE_SAID = 240, STORE_PLACE = 512 };

struct store_fault {
    enum store_why why;
    char said[STORE_SAID];   /* by the system or the database; foreign text, may be empty */
    char place[STORE_PLACE]; /* file or server; foreign text, may be empty */
};

/* Fills *F (which may be NULL) and returns false.  Here, since a plug-in has no other part of the host. */
static inline bool store_fails(struct store_fault *f, enum store_why why, const char *said)
{
    if (f) {
        f->why = why;
        snprintf(f->said, sizeof f->said, "%s", said ? said : "");
    }
    return false;
}
/* What stands behind errno ERROR, over PLACE. */
bool store_fails_errno(struct store_fault *f, int error, const char *place);
void store_fault_place(struct store_fault *f, const char *place);

/* One sentence in the reader's language, cleaned for a screen. */
void store_say(const struct words *w, const struct store_fault *f, struct buf *out);

#endif

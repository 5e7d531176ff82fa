/* fault.c -- faults of a store, and the sentence each is told by. */
#include "record/fault.h"

#include "base/terminal.h"

#include <errno.h>
#include <string.h>

void store_fault_place(struct store_fault *f, const char *place)
{
    if (f)
        snprintf(f->place, sizeof f->place, "%s", place ? place : "");
}

bool store_fails_errno(struct store_fault *f, int error, const char *place)
{
    enum store_why why = STORE_IO;
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: why = STORE_FULL; break;
    case EROFS: why = STORE_READ_ONLY; break;
    case EACCES:
    case EPERM:
    case ELOOP:
    case ENOTDIR:
    case ENOENT:
    case EISDIR: why = STORE_DENIED; break;
    default: break;
    }
    store_fault_place(f, place);
    return store_fails(f, why, strerror(error));
}

static const char *const sentences[] = {
    [STORE_FINE] = N_("All is well."),
    [STORE_FULL] = N_("There is no room left where records are kept (%1)."),
    [STORE_READ_ONLY] = N_("The records cannot be written to (%1)."),
    [STORE_DENIED] = N_("The records cannot be opened (%1): %2"),
    [STORE_BUSY] = N_("Another program has been holding the records for too long (%1)."),
    [STORE_GONE] = N_("The server with the records does not answer (%1): %2"),
    [STORE_DAMAGED] = N_("The records are damaged (%1): %2"),
    [STORE_FOREIGN] = N_("%1 is something else, not records of this program; it was left as it is."),
    [STORE_NEWER] = N_("The records were made by a newer version of this program (%1)."),
    [STORE_IO] = N_("The disk with the records failed (%1): %2"),
    [STORE_NO_DRIVER] = N_("What is needed to speak to that server is not installed: %1"),
    [STORE_NO_TLS] = N_("The way to %1 could be listened to: it has to be sslmode=verify-full."),
    [STORE_STOPPED] = N_("Stopped waiting for the records (%1)."),
    [STORE_ELSEWHERE] = N_("This conversation goes on in another window or on another machine; here it ends."),
    [STORE_MISSING] = N_("There is nothing of that name in the records (%1)."),
    [STORE_TAKEN] = N_("That is in the records already (%1)."),
    [STORE_WRONG] = N_("The records could not be used as they should (%1): %2"),
    [STORE_NO_HOME] = N_("There is no folder for records: neither XDG_DATA_HOME nor HOME names one."),
    [STORE_ERASED] = N_("This conversation was erased from the records meanwhile; here it ends."),
    [STORE_VANISHED] = N_("The file with the records was removed, or another was put in its place (%1)."),
    [STORE_NO_PLACE] = N_("%1 is no place for records: they are kept in a file or a folder, or at postgresql://HOST/DATABASE."),
};

void store_say(const struct words *w, const struct store_fault *f, struct buf *out)
{
    struct buf place = {0}, said = {0};
    terminal_clean(text_of(f->place), CLEAN_CHECK, &place);
    terminal_clean(text_of(f->said), CLEAN_CHECK, &said);
    struct text args[2] = {buf_view(&place), buf_view(&said)};
    words_fill(out, tr(w, sentences[f->why]), args, 2);
    buf_done(&place);
    buf_done(&said);
}

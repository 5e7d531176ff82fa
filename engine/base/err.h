/* err.h -- one type for everything that can be wrong with somebody's input.
 *
 * The core fills in a code, a place and up to four arguments; the words are chosen where it is shown, in the reader's
 * language (message.h).  A programmer's mistake is an assert, never an err. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/source.h"

enum severity { SEV_NOTE = 1, SEV_WARNING, SEV_ERROR };

/* One enumerator a row of messages.def. */
enum msg {
    MSG_NONE,
#define MSG(code, name, severity, what, mend) MSG_##code,
#include "base/messages.def"
#undef MSG
    MSG_COUNT
};

enum { ERR_ARGS = 4 };

struct err {
    enum msg code;
    struct span at;
    struct text args[ERR_ARGS]; /* %1 to %4 of the row; live in the arena of whoever collects */
};

/* Everything found in one run, in the order found.  Arguments are copied into ARENA. */
struct errs {
    struct arena *arena;
    struct err *v;
    uint32_t n, cap;
    uint32_t errors, warnings;
    uint32_t dropped; /* found beyond ERRS_MAX */
};
enum { ERRS_MAX = 1000 };

/* Fills *E (which may be NULL) and returns false, so that a failing function ends in `return err_set(…)`.
 * Arguments are borrowed. */
bool err_set(struct err *e, enum msg code, struct span at, struct text a1, struct text a2);
void errs_init(struct errs *es, struct arena *arena);
void errs_done(struct errs *es);
/* Adds one; arguments are copied; unused ones are (struct text){0}. */
void errs_add(struct errs *es, enum msg code, struct span at, struct text a1, struct text a2, struct text a3);
void errs_push(struct errs *es, const struct err *e);
/* Orders by file and place, and drops exact repetitions. */
void errs_sort(struct errs *es);

enum severity msg_severity(enum msg code);
const char *msg_name(enum msg code); /* "scene-unknown" */
const char *msg_what(enum msg code); /* English, with %1…%4 */
const char *msg_mend(enum msg code); /* English or "": what to write instead, shown behind the caret */
enum msg msg_find(struct text name); /* MSG_NONE where there is none */

#endif

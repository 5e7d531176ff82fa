/* statements.h -- xAPI statements as they come in: one a line, each whole, each with an id of its own. */
#ifndef SEND_STATEMENTS_H
#define SEND_STATEMENTS_H

#include "base/arena.h"
#include "base/json.h"
#include "send/spool.h"

enum { STATEMENT_BYTES = 1 << 18 };

/* What was wrong with a line. */
enum statement_flaw {
    STATEMENT_FINE,
    STATEMENT_LONG,        /* over STATEMENT_BYTES */
    STATEMENT_NO_JSON,
    STATEMENT_NO_ID,       /* without an id that is a UUID: sending it twice would make two of it */
    STATEMENT_NO_PARTS     /* without an actor, a verb or an object */
};

/* LINE as a statement; V may be NULL. */
enum statement_flaw statement_read(struct arena *a, struct text line, const struct json_value **v);

/* Reads statements from FD into IN until its end.  Empty lines are passed over.  False with *FLAW at *LINE (from 1), or
 * with *ERROR of reading or writing. */
bool statements_take(int fd, struct intake *in, enum statement_flaw *flaw, uint64_t *line, int *error);

/* Appends STATEMENT, the same JSON in ASCII.  Record stores have been met (xapi-statements 5) that read what comes piece by piece
 * and lose a character that stands in two of them. */
void statement_ascii(struct text statement, struct buf *out);

/* Whether what a record store holds (THEIRS) is what was sent: it may have added to it, and written the time another way. */
bool statement_same(const struct json_value *ours, const struct json_value *theirs);

#endif

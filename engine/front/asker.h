/* asker.h -- a screen and somebody who types lines at it, outside of a conversation.
 *
 *     asker_open(&a, plain, words);
 *     while (asker_line(&a, &line) == ASKED_LINE)
 *         …
 *     asker_close(&a); */
#ifndef FRONT_ASKER_H
#define FRONT_ASKER_H

#include "front/loop.h"
#include "front/typing.h"
#include "front/view.h"

struct asker {
    struct screen screen;
    struct typing typing;
    struct loop loop;
    struct buf line;   /* the last one, narrow */
    bool types;        /* somebody is there: input is a terminal */
    bool looped;
    long long interrupted;
    int signal;
};

enum asked { ASKED_LINE = 1, ASKED_END, ASKED_SIGNAL /* in `signal` */ };

/* False where the system gives no pipe.  Standard input and output. */
bool asker_open(struct asker *a, bool plain, const struct words *words);
/* What was shown goes out, then a line is waited for.  LINE lives until the next call, without blanks around it. */
enum asked asker_line(struct asker *a, struct text *line);
/* That line with full-width digits and marks made narrow: for numbers and commands. */
struct text asker_narrow(const struct asker *a);
/* False where something could not be written. */
bool asker_close(struct asker *a);

#endif

/* both.h -- a text in the two languages that a room may read side by side.
 *
 * A scenario that lacks one of them leaves that member empty, and the other is shown instead, marked as what it is. */
#ifndef FRONT_BOTH_H
#define FRONT_BOTH_H

#include "base/text.h"

struct both {
    struct text en, zh;
};

static inline bool both_empty(struct both b) { return b.en.len == 0 && b.zh.len == 0; }

#endif

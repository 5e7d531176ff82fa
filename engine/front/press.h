/* press.h -- one key, wherever it was pressed: a code point, or one of the keys that have none.
 *
 * Names are for other processes: "a", "space", "page-down". */
#ifndef FRONT_PRESS_H
#define FRONT_PRESS_H

#include "base/text.h"

enum press {
    PRESS_NONE = 0,
    PRESS_ENTER = 0x110000, /* beyond all code points */
    PRESS_BACKSPACE,
    PRESS_ESCAPE,
    PRESS_PAGE_DOWN,
    PRESS_PAGE_UP,
    PRESS_LEFT,
    PRESS_RIGHT,
    PRESS_UP,
    PRESS_DOWN,
    PRESS_F5,
    PRESS_REDRAW, /* Ctrl-L */
    PRESS_LAST
};

/* The name of PRESS, appended; and the key of a name, PRESS_NONE where there is none. */
void press_name(uint32_t press, struct buf *out);
uint32_t press_find(struct text name);

#endif

/* press.c -- the names of keys. */
#include "front/press.h"

static const struct {
    uint32_t press;
    const char *name;
} named[] = {
    {' ', "space"},
    {PRESS_ENTER, "enter"},
    {PRESS_BACKSPACE, "backspace"},
    {PRESS_ESCAPE, "escape"},
    {PRESS_PAGE_DOWN, "page-down"},
    {PRESS_PAGE_UP, "page-up"},
    {PRESS_LEFT, "left"},
    {PRESS_RIGHT, "right"},
    {PRESS_UP, "up"},
    {PRESS_DOWN, "down"},
    {PRESS_F5, "f5"},
    {PRESS_REDRAW, "redraw"},
};
enum { NAMED = sizeof named / sizeof *named };

void press_name(uint32_t press, struct buf *out)
{
    for (int i = 0; i < NAMED; i++)
        if (named[i].press == press) {
            buf_str(out, named[i].name);
            return;
        }
    if (press < PRESS_ENTER)
        buf_code(out, press);
}

uint32_t press_find(struct text name)
{
    uint32_t code;
    for (int i = 0; i < NAMED; i++)
        if (text_is(name, named[i].name))
            return named[i].press;
    return text_utf8_valid(name) == name.len && text_next(&name, &code) && !name.len && code >= ' ' ? code : PRESS_NONE;
}

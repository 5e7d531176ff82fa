/* stage.h -- the terminal that a room or a facilitator looks at: drawn whole from a canvas, and its keys.
 *
 * The only home of ncurses.  The loop owns signals: open it before this.  One stage a process. */
#ifndef FRONT_STAGE_H
#define FRONT_STAGE_H

#include "front/canvas.h"
#include "front/press.h"

enum theme { THEME_DARK, THEME_PAPER };

struct stage;

/* Takes the terminal on standard input and output; NULL where it is none that can be drawn on. */
struct stage *stage_open(enum theme theme);
/* The terminal as it was before. */
void stage_close(struct stage *s);

/* Its size, clamped to 20…500 by 5…500, and whether it draws characters of ambiguous width in two cells. */
void stage_size(const struct stage *s, unsigned *w, unsigned *h);
bool stage_wide(const struct stage *s);
/* The window has another size: everything must be drawn anew. */
void stage_resize(struct stage *s);
void stage_theme(struct stage *s, enum theme theme);

void stage_draw(struct stage *s, const struct canvas *c);
/* Every cell once more, whatever was on the terminal. */
void stage_redraw(struct stage *s);
/* The next key that was pressed, PRESS_NONE where none waits. */
uint32_t stage_press(struct stage *s);

/* Ctrl-Z: the terminal as it was; and on again. */
void stage_pause(struct stage *s);
void stage_go_on(struct stage *s);

#endif

/* keys.c -- a workshop's keys in one or two columns. */
#include "front/keys.h"

#include "front/story.h"

static const struct {
    const char *key, *words;
} keys[] = {
    {N_("space"), N_("on; also Enter, the right arrow, PageDown")}, {"PageUp", N_("a page or a line back")},
    {"h, 1-9", N_("type a show of hands: a12 b7 c4, or 12 7 4")},  {"c", N_("how many people are here")},
    {"r", N_("show how the room voted")},                      {"v", N_("vote again")},
    {"d", N_("talk before voting again")},                     {"p", N_("choose an option yourself")},
    {"f", N_("this decision: two votes, one vote, or told")},  {"t + -", N_("timer; longer, shorter")},
    {"g a", N_("go back to a decision; the rest as before")},                        {"u", N_("undo")},
    {"s", N_("skip")},                                         {"l", N_("a lesson")},
    {"n", N_("write a note")},                                 {"w", N_("write own words from the room")},
    {"k b", N_("break; black")},
    {"o j", N_("phones off or on; nobody more may join")},     {"i", N_("dark or light")},
    {"q", N_("leave; all is kept")},
};

void keys_draw(struct canvas *c, const struct tongues *tongues, unsigned x, unsigned w)
{
    unsigned n = sizeof keys / sizeof *keys, columns = n > c->h && w >= 76 ? 2 : 1, rows = (n + columns - 1) / columns;
    unsigned each = w / columns, top = c->h > rows + 3 ? 2 : 0;
    if (top)
        canvas_put(c, x, 0, both_in(both_tr(N_("Keys")), tongues, 0), INK_STRONG);
    for (unsigned i = 0; i < n; i++) {
        unsigned at = x + i / rows * each, y = top + i % rows;
        if (y >= c->h)
            continue;
        canvas_put(c, at, y, i ? text_of(keys[i].key) : both_in(both_tr(keys[i].key), tongues, 0), INK_STRONG);
        canvas_wrapped(c, at + 8, y, each > 9 ? each - 9 : 1, 0, 1, both_in(both_tr(keys[i].words), tongues, 0), INK_PLAIN);
    }
}

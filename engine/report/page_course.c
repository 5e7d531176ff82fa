/* page_course.c -- the conversation's course, drawn: one dot a decision, above the line where it helped, below where it
 * cost.
 *
 * Shape says what colour says, for whoever prints in black: full above, empty on the line, square below.  Numbers are
 * those of the decisions; turning points have a ring. */
#include "report/page.h"

#include "base/html.h"

enum { WIDE = 640, TALL = 132, LEFT = 78, RIGHT = 16, MIDDLE = 58, REACH = 40, LABELS_MOST = 26 };

static int most_points(const struct page *p)
{
    int most = 2;
    for (uint32_t i = 0; i < p->n_turns; i++) {
        int points = p->turns[i].points < 0 ? -p->turns[i].points : p->turns[i].points;
        most = points > most ? points : most;
    }
    return most;
}

static int place_x(const struct page *p, uint32_t i)
{
    return LEFT + (int)((WIDE - LEFT - RIGHT) * (2 * i + 1) / (2 * p->n_turns));
}

static int place_y(const struct page *p, uint32_t i)
{
    return MIDDLE - p->turns[i].points * REACH / most_points(p);
}

static void put_words(struct buf *out, int x, int y, const char *anchor, const char *words)
{
    buf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
    html_text(out, text_of(words));
    buf_str(out, "</text>\n");
}

static void put_road(const struct page *p, struct buf *out)
{
    buf_str(out, "<polyline class=\"road\" points=\"");
    for (uint32_t i = 0; i < p->n_turns; i++)
        buf_printf(out, "%s%d,%d", i ? " " : "", place_x(p, i), place_y(p, i));
    buf_str(out, "\"/>\n");
}

static void put_dot(const struct page *p, uint32_t i, struct buf *out)
{
    const struct page_turn *t = &p->turns[i];
    int x = place_x(p, i), y = place_y(p, i);
    buf_str(out, "<g><title>");
    html_text(out, t->said.len ? t->said : t->said_manner);
    buf_str(out, "</title>");
    if (t->turning)
        buf_printf(out, "<circle class=\"ring\" cx=\"%d\" cy=\"%d\" r=\"10\"/>", x, y);
    if (t->points > 0)
        buf_printf(out, "<circle class=\"up\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y);
    else if (t->points < 0)
        buf_printf(out, "<rect class=\"down\" x=\"%d\" y=\"%d\" width=\"9\" height=\"9\"/>", x - 4, y - 4);
    else
        buf_printf(out, "<circle class=\"even\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", x, y);
    buf_str(out, "</g>\n");
    if (p->n_turns <= LABELS_MOST || i % (p->n_turns / LABELS_MOST + 1) == 0)
        buf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\"%s>%u</text>\n", x, TALL - 10,
                   t->turning ? " class=\"turned\"" : "", t->number);
}

void page_course(const struct page *p, struct buf *out)
{
    if (!p->n_turns)
        return;
    buf_printf(out, "<svg class=\"course\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDE, TALL);
    html_text(out, text_of(tr(p->words, "How the conversation went: a dot for each decision, above the line where it helped, "
                                        "below where it cost; a ring marks a turning point")));
    buf_str(out, "\">\n");
    buf_printf(out, "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", LEFT, MIDDLE, WIDE - RIGHT, MIDDLE);
    put_words(out, LEFT - 8, MIDDLE - REACH + 5, "end", trc(p->words, "course", "helped"));
    put_words(out, LEFT - 8, MIDDLE + REACH + 3, "end", trc(p->words, "course", "cost"));
    put_words(out, LEFT - 8, TALL - 10, "end", trc(p->words, "course", "decision"));
    put_road(p, out);
    for (uint32_t i = 0; i < p->n_turns; i++)
        put_dot(p, i, out);
    buf_str(out, "</svg>\n");
}

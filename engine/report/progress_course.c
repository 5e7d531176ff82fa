/* progress_course.c -- choice quality over time, drawn: bars of eight heights in a line of text, and of a picture. */
#include "report/progress.h"

#include "base/html.h"

enum { WIDE = 640, TALL = 110, LEFT = 46, RIGHT = 10, TOP = 12, FLOOR = 84, BARS_MOST = 40 };

int progress_percent(const struct progress_point *pt)
{
    double spread = pt->best - pt->chance;
    double share = spread > 1e-9 ? (pt->got - pt->chance) / spread : 0;
    return share <= 0 ? 0 : (int)(100 * share + 0.5);
}

void progress_spark(const struct progress_comp *c, struct buf *out)
{
    static const char *const heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    for (uint32_t i = 0; i < c->n_points; i++) {
        int h = progress_percent(&c->points[i]) * 8 / 100;
        buf_str(out, heights[h > 7 ? 7 : h]);
    }
}

static void put_axis(struct buf *out)
{
    static const int marks[] = {0, 50, 100};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        int y = FLOOR - (FLOOR - TOP) * marks[i] / 100;
        buf_printf(out, "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", LEFT, y, WIDE - RIGHT, y);
        buf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d %%</text>\n", LEFT - 6, y + 4, marks[i]);
    }
}

static void put_bar(struct buf *out, const struct progress_point *pt, int x, int wide, bool dated)
{
    char date[16];
    int percent = progress_percent(pt), tall = (FLOOR - TOP) * percent / 100;
    progress_day(pt->at, date);
    buf_printf(out, "<g><title>%s: %d %%</title><rect class=\"up\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></g>", date, percent, x,
               FLOOR - (tall ? tall : 1), wide, tall ? tall : 1);
    if (dated)
        buf_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>", x + wide / 2, TALL - 10, date + 5);
    buf_char(out, '\n');
}

void progress_course(const struct progress *p, const struct progress_comp *c, struct buf *out)
{
    uint32_t from = c->n_points > BARS_MOST ? c->n_points - BARS_MOST : 0, n = c->n_points - from;
    int step = (WIDE - LEFT - RIGHT) / (int)(n ? n : 1);
    buf_printf(out, "<svg class=\"course\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDE, TALL);
    html_text(out, text_of(tr(p->words, "Choice quality over time, oldest first, in per cent")));
    buf_str(out, "\">\n");
    put_axis(out);
    for (uint32_t i = 0; i < n; i++) {
        int wide = step * 2 / 3 > 36 ? 36 : step * 2 / 3;
        put_bar(out, &c->points[from + i], LEFT + (int)i * step + (step - wide) / 2, wide, step >= 44 || i % (44 / (uint32_t)(step ? step : 1) + 1) == 0);
    }
    buf_str(out, "</svg>\n");
}

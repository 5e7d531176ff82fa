/* shown.c -- puts what the engine says of an answer in rows, one a competency. */
#include "report/shown.h"

#include "base/terminal.h"

static struct text kept(struct arena *a, struct buf *b)
{
    struct text t = text_keep(a, buf_view(b));
    buf_done(b);
    return t;
}

static struct text competency_title(const struct shown_look *look, struct arena *a, struct text id)
{
    for (uint32_t i = 0; i < look->info->n_competencies; i++)
        if (text_eq(look->info->competencies[i].id, id))
            return look->line(a, look->info->competencies[i].title);
    struct buf b = {0};
    terminal_clean(id, CLEAN_PLAY, &b);
    return kept(a, &b);
}

static void join(struct buf *b, const char *between, struct text t)
{
    if (b->len && t.len)
        buf_str(b, between);
    buf_text(b, t);
}

/* The row of competency ID, made where there is none yet. */
static struct shown *row_of(const struct shown_look *look, struct showed *sh, struct text id)
{
    for (size_t i = 0; i < sh->n; i++)
        if (text_eq(sh->ids[i], id))
            return &sh->rows[i];
    sh->ids[sh->n] = text_keep(sh->arena, id);
    sh->rows[sh->n].competency = id.len ? competency_title(look, sh->arena, id) : (struct text){0};
    return &sh->rows[sh->n++];
}

void shown_of(const struct shown_look *look, struct arena *a, const struct answered *w, struct showed *sh)
{
    size_t most = w->n_points + w->n_moves + w->n_reasons + 1u;
    *sh = (struct showed){.arena = a, .rows = arena_array(a, struct shown, most), .ids = arena_array(a, struct text, most)};
    for (uint32_t i = 0; i < w->n_moves; i++) { /* the first is what the answer mainly did */
        struct shown *row = row_of(look, sh, w->moves[i].competency);
        struct buf b = {0};
        buf_text(&b, row->moves);
        join(&b, trc(look->words, "between moves", ", "), look->line(a, w->moves[i].title));
        row->moves = kept(a, &b);
    }
    for (uint32_t i = 0; i < w->n_points; i++) {
        struct shown *row = row_of(look, sh, w->points[i].competency);
        row->counted = true;
        row->points = w->points[i].points;
    }
    for (uint32_t i = 0; i < w->n_reasons; i++) {
        struct shown *row = row_of(look, sh, w->reasons[i].competency);
        struct buf b = {0};
        buf_text(&b, row->reason);
        join(&b, "\n", look->sentence(a, w->reasons[i].text));
        row->reason = kept(a, &b);
    }
}

void shown_points(struct buf *out, int points)
{
    if (points < 0)
        buf_printf(out, " −%d", -points);
    else
        buf_printf(out, points ? " +%d" : " %d", points);
}

struct text shown_line(const struct words *words, struct arena *a, const struct shown *row)
{
    struct buf what = {0}, line = {0};
    buf_text(&what, row->competency);
    if (row->counted)
        shown_points(&what, row->points);
    struct text args[2] = {buf_view(&what), row->moves};
    if (row->moves.len)
        words_fill(&line, trc(words, "competency: move", "%1: %2"), args, 2);
    else
        buf_text(&line, args[0]);
    buf_done(&what);
    return kept(a, &line);
}

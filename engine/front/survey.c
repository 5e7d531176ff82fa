/* survey.c -- the same in a conversation and weeks after it. */
#include "front/survey.h"

#include "front/phrase.h"

#include <stdio.h>

static void show_scale(struct screen *s, const struct info_survey *item)
{
    struct arena a = {0};
    struct buf b = {0};
    char steps[16];
    snprintf(steps, sizeof steps, "%u", item->steps);
    struct text args[3] = {clean_runs(&a, item->low), text_of(steps), clean_runs(&a, item->high)};
    words_fill(&b, tr(s->words, "1 (%1) to %2 (%3)"), args, 3);
    s->view->notice(s, buf_view(&b));
    buf_done(&b);
    arena_done(&a);
}

void survey_show(struct screen *s, const struct info_survey *item)
{
    struct arena a = {0};
    s->view->paragraph(s, phrase(&a, item->text));
    if (item->kind == WIRE_SCALE)
        show_scale(s, item);
    for (uint32_t i = 0; item->kind == WIRE_CHOICE && i < item->n_choices; i++)
        s->view->option(s, i + 1, (struct text){0}, phrase(&a, item->choices[i]));
    s->view->notice(s, text_of(item->kind == WIRE_TEXT ? tr(s->words, "One line; Enter leaves it out.")
                                                       : tr(s->words, "Type its number; Enter leaves it out.")));
    arena_done(&a);
}

struct text survey_fitting(struct screen *s, struct arena *a, const struct info_survey *item, struct text typed)
{
    uint32_t most = item->kind == WIRE_SCALE ? item->steps : item->n_choices;
    struct buf narrow = {0};
    struct text value = {0};
    long n;
    phrase_narrow(typed, &narrow);
    if (item->kind == WIRE_TEXT)
        value = clean_text(a, typed);
    else if (text_int(buf_view(&narrow), 1, (long)most, &n))
        value = text_keep(a, buf_view(&narrow));
    buf_done(&narrow);
    if (!value.len) {
        s->view->notice(s, text_of(tr(s->words, "That is none of the numbers. Enter alone leaves the question out.")));
        survey_show(s, item);
    }
    return value;
}

struct kept_answer survey_kept(const struct info_survey *item, struct text value)
{
    long n = 0;
    struct kept_answer kept = {.item = item->id, .when = item->when};
    if (item->kind == WIRE_TEXT)
        kept.text = value;
    else if (text_int(value, 1, INT32_MAX, &n))
        kept.value = (int32_t)n;
    return kept;
}

/* play_survey.c -- the scenario's own questions, before the conversation and after it.
 *
 * One at a time, each may be left out.  Only somebody who types is asked.  What was answered belongs to the trainee: it
 * stands on their page. */
#include "front/play_inside.h"

#include <stdio.h>
#include <unistd.h>

static const struct info_survey *item_at(const struct play *p)
{
    return &p->info.surveys[p->survey_item];
}

static void show_scale(struct play *p, const struct info_survey *item)
{
    struct arena a = {0};
    struct buf b = {0};
    char steps[16];
    snprintf(steps, sizeof steps, "%u", item->steps);
    struct text args[3] = {phrase_name(&a, item->low), text_of(steps), phrase_name(&a, item->high)};
    words_fill(&b, tr(p->screen.words, "1 (%1) to %2 (%3)"), args, 3);
    p->screen.view->notice(&p->screen, buf_view(&b));
    buf_done(&b);
    arena_done(&a);
}

static void show_item(struct play *p)
{
    struct arena a = {0};
    const struct info_survey *item = item_at(p);
    p->screen.view->paragraph(&p->screen, phrase(&a, item->text));
    if (item->kind == WIRE_SCALE)
        show_scale(p, item);
    for (uint32_t i = 0; item->kind == WIRE_CHOICE && i < item->n_choices; i++)
        p->screen.view->option(&p->screen, i + 1, (struct text){0}, phrase(&a, item->choices[i]));
    if (item->kind == WIRE_TEXT)
        play_notice(p, N_("One line; Enter leaves it out."));
    else
        play_notice(p, N_("Type its number; Enter leaves it out."));
    arena_done(&a);
}

/* Before the conversation was left. */
static bool answered(const struct play *p, const struct info_survey *item)
{
    for (uint32_t i = 0; i < p->n_answers; i++)
        if (p->answers[i].when == item->when && text_eq(p->answers[i].item, item->id))
            return true;
    return false;
}

/* On to the next item of the time that is asked about; false where there is none. */
static bool next_item(struct play *p, uint32_t from)
{
    for (p->survey_item = from; p->survey_item < p->info.n_surveys; p->survey_item++)
        if (item_at(p)->when == p->survey_when && item_at(p)->kind && !answered(p, item_at(p)))
            return true;
    return false;
}

bool play_survey_open(struct play *p, enum wire_survey_when when)
{
    p->survey_when = when;
    if (!isatty(STDIN_FILENO) || !next_item(p, 0))
        return false;
    p->asking = when == WIRE_BEFORE ? ASKING_BEFORE : ASKING_AFTER;
    play_notice(p, when == WIRE_BEFORE ? N_("Before it begins, for yourself:") : N_("And now that it is over:"));
    show_item(p);
    return true;
}

static void keep(struct play *p, struct text value)
{
    array_room(p->answers, p->n_answers, p->cap_answers);
    p->answers[p->n_answers++] = (struct own_answer){.item = text_keep(&p->kept, item_at(p)->id),
                                                     .when = p->survey_when, .value = text_keep(&p->kept, value)};
    play_keep_answer(p, &p->answers[p->n_answers - 1], item_at(p));
}

/* The answer OWN as it is kept: a number, or a line; empty where it fits no question. */
static struct text fitting(struct play *p, struct text own)
{
    const struct info_survey *item = item_at(p);
    uint32_t most = item->kind == WIRE_SCALE ? item->steps : item->n_choices;
    long n;
    if (item->kind == WIRE_TEXT)
        return phrase_clean(&p->kept, own);
    return text_int(own, 1, (long)most, &n) ? own : (struct text){0};
}

static void close_survey(struct play *p)
{
    bool before = p->asking == ASKING_BEFORE;
    p->asking = ASKING_NONE;
    if (before)
        play_step(p, &(struct client_input){.kind = WIRE_BEGIN});
    else
        play_survey_closed(p);
}

void play_survey_line(struct play *p, struct text own)
{
    struct buf narrow = {0};
    phrase_narrow(own, &narrow);
    struct text value = own.len ? fitting(p, buf_view(&narrow)) : (struct text){0};
    if (text_is(own, ":quit") || text_is(own, ":退出") || text_is(own, "：退出")) {
        if (p->asking == ASKING_BEFORE)
            play_quit(p);
        else
            close_survey(p);
    } else if (own.len && !value.len) {
        play_notice(p, N_("That is none of the numbers. Enter alone leaves the question out."));
        show_item(p);
    } else {
        if (own.len)
            keep(p, value);
        if (next_item(p, p->survey_item + 1))
            show_item(p);
        else
            close_survey(p);
    }
    buf_done(&narrow);
}

/* ---- on the page ---- */

/* The same question may stand before and after. */
static const struct info_survey *item_of(const struct play *p, const struct own_answer *answer)
{
    for (uint32_t i = 0; i < p->info.n_surveys; i++)
        if (p->info.surveys[i].when == answer->when && text_eq(p->info.surveys[i].id, answer->item))
            return &p->info.surveys[i];
    return NULL;
}

static struct text value_words(struct play *p, const struct info_survey *item, struct text value)
{
    struct buf b = {0};
    long n = 0;
    text_int(value, 1, 1000, &n);
    if (item->kind == WIRE_CHOICE && n >= 1 && (uint32_t)n <= item->n_choices)
        return page_take(&p->page, item->choices[n - 1]);
    if (item->kind != WIRE_SCALE)
        return page_keep(&p->page, value);
    buf_printf(&b, tr(p->screen.words, "%ld of %u"), n, item->steps);
    return doc_keep(&p->page.arena, &b);
}

void play_survey_take(struct play *p)
{
    p->page.n_answers = 0;
    p->page.answers = arena_array(&p->page.arena, struct page_named, p->n_answers + 1);
    for (uint32_t i = 0; i < p->n_answers; i++) {
        const struct info_survey *item = item_of(p, &p->answers[i]);
        if (!item)
            continue;
        struct text value = value_words(p, item, p->answers[i].value);
        const char *form = p->answers[i].when == WIRE_BEFORE ? tr(p->screen.words, "before: %1") : tr(p->screen.words, "after: %1");
        p->page.answers[p->page.n_answers++] =
            (struct page_named){page_take(&p->page, item->text), doc_fill(&p->page.arena, form, value, (struct text){0})};
    }
}

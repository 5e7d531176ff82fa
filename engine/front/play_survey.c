/* play_survey.c -- the scenario's own questions, before the conversation and after it.
 *
 * One at a time, each may be left out.  Only somebody who types is asked.  What was answered belongs to the trainee: it
 * stands on their page. */
#include "front/play_inside.h"
#include "front/survey.h"

#include <unistd.h>

static const struct info_survey *item_at(const struct play *p)
{
    return &p->info.surveys[p->survey_item];
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
    screen_line_end(&p->screen);
    play_notice(p, when == WIRE_BEFORE ? N_("Before it begins, for yourself:") : N_("And now that it is over:"));
    survey_show(&p->screen, item_at(p));
    return true;
}

static void keep(struct play *p, struct text value)
{
    array_room(p->answers, p->n_answers, p->cap_answers);
    p->answers[p->n_answers++] = (struct own_answer){.item = text_keep(&p->kept, item_at(p)->id),
                                                     .when = p->survey_when, .value = value};
    play_keep_answer(p, &p->answers[p->n_answers - 1], item_at(p));
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
    if (text_is(own, ":quit") || text_is(own, ":退出") || text_is(own, "：退出")) {
        if (p->asking == ASKING_BEFORE)
            play_quit(p);
        else
            close_survey(p);
        return;
    }
    struct text value = own.len ? survey_fitting(&p->screen, &p->kept, item_at(p), own) : (struct text){0};
    if (own.len && !value.len)
        return;
    if (own.len)
        keep(p, value);
    if (next_item(p, p->survey_item + 1))
        survey_show(&p->screen, item_at(p));
    else
        close_survey(p);
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
        if (!item || !p->answers[i].value.len)
            continue;
        struct text value = value_words(p, item, p->answers[i].value);
        const char *form = p->answers[i].when == WIRE_BEFORE  ? tr(p->screen.words, "before: %1")
                           : p->answers[i].when == WIRE_AFTER ? tr(p->screen.words, "after: %1")
                                                              : tr(p->screen.words, "some weeks later: %1");
        p->page.answers[p->page.n_answers++] =
            (struct page_named){page_take(&p->page, item->text), doc_fill(&p->page.arena, form, value, (struct text){0})};
    }
}

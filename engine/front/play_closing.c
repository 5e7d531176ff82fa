/* play_closing.c -- what comes after an ending: what the play turned on, the debrief, three lines of one's own, the other
 * chair, and the page to keep.
 *
 * Nobody is asked anything where nobody types: a pipe gets the debrief and is done.  What was typed here stays on the
 * page; it is no part of the session. */
#include "front/play_inside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the page ---- */

static struct text filled(struct play *p, const char *form, unsigned long n)
{
    struct buf b = {0};
    char number[24];
    snprintf(number, sizeof number, "%lu", n);
    struct text args[1] = {text_of(number)};
    words_fill(&b, form, args, 1);
    struct text t = page_keep(&p->page, buf_view(&b));
    buf_done(&b);
    return t;
}

static void take_circumstances(struct play *p)
{
    const struct words *w = p->screen.words;
    char date[32];
    time_t now = time(NULL);
    struct tm tm;
    if (localtime_r(&now, &tm) && strftime(date, sizeof date, "%Y-%m-%d", &tm))
        p->page.date = page_keep(&p->page, text_of(date));
    p->page.mode = text_of(p->config->mode == WIRE_CHECK_IN ? tr(w, "check-in") : tr(w, "practice"));
    unsigned long minutes = (unsigned long)((loop_now() - p->began + 30000) / 60000);
    p->page.taken = minutes < 1 ? text_of(tr(w, "less than a minute"))
                                : filled(p, trn(w, "about %1 minute", "about %1 minutes", minutes), minutes);
}

/* The command that plays the first of the other roles that can be played. */
static void take_chair(struct play *p)
{
    for (uint32_t i = 0; i < p->info.n_roles; i++) {
        const struct info_role *r = &p->info.roles[i];
        if (!r->playable || r == p->role)
            continue;
        struct buf b = {0};
        buf_printf(&b, "rehearse play %s --role ", p->config->scenario);
        buf_text(&b, r->id);
        p->page.chair = page_keep(&p->page, buf_view(&b));
        buf_done(&b);
        return;
    }
}

static bool take_page(struct play *p)
{
    struct client_debrief d = {0};
    struct client_turning t = {0};
    struct client_fault fault = {0};
    page_begin(&p->page, p->screen.words, p->lang);
    page_take_info(&p->page, &p->info, p->role);
    take_circumstances(p);
    take_chair(p);
    if (client_debrief(p->session, p->lang, &d, &fault) != CLIENT_OK)
        return false;
    page_take_debrief(&p->page, &d);
    if (client_turning(p->session, p->lang, false, &t, &fault) == CLIENT_OK)
        page_take_turning(&p->page, &t);
    p->page.notes = arena_array(&p->page.arena, struct text, p->n_notes + 1);
    for (uint32_t i = 0; i < p->n_notes; i++)
        p->page.notes[p->page.n_notes++] = page_keep(&p->page, p->notes[i].words);
    return true;
}

/* ---- what it turned on ---- */

static void show_else(struct play *p, struct arena *a, const struct page_else *o)
{
    const struct view *v = p->screen.view;
    v->item(&p->screen, page_spoken(&p->page, a, o->said_manner, o->said));
    struct text reaction = page_spoken(&p->page, a, o->reaction_manner, o->reaction);
    if (reaction.len)
        v->labelled(&p->screen, o->reaction_by, reaction);
    v->labelled(&p->screen, text_of(trc(p->screen.words, "label", "The ending")), o->ending);
}

static void show_turning(struct play *p, const struct page_turning *t)
{
    struct screen *s = &p->screen;
    const struct page_turn *turn = t->turn;
    struct arena a = {0};
    struct text heard = turn->heard;
    if (heard.len && turn->heard_by.len)
        heard = page_fill(&a, trc(s->words, "who: what", "%1: %2"), turn->heard_by, heard);
    s->view->paragraph(s, text_of(page_turning_title(&p->page, t)));
    s->view->moment(s, turn->number, heard);
    s->view->labelled(s, text_of(tr(s->words, "You")), page_spoken(&p->page, &a, turn->said_manner, turn->said));
    struct text reaction = page_spoken(&p->page, &a, turn->reaction_manner, turn->reaction);
    if (reaction.len)
        s->view->labelled(s, turn->reaction_by, reaction);
    s->view->paragraph(s, text_of(tr(s->words, "What else could have been said:")));
    for (uint32_t i = 0; i < t->n_others; i++)
        show_else(p, &a, &t->others[i]);
    s->view->paragraph(s, page_turning_close(&p->page, &a, t));
    arena_done(&a);
}

static void show_turnings(struct play *p)
{
    struct screen *s = &p->screen;
    if (!p->page.n_turning)
        return;
    screen_line_end(s);
    s->view->heading(s, text_of(trn(s->words, "A turning point", "Turning points", p->page.n_turning)));
    for (uint32_t i = 0; i < p->page.n_turning; i++)
        show_turning(p, &p->page.turning[i]);
}

/* ---- one's own words ---- */

static const char *const asks[] = {
    [CLOSING_PLUS] = N_("What went well? One line for yourself; Enter leaves it out."),
    [CLOSING_DELTA] = N_("What would you change?"),
    [CLOSING_SENTENCE] = N_("Which one sentence will you try this week?"),
};

static void finish(struct play *p)
{
    if (p->page.chair.len)
        play_notice_fill(p, N_("The other chair: %1"), p->page.chair, (struct text){0});
    play_leave(p, PLAY_ENDED);
}

void play_closing_line(struct play *p, struct text own)
{
    struct text words = page_keep(&p->page, own);
    bool leaves = text_is(own, ":quit") || text_is(own, ":退出") || text_is(own, "：退出");
    if (!leaves && p->closing == CLOSING_PLUS)
        p->page.plus = words;
    else if (!leaves && p->closing == CLOSING_DELTA)
        p->page.delta = words;
    else if (!leaves)
        p->page.sentence = words;
    if (leaves || p->closing == CLOSING_SENTENCE) {
        finish(p);
        return;
    }
    p->closing++;
    play_notice(p, asks[p->closing]);
}

void play_closing(struct play *p)
{
    p->ended = take_page(p);
    if (p->ended)
        show_turnings(p);
    play_debrief(p);
    if (p->over)
        return;
    p->silence = false;
    if (!p->ended || p->config->mode != WIRE_PRACTICE || !isatty(STDIN_FILENO)) {
        finish(p);
        return;
    }
    p->closing = CLOSING_PLUS;
    screen_line_end(&p->screen);
    play_notice(p, asks[p->closing]);
}

void play_write_page(struct play *p)
{
    int error = p->ended && p->config->page ? page_write(&p->page, p->config->page) : 0;
    struct arena a = {0};
    struct text name = phrase_clean(&a, text_of(p->config->page));
    if (p->config->page && !p->ended && !p->signal)
        play_notice_fill(p, N_("%1 was not written: the conversation did not come to its end."), name, (struct text){0});
    else if (p->config->page && error) {
        p->end = PLAY_IO;
        struct text t = phrase_fill(&a, tr(p->screen.words, "%1 cannot be written: %2"), name, text_of(strerror(error)));
        fprintf(stderr, "rehearse play: %.*s\n", (int)t.len, t.at);
    } else if (p->config->page && p->ended)
        play_notice_fill(p, N_("The page is in %1."), name, (struct text){0});
    arena_done(&a);
    page_done(&p->page);
}

/* play_closing.c -- what comes after an ending: the look back, three lines of one's own, the other chair, and the page to
 * keep.
 *
 * Nobody is asked anything where nobody types: a pipe gets the look back and is done.  What was typed here stays on the
 * page; it is no part of the session. */
#include "front/play_inside.h"

#include "front/doc_view.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the page ---- */

static struct text filled(struct play *p, const char *form, unsigned long n)
{
    char number[24];
    snprintf(number, sizeof number, "%lu", n);
    return doc_fill(&p->page.arena, form, text_of(number), (struct text){0});
}

/* Whoever looks back at once knows the day. */
static void take_date(struct play *p)
{
    if (p->page.date.len)
        return; /* of a conversation that was kept */
    char date[32];
    time_t now = time(NULL);
    struct tm tm;
    if (localtime_r(&now, &tm) && strftime(date, sizeof date, "%Y-%m-%d", &tm))
        p->page.date = page_keep(&p->page, text_of(date));
}

static void take_circumstances(struct play *p)
{
    const struct words *w = p->screen.words;
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

static void take_notes(struct play *p)
{
    p->page.notes = arena_array(&p->page.arena, struct text, p->n_notes + 1);
    for (uint32_t i = 0; i < p->n_notes; i++)
        p->page.notes[p->page.n_notes++] = page_keep(&p->page, p->notes[i].words);
}

static bool take_page(struct play *p)
{
    struct client_debrief d = {0};
    struct client_turning t = {0};
    struct client_reach r = {0};
    struct client_fault fault = {0};
    page_begin(&p->page, p->screen.words, p->lang);
    page_take_info(&p->page, &p->info, p->role);
    take_circumstances(p);
    take_chair(p);
    take_notes(p);
    play_resume_words(p);
    enum client_end end = client_debrief(p->session, p->lang, &d, &fault);
    if (end != CLIENT_OK) {
        play_trouble(p, end, &fault);
        return false;
    }
    page_take_debrief(&p->page, &d);
    if (client_turning(p->session, p->lang, true, &t, &fault) == CLIENT_OK)
        page_take_turning(&p->page, &t);
    if (play_reach(p, &r))
        page_take_reach(&p->page, &r);
    return true;
}

static void show_page(struct play *p, enum page_length length)
{
    struct doc d = {0};
    page_compose(&p->page, length, &d);
    doc_show(&p->screen, &d);
    doc_done(&d);
}

static enum page_length wanted(const struct play *p)
{
    return p->config->whole ? PAGE_WHOLE : PAGE_SHORT;
}

bool play_look_back(struct play *p)
{
    bool ok = take_page(p);
    if (ok)
        show_page(p, wanted(p));
    return ok;
}

/* ---- one's own words ---- */

static const char *const asks[] = {
    [ASKING_PLUS] = N_("What went well? One line for yourself; Enter leaves it out."),
    [ASKING_DELTA] = N_("What would you change?"),
    [ASKING_SENTENCE] = N_("Which one sentence will you try this week?"),
    [ASKING_WHERE] = N_("Where will you use it, and when? When you come back, you will be asked how it went."),
};

void play_finish(struct play *p)
{
    p->asking = ASKING_NONE;
    if (!play_keep_settled(p))
        return;
    if (p->page.chair.len && isatty(STDIN_FILENO)) /* after what was typed; a pipe has just read it */
        play_notice_fill(p, N_("The other chair: %1"), p->page.chair, (struct text){0});
    play_leave(p, PLAY_ENDED);
}

static void keep_own(struct play *p, struct text own)
{
    struct text words = page_keep(&p->page, own);
    if (p->asking == ASKING_PLUS)
        p->page.plus = words;
    else if (p->asking == ASKING_DELTA)
        p->page.delta = words;
    else if (p->asking == ASKING_SENTENCE)
        p->page.sentence = words;
    else
        p->page.where = words;
    play_keep_words(p, (enum kept_word_kind)(KEPT_PLUS + (p->asking - ASKING_PLUS)), words);
}

/* Questions of the scenario come last; without any, the play is over. */
static void close_or_ask(struct play *p)
{
    if (!play_survey_open(p, WIRE_AFTER))
        play_finish(p);
}

void play_closing_line(struct play *p, struct text own)
{
    if (text_is(own, ":all") || text_is(own, ":全部") || text_is(own, "：全部")) {
        show_page(p, PAGE_TURNS);
        screen_line_end(&p->screen);
    } else if (text_is(own, ":quit") || text_is(own, ":退出") || text_is(own, "：退出")) {
        play_finish(p);
        return;
    } else {
        keep_own(p, own);
        if (p->asking == ASKING_WHERE || (p->asking == ASKING_SENTENCE && !own.len)) {
            close_or_ask(p);
            return;
        }
        p->asking++;
    }
    play_notice(p, asks[p->asking]);
}

void play_closing(struct play *p)
{
    p->ended = take_page(p);
    if (p->ended)
        show_page(p, wanted(p));
    if (p->over)
        return;
    p->silence = false;
    if (!p->ended || !isatty(STDIN_FILENO)) {
        play_finish(p);
        return;
    }
    screen_line_end(&p->screen);
    if (!p->config->whole)
        play_notice(p, N_(":all shows it turn by turn, with every other reply."));
    p->asking = p->config->mode == WIRE_PRACTICE ? play_resume_asking(p) : ASKING_NONE;
    if (p->asking)
        play_notice(p, asks[p->asking]);
    else
        close_or_ask(p);
}

void play_survey_closed(struct play *p)
{
    play_finish(p);
}

void play_write_page(struct play *p)
{
    struct arena a = {0};
    struct text name = clean_text(&a, text_of(p->config->page));
    struct doc d = {0};
    int error = 0;
    if (p->ended && p->config->page) {
        p->page.asks = true;
        take_date(p);
        play_survey_take(p);
        page_compose(&p->page, wanted(p), &d);
        error = doc_write(&d, &(struct doc_look){.words = p->screen.words, .lang = p->page.lang}, p->config->page);
    }
    if (p->config->page && !p->ended && !p->signal)
        play_notice_fill(p, N_("%1 was not written: the conversation did not come to its end."), name, (struct text){0});
    else if (p->config->page && error) {
        p->end = PLAY_IO;
        struct text t = doc_fill(&a, tr(p->screen.words, "%1 cannot be written: %2"), name, text_of(strerror(error)));
        fprintf(stderr, "rehearse play: %.*s\n", (int)t.len, t.at);
    } else if (p->config->page && p->ended)
        play_notice_fill(p, N_("The page is in %1."), name, (struct text){0});
    doc_done(&d);
    arena_done(&a);
    page_done(&p->page);
}

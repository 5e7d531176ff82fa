/* play_keep.c -- what is kept of a play, and what is said where it cannot be.
 *
 * A step's events are on the disk before its outputs are on the screen.  Where that failed the play is held: nothing new
 * is shown, and a line typed says what to do about it.  Whoever does not type is not asked: the play ends there, and what
 * was kept can be gone on with.  Knows nothing of stores: report/keeper.h. */
#include "front/play_inside.h"
#include "front/survey.h"

#include <signal.h>
#include <unistd.h>

static struct keeper *keeper_of(const struct play *p) { return p->config->keeper; }

/* ---- waiting ---- */

/* Instead of waiting for a server: signals are heard, and whoever wants to leave does not wait. */
static bool wait(void *self, int fd, bool to_write, int ms)
{
    struct play *p = self;
    return loop_await(&p->loop, fd, to_write, ms);
}

bool play_keep_open(struct play *p, struct text origin)
{
    struct keeper *k = keeper_of(p);
    if (!k)
        return true;
    k->on_wait(k, wait, p);
    return k->ready(k, p->client, origin);
}

void play_keep_close(struct play *p)
{
    struct keeper *k = keeper_of(p);
    if (k)
        k->on_wait(k, NULL, NULL);
}

/* ---- the sentence before the first line ---- */

void play_keep_about(struct play *p)
{
    struct keeper *k = keeper_of(p);
    struct buf b = {0};
    if (!k) {
        play_notice(p, N_("Nothing of this is kept: when you leave, this conversation is gone."));
        return;
    }
    k->about(k, p->screen.words, &b);
    play_notice_fill(p, "%1", buf_view(&b), (struct text){0});
    buf_done(&b);
}

/* ---- where it failed ---- */

struct text play_keep_why(const struct play *p, struct arena *a)
{
    struct buf b = {0};
    keeper_of(p)->why(keeper_of(p), p->screen.words, &b);
    struct text t = text_keep(a, buf_view(&b));
    buf_done(&b);
    return t;
}

static void say_why(struct play *p)
{
    struct arena a = {0};
    screen_line_end(&p->screen);
    p->screen.view->problem(&p->screen, play_keep_why(p, &a));
    arena_done(&a);
}

static void say_choices(struct play *p)
{
    play_notice(p, N_("What you did last is not saved yet; all before it is. Nothing is lost while this window is open."));
    play_notice(p, N_("Enter tries again. :file NAME keeps the whole conversation in a new file instead. :quit leaves."));
}

/* Holds the play, or ends it where nobody can be asked. */
static void hold(struct play *p, enum held held, uint32_t from)
{
    p->held = held;
    p->held_from = from;
    say_why(p);
    if (!keeper_of(p)->hopes(keeper_of(p)))
        play_leave(p, PLAY_IO);
    else if (isatty(STDIN_FILENO))
        say_choices(p);
    else {
        play_quit(p);
        play_leave(p, PLAY_IO);
    }
}

bool play_kept(struct play *p, const struct client_answer *answer, uint32_t from)
{
    if (answer->kept)
        return true;
    hold(p, HELD_STEP, from);
    return false;
}

bool play_keep_settled(struct play *p)
{
    struct keeper *k = keeper_of(p);
    if (!k || k->kept(k) || k->again(k, p->session))
        return true;
    hold(p, HELD_CLOSE, 0);
    return false;
}

/* It is kept now: what was held back is shown. */
static void release(struct play *p)
{
    struct client_answer answer = {0};
    struct client_fault fault = {0};
    enum held held = p->held;
    p->held = HELD_NOT;
    play_notice(p, N_("It is saved now."));
    if (held == HELD_CLOSE) {
        play_finish(p);
        return;
    }
    enum client_end end = client_show(p->session, p->held_from, p->lang, &answer, &fault);
    if (end == CLIENT_OK)
        play_after(p, &answer);
    else if (play_trouble(p, end, &fault))
        play_show_options(p);
}

static void try_again(struct play *p)
{
    struct keeper *k = keeper_of(p);
    if (k->again(k, p->session)) {
        release(p);
        return;
    }
    hold(p, p->held, p->held_from);
}

static void go_to_file(struct play *p, struct text name)
{
    struct keeper *k = keeper_of(p);
    struct buf path = {0};
    buf_text(&path, name);
    buf_char(&path, '\0');
    if (!name.len) {
        play_notice(p, N_("Write the file's name behind it, such as :file friday.jsonl"));
    } else if (k->to_file(k, p->session, path.at)) {
        play_notice_fill(p, N_("From here on this conversation is kept in %1."), name, (struct text){0});
        release(p);
    } else {
        hold(p, p->held, p->held_from);
    }
    buf_done(&path);
}

void play_keep_line(struct play *p, struct text own)
{
    struct text rest = own, first = {0};
    text_word(&rest, &first);
    if (!own.len)
        try_again(p);
    else if (text_is(first, ":file") || text_is(first, ":文件") || text_is(first, "：文件"))
        go_to_file(p, text_trim(rest));
    else if (text_is(own, ":quit") || text_is(own, ":退出") || text_is(own, "：退出")) {
        play_quit(p);
        play_leave(p, PLAY_IO);
    } else
        say_choices(p);
}

/* ---- leaving ---- */

void play_say_stopped(struct play *p)
{
    struct keeper *k = keeper_of(p);
    struct text name = k ? k->name(k) : (struct text){0}, file = k ? k->file(k) : (struct text){0};
    const char *form = N_("Stopped at turn %1, before the end of the conversation. Nothing of it is kept.");
    struct buf turn = {0};
    buf_printf(&turn, "%u", play_turns(p));
    if (p->held)
        form = name.len ? N_("Stopped at turn %1. What you did last is not saved; what was before it is.")
                        : N_("Stopped at turn %1. What you did last is not saved.");
    else if (file.len)
        form = N_("Stopped at turn %1, before the end of the conversation. It is kept in %2.");
    else if (name.len)
        form = N_("Stopped at turn %1, before the end of the conversation. It is kept.");
    play_notice_fill(p, form, buf_view(&turn), file);
    if (name.len)
        play_notice_fill(p, N_("It goes on with: rehearse resume %1"), name, (struct text){0});
    buf_done(&turn);
}

/* ---- beside the events ---- */

void play_keep_words(struct play *p, enum kept_word_kind kind, struct text words)
{
    struct keeper *k = keeper_of(p);
    if (k && words.len)
        k->words(k, kind, 0, words);
}

void play_keep_answer(struct play *p, const struct own_answer *answer, const struct info_survey *item)
{
    struct keeper *k = keeper_of(p);
    struct kept_answer kept = survey_kept(item, answer->value);
    if (k)
        k->answer(k, &kept);
}

void play_keep_grade(struct play *p)
{
    struct keeper *k = keeper_of(p);
    struct client_debrief d = {0};
    struct client_fault fault = {0};
    if (k && !p->held && client_session_turn(p->session) && client_debrief(p->session, p->lang, &d, &fault) == CLIENT_OK)
        k->graded(k, &d);
}

/* How far an answer has come that is not given yet: the event that offered, then "shown" (the replies stand there), or for
 * each part of a message what was taken. */
void play_keep_draft(struct play *p)
{
    struct keeper *k = keeper_of(p);
    struct buf b = {0};
    if (!k)
        return;
    buf_printf(&b, "%u", client_session_offered(p->session));
    if (p->form == WIRE_FORM_COMPOSE)
        for (uint32_t i = 0; i < p->slot; i++)
            buf_printf(&b, " %u", p->slots[i].taken);
    else if (!p->writing)
        buf_str(&b, " shown");
    k->state(k, TEXT("draft"), buf_view(&b));
    buf_done(&b);
}

/* What a play was begun with that is in no event. */
void play_keep_settings(struct play *p)
{
    static const char *const own[] = {[OWN_WORDS_THIRD] = "third", [OWN_WORDS_NONE] = "none", [OWN_WORDS_ALL] = "all"};
    struct keeper *k = keeper_of(p);
    struct buf b = {0};
    if (!k)
        return;
    buf_printf(&b, "own-words=%s%s", own[p->config->own_words], p->config->clock ? " clock" : "");
    k->state(k, TEXT("settings"), buf_view(&b));
    buf_done(&b);
}

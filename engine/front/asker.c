/* asker.c -- waits for a line as play.c does, with no engine beside it.
 *
 * Ctrl-C takes the line away, and twice leaves; a window may change its size, and Ctrl-Z stops the process. */
#include "front/asker.h"

#include "front/phrase.h"

#include <signal.h>
#include <unistd.h>

enum { TWICE_WITHIN = 2000 };

bool asker_open(struct asker *a, bool plain, const struct words *words)
{
    *a = (struct asker){.types = isatty(STDIN_FILENO) != 0};
    if (!loop_open(&a->loop))
        return false;
    a->looped = true;
    screen_open(&a->screen, STDOUT_FILENO, plain, words);
    if (a->types && isatty(STDOUT_FILENO) && a->screen.view == &view_term)
        typing_edit(&a->typing, STDIN_FILENO, STDOUT_FILENO);
    else
        typing_read(&a->typing, STDIN_FILENO, STDOUT_FILENO, !a->types);
    return true;
}

/* True where it ends the asking. */
static bool on_interrupt(struct asker *a)
{
    long long now = loop_now();
    if (a->interrupted && now - a->interrupted <= TWICE_WITHIN)
        return true;
    a->interrupted = now;
    a->typing.cancel(&a->typing);
    a->typing.hide(&a->typing);
    a->screen.view->notice(&a->screen, text_of(tr(a->screen.words, "Once more Ctrl-C leaves; :quit and Ctrl-D do too.")));
    screen_flush(&a->screen);
    a->typing.show(&a->typing);
    return false;
}

static bool on_signal(struct asker *a, int sig)
{
    switch (sig) {
    case SIGWINCH:
        screen_measure(&a->screen);
        a->typing.resize(&a->typing, a->screen.columns, a->screen.rows);
        return false;
    case SIGTSTP:
        a->typing.pause(&a->typing);
        loop_suspend();
        screen_measure(&a->screen);
        a->typing.go_on(&a->typing);
        return false;
    case SIGCONT: return false;
    case SIGINT:
        if (!on_interrupt(a))
            return false;
        break;
    default: break;
    }
    a->signal = sig;
    return true;
}

static enum asked wait_line(struct asker *a)
{
    for (;;) {
        int sig = 0;
        enum wake why = a->typing.waiting(&a->typing) && !loop_stop_asked(&a->loop)
                            ? WAKE_INPUT
                            : loop_wait(&a->loop, a->typing.in, -1, -1, &sig);
        if (why == WAKE_SIGNAL && on_signal(a, sig))
            return ASKED_SIGNAL;
        if (why != WAKE_INPUT)
            continue;
        switch (a->typing.take(&a->typing)) {
        case TYPED_NOTHING: break;
        case TYPED_LINE: return ASKED_LINE;
        case TYPED_END: return ASKED_END;
        case TYPED_LOST: a->signal = SIGHUP; return ASKED_SIGNAL;
        }
    }
}

enum asked asker_line(struct asker *a, struct text *line)
{
    *line = (struct text){0};
    if (!screen_flush(&a->screen))
        return ASKED_END;
    a->typing.ask(&a->typing);
    enum asked end = wait_line(a);
    if (end == ASKED_LINE) {
        buf_reset(&a->line);
        phrase_narrow(buf_view(&a->typing.line), &a->line);
        *line = text_trim(buf_view(&a->typing.line));
    } else {
        a->typing.leave(&a->typing);
        screen_line_end(&a->screen);
    }
    return end;
}

struct text asker_narrow(const struct asker *a)
{
    return text_trim(buf_view(&a->line));
}

bool asker_close(struct asker *a)
{
    if (!a->looped)
        return false;
    a->typing.leave(&a->typing);
    a->typing.done(&a->typing);
    bool ok = screen_flush(&a->screen);
    screen_done(&a->screen);
    buf_done(&a->line);
    loop_close(&a->loop);
    return ok;
}

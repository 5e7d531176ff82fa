/* lineread.c -- lines from a pipe, a file, or a terminal that wants nothing clever.
 *
 * The terminal's own line discipline does the editing.  Where input is no terminal, every line taken is shown behind the
 * prompt, so that a transcript reads like a conversation.  Knows nothing of readline or of what a line means. */
#include "front/typing.h"

#include "base/terminal.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

static void put(struct typing *t, const char *at, size_t len)
{
    while (len > 0) {
        ssize_t n = write(t->out, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN && poll(&(struct pollfd){.fd = t->out, .events = POLLOUT}, 1, -1) >= 0)
            continue;
        if (n <= 0)
            return; /* whoever prints next meets the same error and says so */
        at += n;
        len -= (size_t)n;
    }
}

static void ask(struct typing *t) { put(t, "> ", 2); }

/* Moves the first line of what was read to t->line. */
static bool cut_line(struct typing *t)
{
    char *end = t->pending.len ? memchr(t->pending.at, '\n', t->pending.len) : NULL;
    if (!end && !(t->ended && t->pending.len))
        return false;
    size_t len = end ? (size_t)(end - t->pending.at) : t->pending.len;
    size_t used = end ? len + 1 : len;
    buf_reset(&t->line);
    buf_add(&t->line, t->pending.at, len < TYPED_LINE_MAX ? len : TYPED_LINE_MAX);
    if (t->line.len && t->line.at[t->line.len - 1] == '\r')
        t->line.len--;
    memmove(t->pending.at, t->pending.at + used, t->pending.len - used);
    t->pending.len -= used;
    return true;
}

static enum typed end(struct typing *t)
{
    put(t, "\n", 1); /* nobody else ends the line of the prompt */
    return TYPED_END;
}

/* The pipe may carry anything. */
static void echo(struct typing *t)
{
    struct buf clean = {0};
    terminal_clean(buf_view(&t->line), CLEAN_PLAY, &clean);
    buf_char(&clean, '\n');
    put(t, clean.at, clean.len);
    buf_done(&clean);
}

static enum typed take(struct typing *t)
{
    char bytes[4096];
    if (!cut_line(t)) {
        if (t->ended)
            return end(t);
        ssize_t n = read(t->in, bytes, sizeof bytes);
        if (n < 0)
            return errno == EINTR || errno == EAGAIN ? TYPED_NOTHING : TYPED_LOST;
        if (n == 0)
            t->ended = true;
        else if (t->pending.len < 4u * TYPED_LINE_MAX || memchr(bytes, '\n', (size_t)n))
            buf_add(&t->pending, bytes, (size_t)n); /* an endless line does not fill the memory */
        if (!cut_line(t))
            return t->ended ? end(t) : TYPED_NOTHING;
    }
    if (t->echo)
        echo(t);
    return TYPED_LINE;
}

static bool waiting(const struct typing *t)
{
    return t->ended || (t->pending.len && memchr(t->pending.at, '\n', t->pending.len));
}

static void cancel(struct typing *t)
{
    buf_reset(&t->line);
    put(t, "\n", 1); /* the terminal has dropped what it held */
}

static void hide(struct typing *t) { put(t, "\n", 1); }
static void show(struct typing *t) { ask(t); }
static void nothing(struct typing *t) { (void)t; }

static void resize(struct typing *t, unsigned columns, unsigned rows)
{
    (void)t;
    (void)columns;
    (void)rows;
}

static void done(struct typing *t)
{
    buf_done(&t->line);
    buf_done(&t->pending);
}

void typing_read(struct typing *t, int in, int out, bool echo)
{
    *t = (struct typing){.in = in, .out = out, .ask = ask, .take = take, .waiting = waiting, .cancel = cancel,
                         .hide = hide, .show = show, .resize = resize, .pause = nothing, .go_on = show,
                         .leave = nothing, .done = done, .echo = echo};
}

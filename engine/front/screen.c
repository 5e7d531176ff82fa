/* screen.c -- laying text out on a terminal, and writing it.
 *
 * Lines are broken first and styled afterwards, each line on its own: a style ends before every line end, so that a
 * screen cleared or scrolled in the middle never stays coloured.  Escape sequences come from the one table below.
 * Knows nothing of conversations. */
#include "front/screen.h"

#include "base/arena.h"
#include "front/view.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Magenta and red are the two colours that read well on dark and on light ground; nothing is told by colour alone. */
static const char *const escapes[STYLE_COUNT] = {
    [STYLE_NONE] = "",           [STYLE_NAME] = "\033[1m",  [STYLE_ASIDE] = "\033[35m", [STYLE_QUIET] = "\033[2m",
    [STYLE_STRONG] = "\033[1m",  [STYLE_TERM] = "\033[4m",  [STYLE_BAD] = "\033[1;31m",
};
static const char reset[] = "\033[0m";

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value && strcmp(value, "0") != 0;
}

static unsigned clamp(unsigned n, unsigned lo, unsigned hi) { return n < lo ? lo : n > hi ? hi : n; }

void screen_measure(struct screen *s)
{
    struct winsize ws;
    bool known = ioctl(s->fd, TIOCGWINSZ, &ws) == 0 && ws.ws_col && ws.ws_row;
    s->columns = known ? clamp(ws.ws_col, 20, 500) : 80;
    s->rows = known ? clamp(ws.ws_row, 5, 500) : 24;
}

void screen_open(struct screen *s, int fd, bool plain, const struct words *words)
{
    const char *term = getenv("TERM");
    bool able = isatty(fd) && term && strcmp(term, "dumb") != 0 && !plain && !is_set("ACCESSIBLE");
    *s = (struct screen){.fd = fd, .words = words, .view = able ? &view_term : &view_plain};
    s->styled = able && !is_set("NO_COLOR");
    screen_measure(s);
}

unsigned screen_width(const struct screen *s)
{
    unsigned room = s->columns - 1;
    return room < SCREEN_READING_WIDTH ? room : SCREEN_READING_WIDTH;
}

bool screen_flush(struct screen *s)
{
    const char *at = s->out.at;
    size_t left = s->out.len;
    while (left && !s->error) {
        ssize_t n = write(s->fd, at, left);
        if (n > 0) {
            at += n;
            left -= (size_t)n;
        } else if (n < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = s->fd, .events = POLLOUT}, 1, 1000);
        } else if (n < 0 && errno != EINTR) {
            s->error = errno;
        }
    }
    buf_reset(&s->out);
    return !s->error;
}

void screen_done(struct screen *s) { buf_done(&s->out); }

/* ---- styled pieces ---- */

static void style_on(struct screen *s, enum style style)
{
    if (s->styled)
        buf_str(&s->out, escapes[style]);
}

static void style_off(struct screen *s, enum style style)
{
    if (s->styled && style != STYLE_NONE)
        buf_str(&s->out, reset);
}

/* One line's piece of T; OPEN is the mark still open from the line before. */
static void add_piece(struct screen *s, struct text t, enum style style, char *open)
{
    style_on(s, style);
    if (*open)
        style_on(s, *open == MARKED_EM ? STYLE_STRONG : STYLE_TERM);
    for (size_t i = 0; i < t.len; i++) {
        char c = t.at[i];
        if (c != MARKED_EM && c != MARKED_TERM && c != MARKED_END) {
            buf_char(&s->out, c);
            continue;
        }
        *open = c == MARKED_END ? 0 : c;
        style_off(s, STYLE_TERM);
        style_on(s, style);
        if (*open)
            style_on(s, c == MARKED_EM ? STYLE_STRONG : STYLE_TERM);
    }
    style_off(s, *open ? STYLE_TERM : style);
}

/* Without styles a stressed word stands between asterisks and a term as it is. */
static struct text spell_marks(const struct screen *s, struct text t, struct buf *spelt)
{
    char open = 0;
    if (s->styled)
        return t;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.at[i];
        if (c == MARKED_EM || (c == MARKED_END && open == MARKED_EM))
            buf_char(spelt, '*');
        else if (c != MARKED_TERM && c != MARKED_END)
            buf_char(spelt, c);
        if (c == MARKED_EM || c == MARKED_TERM || c == MARKED_END)
            open = c;
    }
    return buf_view(spelt);
}

void screen_add(struct screen *s, struct text t, enum style style)
{
    struct buf spelt = {0};
    char open = 0;
    t = spell_marks(s, t, &spelt);
    if (t.len)
        add_piece(s, t, style, &open);
    buf_done(&spelt);
}

void screen_str(struct screen *s, const char *words, enum style style) { screen_add(s, text_of(words), style); }

void screen_blanks(struct screen *s, unsigned n)
{
    while (n--)
        buf_char(&s->out, ' ');
}

void screen_line_end(struct screen *s) { buf_char(&s->out, '\n'); }

void screen_hanging(struct screen *s, struct text t, unsigned first, unsigned indent, enum style style)
{
    struct arena a = {0};
    struct buf spelt = {0};
    size_t n;
    struct wrap how = {.width = screen_width(s), .first = first, .hang = indent};
    t = spell_marks(s, t, &spelt);
    struct wrap_line *lines = terminal_wrap(t, &how, &a, &n);
    char open = 0;
    for (size_t i = 0; i < n; i++) {
        if (i)
            screen_blanks(s, indent);
        add_piece(s, text_from(t.at + lines[i].from, lines[i].to - lines[i].from), style, &open);
        screen_line_end(s);
    }
    buf_done(&spelt);
    arena_done(&a);
}

void screen_wrapped(struct screen *s, struct text t, unsigned indent, enum style style)
{
    screen_blanks(s, indent);
    screen_hanging(s, t, indent, indent, style);
}

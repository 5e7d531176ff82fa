/* lineedit.c -- lines typed on a real terminal, with editing, history and completion: the only file that sees readline.
 *
 * readline's callback interface, because the one poll loop also watches signals and the engine.  readline keeps its state
 * in globals, so there is one `current`.  It installs no signal handlers of its own; file names are never offered; the
 * prompt is "> " and nothing foreign.  Knows nothing of what a line means. */
#include "front/typing.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>
#include <readline/history.h>

enum { HISTORY_LINES = 200 };

static struct typing *current;
static enum typed came;

struct words {
    char **v;
    size_t n, cap, next;
    const char *stem;
    size_t stem_len;
};

static bool is_number(const char *s) { return strspn(s, "0123456789 ") == strlen(s); }

/* readline hands over a whole line, or NULL at the end of input. */
static void line_came(char *line)
{
    struct termios tio;
    rl_callback_handler_remove();
    if (!line) {
        came = tcgetattr(current->in, &tio) != 0 ? TYPED_LOST : TYPED_END;
        return;
    }
    buf_reset(&current->line);
    size_t len = strlen(line);
    buf_add(&current->line, line, len < TYPED_LINE_MAX ? len : TYPED_LINE_MAX);
    HIST_ENTRY *last = history_length ? history_get(history_base + history_length - 1) : NULL;
    if (!is_number(line) && !(last && strcmp(last->line, line) == 0))
        add_history(line);
    free(line);
    came = TYPED_LINE;
}

static void ask(struct typing *t)
{
    current = t;
    came = TYPED_NOTHING;
    rl_callback_handler_install("> ", line_came);
}

static bool readable(int fd) { return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, 0) > 0; }

static enum typed take(struct typing *t)
{
    /* poll does not see what readline has already taken, so: once, and again while input waits. */
    do
        rl_callback_read_char();
    while (came == TYPED_NOTHING && readable(t->in));
    return came;
}

static bool waiting(const struct typing *t)
{
    (void)t;
    return false;
}

static void cancel(struct typing *t)
{
    (void)t;
    rl_callback_sigcleanup();
    rl_free_line_state();
    rl_replace_line("", 1);
    rl_crlf();
    fflush(rl_outstream);
    rl_on_new_line();
    rl_redisplay();
}

static void hide(struct typing *t)
{
    (void)t;
    rl_clear_visible_line();
    fflush(rl_outstream);
}

static void show(struct typing *t)
{
    (void)t;
    rl_on_new_line();
    rl_redisplay();
}

static void resize(struct typing *t, unsigned columns, unsigned rows)
{
    (void)t;
    (void)columns;
    (void)rows;
    rl_resize_terminal();
}

static void pause_line(struct typing *t)
{
    (void)t;
    rl_deprep_terminal();
}

static void go_on(struct typing *t)
{
    (void)t;
    rl_prep_terminal(1);
    rl_resize_terminal();
    rl_forced_update_display();
}

static void leave(struct typing *t)
{
    if (current == t)
        rl_callback_handler_remove();
}

static void done(struct typing *t)
{
    leave(t);
    current = NULL;
    clear_history();
    buf_done(&t->line);
}

/* ---- completion ---- */

static void words_add(void *list, const char *word)
{
    struct words *w = list;
    if (strncmp(word, w->stem, w->stem_len) != 0)
        return;
    if (w->n == w->cap) {
        size_t cap = w->cap ? w->cap * 2 : 16;
        char **v = realloc(w->v, cap * sizeof *v);
        if (!v)
            return;
        w->v = v;
        w->cap = cap;
    }
    char *copy = strdup(word);
    if (copy)
        w->v[w->n++] = copy;
}

static struct words offered;

/* readline asks for one word after another until NULL, and frees them. */
static char *next_word(const char *stem, int state)
{
    (void)stem;
    if (state == 0)
        offered.next = 0;
    return offered.next < offered.n ? offered.v[offered.next++] : NULL;
}

static char **complete(const char *stem, int start, int end)
{
    (void)end;
    rl_attempted_completion_over = 1; /* never file names */
    if (!current || !current->offer)
        return NULL;
    offered = (struct words){.stem = stem, .stem_len = strlen(stem)};
    current->offer(current->offerer, (struct text){rl_line_buffer, (size_t)start}, words_add, &offered);
    char **found = offered.n ? rl_completion_matches(stem, next_word) : NULL;
    free(offered.v);
    offered = (struct words){0};
    return found;
}

void typing_edit(struct typing *t, int in, int out)
{
    *t = (struct typing){.in = in, .out = out, .ask = ask, .take = take, .waiting = waiting, .cancel = cancel,
                         .hide = hide, .show = show, .resize = resize, .pause = pause_line, .go_on = go_on,
                         .leave = leave, .done = done};
    rl_readline_name = "Rehearse";
    rl_instream = stdin;
    rl_outstream = stdout;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0; /* LINES and COLUMNS would outlive a resize in the engine's environment */
    rl_completer_word_break_characters = " ";
    rl_basic_word_break_characters = " ";
    rl_attempted_completion_function = complete;
    using_history();
    stifle_history(HISTORY_LINES);
}

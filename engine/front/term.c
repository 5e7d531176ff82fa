/* term.c -- the conversation on a terminal: indents, a bold name, a line of its own for how something is said.
 *
 * Scrolls and never repaints, so that it works over ssh and in a log.  Frames and bars are ASCII or of characters that
 * are one cell wide everywhere; what a style tells is also told by place or by brackets. */
#include "base/arena.h"
#include "front/view.h"

enum { INDENT = 2, GAUGE_CELLS = 10 };

/* TEXT from the right edge, after USED cells; on the next line where it does not fit. */
static void put_right(struct screen *s, size_t used, struct text t, enum style style)
{
    size_t width = screen_width(s), cells = terminal_width(t, false);
    if (used && used + 2 + cells > width) {
        screen_line_end(s);
        used = 0;
    }
    if (used + cells < width)
        screen_blanks(s, (unsigned)(width - used - cells));
    screen_add(s, t, style);
    screen_line_end(s);
}

/* "(arms folded)" in the brackets of the language. */
static void aside_of(struct screen *s, struct text manner, struct buf *out)
{
    words_fill(out, tr(s->words, "(%1)"), &manner, 1);
}

static void term_title(struct screen *s, struct text title, struct text beside)
{
    size_t cells = terminal_width(title, false);
    if (cells + 2 + terminal_width(beside, false) <= screen_width(s)) {
        screen_add(s, title, STYLE_STRONG);
        put_right(s, cells, beside, STYLE_QUIET);
    } else {
        screen_wrapped(s, title, 0, STYLE_STRONG);
        screen_wrapped(s, beside, 0, STYLE_QUIET);
    }
}

static void term_speech(struct screen *s, const struct speech *sp)
{
    struct buf aside = {0};
    screen_line_end(s);
    if (!sp->goes_on) {
        screen_add(s, sp->name, STYLE_NAME);
        if (sp->position.len) {
            screen_blanks(s, 2);
            screen_add(s, sp->position, STYLE_QUIET);
        }
        screen_line_end(s);
    }
    if (sp->manner.len) {
        aside_of(s, sp->manner, &aside);
        screen_wrapped(s, buf_view(&aside), INDENT, STYLE_ASIDE);
    }
    if (sp->words.len)
        screen_wrapped(s, sp->words, INDENT, STYLE_NONE);
    if (sp->original)
        screen_wrapped(s, text_of(tr(s->words, "[not translated yet]")), INDENT, STYLE_QUIET);
    buf_done(&aside);
}

static void term_narration(struct screen *s, struct text words)
{
    screen_line_end(s);
    screen_wrapped(s, words, 0, STYLE_NONE);
}

static void term_page(struct screen *s, struct text title, const struct text *paragraphs, size_t n)
{
    screen_line_end(s);
    screen_wrapped(s, title, 0, STYLE_STRONG);
    for (size_t i = 0; i < n; i++) {
        if (i)
            screen_line_end(s);
        screen_wrapped(s, paragraphs[i], INDENT, STYLE_NONE);
    }
}

static void term_gauge(struct screen *s, struct text label, long value, long from, long to)
{
    long full = to > from ? (value - from) * GAUGE_CELLS / (to - from) : 0;
    struct buf b = {0};
    screen_line_end(s);
    buf_text(&b, label);
    buf_str(&b, "  ");
    for (long i = 0; i < GAUGE_CELLS; i++)
        buf_str(&b, i < full ? "▮" : "▯");
    buf_printf(&b, "  %ld/%ld", value, to);
    screen_wrapped(s, buf_view(&b), INDENT, STYLE_NONE);
    buf_done(&b);
}

/* Home, clear the screen and what has scrolled away. */
static void term_hide(struct screen *s, struct text words)
{
    if (s->styled)
        buf_str(&s->out, "\033[H\033[2J\033[3J");
    screen_wrapped(s, words, 0, STYLE_QUIET);
}

static void term_ask(struct screen *s, struct text prompt, unsigned turn, unsigned of)
{
    struct buf count = {0};
    screen_line_end(s);
    if (turn && of)
        buf_printf(&count, tr(s->words, "turn %u of about %u"), turn, of);
    else if (turn)
        buf_printf(&count, tr(s->words, "turn %u"), turn);
    size_t cells = terminal_width(prompt, false);
    if (!count.len) {
        screen_wrapped(s, prompt, 0, STYLE_NONE);
    } else if (cells + 2 + terminal_width(buf_view(&count), false) <= screen_width(s)) {
        screen_add(s, prompt, STYLE_NONE);
        put_right(s, cells, buf_view(&count), STYLE_QUIET);
    } else {
        put_right(s, 0, buf_view(&count), STYLE_QUIET);
        screen_wrapped(s, prompt, 0, STYLE_NONE);
    }
    screen_line_end(s);
    buf_done(&count);
}

static void term_option(struct screen *s, unsigned number, struct text manner, struct text words)
{
    struct buf b = {0}, digits = {0};
    buf_printf(&digits, "%3u  ", number);
    screen_add(s, buf_view(&digits), STYLE_STRONG);
    if (manner.len) {
        aside_of(s, manner, &b);
        if (words.len && *tr(s->words, "(%1)") == '(')
            buf_char(&b, ' ');
    }
    buf_text(&b, words);
    screen_hanging(s, buf_view(&b), 5, 5, STYLE_NONE);
    buf_done(&b);
    buf_done(&digits);
}

/* One line of a remark beside the conversation. */
static void put_beside(struct screen *s, struct text words, enum style style)
{
    struct arena a = {0};
    size_t n;
    struct wrap how = {.width = screen_width(s) - 4};
    struct wrap_line *lines = terminal_wrap(words, &how, &a, &n);
    for (size_t i = 0; i < n; i++) {
        screen_str(s, "  | ", STYLE_QUIET);
        screen_add(s, text_from(words.at + lines[i].from, lines[i].to - lines[i].from), style);
        screen_line_end(s);
    }
    arena_done(&a);
}

static void term_comment(struct screen *s, const struct shown *rows, size_t n, struct text also)
{
    struct arena a = {0};
    screen_line_end(s);
    for (size_t i = 0; i < n; i++) {
        struct text line = shown_line(s->words, &a, &rows[i]);
        if (line.len)
            put_beside(s, line, STYLE_STRONG);
        if (rows[i].reason.len)
            put_beside(s, rows[i].reason, STYLE_NONE);
    }
    if (also.len)
        put_beside(s, also, STYLE_NONE);
    arena_done(&a);
}

static void term_ending(struct screen *s, struct text title, struct text outcome)
{
    screen_line_end(s);
    screen_wrapped(s, title, 0, STYLE_STRONG);
    if (outcome.len)
        screen_wrapped(s, outcome, INDENT, STYLE_NONE);
}

static void term_notice(struct screen *s, struct text words) { screen_wrapped(s, words, 0, STYLE_NONE); }
static void term_problem(struct screen *s, struct text words) { screen_wrapped(s, words, 0, STYLE_BAD); }

static void term_heading(struct screen *s, struct text words)
{
    screen_line_end(s);
    screen_wrapped(s, words, 0, STYLE_STRONG);
}

static void term_moment(struct screen *s, unsigned number, struct text words)
{
    struct buf digits = {0};
    screen_line_end(s);
    if (number)
        buf_printf(&digits, "%u  ", number);
    screen_add(s, buf_view(&digits), STYLE_STRONG);
    screen_hanging(s, words, (unsigned)digits.len, number ? 5 : 0, number ? STYLE_NONE : STYLE_NAME);
    buf_done(&digits);
}

static void term_labelled(struct screen *s, struct text label, struct text words)
{
    unsigned cells = (unsigned)terminal_width(label, false);
    screen_blanks(s, 3);
    screen_add(s, label, STYLE_NAME);
    screen_blanks(s, 2);
    screen_hanging(s, words, cells + 5, 5, STYLE_NONE);
}

static void term_paragraph(struct screen *s, struct text words)
{
    screen_line_end(s);
    screen_wrapped(s, words, 0, STYLE_NONE);
}

static void term_item(struct screen *s, struct text words)
{
    screen_str(s, "  - ", STYLE_NONE);
    screen_hanging(s, words, 4, 4, STYLE_NONE);
}

static void term_quote(struct screen *s, struct text words) { screen_wrapped(s, words, 5, STYLE_NONE); }

static void term_row(struct screen *s, struct text cells, bool head)
{
    screen_add(s, cells, head ? STYLE_NAME : STYLE_NONE);
    screen_line_end(s);
}

const struct view view_term = {
    .title = term_title,     .speech = term_speech,   .narration = term_narration, .page = term_page,
    .hide = term_hide,       .hides = true,
    .gauge = term_gauge,     .ask = term_ask,         .option = term_option,       .comment = term_comment,
    .ending = term_ending,   .notice = term_notice,   .problem = term_problem,     .heading = term_heading,
    .moment = term_moment,   .labelled = term_labelled, .paragraph = term_paragraph, .item = term_item,
    .quote = term_quote,     .row = term_row,
};

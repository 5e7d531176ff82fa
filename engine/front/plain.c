/* plain.c -- the conversation in words only, for screen readers, pipes, logs and dumb terminals.
 *
 * No escape, no frame, no bar, nothing that has to be seen side by side: "Lin: …", "Turn 3 of about 9."  Whatever
 * term.c tells by place is told here by a word. */
#include "front/view.h"

static void put_filled(struct screen *s, const char *form, struct text a1, struct text a2)
{
    struct buf b = {0};
    struct text args[2] = {a1, a2};
    words_fill(&b, tr(s->words, form), args, 2);
    screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    buf_done(&b);
}

static void plain_title(struct screen *s, struct text title, struct text beside)
{
    screen_wrapped(s, title, 0, STYLE_NONE);
    screen_wrapped(s, beside, 0, STYLE_NONE);
}

/* "Lin, operations engineer (arms folded): This is the third time." */
static void plain_speech(struct screen *s, const struct speech *sp)
{
    struct buf b = {0};
    screen_line_end(s);
    buf_text(&b, sp->name);
    if (sp->position.len)
        words_fill(&b, trc(s->words, "position", ", %1"), &sp->position, 1);
    if (sp->manner.len)
        words_fill(&b, trc(s->words, "manner", " (%1)"), &sp->manner, 1);
    if (sp->words.len)
        words_fill(&b, trc(s->words, "said", ": %1"), &sp->words, 1);
    if (sp->original) {
        buf_char(&b, ' ');
        buf_str(&b, tr(s->words, "[not translated yet]"));
    }
    screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    buf_done(&b);
}

static void plain_narration(struct screen *s, struct text words)
{
    screen_line_end(s);
    screen_wrapped(s, words, 0, STYLE_NONE);
}

static void plain_page(struct screen *s, struct text title, const struct text *paragraphs, size_t n)
{
    screen_line_end(s);
    screen_wrapped(s, title, 0, STYLE_NONE);
    for (size_t i = 0; i < n; i++)
        screen_wrapped(s, paragraphs[i], 0, STYLE_NONE);
}

static void plain_gauge(struct screen *s, struct text label, long value, long from, long to)
{
    struct buf b = {0}, numbers = {0};
    screen_line_end(s);
    buf_printf(&numbers, tr(s->words, "%ld, from %ld to %ld"), value, from, to);
    struct text args[2] = {label, buf_view(&numbers)};
    words_fill(&b, tr(s->words, "%1: %2."), args, 2);
    screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    buf_done(&numbers);
    buf_done(&b);
}

static void plain_hide(struct screen *s, struct text words)
{
    screen_line_end(s);
    screen_wrapped(s, words, 0, STYLE_NONE);
}

static void plain_ask(struct screen *s, struct text prompt, unsigned turn, unsigned of)
{
    struct buf b = {0};
    screen_line_end(s);
    if (turn && of)
        buf_printf(&b, tr(s->words, "Turn %u of about %u."), turn, of);
    else if (turn)
        buf_printf(&b, tr(s->words, "Turn %u."), turn);
    if (b.len)
        screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    if (prompt.len)
        screen_wrapped(s, prompt, 0, STYLE_NONE);
    buf_done(&b);
}

static void plain_option(struct screen *s, unsigned number, struct text manner, struct text words)
{
    struct buf b = {0};
    buf_printf(&b, "%u. ", number);
    if (manner.len) {
        words_fill(&b, tr(s->words, "(%1)"), &manner, 1);
        if (words.len && *tr(s->words, "(%1)") == '(')
            buf_char(&b, ' ');
    }
    buf_text(&b, words);
    screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    buf_done(&b);
}

/* "What it showed: reflecting a feeling (listening +2)." */
static void plain_shown(struct screen *s, const struct shown *row)
{
    struct buf b = {0};
    buf_text(&b, row->competency);
    if (row->counted)
        shown_points(&b, row->points);
    if (row->moves.len && b.len)
        put_filled(s, N_("What it showed: %1 (%2)."), row->moves, buf_view(&b));
    else if (row->moves.len || b.len)
        put_filled(s, N_("What it showed: %1."), row->moves.len ? row->moves : buf_view(&b), (struct text){0});
    if (row->reason.len)
        put_filled(s, N_("Comment: %1"), row->reason, (struct text){0});
    buf_done(&b);
}

static void plain_comment(struct screen *s, const struct shown *rows, size_t n, struct text also)
{
    screen_line_end(s);
    for (size_t i = 0; i < n; i++)
        plain_shown(s, &rows[i]);
    if (also.len)
        screen_wrapped(s, also, 0, STYLE_NONE);
}

static void plain_ending(struct screen *s, struct text title, struct text outcome)
{
    screen_line_end(s);
    put_filled(s, N_("The end: %1"), title, (struct text){0});
    if (outcome.len)
        screen_wrapped(s, outcome, 0, STYLE_NONE);
}

static void plain_notice(struct screen *s, struct text words) { screen_wrapped(s, words, 0, STYLE_NONE); }

static void plain_heading(struct screen *s, struct text words)
{
    screen_line_end(s);
    screen_wrapped(s, words, 0, STYLE_NONE);
}

static void plain_moment(struct screen *s, unsigned number, struct text words)
{
    struct buf b = {0};
    screen_line_end(s);
    if (number)
        buf_printf(&b, "%u. ", number);
    buf_text(&b, words);
    screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    buf_done(&b);
}

static void plain_labelled(struct screen *s, struct text label, struct text words)
{
    struct buf b = {0};
    buf_text(&b, label);
    words_fill(&b, trc(s->words, "said", ": %1"), &words, 1);
    screen_wrapped(s, buf_view(&b), 0, STYLE_NONE);
    buf_done(&b);
}

static void plain_item(struct screen *s, struct text words) { screen_wrapped(s, words, 0, STYLE_NONE); }

const struct view view_plain = {
    .title = plain_title,     .speech = plain_speech,     .narration = plain_narration, .page = plain_page,
    .hide = plain_hide,
    .gauge = plain_gauge,     .ask = plain_ask,           .option = plain_option,       .comment = plain_comment,
    .ending = plain_ending,   .notice = plain_notice,     .problem = plain_notice,      .heading = plain_heading,
    .moment = plain_moment,   .labelled = plain_labelled, .paragraph = plain_narration, .item = plain_item,
    .quote = plain_notice,
};

/* help.c -- what --help says, laid out in cells rather than bytes.
 *
 * All of it comes from the commands' entries.  Option names stay English; everything around them is in the reader's
 * language. */
#include "cmd/help.h"

#include "front/screen.h"

#include <string.h>
#include <unistd.h>

enum { GAP = 2, COLUMN = 22 };

/* LEFT in bold, then WORDS from COLUMN on; on a narrow screen below. */
static void put_row(struct screen *s, struct text left, struct text words)
{
    unsigned cells = (unsigned)terminal_width(left, false);
    screen_blanks(s, GAP);
    screen_add(s, left, STYLE_STRONG);
    if (screen_width(s) < 2 * COLUMN) {
        screen_line_end(s);
        screen_wrapped(s, words, 2 * GAP, STYLE_NONE);
    } else if (GAP + cells + GAP > COLUMN) {
        screen_line_end(s);
        screen_wrapped(s, words, COLUMN, STYLE_NONE);
    } else {
        screen_blanks(s, COLUMN - GAP - cells);
        screen_hanging(s, words, COLUMN, COLUMN, STYLE_NONE);
    }
}

static void put_heading(struct screen *s, const char *words)
{
    screen_line_end(s);
    screen_str(s, words, STYLE_STRONG);
    screen_line_end(s);
}

static void put_usage(struct screen *s, const struct command *c)
{
    struct buf b = {0};
    buf_str(&b, tr(s->words, "Usage:"));
    unsigned hang = (unsigned)terminal_width(buf_view(&b), false) + 1;
    buf_printf(&b, " rehearse%s%s", *c->name ? " " : "", c->name);
    if (*c->operands)
        buf_printf(&b, " %s", tr(s->words, c->operands));
    if (!*c->name)
        buf_printf(&b, " [%s …]", tr(s->words, "COMMAND"));
    buf_printf(&b, " [%s]", tr(s->words, "options"));
    screen_hanging(s, buf_view(&b), 0, hang, STYLE_NONE);
    buf_done(&b);
}

static void put_options(struct screen *s, const struct command *c)
{
    put_heading(s, tr(s->words, "Options"));
    for (const struct option_row *row = c->options; row->name; row++) {
        struct buf left = {0}, right = {0};
        buf_printf(&left, "--%s", row->name);
        if (row->value)
            buf_printf(&left, " %s", tr(s->words, row->value));
        buf_str(&right, tr(s->words, row->words));
        put_row(s, buf_view(&left), buf_view(&right));
        buf_done(&left);
        buf_done(&right);
    }
}

static void put_commands(struct screen *s)
{
    put_heading(s, tr(s->words, "Commands"));
    for (size_t i = 0; commands[i]; i++)
        if (!commands[i]->hidden)
            put_row(s, text_of(commands[i]->name), text_of(tr(s->words, commands[i]->summary)));
    screen_line_end(s);
    screen_wrapped(s, text_of(tr(s->words, "Each has its own: rehearse play --help")), 0, STYLE_NONE);
}

static void put_examples(struct screen *s, const char *examples)
{
    struct text rest = text_of(examples), line;
    put_heading(s, tr(s->words, "Examples"));
    while (text_split(&rest, '\n', &line))
        screen_wrapped(s, line, GAP, STYLE_NONE);
}

int help_print(const struct call *call)
{
    const struct command *c = call->command;
    struct screen s;
    screen_open(&s, STDOUT_FILENO, false, call->words);
    put_usage(&s, c);
    screen_line_end(&s);
    screen_wrapped(&s, text_of(tr(s.words, c->about)), 0, STYLE_NONE);
    if (!*c->name)
        put_commands(&s);
    put_options(&s, c);
    if (c->examples)
        put_examples(&s, c->examples);
    bool ok = screen_flush(&s);
    screen_done(&s);
    return ok ? STATUS_FINE : STATUS_IO;
}

/* ---- the manual ---- */

/* Text for man(7): backslashes, hyphens that must stay ASCII, and dots at a line's start are escaped. */
static void roff(struct buf *out, const char *t)
{
    static const char *const stops[] = {"，", "。", "、", "；", "："};
    bool start = true;
    for (const char *begin = t; *t; t++) {
        for (size_t i = 0; i < sizeof stops / sizeof stops[0] && t - begin >= 3; i++)
            if (strncmp(t - 3, stops[i], 3) == 0)
                buf_str(out, "\\:"); /* troff breaks a Chinese line nowhere else */
        if (start && (*t == '.' || *t == '\''))
            buf_str(out, "\\&");
        start = *t == '\n';
        if (*t == '\\')
            buf_str(out, "\\e");
        else if (*t == '-')
            buf_str(out, "\\-");
        else if (*t == '\n' && t[1] == '\n')
            buf_str(out, "\n.PP"), start = false;
        else
            buf_char(out, *t);
    }
}

static void roff_name(struct buf *out, const struct command *c)
{
    buf_str(out, "rehearse");
    if (*c->name)
        buf_printf(out, "%s%s", "\\-", c->name);
}

static void roff_options(struct buf *out, const struct command *c, const struct words *w)
{
    buf_printf(out, ".SH %s\n", tr(w, "OPTIONS"));
    for (const struct option_row *row = c->options; row->name; row++) {
        buf_str(out, ".TP\n\\fB\\-\\-");
        roff(out, row->name);
        buf_str(out, "\\fR");
        if (row->value)
            buf_printf(out, " \\fI%s\\fR", tr(w, row->value));
        buf_char(out, '\n');
        roff(out, tr(w, row->words));
        buf_char(out, '\n');
    }
}

static void roff_commands(struct buf *out, const struct words *w)
{
    buf_printf(out, ".SH %s\n", tr(w, "COMMANDS"));
    for (size_t i = 0; commands[i]; i++) {
        if (commands[i]->hidden)
            continue;
        buf_printf(out, ".TP\n\\fBrehearse\\-%s\\fR(1)\n", commands[i]->name);
        roff(out, tr(w, commands[i]->summary));
        buf_char(out, '\n');
    }
}

static const struct {
    const char *status, *words;
} statuses[] = {
    {"0", N_("all went well")},
    {"1", N_("check: warnings only; test: a run that does not hold")},
    {"2", N_("the command line does not fit")},
    {"65", N_("a scenario with errors, which cannot be played; or other input that is not what it should be")},
    {"66", N_("no such file or scenario")},
    {"69", N_("send: no record store that can be trusted")},
    {"70", N_("the engine failed")},
    {"74", N_("something could not be read or written")},
    {"75", N_("send: something waits for a better time")},
    {"77", N_("send: not let in; a file with a password that others can read")},
    {"129, 130, 143", N_("ended by hang-up, by Ctrl-C twice, by a request to terminate")},
};

static void roff_statuses(struct buf *out, const struct words *w)
{
    buf_printf(out, ".SH %s\n", tr(w, "EXIT STATUS"));
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        buf_printf(out, ".TP\n%s\n", statuses[i].status);
        roff(out, tr(w, statuses[i].words));
        buf_char(out, '\n');
    }
}

static const struct {
    const char *name, *words;
} variables[] = {
    {"LC_ALL, LC_MESSAGES, LANG", N_("the language, where --lang is not given; it need not be installed on the machine")},
    {"REHEARSE_LRS_LOGIN, REHEARSE_LRS_TOKEN", N_("send: name:password or bearer token of the record store")},
    {"REHEARSE_LIBRARY", N_("a folder with rubrics, scripts and scenarios, instead of the installed one")},
    {"REHEARSE_STORE", N_("where records are, as --store")},
    {"XDG_DATA_HOME", N_("the folder that holds rehearse/records.sqlite, where nothing else is said; else ~/.local/share")},
    {"NO_COLOR", N_("no styles")},
    {"ACCESSIBLE", N_("as --plain")},
    {"TERM", N_("dumb: as --plain")},
    {"INPUTRC", N_("how keys edit a line; the program is called Rehearse there ($if Rehearse)")},
};

static void roff_variables(struct buf *out, const struct words *w)
{
    buf_printf(out, ".SH %s\n", tr(w, "ENVIRONMENT"));
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        buf_printf(out, ".TP\n%s\n", variables[i].name);
        roff(out, tr(w, variables[i].words));
        buf_char(out, '\n');
    }
}

static void roff_examples(struct buf *out, const struct command *c, const struct words *w)
{
    if (!c->examples)
        return;
    buf_printf(out, ".SH %s\n.nf\n", tr(w, "EXAMPLES"));
    roff(out, c->examples);
    buf_str(out, "\n.fi\n");
}

void help_manual(const struct command *c, const struct words *w, struct buf *out)
{
    buf_str(out, ".\\\" Written by `rehearse manual`; change the command's entry instead.\n.TH ");
    roff_name(out, c);
    buf_printf(out, " 1 \"\" \"Rehearse\" \"%s\"\n.SH %s\n", tr(w, "Rehearse"), tr(w, "NAME"));
    roff_name(out, c);
    buf_str(out, " \\- ");
    roff(out, tr(w, c->summary));
    buf_printf(out, "\n.SH %s\n\\fBrehearse%s%s\\fR", tr(w, "SYNOPSIS"), *c->name ? " " : "", c->name);
    if (!*c->name)
        buf_printf(out, " [\\fI%s\\fR]", tr(w, "COMMAND"));
    if (*c->operands)
        buf_printf(out, " \\fI%s\\fR", tr(w, c->operands));
    buf_printf(out, " [\\fI%s\\fR]\n.SH %s\n", tr(w, "options"), tr(w, "DESCRIPTION"));
    roff(out, tr(w, c->about));
    buf_char(out, '\n');
    if (!*c->name)
        roff_commands(out, w);
    roff_options(out, c, w);
    roff_statuses(out, w);
    if (!*c->name)
        roff_variables(out, w);
    roff_examples(out, c, w);
}

/* call.c -- one use of a command: what was given, and saying what is wrong with it. */
#include "cmd/command.h"

#include "base/terminal.h"

#include <stdio.h>
#include <string.h>

const char *call_value(const struct call *call, const char *name)
{
    const struct option_row *rows = call->command->options;
    for (size_t i = 0; rows[i].name; i++)
        if (strcmp(rows[i].name, name) == 0)
            return call->values[i];
    return NULL;
}

enum { ARGUMENT_CELLS = 1000 }; /* enough for a path; whoever pastes a book sees how it begins */

static void add_clean(struct buf *out, const char *words)
{
    struct buf clean = {0};
    terminal_clean(text_of(words), CLEAN_CHECK, &clean);
    terminal_fit(buf_view(&clean), ARGUMENT_CELLS, false, out);
    buf_done(&clean);
}

int call_fails(const struct call *call, int status, const char *form, const char *a1, const char *a2)
{
    struct buf line = {0}, one = {0}, two = {0};
    const char *name = call->command->name;
    add_clean(&one, a1);
    add_clean(&two, a2);
    struct text args[2] = {buf_view(&one), buf_view(&two)};
    buf_str(&line, *name ? "rehearse " : "rehearse");
    buf_str(&line, name);
    buf_str(&line, ": ");
    words_fill(&line, tr(call->words, form), args, 2);
    fprintf(stderr, "%.*s\n", (int)line.len, line.at);
    buf_done(&line);
    buf_done(&one);
    buf_done(&two);
    return status;
}

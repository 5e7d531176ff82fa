/* cmd_cards.c -- `rehearse cards [FILE]`. */
#include "cmd/commands.h"
#include "cmd/paper.h"
#include "report/cards.h"

static int run(const struct call *call)
{
    const char *path = call->n ? call->operands[0] : NULL;
    struct buf out = {0};
    if (path && !paper_ends(path, ".html") && !paper_ends(path, ".htm"))
        return call_fails(call, STATUS_USAGE, N_("“%1” must end in .html"), path, NULL);
    cards_html(call_value(call, "large") != NULL, &out);
    int status = paper_put(call, path, buf_view(&out));
    buf_done(&out);
    return status;
}

static const struct option_row options[] = {
    {"large", NULL, TAKES_NOTHING, NULL, N_("one card a sheet")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_cards = {
    .name = "cards",
    .operands = N_("[FILE]"),
    .least = 0,
    .most = 1,
    .operand = OPERAND_FILES,
    .summary = N_("cards to vote with, A to F, on paper"),
    .about = N_("Writes cards to vote with as an HTML file that prints on A4: the letters A to F as they stand on the projected screen, in "
                "the same colours, with the colours' names. One sheet is a set for one person; print as many as people come, in "
                "colour, with backgrounds, and cut along the lines. Without FILE it goes to standard output."),
    .examples = "rehearse cards cards.html",
    .options = options,
    .run = run,
};

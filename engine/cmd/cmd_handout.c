/* cmd_handout.c -- `rehearse handout SCENARIO [FILE]`. */
#include "cmd/commands.h"
#include "cmd/paper.h"

static int run(const struct call *call) { return paper_print(call, handout_compose, true); }

static const struct option_row options[] = {
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language: en, zh-CN, or one behind the other: zh-CN+en")},
    OPTION_NO_JAIL_WORKS,
    OPTION_HELP,
    {0}};

const struct command command_handout = {
    .name = "handout",
    .operands = N_("SCENARIO [FILE]"),
    .least = 1,
    .most = 2,
    .operand = OPERAND_SCENARIO,
    .summary = N_("role cards and an observer's sheet, for a role-play in threes"),
    .about = N_("Writes sheets for a role-play without a screen: two play, the third watches. A role card for each who has a brief, one "
                "sheet each, and a sheet for the observer, with the moves of this scenario as boxes to tick.\n\n"
                "FILE ends in .html (A4, prints from any browser), .md or .txt; without it, HTML goes to standard output."),
    .examples = "rehearse handout third-return sheets.html --lang zh-CN",
    .options = options,
    .run = run,
};

/* cmd_guide.c -- `rehearse guide SCENARIO [FILE]`. */
#include "cmd/commands.h"
#include "cmd/paper.h"

static int run(const struct call *call) { return paper_print(call, guide_compose, false); }

static const struct option_row options[] = {
    {"minutes", N_("NUMBER"), TAKES_NUMBER, NULL, N_("time there is: plans what is voted on and what is told")},
    {"role", N_("ID"), TAKES_WORD, NULL, N_("whom the room plays, where several can be played")},
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language: en, zh-CN, or one behind the other: zh-CN+en")},
    OPTION_NO_JAIL_WORKS,
    OPTION_HELP,
    {0}};

const struct command command_guide = {
    .name = "guide",
    .operands = N_("SCENARIO [FILE]"),
    .least = 1,
    .most = 2,
    .operand = OPERAND_SCENARIO,
    .summary = N_("the facilitator's plan of a workshop, on paper"),
    .about = N_("Writes what a facilitator takes into the room on paper: what to have ready, the workshop minute by minute, the scenes "
                "with their notes and what each reply does, the questions for looking back, and what to do when something "
                "fails. It gives the scenario away: for nobody who is going to play it.\n\n"
                "FILE ends in .html (A4, prints from any browser), .md or .txt; without it, HTML goes to standard output."),
    .examples = "rehearse guide third-return plan.html --minutes 45 --lang zh-CN",
    .options = options,
    .run = run,
};

/* cmd_notes.c -- `rehearse notes`. */
#include "cmd/commands.h"
#include "front/notes.h"

#include <stdlib.h>
#include <string.h>

static int run(const struct call *call)
{
    const char *theme = call_value(call, "theme");
    struct notes_config config = {
        .words = call->words,
        .lang = call->lang,
        .theme = theme && strcmp(theme, "paper") == 0 ? THEME_PAPER : THEME_DARK,
        .plain = call_value(call, "plain") != NULL || getenv("ACCESSIBLE") != NULL,
    };
    int signal = 0;
    switch (notes_run(&config, &signal)) {
    case NOTES_FINE: return signal ? STATUS_SIGNAL + signal : STATUS_FINE;
    case NOTES_NO_WORKSHOP:
        return call_fails(call, STATUS_NO_INPUT, N_("no workshop runs on this computer; rehearse workshop SCENARIO begins one"), NULL, NULL);
    case NOTES_USAGE: return call_fails(call, STATUS_USAGE, N_("--lang is en, zh-CN, or both: zh-CN+en"), NULL, NULL);
    case NOTES_IO: break;
    }
    return call_fails(call, STATUS_IO, N_("the workshop cannot be reached from here"), NULL, NULL);
}

static const struct option_row options[] = {
    {"plain", NULL, TAKES_NOTHING, NULL, N_("a spoken line for every state; Enter goes on, ? says the keys")},
    {"theme", N_("THEME"), TAKES_CHOICE, "dark paper", N_("dark: light letters; paper: dark letters")},
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language of the notes: en, zh-CN, or both: zh-CN+en")},
    OPTION_HELP,
    {0}};

const struct command command_notes = {
    .name = "notes",
    .operands = "",
    .least = 0,
    .most = 0,
    .operand = OPERAND_NONE,
    .summary = N_("the facilitator's view of the workshop that runs"),
    .about = N_("Shows in a second terminal what only the facilitator may see while a workshop runs: the scene's notes, what each "
                "option will do, live counts, the clock and what is left of the plan. The same keys work here as on the projected "
                "screen; what is typed here is not shown there. Up and Down turn pages; Ctrl-C leaves, and the workshop goes on.\n\n"
                "Only the same user of the same computer can open it."),
    .examples = "rehearse notes\nrehearse notes --plain",
    .options = options,
    .run = run,
};

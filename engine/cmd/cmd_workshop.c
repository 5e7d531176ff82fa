/* cmd_workshop.c -- `rehearse workshop SCENARIO`. */
#include "cmd/commands.h"
#include "front/workshop.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static uint64_t seed_of(const char *asked)
{
    uint64_t seed = 0;
    if (asked)
        return strtoull(asked, NULL, 10);
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = 1;
    return seed >> 2; /* 62 bits: every place that keeps it as a number can */
}

static int run(const struct call *call)
{
    const char *minutes = call_value(call, "minutes"), *theme = call_value(call, "theme");
    struct workshop_config config = {
        .opening = {.command = "workshop", .words = call->words, .scenario = call->operands[0], .role = call_value(call, "role"),
                    .no_jail = call_value(call, "no-jail") != NULL, .notes = true},
        .lang = call->lang,
        .minutes = minutes ? (unsigned)strtoul(minutes, NULL, 10) : 0,
        .theme = theme && strcmp(theme, "paper") == 0 ? THEME_PAPER : THEME_DARK,
        .seed = seed_of(call_value(call, "seed")),
    };
    int signal = 0;
    enum opening_end end = workshop_run(&config, &signal);
    return signal ? STATUS_SIGNAL + signal : (int)end;
}

static const struct option_row options[] = {
    {"minutes", N_("NUMBER"), TAKES_NUMBER, NULL, N_("time there is, lobby to take-home: plans what is voted on and what is told")},
    {"role", N_("ID"), TAKES_WORD, NULL, N_("whom the room plays, where several can be played")},
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language of the wall: en, zh-CN, or both: zh-CN+en")},
    {"theme", N_("THEME"), TAKES_CHOICE, "dark paper", N_("dark: light letters; paper: dark letters, for a bright room")},
    {"seed", N_("NUMBER"), TAKES_NUMBER, NULL, N_("the same number gives the same chances")},
    {"no-jail", NULL, TAKES_NOTHING, NULL, N_("plays where this system cannot shut the engine in; only with scenarios you trust")},
    OPTION_HELP,
    {0}};

const struct command command_workshop = {
    .name = "workshop",
    .operands = N_("SCENARIO"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_SCENARIO,
    .summary = N_("plays a scenario with a room, on a projected screen"),
    .about = N_("Shows a scenario on a projected terminal, for a room that plays it together: it reads, votes with hands or cards, "
                "talks, votes again, and sees what its choice causes. Space goes on, ? lists the keys.\n\n"
                "The facilitator's notes are never on this screen: rehearse notes shows them in a second terminal, rehearse guide "
                "prints them. docs/workshops.md takes you from a bare laptop to the first vote."),
    .examples = "rehearse workshop third-return --minutes 45 --lang zh-CN\n"
                "rehearse workshop late-handover --lang zh-CN+en --theme paper",
    .options = options,
    .run = run,
};

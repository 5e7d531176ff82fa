/* cmd_doctor.c -- `rehearse doctor`: before people come. */
#include "cmd/commands.h"
#include "front/doctor.h"
#include "front/phones.h"
#include "front/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Enter shows the card; anything else, the end of input too, ends. */
static bool wants_card(struct screen *s)
{
    char line[80];
    screen_line_end(s);
    s->view->notice(s, text_of(tr(s->words, N_("Enter shows a test card on this screen, to look at on the projector and to try a phone with. q and Enter ends."))));
    return screen_flush(s) && fgets(line, sizeof line, stdin) && line[0] == '\n';
}

static int run(const struct call *call)
{
    const char *port = call_value(call, "port"), *address = call_value(call, "address");
    struct doctor d;
    struct screen s;
    long number = port ? strtol(port, NULL, 10) : PHONES_PORT;
    if (number < 1 || number > 65535)
        return call_fails(call, STATUS_USAGE, N_("there is no port %1; a port is a number from 1 to 65535"), port, NULL);
    doctor_look(&d, address, (uint16_t)number, call->words);
    screen_open(&s, STDOUT_FILENO, false, call->words);
    bool card = call_value(call, "card") != NULL, ask = !card && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!card)
        doctor_tell(&d, &s);
    if (card || (ask && wants_card(&s))) {
        int came = doctor_card(&d);
        if (came < 0)
            call_fails(call, 0, N_("this terminal cannot be drawn on"), "", "");
        else if (!card)
            doctor_tell_came(&d, &s, came);
        card = came < 0;
    }
    bool written = screen_flush(&s);
    screen_done(&s);
    return !written || (card && call_value(call, "card")) ? STATUS_IO : d.address && !d.listening ? STATUS_FINE : STATUS_WARNINGS;
}

static const struct option_row options[] = {
    {"port", N_("NUMBER"), TAKES_NUMBER, NULL, N_("the port that phones will use; 8080 where none is given")},
    {"address", N_("ADDRESS"), TAKES_WORD, NULL, N_("one of this laptop's addresses; else the one that phones most likely reach")},
    {"card", NULL, TAKES_NOTHING, NULL, N_("shows the test card at once")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_doctor = {
    .name = "doctor",
    .operands = "",
    .summary = N_("looks whether phones and the projector will work, before people come"),
    .about = N_("Lists the addresses of this laptop and which of them phones can reach, tries to listen on the port, and says what usually "
                "keeps phones away and what to do.\n\nThen a test card: colours, widths of characters and a bar, to be looked at from the last "
                "row of the room; and a code to scan with a phone, which shows whether it comes through."),
    .examples = "rehearse doctor\nrehearse doctor --card --lang zh-CN",
    .options = options,
    .run = run,
};

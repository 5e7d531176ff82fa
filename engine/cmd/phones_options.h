/* phones_options.h -- what a command line says about the room's phones. */
#ifndef CMD_PHONES_OPTIONS_H
#define CMD_PHONES_OPTIONS_H

#include "base/arena.h"
#include "cmd/command.h"
#include "front/workshop_phones.h"

/* Fills OUT, texts in A.  False after saying what does not fit, with *STATUS.  Asks for the Wi-Fi's password on the terminal,
 * unseen, where one is needed and no file has it. */
bool phones_options_read(const struct call *call, struct arena *a, struct workshop_phones_config *out, int *status);

/* Rows of a command that asks phones in. */
#define PHONES_OPTIONS                                                                                                 \
    {"phones", NULL, TAKES_NOTHING, NULL, N_("asks phones in; without it the key o does, at any time")},               \
        {"address", N_("ADDRESS"), TAKES_WORD, NULL, N_("one of this laptop's addresses; else the one that phones most likely reach")}, \
        {"port", N_("NUMBER"), TAKES_NUMBER, NULL, N_("the port that phones will use; 8080 where none is given")},     \
        {"joins", N_("NUMBER"), TAKES_NUMBER, NULL, N_("phones that may join from one address; behind some networks all of them share one")}, \
        {"wifi", N_("NAME"), TAKES_WORD, NULL, N_("shows a second code, which joins this Wi-Fi; asks for its password unseen")}, \
        {"wifi-password", N_("FILE"), TAKES_FILE, NULL, N_("reads that password from the first line of a file")},      \
        {"identity", N_("WHO"), TAKES_CHOICE, "anonymous nick roster", N_("whether phones are asked for a name: anonymous asks for none")}, \
        {"roster", N_("FILE"), TAKES_FILE, NULL, N_("names to choose from, one a line; implies --identity roster")}

#endif

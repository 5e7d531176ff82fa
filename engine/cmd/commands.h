/* commands.h -- every command's entry, one line each. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/command.h"

extern const struct command command_play, command_resume, command_debrief, command_replay, command_forget, command_regrade;
extern const struct command command_workshop, command_notes, command_cards, command_handout, command_guide, command_minutes, command_doctor;
extern const struct command command_check, command_explore, command_new, command_po, command_test, command_send, command_export, command_import, command_items;
extern const struct command command_progress, command_due, command_report;
extern const struct command command_completion, command_manual;

#endif

/* playing.h -- what the commands that play have in common. */
#ifndef CMD_PLAYING_H
#define CMD_PLAYING_H

#include "cmd/keep.h"
#include "front/play.h"

/* Plays, and says how it went as an exit status. */
int playing_status(const struct play_config *config);

/* Finds the session of the only operand, else the trainee's newest (that is UNFINISHED), and hands it to THEN. */
typedef int playing_fn(const struct call *call, struct keep *k, struct kept_play *p);
int playing_with_session(const struct call *call, bool unfinished, playing_fn *then);
/* Goes on with P where it stopped. */
int playing_resume(const struct call *call, struct keep *k, struct kept_play *p);
/* Plays CONFIG, and keeps it in K's records, for cohorts TAGS besides the trainee's own. */
int playing_new(struct keep *k, struct play_config *config, struct text tags);
/* A seed where none was asked for: 62 bits, so that every place that keeps it as a number can. */
uint64_t playing_seed(void);
/* Goes on with P, kept by R; or, without R, looks back on it or shows it again. */
int playing_kept(const struct call *call, struct keep *k, struct kept_play *p, enum play_what what, struct recorder *r);

/* The options of commands that take a kept session; OPTION_HELP closes the table. */
#define OPTIONS_KEPT_PLAY                                                                                              \
    OPTION_LANG,                                                                                                       \
    {"all", NULL, TAKES_NOTHING, NULL,                                                                                 \
     N_("looks back turn by turn, with every other reply and where it could still have led")},                         \
    {"page", N_("FILE"), TAKES_FILE, NULL,                                                                             \
     N_("writes the page of the conversation to keep: .html, .md or .txt, by its ending")},                            \
    OPTION_STORE, OPTION_AS, OPTION_PLAIN, OPTION_NO_JAIL_PLAYS, OPTION_HELP

#endif

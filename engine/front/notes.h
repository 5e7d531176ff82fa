/* notes.h -- the facilitator's second terminal: what `rehearse notes` shows, and its keys. */
#ifndef FRONT_NOTES_H
#define FRONT_NOTES_H

#include "base/words.h"
#include "front/stage.h"

struct notes_config {
    const struct words *words;
    const char *lang;    /* "en", "zh-CN", or both: "zh-CN+en" */
    enum theme theme;
    bool plain;          /* a spoken line for every state instead of a screen */
};

enum notes_end { NOTES_FINE, NOTES_NO_WORKSHOP, NOTES_USAGE, NOTES_IO };

/* Until the workshop ends or the facilitator leaves; *SIGNAL as play_run. */
enum notes_end notes_run(const struct notes_config *config, int *signal);

#endif

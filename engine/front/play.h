/* play.h -- one conversation, from the first screen to the debrief, in a terminal or a pipe. */
#ifndef FRONT_PLAY_H
#define FRONT_PLAY_H

#include "report/keeper.h"

/* Where replies are offered: how often the trainee first says it in their own words.  In practice only. */
enum own_words { OWN_WORDS_THIRD, OWN_WORDS_NONE, OWN_WORDS_ALL };

/* A conversation as it was kept. */
struct play_resume {
    struct text events;        /* canonical, whole lines */
    const struct handed *files; /* of the version it began with */
    uint32_t n_files;
    struct text newer;         /* version of the same scenario that is there now, where it is another; may be empty */
    struct text draft;         /* keeper's state of that name */
    struct text plus, delta, sentence, where, date; /* written about it; for the page */
    const struct kept_answer *answers; /* to the scenario's questions */
    uint32_t n_answers;
    struct text name;          /* what the session is called */
};

/* What is to become of it. */
enum play_what { PLAY_GO_ON, PLAY_LOOK_BACK, PLAY_REPLAY };

struct play_config {
    const char *scenario;      /* folder, file or name, as typed */
    enum wire_mode mode;       /* WIRE_PRACTICE or WIRE_CHECK_IN */
    const char *role;          /* NULL: the first playable one */
    const char *lang;          /* asked for, or the environment's; NULL: the scenario's own */
    bool lang_asked;           /* it was asked for: say where the scenario cannot serve it */
    const struct words *words; /* for what is said before the scenario's language is known */
    uint64_t seed;
    const char *record;        /* a new file for a rehearsal run; NULL: none */
    const char *page;          /* file to write the page to; NULL: none */
    bool whole;                /* the look back is turn by turn, too */
    enum own_words own_words;
    struct keeper *keeper;     /* keeps it; NULL: nothing is kept */
    const struct play_resume *resume; /* NULL: a new conversation.  Else mode, role and seed are those of its first event */
    enum play_what what;       /* with resume */
    bool paced, stepwise;      /* PLAY_REPLAY on a terminal: at reading speed, or each answer after an Enter */
    bool plain, no_jail;
    bool clock;                /* decisions that have a time to answer keep to it */
};

enum play_end {
    PLAY_ENDED,      /* at an ending, or left by the trainee, or at the end of input */
    PLAY_NO_FILE,
    PLAY_BAD_DATA,   /* errors in the scenario, or a conversation that got stuck */
    PLAY_USAGE,      /* no such role */
    PLAY_NO_ENGINE,
    PLAY_IO,         /* something could not be written or kept */
    PLAY_SIGNAL      /* and which, in *SIGNAL */
};

/* Plays.  Complaints go to standard error, all else to standard output. */
enum play_end play_run(const struct play_config *config, int *signal);

#endif

/* portable_read.h -- a line of what portable.h writes, read back: strictly, since it may come from anywhere. */
#ifndef RECORD_PORTABLE_READ_H
#define RECORD_PORTABLE_READ_H

#include "record/portable.h"

enum portable_kind {
    PORTABLE_HEAD = 1,
    PORTABLE_VERSION,
    PORTABLE_FILE,
    PORTABLE_TRAINEE,
    PORTABLE_SESSION,
    PORTABLE_EVENT,
    PORTABLE_STATE,
    PORTABLE_WORDS,
    PORTABLE_ANSWER,
    PORTABLE_VOTER,
    PORTABLE_ROUND,
    PORTABLE_VOTE,
    PORTABLE_HANDS,
    PORTABLE_END
};

/* One line; of its members those that its kind has are set. */
struct portable_line {
    enum portable_kind kind;
    int64_t format;                  /* head */
    bool ends;
    uint32_t sessions;               /* end */
    struct kept_version version;
    struct kept_title *titles;
    uint32_t n_titles;
    struct text digest;              /* file: of its version */
    struct handed file;
    struct kept_trainee trainee;
    struct kept_session session;
    int64_t at;                      /* event, words */
    struct text event;               /* its canonical bytes, a part of the line */
    struct text state, body;
    uint32_t word_kind, voter;
    struct text words;
    struct kept_answer answer;
    struct kept_voter in_room;
    struct kept_round round;
    struct kept_vote vote;
    struct kept_hands hands;
};

/* What is wrong with a line. */
struct portable_flaw {
    const char *form;                /* N_, with %1 for FIELD */
    struct text field;
};

/* Reads LINE, without its end; texts live in A, but for `event`.  False with FLAW. */
bool portable_read(struct arena *a, struct text line, struct portable_line *out, struct portable_flaw *flaw);

#endif

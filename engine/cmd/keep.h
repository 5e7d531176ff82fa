/* keep.h -- the records a command works with: which store, and who practises. */
#ifndef CMD_KEEP_H
#define CMD_KEEP_H

#include "cmd/command.h"
#include "record/recorder.h"

#define OPTION_STORE                                                                                                   \
    {"store", N_("WHERE"), TAKES_FILE, NULL, N_("where records are: a file, a folder, or postgresql://…")}
#define OPTION_AS {"as", N_("NAME"), TAKES_WORD, NULL, N_("who practises, instead of the login name; a pseudonym will do")}

struct keep {
    struct store *store;
    struct recorder_wait wait;
    struct kept_trainee trainee; /* id 0: there is none of that name yet */
    struct arena arena;
};

/* The store that --store, else REHEARSE_STORE, else nobody names, and the trainee of --as or the login name.  MAKE: makes
 * them where they are missing.  False after saying why on standard error, with *STATUS; keep_close in any case. */
bool keep_open(struct keep *k, const struct call *call, bool make, int *status);
/* The same without a trainee. */
bool keep_open_store(struct keep *k, const struct call *call, bool make, int *status);
/* The same without making anything; true, without a store, where there are no records yet. */
bool keep_open_if_there(struct keep *k, const struct call *call, int *status);
void keep_close(struct keep *k);
/* "rehearse NAME: …" with what FAULT says; returns STATUS_IO, or STATUS_NO_INPUT where something is missing. */
int keep_fails(const struct call *call, const struct store_fault *fault);
int64_t keep_now(void);

/* A kept conversation, read whole. */
struct kept_play {
    struct arena arena;
    struct kept_session session;
    struct text events;
    struct handed *files;
    uint32_t n_files;
    struct kept_answer *answers;
    uint32_t n_answers;
    struct text draft, settings, plus, delta, sentence, where;
};

/* The session called NAME, which must be the trainee's own; NAME NULL: the newest of theirs that is UNFINISHED, or any.
 * False after saying why, with *STATUS. */
bool kept_play_find(struct kept_play *p, struct keep *k, const struct call *call, const char *name, bool unfinished, int *status);
/* The same for a room's: the newest where NAME is NULL. */
bool kept_room_find(struct kept_play *p, struct keep *k, const struct call *call, const char *name, int *status);
/* The state KIND that was kept of it, in P; empty: none. */
bool kept_play_state(struct kept_play *p, struct keep *k, const struct call *call, const char *kind, struct text *out, int *status);
/* Its events, files and what was written about it. */
bool kept_play_read(struct kept_play *p, struct keep *k, const struct call *call, int *status);
/* The language it was shown in last, NUL behind it; after kept_play_read. */
struct text kept_play_lang(struct kept_play *p);
void kept_play_done(struct kept_play *p);

#endif

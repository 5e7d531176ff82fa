/* keeper.h -- what a front end asks of whoever keeps records, while a conversation is played.
 *
 * record/recorder.c is one; a front end knows only these functions.  Each says whether what it was given is on the disk
 * now.  What could not be kept stays with the keeper, in order, until `again` or `to_file` brings it there; so nothing is
 * lost by going on to hand things over, and nothing is shown that was not kept.
 *
 *     keeper->ready(k, client, origin);          the scenario is loaded
 *     client_start(client, &params, keeper->keep, keeper->self, …);
 *     if (!keeper->kept(k)) keeper->why(k, words, &sentence); */
#ifndef REPORT_KEEPER_H
#define REPORT_KEEPER_H

#include "report/records.h"
#include "wire/client.h"

/* As store_wait_fn of record/sql.h: what to do instead of waiting for a server or for other programs. */
typedef bool keeper_wait_fn(void *self, int fd, bool to_write, int ms);

struct keeper {
    void *self;
    /* Call WAIT with WAITER instead of waiting from here on; NULL: just wait. */
    void (*on_wait)(struct keeper *k, keeper_wait_fn *wait, void *waiter);
    /* Keeps the scenario that C has loaded, found at ORIGIN.  Before client_start, and outside of any call of C. */
    bool (*ready)(struct keeper *k, struct client *c, struct text origin);
    client_keep_fn *keep;           /* with `self` */
    /* True where everything handed over is kept. */
    bool (*kept)(const struct keeper *k);
    /* One sentence: why not. */
    void (*why)(const struct keeper *k, const struct words *w, struct buf *out);
    /* False where trying again is of no use: the session goes on elsewhere. */
    bool (*hopes)(const struct keeper *k);
    /* Tries to keep what is not kept yet, of S and otherwise.  Outside of any call of the client. */
    bool (*again)(struct keeper *k, struct client_session *s);
    /* Writes all of S to the new file PATH, and keeps it there from now on instead. */
    bool (*to_file)(struct keeper *k, struct client_session *s, const char *path);
    /* The session's public name; empty before it has one, and in a file. */
    struct text (*name)(const struct keeper *k);
    /* The file that it is kept in instead; empty: none. */
    struct text (*file)(const struct keeper *k);
    /* One sentence: where it is kept and who sees it. */
    void (*about)(const struct keeper *k, const struct words *w, struct buf *out);

    /* VOTER: who of a room wrote it; 0: the trainee.  Empty words take back what was written. */
    bool (*words)(struct keeper *k, enum kept_word_kind kind, uint32_t voter, struct text words);
    /* Somebody of a room, new or as they are now. */
    bool (*voter)(struct keeper *k, const struct kept_voter *voter);
    bool (*answer)(struct keeper *k, const struct kept_answer *answer);
    /* What the front end has to know to go on: one text a KIND, of which the last counts. */
    bool (*state)(struct keeper *k, struct text kind, struct text body);
    /* What the session showed so far; derived, so that losing it loses nothing. */
    bool (*graded)(struct keeper *k, const struct client_debrief *d);
};

#endif

/* post.h -- one request to a record store, and what it came to.
 *
 * The only file that speaks to a network.  Certificates are verified, redirections are told and not followed, an answer
 * has a size and a time. */
#ifndef SEND_POST_H
#define SEND_POST_H

#include "send/target.h"

enum post_end {
    POST_TAKEN,       /* 200, with an answer in `body` */
    POST_MISSING,     /* 404 to a question about one statement */
    POST_REFUSED,     /* 400: something in it is no statement as the record store wants it */
    POST_CONFLICT,    /* 409: an id is taken */
    POST_TOO_LARGE,   /* 413 */
    POST_DENIED,      /* 401, 403 */
    POST_LATER,       /* 5xx, 408, 429, no connection, too slow, cut off: the same request may do another time */
    POST_NO_STORE,    /* no record store that can be trusted stands there */
    POST_STOPPED      /* we were asked to stop */
};

struct post_answer {
    enum post_end end;
    long status;             /* of HTTP; 0: there was no answer */
    long wait;               /* seconds that it asks us to wait; 0: it does not say */
    struct buf body;         /* foreign */
    char why[300];           /* in the library's or the record store's words; foreign, may be empty */
};

struct post;

/* STOPPED is asked now and then.  NULL where the library cannot start. */
struct post *post_open(const struct target *t, long timeout, bool (*stopped)(void));
void post_close(struct post *p);

/* Sends BODY, an array of statements.  OUT is used again and again; post_answer_done frees it. */
void post_statements(struct post *p, struct text body, struct post_answer *out);
/* Asks for the statement called ID. */
void post_ask(struct post *p, struct text id, struct post_answer *out);
void post_answer_done(struct post_answer *out);

#endif

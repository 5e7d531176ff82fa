/* target.h -- where statements go, and what lets us in.
 *
 * Neither a password nor a token is ever taken from the command line, and none is sent over a connection that others can
 * listen to unless the operator insists. */
#ifndef SEND_TARGET_H
#define SEND_TARGET_H

#include "cmd/command.h"

struct target {
    struct buf url;        /* of the record store, without a slash at its end, NUL behind it */
    struct buf secret;     /* "name:password" or a token, NUL behind it; empty: none */
    bool bearer;           /* it is a token */
    bool here;             /* on this machine: no proxy, and http will do */
    const char *ca;        /* file of trusted certificates; NULL: the system's */
};

/* Looks at the URL and the credentials of CALL.  The exit status, after saying what is wrong. */
int target_open(struct target *t, const struct call *call);
/* Leaves no secret in memory. */
void target_done(struct target *t);

#endif

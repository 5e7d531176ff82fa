/* http_inside.h -- what the two files of the web server share: http.c (who is connected, and for how long), http_answer.c (what
 * is asked, answered and streamed).  Nobody else includes it. */
#ifndef FRONT_HTTP_INSIDE_H
#define FRONT_HTTP_INSIDE_H

#include "front/http.h"

#include <microhttpd.h>

enum { HTTP_TARGET_MOST = 1024 };

struct http_stream {
    void *listener;       /* NULL: no stream */
    struct buf said;
    size_t sent;          /* of SAID */
    long long moved;      /* when the last of it went out */
    bool asleep;          /* suspended: there was nothing to send */
};

struct conn {
    struct conn *next, *prev;
    struct http *http;
    struct MHD_Connection *mhd;
    struct peer *peer;
    int fd;
    bool doomed;          /* shut down, and not yet gone */
    bool asking;          /* until it was answered, the first time or since a request's first line */
    bool headed;          /* its headers were looked at */
    bool target_long;
    long long deadline;   /* of a request, or of idling; a stream has none */
    char target[HTTP_TARGET_MOST + 1];
    struct buf body;
    struct http_stream stream;
};

struct http {
    struct http_config config;
    struct http_limits limits;
    struct MHD_Daemon *daemon;
    struct peers peers;
    struct conn *first;   /* newest first */
    struct conn *arriving;
    uint32_t open, refused;
    int listening, epoll;
    uint16_t port;
    long long due;        /* when deadlines must be looked at next */
    long long paused;     /* until then nobody is accepted; 0: not paused */
};

/* ---- http.c ---- */

/* The connection of a request. */
struct conn *http_conn(struct MHD_Connection *mhd);
/* Deadlines are looked at by WHEN at the latest. */
void http_due_by(struct http *h, long long when);
/* A stream that slept has something to send, or is to end. */
void http_wake(struct conn *c);
/* Hangs up: it counts no longer, and is gone soon. */
void http_doom(struct conn *c);

/* ---- http_answer.c: what the library calls ---- */

enum MHD_Result http_on_request(void *self, struct MHD_Connection *mhd, const char *url, const char *method, const char *version, const char *more,
                                size_t *n_more, void **context);
void *http_on_target(void *self, const char *target, struct MHD_Connection *mhd);
void http_on_completed(void *self, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why);
size_t http_as_sent(void *self, struct MHD_Connection *mhd, char *s);
/* Bytes into a stream, as they are. */
void http_say_raw(struct conn *c, struct text t);

#endif

/* http.h -- a small web server for one room, in its host's poll loop.
 *
 * It listens on one address, hears GET and POST, keeps event streams, and holds everybody to limits before anything is
 * made of what they send.  A request reaches `asked` only when it was meant for this server (Host), is whole, within the
 * limits and, where it is a POST, a form that a page of this server sent (content type, Origin, Sec-Fetch-Site).  Every
 * answer says that it may not be cached, framed, guessed at or quoted elsewhere.  Knows nothing of votes. */
#ifndef FRONT_HTTP_H
#define FRONT_HTTP_H

#include "front/peers.h"

struct http;
struct http_stream;

enum http_method { HTTP_GET = 1, HTTP_HEAD, HTTP_POST };

/* Borrowed while it is answered. */
struct http_request {
    enum http_method method;
    struct text path, query; /* as sent: nothing is decoded */
    struct text body;
    struct text host, cookie, language; /* headers; empty where they were not sent */
    struct peer *peer;
};

/* Filled by whoever answers; starts as 200, HTML, nothing else. */
struct http_answer {
    int status;
    const char *type;   /* "text/css; charset=utf-8" */
    struct buf body;
    struct buf location; /* of a redirect; empty: none */
    struct buf cookies[2]; /* whole Set-Cookie values; empty: none */
    const char *file;   /* the name to keep it under; NULL: it is shown */
    uint32_t retry;     /* seconds until it is worth asking again; 0: none */
    bool lasting;       /* may be cached: its name changes when it does */
    void *listener;     /* to a GET alone; not NULL: an event stream, for this */
};

struct http_hears {
    void *self;
    void (*asked)(void *self, const struct http_request *q, struct http_answer *a);
    /* A stream is there for an answer's listener; and is gone, whoever closed it. */
    void (*opened)(void *self, void *listener, struct http_stream *s);
    void (*closed)(void *self, void *listener, struct http_stream *s);
};

/* Times in milliseconds. */
struct http_limits {
    uint32_t connections; /* in all */
    uint32_t per_address; /* beyond this an address gets more only while half of them are free */
    uint32_t head_bytes, head_lines, target_bytes, body_bytes;
    uint32_t request_ms;  /* for a whole request, however it trickles in */
    uint32_t idle_ms;     /* between two requests */
    uint32_t comment_ms;  /* a stream with nothing to say shows that it lives */
    uint32_t stuck_ms;    /* a stream that nobody reads */
};

#define HTTP_LIMITS                                                                                                    \
    (struct http_limits)                                                                                               \
    {                                                                                                                  \
        .connections = 2048, .per_address = 64, .head_bytes = 8192, .head_lines = 50, .target_bytes = 1024,             \
        .body_bytes = 8192, .request_ms = 10000, .idle_ms = 30000, .comment_ms = 15000, .stuck_ms = 30000               \
    }

struct http_config {
    const char *address;  /* literal, and not "any" */
    uint16_t port;        /* 0: any that is free */
    const char *host;     /* a name it may be asked by; NULL: none */
    const struct http_limits *limits; /* NULL: HTTP_LIMITS */
    struct http_hears hears;
};

/* NULL, with errno's value in *ERROR. */
struct http *http_open(const struct http_config *config, int *error);
/* Closes every connection; `closed` is called for every stream. */
void http_close(struct http *h);
int http_descriptor(const struct http *h);
/* Milliseconds to wait at most; -1: for ever. */
int http_timeout(const struct http *h);
void http_run(struct http *h);
uint16_t http_port(const struct http *h);
/* Requests refused before anybody heard them, connections turned away included. */
uint32_t http_refused(const struct http *h);

/* Sends DATA (one line) as an EVENT, numbered ID.  Goes out with the next http_run. */
void http_say(struct http_stream *s, const char *event, uint32_t id, struct text data);
/* Bytes said and not yet sent: whoever reads slowly is better told less often. */
size_t http_waiting(const struct http_stream *s);
/* Ends it soon, as if the other side had. */
void http_end(struct http_stream *s);

#endif

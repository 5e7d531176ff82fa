/* http_answer.c -- a request: whether it is heard, what is answered, and streams that stay open.
 *
 * What a request must look like is http_rules.c's; what every answer says about itself stands here, once.  A stream sleeps
 * while there is nothing to say; it wakes for news, a sign of life, or its end. */
#include "front/http_inside.h"

#include "base/words.h"
#include "front/http_rules.h"
#include "front/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>

enum { BLOCK = 4096 };

static struct conn *conn_of(struct http_stream *s)
{
    return (struct conn *)(void *)((char *)s - offsetof(struct conn, stream));
}

/* ---- what every answer says ---- */

static const char *const fixed[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    /* with no-referrer browsers would send forms from nowhere ("Origin: null") */
    {"Referrer-Policy", "same-origin"},
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                                "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

static enum MHD_Result queue(struct conn *c, int status, struct MHD_Response *r)
{
    enum MHD_Result queued = MHD_queue_response(c->mhd, (unsigned)status, r);
    MHD_destroy_response(r);
    return queued;
}

static void add_fixed(struct MHD_Response *r, const char *type, bool lasting)
{
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        MHD_add_response_header(r, fixed[i][0], fixed[i][1]);
    MHD_add_response_header(r, "Content-Type", type);
    MHD_add_response_header(r, "Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-store");
}

static struct MHD_Response *response_of(const struct buf *body)
{
    return MHD_create_response_from_buffer(body->len, body->len ? body->at : "", MHD_RESPMEM_MUST_COPY);
}

/* Answers before the request is even read to its end, and hangs up. */
static enum MHD_Result refuse(struct conn *c, int status)
{
    const struct words *zh = NULL;
    struct buf body = {0};
    words_find(TEXT("zh-CN"), &zh);
    buf_printf(&body, "%d\n%s\n%s\n", status, http_refusal(status), tr(zh, http_refusal(status)));
    struct MHD_Response *r = response_of(&body);
    buf_done(&body);
    c->http->refused++;
    add_fixed(r, "text/plain; charset=utf-8", false);
    MHD_add_response_header(r, "Connection", "close");
    if (status == 405)
        MHD_add_response_header(r, "Allow", "GET, HEAD, POST");
    return queue(c, status, r);
}

/* ---- streams ---- */

static ssize_t on_read(void *self, uint64_t at, char *to, size_t most)
{
    struct conn *c = self;
    struct http_stream *s = &c->stream;
    (void)at;
    if (c->doomed)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t n = s->said.len - s->sent;
    if (n == 0) {
        buf_reset(&s->said);
        s->sent = 0;
        s->asleep = true;
        MHD_suspend_connection(c->mhd);
        return 0;
    }
    n = n < most ? n : most;
    memcpy(to, s->said.at + s->sent, n);
    s->sent += n;
    s->moved = loop_now();
    return (ssize_t)n;
}

void http_say_raw(struct conn *c, struct text t)
{
    if (c->doomed)
        return;
    if (http_waiting(&c->stream) == 0)
        c->stream.moved = loop_now();
    buf_text(&c->stream.said, t);
    http_wake(c);
}

void http_say(struct http_stream *s, const char *event, uint32_t id, struct text data)
{
    struct buf line = {0};
    buf_printf(&line, "event: %s\nid: %u\ndata: ", event, id);
    buf_text(&line, data);
    buf_str(&line, "\n\n");
    http_say_raw(conn_of(s), buf_view(&line));
    buf_done(&line);
}

size_t http_waiting(const struct http_stream *s) { return s->said.len - s->sent; }

void http_end(struct http_stream *s) { http_doom(conn_of(s)); }

static enum MHD_Result open_stream(struct conn *c, const struct http_answer *a)
{
    struct http *h = c->http;
    struct epoll_event e = {.events = EPOLLRDHUP | EPOLLET, .data.ptr = c};
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_read, c, NULL);
    add_fixed(r, "text/event-stream; charset=utf-8", false);
    c->stream.listener = a->listener;
    epoll_ctl(h->epoll, EPOLL_CTL_ADD, c->fd, &e);
    http_due_by(h, loop_now() + h->limits.comment_ms);
    http_say_raw(c, TEXT("retry: 2000\n\n"));
    h->config.hears.opened(h->config.hears.self, a->listener, &c->stream);
    return queue(c, 200, r);
}

/* ---- a request ---- */

static enum MHD_Result count_head(void *self, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct http_head *n = self;
    (void)kind;
    n->bytes += (uint32_t)(strlen(key) + (value ? strlen(value) : 0) + 4);
    n->lines++;
    n->lengths += strcasecmp(key, "Content-Length") == 0;
    n->hosts += strcasecmp(key, "Host") == 0;
    n->coded |= strcasecmp(key, "Transfer-Encoding") == 0;
    return MHD_YES;
}

static struct text head(const struct conn *c, const char *name)
{
    return text_of(MHD_lookup_connection_value(c->mhd, MHD_HEADER_KIND, name));
}

static int wrong_with(const struct conn *c, const char *method)
{
    const struct http *h = c->http;
    struct http_head n = {.method = method,
                          .target_long = c->target_long,
                          .host = head(c, "Host"),
                          .length = head(c, "Content-Length"),
                          .type = head(c, "Content-Type"),
                          .origin = head(c, "Origin"),
                          .site = head(c, "Sec-Fetch-Site")};
    MHD_get_connection_values(c->mhd, MHD_HEADER_KIND, count_head, &n);
    return http_wrong_with(&n, &(struct http_own){h->port, h->config.host, &h->limits});
}

static void add_answer_headers(struct MHD_Response *r, const struct http_answer *a)
{
    char line[200];
    struct buf location = {0};
    add_fixed(r, a->type, a->lasting);
    if (a->location.len) {
        buf_text(&location, buf_view(&a->location));
        buf_char(&location, 0);
        MHD_add_response_header(r, "Location", location.at);
    }
    buf_done(&location);
    for (size_t i = 0; i < sizeof a->cookies / sizeof a->cookies[0]; i++) {
        struct buf cookie = {0};
        buf_text(&cookie, buf_view(&a->cookies[i]));
        buf_char(&cookie, 0);
        if (cookie.len > 1)
            MHD_add_response_header(r, "Set-Cookie", cookie.at);
        buf_done(&cookie);
    }
    if (a->file) {
        snprintf(line, sizeof line, "attachment; filename=\"%s\"", a->file);
        MHD_add_response_header(r, "Content-Disposition", line);
    }
    if (a->retry) {
        snprintf(line, sizeof line, "%u", a->retry);
        MHD_add_response_header(r, "Retry-After", line);
    }
}

static enum MHD_Result answer(struct conn *c, const char *method)
{
    struct http *h = c->http;
    struct http_answer a = {.status = 200, .type = "text/html; charset=utf-8"};
    struct text rest = text_of(c->target), path = {0};
    enum MHD_Result queued;
    text_split(&rest, '?', &path);
    struct http_request q = {.method = *method == 'P' ? HTTP_POST : *method == 'H' ? HTTP_HEAD : HTTP_GET,
                             .path = path,
                             .query = rest,
                             .body = buf_view(&c->body),
                             .host = head(c, "Host"),
                             .cookie = head(c, "Cookie"),
                             .language = head(c, "Accept-Language"),
                             .peer = c->peer};
    h->config.hears.asked(h->config.hears.self, &q, &a);
    if (a.listener) {
        queued = open_stream(c, &a);
    } else {
        struct MHD_Response *r = response_of(&a.body);
        add_answer_headers(r, &a);
        queued = queue(c, a.status, r);
    }
    buf_done(&a.body);
    buf_done(&a.location);
    for (size_t i = 0; i < sizeof a.cookies / sizeof a.cookies[0]; i++)
        buf_done(&a.cookies[i]);
    return queued;
}

/* The first line of a request has come. */
void *http_on_target(void *self, const char *target, struct MHD_Connection *mhd)
{
    struct http *h = self;
    struct conn *c = http_conn(mhd);
    size_t len = strlen(target);
    c->asking = true;
    c->headed = false;
    c->target_long = len > h->limits.target_bytes || len > HTTP_TARGET_MOST;
    c->deadline = loop_now() + h->limits.request_ms;
    http_due_by(h, c->deadline);
    buf_reset(&c->body);
    c->target[0] = 0;
    if (!c->target_long)
        memcpy(c->target, target, len + 1);
    return c;
}

enum MHD_Result http_on_request(void *self, struct MHD_Connection *mhd, const char *url, const char *method,
                                  const char *version, const char *more, size_t *n_more, void **context)
{
    struct conn *c = *context;
    (void)self;
    (void)mhd;
    (void)url;
    (void)version;
    if (!c->headed) {
        int wrong = wrong_with(c, method);
        c->headed = true;
        return wrong ? refuse(c, wrong) : MHD_YES;
    }
    if (*n_more) {
        buf_add(&c->body, more, *n_more);
        *n_more = 0;
        return c->body.len > c->http->limits.body_bytes ? MHD_NO : MHD_YES;
    }
    return answer(c, method);
}

/* It was answered; the next one has time. */
void http_on_completed(void *self, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
    struct http *h = self;
    struct conn *c = http_conn(mhd);
    (void)context;
    (void)why;
    if (!c)
        return;
    c->asking = false;
    c->deadline = loop_now() + h->limits.idle_ms;
    http_due_by(h, c->deadline);
}

size_t http_as_sent(void *self, struct MHD_Connection *mhd, char *s)
{
    (void)self;
    (void)mhd;
    return strlen(s);
}

/* http.c -- libmicrohttpd, whose header lives here alone, and the limits it does not know.
 *
 * The library parses and writes HTTP; who may connect, for how long, and what a request must look like is decided here.
 * Its own time-out never closes a client that sends a byte now and then, and it counts addresses in a way that hurts a
 * room behind one router; so connections are accepted here, stand in a list of our own with a deadline each, and are shut
 * down by their descriptors.  A full house makes room by closing whoever idles among those that hold most.
 *
 * An epoll set of our own holds the listening socket, the library's set, and the sockets of streams: the library forgets a
 * suspended connection's socket and would not notice that its phone has gone. */
#include "front/http.h"

#include "base/arena.h"
#include "base/words.h"
#include "front/http_rules.h"
#include "front/listen.h"
#include "front/loop.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* So few are accepted at once that whoever came is served before newcomers could push them out. */
enum { ACCEPTS = 16, SLACK = 64, SPARE_FILES = 64, PAUSE_MS = 1000, POOL_MORE = 4096, BLOCK = 4096,
       SOCKET_BYTES = 32768 };
enum { TARGET_MOST = 1024 };

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
    char target[TARGET_MOST + 1];
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

static struct conn *conn_of(struct http_stream *s)
{
    return (struct conn *)(void *)((char *)s - offsetof(struct conn, stream));
}

static void due_by(struct http *h, long long when) { h->due = when < h->due ? when : h->due; }

/* ---- connections ---- */

static void wake(struct conn *c)
{
    if (c->stream.asleep)
        MHD_resume_connection(c->mhd);
    c->stream.asleep = false;
}

/* No longer counted; the library will find the socket closed. */
static void doom(struct conn *c)
{
    if (c->doomed)
        return;
    c->doomed = true;
    c->http->open--;
    c->peer->open--;
    shutdown(c->fd, SHUT_RDWR);
    wake(c);
}

static void connection_begins(struct conn *c, struct MHD_Connection *mhd)
{
    struct http *h = c->http;
    c->mhd = mhd;
    c->asking = true;
    c->next = h->first;
    if (h->first)
        h->first->prev = c;
    h->first = c;
    h->open++;
    c->peer->open++;
    c->deadline = loop_now() + h->limits.request_ms;
    due_by(h, c->deadline);
}

static void connection_ends(struct conn *c)
{
    struct http *h = c->http;
    if (c->stream.listener)
        h->config.hears.closed(h->config.hears.self, c->stream.listener, &c->stream);
    if (!c->doomed) {
        h->open--;
        c->peer->open--;
    }
    if (c->next)
        c->next->prev = c->prev;
    if (c->prev)
        c->prev->next = c->next;
    else
        h->first = c->next;
    buf_done(&c->body);
    buf_done(&c->stream.said);
    free(c);
}

static void on_connection(void *self, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode code)
{
    struct http *h = self;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = h->arriving;
        connection_begins(h->arriving, mhd);
        h->arriving = NULL;
    } else if (*context) {
        connection_ends(*context);
        *context = NULL;
    }
}

static struct conn *context_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

/* Closes whoever can best go so that PEER may connect: one that idles before one that asks, of whoever holds the most, the
 * oldest.  Streams stay.  OWN: only of PEER's own.  False where nobody can. */
static bool make_room(struct http *h, const struct peer *peer, bool own)
{
    struct conn *best = NULL;
    for (struct conn *c = h->first; c; c = c->next) {
        if (c->doomed || c->stream.listener || (own && c->peer != peer))
            continue;
        if (!best || (!c->asking && best->asking) ||
            (c->asking == best->asking && c->peer->open >= best->peer->open))
            best = c;
    }
    if (best)
        doom(best);
    return best != NULL;
}

static bool admit(struct http *h, const struct peer *peer)
{
    if (peer->open >= h->limits.per_address && h->open >= h->limits.connections / 2 && !make_room(h, peer, true))
        return false;
    return h->open < h->limits.connections || make_room(h, peer, false);
}

static void listen_again(struct http *h, bool on)
{
    struct epoll_event e = {.events = on ? EPOLLIN : 0};
    epoll_ctl(h->epoll, EPOLL_CTL_MOD, h->listening, &e);
    h->paused = on ? 0 : loop_now() + PAUSE_MS;
    if (!on)
        due_by(h, h->paused);
}

static void welcome(struct http *h, int fd, const struct sockaddr *address, socklen_t size)
{
    struct peer *peer = peers_of(&h->peers, address);
    int on = 1, most = SOCKET_BYTES;
    if (!admit(h, peer)) {
        h->refused++;
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &most, sizeof most); /* else the system keeps megabytes for who reads nothing */
    struct conn *c = mem_new(sizeof *c);
    *c = (struct conn){.http = h, .peer = peer, .fd = fd};
    h->arriving = c;
    MHD_add_connection(h->daemon, fd, address, size);
    if (h->arriving) /* the library would not have it, and closed it */
        free(c);
    h->arriving = NULL;
}

static void accept_some(struct http *h)
{
    for (int i = 0; i < ACCEPTS; i++) {
        struct sockaddr_storage from;
        socklen_t size = sizeof from;
        int fd = accept4(h->listening, (struct sockaddr *)&from, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0) {
            welcome(h, fd, (const struct sockaddr *)&from, size);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            listen_again(h, false); /* nothing would change by trying at once */
        if (errno != EINTR && errno != ECONNABORTED)
            return;
    }
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

static void say(struct conn *c, struct text t)
{
    if (c->doomed)
        return;
    if (http_waiting(&c->stream) == 0)
        c->stream.moved = loop_now();
    buf_text(&c->stream.said, t);
    wake(c);
}

void http_say(struct http_stream *s, const char *event, uint32_t id, struct text data)
{
    struct buf line = {0};
    buf_printf(&line, "event: %s\nid: %u\ndata: ", event, id);
    buf_text(&line, data);
    buf_str(&line, "\n\n");
    say(conn_of(s), buf_view(&line));
    buf_done(&line);
}

size_t http_waiting(const struct http_stream *s) { return s->said.len - s->sent; }

void http_end(struct http_stream *s) { doom(conn_of(s)); }

static enum MHD_Result open_stream(struct conn *c, const struct http_answer *a)
{
    struct http *h = c->http;
    struct epoll_event e = {.events = EPOLLRDHUP | EPOLLET, .data.ptr = c};
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_read, c, NULL);
    add_fixed(r, "text/event-stream; charset=utf-8", false);
    c->stream.listener = a->listener;
    epoll_ctl(h->epoll, EPOLL_CTL_ADD, c->fd, &e);
    due_by(h, loop_now() + h->limits.comment_ms);
    say(c, TEXT("retry: 2000\n\n"));
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
static void *on_target(void *self, const char *target, struct MHD_Connection *mhd)
{
    struct http *h = self;
    struct conn *c = context_of(mhd);
    size_t len = strlen(target);
    c->asking = true;
    c->headed = false;
    c->target_long = len > h->limits.target_bytes || len > TARGET_MOST;
    c->deadline = loop_now() + h->limits.request_ms;
    due_by(h, c->deadline);
    buf_reset(&c->body);
    c->target[0] = 0;
    if (!c->target_long)
        memcpy(c->target, target, len + 1);
    return c;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *mhd, const char *url, const char *method,
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
static void on_completed(void *self, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
    struct http *h = self;
    struct conn *c = context_of(mhd);
    (void)context;
    (void)why;
    if (!c)
        return;
    c->asking = false;
    c->deadline = loop_now() + h->limits.idle_ms;
    due_by(h, c->deadline);
}

static size_t as_sent(void *self, struct MHD_Connection *mhd, char *s)
{
    (void)self;
    (void)mhd;
    return strlen(s);
}

/* ---- deadlines ---- */

static void look_at_stream(struct http *h, struct conn *c, long long now)
{
    struct http_stream *s = &c->stream;
    long long quiet = now - s->moved;
    if (http_waiting(s) && quiet >= h->limits.stuck_ms) {
        doom(c);
    } else if (!http_waiting(s) && quiet >= h->limits.comment_ms) {
        say(c, TEXT(":\n\n"));
        due_by(h, now + h->limits.comment_ms);
    } else {
        due_by(h, s->moved + (http_waiting(s) ? h->limits.stuck_ms : h->limits.comment_ms));
    }
}

static void look_at_deadlines(struct http *h)
{
    long long now = loop_now();
    h->due = now + h->limits.idle_ms;
    if (h->paused && now >= h->paused)
        listen_again(h, true);
    else if (h->paused)
        due_by(h, h->paused);
    for (struct conn *c = h->first; c; c = c->next) {
        if (c->doomed)
            continue;
        if (c->stream.listener)
            look_at_stream(h, c, now);
        else if (now >= c->deadline)
            doom(c);
        else
            due_by(h, c->deadline);
    }
}

/* ---- running ---- */

void http_run(struct http *h)
{
    struct epoll_event e[ACCEPTS];
    int n = epoll_wait(h->epoll, e, ACCEPTS, 0);
    for (int i = 0; i < n; i++) {
        if (e[i].data.ptr == NULL)
            accept_some(h);
        else if (e[i].data.ptr != h)
            doom(e[i].data.ptr);
    }
    MHD_run(h->daemon);
    if (loop_now() >= h->due) {
        look_at_deadlines(h);
        MHD_run(h->daemon);
    }
}

int http_timeout(const struct http *h)
{
    unsigned long long ms;
    long long left = h->due - loop_now();
    left = left < 0 ? 0 : left;
    if (MHD_get_timeout(h->daemon, &ms) == MHD_YES && (long long)ms < left)
        left = (long long)ms;
    return left > 60000 ? 60000 : (int)left;
}

int http_descriptor(const struct http *h) { return h->epoll; }
uint16_t http_port(const struct http *h) { return h->port; }
uint32_t http_refused(const struct http *h) { return h->refused; }

/* ---- opening and closing ---- */

static struct MHD_Daemon *start(struct http *h)
{
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, on_request, h,
                            MHD_OPTION_CONNECTION_LIMIT, h->limits.connections + SLACK,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)h->limits.head_bytes + POOL_MORE,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, h,
                            MHD_OPTION_URI_LOG_CALLBACK, on_target, h,
                            MHD_OPTION_UNESCAPE_CALLBACK, as_sent, NULL, MHD_OPTION_END);
}

static bool watch(struct http *h)
{
    struct epoll_event listening = {.events = EPOLLIN}, library = {.events = EPOLLIN, .data.ptr = h};
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return info && epoll_ctl(h->epoll, EPOLL_CTL_ADD, h->listening, &listening) == 0 &&
           epoll_ctl(h->epoll, EPOLL_CTL_ADD, info->epoll_fd, &library) == 0;
}

struct http *http_open(const struct http_config *config, int *error)
{
    struct http *h = mem_new(sizeof *h);
    *h = (struct http){.config = *config, .listening = -1, .epoll = -1};
    h->limits = config->limits ? *config->limits : HTTP_LIMITS;
    h->due = loop_now() + h->limits.idle_ms;
    peers_init(&h->peers);
    listen_allow_files(h->limits.connections + SPARE_FILES);
    errno = 0;
    h->listening = listen_at(config->address, config->port);
    if (h->listening >= 0)
        h->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (h->epoll >= 0)
        h->daemon = start(h);
    if (!h->daemon || !watch(h)) {
        *error = errno ? errno : ENOMEM;
        http_close(h);
        return NULL;
    }
    h->port = listen_port(h->listening);
    return h;
}

void http_close(struct http *h)
{
    for (struct conn *c = h->first; c; c = c->next)
        doom(c);
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    if (h->listening >= 0)
        close(h->listening);
    if (h->epoll >= 0)
        close(h->epoll);
    peers_done(&h->peers);
    free(h);
}

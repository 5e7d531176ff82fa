/* http.c -- who is connected to the room's server, and for how long: the limits that libmicrohttpd does not know.
 *
 * The library parses and writes HTTP.  Its own time-out never closes a client that sends a byte now and then, and it counts
 * addresses in a way that hurts a room behind one router; so connections are accepted here, stand in a list of our own with
 * a deadline each, and are shut down by their descriptors.  A full house makes room by closing whoever idles among those
 * that hold most.
 *
 * An epoll set of our own holds the listening socket, the library's set, and the sockets of streams: the library forgets a
 * suspended connection's socket and would not notice that its phone has gone. */
#include "front/http_inside.h"

#include "base/arena.h"
#include "front/listen.h"
#include "front/loop.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* So few are accepted at once that whoever came is served before newcomers could push them out. */
enum { ACCEPTS = 16, SLACK = 64, SPARE_FILES = 64, PAUSE_MS = 1000, POOL_MORE = 4096, SOCKET_BYTES = 32768 };

void http_due_by(struct http *h, long long when) { h->due = when < h->due ? when : h->due; }

/* ---- connections ---- */

void http_wake(struct conn *c)
{
    if (c->stream.asleep)
        MHD_resume_connection(c->mhd);
    c->stream.asleep = false;
}

/* No longer counted; the library will find the socket closed. */
void http_doom(struct conn *c)
{
    if (c->doomed)
        return;
    c->doomed = true;
    c->http->open--;
    c->peer->open--;
    shutdown(c->fd, SHUT_RDWR);
    http_wake(c);
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
    http_due_by(h, c->deadline);
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

struct conn *http_conn(struct MHD_Connection *mhd)
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
        http_doom(best);
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
        http_due_by(h, h->paused);
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

/* ---- deadlines ---- */

static void look_at_stream(struct http *h, struct conn *c, long long now)
{
    struct http_stream *s = &c->stream;
    long long quiet = now - s->moved;
    if (http_waiting(s) && quiet >= h->limits.stuck_ms) {
        http_doom(c);
    } else if (!http_waiting(s) && quiet >= h->limits.comment_ms) {
        http_say_raw(c, TEXT(":\n\n"));
        http_due_by(h, now + h->limits.comment_ms);
    } else {
        http_due_by(h, s->moved + (http_waiting(s) ? h->limits.stuck_ms : h->limits.comment_ms));
    }
}

static void look_at_deadlines(struct http *h)
{
    long long now = loop_now();
    h->due = now + h->limits.idle_ms;
    if (h->paused && now >= h->paused)
        listen_again(h, true);
    else if (h->paused)
        http_due_by(h, h->paused);
    for (struct conn *c = h->first; c; c = c->next) {
        if (c->doomed)
            continue;
        if (c->stream.listener)
            look_at_stream(h, c, now);
        else if (now >= c->deadline)
            http_doom(c);
        else
            http_due_by(h, c->deadline);
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
            http_doom(e[i].data.ptr);
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

/* Twice the headers: of a cookie the library makes a copy for itself. */
static struct MHD_Daemon *start(struct http *h)
{
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, http_on_request, h,
                            MHD_OPTION_CONNECTION_LIMIT, h->limits.connections + SLACK,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, 2 * (size_t)h->limits.head_bytes + POOL_MORE,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
                            MHD_OPTION_NOTIFY_COMPLETED, http_on_completed, h,
                            MHD_OPTION_URI_LOG_CALLBACK, http_on_target, h,
                            MHD_OPTION_UNESCAPE_CALLBACK, http_as_sent, NULL, MHD_OPTION_END);
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
        http_doom(c);
    if (h->daemon)
        MHD_stop_daemon(h->daemon);
    if (h->listening >= 0)
        close(h->listening);
    if (h->epoll >= 0)
        close(h->epoll);
    peers_done(&h->peers);
    free(h);
}

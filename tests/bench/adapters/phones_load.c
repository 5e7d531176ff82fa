/* phones_load.c -- N phones at once, from one process that does as little as it can.
 *
 *     phones_load N room ROOM-PROGRAM     join, vote, vote again and reload, all at once; then REVEALS reveals, each timed until
 *                                         the last phone shows it; then reloads
 *     phones_load N bare BARE-PROGRAM BYTES    reloads alone
 *     phones_load N workshop PORT PROGRAM ...  the same as room with the real program, on a terminal, its keys pressed: from a
 *                                              key to the last phone, with all that is drawn and kept on the way
 *
 * The program is started here and told what to do on its standard input.  Every phone has two connections, as a browser has:
 * one that asks, one that listens.  Prints one line of JSON; ends with 1 where a vote was lost, counted twice or not told. */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pty.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PHONES = 4000, IN = 16384, REVEALS = 50, RELOADS = 40, OPTIONS = 3, SOURCES = 40, PATIENCE_S = 60 };

enum step { LOOK, JOIN, LOOK_JOINED, VOTE, LOOK_VOTED, VOTE_AGAIN, RELOAD, DONE };

struct line {                 /* one connection */
    int fd;
    char in[IN];
    size_t n;
};

struct phone {
    struct line ask, live;
    enum step step;
    char cookie[200], token[40];
    unsigned reloads;         /* still to do */
    long long told;           /* when it heard of the reveal looked for; 0: not yet */
};

static struct phone *phones;
static unsigned n_phones, waiting; /* phones that have something to do */
static int poller, to_server, from_server;
static pid_t server;
static unsigned short port;
static unsigned long long answers, bytes;
static const char *looked_for;    /* what a stream must say */
static bool on_terminal;          /* the server draws; nobody looks */

static void fail(const char *what, const char *more)
{
    fprintf(stderr, "phones_load: %s %s\n", what, more);
    if (server > 0 && on_terminal)
        kill(server, SIGKILL);
    else if (server > 0)
        close(to_server);
    exit(1);
}

static long long now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- the server ---- */

static void start_server(char **argv)
{
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0 || (server = fork()) < 0)
        fail("cannot start", argv[0]);
    if (server == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        close(out[0]);
        execv(argv[0], argv);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_server = in[1];
    from_server = out[0];
}

static void start_workshop(char **argv)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    server = forkpty(&to_server, NULL, NULL, &size);
    if (server < 0)
        fail("cannot start", argv[0]);
    if (server == 0) {
        setenv("TERM", "xterm-256color", 1);
        execv(argv[0], argv);
        _exit(127);
    }
    on_terminal = true;
    fcntl(to_server, F_SETFL, O_NONBLOCK);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poller, EPOLL_CTL_ADD, to_server, &e);
}

/* What is drawn is read, else it would wait. */
static void look_away(void)
{
    char drawn[65536];
    while (read(to_server, drawn, sizeof drawn) > 0)
        continue;
}

/* Whether the server listens by now. */
static bool is_there(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool there = connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
    close(fd);
    return there;
}

/* The next line that begins with WORD; what stands behind it. */
static const char *server_says(const char *word)
{
    static char held[65536], line[65536];
    static size_t n;
    for (;;) {
        char *end = memchr(held, '\n', n);
        if (!end) {
            ssize_t got = read(from_server, held + n, sizeof held - 1 - n);
            if (got <= 0)
                fail("the server ended before it said", word);
            n += (size_t)got;
            continue;
        }
        size_t len = (size_t)(end - held);
        memcpy(line, held, len);
        line[len] = 0;
        n -= len + 1;
        memmove(held, end + 1, n);
        if (strncmp(line, word, strlen(word)) == 0)
            return line + strlen(word) + (line[strlen(word)] == ' ');
    }
}

static void tell_server(const char *command)
{
    if (write(to_server, command, strlen(command)) < 0 || write(to_server, "\n", 1) < 0)
        fail("the server does not hear", command);
}

/* Its CPU seconds, and the most memory it ever had, in KiB. */
static double server_cpu(void)
{
    char path[64], text[1024];
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)server);
    FILE *f = fopen(path, "r");
    if (f && fgets(text, sizeof text, f) && strrchr(text, ')'))
        sscanf(strrchr(text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    if (f)
        fclose(f);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static long server_peak_kib(void)
{
    char path[64], text[256];
    long peak = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)server);
    FILE *f = fopen(path, "r");
    while (f && fgets(text, sizeof text, f))
        sscanf(text, "VmHWM: %ld", &peak);
    if (f)
        fclose(f);
    return peak;
}

/* ---- asking ---- */

static int open_line(unsigned phone, void *who)
{
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7F000002u + phone % SOURCES)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&from, sizeof from) != 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        fail("cannot connect:", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = who};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
    return fd;
}

static void send_all(int fd, const char *text)
{
    if (write(fd, text, strlen(text)) != (ssize_t)strlen(text))
        fail("cannot send:", strerror(errno));
}

static void get(struct phone *p, int fd, const char *path)
{
    char text[600];
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nAccept-Language: en\r\n%s%s\r\n\r\n", path, port,
             *p->cookie ? "Cookie: " : "A: b", p->cookie);
    send_all(fd, text);
}

static void post(struct phone *p, const char *path, const char *more)
{
    char text[800], body[200];
    snprintf(body, sizeof body, "t=%s%s", p->token, more);
    snprintf(text, sizeof text, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\nCookie: %s\r\n"
                                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
             path, port, port, p->cookie, strlen(body), body);
    send_all(p->ask.fd, text);
}

static void vote(struct phone *p, unsigned turn)
{
    char more[40];
    snprintf(more, sizeof more, "&r=1&o=%u", (unsigned)((size_t)(p - phones) + turn) % OPTIONS + 1);
    post(p, "/vote", more);
}

static void listen_live(struct phone *p)
{
    p->live.fd = open_line((unsigned)(p - phones), p);
    get(p, p->live.fd, "/live");
}

/* What a phone does next; false when it has done everything. */
static bool go_on(struct phone *p)
{
    switch (p->step) {
    case LOOK: get(p, p->ask.fd, "/"); break;
    case JOIN: post(p, "/join", ""); break;
    case LOOK_JOINED: get(p, p->ask.fd, "/"); break;
    case VOTE:
        listen_live(p);
        vote(p, 0);
        break;
    case LOOK_VOTED: get(p, p->ask.fd, "/"); break;
    case VOTE_AGAIN: vote(p, 1); break;
    case RELOAD: get(p, p->ask.fd, "/"); break;
    case DONE: return false;
    }
    return true;
}

static void keep_field(const char *head, const char *name, char end, char *out, size_t size)
{
    const char *at = strstr(head, name);
    if (!at)
        return;
    at += strlen(name);
    size_t n = 0;
    while (at[n] && at[n] != end && n + 1 < size)
        n++;
    memcpy(out, at, n);
    out[n] = 0;
}

static void answered(struct phone *p)
{
    int status = atoi(p->ask.in + 9);
    bool moved = p->step == JOIN || p->step == VOTE || p->step == VOTE_AGAIN;
    if (status != (moved ? 303 : 200))
        fail("an answer was", p->ask.in);
    keep_field(p->ask.in, "Set-Cookie: ", ';', p->cookie, sizeof p->cookie);
    keep_field(p->ask.in, "name=\"t\" value=\"", '"', p->token, sizeof p->token);
    answers++;
    if (p->step == RELOAD && p->reloads > 1)
        p->reloads--;
    else
        p->step++;
    if (!go_on(p))
        waiting--;
}

/* Takes a whole answer off P's connection, if it is there. */
static bool take_answer(struct phone *p)
{
    struct line *l = &p->ask;
    l->in[l->n] = 0;
    char *end = strstr(l->in, "\r\n\r\n"), *length = strstr(l->in, "Content-Length: ");
    if (!end || !length)
        return false;
    size_t whole = (size_t)(end - l->in) + 4 + strtoul(length + 16, NULL, 10);
    if (l->n < whole)
        return false;
    bytes += whole;
    answered(p);
    l->n = 0; /* nothing was asked for before this came */
    return true;
}

static void hear(struct phone *p)
{
    struct line *l = &p->live;
    l->in[l->n] = 0;
    if (looked_for && !p->told && strstr(l->in, looked_for)) {
        p->told = now_ns();
        waiting--;
    }
    if (l->n > IN / 2) { /* what is looked for never lies across so much */
        memmove(l->in, l->in + l->n - 200, 200);
        l->n = 200;
    }
}

static void read_line(struct phone *p, struct line *l)
{
    for (;;) {
        ssize_t n = read(l->fd, l->in + l->n, IN - 1 - l->n);
        if (n == 0)
            fail("a connection was closed", l == &p->ask ? "(asking)" : "(listening)");
        if (n < 0)
            return;
        l->n += (size_t)n;
        if (l == &p->ask) {
            if (take_answer(p))
                return;
        } else {
            hear(p);
        }
    }
}

/* Goes on until nobody waits for anything. */
static void run(const char *what)
{
    struct epoll_event e[256];
    long long until = now_ns() + PATIENCE_S * 1000000000LL;
    while (waiting) {
        int n = epoll_wait(poller, e, 256, 1000);
        if (now_ns() > until)
            fail("too slow:", what);
        for (int i = 0; i < n; i++) {
            struct phone *p = e[i].data.ptr;
            if (!p) {
                look_away();
                continue;
            }
            if (p->ask.fd)
                read_line(p, &p->ask);
            if (p->live.fd)
                read_line(p, &p->live);
        }
    }
}

/* ---- phases ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct reveals {
    double median, p99_phone, p99_last; /* milliseconds */
};

/* Publishes COMMAND and waits until all phones have heard WORDS; when it was published. */
static long long publish(const char *command, const char *words)
{
    for (unsigned i = 0; i < n_phones; i++)
        phones[i].told = 0;
    for (unsigned i = 0; i < n_phones; i++)
        phones[i].live.n = 0;
    looked_for = words;
    waiting = n_phones;
    long long published = now_ns();
    if (on_terminal) {
        if (write(to_server, command, 1) != 1)
            fail("no key was taken:", command);
    } else {
        tell_server(command);
        published = atoll(server_says("published"));
    }
    run(command);
    return published;
}

/* BACK hides what REVEAL shows. */
static struct reveals reveal(const char *back, const char *hidden, const char *key)
{
    static double all[(size_t)PHONES * REVEALS], last[REVEALS];
    size_t n = 0;
    for (unsigned r = 0; r < REVEALS; r++) {
        publish(back, hidden);
        long long published = publish(key, "Result");
        for (unsigned i = 0; i < n_phones; i++) {
            double ms = (double)(phones[i].told - published) / 1e6;
            all[n++] = ms;
            last[r] = ms > last[r] ? ms : last[r];
        }
    }
    qsort(all, n, sizeof all[0], by_size);
    qsort(last, REVEALS, sizeof last[0], by_size);
    return (struct reveals){all[n / 2], all[n * 99 / 100], last[REVEALS * 99 / 100]};
}

/* Every phone's second vote counts, and no other. */
static void check_votes(void)
{
    unsigned want[OPTIONS] = {0}, got[OPTIONS] = {0}, voters = 0;
    for (unsigned i = 0; i < n_phones; i++)
        want[(i + 1) % OPTIONS]++;
    tell_server("tally");
    sscanf(server_says("tally"), "%u %u %u %u", &voters, &got[0], &got[1], &got[2]);
    if (voters != n_phones || memcmp(want, got, sizeof want) != 0)
        fail("votes were lost or counted twice", "");
}

struct rate {
    double wall, cpu;
    unsigned long long answers, bytes;
};

static struct rate reload(unsigned each)
{
    unsigned long long a = answers, b = bytes;
    double cpu = server_cpu();
    long long began = now_ns();
    looked_for = NULL;
    waiting = n_phones;
    for (unsigned i = 0; i < n_phones; i++) {
        phones[i].step = RELOAD;
        phones[i].reloads = each;
        go_on(&phones[i]);
    }
    run("reloading");
    return (struct rate){(double)(now_ns() - began) / 1e9, server_cpu() - cpu, answers - a, bytes - b};
}

static void connect_all(void)
{
    for (unsigned i = 0; i < n_phones; i++)
        phones[i].ask.fd = open_line(i, &phones[i]);
}

static void measure_room(void)
{
    tell_server("vote 1");
    server_says("published");
    long long began = now_ns();
    connect_all();
    waiting = n_phones;
    for (unsigned i = 0; i < n_phones; i++)
        go_on(&phones[i]);
    run("joining and voting");
    double voting = (double)(now_ns() - began) / 1e9;
    check_votes();
    struct reveals r = reveal("wall", "Look at the wall", "reveal");
    publish("vote 1", "What do you say");
    struct rate rate = reload(RELOADS);
    printf("{\"phones\":%u,\"voting_s\":%.4f,\"median_ms\":%.2f,\"p99_ms\":%.2f,\"p99_last_ms\":%.2f,\"peak_kib\":%ld,"
           "\"reload_s\":%.4f,\"reload_cpu_s\":%.4f,\"answers\":%llu,\"bytes\":%llu}\n",
           n_phones, voting, r.median, r.p99_phone, r.p99_last, server_peak_kib(), rate.wall, rate.cpu, rate.answers, rate.bytes);
}

/* What phone 0 was told of the reveal: every vote once. */
static void check_told(void)
{
    unsigned long long sum = 0;
    for (const char *at = phones[0].live.in; (at = strstr(at, "<strong>")); at += 8)
        sum += strtoull(at + 8, NULL, 10);
    if (sum != n_phones)
        fail("votes were lost or counted twice", "");
}

static void measure_workshop(void)
{
    for (int i = 0; i < 1000 && !is_there(); i++) {
        look_away();
        usleep(20000);
    }
    /* a terminal that is just being taken forgets what was typed before */
    for (int i = 0; i < 50; i++, usleep(20000))
        look_away();
    if (write(to_server, " ", 1) != 1) /* the warm-up's vote */
        fail("no key was taken:", "space");
    for (int i = 0; i < 25; i++, usleep(20000))
        look_away();
    long long began = now_ns();
    connect_all();
    waiting = n_phones;
    for (unsigned i = 0; i < n_phones; i++)
        go_on(&phones[i]);
    run("joining and voting");
    double voting = (double)(now_ns() - began) / 1e9;
    publish("r", "Result");
    check_told();
    struct reveals r = reveal("u", "aria-pressed", "r");
    check_told();
    printf("{\"phones\":%u,\"voting_s\":%.4f,\"median_ms\":%.2f,\"p99_ms\":%.2f,\"p99_last_ms\":%.2f,\"peak_kib\":%ld}\n", n_phones, voting, r.median,
           r.p99_phone, r.p99_last, server_peak_kib());
    kill(server, SIGKILL);
}

int main(int argc, char **argv)
{
    if (argc < 4 || (n_phones = (unsigned)atoi(argv[1])) < 1 || n_phones > PHONES)
        return 2;
    bool room = strcmp(argv[2], "room") == 0;
    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r);
    r.rlim_cur = r.rlim_max;
    setrlimit(RLIMIT_NOFILE, &r);
    poller = epoll_create1(EPOLL_CLOEXEC);
    phones = calloc(n_phones, sizeof *phones);
    if (!phones)
        return 1;
    if (strcmp(argv[2], "workshop") == 0) {
        port = (unsigned short)atoi(argv[3]);
        start_workshop(argv + 4);
        measure_workshop();
        free(phones);
        return 0;
    }
    start_server(argv + 3);
    const char *address = server_says("address");
    port = (unsigned short)atoi(strrchr(address, ':') + 1);
    server_says("ready");
    if (room) {
        measure_room();
    } else {
        connect_all();
        reload(1);
        struct rate rate = reload(RELOADS);
        printf("{\"phones\":%u,\"reload_s\":%.4f,\"reload_cpu_s\":%.4f,\"answers\":%llu,\"bytes\":%llu}\n", n_phones, rate.wall,
               rate.cpu, rate.answers, rate.bytes);
    }
    close(to_server);
    free(phones);
    return 0;
}

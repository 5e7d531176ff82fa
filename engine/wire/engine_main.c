/* engine_main.c -- rehearse-engine: the core behind two pipes, in a jail.
 *
 *     rehearse-engine [--memory MEGABYTES] [--no-jail]
 *
 * Warms the libraries up, enters the jail, and only then reads.  Started by the host, never by hand, except by somebody
 * who speaks docs/protocol.md.  Status: 0 asked to end, or the host went away; 64 wrong arguments; 70 memory ran out;
 * 71 no jail; 76 the protocol was broken. */
#include "rehearse.h"
#include "wire/jail.h"
#include "wire/server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_USAGE = 64, STATUS_NO_JAIL = 71, STATUS_PROTOCOL = 76, MEGABYTES = 128, MEGABYTES_MOST = 1 << 20 };

static ptrdiff_t pipe_read(void *self, void *at, size_t size)
{
    (void)self;
    ssize_t got;
    do
        got = read(STDIN_FILENO, at, size);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool pipe_write(void *self, const void *bytes, size_t size)
{
    (void)self;
    const char *at = bytes;
    while (size > 0) {
        ssize_t put = write(STDOUT_FILENO, at, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        at += put;
        size -= (size_t)put;
    }
    return true;
}

static bool memory_parse(const char *arg, size_t *memory)
{
    long megabytes;
    if (!arg || !text_int(text_of(arg), 16, MEGABYTES_MOST, &megabytes))
        return false;
    *memory = (size_t)megabytes << 20;
    return true;
}

static bool arguments(int argc, char **argv, size_t *memory, bool *jailed)
{
    *memory = (size_t)MEGABYTES << 20;
    *jailed = true;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--no-jail") == 0)
            *jailed = false;
        else if (strcmp(argv[i], "--memory") != 0 || !memory_parse(argv[++i], memory))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    size_t memory;
    bool jailed;
    const char *step;
    if (!arguments(argc, argv, &memory, &jailed)) {
        fputs("usage: rehearse-engine [--memory MEGABYTES] [--no-jail]\n", stderr);
        return STATUS_USAGE;
    }
    rehearse_warm();
    if (jailed && !jail_enter(memory, &step)) {
        fprintf(stderr, "rehearse-engine: no jail: %s failed\n", step);
        return STATUS_NO_JAIL;
    }
    struct server *sv = server_new((struct lines_io){.read = pipe_read, .write = pipe_write},
                                   jailed ? jail_name() : "none");
    enum server_end end;
    do
        end = server_handle(sv);
    while (end == SERVER_GOES_ON);
    server_free(sv);
    return end == SERVER_QUIT ? 0 : STATUS_PROTOCOL;
}

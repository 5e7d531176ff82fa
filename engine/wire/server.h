/* server.h -- the engine's end of the protocol: requests in, answers out.
 *
 * Holds one loaded scenario and its sessions.  Everything it reads is foreign, the host's requests included: what does
 * not fit is answered by `bad-request`, and the next request is as good as the first.  Runs on any pair of functions
 * that read and write bytes: two pipes in rehearse-engine, memory in tests and fuzzers. */
#ifndef WIRE_SERVER_H
#define WIRE_SERVER_H

#include "wire/lines.h"

struct server;

enum server_end {
    SERVER_GOES_ON,
    SERVER_QUIT,      /* it was asked to, or the host closed its end between two requests */
    SERVER_BROKEN     /* a line without end, bytes that did not come, an answer nobody took */
};

/* JAIL is the word for the hello: "seccomp" or "none". */
struct server *server_new(struct lines_io io, const char *jail);
void server_free(struct server *sv);
/* Reads and answers one request. */
enum server_end server_handle(struct server *sv);

/* Request number I, from 0, of the table; NULL behind the last.  The tests hold docs/protocol.md against it. */
struct server_request_doc {
    const char *name, *doc;
};
const struct server_request_doc *server_request(size_t i);

#endif

/* listen.h -- a socket that listens on one address. */
#ifndef FRONT_LISTEN_H
#define FRONT_LISTEN_H

#include <stdint.h>

/* A descriptor, not blocking; -1 with errno.  ADDRESS is literal; "any" of them is none (EADDRNOTAVAIL).  PORT 0: one that
 * is free. */
int listen_at(const char *address, uint16_t port);
/* The port of such a descriptor. */
uint16_t listen_port(int fd);
/* Raises what this process may open to WANTED, as far as it may. */
void listen_allow_files(uint32_t wanted);

#endif

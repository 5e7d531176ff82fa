/* peers.h -- the addresses that have spoken to the room's server, and what each is held to.
 *
 * Behind a venue's router many phones may share one address, so an address is never a person: it only bounds what a flood
 * from one machine can take.  IPv6 counts by its first 64 bits, since a machine chooses the rest. */
#ifndef FRONT_PEERS_H
#define FRONT_PEERS_H

#include "base/text.h"

struct sockaddr;

enum { PEERS_MAX = 4096 };

struct peer {
    uint8_t key[16];
    bool used;
    uint32_t open;      /* connections now */
    uint32_t joins;     /* voters made from here, in this process */
    uint32_t failures;  /* wrong codes for the facilitator's page in a row */
    long long until;    /* milliseconds of the monotonic clock: no more codes before */
};

struct peers {
    struct peer *v;     /* PEERS_MAX slots, half of them used, and one for all that come when those are full */
    uint32_t n;
};

void peers_init(struct peers *ps);
void peers_done(struct peers *ps);
/* Whose address this is; it stays where it is until peers_done.  Never NULL. */
struct peer *peers_of(struct peers *ps, const struct sockaddr *address);

/* Whether a code from here may be looked at now; and what becomes of having been wrong: after five in a row each costs
 * twice the wait of the last, from a second to a minute. */
bool peer_may_guess(const struct peer *p, long long now);
void peer_guessed_wrong(struct peer *p, long long now);

#endif

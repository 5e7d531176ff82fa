/* peers.c -- a table of addresses that never moves and never grows: a flood of addresses shares its last row. */
#include "front/peers.h"

#include "base/arena.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { FREE_GUESSES = 5, WAIT_MS = 1000, WAIT_MOST_MS = 60000 };

void peers_init(struct peers *ps)
{
    ps->v = mem_new((PEERS_MAX + 1) * sizeof *ps->v);
    memset(ps->v, 0, (PEERS_MAX + 1) * sizeof *ps->v);
    ps->n = 0;
}

void peers_done(struct peers *ps)
{
    free(ps->v);
    *ps = (struct peers){0};
}

static void key_of(const struct sockaddr *address, uint8_t key[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    memset(key, 0, 16);
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)address;
        memcpy(key, &six->sin6_addr, 8);
    } else if (address->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)address;
        memcpy(key, mapped, sizeof mapped);
        memcpy(key + 12, &four->sin_addr, 4);
    }
}

struct peer *peers_of(struct peers *ps, const struct sockaddr *address)
{
    uint8_t key[16];
    key_of(address, key);
    uint64_t at = text_hash(text_from((const char *)key, sizeof key));
    for (uint32_t i = 0; i < PEERS_MAX; i++, at++) {
        struct peer *p = &ps->v[at % PEERS_MAX];
        if (p->used && memcmp(p->key, key, sizeof key) == 0)
            return p;
        if (p->used)
            continue;
        if (ps->n >= PEERS_MAX / 2)
            break;
        p->used = true;
        ps->n++;
        memcpy(p->key, key, sizeof key);
        return p;
    }
    return &ps->v[PEERS_MAX];
}

bool peer_may_guess(const struct peer *p, long long now) { return now >= p->until; }

void peer_guessed_wrong(struct peer *p, long long now)
{
    p->failures++;
    if (p->failures < FREE_GUESSES)
        return;
    uint32_t doubled = p->failures - FREE_GUESSES;
    long long wait = doubled < 6 ? (long long)WAIT_MS << doubled : WAIT_MOST_MS;
    p->until = now + wait;
}

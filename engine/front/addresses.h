/* addresses.h -- the addresses of this machine, the one that phones in the room can most likely reach first. */
#ifndef FRONT_ADDRESSES_H
#define FRONT_ADDRESSES_H

#include "base/text.h"

enum address_kind {
    ADDRESS_WIFI = 1,
    ADDRESS_WIRED,
    ADDRESS_OTHER,    /* a network card of a kind unknown: a phone used as a modem, a bridge of one's own */
    ADDRESS_PUBLIC,   /* the whole internet may see it */
    ADDRESS_VPN,      /* a tunnel: phones in the room are not in it */
    ADDRESS_VIRTUAL,  /* for containers and virtual machines on this one */
    ADDRESS_LOCAL,    /* no network gave this machine an address: fe80…, 169.254… */
    ADDRESS_LOOPBACK  /* this machine alone */
};

enum { ADDRESSES_MAX = 32 };

struct address {
    enum address_kind kind;
    bool six;
    char card[16];  /* "wlan0" */
    char text[46];  /* "192.168.1.5" */
};

/* What a card called NAME with ADDRESS (literal) is.  WIRELESS: the system says so; TUNNEL: it leads to one other machine. */
enum address_kind address_kind_of(const char *name, const char *address, bool wireless, bool tunnel);
/* Whether phones in the same room might reach it. */
bool address_reaches(enum address_kind kind);
/* Fills OUT, best first, and returns how many; of those that are up. */
size_t addresses_find(struct address out[ADDRESSES_MAX]);

#endif

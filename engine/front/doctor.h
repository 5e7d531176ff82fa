/* doctor.h -- before people come: can phones reach this laptop, and can the room read the wall? */
#ifndef FRONT_DOCTOR_H
#define FRONT_DOCTOR_H

#include "front/addresses.h"
#include "front/screen.h"

enum doctor_firewall { FIREWALL_UNKNOWN, FIREWALL_UFW, FIREWALL_FIREWALLD };

struct doctor {
    const struct words *words;
    uint16_t port;
    struct address found[ADDRESSES_MAX];
    size_t n;
    const char *address;  /* that a workshop would take; NULL: there is none */
    int listening;        /* 0: it can be listened on; else errno */
    bool tunnel;          /* a VPN is up */
    enum doctor_firewall firewall; /* that is switched on, as far as anybody may see */
};

/* Looks; ASKED is the address to take, NULL: the best. */
void doctor_look(struct doctor *d, const char *asked, uint16_t port, const struct words *words);
/* What was found, and what usually breaks. */
void doctor_tell(const struct doctor *d, struct screen *s);
/* Shows the test card on the terminal until a key ends it, with a code that a phone can try; how many came.  -1 where the
 * terminal cannot be drawn on. */
int doctor_card(const struct doctor *d);
/* After that: COUNT phones came. */
void doctor_tell_came(const struct doctor *d, struct screen *s, int count);

#endif

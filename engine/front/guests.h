/* guests.h -- a workshop's phones: the room's server, kept up to date with the workshop, and what phones say told to it.
 *
 * The one place where a workshop and its phones meet.  Whoever runs the workshop makes it, opens its server or leaves it
 * closed, waits on it in its own loop, and calls guests_show whenever something may have changed.  What a phone is told to be
 * kept was kept before.  Closed, every function may be called and does nothing: hands go on.
 *
 *     struct guests *g = guests_new(&config);
 *     guests_open(g, &error);
 *     for (;;) {
 *         guests_show(g, minutes, desk);                       cheap where nothing is new
 *         wait on guests_descriptor(g), for at most guests_timeout(g) milliseconds
 *         guests_run(g);
 *     }
 *
 * Names and answers stand here; each phone's are kept as a state of its own, and taken up again with guests_take. */
#ifndef FRONT_GUESTS_H
#define FRONT_GUESTS_H

#include "front/phones.h"
#include "front/workshop_state.h"
#include "report/keeper.h"
#include "report/minutes.h"

/* As the facilitator asked for it. */
struct guests_setting {
    const char *address;    /* NULL: the one that phones most likely reach */
    uint16_t port;          /* 0: the usual one, or the next that is free */
    const char *lang;       /* for phones that ask for neither language */
    enum phones_identity identity;
    const struct text *roster;
    uint32_t n_roster;
};

/* What is kept beside a workshop's state, so that phones are who they were. */
struct guests_known {
    uint8_t secret[PHONES_SECRET];
    bool has_secret;
    uint32_t voters;        /* numbers that may have been given */
    uint32_t desk;          /* the facilitator's own address is of this number */
    char address[64];       /* where phones were, last */
};

struct guests_config {
    const struct guests_setting *setting;
    struct workshop *w;
    struct guests_known *known; /* filled and kept up to date; keep_now keeps it */
    struct keeper *keeper;  /* NULL: nothing is kept */
    void *self;
    /* Keeps the workshop's state and KNOWN now; false where it could not. */
    bool (*keep_now)(void *self);
    /* A key of the facilitator's own phone; LINE where it has a field. */
    void (*pressed)(void *self, uint32_t key, struct text line);
};

struct guests;

enum { GUESTS_PORTS = 10 }; /* tried from PHONES_PORT on */

/* CONFIG, and all it points to, must outlive it. */
struct guests *guests_new(const struct guests_config *config);
void guests_free(struct guests *g);
/* A state of the name "phone N", as it was kept: BODY is of the phone N.  False where that is none. */
bool guests_take(struct guests *g, struct text kind, struct text body);

/* The server, opened and closed again; what is known of phones stays.  False, with errno's value in *ERROR: ENETUNREACH
 * where this machine is in no network, EADDRINUSE where another program has the port. */
bool guests_open(struct guests *g, int *error);
void guests_close(struct guests *g);
bool guests_are_open(const struct guests *g);
/* -1: closed; -1: for ever. */
int guests_descriptor(const struct guests *g);
int guests_timeout(const struct guests *g);
/* Hears phones; true where the workshop's state has changed. */
bool guests_run(struct guests *g);
/* Shows phones where the workshop stands.  MINUTES: English, Chinese, either NULL; DESK lives until the next call. */
void guests_show(struct guests *g, const struct minutes *const minutes[2], const struct desk *desk);
void guests_lock(struct guests *g, bool locked);
bool guests_locked(const struct guests *g);

/* "192.168.1.5:8080", empty where it is closed; what its code says; and, for the facilitator's eyes alone, how it stands and
 * their own address. */
struct text guests_address(const struct guests *g);
void guests_url(const struct guests *g, struct buf *out);
void guests_tell(const struct guests *g, const struct words *words, struct buf *out);

#endif

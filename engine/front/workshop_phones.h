/* workshop_phones.h -- the room's phones beside a workshop that runs: asked in, shown what the wall shows, heard.
 *
 * Votes go to the state machine as keys do; what else phones send is kept and is nowhere on the wall.  A vote is on the disk
 * before the phone is told that it counts.  Whoever runs the workshop polls phones_descriptor of `server`, and calls
 * room_phones_run after every poll. */
#ifndef FRONT_WORKSHOP_PHONES_H
#define FRONT_WORKSHOP_PHONES_H

#include "front/desk.h"
#include "front/phones.h"
#include "front/qr.h"
#include "front/room.h"
#include "report/records.h"

/* What phones are to be asked in with. */
struct workshop_phones_config {
    bool on;                   /* from the beginning; else the key o asks them in */
    const char *address;       /* NULL: the one that phones most likely reach */
    uint16_t port;
    uint32_t joins_per_address; /* 0: as many as come */
    const char *host;          /* a name that stands for the address; NULL: none */
    const char *wifi;          /* NULL: nothing is told of the network */
    struct text wifi_password;
    enum phones_identity identity;
    const struct text *roster; /* a workshop that goes on without it asks newcomers for a name of their choice */
    uint32_t n_roster;
    const char *lang;
};

/* A name or an answer that a phone gave. */
struct phone_said {
    uint32_t voter;
    struct text item, words;   /* item: empty for its name */
};

/* Under which number a phone's passed-on sentence is kept. */
struct phone_aside {
    uint32_t voter, number;
};

struct room_phones {
    struct phones *server;     /* NULL: off */
    struct workshop_phones_config config;
    struct buf address;        /* as people read it; empty while it is off */
    struct buf taken;          /* the literal address it listens on, NUL behind it */
    struct qr code, join;
    struct room_made room;
    struct room_mark mark;
    uint32_t step;
    uint8_t secret[PHONES_SECRET];
    bool has_secret, locked;
    uint32_t voters, spare;    /* numbers given; numbers that may be given without being kept first */
    uint32_t desk;
    struct arena arena;
    struct phone_said *said;
    uint32_t n_said, cap_said, wrote;
    struct phone_aside *aside;
    uint32_t n_aside, cap_aside;
    struct desk shown;         /* the desk as the facilitator's own phone has it */
    struct buf kept;           /* as it was kept last */
};

struct host;

/* Asks phones in; false, with *ERROR (0: there is no address to ask them to), where that cannot be had. */
bool room_phones_open(struct host *h, int *error);
void room_phones_close(struct host *h);
/* Takes what was kept of them: numbers, the secret, where they were asked to; and what they said. */
void room_phones_take(struct room_phones *p, struct text kept, const struct phone_said *said, uint32_t n);
/* Hears phones. */
void room_phones_run(struct host *h);
/* Shows them how the workshop stands now. */
void room_phones_show(struct host *h);
/* On or off, and what the wall says of it. */
void room_phones_switch(struct host *h);
/* Nobody more may join, or they may again. */
void room_phones_lock(struct host *h);
/* What the desk tells of them, texts in A: how many, what they wrote, the address of the facilitator's own phone. */
void room_phones_tell(const struct host *h, struct arena *a, struct desk_wants *wants);
void room_phones_done(struct room_phones *p);

#endif

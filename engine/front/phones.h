/* phones.h -- the room as phones see it, and what phones say.
 *
 * Whoever runs the workshop publishes a struct room whenever the wall goes on; each phone sees it in its own language, a
 * moment later where scripts run, else at the next reload.  What phones send comes back through the functions of struct
 * phones_hears, one at a time, from within phones_run.  No rule of a vote lives here: a phone says "this voter, this
 * round, this option", and is told whether that was taken.
 *
 *     struct phones *p = phones_open(&config, &error);
 *     phones_publish(p, &room);                          ROOM, and all it points to, stays as it is until the next call
 *     for (;;) {
 *         poll on phones_descriptor(p), for at most phones_timeout(p) milliseconds (-1: for ever)
 *         phones_run(p);                                 after every poll, whatever woke it
 *     }
 *
 * A voter is a number from 1, given when a phone joins and proved by its cookie, which is made from a secret: whoever
 * keeps the secret and the highest number can open the room again in another process (power lost, --resume), and phones
 * go on as who they were.  Texts given here may be foreign: they are made harmless where they go into a page; names and
 * words heard come as terminal_clean leaves them.
 *
 * Phones never steer.  The one exception is the facilitator's own, which holds a secret that is shown nowhere but on the
 * facilitator's own screen: it sees the desk and presses keys. */
#ifndef FRONT_PHONES_H
#define FRONT_PHONES_H

#include "front/both.h"

/* ---- what phones show ---- */

enum room_state {
    ROOM_LOBBY = 1, /* people come in; paragraphs: what is recorded */
    ROOM_WALL,      /* look at the wall: a lesson, a brief, lines, a reaction, an ending; paragraphs may say more */
    ROOM_VOTE,      /* one of the options can be chosen, changed and taken back */
    ROOM_WAIT,      /* the vote is closed, and not shown yet */
    ROOM_DISCUSS,   /* paragraphs: what to talk about; options, if any: with the phone's own vote marked */
    ROOM_REVEAL,    /* tallies */
    ROOM_BREAK,     /* paragraphs: until when */
    ROOM_FORM,      /* items to answer: a survey, plus and delta */
    ROOM_TAKE_HOME  /* what is worth keeping */
};

enum { ROOM_OPTIONS_MAX = 26, ROOM_TALLIES_MAX = 2, ROOM_ITEMS_MAX = 40, ROOM_TEXTS_MAX = 4, ROOM_WORDS_MAX = 200 };
/* A vote by fewer shows only which option leads, never how many: on the wall as on phones. */
enum { ROOM_FEW = 5 };

/* Option I is called 'A' + I on the wall, on phones and on cards. */
struct room_option {
    struct both manner, words; /* MANNER may be empty */
};

/* One finished round. */
struct room_tally {
    uint32_t round;         /* the room's number of it, to find the phone's own vote */
    const uint32_t *counts; /* one an option: phones and hands together */
};

enum item_kind { ITEM_SCALE = 1, ITEM_CHOICE, ITEM_TEXT };

/* A question that is answered in writing or on a scale. */
struct room_item {
    struct text id; /* ".plus", ".delta", or of the scenario's survey: letters, digits, - and _ */
    enum item_kind kind;
    struct both words;
    uint32_t steps;         /* ITEM_SCALE: 2 to 11 */
    struct both low, high;  /* ITEM_SCALE: what its ends mean; may be empty */
    const struct both *choices; /* ITEM_CHOICE */
    uint32_t n_choices;
};

/* One decision of the room's path. */
struct take_step {
    struct both said;
    struct both by, reaction; /* who reacted, and how; may be empty */
    struct both because;      /* the writer's reason; may be empty */
};

struct take_brief {
    struct both name, words;
};

struct take_home {
    const struct take_step *path;
    uint32_t n_path;
    struct both ending;
    const struct take_brief *briefs; /* of the other side */
    uint32_t n_briefs;
    const struct both *questions;
    uint32_t n_questions;
};

struct room {
    enum room_state state;
    uint32_t step;          /* another number whenever the wall has gone on: a form or a key made for an earlier one is late */
    struct both title;      /* the scenario's */
    struct both heading;    /* what is asked or shown now; empty: words of our own by STATE */
    const struct both *paragraphs; /* below it */
    uint32_t n_paragraphs;
    const struct room_option *options; /* ROOM_VOTE, ROOM_WAIT, ROOM_DISCUSS, ROOM_REVEAL */
    uint32_t n_options;
    uint32_t round;         /* with options: which vote this is; a number used once a workshop, from 1 */
    bool again;             /* it is the second vote on the same decision */
    const struct room_tally *tallies; /* ROOM_REVEAL: one a round, in order */
    uint32_t n_tallies;
    uint32_t played;        /* ROOM_REVEAL: the option that was played, from 1; 0: none */
    const struct room_item *items; /* ROOM_FORM: at most ROOM_ITEMS_MAX, ROOM_TEXTS_MAX of them texts */
    uint32_t n_items;
    const struct take_home *take_home; /* ROOM_TAKE_HOME */
    uint32_t answered, here; /* "23 of 31 have answered"; HERE 0: nobody is counted yet */
};

/* ---- what the facilitator's own phone shows besides ---- */

struct desk_option {
    struct both words, does; /* DOES: what choosing it will bring about */
    uint32_t votes;
};

/* A key as on the facilitator's keyboard. */
struct desk_key {
    char key;
    struct both label;
    bool field; /* pressed with a line of words: the hands' "a12 b7 c4", where to go */
};

struct desk {
    struct both where;      /* "Decision 2 of 5, first vote" */
    struct both clock;      /* "12 of 45 minutes" */
    const struct both *notes, *plan; /* the scene's notes; what remains of the plan */
    uint32_t n_notes, n_plan;
    const struct desk_option *options;
    uint32_t n_options;
    const struct desk_key *keys;
    uint32_t n_keys;
};

/* ---- what phones say ---- */

enum phones_reply {
    PHONES_TAKEN = 1, /* and kept: the phone says so */
    PHONES_LATE,      /* that round, or that question, is not open */
    PHONES_IN_USE,    /* a name that somebody else has */
    PHONES_NOT_KEPT   /* it could not be kept; the phone asks to try again */
};

/* Every function must be there.  None may call back into phones but phones_publish, phones_desk, phones_count and
 * phones_lock. */
struct phones_hears {
    void *self;
    /* A phone has joined as VOTER, one more than the highest number so far.  False: it could not be kept, and no such
     * voter exists. */
    bool (*joined)(void *self, uint32_t voter);
    /* OPTION from 1; 0 takes the vote back.  The last word counts. */
    enum phones_reply (*voted)(void *self, uint32_t voter, uint32_t round, uint32_t option);
    /* NAME is clean, trimmed, at most 40 cells; whoever keeps names says whether it is free (text_fold). */
    enum phones_reply (*named)(void *self, uint32_t voter, struct text name);
    /* WORDS of an item of the form that is open: a number from 1 for a scale or a choice, at most ROOM_WORDS_MAX
     * characters of text; empty: left out or taken back.  ITEM ".sentence": what this person will try, which comes only where they ask for
     * it to be shown to the facilitator, without a name. */
    enum phones_reply (*said)(void *self, uint32_t voter, struct text item, struct text words);
    /* The facilitator's own phone; WORDS where the key has a field. */
    void (*pressed)(void *self, char key, struct text words);

    /* What was kept, for the phone to show: VOTER's option in ROUND (from 1; 0: none), its name and its answer to an item
     * (empty: none).  Texts live until the next call. */
    uint32_t (*chosen)(void *self, uint32_t voter, uint32_t round);
    struct text (*name)(void *self, uint32_t voter);
    struct text (*answer)(void *self, uint32_t voter, struct text item);
};

/* ---- the room's server ---- */

enum { PHONES_SECRET = 32, PHONES_PORT = 8080 }; /* PHONES_PORT: where nobody asks for another */

enum phones_identity {
    PHONES_ANONYMOUS, /* nothing is asked, and the phone says so */
    PHONES_NICK,      /* asks for a name of one's own choice */
    PHONES_ROSTER     /* asks who of the roster this is */
};

struct http_limits;

struct phones_config {
    const char *address;    /* "192.168.1.5", "fd00::5": the one address to listen on */
    uint16_t port;          /* 0: any that is free */
    const char *host;       /* a name that phones may use instead, "laptop.local"; NULL: none */
    const uint8_t *secret;  /* [PHONES_SECRET] as phones_secret gave it; NULL: a new one */
    uint32_t voters;        /* the highest number given so far */
    uint32_t desk;          /* as phones_desk_renew last gave it; 0: it never did */
    uint32_t joins_per_address; /* 0: as many as come */
    enum phones_identity identity;
    const struct text *roster; /* PHONES_ROSTER: names, while the room is open */
    uint32_t n_roster;
    const char *lang;       /* for phones that ask for neither language: "en" or "zh-CN" */
    const struct http_limits *limits; /* http.h; NULL: the usual ones */
    struct phones_hears hears;
};

struct phones;

/* Listens.  NULL, with errno's value in *ERROR, where that cannot be had (EADDRINUSE: another program has the port). */
struct phones *phones_open(const struct phones_config *config, int *error);
void phones_close(struct phones *p);
/* Readable when there is something to do; how long to wait at most, -1: for ever; and doing it.  Returns soon. */
int phones_descriptor(const struct phones *p);
int phones_timeout(const struct phones *p);
void phones_run(struct phones *p);

/* What phones show from now on.  Borrowed until the next call, or the end. */
void phones_publish(struct phones *p, const struct room *room);
/* The same for the facilitator's own phone; NULL: nothing. */
void phones_desk(struct phones *p, const struct desk *desk);
/* New numbers for the room published last. */
void phones_count(struct phones *p, uint32_t answered, uint32_t here);
/* Whether no more phones may join; those that have go on. */
void phones_lock(struct phones *p, bool locked);

/* What is needed to open the same room again: [PHONES_SECRET], never to be shown or written to a log. */
const uint8_t *phones_secret(const struct phones *p);
/* Appends "192.168.1.5:8080", to be read aloud; and "HTTP://192.168.1.5:8080/", for a small QR code. */
void phones_address(const struct phones *p, struct buf *out);
void phones_url(const struct phones *p, struct buf *out);
/* The same for any address and port. */
void phones_put_address(const char *address, uint16_t port, struct buf *out);
void phones_put_url(const char *address, uint16_t port, struct buf *out);
/* Appends the address that makes a phone the facilitator's own.  For the facilitator's eyes only, never the wall's. */
void phones_desk_url(const struct phones *p, struct buf *out);
/* A new such address: whoever had the old one is only a guest from now on.  To be kept with the secret. */
uint32_t phones_desk_renew(struct phones *p);

/* Figures for the facilitator. */
struct phones_seen {
    uint32_t voters;         /* numbers given, since the workshop began */
    uint32_t awake;          /* phones that show live pages now */
    uint32_t addresses, most; /* joined in this process: from how many addresses, and the most from one */
    uint32_t desks;          /* facilitator's own phones that show live pages now */
    uint32_t refused;        /* requests refused as forged, oversized or malformed, and joins over the limit */
    uint32_t guesses;        /* wrong codes for the facilitator's page */
};
void phones_look(const struct phones *p, struct phones_seen *out);

#endif

/* phones_inside.h -- what the files of phones share: phones.c (the server and its listeners), phones_hear.c (what is sent),
 * phones_identity.c (who sends it), phones_page.c, phones_room.c, phones_desk.c and phones_keep.c (what is shown). */
#ifndef FRONT_PHONES_INSIDE_H
#define FRONT_PHONES_INSIDE_H

#include "front/http.h"
#include "front/phones.h"
#include "front/phones_data.h"

#include "base/words.h"

enum { PROOF = 16, PROOF_HEX = 2 * PROOF, VOTERS_MAX = 10000, STREAMS_PER_VOTER = 3, SENTENCE_MAX = 140 };

struct voter {
    uint8_t random[PROOF]; /* of its cookie; zeros: not heard of since the process began */
    uint32_t streams;
    uint32_t spent;        /* what it has asked lately, in sixteenths of a request */
    long long spent_at;
};

/* A phone that shows live pages: what it is shown next is what differs from what it was shown last. */
struct listener {
    struct listener *next, *prev;
    struct phones *phones;
    struct http_stream *stream;
    uint32_t voter;        /* 0: the facilitator's */
    bool zh;
    bool dirty;            /* must be looked at with the next flush, however little time has passed */
    uint64_t shown, counted; /* hashes of what it shows */
};

struct phones {
    struct phones_config config;
    struct http *http;
    uint8_t secret[PHONES_SECRET];
    uint32_t desk_serial;
    const struct words *zh;
    const struct room *room;
    const struct desk *desk;
    uint32_t answered, here;
    bool locked;
    struct voter *voters;  /* [n_voters], voter N at N - 1 */
    uint32_t n_voters, cap_voters;
    uint32_t joined_here, addresses, most;
    struct listener *listeners;
    uint32_t awake, desks;
    bool news;             /* the room has changed: everybody is told at once */
    bool figures;          /* numbers have changed: told by FIGURES_AT */
    long long figures_at;
    uint32_t refused, guesses;
    char pressed;          /* the facilitator's last key, at that step and time */
    uint32_t pressed_step;
    long long pressed_at;
    char css[48], js[48];  /* names of the static files */
};

/* ---- phones_identity.c ---- */

/* What a phone's cookie says. */
struct identity {
    uint32_t voter;        /* 0: has not joined */
    uint8_t random[PROOF];
};

/* False where the cookie is missing or not ours. */
bool identity_read(const struct phones *p, struct text cookies, struct identity *out);
bool identity_new(struct identity *out);
/* N bytes that nobody can guess; false where the system has none. */
bool random_bytes(uint8_t *out, size_t n);
/* Appends a whole Set-Cookie value. */
void identity_cookie(const struct phones *p, const struct identity *who, struct buf *out);
/* What its forms carry, so that no other page can send them. */
void identity_token(const struct phones *p, const struct identity *who, char out[PROOF_HEX + 1]);

/* The facilitator's phone: the code that makes it one, the cookie that proves it, its forms' token. */
void desk_code(const struct phones *p, struct buf *out);
bool desk_code_fits(const struct phones *p, struct text typed);
void desk_cookie(const struct phones *p, struct buf *out);
bool desk_proved(const struct phones *p, struct text cookies);
void desk_token(const struct phones *p, char out[PROOF_HEX + 1]);
/* A token as it came. */
bool token_fits(const char token[PROOF_HEX + 1], struct text came);

/* A small value that the phone keeps for itself: "lang", "sentence".  LASTS in seconds. */
void cookie_put(const struct phones *p, const char *name, struct text value, struct buf *out);
bool cookie_get(const struct phones *p, struct text cookies, const char *name, struct buf *out);

/* ---- pages ---- */

enum notice {
    NOTICE_NONE,
    NOTICE_LATE,     /* that vote has closed */
    NOTICE_MOVED_ON, /* the room has gone on: for the facilitator */
    NOTICE_NOT_KEPT,
    NOTICE_IN_USE,
    NOTICE_NO_NAME,
    NOTICE_FAST,
    NOTICE_LOCKED,
    NOTICE_FULL,
    NOTICE_COOKIES,
    NOTICE_ASK,      /* the form is not one of ours, or from before */
    NOTICE_CODE,
    NOTICE_WAIT,
    NOTICE_MISSING,
    NOTICES
};

/* Who reads, and where it is written. */
struct reader {
    const struct phones *p;
    const struct words *words;
    bool zh;
    bool desk;               /* the facilitator's own pages */
    bool proved;             /* and it is the facilitator */
    bool whole;              /* a whole page: with numbers, and what scripts would do */
    struct identity who;
    enum notice notice;
    struct text sentence;    /* what this phone keeps for itself */
    struct buf *out;
};

/* phones_page.c: the page around what is shown, and pieces of it. */
void phone_page(struct reader *r);
void phone_words(struct reader *r, const char *words);              /* of the program, in English: translated here */
void phone_filled(struct reader *r, const char *words, struct text a1, struct text a2);
void phone_both(struct reader *r, struct both b);
void phone_tagged(struct reader *r, const char *tag, struct both b); /* nothing where B is empty */
void phone_said(struct reader *r, const char *tag, const char *words);
void phone_paragraphs(struct reader *r, const struct both *v, uint32_t n);
void phone_form(struct reader *r, const char *action, const char *more); /* opens a form with its token */
void phone_number(struct buf *out, const char *before, uint32_t n, const char *after);
void phone_letter(struct buf *out, uint32_t option); /* from 1 */
struct text phone_text(bool zh, struct both b);

/* phones_room.c: what the room shows to a phone that has joined, and to one that has not. */
void phone_room(struct reader *r);
/* Whether nothing is lost where the page reloads by itself. */
bool phone_may_reload(const struct reader *r);
/* "23 of 31 have answered". */
void phone_count(struct reader *r);
/* phones_desk.c */
void phone_desk(struct reader *r);
/* phones_keep.c: what is worth keeping, on the page and as a file of its own. */
void phone_keep(struct reader *r);
void phone_keep_file(struct reader *r);

/* ---- phones_hear.c ---- */

void phones_asked(void *self, const struct http_request *q, struct http_answer *a);

/* ---- phones.c ---- */

struct listener *listener_new(struct phones *p, uint32_t voter, bool zh);
/* What VOTER's phones show has changed. */
void listeners_touch(struct phones *p, uint32_t voter);

#endif

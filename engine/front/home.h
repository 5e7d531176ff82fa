/* home.h -- `rehearse` alone: the sentence that was to be tried, what was left, what is due, and every scenario there is.
 *
 * Whoever keeps records fills the model and is told what was answered; this shows and asks.  Texts are clean. */
#ifndef FRONT_HOME_H
#define FRONT_HOME_H

#include "base/words.h"
#include "wire/client.h"

struct home_left {
    struct text session;      /* its short name */
    struct text words;        /* "The third return, turn 4, left on 2026-11-25" */
};

struct home_next {
    uint32_t scenario;        /* number among scenarios */
    struct text role;         /* id */
    bool own_words;           /* say it first in your own words, everywhere */
    struct text words;        /* "The third return, as He Jun: due since Monday" */
};

struct home_scenario {
    struct text name;         /* what `rehearse play` takes */
    struct text title, summary, tags, last; /* last: how it went, may be empty */
    struct text search;       /* folded: name and titles in every language, tags */
    bool broken;              /* it has errors */
};

/* A question that is asked weeks after a conversation. */
struct home_later {
    const struct info_survey *item;
    int64_t session, at;      /* of that conversation; Unix milliseconds */
    struct text title;        /* of the scenario */
    struct text day;
};

struct home {
    struct text about;        /* where records are and who sees them; may be empty */
    struct text intent, plan; /* the sentence that was to be tried, and where; may be empty */
    bool stranger;            /* department and role were never asked for */
    const struct home_left *left;
    const struct home_next *next;
    const struct home_scenario *scenarios;
    const struct home_later *later; /* those of one conversation together */
    uint32_t n_left, n_next, n_scenarios, n_later;
};

/* What was answered is handed over at once.  May be NULL where nothing is kept. */
struct home_hands {
    void *self;
    /* DID is "yes", "not-yet" or "no"; SAID: what the other person said, may be empty. */
    void (*followed)(void *self, const char *did, struct text said);
    /* VALUE: empty where it was left out. */
    void (*later)(void *self, const struct home_later *question, struct text value);
    void (*person)(void *self, struct text department, struct text role);
};

enum home_end { HOME_LEFT = 1, HOME_PLAY, HOME_RESUME, HOME_PROGRESS, HOME_SIGNAL, HOME_IO };

struct home_choice {
    enum home_end end;
    uint32_t scenario;        /* HOME_PLAY; and */
    struct text role;         /* … may be empty: the first playable one */
    bool own_words;
    struct text session;      /* HOME_RESUME */
    int signal;
};

/* Shows H, asks where somebody types, and says what was chosen.  Texts of CHOICE are H's.  FIRST: the questions that come
 * before all else are asked. */
struct home_choice home_run(const struct home *h, const struct home_hands *hands, bool plain, const struct words *words, bool first);

#endif

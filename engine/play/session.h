/* session.h -- one person's (or one room's) way through a scenario: a pure state machine.
 *
 *   decide (state, input) -> events     asks the scorer; works on a scratch copy
 *   apply  (state, event) -> state      event.h
 *   present(events)       -> outputs    what to show, as data; evaluates nothing
 *
 * The state is the fold of the events.  A session holds ids and its own memory; the scenario must outlive it.  No
 * clock, no dice: time and seed come in. */
#ifndef PLAY_SESSION_H
#define PLAY_SESSION_H

#include "play/event.h"
#include "play/scorer.h"

#include <assert.h>

enum mode { MODE_PRACTICE, MODE_CHECK_IN, MODE_WORKSHOP };

struct feed; /* probe.h */

enum { ROLES_PLAYED = 8 };

struct session_params {
    uint64_t seed;
    uint32_t lang;                       /* index into scenario.languages */
    uint8_t mode;                        /* enum mode */
    role_id roles[ROLES_PLAYED];         /* played by people; the first is the trainee's */
    uint32_t n_roles;                    /* 0: the first playable role */
    struct text started;                 /* wall time as the host wrote it, "2026-11-23T16:30:00Z"; may be empty */
    struct text engine;                  /* version that began it; empty: this one */
};

struct session {
    const struct scenario *scenario;
    const struct scorer *scorer;
    struct session_params params;
    uint32_t lang;                       /* shown now */
    struct state *state, *scratch;       /* of equal size, in the session's own block; a step that is kept swaps them */
    size_t state_size;
    uint8_t *log;                        /* events and items, one after another, 4-byte aligned */
    size_t log_len, log_cap;
    uint32_t *at;                        /* offset of event n in log; event 0 is EV_BEGAN */
    uint32_t n_events, cap_events;
    struct buf texts;                    /* bytes of ITEM_TEXT and ITEM_REASON */
    uint32_t offered;                    /* number of the EV_OFFERED now open; 0: none */
    uint32_t proposed;                   /* number of the EV_PROPOSED that answers it; 0: none */
    uint32_t *kept;                      /* decisions whose evidence was counted on a road since taken back */
    uint32_t n_kept, cap_kept;
    struct feed *feed;                   /* of a probe: where its chances come from; else NULL */
};

enum input_kind {
    IN_BEGIN,     /* plays up to the first decision */
    IN_CHOOSE,    /* option (offered now), ms */
    IN_NO_ANSWER, /* time ran out: only where the decision has a no-answer */
    IN_REWIND,    /* to: number of an EV_OFFERED on the present road */
    IN_NOTE,      /* text */
    IN_LANGUAGE,  /* lang */
    IN_WRITE,     /* text: own words, where form_written; where FORM_ASK is open, IN_CHOOSE places them */
    IN_COMPOSE    /* parts, n_parts: parts taken, at most one a slot, in any order; ms */
};

struct input {
    enum input_kind kind;
    option_id option;
    enum chooser by;
    uint32_t ms;
    uint32_t to;
    uint32_t lang;
    struct text text;
    const struct item *tally; /* a room's votes: ITEM_TALLY, ITEM_HANDS, and one ITEM_VOTE where it is known how they came */
    uint32_t n_tally;
    const uint32_t *parts; /* IN_COMPOSE: indices into scenario.parts */
    uint32_t n_parts;
};

enum { STARTED_BYTES = 64, ENGINE_BYTES = 32, NOTE_BYTES = 4096 };

/* False, with ERR, for roles, a language, a mode or a time that S cannot be played with. */
bool session_params_check(const struct scenario *s, const struct session_params *params, struct err *err);
/* A new session in its own memory, with its EV_BEGAN; PARAMS must pass the check.  SCORER may be NULL for replay. */
struct session *session_new(const struct scenario *s, const struct scorer *scorer, const struct session_params *params);
void session_free(struct session *se);

/* One step: decides, records, applies.  New events are those from the old n_events on.  False, with ERR and nothing
 * changed, for an input that does not fit. */
bool session_step(struct session *se, const struct input *in, struct err *err);

static inline const struct event *session_event(const struct session *se, uint32_t n)
{
    assert(n < se->n_events);
    return (const struct event *)(const void *)(se->log + se->at[n]);
}
/* The bytes of an ITEM_TEXT or ITEM_REASON; borrowed until the next step. */
static inline struct text session_text(const struct session *se, const struct item *it)
{
    return (struct text){it->value ? se->texts.at + it->ref : "", (size_t)it->value};
}

/* Adds one kept event, in its canonical encoding, and applies it.  No script runs.  An EV_BEGAN is the first and only
 * compared: it was used to make the session (session_params_parse).  What ERR says lives until the next step. */
bool session_replay(struct session *se, struct text json, struct err *err);
/* Texts of OUT are borrowed from A. */
bool session_params_parse(const struct scenario *s, struct text json, struct arena *a, struct session_params *out,
                          struct err *err);

/* The numbers of the events of the road now travelled (without what was taken back), oldest first; malloc'ed. */
uint32_t *session_road(const struct session *se, uint32_t *n);

#endif

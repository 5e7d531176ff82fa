/* decide.h -- one step while it is being decided.
 *
 * For play/ only: session.c opens a step and keeps or drops it, decide.c and answer.c fill it, code_run.c reads its
 * scratch state.  Scripts see it through step.h. */
#ifndef PLAY_DECIDE_H
#define PLAY_DECIDE_H

#include "play/apply.h"
#include "play/session.h"
#include "play/step.h"

struct step {
    struct session *se;
    const struct scenario *s;
    struct state *st;    /* the scratch copy: where the play stands after everything recorded so far */
    uint32_t first;      /* number of the step's first event */
    uint32_t event;      /* where the open event stands in the log */
    uint32_t problems;   /* recorded in this step */
    size_t script_log, script_texts; /* lengths of log and texts when the running snippet began */
    uint32_t script_problems;        /* and the problems by then */
    bool answering;      /* an answer is being played: score() and go() are allowed */
    bool counts;         /* ... and it is a person's: score() is recorded */
    bool scored, sent;   /* ... and score() or go() was called, perhaps by a script that failed later */
    bool spilled;        /* the running snippet made more effects than it may: it fails */
    bool full;           /* the session holds as much as it may: the step fails */
};

/* A snippet may make so many effects and bytes of text; a step may record so many problems; a session may hold so many
 * bytes of events. */
enum { SNIPPET_ITEMS = 4096, SNIPPET_TEXTS = 65536, STEP_PROBLEMS = 32, REASON_BYTES = 1024, SESSION_BYTES = 1 << 30 };

/* ---- recording ---- */

/* Makes the log larger; true when it holds as much as it may. */
bool session_grow(struct session *se);
/* Makes room in the index for one more event. */
void session_index(struct session *se);

/* The end of the log, behind which SIZE bytes have room. */
static inline void *step_room(struct step *p, size_t size)
{
    struct session *se = p->se;
    while (__builtin_expect(se->log_cap - se->log_len < size, false))
        p->full = session_grow(se) || p->full;
    return se->log + se->log_len;
}

/* SIZE more bytes at the end of the log. */
static inline void *step_push(struct step *p, size_t size)
{
    void *at = step_room(p, size);
    p->se->log_len += size;
    return at;
}

/* The open event, its items counted.  It moves when something is recorded. */
static inline struct event *step_head(const struct step *p)
{
    struct event *e = (struct event *)(void *)(p->se->log + p->event);
    e->n = (uint32_t)(p->se->log_len - p->event - sizeof *e) / (uint32_t)sizeof(struct item);
    return e;
}

/* Opens an event; it ends where the next begins.  Head and items are applied to the scratch copy at once. */
static inline __attribute__((always_inline)) void step_event(struct step *p, const struct event *head)
{
    struct session *se = p->se;
    if (se->n_events > p->first)
        step_head(p);
    p->event = (uint32_t)se->log_len;
    struct event *e = step_push(p, sizeof *e);
    e->kind = head->kind;
    e->by = head->by;
    e->again = head->again;
    e->self = head->self;
    e->a = head->a;
    e->b = head->b;
    e->ms = head->ms;
    if (__builtin_expect(se->n_events == se->cap_events, false))
        session_index(se);
    se->at[se->n_events++] = p->event;
    event_apply(p->s, p->st, e);
}

static inline void step_comp_item(struct step *p, enum item_kind kind, comp_id c, uint32_t ref, int32_t value)
{
    struct item *slot = step_push(p, sizeof *slot);
    slot->kind = (uint8_t)kind; /* one by one: a copy of a whole item just made waits for its bytes */
    slot->spare = 0;
    slot->comp = (uint16_t)c.i;
    slot->ref = ref;
    slot->value = value;
    item_apply(p->s, p->st, slot);
}

static inline void step_item(struct step *p, enum item_kind kind, uint32_t ref, int32_t value)
{
    step_comp_item(p, kind, (comp_id){0}, ref, value);
}

/* An item for each of OPTIONS, a bit each, the first of which is FIRST. */
static inline void step_options(struct step *p, uint32_t first, uint32_t options)
{
    struct item *from = step_room(p, 32 * sizeof *from), *to = from;
    for (; options; options &= options - 1)
        *to++ = (struct item){.kind = ITEM_OPTION, .ref = first + (uint32_t)__builtin_ctz(options)};
    p->se->log_len += (size_t)((uint8_t *)to - (uint8_t *)from);
}

/* TEXT as an ITEM_TEXT or ITEM_REASON. */
void step_text(struct step *p, enum item_kind kind, struct text text);
/* The values of facts that a text needs, unless they stand at the end of the open event already. */
void step_values_of(struct step *p, words_id words);
void step_value(struct step *p, fact_id f);

static inline void step_values(struct step *p, words_id words)
{
    const uint8_t *hold = p->s->words_values;
    if (words.i && (!hold || (hold[words.i] & WORDS_FACT)))
        step_values_of(p, words);
}

/* ---- what a scenario's writer wrote in code: step.c ---- */

/* A condition; one that fails is false. */
bool step_holds(struct step *p, code_id when);
/* A statement.  Of one that fails nothing remains but the problem. */
void step_do(struct step *p, code_id c);
/* The hook NAME, if the scripts define it; the same.  PICKED may be NULL. */
void step_hook(struct step *p, const char *name, struct text arg, struct text *picked);
/* A draw of 1…N for the engine's own choices. */
int32_t step_draw(struct step *p, uint32_t n);

/* ---- playing: decide.c, answer.c ---- */

/* Where a play goes on: at the beginning of a scene, or at a node of the present one; both 0: it waits or is over. */
struct onward {
    uint32_t scene, node;
};

/* Plays a node that neither asks nor leaves. */
void decide_node(struct step *p, const struct node *node);
/* From the very beginning, and from ONWARD, until somebody must decide or the play is over. */
void decide_begin(struct step *p);
void decide_on(struct step *p, struct onward on);
/* The engine answers the decision at NODE, for a role that nobody plays; OPTIONS: what can be chosen, a bit each. */
struct onward decide_engine(struct step *p, uint32_t node, uint32_t options);
/* An answer with all that came with it. */
struct answer {
    struct event head;         /* of an EV_CHOSE, but for `again` and `self` */
    const struct item *tally;  /* a room's votes */
    uint32_t n_tally;
    const uint32_t *parts;     /* of a message */
    uint32_t n_parts;
};
/* Whether whoever answers HEAD places own words: they wrote before. */
bool answer_self(const struct session *se, const struct event *head);
/* Plays ANSWER to the decision that stands at NODE, and says where it leads. */
struct onward answer_give(struct step *p, const struct answer *answer, uint32_t node);
/* Where the answer E to the decision at NODE leads: where a script sent it, else to the option's `next`, else on. */
struct onward answer_leads(const struct scenario *s, const struct event *e, uint32_t node);
/* Records the evidence of the open EV_CHOSE, and the totals of the open EV_ENDED. */
void answer_evidence(struct step *p);
void decide_totals(struct step *p);
/* Names the option "decision/option" in OUT. */
enum { OPTION_NAME = 160 };
struct text answer_name(const struct scenario *s, option_id o, char out[OPTION_NAME]);
/* own_words.c: the event that proposes for TEXT at the open decision, PROPOSALS of the options offered at most. */
enum { PROPOSALS = 3 };
void propose_event(struct step *p, struct text text);

/* message.c: a part's name "slot/part"; and back, among the parts of decision D: 0 where there is none. */
void part_name(const struct scenario *s, uint32_t part, struct buf *out);
uint32_t part_named(const struct scenario *s, const struct decision *d, struct text name);
/* message.c: whether PARTS make a message of D: one a slot at most, none left out that is needed. */
bool parts_fit(const struct scenario *s, const struct decision *d, const uint32_t *parts, uint32_t n);
/* The result that so many parts less flaws come to; 0 where the scenario has none. */
uint32_t message_result(const struct scenario *s, const struct decision *d, const uint32_t *parts, uint32_t n);
/* What the parts of E show of C; 0 where E is no message. */
int32_t message_points(const struct scenario *s, const struct event *e, comp_id c);
/* The parts that the engine takes for a role nobody plays; their number. */
uint32_t message_draw(struct step *p, const struct decision *d, uint32_t *out);
enum { SLOTS_MOST = 8 };

/* Whether people answer D: its role is played, or it asks everybody. */
bool decide_asks(const struct session *se, const struct decision *d);
/* Whether a list of topics closes by itself: of OFFERED options only OPTION is left, and it is to leave. */
bool decide_closes(const struct decision *d, uint32_t option, uint32_t offered);
bool role_played(const struct session *se, role_id role);
/* Scenes that may be entered without asking anybody; a state counts no further than it can. */
static inline uint32_t decide_moves(const struct scenario *s)
{
    return s->limits.moves < UINT16_MAX ? s->limits.moves : UINT16_MAX;
}

/* ---- what fits: input.c ---- */

/* Whether O is among the options now offered. */
bool option_offered(const struct session *se, option_id o);
/* 1…NOTE_BYTES of valid UTF-8 without U+0000. */
bool note_fits(struct text t);

/* ---- the log: session.c ---- */

/* One step: opened on a scratch copy, filled, then kept whole, or dropped as if it had not been.  step_close with OK
 * false drops; it answers whether the step was kept. */
struct opened {
    struct step p;
    size_t log, texts;
};
void step_open(struct opened *o, struct session *se);
bool step_close(struct opened *o, bool ok, struct err *err);
/* Whether TO is an EV_OFFERED on the present road that may be gone back to. */
bool session_back(const struct session *se, uint32_t to, struct err *err);
/* ST becomes what it was at event TO; totals stay. */
void session_fold_back(const struct session *se, struct state *st, uint32_t to);
/* Whether D was answered before, in this play or on a road taken back. */
bool session_met(const struct session *se, const struct state *st, decision_id d);
/* Applies events FIRST … N - 1 to ST. */
void session_fold(const struct session *se, struct state *st, uint32_t first, uint32_t n);

#endif

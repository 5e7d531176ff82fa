/* workshop_state.h -- a workshop as a pure state machine: keys, votes and the engine's answers in; one want out.
 *
 * Nothing here draws, asks a clock, opens a file or speaks to an engine.  What the wall shows (wall.h), what the facilitator
 * sees (desk.h) and what phones show (room.h) are functions of it; time comes in with each input.  A key may make it want
 * something: the host does it and tells what came of it.
 *
 *     switch (workshop_press(&w, key, now)) {
 *     case WANT_STEP: … workshop_input(&w, &arena, &input); client_step; story_add; workshop_told(&w); …
 *
 * The state is flat and small.  Each key that moves the workshop on first keeps a copy, and `u` takes the last copy back;
 * what phones have said meanwhile stays said.  Beats are numbers into the story, which only grows. */
#ifndef FRONT_WORKSHOP_STATE_H
#define FRONT_WORKSHOP_STATE_H

#include "front/about.h"
#include "report/plan.h"
#include "play/ballot.h"

enum stage_of_workshop {
    STAGE_LOBBY = 1,
    STAGE_FRAME,     /* objectives */
    STAGE_RULES,     /* ground rules */
    STAGE_LESSON,
    STAGE_BRIEF,
    STAGE_STORY,     /* one beat after another */
    STAGE_READ,      /* a decision is read */
    STAGE_WRITE,     /* own words, before the ways to put it are shown */
    STAGE_VOTE,      /* votes are taken */
    STAGE_TALK,      /* between two votes; or a discussion that the scenario asks for */
    STAGE_CHOOSE,    /* the facilitator chooses: told, a tie, or nobody voted */
    STAGE_WHOLE,     /* a message stands whole */
    STAGE_REACTION,  /* what was chosen is said, and answered */
    STAGE_REVEAL,    /* how the room voted */
    STAGE_ENDING,
    STAGE_TURN,      /* which decision to go back to */
    STAGE_ROADS,     /* both endings side by side */
    STAGE_DEBRIEF,   /* page by page */
    STAGE_TAKE_HOME,
    STAGE_END
};

/* What is voted on. */
enum poll { POLL_NONE, POLL_WARM_UP, POLL_DECISION, POLL_SLOT };

enum { ROAD_MOST = 64, ENDINGS_MOST = 8, SLOTS_OF_MESSAGE = 8, TYPED_MOST = 240, UNDO_MOST = 24 };

/* A decision of the road now travelled. */
struct road_step {
    uint32_t ask, said;      /* beats + 1; said: 0 while it is open, or where nothing was said */
    uint32_t event;          /* that offered */
    uint32_t chose;          /* that answered; 0: none yet */
    uint32_t taken;          /* letter from 1; 0: none */
};

/* The votes on one place of a message. */
struct slot_votes {
    uint32_t votes[BALLOT_OPTIONS], hands;
    uint8_t n, taken;        /* letters, the last of which may be "leave it out"; taken from 1 */
};

struct workshop_state {
    enum stage_of_workshop stage;
    uint32_t page;           /* of what the stage shows */
    uint32_t beat;           /* the next of the story */
    uint32_t shown;          /* beat + 1 that stands on the wall; 0: none */
    uint32_t scene;          /* beat + 1 of the scene's beginning: what is older is not on the wall any more */

    enum poll poll;
    enum wire_form form;     /* of the open decision */
    enum wire_room mode;     /* how it is played */
    uint32_t ask;            /* beat + 1 */
    uint32_t options[BALLOT_OPTIONS]; /* beats + 1, as they are lettered; 0: "leave it out" */
    uint32_t n_options;
    uint32_t otherwise;      /* beat + 1 of the way out for own words; 0: none */
    struct ballot ballot;
    uint32_t first_round;    /* the workshop's number of the ballot's first round */
    bool revealed, wrote;
    uint32_t taken;          /* letter from 1 that is, or was, played; 0: none */
    uint32_t open;           /* event that offered what the engine waits for; 0: nothing is open */
    uint32_t chose;          /* event of the answer whose reaction is played; 0: none */
    bool as_before;          /* the rest is answered as it was the last time, up to what is new */
    bool reveal_due;         /* how the room voted is shown once its beats are over */
    uint32_t slot, n_slots;  /* of a message */
    uint32_t slots[SLOTS_OF_MESSAGE]; /* beats + 1 of the places */
    struct slot_votes voted[SLOTS_OF_MESSAGE];

    struct road_step road[ROAD_MOST];
    uint32_t n_road;
    struct road_ending {
        uint32_t ended;      /* beat + 1 */
        struct road_step turned; /* the decision at which this road left the one before; of the first: none */
    } endings[ENDINGS_MOST];
    uint32_t n_endings;
    struct road_step back;   /* the decision gone back to, as it was answered before; event 0: none */

    uint32_t lesson;         /* of about, open now */
    enum stage_of_workshop from; /* where a lesson or a list of decisions was opened */
    uint32_t debrief;        /* page of the debrief */
};

/* A line that is being typed. */
enum field { FIELD_NONE, FIELD_HANDS, FIELD_HEADS, FIELD_PICK, FIELD_GOTO, FIELD_NOTE, FIELD_WORDS, FIELD_LESSON };

/* What is to be said about it, or about the last key. */
enum remark {
    REMARK_NONE,
    REMARK_HANDS_STRANGE,    /* not understood; which: the letter */
    REMARK_HANDS_NO_OPTION,
    REMARK_HANDS_TWICE,
    REMARK_HANDS_BARE,
    REMARK_HANDS_MANY,
    REMARK_OVER_HEADS,       /* more votes than people; Enter again keeps it */
    REMARK_NOT_NUMBER,
    REMARK_NO_LETTER,
    REMARK_NO_DECISION,
    REMARK_NOBODY_VOTED,     /* on again goes on without */
    REMARK_NOTHING_BACK,     /* nothing to take back */
    REMARK_NO_LESSON,
    REMARK_NO_VOTE,          /* nothing is voted on now */
    REMARK_QUIT,             /* q again leaves */
    REMARK_NOT_KEPT,         /* could not be kept on disk; the key may be pressed again */
    REMARK_STOPPED,          /* the engine died over it; another may be chosen */
    REMARK_AVOIDED,          /* twice: another must be chosen */
    REMARK_NOTED,
    REMARK_PHONES_GONE,      /* the server for phones ended: hands go on */
    REMARK_NEW,              /* this was not answered before */
    REMARK_PHONES_HERE, REMARK_PHONES_NOT,
    REMARK_LOCKED, REMARK_UNLOCKED
};

enum want {
    WANT_NOTHING,
    WANT_SHOW,       /* something is to be drawn anew */
    WANT_STEP,       /* workshop_input says what; then workshop_told or workshop_refused */
    WANT_QUIT,
    WANT_THEME,      /* dark and paper change places */
    WANT_REDRAW,
    WANT_PHONES,     /* phones on or off */
    WANT_LOCK        /* no more phones may join, or they may again */
};

/* What the host is to do with the engine. */
enum step_wanted { STEP_NONE, STEP_BEGIN, STEP_CHOOSE, STEP_COMPOSE, STEP_REWIND, STEP_NOTE, STEP_WRITE };

struct workshop {
    const struct about *about;
    const struct story *story;
    const struct client_outline *outline;
    struct text role;
    unsigned minutes;        /* planned; 0: as many as it takes */

    struct workshop_state now;
    struct workshop_state *past; /* [UNDO_MOST], the newest last */
    uint32_t n_past;

    struct plan plan;        /* of what lies ahead */
    struct plan_own own[ROAD_MOST]; /* decisions the facilitator wants otherwise; texts of the outline */
    uint32_t n_own;

    uint32_t rounds;         /* numbers of rounds given so far */
    uint32_t heads;          /* counted in the room; 0: not yet */
    uint32_t phones;         /* that joined */
    bool codes_turn;         /* the lobby shows two codes in turn */
    bool begun;              /* the conversation */
    bool black, help;
    long long break_until;   /* clock; 0: no break */
    long long timer_until, timer_left; /* running; or stopped with so much left; 0: neither */
    long long now_ms;        /* the workshop's clock at the last input */
    long long asked_ms;      /* when the open decision was first shown */

    enum field field;
    bool from_desk;          /* the field was opened where the room does not look: the wall does not show it */
    struct buf typed;
    enum remark remark;
    bool heard_desk;         /* the last key came from there, and so what is remarked is for there */
    char which;              /* letter the remark is about */
    uint32_t counted;        /* number it is about */

    enum step_wanted step;
    uint32_t step_to;        /* STEP_REWIND: event */
    bool chained;            /* a step of several was done already */
    bool undoing;            /* the rewind belongs to an undo: the state is there already */
    uint32_t debrief_pages;  /* known once there is a debrief; 0: none yet */
    uint32_t suggested;      /* event of the decision worth going back to; 0: none known */
};

void workshop_begin(struct workshop *w, const struct about *about, const struct story *story, const struct client_outline *outline);
void workshop_done(struct workshop *w);

/* ---- in ---- */

/* A key, at the wall's keyboard or (DESK) the facilitator's.  MORE: the wall has another page of what it shows. */
enum want workshop_press(struct workshop *w, uint32_t press, bool desk, bool more, long long now);
/* A whole line for the field that KEY opens, from elsewhere. */
enum want workshop_line(struct workshop *w, uint32_t key, struct text line, long long now);
/* A phone's vote in the workshop's round ROUND; OPTION from 1, 0 takes it back. */
enum ballot_cast workshop_vote(struct workshop *w, uint32_t voter, uint32_t round, uint32_t option);
/* Whether votes are taken in ROUND now; and VOTER's, from 1. */
uint32_t workshop_voted(const struct workshop *w, uint32_t voter, uint32_t round);
/* What was wanted was done: the story has grown from beat FIRST on, the session from event EVENT on; OPEN is what it waits
 * for now (client_session_offered). */
void workshop_told(struct workshop *w, uint32_t first, uint32_t event, uint32_t open);
/* It was not: nothing has happened. */
void workshop_refused(struct workshop *w, enum remark remark);
/* Time has gone on; true where something is to be drawn anew. */
bool workshop_tick(struct workshop *w, long long now);
/* Milliseconds until that may be; -1: never. */
int workshop_wait(const struct workshop *w, long long now);

/* ---- out ---- */

/* What WANT_STEP wants.  Texts live in A and in the story. */
void workshop_input(const struct workshop *w, struct arena *a, struct client_input *in);
/* The number of the round that votes are, or were last, taken in; 0: none. */
uint32_t workshop_round(const struct workshop *w);
/* Words of letter I (from 0) of what is voted on; empty for a place left out. */
struct both workshop_option(const struct workshop *w, uint32_t i);
struct both workshop_option_manner(const struct workshop *w, uint32_t i);
/* People to vote: those counted, else the phones that joined; 0: nobody knows. */
uint32_t workshop_here(const struct workshop *w);
/* The beat of a number + 1; NULL for 0. */
const struct beat *workshop_beat(const struct workshop *w, uint32_t number);
/* Milliseconds left of the timer; -1: none runs and none is stopped. */
long long workshop_timer(const struct workshop *w);
/* The plan anew, from where the room stands. */
void workshop_plan(struct workshop *w);

#endif

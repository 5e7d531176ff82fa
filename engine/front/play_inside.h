/* play_inside.h -- what the files of a play share: play.c (beginning and end), play_screen.c (what the engine says),
 * play_input.c (what the trainee says), play_forms.c (own words and messages).  Nobody else includes it. */
#ifndef FRONT_PLAY_INSIDE_H
#define FRONT_PLAY_INSIDE_H

#include "front/loop.h"
#include "front/opening.h"
#include "front/phrase.h"
#include "front/play.h"
#include "front/recording.h"
#include "front/typing.h"
#include "front/view.h"
#include "report/page.h"

enum { OFFERS_MOST = 26 };

/* One option now on the screen. */
struct offer {
    struct text id, words, manner, hint;
};

/* One place of a message; parts[first] … parts[first + n - 1] may stand there. */
struct own_slot {
    uint32_t first, n;
    uint32_t taken; /* number of the part among them, from 1; 0: none */
    bool may_be_empty;
};

struct own_part {
    struct text id, words;
};

/* Where somebody was asked; TURNS: decisions up to there, this one included. */
struct road_step {
    uint32_t event, turns;
};

/* A line the trainee wrote for themselves. */
struct own_note {
    uint32_t turn;
    struct text words;
};

/* An answer to one of the scenario's own questions: the number of a step or choice, or a line. */
struct own_answer {
    struct text item;
    enum wire_survey_when when;
    struct text value;
};

/* What a line is asked for outside the conversation, in this order; only on a terminal. */
enum asking { ASKING_NONE, ASKING_BEFORE, ASKING_PLUS, ASKING_DELTA, ASKING_SENTENCE, ASKING_WHERE,
              ASKING_AFTER };

/* Why nothing new is shown: a step, or what was written at the end, could not be kept. */
enum held { HELD_NOT, HELD_STEP, HELD_CLOSE };

struct play {
    const struct play_config *config;
    struct screen screen;
    struct typing typing;
    struct loop loop;
    struct opening opening;
    struct client *client; /* the opening's */
    struct client_fault fault; /* of the last language that was not to be had */
    struct client_session *session;
    struct client_info info;
    struct text lang;             /* the scenario's, as a tag it has */
    const struct info_role *role; /* the trainee's, in the present language */
    uint32_t restarts;            /* of the engine, that were told */

    struct arena kept;            /* notes, road, language: alive to the end */
    struct arena turn;            /* what the open decision shows */
    struct arena scratch;         /* one call's texts */
    struct offer offers[OFFERS_MOST];
    uint32_t n_offers;
    struct text prompt, hint;
    enum wire_form form;          /* of the open decision */
    enum wire_groups groups;      /* a discussion */
    uint32_t seconds;
    bool reading;                 /* a listening check waits until the lines above were read */
    bool writing;                 /* own words are awaited: the options are not shown yet */
    uint32_t n_choices;           /* decisions met so far that offer replies */
    uint32_t last_asked;          /* the latest event that offered */
    bool wrote;                   /* they stand; whoever wrote them says which option they are */
    uint32_t n_proposed;          /* offers[0] …: what they may be */
    struct text otherwise;        /* the option for own words that are none of the others; may be empty */
    uint32_t words;               /* about how many are wanted; 0: as many as it takes */
    struct text to;               /* a message: the name of who is spoken to; may be empty */
    struct own_slot *slots;
    struct own_part *parts;
    uint32_t n_slots, cap_slots, n_parts, cap_parts;
    uint32_t slot;                /* asked for now; n_slots: the message stands whole */
    bool silence;                 /* the open decision has a no-answer, for when `seconds` are over */
    bool warned;                  /* that they soon will be */
    struct recording recording;
    long long asked;              /* when the options stood on the screen */
    struct road_step *road;       /* where somebody was asked, of the road now travelled */
    uint32_t n_road, cap_road;
    uint32_t length;              /* about so many decisions; 0: not known */
    bool *met;                    /* by role of info: has spoken */
    uint32_t speaker;             /* who spoke last, as index of info + 1; 0: something else stands between */

    struct showed showed;         /* of the last answer, for :why */
    struct arena last;            /* it lives here */

    struct own_note *notes;
    uint32_t n_notes, cap_notes;
    long long began, interrupted;
    bool untranslated;            /* the program's words are in another language than the scenario */
    struct page page;             /* filled once the conversation came to its end */
    bool ended;                   /* it did, and the page is there */
    enum asking asking;
    uint32_t survey_item;         /* of info, asked now */
    enum wire_survey_when survey_when;
    struct own_answer *answers;
    uint32_t n_answers, cap_answers;
    struct replay *replay;        /* NULL: it is played */
    enum held held;
    uint32_t held_from;           /* the first event that was not shown */
    bool over;
    enum play_end end;
    int signal;
};

/* play_screen.c */
void play_show(struct play *p, const struct client_answer *answer);
/* The same without the open decision. */
void play_outputs(struct play *p, const struct client_output *v, uint32_t n);
/* The open decision once more. */
void play_show_options(struct play *p);
/* Decisions so far; which one is open, 0: what is open is none; and of how many, about, 0: unknown. */
uint32_t play_turns(const struct play *p);
unsigned play_turn(const struct play *p);
unsigned play_of(const struct play *p);
/* One of the options. */
void play_show_offer(struct play *p, uint32_t i);
void play_lesson(struct play *p, const struct info_lesson *l);
void play_notice(struct play *p, const char *words);
void play_notice_fill(struct play *p, const char *form, struct text a1, struct text a2);
/* Says what became of a call that did not go well; false where the play cannot go on. */
bool play_trouble(struct play *p, enum client_end end, const struct client_fault *fault);

/* play_input.c */
void play_line(struct play *p, struct text line);
void play_step(struct play *p, const struct client_input *in);
/* A step that was taken and kept: what it shows, and what follows. */
void play_after(struct play *p, const struct client_answer *answer);
/* The open decision, or what comes behind the end. */
void play_goes_on(struct play *p);
/* The time to answer is over. */
void play_silence(struct play *p);
/* Milliseconds until something must be said about the time; -1: never. */
int play_time_left(const struct play *p);
/* That something. */
void play_time(struct play *p);
/* Says answer number N, from 1. */
void play_choose(struct play *p, unsigned n);
/* Milliseconds since the decision stood on the screen. */
uint32_t play_time_taken(const struct play *p);
void play_offer_words(void *self, struct text before, void (*add)(void *list, const char *word), void *list);

/* play_forms.c: each keeps, or shows, what the engine said. */
void play_form_ask(struct play *p, const struct client_output *o);
void play_wrote(struct play *p, const struct client_output *o);
void play_proposed(struct play *p, const struct client_output *o);
void play_slot(struct play *p, const struct client_output *o);
void play_part(struct play *p, const struct client_output *o);
/* The open decision, where it is of these forms; false where it is not. */
bool play_show_form(struct play *p);
/* A line that is no command, NUMBER where it is one, else -1; false where the open decision is of another form. */
bool play_form_line(struct play *p, struct text own, int number);
/* Begins an unfinished message again; false where there is none. */
bool play_start_over(struct play *p);
/* The highest number that can be typed now. */
uint32_t play_form_numbers(const struct play *p);

/* play.c */
void play_leave(struct play *p, enum play_end end);
/* Leaves before the end, and says where that was. */
void play_quit(struct play *p);
/* Everything in language TAG from here on, the program's words too; false where the scenario has none that serves. */
bool play_set_lang(struct play *p, struct text tag);

/* play_keep.c: records.  What is not kept is told there, and what was kept when leaving. */
bool play_keep_open(struct play *p, struct text origin);
void play_keep_close(struct play *p);
void play_keep_about(struct play *p);
struct text play_keep_why(const struct play *p, struct arena *a);
/* False where ANSWER's events, shown from event FROM on, are not on the disk: then the play is held. */
bool play_kept(struct play *p, const struct client_answer *answer, uint32_t from);
/* A line typed while p->held. */
void play_keep_line(struct play *p, struct text own);
/* All that was written is on the disk; else the play is held, and play_finish comes again. */
bool play_keep_settled(struct play *p);
void play_say_stopped(struct play *p);
void play_keep_words(struct play *p, enum kept_word_kind kind, struct text words);
void play_keep_answer(struct play *p, const struct own_answer *answer, const struct info_survey *item);
void play_keep_grade(struct play *p);
void play_keep_draft(struct play *p);
void play_keep_settings(struct play *p);

/* play_resume.c: goes on with a kept session; and what was written about it, for the page. */
bool play_resume(struct play *p);
void play_resume_words(struct play *p);
void play_resume_answers(struct play *p);
/* Which line of one's own is the first that was not written; ASKING_NONE: none. */
enum asking play_resume_asking(const struct play *p);

/* play_replay.c: a step, of the engine or of what was kept; a kept conversation shown again; and time to read. */
enum client_end play_take(struct play *p, const struct client_input *in, struct client_answer *answer,
                          struct client_fault *fault);
void play_replay(struct play *p);
void play_pace(struct play *p);
void play_replay_done(struct play *p);

/* play_closing.c: what comes after an ending. */
void play_closing(struct play *p);
/* It is over, once all is kept. */
void play_finish(struct play *p);
/* The look back alone, where the conversation cannot go on. */
bool play_look_back(struct play *p);
/* The questions afterwards are answered. */
void play_survey_closed(struct play *p);

/* play_survey.c: the scenario's questions of WHEN; false where it has none, or nobody types. */
bool play_survey_open(struct play *p, enum wire_survey_when when);
void play_survey_line(struct play *p, struct text own);
/* What was answered, for the page. */
void play_survey_take(struct play *p);

/* play_reach.c: false where it is not known, or would take too long. */
bool play_reach(struct play *p, struct client_reach *out);
/* A line typed while it is asked for the trainee's own words. */
void play_closing_line(struct play *p, struct text own);
/* The page, where one was asked for, and what became of it. */
void play_write_page(struct play *p);

#endif

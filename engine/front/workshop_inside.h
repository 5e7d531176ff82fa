/* workshop_inside.h -- what the files of the workshop's state machine share: workshop_state.c (beginning, time, what is
 * asked of it), workshop_road.c (along the story), workshop_poll.c (votes), workshop_fields.c (lines that are typed),
 * workshop_keys.c (keys).  Nobody else includes it. */
#ifndef FRONT_WORKSHOP_INSIDE_H
#define FRONT_WORKSHOP_INSIDE_H

#include "front/workshop_state.h"

/* ---- workshop_state.c ---- */

/* Takes the last step back: with a step to be done where the engine has gone on meanwhile, else at once (step STEP_NONE).
 * False where there is nothing that can be taken back. */
bool workshop_undo_begin(struct workshop *w);

/* ---- workshop_road.c ---- */

/* On to the next thing a room sees, wherever that leads. */
void road_advance(struct workshop *w);
/* Past everything up to the next decision, or the end. */
void road_skip(struct workshop *w);
/* The first lesson to show before it begins, among those that no scene opens; n_lessons: none. */
uint32_t road_lesson(const struct about *a);
/* The list of decisions, opened from where the room stands. */
void road_list(struct workshop *w);
/* Wants to go back to decision NUMBER of the road, from 1; false where there is none. */
bool road_back(struct workshop *w, uint32_t number);
/* Takes the option that the open decision was answered with the last time; false where it never was, or is not offered. */
bool road_as_before(struct workshop *w);
/* What the answer to the open decision was, once the engine has taken it. */
void road_answered(struct workshop *w, uint32_t first, uint32_t event);

/* ---- workshop_poll.c ---- */

/* Begins to vote on what the state names; a further round where there was one. */
void poll_open(struct workshop *w);
/* The next place of a message, or the whole. */
void poll_slot(struct workshop *w);
/* Takes no more votes. */
void poll_close(struct workshop *w);
/* What the votes say: takes the one that leads alone, else asks the facilitator. */
enum want poll_settle(struct workshop *w);
/* Takes LETTER (from 1), whatever the votes say. */
enum want poll_take(struct workshop *w, uint32_t letter);
/* Votes given in the round that counts. */
uint32_t poll_answered(const struct workshop *w);
/* Reads the line of FIELD_HANDS; false where it stays open, with a remark. */
bool poll_hands(struct workshop *w);

/* ---- workshop_fields.c ---- */

/* Opens FIELD, empty; DESK: where the room does not look. */
void field_open(struct workshop *w, enum field field, bool desk);
/* A key while a field is open. */
enum want field_typed(struct workshop *w, uint32_t press);

/* ---- workshop_keys.c ---- */

/* Shows lesson number WHICH (from 0); on from there leads to FROM. */
enum want workshop_lesson(struct workshop *w, uint32_t which, enum stage_of_workshop from);
/* Stays where it is, with REMARK. */
enum want workshop_stay(struct workshop *w, enum remark remark);

#endif

/* wall_inside.h -- what the files of the wall share: wall.c (frame, field, what covers it), wall_open.c (before the
 * conversation), wall_play.c (the conversation and its votes), wall_back.c (from the ending on).  Nobody else includes it. */
#ifndef FRONT_WALL_INSIDE_H
#define FRONT_WALL_INSIDE_H

#include "front/wall.h"

struct wall {
    const struct wall_setting *set;
    const struct workshop *w;
    const struct workshop_state *s;
    struct canvas *c;
    struct arena *a;         /* of this drawing */
    struct flow flow;
};

/* Each fills the flow with what its stage shows. */
void wall_lobby(struct wall *l);
void wall_frame(struct wall *l);
void wall_rules(struct wall *l);
void wall_lesson(struct wall *l);
void wall_brief(struct wall *l);
void wall_story(struct wall *l);
void wall_read(struct wall *l);
void wall_write(struct wall *l);
void wall_vote(struct wall *l);
void wall_talk(struct wall *l);
void wall_choose(struct wall *l);
void wall_whole(struct wall *l);
void wall_reveal(struct wall *l);
void wall_ending(struct wall *l);
void wall_list(struct wall *l);
void wall_roads(struct wall *l);
void wall_debrief(struct wall *l);
void wall_take_home(struct wall *l);
void wall_end(struct wall *l);

/* FORM with one or two texts, in the drawing's memory. */
struct both wall_fill(struct wall *l, const char *form, struct both a1, struct both a2);
/* Which of the lobby's two codes stands there where only one can: 0 or 1. */
unsigned wall_code_turn(const struct wall *l);
/* A list's item. */
void wall_item(struct wall *l, struct both words, enum ink ink);
/* The timer, where one runs or stands, in large figures. */
void wall_timer(struct wall *l);
/* "4:05" */
void wall_time(long long ms, char out[12]);
/* What the road's step STEP was answered with; its own words where it was no sentence. */
struct both wall_said(const struct wall *l, const struct road_step *step);

#endif

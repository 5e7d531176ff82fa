/* workshop_host.h -- what the files that run a workshop share: workshop.c (beginning, loop, end), workshop_steps.c (the
 * engine), workshop_phones.c (phones).  Nobody else includes it. */
#ifndef FRONT_WORKSHOP_HOST_H
#define FRONT_WORKSHOP_HOST_H

#include "front/desk.h"
#include "front/door.h"
#include "front/loop.h"
#include "front/wall.h"
#include "front/workshop.h"
#include "front/workshop_keep.h"
#include "front/workshop_phones.h"

struct host {
    const struct workshop_config *config;
    struct opening_config opening_config;
    struct opening opening;
    struct loop loop;
    struct stage *stage;
    struct canvas canvas;
    struct wall_setting wall;
    struct about about;
    struct story story;
    struct client_outline outlines[2]; /* English, Chinese; empty where it has none */
    struct door *door;         /* for a second terminal; NULL: there is none */
    struct room_phones phones;
    bool phones_asked;         /* a phone pressed the key that switches phones: done once it is answered */
    struct desk_made desk;
    struct buf told;           /* the desk, as it is told */
    struct workshop w;
    struct client_session *session;
    struct text tags[2];       /* of the scenario, English and Chinese; empty where it has none */
    struct text first;         /* the one that the session is played in */
    struct minutes minutes[2]; /* English, Chinese */
    struct workshop_beside beside; /* what is kept beside the state */
    struct buf kept;           /* the state as it was kept last */
    struct held_step {
        uint32_t first, event, open;
        bool held;             /* a step was taken and is not kept yet: it is not shown */
    } held;
    struct arena scratch;
    long long began;           /* loop_now at the workshop's beginning */
    enum theme theme;
    unsigned idle;             /* times that the keyboard was readable and gave no key */
    bool dirty, over;
    int signal;
};

/* The engine's languages of a scenario, what it says of itself, and a session begun. */
enum opening_end host_open_scenario(struct host *h);
/* Does what the state machine wants of the engine, and tells it what came of it. */
void host_step(struct host *h);
/* Keeps the workshop's state where it has changed; false where that failed. */
bool host_keep(struct host *h);
/* A key from the facilitator's own screen or phone, perhaps with words. */
void host_pressed(struct host *h, uint32_t key, struct text line);
/* Milliseconds since 1970 UTC. */
int64_t host_wall_ms(void);
/* Tries once more to keep what was not kept; true where all is, and a step that was held is told. */
bool host_keep_again(struct host *h);
/* The state as it was kept, and the time that has gone by since. */
void host_take_up(struct host *h);
/* The engine ended while nobody had asked it anything: another is started at once. */
void host_engine_gone(struct host *h);
/* Fills the minutes once there is an ending. */
void host_look_back(struct host *h);
void host_done(struct host *h);

#endif

/* workshop_host.h -- what the files that run a workshop share: workshop.c (beginning, loop, end), workshop_steps.c (the
 * engine).  Nobody else includes it. */
#ifndef FRONT_WORKSHOP_HOST_H
#define FRONT_WORKSHOP_HOST_H

#include "front/loop.h"
#include "front/wall.h"
#include "front/workshop.h"

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
    struct client_outline outline;
    struct workshop w;
    struct client_session *session;
    struct text tags[2];       /* of the scenario, English and Chinese; empty where it has none */
    struct text first;         /* the one that the session is played in */
    struct minutes minutes[2]; /* English, Chinese */
    bool looked_back;          /* they are filled, for the ending reached last */
    struct arena scratch;
    long long began;           /* loop_now at the workshop's beginning */
    bool dirty, over;
    int signal;
};

/* The engine's languages of a scenario, what it says of itself, and a session begun. */
enum opening_end host_open_scenario(struct host *h);
/* Does what the state machine wants of the engine, and tells it what came of it. */
void host_step(struct host *h);
/* The engine ended while nobody had asked it anything: another is started at once. */
void host_engine_gone(struct host *h);
/* Fills the minutes once there is an ending. */
void host_look_back(struct host *h);
void host_done(struct host *h);

#endif

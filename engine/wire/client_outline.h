/* client_outline.h -- the whole scenario as it is written, for plans, notes and paper.  For client.h. */
#ifndef WIRE_CLIENT_OUTLINE_H
#define WIRE_CLIENT_OUTLINE_H

#include "base/arena.h"
#include "wire/runs.h"
#include "wire/terms.h"

struct answer_points;
struct answer_move;

struct outline_option {
    struct text id;          /* "decision/option" */
    struct runs text, manner, reaction, reaction_manner, reaction_by, because;
    struct text reaction_who;
    const struct answer_points *points;
    const struct answer_move *moves; /* the main one first */
    uint32_t n_points, n_moves;
    struct text next, when;  /* scene; condition; either may be empty */
    bool no_answer;          /* what follows when nobody answers */
    bool right;              /* of a listening check */
};

struct outline_part {
    struct text id;          /* "decision/slot/part" */
    struct runs text;
    const struct answer_move *moves;
    uint32_t n_moves;
    int worth;               /* 1: a part of feedback; below 0: a flaw */
};

struct outline_slot {
    struct text id;          /* "decision/slot" */
    bool may_be_empty;
    struct outline_part *parts;
    uint32_t n_parts;
};

/* What stands in a scene, in its order. */
struct outline_node {
    enum wire_node kind;
    struct text id;          /* WIRE_NODE_DECISION, WIRE_NODE_LESSON */
    struct text who, when, next; /* next: WIRE_NODE_GOTO: the scene */
    struct runs name, text, manner;
    struct text at;          /* "file:line:col"; may be empty */
    /* WIRE_NODE_DECISION */
    enum wire_form form;
    enum wire_room room;     /* 0: it does not say */
    enum wire_groups groups;
    uint32_t seconds, words;
    struct runs hint;
    struct outline_option *options; /* of a message: its results */
    struct outline_slot *slots;
    struct runs *questions;
    uint32_t n_options, n_slots, n_questions;
};

struct outline_scene {
    struct text id;
    struct runs text;        /* the recap; of an ending: its title */
    enum wire_outcome outcome; /* 0: a scene, else an ending */
    bool part;               /* a piece of a scene that topics cut */
    struct outline_node *nodes;
    uint32_t n_nodes;
};

struct client_outline {
    struct arena arena;      /* everything below lives here */
    struct outline_scene *scenes; /* the first is where it begins */
    uint32_t n_scenes;
};

#endif

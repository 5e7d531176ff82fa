/* about.h -- what a scenario says about itself, in both languages, clean, for a room. */
#ifndef FRONT_ABOUT_H
#define FRONT_ABOUT_H

#include "front/story.h"

struct about_role {
    struct text id;
    struct both name, position, brief;
    bool playable, open; /* open: anybody may read its brief before the first scene */
};

struct about_competency {
    struct text id;
    struct both title;
};

struct about_lesson {
    struct text id, opens; /* opens: the scene it stands before; empty: on request only */
    struct both title;
    struct both *paragraphs;
    uint32_t n_paragraphs;
};

/* Something to try a vote with, which has no right answer. */
struct about_warm_up {
    struct both words;
    struct both *choices;
    uint32_t n_choices;
};

/* An item of the scenario's survey. */
struct about_item {
    struct text id;
    enum wire_survey_kind kind;
    struct both words, low, high;
    struct both *choices;
    uint32_t n_choices, steps;
};

/* Zeroed is valid and empty; about_done frees. */
struct about {
    struct arena arena;
    struct both title, summary, care, case_text;
    struct both *objectives, *questions;
    uint32_t n_objectives, n_questions;
    struct about_role *roles;
    const struct about_role *own;  /* whom the room plays */
    uint32_t n_roles;
    struct about_competency *competencies;
    uint32_t n_competencies;
    struct about_lesson *lessons;
    uint32_t n_lessons;
    struct about_warm_up warm_up;
    struct about_item *after;      /* asked when it is over */
    uint32_t n_after;
    uint32_t minutes;              /* for a room; 0: it does not say */
};

/* Takes INFO in language TAG; the second time in another language.  ROLE is the id of whom the room plays.  False where
 * INFO is not of the same scenario as the first. */
bool about_take(struct about *a, const struct client_info *info, struct text tag, struct text role);
void about_done(struct about *a);

#endif

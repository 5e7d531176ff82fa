/* terms.h -- the words of the protocol that stand for a choice among few, the same at both ends.
 *
 * Each list is an enum here and a row of names in terms.c; 0 is "none of them", so that an unknown word is noticed. */
#ifndef WIRE_TERMS_H
#define WIRE_TERMS_H

#include "base/text.h"

enum { WIRE_PROTOCOL = 1 };

/* What the engine asks the host for. */
enum need_kind {
    NEED_SCENARIO = 1, /* the scenario's own file */
    NEED_LOCAL,        /* local.xml beside it */
    NEED_RUBRIC,       /* <rubric use="…"> */
    NEED_SCRIPT_USE,   /* <script use="…">: a shared one */
    NEED_SCRIPT_SRC,   /* <script src="…">: of the scenario's folder */
    NEED_KINDS
};

/* How the host answers; all but FILE_OK are sent as a code. */
enum file_code { FILE_OK, FILE_MISSING, FILE_OUTSIDE, FILE_NOT_REGULAR, FILE_LARGE, FILE_FAILED, FILE_CODES };

enum wire_input {
    WIRE_BEGIN = 1,
    WIRE_CHOOSE,
    WIRE_NO_ANSWER,
    WIRE_REWIND,
    WIRE_NOTE,
    WIRE_LANGUAGE,
    WIRE_WRITE,
    WIRE_COMPOSE,
    WIRE_INPUTS
};

enum wire_mode { WIRE_PRACTICE = 1, WIRE_CHECK_IN, WIRE_WORKSHOP, WIRE_MODES };

enum wire_phase { WIRE_RUN = 1, WIRE_ASK, WIRE_ENDED, WIRE_STUCK, WIRE_PHASES };

enum wire_outcome { WIRE_AGREED = 1, WIRE_PARTLY, WIRE_OPEN, WIRE_WORSE, WIRE_OUTCOMES };

enum wire_why_stuck { WIRE_NO_OPTION = 1, WIRE_NO_WAY, WIRE_TOO_MANY_MOVES, WIRE_WHY_STUCK };

enum wire_output {
    WIRE_OUT_SCENE = 1,
    WIRE_OUT_LESSON,
    WIRE_OUT_LINE,
    WIRE_OUT_NARRATION,
    WIRE_OUT_NOTE,
    WIRE_OUT_SAID,
    WIRE_OUT_REACTION,
    WIRE_OUT_COMMENT,
    WIRE_OUT_GAUGE,
    WIRE_OUT_ASK,
    WIRE_OUT_OPTION,
    WIRE_OUT_PROBLEM,
    WIRE_OUT_ENDED,
    WIRE_OUT_STUCK,
    WIRE_OUT_REWOUND,
    WIRE_OUT_HINT,
    WIRE_OUT_CHECKED,
    WIRE_OUT_QUESTION,
    WIRE_OUT_SLOT,
    WIRE_OUT_PART,
    WIRE_OUT_WROTE,
    WIRE_OUT_PROPOSED,
    WIRE_OUTPUTS
};

/* What a decision asks for; a reply among several is the form that is not named. */
enum wire_form { WIRE_FORM_CHOICE = 1, WIRE_FORM_RECALL, WIRE_FORM_TOPICS, WIRE_FORM_DISCUSS, WIRE_FORM_ASK,
                 WIRE_FORM_COMPOSE, WIRE_FORMS };
/* How a room plays a decision: two votes with talk between, one vote, or the facilitator picks. */
enum wire_room { WIRE_ROOM_FULL = 1, WIRE_ROOM_QUICK, WIRE_ROOM_TOLD, WIRE_ROOMS };
/* How what was voted on was settled; 0: by the votes. */
enum wire_settled { WIRE_TIE = 1, WIRE_TOLD, WIRE_VETO, WIRE_SETTLEDS };
/* What stands in a scene. */
enum wire_node { WIRE_NODE_LINE = 1, WIRE_NODE_NARRATION, WIRE_NODE_NOTE, WIRE_NODE_LESSON, WIRE_NODE_DECISION, WIRE_NODE_GOTO,
                 WIRE_NODES };
/* In what groups a room talks. */
enum wire_groups { WIRE_ALONE = 1, WIRE_PAIRS, WIRE_THREES, WIRE_TABLES, WIRE_GROUPS };

/* What lay beside an answer: a worse ending, a better one, or another. */
enum wire_turning { WIRE_TURN_GOOD = 1, WIRE_TURN_MISSED, WIRE_TURN_OTHER, WIRE_TURNINGS };

enum wire_study { WIRE_EXACT = 1, WIRE_SAMPLED, WIRE_STOPPED, WIRE_STUDIES };
enum wire_finding {
    WIRE_FIND_STUCK = 1,
    WIRE_FIND_ENDLESS,
    WIRE_FIND_SCRIPT_FAILS,
    WIRE_FIND_OPTION,
    WIRE_FIND_DECISION,
    WIRE_FIND_SCENE,
    WIRE_FIND_ENDING,
    WIRE_FIND_NODE,
    WIRE_FIND_FACT_UNREAD,
    WIRE_FIND_FACT_UNCHANGED,
    WIRE_FIND_NO_ENDING,
    WIRE_FIND_THIN_EVIDENCE,
    WIRE_FIND_REPAIR_PAYS,
    WIRE_FIND_KINDEST_WINS,
    WIRE_FIND_LEVEL_UNATTAINED,
    WIRE_FIND_LEVEL_BY_CHANCE,
    WIRE_FINDINGS
};

/* How much may be said of a competency. */
enum wire_says { WIRE_NOT_ENOUGH = 1, WIRE_IMPRESSION, WIRE_LEVEL, WIRE_SAYS };
/* Whether an option fits a conflict. */
enum wire_apt { WIRE_APT = 1, WIRE_NOT_APT, WIRE_APTS };

/* Whether what was within reach is known, as enum reach_fit. */
enum wire_reach { WIRE_REACH_KNOWN = 1, WIRE_REACH_NO_STUDY, WIRE_REACH_NOT_ENDED, WIRE_REACH_TAKEN_BACK,
                  WIRE_REACH_ELSEWHERE, WIRE_REACHES };

enum wire_survey_when { WIRE_BEFORE = 1, WIRE_AFTER, WIRE_WEEKS, WIRE_SURVEY_WHENS };
enum wire_survey_kind { WIRE_SCALE = 1, WIRE_CHOICE, WIRE_TEXT, WIRE_SURVEY_KINDS };
enum wire_shown { WIRE_SHOWN_NEVER = 1, WIRE_SHOWN_DEBRIEF, WIRE_SHOWN_ALWAYS, WIRE_SHOWNS };

/* A list of words, [0] unused; LAST is the number of the last one. */
struct terms {
    const char *const *v;
    uint32_t last;
};

extern const struct terms need_terms, file_terms, input_terms, mode_terms, phase_terms, outcome_terms, stuck_terms,
    output_terms, study_terms, finding_terms, survey_when_terms, survey_kind_terms, shown_terms, form_terms, room_terms,
    settled_terms, node_terms, group_terms, turning_terms, says_terms, apt_terms, reach_terms;

/* The word for I; I must be one of the list. */
struct text term_word(const struct terms *t, uint32_t i);
/* The number of WORD, 0 where it is not in the list. */
uint32_t term_find(const struct terms *t, struct text word);

#endif

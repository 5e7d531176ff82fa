/* scenario.h -- a scenario as it is played: immutable, flat, every name an id.
 *
 * Everything lives in one arena and is const after scenario_load.  Arrays are indexed from 1; index 0 is "none", so a
 * zeroed field is always valid.  A scene's elements are a run of nodes in playing order, and so is what an option does
 * when it is taken.  Texts are numbers into a table with one column a language. */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/text.h"

typedef struct { uint32_t i; } name_id;     /* an interned identifier */
typedef struct { uint32_t i; } words_id;    /* a translatable text */
typedef struct { uint32_t i; } code_id;     /* a condition or a statement; 0: always true, or nothing to do */
typedef struct { uint32_t i; } role_id;
typedef struct { uint32_t i; } fact_id;
typedef struct { uint32_t i; } scene_id;    /* a scene or an ending: one name space */
typedef struct { uint32_t i; } node_id;
typedef struct { uint32_t i; } decision_id;
typedef struct { uint32_t i; } option_id;
typedef struct { uint32_t i; } comp_id;     /* a competency of the rubric */
typedef struct { uint32_t i; } move_id;     /* a move of the rubric */
typedef struct { uint32_t i; } setting_id;
typedef struct { uint32_t i; } lesson_id;

/* Where something stands in the scenario's own file; its file number is scenario.file. */
struct range {
    uint32_t from, to;
};

/* ---- the rubric ---- */

enum { POINTS_MIN = -2, POINTS_MAX = 2, LEVELS = 5, CIRCUMSTANCES = 5, MODES = 5 };

enum circumstance { CIRC_URGENT, CIRC_MINE, CIRC_THEIRS, CIRC_HEATED, CIRC_LASTING };

struct competency {
    name_id name;
    words_id title, summary;
    words_id anchor[LEVELS + 1];       /* 1..LEVELS */
    uint32_t needs[LEVELS + 1];        /* index into rubric.lists: groups of moves, each ending in 0, the list in 00 */
    uint32_t without[LEVELS + 1];      /* the same, one group */
};

struct move {
    name_id name;                      /* "listen:clarify" */
    comp_id comp;
    int8_t from, to;                   /* usual points; from == to where there is one usual value */
    bool flaw;
    bool mode;                         /* a conflict mode: "mode:…" */
    uint8_t part;                      /* of feedback: 1 situation, 2 behaviour, 3 impact, 4 request, 5 invitation; 0 */
    uint8_t apt, costly;               /* bit sets of enum circumstance, for modes */
    words_id title, summary;
};

struct rubric {
    uint32_t file;
    name_id name;
    struct text version;
    words_id title;
    struct competency *comps;
    struct move *moves;
    uint32_t n_comps, n_moves;
    uint32_t *lists;                   /* move ids of needs and without */
    uint32_t n_lists;
    words_id level_name[LEVELS + 1];
    uint8_t cut[LEVELS + 1];           /* lower bound of choice quality, per cent */
    words_id circ_name[CIRCUMSTANCES], circ_summary[CIRCUMSTANCES];
};

/* ---- people and facts ---- */

enum { FOCUS_MOST = 3 };

/* A competency that is graded in a chair. */
struct focus {
    comp_id comp;
    struct range at;
};

struct role {
    name_id name;
    words_id title, position, brief;
    bool playable;
    bool brief_at_start;               /* reveal="start": anybody may read it before the first scene */
    uint8_t n_focus;                   /* of a playable role: 1 to FOCUS_MOST */
    struct focus focus[FOCUS_MOST];
    struct range at;
};

enum fact_kind { FACT_GAUGE = 1, FACT_FLAG, FACT_COUNTER, FACT_ONE_OF };
enum shown { SHOWN_NEVER, SHOWN_DEBRIEF, SHOWN_ALWAYS };

struct fact {
    name_id name;
    words_id label;
    int32_t from, to, start;           /* flags: 0..1; one-of: index into values, from 0 */
    uint32_t values;                   /* one-of: index of the first name in scenario.values */
    uint8_t kind;                      /* enum fact_kind */
    uint8_t shown;                     /* enum shown */
    struct range at;
};

struct setting {
    name_id name;
    words_id is;
};

struct lesson {
    name_id name;
    words_id title;
    scene_id opens;                    /* shown before this scene; 0: on request only */
    uint32_t first_p, n_p;             /* into scenario.paragraphs */
};

/* ---- the conversation ---- */

enum node_kind {
    NODE_LINE = 1, /* words, manner, role */
    NODE_NARRATION,
    NODE_NOTE,     /* for the facilitator only */
    NODE_LESSON,   /* ref: lesson_id */
    NODE_CHANGE,   /* ref: fact_id; add or set; value */
    NODE_DO,       /* ref: code_id */
    NODE_SCORE,    /* ref: comp_id; value: points; words: the reason */
    NODE_DECISION, /* ref: decision_id */
    NODE_GOTO      /* ref: scene_id */
};

/* The ordinal of a goto that no element says: the way on from a piece of a scene. */
enum { NODE_ONWARD = UINT16_MAX };

struct node {
    uint8_t kind;                      /* enum node_kind */
    bool add;                          /* NODE_CHANGE: add value, else set to it */
    uint16_t ordinal;                  /* among its siblings of the same kind, from 1: part of its name */
    int32_t value;
    uint32_t ref;
    code_id when;
    words_id words, manner;
    role_id who;
    name_id name;                      /* a line's own id, where it has one */
    struct range at;
};

enum room { ROOM_UNSET, ROOM_FULL, ROOM_QUICK, ROOM_TOLD };
enum apt { APT_UNSET, APT_YES, APT_NO };
enum depth { DEPTH_UNSET, DEPTH_SIMPLE, DEPTH_COMPLEX };

enum decision_form {
    FORM_CHOICE,  /* a reply among several */
    FORM_RECALL,  /* what was said before, with the lines hidden */
    FORM_TOPICS,  /* which subject next */
    FORM_DISCUSS, /* everybody thinks and writes: one option, no evidence */
    FORM_ASK,     /* own words first; phrases propose an option, whoever wrote confirms */
    FORM_COMPOSE  /* a message from one part a slot; the options are its results */
};

/* True where an answer is graded: subjects taken from a list and the end of a discussion are not. */
static inline bool form_graded(uint8_t form)
{
    return form != FORM_TOPICS && form != FORM_DISCUSS;
}
/* True where own words may be written before an option is taken.  Among replies they stand beside what was chosen, and
 * decide nothing; FORM_ASK asks for them. */
static inline bool form_written(uint8_t form)
{
    return form == FORM_CHOICE || form == FORM_ASK;
}

struct decision {
    uint8_t form;                      /* enum decision_form */
    name_id name;
    role_id who;
    scene_id scene;
    words_id prompt, hint;
    uint32_t first, n;                 /* options: first … first + n - 1 */
    option_id no_answer;               /* 0 where there is none */
    option_id otherwise;               /* FORM_ASK: own words that fit none; not among first … */
    uint16_t words;                    /* FORM_ASK: about how many are wanted */
    role_id to;                        /* FORM_COMPOSE: who is spoken to */
    uint32_t first_slot, n_slots;      /* FORM_COMPOSE: slots[first_slot] … */
    uint16_t seconds;
    uint8_t groups;                    /* FORM_DISCUSS: 1 alone, 2 pairs, 3 threes, 4 tables */
    uint32_t first_question, n_questions; /* FORM_DISCUSS: into paragraphs */
    words_id report;                   /* FORM_DISCUSS */
    uint8_t room;                      /* enum room */
    bool shuffle;
    uint8_t circ;                      /* bit set: circumstances that always hold */
    code_id circ_when[CIRCUMSTANCES];  /* those that hold on a condition */
    uint32_t mark;                     /* state mark "answered"; 0 where no play can meet it twice */
    struct range at;
};

/* One place of a composed message, and what may stand there: parts[first] … parts[first + n - 1]. */
struct slot {
    name_id name;
    decision_id decision;
    uint32_t first, n;
    bool may_be_empty;
};

struct part {
    name_id name;                      /* unique in its slot */
    uint32_t slot;
    words_id words;
    move_id move;
    comp_id comp;
    int8_t points;                     /* 1 for a part of feedback, -1 for a flaw, by the rubric or as written */
    struct range at;
};

/* Words by which own words are recognised. */
struct phrase {
    struct text folded;                /* NFKC, case folded, words apart: text_fold_apart */
    bool negated;                      /* where it occurs the option is not proposed */
};

struct points {
    comp_id comp;
    int8_t points;
};

struct rating {
    struct text by;
    int8_t points;
};

struct option {
    name_id name;
    decision_id decision;
    scene_id next;                     /* 0: go on in the scene */
    code_id when;
    uint16_t weight;                   /* for the engine's own choice; 1 by default, 0: never */
    bool once;
    bool right;                        /* of a listening check: what was said */
    bool optional;                     /* of a list of topics: the talk may end without it */
    uint8_t apt, depth;                /* enum apt, enum depth */
    words_id says, manner, hint;
    role_id reactor;
    words_id reaction, reaction_manner, because;
    bool has_reaction;                 /* also where the reaction is a manner without words */
    uint32_t first_node, n_nodes;      /* body: narration, score, change, do, in document order */
    uint32_t first_move, n_moves;      /* into scenario.option_moves; the primary move first */
    uint32_t first_points, n_points;   /* into scenario.points: move points and <score>s, summed, held to -2…+2 */
    uint32_t first_rating, n_ratings;
    uint32_t first_phrase, n_phrases;  /* of an option of FORM_ASK */
    int8_t at_least;                   /* a result of FORM_COMPOSE: parts less flaws; INT8_MIN: the last one */
    uint32_t mark;                     /* state mark "taken"; 0 where nobody asks */
    uint32_t times;                    /* … and another, counting how often; 0 where nobody asks that */
    struct range at;
};

enum outcome { OUTCOME_NONE, OUTCOME_AGREED, OUTCOME_PARTLY, OUTCOME_OPEN, OUTCOME_WORSE };

struct scene {
    name_id name;
    words_id recap;                    /* an ending: its title */
    uint8_t outcome;                   /* enum outcome; OUTCOME_NONE: a scene, else an ending */
    bool part;                         /* of a scene that topics cut in pieces: entering it shows no recap */
    uint32_t first_node, n_nodes;
    uint32_t mark;                     /* state mark "seen"; 0 where nobody asks */
    struct range at;
};

/* ---- questions asked before and after ---- */

enum survey_when { SURVEY_BEFORE, SURVEY_AFTER, SURVEY_WEEKS };
enum survey_kind { SURVEY_SCALE = 1, SURVEY_CHOICE, SURVEY_TEXT };

struct survey_item {
    name_id name;
    words_id text, low, high;
    uint8_t kind, steps;               /* enum survey_kind */
    uint8_t when;                      /* enum survey_when */
    uint16_t weeks;
    uint32_t first_choice, n_choices;  /* into scenario.paragraphs */
};

/* ---- conditions and statements ---- */

/* A `when` or a `do`, interned by text and kind.  Where it stays inside the small language of code.h it is run by
 * play/ itself; else `lua` is set and the scorer runs it. */
enum code_kind { CODE_WHEN = 1, CODE_DO };

struct code {
    uint8_t kind;
    bool lua;
    struct text text;
    uint32_t first_op, n_ops;          /* into scenario.ops */
    struct span at;                    /* of the text in the first place it stands */
};

/* A script: `use`, `src` or inline; run once, in order, when the scenario is loaded. */
struct script {
    struct text name;                  /* chunk name as shown to people */
    struct text bytes;
    struct span at;                    /* file and the offset at which BYTES begins (inline: in the XML) */
    bool shared;                       /* named by use= */
};

/* What a text holds in any language, so that play need not search texts that stand for themselves. */
enum words_value { WORDS_FACT = 1, WORDS_SETTING = 2 };

struct language {
    struct text tag;                   /* "en", "zh-CN" */
    struct text *v;                    /* [n_words + 1], len 0 where the translation is missing or fuzzy */
};

struct op; /* code.h */

struct scenario {
    struct arena arena;
    struct sources sources;            /* all files; their bytes live in the arena */
    bool readable;                     /* there is a scenario to look at */
    uint32_t file;                     /* the scenario's own */
    struct limits limits;

    struct text *names;                /* interned identifiers */
    uint32_t n_names;
    struct map name_map;               /* and back */
    uint32_t *places;                  /* [n_names + 1]: what a name means to next and goto, as PLACE below */

    struct text lang;                  /* of the source */
    struct language *languages;        /* [0] is the source language */
    uint32_t n_languages;
    uint32_t n_words;
    struct range *words_at;
    uint32_t *words_file;
    struct text *contexts;             /* [n_words + 1], where the reader asked for them */
    bool plain;                        /* no text holds a fact's value, and no gauge is always shown */
    uint8_t *words_values;             /* [n_words + 1]: bit set of enum words_value; NULL: every text is looked at */

    name_id id;
    struct text version;
    uint8_t digest[32];                /* SHA-256 over all files, by name: docs/format.md */

    words_id title, summary, audience, care, case_text;
    struct text author, licence, case_source;
    words_id *objectives, *tags;
    uint32_t n_objectives, n_tags;
    uint16_t minutes, minutes_room;

    struct rubric rubric;

    struct role *roles;
    struct fact *facts;
    struct setting *settings;
    struct lesson *lessons;
    struct scene *scenes;              /* scenes[1] is the start */
    struct node *nodes;
    struct decision *decisions;
    struct option *options;
    struct survey_item *surveys;
    struct code *codes;
    struct script *scripts;
    uint32_t n_roles, n_facts, n_settings, n_lessons, n_scenes, n_nodes, n_decisions, n_options, n_surveys, n_codes,
        n_scripts;

    name_id *values;                   /* names of one-of values */
    words_id *paragraphs;              /* of lessons; choices of survey items */
    move_id *option_moves;
    struct points *points;
    struct rating *ratings;
    struct op *ops;
    words_id *questions;               /* debrief */
    struct slot *slots;                /* from 1 */
    struct part *parts;                /* from 1 */
    struct phrase *phrases;
    uint32_t n_slots, n_parts, n_phrases;
    uint32_t n_values, n_paragraphs, n_option_moves, n_points, n_ratings, n_ops, n_questions;
    int8_t pass;                       /* pass mark on reach in per cent; -1 where there is none */

    uint32_t n_marks;                  /* the highest mark; marks are counted from 1 */
    uint32_t *move_mark;               /* [n_moves + 1]: state mark counting a move, 0 where nobody asks */
    struct text *script_words;         /* literal reasons of score() in scripts and in `do` */
    words_id *script_words_id;
    uint32_t n_script_words;
};

/* A place by name: a scene or ending, or a decision; 0: neither. */
enum place_kind { PLACE_SCENE, PLACE_DECISION };
static inline uint32_t place_of(enum place_kind kind, uint32_t index)
{
    return (index << 1 | (uint32_t)kind) + 1;
}

/* ---- reading a scenario ---- */

enum file_kind { FILE_SCENARIO = 1, FILE_LOCAL, FILE_RUBRIC, FILE_SCRIPT_USE, FILE_SCRIPT_SRC, FILE_PO };

enum read_answer { READ_OK, READ_NONE, READ_OUTSIDE, READ_NOT_FILE, READ_TOO_LARGE, READ_FAILED };

/* What a reader hands back: the file's name as shown to people and its bytes.  Both are borrowed until the next call. */
struct file_bytes {
    struct text name, bytes; /* name: as people should see it, also of a file that cannot be had */
};

/* One PO entry with its place; all borrowed until the next call. */
struct po_entry {
    struct text ctx, id, str;
    bool fuzzy;
    uint32_t line;                     /* in the PO file; 0 where unknown */
};

/* The host's hands.  The core never opens a file: it asks for one by kind and name (the name of a FILE_PO is its
 * language).  LOCAL is asked for once, with an empty name.  read_po hands over a parsed PO file; NULL: no
 * translations. */
struct reader {
    void *self;
    enum read_answer (*read)(void *self, enum file_kind kind, struct text name, struct file_bytes *out);
    /* READ_FAILED: *N is the line where it cannot be read, 0 where unknown. */
    enum read_answer (*read_po)(void *self, enum file_kind owner, struct text use, struct text lang, struct text *name,
                                const struct po_entry **v, uint32_t *n);
    const struct text *langs;          /* translations that stand beside the scenario */
    uint32_t n_langs;
    bool contexts;                     /* keep what scenario_po_texts needs */
};

/* Reads a scenario and everything it uses.  All that is found wrong is added to ES (in the order found; errs_sort puts
 * it by place).  Never NULL: where nothing could be made of the file, `readable` is false and only `sources` can be
 * used; a scenario with lesser errors can be checked further, but must not be played while ES->errors > 0.  READER may
 * go once this has returned.  The caller frees the scenario. */
struct scenario *scenario_load(const struct reader *reader, const struct limits *limits, struct errs *es);
void scenario_free(struct scenario *s);

/* Everything that needs the whole scenario: reachability, ways out, cycles, rules of writing.  check.c. */
void scenario_check(const struct scenario *s, struct errs *es);

struct text scenario_name(const struct scenario *s, name_id id);
/* The words in language LANG (index into languages), or in the source language where they are missing; *ORIGINAL
 * tells which.  May hold the marks of mark.h. */
struct text scenario_words(const struct scenario *s, uint32_t lang, words_id id, bool *original);
/* Index of the language that serves TAG best (exact, then primary subtag), or -1. */
int scenario_language(const struct scenario *s, struct text tag);
/* Fills words_values and plain; once, by the loader, when the words of all languages are there. */
void scenario_words_values(struct scenario *s);
/* The bits of enum words_value for ID. */
uint8_t scenario_words_hold(const struct scenario *s, words_id id);
struct span scenario_span(const struct scenario *s, struct range r);

/* Finders, by name; 0 where there is none. */
name_id scenario_name_find(const struct scenario *s, struct text name);
scene_id scenario_scene(const struct scenario *s, struct text name);
decision_id scenario_decision(const struct scenario *s, struct text name);
/* "decision/option", or an option's bare name where it is unique. */
option_id scenario_option(const struct scenario *s, struct text name);
fact_id scenario_fact(const struct scenario *s, struct text name);
role_id scenario_role(const struct scenario *s, struct text name);
comp_id scenario_comp(const struct scenario *s, struct text name);
move_id scenario_move(const struct scenario *s, struct text name);

/* Whether whoever plays ROLE has to decide so often that somebody may expect a level of it: else it is a sketch. */
enum { EXERCISE_DECISIONS = 8 };
bool scenario_is_exercise(const struct scenario *s, role_id role);
/* Whether C is graded for whoever plays ROLE. */
bool scenario_grades(const struct scenario *s, role_id role, comp_id c);

/* A node's name, "opening/line.2" or "first-reply/policy/narration.1", written to OUT; and back. */
void scenario_node_name(const struct scenario *s, node_id n, struct buf *out);
node_id scenario_node(const struct scenario *s, struct text name);
/* The scene whose run of nodes holds N; 0 for a node of an option's body (see scenario_node_option). */
scene_id scenario_node_scene(const struct scenario *s, node_id n);
option_id scenario_node_option(const struct scenario *s, node_id n);

/* Every translatable text of the scenario itself with its PO context, in document order, for `rehearse po`; none where
 * the reader did not ask for contexts. */
struct po_text {
    struct text ctx, words; /* words in the written form of mark.h */
    struct span at;
};
struct po_text *scenario_po_texts(const struct scenario *s, struct arena *a, uint32_t *n);

#endif

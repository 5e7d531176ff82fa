/* build.h -- what the loader's files share: a scenario while it is being made.
 *
 * The order: read (load.c) -> structure by the table (structure.c) -> declare every id (declare.c) -> fill in the model
 * (fill_world.c, fill_scenes.c, rubric.c) -> conditions and scripts (code_resolve.h) -> translations (translate.c).
 * Private to scenario/. */
#ifndef SCENARIO_BUILD_H
#define SCENARIO_BUILD_H

#include "base/digest.h"
#include "base/map.h"
#include "scenario/scenario.h"
#include "scenario/table.h"
#include "scenario/xml.h"

/* One XML document with the table's verdict on each of its elements. */
struct doc {
    struct xml xml;
    uint8_t *kind; /* enum element of each; EL_NONE where it is unknown, and then so is all inside it */
    bool whole;    /* well-formed to its end */
};

/* Where a text came from: enough to find its PO context. */
struct words_origin {
    uint32_t element;
    const char *attr; /* NULL: the element's text */
    bool rubric;
};

struct digest_part {
    struct text name;            /* "script-src score.lua" */
    uint8_t digest[DIGEST_BYTES];
};

/* What a scene of the model is made from: children of one element, from FROM to before UNTIL (0: to the end), and then on
 * to scene THEN (0: nowhere by itself).  A scene without topics is one stretch; topics cut it in several (topics.c). */
struct stretch {
    uint32_t from, until;
    uint32_t then;
    uint32_t menu; /* the <topics> whose decision is all of this scene; 0: none */
};

struct builder {
    struct scenario *s;
    const struct reader *reader;
    struct errs *es;
    struct doc doc, rubric_doc, local_doc;
    struct map places;           /* scenes, endings, decisions -> place_of */
    struct map roles, facts, settings, lessons, comps, moves, codes_when, codes_do, reasons;
    struct words_origin *origins;/* [n_words + 1] */
    uint32_t *id_of;             /* element -> number of the role, fact, scene, decision, option it declares */
    uint32_t cap_words, cap_codes, cap_names, cap_languages, cap_scripts, cap_lists;
    struct stretch *stretches;   /* [n_scenes + 1] */
    uint32_t cap_stretches;
    uint32_t scene;              /* being filled */
    uint32_t n_scripts;          /* script elements, whether they could be read or not */
    struct sources *sources;     /* the scenario's */
    struct digest_part *parts;   /* every file used */
    uint32_t n_parts, cap_parts;
};

/* structure.c: gives every element its row and reports all that breaks the table.  PARTIAL documents are only looked
 * through for unknown names. */
void structure_check(struct builder *b, struct doc *d);
bool value_is_id(struct text t);
/* A path that can name a file of the scenario's own folder. */
bool value_is_path(struct text t);

/* declare.c: counts, makes the arrays, gives every id its number, reports duplicates. */
void declare_all(struct builder *b);

/* topics.c: the pieces of scene E, which has number SCENE, and of what topics it holds; then their decision. */
void topics_stretch(struct builder *b, uint32_t e, uint32_t scene);
void topics_declare(struct builder *b, uint32_t e);
void topics_fill(struct builder *b, uint32_t e);
/* The scene that a `leave` inside E goes back to; 0 where E stands in no topic. */
uint32_t topics_menu(const struct builder *b, uint32_t e);
/* A scene or option that no element declares alone: "agenda.menu". */
uint32_t declare_part(struct builder *b, struct text name, struct range at);
uint32_t declare_decision_at(struct builder *b, uint32_t e, enum decision_form form);
uint32_t declare_option_at(struct builder *b, uint32_t decision, struct text name, struct range at);

/* focus.c: what is graded in which chair; the roles must be filled in. */
void focus_fill(struct builder *b);

/* fill_*.c, rubric.c */
void fill_world(struct builder *b);
void fill_scenes(struct builder *b);
void fill_decisions(struct builder *b);
/* The nodes among E's children, in order; FIRST and N of the run.  E may be 0. */
void build_nodes(struct builder *b, uint32_t e, uint32_t *first, uint32_t *n);
/* What an attribute names; 0 after a report, or where it is not written. */
scene_id build_scene_ref(struct builder *b, uint32_t e, const char *attr);
role_id build_role_ref(struct builder *b, uint32_t e, const char *attr);
move_id build_move_ref(struct builder *b, uint32_t e, const char *attr);
comp_id build_comp_ref(struct builder *b, uint32_t e); /* competency= */
/* Loads the shared rubric called NAME; element E of the scenario names it. */
void rubric_load(struct builder *b, struct text name, uint32_t e);

/* Reads a further file and keeps its bytes with the scenario; FILE: its number.  False after a report at AT. */
bool build_read(struct builder *b, enum file_kind kind, struct text name, struct span at, uint32_t *file);
/* What to say of a file that was not handed over; USE: of a shared one. */
enum msg read_message(enum read_answer answer, bool use);
/* Takes a file into the scenario's digest, under a name that is the same on every machine. */
void digest_file(struct builder *b, enum file_kind kind, struct text name, struct text bytes);

/* translate.c */
void translate_all(struct builder *b);
void words_context(const struct builder *b, words_id w, struct buf *out);
/* Keeps every text's context with the scenario, for scenario_po_texts. */
void contexts_keep(struct builder *b);

/* marks.c: a mark for each decision that may be met twice, and for each option that is offered once. */
void marks_give(struct scenario *s);

/* build.c: pieces of the model. */
name_id build_name(struct builder *b, struct text name);
/* The element's text, white space collapsed and marks put in; 0 where it has none. */
words_id build_words(struct builder *b, const struct doc *d, uint32_t e);
/* A text that no element holds: a reason in a script. */
words_id build_script_words(struct builder *b, struct text t, struct span at);
/* An attribute's words; 0 where it is not written. */
words_id build_attr_words(struct builder *b, const struct doc *d, uint32_t e, const char *attr);
struct text build_plain(struct builder *b, const struct doc *d, uint32_t e); /* CONTENT_PLAIN */
struct text build_script(struct builder *b, const struct doc *d, uint32_t e, struct xml_range *at);
code_id build_code(struct builder *b, enum code_kind kind, struct text text, struct xml_range at);
code_id build_when(struct builder *b, uint32_t e, const char *attr);
/* Appends the text of element E with its marks to OUT, white space collapsed. */
void build_text(struct builder *b, const struct doc *d, uint32_t e, struct buf *out);
/* White space collapsed: a run becomes one blank, or nothing where a line was broken between two Chinese characters. */
void words_collapse(struct text in, struct buf *out);
/* "<em>" and the like of a PO file become marks.  False where a mark is unknown or not closed. */
bool words_parse(const struct builder *b, struct text written, struct buf *out);
/* A fact or setting for <value of="…"/>, as OP of mark.h: true where found. */
bool build_value_ref(const struct builder *b, struct text name, bool *fact, uint32_t *ref);

/* Reading elements and attributes. */
const struct xml_attr *attr_find(const struct doc *d, uint32_t e, const char *name);
struct text attr_text(const struct doc *d, uint32_t e, const char *name); /* empty where it is not written */
bool attr_is(const struct doc *d, uint32_t e, const char *name, const char *value);
int32_t attr_number(const struct doc *d, uint32_t e, const char *name, int32_t otherwise);
/* The first child of E of that kind, and the next sibling of the same kind; 0 where there is none. */
uint32_t child_of(const struct doc *d, uint32_t e, enum element kind);
uint32_t next_of(const struct doc *d, uint32_t e);
struct span element_span(const struct doc *d, uint32_t e);
struct span attr_span(const struct doc *d, uint32_t e, const char *name);
struct range element_range(const struct doc *d, uint32_t e);
/* Reports an unknown name with the nearest of the keys of MAP that start with PREFIX (NULL: any). */
void report_unknown(struct builder *b, enum msg code, struct span at, struct text name, const struct map *known);
/* Which of the blank-separated words of VALUES it is, from 0; -1 for none. */
int word_index(const char *values, struct text word);

#endif

/* files.h -- the host's hands: the only place where a scenario's files are opened.
 *
 * The engine asks by kind and name; what may be opened is decided here, from the outside of the jail.  Everything of
 * the scenario lies in its own folder and is opened segment by segment without following links; only regular files of
 * bounded size are read.  What is shared (rubrics, scripts) is looked for in the scenario's folder first, then in the
 * library: REHEARSE_LIBRARY, or the tree around the running program, then $(datadir)/rehearse.
 *
 *     FOLDER/scenario.xml  en.po  local.xml  score.lua      a scenario
 *     FOLDER/sketch.xml    sketch.en.po  sketch.local.xml   another in the same folder
 *     FOLDER/rubrics/internal-service.xml  internal-service.en.po
 *     FOLDER/scripts/listening.lua
 */
#ifndef WIRE_FILES_H
#define WIRE_FILES_H

#include "base/arena.h"
#include "wire/terms.h"

/* What the engine wants: a file, or the parsed translations (PO) that stand beside one. */
struct need {
    bool po;
    enum need_kind kind; /* with po: NEED_SCENARIO or NEED_RUBRIC, the file they translate */
    struct text name;    /* of a rubric or script; empty for the scenario and local.xml */
    struct text lang;    /* with po */
};

/* One entry of a PO file. */
struct po_pair {
    struct text ctx, id, str;
    bool fuzzy;
    uint32_t line;
};

/* The answer: NAME as shown to people, and what was asked for.  Borrowed until the next need. */
struct file_answer {
    enum file_code code;
    struct text name;
    struct text bytes;
    const struct po_pair *pairs;
    uint32_t n_pairs;
    uint32_t bad_line; /* FILE_FAILED: where the PO file cannot be read; 0: unknown */
};

/* A need and how it was answered, as it went over the pipe: the answer's line, and the bytes behind it.  A scenario
 * that was loaded once can be loaded again from these alone. */
struct handed {
    struct need need;
    struct text line, bytes;
};

/* Collects the entries of a PO file. */
struct po_pairs {
    struct arena arena;
    struct po_pair *v;
    uint32_t n, cap;
    uint32_t bad_line; /* set where it cannot be read */
};
/* Texts are copied. */
void po_pairs_add(struct po_pairs *ps, const struct po_pair *pair);

/* Reads the PO text BYTES of the file shown as NAME into OUT; false where it cannot be read as PO. */
typedef bool po_parse_fn(void *self, struct text name, struct text bytes, struct po_pairs *out);

struct files;

struct files_config {
    po_parse_fn *po_parse; /* NULL: no translations */
    void *self;
    uint32_t file_bytes;   /* most for one file; 0: 4 MiB */
};

/* Finds the scenario called WHAT: its folder, its XML file, or a bare name looked up in ./scenarios and the library's.
 * NULL, with *CODE, where there is none. */
struct files *files_open(const char *what, const struct files_config *config, enum file_code *code);
void files_close(struct files *f);

/* Languages of the translations that stand beside the scenario, sorted. */
const struct text *files_langs(const struct files *f, uint32_t *n);
/* The scenario's folder and its own file, as shown to people; NUL-terminated. */
const char *files_folder(const struct files *f);
const char *files_scenario(const struct files *f);
/* Bytes of the scenario's own file that may be read; 0 where it cannot be asked for. */
size_t files_size(const struct files *f);

/* Answers one need.  Total number and size of files are bounded from one NEED_SCENARIO to the next. */
void files_answer(struct files *f, const struct need *need, struct file_answer *out);

#endif

/* import_inside.h -- what the files of the import share.  Nobody else includes it. */
#ifndef RECORD_IMPORT_INSIDE_H
#define RECORD_IMPORT_INSIDE_H

#include "record/import.h"
#include "record/portable_read.h"

struct import_version {
    struct kept_version kept;        /* id: in the store, once written */
    struct kept_title *titles;
    uint32_t n_titles;
    struct handed *files;
    uint32_t n_files, cap_files;
    uint64_t line;
};

struct import_trainee {
    struct kept_trainee kept;
    uint64_t line;
};

/* A line of the file: an event's canonical bytes, or what stands beside the events as it was written. */
struct import_line {
    int64_t at;
    struct text text;
    uint64_t line;
};

struct import_lines {
    struct import_line *v;
    uint32_t n, cap;
};

struct import_session {
    struct kept_session kept;
    bool counted;                    /* how many plays came before is known */
    uint32_t version;                /* index */
    uint32_t trainee;                /* index + 1; 0: a room's */
    uint64_t line;
    struct import_lines events, beside;
    enum wire_phase phase;           /* below: found by the engine */
    uint32_t turn;
    struct store_grades grades;
};

struct import {
    struct arena arena;
    struct import_version *versions;
    struct import_trainee *trainees;
    struct import_session *sessions;
    uint32_t n_versions, cap_versions, n_trainees, cap_trainees, n_sessions, cap_sessions;
    bool ends, ended;
};

static inline bool import_fails(struct import_fault *f, uint64_t line, const char *form, struct text a1, struct text a2)
{
    f->line = line;
    f->form = form;
    f->args[0] = a1;
    f->args[1] = a2;
    return false;
}

#endif

/* client_inside.h -- what the files of the client share.  Nobody else includes it. */
#ifndef WIRE_CLIENT_INSIDE_H
#define WIRE_CLIENT_INSIDE_H

#include "base/json.h"
#include "wire/client.h"
#include "wire/client_process.h"

enum {
    DEADLINE_MS = 2000,
    HELLO_MS = 10000,         /* nothing foreign is at work yet; the machine may be busy */
    ANSWER_BYTES = 24 << 20,  /* most for one answer, lines and bytes */
    ANSWER_PARTS = 200000,
    LOAD_PARTS = 5000,        /* problems and needs of one load */
    ENGINE_MIB = 128,
    NAME_BYTES = 256,         /* ids and paths of the protocol */
    WORDS_BYTES = LINE_MAX_BYTES
};

/* ---- reading an answer: client_read.c ---- */

/* Reads fields; BAD once one of them was not what the protocol says.  What is missing or wrong is read as nothing. */
struct reading {
    struct arena *a;
    bool bad;
};

enum need_field { MAY_MISS, MUST_BE };

struct text read_text(struct reading *r, const struct json_value *v, const char *name, enum need_field need);
/* The same, of at most NAME_BYTES. */
struct text read_name(struct reading *r, const struct json_value *v, const char *name, enum need_field need);
int64_t read_int(struct reading *r, const struct json_value *v, const char *name, enum need_field need, int64_t lo,
                 int64_t hi);
uint32_t read_count(struct reading *r, const struct json_value *v, const char *name, enum need_field need);
bool read_bool(struct reading *r, const struct json_value *v, const char *name);
uint32_t read_term(struct reading *r, const struct json_value *v, const char *name, enum need_field need,
                   const struct terms *terms);
struct runs read_runs(struct reading *r, const struct json_value *v, const char *name);
const struct runs *read_runs_list(struct reading *r, const struct json_value *v, const char *name, uint32_t *n);
const struct text *read_names(struct reading *r, const struct json_value *v, const char *name, uint32_t *n);
const struct answer_points *read_points(struct reading *r, const struct json_value *v, const char *name, uint32_t *n);
const struct answer_move *read_moves(struct reading *r, const struct json_value *v, const char *name, uint32_t *n);
/* A diagnostic whose code stands under KEY. */
struct message read_problem(struct reading *r, const struct json_value *v, const char *key);

/* Room for one more element of SIZE bytes behind N of them in arena A; returns the (moved) array. */
void *list_room(struct arena *a, void *v, uint32_t n, size_t size);

/* ---- one request ---- */

struct call;
/* Reads one part line; a part that does not fit sets r->bad. */
typedef void part_fn(struct call *call, struct reading *r, const struct json_value *v);

struct call {
    struct text line, bytes;  /* the request; `"bytes"` stands in the line already */
    part_fn *part;            /* NULL: the answer has no parts */
    void *out;
    struct arena *arena;      /* for the answer; NULL: the client's */
    int64_t deadline;         /* milliseconds; 0: the client's */
    uint32_t parts;           /* most lines; 0: ANSWER_PARTS */
    bool serves_files;        /* needs may be asked */
    bool replays;             /* they are answered from what was kept */
    struct text place;        /* of what is asked for, should the engine die */
    /* The answer. */
    const struct json_value *done;
    struct text bytes_back;
};

/* An engine died in the middle of an answer: that costs no time and may be an accident, so whoever asked asks once more. */
static inline bool client_died(enum client_end end, const struct client_fault *fault)
{
    return end == CLIENT_STOPPED && fault->why == WHY_DIED;
}

struct client {
    struct client_config config;
    struct process process;
    struct lines lines;
    bool speaks;               /* the engine has said hello */
    char jail[16];
    uint32_t starts;
    struct arena answer, scratch;
    struct buf line, bytes, fault_place;

    struct arena loaded;       /* of the load that is in force */
    struct text load_line;
    bool is_loaded;
    struct client_scenario scenario;
    struct handed *files;
    uint32_t n_files;
    struct text scenario_file; /* as shown to people */

    struct client_session *sessions;
    struct client_output *outputs;
    uint32_t n_outputs, cap_outputs;
};

/* An object begun in c->line; request_end gives the line. */
struct json_out request_open(struct client *c, const char *what);
struct text request_end(struct client *c, struct json_out *o);

/* Sends and reads on the engine that runs; no other is started.  CLIENT_OK with call->done and bytes_back. */
enum client_end client_talk(struct client *c, struct call *call, struct client_fault *fault);
/* The same, on a new engine where none runs.  Ends the engine on anything but CLIENT_OK and CLIENT_REFUSED. */
enum client_end client_call(struct client *c, struct call *call, struct client_fault *fault);
/* Says that an answer which came whole was nonsense after all. */
enum client_end client_nonsense(struct client *c, const struct call *call, struct client_fault *fault);

/* client_load.c */
void need_answer(struct client *c, struct call *call, struct reading *r, const struct json_value *v);
enum client_end client_reload(struct client *c, struct client_fault *fault);
void client_unload(struct client *c);

/* client_play.c */
enum client_end client_replay(struct client *c, struct client_fault *fault);
void client_sessions_drop(struct client *c);
struct client *client_of_session(const struct client_session *s);
/* The request WHAT about S, begun, by the number that the engine running now knows it by: after client_ready.  And the
 * call itself, on that engine and no other. */
struct json_out session_request(struct client_session *s, const char *what);
enum client_end session_call(struct client_session *s, struct call *call, struct client_fault *fault);

/* client_grade.c: a part of the grades, false where V is none; and their share of the last line. */
bool grade_part(struct client_grades *gs, struct reading *r, const struct json_value *v);
void grade_last(struct client_grades *gs, struct reading *r, const struct json_value *v);

/* client_outputs.c */
void output_part(struct call *call, struct reading *r, const struct json_value *v);

#endif

/* server_inside.h -- what the files of the server share.  Nobody else includes it. */
#ifndef WIRE_SERVER_INSIDE_H
#define WIRE_SERVER_INSIDE_H

#include "base/json.h"
#include "rehearse.h"
#include "wire/server.h"
#include "wire/terms.h"

enum { SESSIONS_MOST = 64, BYTES_MOST = 64 << 20 };

struct server_session {
    uint32_t number;            /* as the host knows it; 0: free */
    struct rehearse_session *p;
};

struct server {
    struct lines lines;
    const char *jail;
    struct arena arena;         /* the request's */
    struct buf bytes;           /* raw bytes that came with it */
    struct buf line;            /* the line being written */
    struct json_out out;
    bool cut;                   /* a part of this answer was too long for a line and left out */
    bool quit;
    bool broken;                /* while a need was asked; nothing more is read */

    struct arena need_arena;    /* the answer to the last need */
    struct buf need_bytes;
    const struct text *langs;   /* of the load request */
    uint32_t n_langs;

    struct rehearse_scenario *scenario; /* NULL: none is loaded */
    struct server_session sessions[SESSIONS_MOST];
    uint32_t last_session;
    struct study *study;        /* begun by explore; NULL: none */
    struct turning_search *turning; /* begun by turning; NULL: none */
    uint32_t turning_of;        /* number of its session */
    uint32_t turning_lang;
    struct outputs outputs;
};

struct request {
    const struct json_value *v;
    struct text bytes;          /* empty where none came */
};

/* ---- answering; each handler ends in exactly one line with "done" ---- */

/* A line that belongs to the answer: fill the object, then part_send. */
struct json_out *part_open(struct server *sv);
void part_send(struct server *sv);
/* The last line; done_send adds BYTES, done_end none. */
struct json_out *done_open(struct server *sv);
void done_end(struct server *sv);
void done_send(struct server *sv, struct text bytes);
/* The last line where nothing came of it: one of the protocol's own words, or the core's. */
void answer_bad(struct server *sv, const char *field);
void answer_error(struct server *sv, const char *error);
void answer_err(struct server *sv, const struct err *e);

/* ---- asked of the request; false after having answered bad-request ---- */

bool request_model(struct server *sv, const struct scenario **model);
bool request_session(struct server *sv, const struct request *rq, struct server_session **s);
/* The roles it names, into PARAMS. */
bool request_roles(struct server *sv, const struct request *rq, struct session_params *params);
/* The part called "decision/slot/part"; 0 where there is none. */
uint32_t request_part(const struct scenario *s, struct text name);
/* A room's votes, where the answer is a room's: server_vote.c. */
bool request_vote(struct server *sv, const struct request *rq, struct input *in);
/* The language the request names, index into languages; OTHERWISE where it names none. */
bool request_lang(struct server *sv, const struct request *rq, uint32_t otherwise, uint32_t *lang);

/* ---- writing what the core knows: server_put.c ---- */

/* The words under NAME: a string, or an array where marks stand in it.  Nothing where they are empty. */
void put_marked(struct server *sv, const char *name, struct text words);
/* The words of ID in language LANG under NAME; values filled in as they are now (SE may be NULL).  True where the
 * translation is missing. */
bool put_words(struct server *sv, const struct session *se, uint32_t lang, const char *name, words_id id);
/* The word for I; nothing where a scenario with errors left it open. */
void put_term(struct server *sv, const char *key, const struct terms *terms, uint32_t i);
void put_name(struct server *sv, const char *key, name_id id);
/* "file:line:col" of R in the scenario's own file. */
void put_at(struct server *sv, struct range r);
/* The fields of a diagnostic, beginning with its code under KEY. */
void put_problem(struct server *sv, const char *key, const struct err *e);
void put_points(struct server *sv, const char *key, const struct points *v, uint32_t n);
/* The moves of the answer E: those of the parts of a composed message, else those of what was chosen. */
void put_moves(struct server *sv, const struct event *e, uint32_t lang);
/* How the room voted in the answer that is event N, with the words it voted on; nothing where no room did. */
void put_vote(struct server *sv, const struct session *se, uint32_t lang, uint32_t n);
/* Moves with their titles; nothing where there are none. */
void put_move_list(struct server *sv, const char *key, const move_id *v, uint32_t n, uint32_t lang);
/* What the session shows of the trainee, one part each, and what belongs into the last line. */
void grade_send(struct server *sv, const struct session *se, uint32_t lang, const struct grade *g);
void grade_put(struct server *sv, const struct grade *g);
void put_option_name(struct server *sv, const char *key, option_id id);
/* "decision/slot" and "decision/slot/part". */
void put_slot_name(struct server *sv, const char *key, uint32_t slot);
void put_part_name(struct server *sv, const char *key, uint32_t part);
/* One part line for each output. */
void outputs_send(struct server *sv, const struct session *se, uint32_t lang, bool notes);

/* ---- the requests ---- */

void serve_load(struct server *sv, const struct request *rq);
void serve_check(struct server *sv, const struct request *rq);
void serve_unload(struct server *sv, const struct request *rq);
void serve_info(struct server *sv, const struct request *rq);
void serve_outline(struct server *sv, const struct request *rq);
void serve_texts(struct server *sv, const struct request *rq);
void serve_start(struct server *sv, const struct request *rq);
void serve_resume(struct server *sv, const struct request *rq);
void serve_step(struct server *sv, const struct request *rq);
void serve_show(struct server *sv, const struct request *rq);
void serve_debrief(struct server *sv, const struct request *rq);
void serve_turning(struct server *sv, const struct request *rq);
void serve_explore(struct server *sv, const struct request *rq);
void serve_explore_play(struct server *sv, const struct request *rq);
void serve_judge(struct server *sv, const struct request *rq);
void serve_regrade(struct server *sv, const struct request *rq);
void serve_length(struct server *sv, const struct request *rq);
void serve_reach(struct server *sv, const struct request *rq);
void serve_end(struct server *sv, const struct request *rq);
void turning_forget(struct server *sv); /* the search that was begun */
void server_forget(struct server *sv); /* the scenario and its sessions */

#endif

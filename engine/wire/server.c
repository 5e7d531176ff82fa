/* server.c -- the table of requests, and the frame of every answer.
 *
 * A request is a row: name, handler, one sentence.  Bytes that come with a request are taken before its handler is
 * asked, so that whatever is wrong with it, the next line is a line.  Must not know pipes or the jail. */
#include "wire/server_inside.h"

#include <stdlib.h>

struct server *server_new(struct lines_io io, const char *jail)
{
    struct server *sv = mem_new(sizeof *sv);
    *sv = (struct server){.jail = jail};
    lines_init(&sv->lines, io);
    return sv;
}

void server_free(struct server *sv)
{
    server_forget(sv);
    outputs_done(&sv->outputs);
    buf_done(&sv->bytes);
    buf_done(&sv->line);
    buf_done(&sv->need_bytes);
    arena_done(&sv->arena);
    arena_done(&sv->need_arena);
    lines_done(&sv->lines);
    free(sv);
}

/* ---- answering ---- */

struct json_out *part_open(struct server *sv)
{
    buf_reset(&sv->line);
    sv->out = json_to(&sv->line);
    json_open_object(&sv->out);
    return &sv->out;
}

void part_send(struct server *sv)
{
    json_close_object(&sv->out);
    if (sv->line.len >= LINE_MAX_BYTES)
        sv->cut = true;
    else
        lines_put(&sv->lines, buf_view(&sv->line));
}

struct json_out *done_open(struct server *sv)
{
    struct json_out *o = part_open(sv);
    json_put_bool(o, "done", true);
    if (sv->cut)
        json_put_bool(o, "cut", true);
    return o;
}

void done_end(struct server *sv)
{
    json_close_object(&sv->out);
    if (sv->line.len >= LINE_MAX_BYTES)
        lines_put(&sv->lines, TEXT("{\"done\":true,\"error\":\"too-large\"}"));
    else
        lines_put(&sv->lines, buf_view(&sv->line));
}

void done_send(struct server *sv, struct text bytes)
{
    json_put_int(&sv->out, "bytes", (int64_t)bytes.len);
    part_send(sv);
    lines_put_bytes(&sv->lines, bytes);
}

void answer_bad(struct server *sv, const char *field)
{
    struct json_out *o = done_open(sv);
    json_put_text(o, "error", TEXT("bad-request"));
    json_put_text(o, "field", text_of(field));
    done_end(sv);
}

void answer_error(struct server *sv, const char *error)
{
    json_put_text(done_open(sv), "error", text_of(error));
    done_end(sv);
}

void answer_err(struct server *sv, const struct err *e)
{
    done_open(sv);
    put_problem(sv, "error", e);
    done_end(sv);
}

/* ---- asked of the request ---- */

bool request_model(struct server *sv, const struct scenario **model)
{
    *model = sv->scenario && sv->scenario->model->readable ? sv->scenario->model : NULL;
    if (!*model)
        answer_error(sv, "no-scenario");
    return *model != NULL;
}

bool request_session(struct server *sv, const struct request *rq, struct server_session **s)
{
    int64_t number;
    if (!json_get_int(rq->v, "session", 1, UINT32_MAX, &number)) {
        answer_bad(sv, "session");
        return false;
    }
    for (uint32_t i = 0; i < SESSIONS_MOST; i++) {
        *s = &sv->sessions[i];
        if ((*s)->number == (uint32_t)number)
            return true;
    }
    answer_error(sv, "no-session");
    return false;
}

bool request_lang(struct server *sv, const struct request *rq, uint32_t otherwise, uint32_t *lang)
{
    *lang = otherwise;
    if (!json_find(rq->v, "lang"))
        return true;
    struct text tag;
    int found = json_get_text(rq->v, "lang", &tag) ? scenario_language(sv->scenario->model, tag) : -1;
    if (found < 0) {
        answer_bad(sv, "lang");
        return false;
    }
    *lang = (uint32_t)found;
    return true;
}

/* ---- requests without a home of their own ---- */

static void serve_hello(struct server *sv, const struct request *rq)
{
    int64_t protocol;
    if (!json_get_int(rq->v, "protocol", 1, INT32_MAX, &protocol)) {
        answer_bad(sv, "protocol");
        return;
    }
    struct json_out *o = done_open(sv);
    json_put_text(o, "engine", TEXT(REHEARSE_VERSION));
    json_put_int(o, "format", REHEARSE_FORMAT);
    json_put_int(o, "protocol", WIRE_PROTOCOL);
    json_put_text(o, "jail", text_of(sv->jail));
    done_end(sv);
}

static void serve_document(struct server *sv, void (*write)(struct buf *out))
{
    struct buf document = {0};
    write(&document);
    done_open(sv);
    done_send(sv, buf_view(&document));
    buf_done(&document);
}

static void serve_schema(struct server *sv, const struct request *rq)
{
    (void)rq;
    serve_document(sv, rehearse_schema);
}

static void serve_format_doc(struct server *sv, const struct request *rq)
{
    (void)rq;
    serve_document(sv, rehearse_format_doc);
}

static void serve_lua_doc(struct server *sv, const struct request *rq)
{
    (void)rq;
    serve_document(sv, rehearse_lua_doc);
}

static void serve_quit(struct server *sv, const struct request *rq)
{
    (void)rq;
    sv->quit = true;
    done_open(sv);
    done_end(sv);
}

/* ---- the table ---- */

static const struct {
    struct server_request_doc doc;
    void (*serve)(struct server *sv, const struct request *rq);
} requests[] = {
    {{"hello", "who speaks: versions and the jail"}, serve_hello},
    {{"load", "reads, checks and keeps a scenario"}, serve_load},
    {{"check", "reads and checks a scenario, and keeps nothing"}, serve_check},
    {{"unload", "forgets the scenario and its sessions"}, serve_unload},
    {{"info", "what the scenario says about itself, in one language"}, serve_info},
    {{"outline", "everything that stands in its scenes, in one language"}, serve_outline},
    {{"texts", "every translatable text with its context"}, serve_texts},
    {{"start", "begins a session"}, serve_start},
    {{"resume", "makes a session from its kept events; no script runs"}, serve_resume},
    {{"step", "one input of the session"}, serve_step},
    {{"show", "shows again what events showed, in any language"}, serve_show},
    {{"debrief", "what each decision caused and showed"}, serve_debrief},
    {{"turning", "the answers on which a play turned, a slice at a time"}, serve_turning},
    {{"explore", "what a scenario can do, a slice at a time"}, serve_explore},
    {{"explore-play", "one play that reaches the best or the worst"}, serve_explore_play},
    {{"regrade", "today's key over the answers of an older session"}, serve_regrade},
    {{"judge", "what evidence from several sessions comes to"}, serve_judge},
    {{"length", "about how many decisions a play has"}, serve_length},
    {{"reach", "what the answers of a play did to what was within reach"}, serve_reach},
    {{"end", "forgets a session"}, serve_end},
    {{"schema", "the RELAX NG schema of the format"}, serve_schema},
    {{"format-doc", "the reference of the format's elements"}, serve_format_doc},
    {{"lua-doc", "the reference of the script functions"}, serve_lua_doc},
    {{"quit", "the engine ends"}, serve_quit},
};
enum { REQUESTS = sizeof requests / sizeof *requests };

const struct server_request_doc *server_request(size_t i) { return i < REQUESTS ? &requests[i].doc : NULL; }

static void server_dispatch(struct server *sv, const struct request *rq)
{
    struct text name;
    if (!json_get_text(rq->v, "do", &name)) {
        answer_bad(sv, "do");
        return;
    }
    for (size_t i = 0; i < REQUESTS; i++) {
        if (!text_is(name, requests[i].doc.name))
            continue;
        requests[i].serve(sv, rq);
        return;
    }
    answer_bad(sv, "do");
}

enum server_end server_handle(struct server *sv)
{
    struct text line;
    enum line_got got = lines_read(&sv->lines, &line);
    if (got != LINE_OK)
        return got == LINE_END ? SERVER_QUIT : SERVER_BROKEN;
    arena_reset(&sv->arena);
    buf_reset(&sv->bytes);
    sv->cut = false;
    struct request rq = {.v = json_parse(&sv->arena, line)};
    int64_t n = 0;
    if (json_find(rq.v, "bytes")) {
        /* Where the number cannot be believed, nobody knows where the next line begins. */
        if (!json_get_int(rq.v, "bytes", 0, BYTES_MOST, &n) || lines_take(&sv->lines, (size_t)n, &sv->bytes) != LINE_OK)
            return SERVER_BROKEN;
        rq.bytes = buf_view(&sv->bytes);
    }
    server_dispatch(sv, &rq);
    if (!lines_flush(&sv->lines) || sv->broken)
        return SERVER_BROKEN;
    return sv->quit ? SERVER_QUIT : SERVER_GOES_ON;
}

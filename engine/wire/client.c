/* client.c -- one request to an engine that may die over it.
 *
 * A request is sent, needs are answered, parts are read, and a line that says done ends it; the deadline counts only
 * the time the engine takes, not ours.  Whatever goes wrong, the engine is killed and waited for, and what was true
 * before the request is still true: the next call starts another engine and gives it everything this one knew.  Must not
 * know what the requests are about. */
#include "wire/client_inside.h"

#include "base/version.h"
#include "wire/built.h"
#include "wire/engine_find.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* ---- opening and closing ---- */

struct client *client_open(const struct client_config *config)
{
    struct client *c = mem_new(sizeof *c);
    *c = (struct client){.config = *config};
    if (c->config.deadline == 0)
        c->config.deadline = DEADLINE_MS;
    if (c->config.load_deadline == 0)
        c->config.load_deadline = c->config.deadline;
    process_init(&c->process);
    return c;
}

void client_close(struct client *c)
{
    if (!c)
        return;
    client_sessions_drop(c);
    process_stop(&c->process);
    lines_done(&c->lines);
    buf_done(&c->line);
    buf_done(&c->bytes);
    buf_done(&c->fault_place);
    arena_done(&c->answer);
    arena_done(&c->scratch);
    arena_done(&c->loaded);
    free(c->outputs);
    free(c);
}

int client_descriptor(const struct client *c) { return c->process.from; }

uint32_t client_restarts(const struct client *c) { return c->starts > 0 ? c->starts - 1 : 0; }

const char *client_jail(const struct client *c) { return c->jail; }

int client_pid(const struct client *c) { return (int)c->process.pid; }

/* ---- requests ---- */

struct json_out request_open(struct client *c, const char *what)
{
    buf_reset(&c->line);
    struct json_out o = json_to(&c->line);
    json_open_object(&o);
    json_put_text(&o, "do", text_of(what));
    return o;
}

struct text request_end(struct client *c, struct json_out *o)
{
    json_close_object(o);
    return buf_view(&c->line);
}

/* ---- what went wrong ---- */

static void fault_set(struct client *c, struct client_fault *fault, enum client_why why, struct text place)
{
    *fault = (struct client_fault){.why = why, .said = process_said(&c->process)};
    buf_reset(&c->fault_place);
    buf_text(&c->fault_place, place);
    fault->place = buf_view(&c->fault_place);
}

/* Why an engine that was just ended ended. */
static enum client_why why_gone(const struct client *c, struct client_fault *fault)
{
    enum { STATUS_MEMORY = 70, STATUS_NO_JAIL = 71 };
    int status = c->process.status;
    if (WIFSIGNALED(status))
        fault->signal = WTERMSIG(status);
    else if (WIFEXITED(status))
        fault->status = WEXITSTATUS(status);
    if (fault->status == STATUS_MEMORY)
        return WHY_MEMORY;
    return fault->status == STATUS_NO_JAIL ? WHY_NO_JAIL : WHY_DIED;
}

/* Ends the engine and tells why: WHY, or what its own end says. */
static enum client_end client_lost(struct client *c, const struct call *call, enum client_why why,
                                   struct client_fault *fault)
{
    enum process_state state = c->process.state;
    process_stop(&c->process);
    c->speaks = false;
    fault_set(c, fault, why, call->place.len > 0 ? call->place : c->scenario_file);
    if (state == PROCESS_INTERRUPTED)
        return CLIENT_INTERRUPTED;
    if (state == PROCESS_LATE)
        fault->why = WHY_LATE;
    else if (state == PROCESS_GONE)
        fault->why = why_gone(c, fault);
    return CLIENT_STOPPED;
}

enum client_end client_nonsense(struct client *c, const struct call *call, struct client_fault *fault)
{
    return client_lost(c, call, WHY_NONSENSE, fault);
}

/* ---- talking ---- */

/* What is said to the caller outlives an arena that the caller may give back first. */
static void fault_keep(struct client *c, struct client_fault *fault)
{
    struct message *m = &fault->message;
    fault->word = text_keep(&c->answer, fault->word);
    m->file = text_keep(&c->answer, m->file);
    m->quoted = text_keep(&c->answer, m->quoted);
    for (int i = 0; i < ERR_ARGS; i++)
        m->args[i] = text_keep(&c->answer, m->args[i]);
}

static enum client_end refused(struct client *c, struct call *call, struct reading *r, struct client_fault *fault)
{
    struct text word = read_name(r, call->done, "error", MUST_BE);
    if (r->bad)
        return client_nonsense(c, call, fault);
    fault_set(c, fault, WHY_NONE, (struct text){0});
    if (msg_find(word) == MSG_NONE)
        fault->word = word;
    else
        fault->message = read_problem(r, call->done, "error");
    fault_keep(c, fault);
    return r->bad ? client_nonsense(c, call, fault) : CLIENT_REFUSED;
}

/* The last line V of the answer, and the bytes behind it. */
static enum client_end talk_done(struct client *c, struct call *call, struct reading *r, struct client_fault *fault)
{
    int64_t n = read_int(r, call->done, "bytes", MAY_MISS, 0, ANSWER_BYTES);
    if (r->bad)
        return client_nonsense(c, call, fault);
    buf_reset(&c->bytes);
    if (n > 0 && lines_take(&c->lines, (size_t)n, &c->bytes) != LINE_OK)
        return client_nonsense(c, call, fault);
    if (lines_waiting(&c->lines))
        return client_nonsense(c, call, fault);
    if (json_find(call->done, "error"))
        return refused(c, call, r, fault);
    call->bytes_back = buf_view(&c->bytes);
    return CLIENT_OK;
}

/* One line of the answer: a need, a part, or the last; true when it was the last. */
static bool talk_line(struct client *c, struct call *call, struct reading *r, struct text line)
{
    const struct json_value *v = json_parse(r->a, line);
    bool done = false;
    if (!v || v->kind != JSON_IS_OBJECT)
        r->bad = true;
    else if (json_get_bool(v, "done", &done) && done)
        call->done = v;
    else if (json_find(v, "need") && call->serves_files)
        need_answer(c, call, r, v);
    else if (call->part)
        call->part(call, r, v);
    else
        r->bad = true;
    return done;
}

enum client_end client_talk(struct client *c, struct call *call, struct client_fault *fault)
{
    struct reading r = {.a = call->arena ? call->arena : &c->answer};
    process_deadline(&c->process, call->deadline ? call->deadline : c->config.deadline);
    lines_put(&c->lines, call->line);
    lines_put_bytes(&c->lines, call->bytes);
    if (!lines_flush(&c->lines))
        return client_nonsense(c, call, fault);
    size_t total = 0;
    uint32_t most = call->parts ? call->parts : ANSWER_PARTS;
    for (uint32_t parts = 0; parts < most && total < ANSWER_BYTES; parts++) {
        struct text line;
        if (lines_read(&c->lines, &line) != LINE_OK)
            break;
        total += line.len;
        bool done = talk_line(c, call, &r, line);
        if (r.bad)
            break;
        if (done)
            return talk_done(c, call, &r, fault);
    }
    return client_nonsense(c, call, fault);
}

/* ---- starting an engine ---- */

static uint32_t memory_wanted(const struct client *c)
{
    if (c->config.memory)
        return c->config.memory;
    size_t size = c->config.files ? files_size(c->config.files) : 0;
    for (uint32_t i = 0; i < c->config.n_kept; i++)
        if (c->config.kept[i].need.kind == NEED_SCENARIO && !c->config.kept[i].need.po)
            size = c->config.kept[i].bytes.len;
    return ENGINE_MIB + (uint32_t)((size * 8) >> 20);
}

static enum client_end engine_spawn(struct client *c, struct client_fault *fault)
{
    struct buf path = {0};
    char memory[16], name[] = "rehearse-engine", flag[] = "--memory", loose[] = "--no-jail";
    char *argv[] = {name, flag, memory, c->config.no_jail ? loose : NULL, NULL};
    enum client_end end = CLIENT_FAILED;
    snprintf(memory, sizeof memory, "%u", memory_wanted(c));
    if (c->config.engine)
        buf_add(&path, c->config.engine, strlen(c->config.engine) + 1);
    if (!c->config.engine && !engine_find(&path)) {
        fault_set(c, fault, WHY_NOT_FOUND, buf_view(&path));
    } else if (!process_start(&c->process, path.at, argv)) {
        bool missing = errno == ENOENT;
        fault_set(c, fault, missing ? WHY_NOT_FOUND : WHY_NOT_STARTED, text_of(path.at));
    } else {
        c->process.watch = c->config.watch;
        c->process.interrupted = c->config.interrupted;
        c->process.self = c->config.self;
        end = CLIENT_OK;
    }
    buf_done(&path);
    return end;
}

/* What the engine says of itself must be what this host was built with. */
static enum client_end engine_hello(struct client *c, struct client_fault *fault)
{
    struct buf line = {0};
    struct json_out o = json_to(&line);
    json_open_object(&o);
    json_put_text(&o, "do", TEXT("hello"));
    json_put_int(&o, "protocol", WIRE_PROTOCOL);
    json_close_object(&o);
    struct call call = {.line = buf_view(&line), .arena = &c->scratch, .deadline = HELLO_MS};
    enum client_end end = client_talk(c, &call, fault);
    buf_done(&line);
    if (end == CLIENT_INTERRUPTED)
        return end;
    if (end != CLIENT_OK)
        return CLIENT_FAILED;
    struct reading r = {.a = &c->scratch};
    struct text engine = read_name(&r, call.done, "engine", MUST_BE), jail = read_name(&r, call.done, "jail", MUST_BE);
    int64_t protocol = read_int(&r, call.done, "protocol", MUST_BE, 0, INT32_MAX);
    int64_t format = read_int(&r, call.done, "format", MUST_BE, 0, INT32_MAX);
    enum client_why why = WHY_NONE;
    if (r.bad || !text_is(engine, REHEARSE_VERSION) || protocol != WIRE_PROTOCOL || format != REHEARSE_FORMAT)
        why = WHY_VERSION;
    else if (!text_is(jail, "seccomp") && !c->config.no_jail && !built_accepts_no_jail())
        why = WHY_NO_JAIL;
    snprintf(c->jail, sizeof c->jail, "%s", text_is(jail, "seccomp") ? "seccomp" : "none");
    if (why == WHY_NONE)
        return CLIENT_OK;
    process_stop(&c->process);
    fault_set(c, fault, why, (struct text){0});
    return CLIENT_FAILED;
}

static bool engine_lives(struct client *c)
{
    return c->speaks && (c->config.io || process_lives(&c->process));
}

static enum client_end engine_start(struct client *c, struct client_fault *fault)
{
    process_stop(&c->process);
    c->speaks = false;
    enum client_end end = c->config.io ? CLIENT_OK : engine_spawn(c, fault);
    if (end != CLIENT_OK)
        return end;
    lines_done(&c->lines);
    lines_init(&c->lines, c->config.io ? *c->config.io : process_io(&c->process));
    arena_reset(&c->scratch);
    end = engine_hello(c, fault);
    if (end != CLIENT_OK)
        return end;
    c->speaks = true;
    c->starts++;
    end = client_reload(c, fault);
    if (end == CLIENT_OK)
        end = client_replay(c, fault);
    if (end == CLIENT_OK || end == CLIENT_INTERRUPTED)
        return end;
    process_stop(&c->process);
    c->speaks = false;
    fault->why = client_died(end, fault) ? WHY_DIED : WHY_NOT_RESUMED;
    return CLIENT_FAILED;
}

/* What killed one engine may strike the next while it starts. */
static enum client_end engine_ensure(struct client *c, struct client_fault *fault)
{
    enum { STARTS_MOST = 4 };
    enum client_end end = CLIENT_OK;
    for (int i = 0; i < STARTS_MOST && !engine_lives(c); i++) {
        end = engine_start(c, fault);
        if (end == CLIENT_OK || fault->why != WHY_DIED)
            return end;
    }
    return end;
}

enum client_end client_ready(struct client *c, struct client_fault *fault)
{
    *fault = (struct client_fault){0};
    return engine_ensure(c, fault);
}

enum client_end client_call(struct client *c, struct call *call, struct client_fault *fault)
{
    *fault = (struct client_fault){0};
    arena_reset(&c->answer);
    enum client_end end = engine_ensure(c, fault);
    return end == CLIENT_OK ? client_talk(c, call, fault) : end;
}

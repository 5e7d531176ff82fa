/* client_play.c -- sessions, as the host sees them.
 *
 * The events are the session: they are kept here as they came, and the number an engine gives to a session is forgotten
 * with that engine.  New events are handed on to be kept before anything they show is handed out.  An input that ended
 * an engine is tried once more, since it may have been an accident: at once where the engine died; where it was late or
 * talked nonsense, only when it is asked for again.  After the second death it is not sent again. */
#include "wire/client_inside.h"

#include <stdlib.h>

enum { DEATHS_MOST = 2 };

/* An option or part on the screen, or one that ended an engine. */
struct offer {
    struct text option, at;
    uint32_t deaths;
};

struct client_session {
    struct client *client;
    struct client_session *next;
    uint32_t number;          /* of the present engine */
    struct buf events;
    uint32_t n_events, turn, offered;
    enum wire_phase phase;
    client_keep_fn *keep;
    void *self;
    struct arena arena;       /* of offers, until the next ones */
    struct offer *offers;
    uint32_t n_offers;
    struct arena deadly_arena;
    struct offer *deadly;     /* options that ended an engine */
    uint32_t n_deadly;
};

/* ---- the list of sessions ---- */

static struct client_session *session_new(struct client *c, client_keep_fn *keep, void *self)
{
    struct client_session *s = mem_new(sizeof *s);
    *s = (struct client_session){.client = c, .next = c->sessions, .keep = keep, .self = self};
    c->sessions = s;
    return s;
}

static void session_free(struct client_session *s)
{
    struct client_session **at = &s->client->sessions;
    while (*at != s)
        at = &(*at)->next;
    *at = s->next;
    buf_done(&s->events);
    arena_done(&s->arena);
    arena_done(&s->deadly_arena);
    free(s);
}

void client_sessions_drop(struct client *c)
{
    while (c->sessions)
        session_free(c->sessions);
}

struct client *client_of_session(const struct client_session *s) { return s->client; }
struct text client_session_events(const struct client_session *s) { return buf_view(&s->events); }
uint32_t client_session_n_events(const struct client_session *s) { return s->n_events; }
enum wire_phase client_session_phase(const struct client_session *s) { return s->phase; }
uint32_t client_session_turn(const struct client_session *s) { return s->turn; }
uint32_t client_session_offered(const struct client_session *s) { return s->offered; }

/* ---- what every answer says of a session ---- */

/* EVENTS are whole lines of JSON; how many, or -1.  KNOWN: they are not the engine's but were read before. */
static int64_t events_count(struct text events, bool known, struct arena *scratch)
{
    int64_t n = 0;
    if (events.len > 0 && events.at[events.len - 1] != '\n')
        return -1;
    for (struct text line; text_split(&events, '\n', &line); n++) {
        if (known)
            continue;
        arena_reset(scratch);
        const struct json_value *v = json_parse(scratch, line);
        if (line.len >= LINE_MAX_BYTES || !v || v->kind != JSON_IS_OBJECT)
            return -1;
    }
    return n;
}

struct standing {
    uint32_t number, n_events, turn, offered;
    enum wire_phase phase;
};

static struct standing standing_read(struct reading *r, const struct json_value *done)
{
    struct standing st = {.number = (uint32_t)read_int(r, done, "session", MUST_BE, 1, UINT32_MAX),
                          .n_events = read_count(r, done, "events", MUST_BE),
                          .turn = (uint32_t)read_int(r, done, "turn", MUST_BE, 0, 99),
                          .offered = read_count(r, done, "offered", MAY_MISS),
                          .phase = read_term(r, done, "phase", MUST_BE, &phase_terms)};
    r->bad |= !st.phase || (st.offered > 0 && st.offered >= st.n_events);
    return st;
}

/* Takes the answer over into S; false where it does not fit.  NEW events are those behind the ones S has; KNOWN as above. */
static bool session_take(struct client_session *s, const struct call *call, struct text new, bool known)
{
    struct reading r = {.a = &s->client->scratch};
    struct standing st = standing_read(&r, call->done);
    int64_t n = events_count(new, known, &s->client->scratch);
    if (r.bad || n < 0 || (int64_t)s->n_events + n != st.n_events)
        return false;
    buf_text(&s->events, new);
    s->number = st.number;
    s->n_events = st.n_events;
    s->turn = st.turn;
    s->offered = st.offered;
    s->phase = st.phase;
    return true;
}

/* ---- starting, resuming, ending ---- */

static struct client_session *session_adopt(struct client *c, struct call *call, client_keep_fn *keep, void *self,
                                            bool resumed, enum client_end *end, struct client_fault *fault)
{
    *end = client_call(c, call, fault);
    if (*end != CLIENT_OK)
        return NULL;
    struct client_session *s = session_new(c, keep, self);
    if (session_take(s, call, resumed ? call->bytes : call->bytes_back, resumed)) {
        if (!resumed && keep)
            keep(self, s, call->bytes_back);
        return s;
    }
    session_free(s);
    *end = client_nonsense(c, call, fault);
    return NULL;
}

static void put_params(struct json_out *o, const struct client_params *params)
{
    json_put_int(o, "seed", (int64_t)params->seed);
    if (params->lang.len > 0)
        json_put_text(o, "lang", params->lang);
    if (params->mode)
        json_put_text(o, "mode", term_word(&mode_terms, params->mode));
    if (params->started.len > 0)
        json_put_text(o, "started", params->started);
    if (params->n_roles == 0)
        return;
    json_key(o, "roles");
    json_open_array(o);
    for (uint32_t i = 0; i < params->n_roles; i++)
        json_str(o, params->roles[i]);
    json_close_array(o);
}

struct client_session *client_start(struct client *c, const struct client_params *params, client_keep_fn *keep,
                                    void *self, enum client_end *end, struct client_fault *fault)
{
    struct client_session *s = NULL;
    for (int i = 0; i < 2 && !s; i++) {
        struct json_out o = request_open(c, "start");
        put_params(&o, params);
        struct call call = {.line = request_end(c, &o)};
        s = session_adopt(c, &call, keep, self, false, end, fault);
        if (!client_died(*end, fault))
            break;
    }
    return s;
}

static void put_resume(struct json_out *o, struct text events)
{
    json_put_int(o, "bytes", (int64_t)events.len);
}

struct client_session *client_resume(struct client *c, struct text events, client_keep_fn *keep, void *self,
                                     enum client_end *end, struct client_fault *fault)
{
    struct json_out o = request_open(c, "resume");
    put_resume(&o, events);
    struct call call = {.line = request_end(c, &o), .bytes = events};
    return session_adopt(c, &call, keep, self, true, end, fault);
}

/* Gives the events of S to the engine that runs now. */
static enum client_end session_replay(struct client_session *s, struct client_fault *fault)
{
    struct client *c = s->client;
    struct buf line = {0};
    struct json_out o = json_to(&line);
    json_open_object(&o);
    json_put_text(&o, "do", TEXT("resume"));
    put_resume(&o, buf_view(&s->events));
    json_close_object(&o);
    struct call call = {.line = buf_view(&line), .bytes = buf_view(&s->events), .arena = &c->scratch};
    enum client_end end = client_talk(c, &call, fault);
    buf_done(&line);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->scratch};
    struct standing st = standing_read(&r, call.done);
    if (r.bad || st.n_events != s->n_events || st.phase != s->phase || st.offered != s->offered)
        return client_nonsense(c, &call, fault);
    s->number = st.number;
    return CLIENT_OK;
}

enum client_end client_replay(struct client *c, struct client_fault *fault)
{
    enum client_end end = CLIENT_OK;
    for (struct client_session *s = c->sessions; s && end == CLIENT_OK; s = s->next)
        end = session_replay(s, fault);
    return end;
}

struct json_out session_request(struct client_session *s, const char *what)
{
    struct json_out o = request_open(s->client, what);
    json_put_int(&o, "session", s->number);
    return o;
}

enum client_end session_call(struct client_session *s, struct call *call, struct client_fault *fault)
{
    arena_reset(&s->client->answer);
    return client_talk(s->client, call, fault);
}

void client_session_end(struct client_session *s)
{
    if (!s)
        return;
    struct client *c = s->client;
    struct client_fault fault;
    if (c->speaks) {
        struct json_out o = session_request(s, "end");
        struct call call = {.line = request_end(c, &o), .arena = &c->scratch};
        client_talk(c, &call, &fault);
    }
    session_free(s);
}

/* ---- inputs that end engines ---- */

static struct offer *offer_find(struct offer *v, uint32_t n, struct text option)
{
    for (uint32_t i = 0; i < n; i++)
        if (text_eq(v[i].option, option))
            return &v[i];
    return NULL;
}

bool client_session_avoids(const struct client_session *s, struct text option)
{
    const struct offer *o = offer_find(s->deadly, s->n_deadly, option);
    return o && o->deaths >= DEATHS_MOST;
}

static void deadly_add(struct client_session *s, struct text option)
{
    struct offer *o = offer_find(s->deadly, s->n_deadly, option);
    if (!o) {
        s->deadly = list_room(&s->deadly_arena, s->deadly, s->n_deadly, sizeof *s->deadly);
        o = &s->deadly[s->n_deadly++];
        o->option = text_keep(&s->deadly_arena, option);
    }
    o->deaths++;
}

static bool is_offer(const struct client_output *o)
{
    return o->kind == WIRE_OUT_OPTION || o->kind == WIRE_OUT_PART;
}

/* What is offered now, should the engine die over one of them. */
static void offers_keep(struct client_session *s)
{
    const struct client *c = s->client;
    bool any = false;
    for (uint32_t i = 0; i < c->n_outputs; i++)
        any |= is_offer(&c->outputs[i]);
    if (!any)
        return;
    arena_reset(&s->arena);
    s->offers = NULL;
    s->n_offers = 0;
    for (uint32_t i = 0; i < c->n_outputs; i++) {
        if (!is_offer(&c->outputs[i]))
            continue;
        s->offers = list_room(&s->arena, s->offers, s->n_offers, sizeof *s->offers);
        s->offers[s->n_offers++] = (struct offer){.option = text_keep(&s->arena, c->outputs[i].id),
                                                  .at = text_keep(&s->arena, c->outputs[i].at)};
    }
}

/* ---- steps ---- */

static void put_parts(struct json_out *o, const struct client_input *in)
{
    json_key(o, "parts");
    json_open_array(o);
    for (uint32_t i = 0; i < in->n_parts; i++)
        json_str(o, in->parts[i]);
    json_close_array(o);
}

static void put_vote(struct json_out *o, const struct client_vote *vote)
{
    json_put_text(o, "by", TEXT("room"));
    json_put_int(o, "heads", vote->heads);
    json_key(o, "rounds");
    json_open_array(o);
    for (uint32_t i = 0; i < vote->n_rounds; i++) {
        const struct client_round *round = &vote->rounds[i];
        json_open_object(o);
        json_put_int(o, "hands", round->hands);
        json_key(o, "votes");
        json_open_object(o);
        for (uint32_t k = 0; k < round->n; k++) {
            json_key_text(o, round->ids[k]);
            json_int(o, round->votes[k]);
        }
        json_close_object(o);
        json_close_object(o);
    }
    json_close_array(o);
}

static void put_input(struct json_out *o, const struct client_input *in)
{
    json_put_text(o, "input", term_word(&input_terms, in->kind));
    if (in->kind == WIRE_CHOOSE)
        json_put_text(o, "option", in->option);
    if (in->kind == WIRE_COMPOSE)
        put_parts(o, in);
    if (in->kind == WIRE_CHOOSE || in->kind == WIRE_NO_ANSWER || in->kind == WIRE_COMPOSE)
        json_put_int(o, "ms", in->ms);
    if (in->vote)
        put_vote(o, in->vote);
    if (in->kind == WIRE_REWIND)
        json_put_int(o, "to", in->to);
    if (in->kind == WIRE_NOTE || in->kind == WIRE_WRITE)
        json_put_text(o, "text", in->text);
    if (in->kind == WIRE_LANGUAGE)
        json_put_text(o, "lang", in->lang);
}

/* What an input is called in the list of deadly ones; in NAME where it has to be put together. */
static struct text input_name(const struct client_input *in, struct buf *name)
{
    if (in->kind == WIRE_CHOOSE)
        return in->option;
    if (in->kind != WIRE_COMPOSE)
        return term_word(&input_terms, in->kind);
    buf_text(name, term_word(&input_terms, in->kind));
    for (uint32_t i = 0; i < in->n_parts; i++) {
        buf_char(name, ' ');
        buf_text(name, in->parts[i]);
    }
    return buf_view(name);
}

/* Where stands what an input takes, should the engine die over it. */
static struct text input_place(const struct client_session *s, const struct client_input *in)
{
    struct text name = in->kind == WIRE_COMPOSE && in->n_parts ? in->parts[0] : in->option;
    const struct offer *offer = offer_find(s->offers, s->n_offers, name);
    bool takes = in->kind == WIRE_CHOOSE || in->kind == WIRE_COMPOSE;
    return takes && offer ? offer->at : (struct text){0};
}

static enum client_end session_ready(struct client_session *s, struct client_answer *out, struct client_fault *fault)
{
    *out = (struct client_answer){.kept = true};
    s->client->n_outputs = 0;
    return client_ready(s->client, fault);
}

static enum client_end answer_take(struct client_session *s, const struct call *call, struct client_answer *out,
                                   struct client_fault *fault)
{
    struct client *c = s->client;
    if (!session_take(s, call, call->bytes_back, false))
        return client_nonsense(c, call, fault);
    offers_keep(s);
    if (s->keep && call->bytes_back.len > 0)
        out->kept = s->keep(s->self, s, call->bytes_back);
    out->v = c->outputs;
    out->n = c->n_outputs;
    return CLIENT_OK;
}

static enum client_end step_once(struct client_session *s, const struct client_input *in, struct text name,
                                 struct client_answer *out, struct client_fault *fault)
{
    struct client *c = s->client;
    enum client_end end = session_ready(s, out, fault);
    if (end != CLIENT_OK)
        return end;
    if (client_session_avoids(s, name))
        return CLIENT_AVOIDED;
    struct json_out o = session_request(s, "step");
    put_input(&o, in);
    if (c->config.notes)
        json_put_bool(&o, "notes", true);
    struct call call = {.line = request_end(c, &o), .part = output_part, .out = c, .place = input_place(s, in)};
    end = session_call(s, &call, fault);
    if (end == CLIENT_OK)
        end = answer_take(s, &call, out, fault);
    if (end == CLIENT_STOPPED)
        deadly_add(s, name);
    return end;
}

enum client_end client_step(struct client_session *s, const struct client_input *in, struct client_answer *out,
                            struct client_fault *fault)
{
    struct buf built = {0};
    struct text name = input_name(in, &built);
    enum client_end end = step_once(s, in, name, out, fault);
    /* A sudden death costs no time and may be none of the script's doing: one more try, before anybody is troubled. */
    if (end == CLIENT_STOPPED && fault->why == WHY_DIED && !client_session_avoids(s, name))
        end = step_once(s, in, name, out, fault);
    buf_done(&built);
    return end;
}

static enum client_end show_once(struct client_session *s, uint32_t from, struct text lang, struct client_answer *out,
                                 struct client_fault *fault)
{
    struct client *c = s->client;
    enum client_end end = session_ready(s, out, fault);
    if (end != CLIENT_OK)
        return end;
    struct json_out o = session_request(s, "show");
    json_put_int(&o, "from", from);
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    if (c->config.notes)
        json_put_bool(&o, "notes", true);
    struct call call = {.line = request_end(c, &o), .part = output_part, .out = c};
    end = session_call(s, &call, fault);
    return end == CLIENT_OK ? answer_take(s, &call, out, fault) : end;
}

enum client_end client_show(struct client_session *s, uint32_t from, struct text lang, struct client_answer *out,
                            struct client_fault *fault)
{
    enum client_end end = show_once(s, from, lang, out, fault);
    return client_died(end, fault) ? show_once(s, from, lang, out, fault) : end;
}

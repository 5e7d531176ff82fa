/* portable.c -- records written as JSON Lines. */
#include "record/portable.h"

#include "base/json.h"

#include <string.h>

static const char *const word_names[KEPT_WORD_KINDS] = {
    "",     [KEPT_PLUS] = "plus", [KEPT_DELTA] = "delta", [KEPT_SENTENCE] = "sentence",   [KEPT_WHERE] = "where",
    [KEPT_DAY] = "day",   [KEPT_DID] = "did",     [KEPT_ANSWERED] = "answered"};
const struct terms portable_word_terms = {word_names, KEPT_WORD_KINDS - 1};

/* A line of one object called KEY. */
static struct json_out open_line(struct buf *out, const char *key)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_key(&o, key);
    json_open_object(&o);
    return o;
}

static void close_line(struct json_out *o)
{
    json_close_object(o);
    json_close_object(o);
    buf_char(o->to, '\n');
}

static void put_some(struct json_out *o, const char *name, struct text t)
{
    if (t.len)
        json_put_text(o, name, t);
}

static void put_nonzero(struct json_out *o, const char *name, int64_t n)
{
    if (n)
        json_put_int(o, name, n);
}

void portable_head(bool ends, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    json_put_text(&o, "rehearse", TEXT("records"));
    json_put_int(&o, "format", PORTABLE_FORMAT);
    if (ends)
        json_put_bool(&o, "ends", true);
    json_close_object(&o);
    buf_char(out, '\n');
}

void portable_version(const struct kept_version *v, const struct kept_title *titles, uint32_t n_titles, struct buf *out)
{
    struct json_out o = open_line(out, "version");
    json_put_text(&o, "digest", v->digest);
    json_put_text(&o, "scenario", v->scenario);
    json_put_text(&o, "version", v->version);
    json_put_text(&o, "lang", v->lang);
    json_key(&o, "titles");
    json_open_array(&o);
    for (uint32_t i = 0; i < n_titles; i++) {
        json_open_object(&o);
        json_put_text(&o, "lang", titles[i].lang);
        json_put_text(&o, "title", titles[i].title);
        json_close_object(&o);
    }
    json_close_array(&o);
    close_line(&o);
}

/* Bytes that a JSON string cannot hold as they are. */
static void put_base64(struct json_out *o, const char *name, struct text bytes)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct buf b = {0};
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t v = (uint32_t)(unsigned char)bytes.at[i] << 16;
        v |= left > 1 ? (uint32_t)(unsigned char)bytes.at[i + 1] << 8 : 0;
        v |= left > 2 ? (uint32_t)(unsigned char)bytes.at[i + 2] : 0;
        for (size_t k = 0; k < 4; k++)
            buf_char(&b, k > left ? '=' : letters[v >> (18 - 6 * k) & 63]);
    }
    json_put_text(o, name, buf_view(&b));
    buf_done(&b);
}

void portable_file(struct text digest, const struct handed *file, struct buf *out)
{
    struct text t = file->bytes;
    struct json_out o = open_line(out, "file");
    json_put_text(&o, "version", digest);
    json_put_text(&o, "need", file->need.po ? TEXT("po") : TEXT("file"));
    json_put_text(&o, "kind", term_word(&need_terms, file->need.kind));
    put_some(&o, "name", file->need.name);
    put_some(&o, "lang", file->need.lang);
    json_put_text(&o, "line", file->line);
    if (text_utf8_valid(t) == t.len && !(t.len && memchr(t.at, '\0', t.len)))
        put_some(&o, "text", t);
    else
        put_base64(&o, "base64", t);
    close_line(&o);
}

void portable_trainee(const struct kept_trainee *t, struct buf *out)
{
    struct json_out o = open_line(out, "trainee");
    json_put_text(&o, "name", t->name);
    put_some(&o, "department", t->department);
    put_some(&o, "role", t->role);
    put_some(&o, "tags", t->tags);
    if (t->asked)
        json_put_bool(&o, "asked", true);
    json_put_int(&o, "since", t->since);
    close_line(&o);
}

void portable_session(const struct kept_session *s, struct buf *out)
{
    struct json_out o = open_line(out, "session");
    json_put_text(&o, "name", s->name);
    put_some(&o, "trainee", s->trainee_name);
    json_put_text(&o, "digest", s->digest);
    put_some(&o, "origin", s->origin);
    json_put_text(&o, "roles", s->roles);
    json_put_text(&o, "mode", term_word(&mode_terms, s->mode));
    json_put_text(&o, "lang", s->lang);
    json_put_int(&o, "seed", (int64_t)s->seed);
    json_put_int(&o, "started", s->started);
    if (s->shared)
        json_put_bool(&o, "shared", true);
    put_some(&o, "tags", s->tags);
    if (s->events) {
        json_put_int(&o, "before", s->before);
        json_put_int(&o, "events", s->events);
    }
    close_line(&o);
}

void portable_events(struct text lines, int64_t at, struct buf *out)
{
    for (struct text line; text_split(&lines, '\n', &line);) {
        struct json_out o = json_to(out);
        json_open_object(&o);
        json_put_int(&o, "at", at);
        json_key(&o, "event");
        json_raw(&o, line);
        json_close_object(&o);
        buf_char(out, '\n');
    }
}

void portable_state(struct text kind, struct text body, struct buf *out)
{
    struct json_out o = open_line(out, "state");
    json_put_text(&o, "kind", kind);
    json_put_text(&o, "body", body);
    close_line(&o);
}

void portable_words(enum kept_word_kind kind, uint32_t voter, int64_t at, struct text words, struct buf *out)
{
    struct json_out o = open_line(out, "words");
    json_put_text(&o, "kind", text_of(word_names[kind]));
    put_nonzero(&o, "voter", voter);
    json_put_int(&o, "at", at);
    json_put_text(&o, "text", words);
    close_line(&o);
}

void portable_answer(const struct kept_answer *a, struct buf *out)
{
    struct json_out o = open_line(out, "answer");
    json_put_text(&o, "item", a->item);
    json_put_text(&o, "when", term_word(&survey_when_terms, a->when));
    put_nonzero(&o, "voter", a->voter);
    json_put_int(&o, "at", a->at);
    put_nonzero(&o, "value", a->value);
    put_some(&o, "text", a->text);
    close_line(&o);
}

/* ---- a room ---- */

void portable_voter(const struct kept_voter *v, struct buf *out)
{
    struct json_out o = open_line(out, "voter");
    json_put_int(&o, "voter", v->voter);
    put_some(&o, "nick", v->nick);
    put_some(&o, "lang", v->lang);
    json_put_int(&o, "joined", v->joined);
    close_line(&o);
}

void portable_round(const struct kept_round *r, struct buf *out)
{
    struct json_out o = open_line(out, "round");
    json_put_int(&o, "round", r->round);
    json_put_int(&o, "offered", r->offered);
    json_put_text(&o, "decision", r->decision);
    json_put_int(&o, "vote", r->vote);
    put_nonzero(&o, "heads", r->heads);
    json_put_int(&o, "opened", r->opened);
    put_nonzero(&o, "closed", r->closed);
    put_some(&o, "decided", r->decided);
    put_some(&o, "how", r->how);
    close_line(&o);
}

void portable_vote(const struct kept_vote *v, struct buf *out)
{
    struct json_out o = open_line(out, "vote");
    json_put_int(&o, "round", v->round);
    json_put_int(&o, "voter", v->voter);
    json_put_text(&o, "option", v->option);
    json_put_int(&o, "at", v->at);
    close_line(&o);
}

void portable_hands(const struct kept_hands *h, struct buf *out)
{
    struct json_out o = open_line(out, "hands");
    json_put_int(&o, "round", h->round);
    json_put_text(&o, "option", h->option);
    json_put_int(&o, "hands", h->hands);
    json_put_int(&o, "at", h->at);
    close_line(&o);
}

void portable_end(uint32_t sessions, struct buf *out)
{
    struct json_out o = open_line(out, "end");
    json_put_int(&o, "sessions", sessions);
    close_line(&o);
}

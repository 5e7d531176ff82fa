/* server_load.c -- loading: the scenario's files are asked of the host, one at a time.
 *
 * The core reads through a struct reader; here each of its calls becomes one `need` line and its answer.  An answer
 * that does not fit counts as a file that could not be read: the scenario then has a problem, the engine has none. */
#include "wire/server_inside.h"

#include "base/digest.h"

enum { PO_LINES = 1 << 24 }; /* each takes a byte of memory */

/* The answer to a need, into need_arena and need_bytes; false where none came that can be told from the next line. */
static bool need_read(struct server *sv, const struct json_value **v)
{
    struct text line;
    int64_t n = 0;
    if (!lines_flush(&sv->lines) || lines_read(&sv->lines, &line) != LINE_OK)
        return false;
    *v = json_parse(&sv->need_arena, line);
    return !json_find(*v, "bytes") || (json_get_int(*v, "bytes", 0, BYTES_MOST, &n) &&
                                       lines_take(&sv->lines, (size_t)n, &sv->need_bytes) == LINE_OK);
}

/* Sends the need that was written; NULL where there is no answer to it. */
static const struct json_value *need_ask(struct server *sv)
{
    const struct json_value *v = NULL;
    part_send(sv);
    arena_reset(&sv->need_arena);
    buf_reset(&sv->need_bytes);
    if (!sv->broken)
        sv->broken = !need_read(sv, &v);
    return sv->broken ? NULL : v;
}

static enum read_answer need_code(const struct json_value *v)
{
    static const enum read_answer answers[FILE_CODES] = {
        [FILE_MISSING] = READ_NONE,          [FILE_OUTSIDE] = READ_OUTSIDE, [FILE_NOT_REGULAR] = READ_NOT_FILE,
        [FILE_LARGE] = READ_TOO_LARGE,       [FILE_FAILED] = READ_FAILED,
    };
    struct text code;
    uint32_t found = json_get_text(v, "code", &code) ? term_find(&file_terms, code) : 0;
    return found ? answers[found] : READ_FAILED;
}

static void need_open(struct server *sv, const char *what, enum file_kind kind, struct text name)
{
    static const enum need_kind kinds[] = {
        [FILE_SCENARIO] = NEED_SCENARIO,     [FILE_LOCAL] = NEED_LOCAL,           [FILE_RUBRIC] = NEED_RUBRIC,
        [FILE_SCRIPT_USE] = NEED_SCRIPT_USE, [FILE_SCRIPT_SRC] = NEED_SCRIPT_SRC, [FILE_PO] = NEED_SCENARIO,
    };
    struct json_out *o = part_open(sv);
    json_put_text(o, "need", text_of(what));
    json_put_text(o, "kind", term_word(&need_terms, kinds[kind]));
    json_put_text(o, "name", name);
}

static enum read_answer reader_read(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    struct server *sv = self;
    need_open(sv, "file", kind, name);
    const struct json_value *v = need_ask(sv);
    if (!json_get_text(v, "file", &out->name)) {
        json_get_text(v, "name", &out->name);
        return need_code(v);
    }
    out->bytes = buf_view(&sv->need_bytes);
    return READ_OK;
}

static bool entry_parse(struct arena *a, struct text line, struct po_entry *e)
{
    const struct json_value *v = json_parse(a, line);
    int64_t number = 0;
    if (!json_get_text(v, "ctx", &e->ctx) || !json_get_text(v, "id", &e->id) || !json_get_text(v, "str", &e->str))
        return false;
    json_get_bool(v, "fuzzy", &e->fuzzy);
    json_get_int(v, "line", 0, PO_LINES, &number);
    e->line = (uint32_t)number;
    return true;
}

static enum read_answer reader_read_po(void *self, enum file_kind owner, struct text use, struct text lang,
                                       struct text *name, const struct po_entry **entries, uint32_t *n)
{
    struct server *sv = self;
    need_open(sv, "po", owner, use);
    json_put_text(&sv->out, "lang", lang);
    const struct json_value *v = need_ask(sv);
    if (!json_get_text(v, "file", name)) {
        int64_t line = 0;
        json_get_text(v, "name", name);
        json_get_int(v, "line", 0, PO_LINES, &line);
        *n = (uint32_t)line;
        return need_code(v);
    }
    struct text rest = buf_view(&sv->need_bytes), line;
    uint32_t lines = 0;
    for (size_t i = 0; i < rest.len; i++)
        lines += rest.at[i] == '\n';
    struct po_entry *list = arena_array(&sv->need_arena, struct po_entry, lines + 1);
    for (*n = 0; *n < lines && text_split(&rest, '\n', &line); ++*n)
        if (!entry_parse(&sv->need_arena, line, &list[*n]))
            return READ_FAILED;
    *entries = list;
    return READ_OK;
}

/* ---- the limits that a request raises or lowers ---- */

static bool request_limits(const struct request *rq, struct limits *limits)
{
    *limits = LIMITS_DEFAULT;
    const struct json_value *v = json_find(rq->v, "limits");
    if (!v)
        return true;
    const struct {
        const char *name;
        uint32_t *at;
    } rows[] = {
        {"file-bytes", &limits->file_bytes},     {"elements", &limits->elements},
        {"depth", &limits->depth},               {"attributes", &limits->attributes},
        {"tag-bytes", &limits->tag_bytes},       {"text-bytes", &limits->text_bytes},
        {"scenes", &limits->scenes},             {"script-bytes", &limits->script_bytes},
        {"script-steps", &limits->script_steps}, {"script-memory", &limits->script_memory},
        {"moves", &limits->moves},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t n;
        if (!json_find(v, rows[i].name))
            continue;
        if (!json_get_int(v, rows[i].name, 1, INT32_MAX, &n))
            return false;
        *rows[i].at = (uint32_t)n;
    }
    return v->kind == JSON_IS_OBJECT;
}

static bool request_langs(struct server *sv, const struct request *rq)
{
    const struct json_value *v = json_find(rq->v, "langs");
    sv->langs = NULL;
    sv->n_langs = 0;
    if (!v)
        return true;
    if (v->kind != JSON_IS_ARRAY || v->n > 64)
        return false;
    struct text *langs = arena_array(&sv->arena, struct text, v->n + 1);
    for (uint32_t i = 0; i < v->n; i++) {
        if (v->items[i].kind != JSON_IS_TEXT)
            return false;
        langs[i] = json_text(&v->items[i]);
    }
    sv->langs = langs;
    sv->n_langs = v->n;
    return true;
}

/* ---- the requests ---- */

void server_forget(struct server *sv)
{
    for (uint32_t i = 0; i < SESSIONS_MOST; i++) {
        if (sv->sessions[i].number)
            rehearse_end(sv->sessions[i].p);
        sv->sessions[i] = (struct server_session){0};
    }
    turning_forget(sv);
    study_free(sv->study);
    sv->study = NULL;
    if (sv->scenario)
        rehearse_unload(sv->scenario);
    sv->scenario = NULL;
}

static void put_loaded(struct server *sv, struct json_out *o)
{
    const struct scenario *s = sv->scenario->model;
    char digest[DIGEST_HEX + 1];
    digest_hex(s->digest, digest);
    put_name(sv, "id", s->id);
    json_put_text(o, "version", s->version);
    json_put_text(o, "digest", text_of(digest));
    json_key(o, "langs");
    json_open_array(o);
    for (uint32_t i = 0; i < s->n_languages; i++)
        json_str(o, s->languages[i].tag);
    json_close_array(o);
}

static bool load(struct server *sv, const struct request *rq)
{
    struct limits limits;
    if (!request_limits(rq, &limits)) {
        answer_bad(sv, "limits");
        return false;
    }
    if (!request_langs(sv, rq)) {
        answer_bad(sv, "langs");
        return false;
    }
    server_forget(sv);
    struct reader reader = {
        .self = sv, .read = reader_read, .read_po = reader_read_po, .langs = sv->langs, .n_langs = sv->n_langs};
    json_get_bool(rq->v, "texts", &reader.contexts);
    sv->scenario = rehearse_load(&reader, &limits);
    const struct errs *es = &sv->scenario->problems;
    for (uint32_t i = 0; i < es->n; i++) {
        part_open(sv);
        put_problem(sv, "problem", &es->v[i]);
        part_send(sv);
    }
    bool playable = rehearse_playable(sv->scenario);
    struct json_out *o = done_open(sv);
    json_put_bool(o, "playable", playable);
    json_put_int(o, "errors", es->errors);
    json_put_int(o, "warnings", es->warnings);
    json_put_int(o, "dropped", es->dropped);
    if (sv->scenario->model->readable)
        put_loaded(sv, o);
    done_end(sv);
    return true;
}

void serve_load(struct server *sv, const struct request *rq) { load(sv, rq); }

void serve_check(struct server *sv, const struct request *rq)
{
    if (load(sv, rq))
        server_forget(sv);
}

void serve_unload(struct server *sv, const struct request *rq)
{
    (void)rq;
    server_forget(sv);
    done_open(sv);
    done_end(sv);
}

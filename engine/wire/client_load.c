/* client_load.c -- loading, and handing the scenario's files over.
 *
 * What was handed over is kept: a new engine gets the very same bytes, even where somebody edits the file meanwhile, so
 * that a session stays the play it was.  The digest proves it. */
#include "wire/client_inside.h"

#include <string.h>

/* ---- needs ---- */

static bool need_same(const struct need *a, const struct need *b)
{
    return a->po == b->po && a->kind == b->kind && text_eq(a->name, b->name) && text_eq(a->lang, b->lang);
}

static const struct handed *kept_find(const struct client *c, const struct need *need)
{
    for (uint32_t i = 0; i < c->n_files; i++)
        if (need_same(&c->files[i].need, need))
            return &c->files[i];
    return NULL;
}

/* The entries of a PO file, one JSON text a line. */
static void pairs_write(const struct file_answer *a, struct buf *out)
{
    for (uint32_t i = 0; i < a->n_pairs; i++) {
        struct json_out o = json_to(out);
        json_open_object(&o);
        json_put_text(&o, "ctx", a->pairs[i].ctx);
        json_put_text(&o, "id", a->pairs[i].id);
        json_put_text(&o, "str", a->pairs[i].str);
        if (a->pairs[i].fuzzy)
            json_put_bool(&o, "fuzzy", true);
        if (a->pairs[i].line)
            json_put_int(&o, "line", a->pairs[i].line);
        json_close_object(&o);
        buf_char(out, '\n');
    }
}

/* The answer line for A, whose bytes are BYTES. */
static void answer_write(const struct file_answer *a, struct text bytes, struct buf *out)
{
    struct json_out o = json_to(out);
    json_open_object(&o);
    if (a->code == FILE_OK) {
        json_put_text(&o, "file", a->name);
        json_put_int(&o, "bytes", (int64_t)bytes.len);
    } else {
        json_key(&o, "file");
        json_nothing(&o);
        json_put_text(&o, "code", term_word(&file_terms, a->code));
        if (a->name.len)
            json_put_text(&o, "name", a->name);
        if (a->bad_line)
            json_put_int(&o, "line", a->bad_line);
    }
    json_close_object(&o);
}

static void need_send(struct client *c, struct text line, struct text bytes)
{
    lines_put(&c->lines, line);
    lines_put_bytes(&c->lines, bytes);
    lines_flush(&c->lines);
}

/* A further answer to be kept for the next engine. */
static struct handed *handed_add(struct client *c, const struct need *need, struct text line, struct text bytes)
{
    c->files = list_room(&c->loaded, c->files, c->n_files, sizeof *c->files);
    struct handed *kept = &c->files[c->n_files++];
    kept->need = *need;
    kept->need.name = text_keep(&c->loaded, need->name);
    kept->need.lang = text_keep(&c->loaded, need->lang);
    kept->line = text_keep(&c->loaded, line);
    kept->bytes = text_keep(&c->loaded, bytes);
    return kept;
}

/* Reads what NEED names, keeps the answer for the next engine, and sends it. */
static void need_serve(struct client *c, const struct need *need)
{
    struct file_answer a = {.code = FILE_MISSING};
    struct buf line = {0}, pairs = {0};
    if (c->config.files)
        files_answer(c->config.files, need, &a);
    if (need->po)
        pairs_write(&a, &pairs);
    struct text bytes = a.code != FILE_OK ? (struct text){0} : need->po ? buf_view(&pairs) : a.bytes;
    answer_write(&a, bytes, &line);
    if (need->kind == NEED_SCENARIO && !need->po)
        c->scenario_file = text_keep(&c->loaded, a.name);
    const struct handed *kept = handed_add(c, need, buf_view(&line), bytes);
    need_send(c, kept->line, kept->bytes);
    buf_done(&line);
    buf_done(&pairs);
}

void need_answer(struct client *c, struct call *call, struct reading *r, const struct json_value *v)
{
    enum { NEEDS_MOST = 200 };
    struct text what = read_name(r, v, "need", MUST_BE);
    struct need need = {.po = text_is(what, "po"), .kind = read_term(r, v, "kind", MUST_BE, &need_terms)};
    need.name = read_text(r, v, "name", MUST_BE);
    need.lang = read_name(r, v, "lang", need.po ? MUST_BE : MAY_MISS);
    r->bad |= (!need.po && !text_is(what, "file")) || !need.kind;
    if (r->bad)
        return;
    int64_t before = process_clock();
    const struct handed *kept = kept_find(c, &need);
    if (kept)
        need_send(c, kept->line, kept->bytes);
    else if (call->replays || c->n_files == NEEDS_MOST)
        r->bad = true; /* asks for what it did not ask for the first time, or without end */
    else
        need_serve(c, &need);
    c->process.until += process_clock() - before;
}

/* ---- load and check ---- */

struct loading {
    struct message *v;
    uint32_t n;
};

static void problem_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct loading *l = call->out;
    l->v = list_room(r->a, l->v, l->n, sizeof *l->v);
    l->v[l->n++] = read_problem(r, v, "problem");
}

static void put_limits(struct json_out *o, const struct limits *l)
{
    const struct {
        const char *name;
        uint32_t value;
    } rows[] = {
        {"file-bytes", l->file_bytes},     {"elements", l->elements},           {"depth", l->depth},
        {"attributes", l->attributes},     {"tag-bytes", l->tag_bytes},         {"text-bytes", l->text_bytes},
        {"scenes", l->scenes},             {"script-bytes", l->script_bytes},   {"script-steps", l->script_steps},
        {"script-memory", l->script_memory}, {"moves", l->moves},
    };
    json_key(o, "limits");
    json_open_object(o);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        json_put_int(o, rows[i].name, rows[i].value);
    json_close_object(o);
}

/* The translations beside the scenario; of one that was kept, those it was loaded with. */
static void put_langs(struct json_out *o, const struct client *c)
{
    uint32_t n = 0;
    const struct text *langs = c->config.files ? files_langs(c->config.files, &n) : NULL;
    json_key(o, "langs");
    json_open_array(o);
    for (uint32_t i = 0; i < n; i++)
        json_str(o, langs[i]);
    for (uint32_t i = 0; i < c->config.n_kept; i++)
        if (c->config.kept[i].need.po && c->config.kept[i].need.kind == NEED_SCENARIO)
            json_str(o, c->config.kept[i].need.lang);
    json_close_array(o);
}

static struct text load_request(struct client *c, const char *what)
{
    struct json_out o = request_open(c, what);
    put_langs(&o, c);
    if (c->config.texts)
        json_put_bool(&o, "texts", true);
    if (c->config.limits)
        put_limits(&o, c->config.limits);
    return text_keep(&c->loaded, request_end(c, &o));
}

/* The last line of a load: OUT, and what is true of the scenario from here on. */
static void loaded_read(struct client *c, const struct json_value *done, struct reading *r, struct client_problems *out)
{
    struct client_scenario *s = &c->scenario;
    out->playable = read_bool(r, done, "playable");
    out->errors = read_count(r, done, "errors", MUST_BE);
    out->warnings = read_count(r, done, "warnings", MUST_BE);
    out->dropped = read_count(r, done, "dropped", MUST_BE);
    r->bad |= out->playable && out->errors > 0;
    if (!json_find(done, "id"))
        return;
    s->id = text_keep(&c->loaded, read_name(r, done, "id", MUST_BE));
    s->version = text_keep(&c->loaded, read_text(r, done, "version", MUST_BE));
    s->digest = text_keep(&c->loaded, read_name(r, done, "digest", MUST_BE));
    const struct text *langs = read_names(r, done, "langs", &s->n_langs);
    struct text *kept = arena_array(&c->loaded, struct text, s->n_langs + 1);
    for (uint32_t i = 0; i < s->n_langs; i++)
        kept[i] = text_keep(&c->loaded, langs[i]);
    s->langs = kept;
    r->bad |= s->n_langs == 0;
}

void client_unload(struct client *c)
{
    client_sessions_drop(c);
    c->is_loaded = false;
    c->files = NULL;
    c->n_files = 0;
    c->scenario = (struct client_scenario){0};
    c->scenario_file = (struct text){0};
    arena_reset(&c->loaded);
}

/* What was handed over when the scenario was loaded first is handed over again; what is asked beyond that is missing. */
static void handed_take(struct client *c)
{
    for (uint32_t i = 0; i < c->config.n_kept; i++) {
        const struct handed *h = &c->config.kept[i];
        struct arena a = {0};
        struct text file = {0};
        handed_add(c, &h->need, h->line, h->bytes);
        if (h->need.kind == NEED_SCENARIO && !h->need.po && json_get_text(json_parse(&a, h->line), "file", &file))
            c->scenario_file = text_keep(&c->loaded, file);
        arena_done(&a);
    }
}

static enum client_end load_once(struct client *c, const char *what, struct client_problems *out,
                                 struct client_fault *fault)
{
    struct loading loading = {0};
    client_unload(c);
    *out = (struct client_problems){0};
    if (c->config.files)
        c->scenario_file = text_keep(&c->loaded, text_of(files_scenario(c->config.files)));
    handed_take(c);
    struct call call = {.line = load_request(c, what), .part = problem_part, .out = &loading, .serves_files = true, .parts = LOAD_PARTS,
                        .deadline = c->config.load_deadline};
    enum client_end end = client_call(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->answer};
    loaded_read(c, call.done, &r, out);
    if (r.bad)
        return client_nonsense(c, &call, fault);
    out->v = loading.v;
    out->n = loading.n;
    c->load_line = call.line;
    return CLIENT_OK;
}

static enum client_end load(struct client *c, const char *what, struct client_problems *out, struct client_fault *fault)
{
    enum client_end end = load_once(c, what, out, fault);
    return client_died(end, fault) ? load_once(c, what, out, fault) : end;
}

enum client_end client_load(struct client *c, struct client_problems *out, struct client_fault *fault)
{
    enum client_end end = load(c, "load", out, fault);
    c->is_loaded = end == CLIENT_OK && c->scenario.id.len > 0;
    return end;
}

enum client_end client_check(struct client *c, struct client_problems *out, struct client_fault *fault)
{
    return load(c, "check", out, fault);
}

enum client_end client_reload(struct client *c, struct client_fault *fault)
{
    if (!c->is_loaded)
        return CLIENT_OK;
    struct loading loading = {0};
    struct call call = {.line = c->load_line, .part = problem_part, .out = &loading, .arena = &c->scratch,
                        .serves_files = true, .parts = LOAD_PARTS, .replays = true, .deadline = c->config.load_deadline};
    enum client_end end = client_talk(c, &call, fault);
    if (end != CLIENT_OK)
        return end;
    struct reading r = {.a = &c->scratch};
    struct text digest = read_name(&r, call.done, "digest", MUST_BE);
    return !r.bad && text_eq(digest, c->scenario.digest) ? CLIENT_OK : client_nonsense(c, &call, fault);
}

const struct client_scenario *client_scenario(const struct client *c) { return &c->scenario; }

const struct handed *client_handed(const struct client *c, uint32_t *n)
{
    *n = c->n_files;
    return c->files;
}

/* ---- texts and documents ---- */

struct texts {
    struct client_text *v;
    uint32_t n;
};

static void text_part(struct call *call, struct reading *r, const struct json_value *v)
{
    struct texts *t = call->out;
    t->v = list_room(r->a, t->v, t->n, sizeof *t->v);
    t->v[t->n++] = (struct client_text){.ctx = read_text(r, v, "ctx", MUST_BE),
                                        .words = read_text(r, v, "words", MUST_BE),
                                        .file = read_text(r, v, "file", MAY_MISS),
                                        .line = read_count(r, v, "line", MAY_MISS)};
}

enum client_end client_texts(struct client *c, const struct client_text **v, uint32_t *n, struct client_fault *fault)
{
    struct texts texts = {0};
    struct json_out o = request_open(c, "texts");
    struct call call = {.line = request_end(c, &o), .part = text_part, .out = &texts};
    enum client_end end = client_call(c, &call, fault);
    *v = texts.v;
    *n = end == CLIENT_OK ? texts.n : 0;
    return end;
}

enum client_end client_document(struct client *c, const char *which, struct text *out, struct client_fault *fault)
{
    struct json_out o = request_open(c, which);
    struct call call = {.line = request_end(c, &o)};
    enum client_end end = client_call(c, &call, fault);
    *out = call.bytes_back;
    return end;
}

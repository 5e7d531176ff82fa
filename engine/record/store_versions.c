/* store_versions.c -- scenarios as they were when they were played: each file once, by its digest. */
#include "record/store_inside.h"

#include "base/digest.h"

struct wanted {
    struct arena *a;
    struct kept_version *out;
};

static bool take_version(void *self, const struct sql_value *v, uint32_t n)
{
    struct wanted *w = self;
    struct row r = {v, n, 0};
    w->out->id = row_int(&r);
    w->out->scenario = text_keep(w->a, row_text(&r));
    w->out->version = text_keep(w->a, row_text(&r));
    w->out->digest = text_keep(w->a, row_text(&r));
    w->out->lang = text_keep(w->a, row_text(&r));
    return false;
}

bool store_version(struct store *s, struct text digest, struct arena *a, struct kept_version *out, struct store_fault *f)
{
    struct wanted w = {a, out};
    *out = (struct kept_version){0};
    if (!store_ask(s, "SELECT id, scenario, version, digest, lang FROM versions WHERE digest = $1",
                   VALUES(sql_text(digest)), take_version, &w, f))
        return false;
    return out->id || store_fails(f, STORE_MISSING, "");
}

/* ---- keeping ---- */

static bool keep_file(struct store *s, int64_t version, uint32_t place, const struct handed *file, struct store_fault *f)
{
    struct digest d;
    uint8_t bytes[DIGEST_BYTES];
    char hex[DIGEST_HEX + 1];
    int64_t id;
    digest_init(&d);
    digest_add(&d, file->bytes);
    digest_end(&d, bytes);
    digest_hex(bytes, hex);
    return store_tell(s, "INSERT INTO files (digest, bytes) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
                      VALUES(sql_text(text_of(hex)), sql_bytes(file->bytes)), NULL, f) &&
           store_number(s, "SELECT id FROM files WHERE digest = $1", VALUES(sql_text(text_of(hex))), 0, &id, f) &&
           store_tell(s, "INSERT INTO version_files (version, place, po, kind, name, lang, line, file)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                      VALUES(sql_int(version), sql_int(place), sql_int(file->need.po), sql_int(file->need.kind),
                             sql_text(file->need.name), sql_text(file->need.lang), sql_text(file->line), sql_int(id)), NULL,
                      f);
}

static bool keep_all(struct store *s, const struct kept_version *v, const struct handed *files, uint32_t n_files,
                     const struct kept_title *titles, uint32_t n_titles, int64_t now, int64_t *id, struct store_fault *f)
{
    if (!store_number(s, "INSERT INTO versions (digest, scenario, version, lang, since) VALUES ($1, $2, $3, $4, $5)"
                         " ON CONFLICT (digest) DO NOTHING RETURNING id",
                      VALUES(sql_text(v->digest), sql_text(v->scenario), sql_text(v->version), sql_text(v->lang),
                             sql_int(now)), 0, id, f))
        return false;
    if (!*id)
        return store_number(s, "SELECT id FROM versions WHERE digest = $1", VALUES(sql_text(v->digest)), 0, id, f);
    for (uint32_t i = 0; i < n_files; i++)
        if (!keep_file(s, *id, i, &files[i], f))
            return false;
    for (uint32_t i = 0; i < n_titles; i++)
        if (!store_tell(s, "INSERT INTO titles (version, lang, title) VALUES ($1, $2, $3)",
                        VALUES(sql_int(*id), sql_text(titles[i].lang), sql_text(titles[i].title)), NULL, f))
            return false;
    return true;
}

bool store_version_keep(struct store *s, const struct kept_version *v, const struct handed *files, uint32_t n_files,
                        const struct kept_title *titles, uint32_t n_titles, int64_t now, int64_t *id,
                        struct store_fault *f)
{
    return store_start(s, SQL_WRITE, f) &&
           store_finish(s, keep_all(s, v, files, n_files, titles, n_titles, now, id, f), f);
}

/* ---- reading ---- */

struct filing {
    store_file_fn *fn;
    void *self;
};

static bool hand_file(void *self, const struct sql_value *v, uint32_t n)
{
    struct filing *h = self;
    struct row r = {v, n, 0};
    struct handed file = {.need.po = row_int(&r) != 0};
    file.need.kind = (enum need_kind)row_count(&r);
    file.need.name = row_text(&r);
    file.need.lang = row_text(&r);
    file.line = row_text(&r);
    file.bytes = row_text(&r);
    return h->fn(h->self, &file);
}

bool store_files(struct store *s, int64_t version, store_file_fn *fn, void *self, struct store_fault *f)
{
    struct filing h = {fn, self};
    return store_ask(s, "SELECT w.po, w.kind, w.name, w.lang, w.line, x.bytes FROM version_files w"
                        " JOIN files x ON x.id = w.file WHERE w.version = $1 ORDER BY w.place",
                     VALUES(sql_int(version)), hand_file, &h, f);
}

struct titling {
    store_title_fn *fn;
    void *self;
};

static bool hand_title(void *self, const struct sql_value *v, uint32_t n)
{
    struct titling *h = self;
    struct row r = {v, n, 0};
    struct kept_title title = {.lang = row_text(&r)};
    title.title = row_text(&r);
    return h->fn(h->self, &title);
}

bool store_titles(struct store *s, int64_t version, store_title_fn *fn, void *self, struct store_fault *f)
{
    struct titling h = {fn, self};
    return store_ask(s, "SELECT lang, title FROM titles WHERE version = $1 ORDER BY lang", VALUES(sql_int(version)),
                     hand_title, &h, f);
}

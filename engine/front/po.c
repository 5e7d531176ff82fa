/* po.c -- PO files through libgettextpo; the only file that sees its header.
 *
 * The library reads and writes named files only, so bytes go in and out through an anonymous file in memory.  It reports
 * through a callback without an argument, hence one static pointer for the length of a call.  Its reader stops the
 * process on a character set that it cannot convert: what is not UTF-8 is refused before.  Knows nothing of scenarios. */
#include "front/po.h"

#include "front/po_lean.h"
#include "wire/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gettext-po.h>

struct reading {
    struct po_rows *rows; /* bad_line, bad_words */
    struct arena *arena;
};
static struct reading *speaking;

static void fault_at(uint32_t line, const char *words)
{
    struct po_rows *r = speaking->rows;
    if (r->bad_words.len)
        return; /* the first is the cause of the others */
    r->bad_line = line ? line : 1;
    r->bad_words = text_keep(speaking->arena, text_trim(text_of(words)));
}

static void on_error(int severity, po_message_t m, const char *file, size_t line, size_t col, int many, const char *words)
{
    (void)m;
    (void)file;
    (void)col;
    (void)many;
    if (severity == PO_SEVERITY_WARNING)
        return;
    fault_at(line == (size_t)-1 ? 0 : (uint32_t)line, words);
    if (severity == PO_SEVERITY_FATAL_ERROR) { /* must not return; only a failing read of our own memory comes here */
        fprintf(stderr, "rehearse: libgettextpo: %s\n", words);
        _exit(74);
    }
}

static void on_error_two(int severity, po_message_t m1, const char *f1, size_t l1, size_t c1, int many1, const char *w1,
                         po_message_t m2, const char *f2, size_t l2, size_t c2, int many2, const char *w2)
{
    (void)m2;
    (void)f2;
    (void)l2;
    (void)c2;
    (void)many2;
    (void)w2;
    on_error(severity, m1, f1, l1, c1, many1, w1);
}

static const struct po_xerror_handler handler = {on_error, on_error_two};

/* ---- bytes in and out ---- */

/* An anonymous file holding BYTES, and the name it can be opened by. */
static int memory_file(struct text bytes, char name[32])
{
    int fd = memfd_create("po", MFD_CLOEXEC);
    if (fd >= 0 && !put_all(fd, bytes)) {
        close(fd);
        fd = -1;
    }
    snprintf(name, 32, "/dev/fd/%d", fd);
    return fd;
}

/* The header's charset, lower case, is "utf-8", or there is no header.  The library's own refusal would end the program. */
static bool is_utf8(struct text bytes, struct po_rows *out)
{
    size_t bad = text_utf8_valid(bytes);
    const char *nul = bytes.len ? memchr(bytes.at, 0, bytes.len) : NULL;
    if (nul && (size_t)(nul - bytes.at) < bad)
        bad = (size_t)(nul - bytes.at);
    const char *at = bytes.len ? memmem(bytes.at, bytes.len, "charset=", 8) : NULL;
    const char *header_end = bytes.len ? memmem(bytes.at, bytes.len, "\n\n", 2) : NULL;
    bool other = at && (!header_end || at < header_end) && (size_t)(bytes.at + bytes.len - at) >= 13 &&
                 strncasecmp(at + 8, "utf-8", 5) != 0;
    if (bad == bytes.len && !other)
        return true;
    size_t to = other ? (size_t)(at - bytes.at) : bad;
    out->bad_line = 1;
    for (size_t i = 0; i < to; i++)
        out->bad_line += bytes.at[i] == '\n';
    out->bad_words = TEXT("the file must be UTF-8");
    return false;
}

static po_file_t parse(struct text bytes)
{
    char name[32];
    int fd = memory_file(bytes, name);
    if (fd < 0) {
        fault_at(0, strerror(errno));
        return NULL;
    }
    po_file_t file = po_file_read(name, &handler);
    close(fd);
    if (!file)
        fault_at(0, "cannot be read");
    return file;
}

/* po_file_free of gettext 0.21 forgets the contexts. */
static void release(po_file_t file)
{
    po_message_iterator_t it = po_message_iterator(file, NULL);
    for (po_message_t m; (m = po_next_message(it));)
        po_message_set_msgctxt(m, NULL);
    po_message_iterator_free(it);
    po_file_free(file);
}

/* ---- reading ---- */

/* Lines on which entries begin: the library knows them and does not tell.  An entry begins with msgctxt, or with a msgid
 * that no msgctxt announced. */
static size_t entry_lines(struct text bytes, uint32_t *lines, size_t room)
{
    size_t n = 0;
    uint32_t number = 0;
    bool announced = false;
    for (struct text line; text_split(&bytes, '\n', &line);) {
        number++;
        line = text_trim(line);
        if (text_starts(line, "#~") && !text_starts(line, "#~|"))
            line = text_trim(text_from(line.at + 2, line.len - 2));
        bool ctx = text_starts(line, "msgctxt");
        bool id = text_starts(line, "msgid") && !text_starts(line, "msgid_plural");
        if ((ctx || (id && !announced)) && n < room)
            lines[n++] = number;
        announced = ctx || (announced && !id);
    }
    return n;
}

static struct text keep(struct arena *a, const char *s) { return text_keep(a, text_of(s)); }

static size_t count(po_file_t file)
{
    size_t n = 0;
    po_message_iterator_t it = po_message_iterator(file, NULL);
    while (po_next_message(it))
        n++;
    po_message_iterator_free(it);
    return n;
}

static void collect(po_file_t file, struct text bytes, struct arena *a, struct po_rows *out)
{
    size_t n = count(file);
    uint32_t *lines = arena_array(a, uint32_t, n + 1);
    bool known = entry_lines(bytes, lines, n + 1) == n;
    out->v = arena_array(a, struct po_row, n + 1);
    po_message_iterator_t it = po_message_iterator(file, NULL);
    size_t at = 0;
    for (po_message_t m; (m = po_next_message(it)); at++) {
        struct text id = text_of(po_message_msgid(m));
        if (!id.len && !po_message_msgctxt(m))
            continue; /* the header */
        out->v[out->n++] = (struct po_row){.ctx = keep(a, po_message_msgctxt(m)),
                                           .id = text_keep(a, id),
                                           .str = keep(a, po_message_msgstr(m)),
                                           .fuzzy = po_message_is_fuzzy(m),
                                           .obsolete = po_message_is_obsolete(m),
                                           .line = known ? lines[at] : 0};
    }
    po_message_iterator_free(it);
}

/* The entries of BYTES, or NULL after a report. */
static po_file_t parse_lean(struct text bytes)
{
    struct lean lean;
    po_file_t file = NULL;
    if (po_lean(bytes, &lean))
        file = parse(buf_view(&lean.bytes));
    else
        fault_at(lean.bad_line, lean.bad_words);
    buf_done(&lean.bytes);
    return file;
}

/* Editors on Windows write a byte order mark; the library refuses it. */
static struct text without_mark(struct text bytes)
{
    return text_starts(bytes, "\xEF\xBB\xBF") ? text_from(bytes.at + 3, bytes.len - 3) : bytes;
}

bool po_read(struct text bytes, struct arena *a, struct po_rows *out)
{
    *out = (struct po_rows){0};
    bytes = without_mark(bytes);
    if (!is_utf8(bytes, out))
        return false;
    struct reading se = {out, a};
    speaking = &se;
    po_file_t file = parse_lean(bytes);
    if (file && !out->bad_words.len)
        collect(file, bytes, a, out);
    if (file)
        release(file);
    speaking = NULL;
    return !out->bad_words.len;
}

bool po_pairs_parse(void *self, struct text name, struct text bytes, struct po_pairs *out)
{
    struct arena a = {0};
    struct po_rows rows;
    bool ok = po_read(bytes, &a, &rows);
    out->bad_line = rows.bad_line;
    (void)self;
    (void)name;
    for (size_t i = 0; ok && i < rows.n; i++) {
        const struct po_row *r = &rows.v[i];
        if (!r->obsolete)
            po_pairs_add(out, &(struct po_pair){.ctx = r->ctx, .id = r->id, .str = r->str, .fuzzy = r->fuzzy, .line = r->line});
    }
    arena_done(&a);
    return ok;
}

/* ---- bringing up to date ---- */

/* An entry of the old file, and whether the new one has taken it over. */
struct old {
    po_message_t m;
    const char *ctx, *id;
    bool used;
};

struct update {
    struct old *v;
    size_t n;
    po_message_iterator_t to;
    struct po_counts *counts;
};

static const char *or_empty(const char *s) { return s ? s : ""; }

static int old_cmp(const void *pa, const void *pb)
{
    const struct old *a = pa, *b = pb;
    int c = strcmp(a->ctx, b->ctx);
    return c ? c : strcmp(a->id, b->id);
}

/* The entry with this context: with the same source if there is one, else one whose source changed.  Contexts that many
 * texts share ("script") are told apart by their source alone. */
static struct old *old_find(struct update *u, const char *ctx, const char *id)
{
    size_t lo = 0, hi = u->n;
    struct old key = {.ctx = ctx, .id = ""};
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (old_cmp(&u->v[mid], &key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    struct old *changed = NULL;
    for (; lo < u->n && strcmp(u->v[lo].ctx, ctx) == 0; lo++) {
        if (u->v[lo].used)
            continue;
        if (strcmp(u->v[lo].id, id) == 0)
            return &u->v[lo];
        if (!changed || (po_message_is_obsolete(changed->m) && !po_message_is_obsolete(u->v[lo].m)))
            changed = &u->v[lo];
    }
    return strcmp(ctx, "script") == 0 ? NULL : changed;
}

static po_message_t message_new(const char *ctx, const char *id)
{
    po_message_t m = po_message_create();
    po_message_set_msgctxt(m, ctx);
    po_message_set_msgid(m, id);
    return m;
}

/* What the old file says of SOURCE goes into M; its words. */
static const char *put_old(struct update *u, struct old *o, po_message_t m, const char *id)
{
    const char *str = po_message_msgstr(o->m);
    o->used = true;
    po_message_set_msgstr(m, str);
    po_message_set_comments(m, or_empty(po_message_comments(o->m)));
    bool changed = strcmp(o->id, id) != 0 && *str;
    po_message_set_fuzzy(m, changed || po_message_is_fuzzy(o->m));
    po_message_set_prev_msgid(m, changed ? o->id : po_message_prev_msgid(o->m));
    u->counts->changed += changed;
    u->counts->kept += !changed;
    return str;
}

static void put_source(struct update *u, const struct po_row *source, struct arena *a)
{
    const char *ctx = text_keep(a, source->ctx).at, *id = text_keep(a, source->id).at, *str = "";
    struct old *o = old_find(u, ctx, id);
    po_message_t m = message_new(ctx, id);
    if (o)
        str = put_old(u, o, m, id);
    else
        u->counts->fresh++;
    if (source->str.len) {
        str = text_keep(a, source->str).at;
        po_message_set_msgstr(m, str);
        po_message_set_fuzzy(m, source->fuzzy);
        po_message_set_prev_msgid(m, source->was.len ? text_keep(a, source->was).at : NULL);
    }
    u->counts->fuzzy += *str && po_message_is_fuzzy(m);
    u->counts->missing += !*str;
    po_message_insert(u->to, m);
}

static void put_obsolete(struct update *u, const struct old *o)
{
    if (!*po_message_msgstr(o->m))
        return; /* nobody had translated it: nothing is lost */
    po_message_t m = message_new(o->ctx, o->id);
    po_message_set_msgstr(m, po_message_msgstr(o->m));
    po_message_set_comments(m, or_empty(po_message_comments(o->m)));
    po_message_set_fuzzy(m, po_message_is_fuzzy(o->m));
    po_message_set_obsolete(m, 1);
    u->counts->gone += !po_message_is_obsolete(o->m);
    po_message_insert(u->to, m);
}

static void put_header(struct update *u, po_message_t old, struct text project, struct text lang)
{
    struct buf h = {0};
    po_message_t m = message_new(NULL, "");
    if (old) {
        buf_str(&h, po_message_msgstr(old));
        po_message_set_comments(m, or_empty(po_message_comments(old)));
        po_message_set_fuzzy(m, po_message_is_fuzzy(old));
    } else {
        buf_printf(&h, "Project-Id-Version: %.*s\nReport-Msgid-Bugs-To: \nLast-Translator: \nLanguage-Team: \n",
                   (int)project.len, project.at);
        buf_printf(&h, "Language: %.*s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n", (int)lang.len,
                   lang.at);
        buf_str(&h, "Content-Transfer-Encoding: 8bit\n");
    }
    buf_char(&h, 0);
    po_message_set_msgstr(m, h.at);
    buf_done(&h);
    po_message_insert(u->to, m);
}

/* Sorts the entries of FILE (which may be NULL) into U; hands back its header entry. */
static po_message_t take_old(struct update *u, po_file_t file, struct arena *a)
{
    po_message_t header = NULL;
    if (!file)
        return NULL;
    u->v = arena_array(a, struct old, count(file) + 1);
    po_message_iterator_t it = po_message_iterator(file, NULL);
    for (po_message_t m; (m = po_next_message(it));) {
        if (!po_message_msgctxt(m) && !*po_message_msgid(m))
            header = m;
        else
            u->v[u->n++] = (struct old){.m = m, .ctx = or_empty(po_message_msgctxt(m)), .id = po_message_msgid(m)};
    }
    po_message_iterator_free(it);
    if (u->n)
        qsort(u->v, u->n, sizeof *u->v, old_cmp);
    return header;
}

/* The library does not tell whether it could write, and what is written takes the place of somebody's work. */
static bool is_whole(po_file_t file, struct text written)
{
    struct po_rows ignored = {0};
    struct reading *before = speaking, quiet = {&ignored, before->arena};
    speaking = &quiet;
    po_file_t again = written.len ? parse(written) : NULL;
    bool whole = again && !ignored.bad_words.len && count(again) == count(file);
    if (again)
        release(again);
    speaking = before;
    errno = EIO;
    return whole;
}

static bool write_out(po_file_t file, struct buf *out)
{
    char name[32], bytes[16384];
    int fd = memory_file((struct text){0}, name);
    if (fd < 0)
        return false;
    po_file_write(file, name, &handler);
    lseek(fd, 0, SEEK_SET);
    buf_reset(out);
    for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0;)
        buf_add(out, bytes, (size_t)n);
    close(fd);
    return is_whole(file, buf_view(out));
}

bool po_update(struct text old, const struct po_row *sources, size_t n, struct text project, struct text lang,
               struct arena *a, struct buf *out, struct po_counts *counts, struct po_rows *fault)
{
    struct reading se = {fault, a};
    struct update u = {.counts = counts};
    *counts = (struct po_counts){0};
    *fault = (struct po_rows){0};
    old = without_mark(old);
    if (old.len && !is_utf8(old, fault))
        return false;
    speaking = &se;
    po_file_t from = old.len ? parse_lean(old) : NULL;
    if (!fault->bad_words.len) {
        po_file_t to = po_file_create();
        u.to = po_message_iterator(to, NULL);
        put_header(&u, take_old(&u, from, a), project, lang);
        for (size_t i = 0; i < n; i++)
            put_source(&u, &sources[i], a);
        for (size_t i = 0; i < u.n; i++)
            if (!u.v[i].used)
                put_obsolete(&u, &u.v[i]);
        if (!write_out(to, out))
            fault_at(0, strerror(errno));
        po_message_iterator_free(u.to);
        release(to);
    }
    if (from)
        release(from);
    speaking = NULL;
    return !fault->bad_words.len;
}

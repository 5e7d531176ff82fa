/* files.c -- answering what the engine asks for.
 *
 * The engine is as foreign as the scenario it reads: a name it sends is checked here as if a stranger had typed it, and
 * what may be opened follows from the kind of file alone.  Must not know XML, PO or Lua. */
#include "wire/files.h"

#include "wire/files_library.h"
#include "wire/files_open.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MOST = 4 << 20, TOTAL_MOST = 16 << 20, FILES_MOST = 100, LANGS_MOST = 64, LANG_BYTES = 35,
       PO_COSTS = 4 }; /* a PO file is read here, in the host, and more slowly than it comes from the disk */

struct files {
    struct arena arena;
    struct files_config config;
    int folder;                /* the scenario's */
    const char *folder_shown;  /* as typed, without slashes at the end */
    const char *own;           /* the scenario's own file in it */
    struct text stem;          /* what its companions begin with: "" for scenario.xml, "sketch." for sketch.xml */
    struct library library;
    struct text *langs;
    uint32_t n_langs;
    size_t total;              /* bytes and files handed out since the scenario was asked for */
    uint32_t count;
    struct buf name, path, bytes;
    struct po_pairs pairs;
};

void po_pairs_add(struct po_pairs *ps, const struct po_pair *pair)
{
    array_room(ps->v, ps->n, ps->cap);
    struct po_pair *p = &ps->v[ps->n++];
    *p = *pair;
    p->ctx = text_keep(&ps->arena, pair->ctx);
    p->id = text_keep(&ps->arena, pair->id);
    p->str = text_keep(&ps->arena, pair->str);
}

/* ---- finding the scenario ---- */

/* FOLDER (ending in LEN bytes) and OWN; false where there is no such file. */
static bool files_at(struct files *f, const char *folder, size_t len, const char *own)
{
    while (len > 1 && folder[len - 1] == '/')
        len--;
    char *shown = arena_copy(&f->arena, folder, len);
    int fd = folder_open(len > 0 ? shown : ".");
    if (fd < 0)
        return false;
    if (faccessat(fd, own, F_OK, AT_SYMLINK_NOFOLLOW) != 0) {
        close(fd);
        return false;
    }
    f->folder = fd;
    f->folder_shown = strcmp(shown, ".") == 0 ? "" : shown;
    f->own = arena_copy(&f->arena, own, strlen(own));
    size_t stem = strlen(own);
    stem -= stem > 4 && strcmp(own + stem - 4, ".xml") == 0 ? 3 : 0;
    f->stem = strcmp(own, "scenario.xml") == 0 ? (struct text){0} : text_from(f->own, stem);
    return true;
}

/* PATH is a folder with a scenario.xml, or a file. */
static bool files_find_path(struct files *f, const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    if (S_ISDIR(st.st_mode))
        return files_at(f, path, strlen(path), "scenario.xml");
    const char *slash = strrchr(path, '/');
    size_t len = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
    return files_at(f, path, len, slash ? slash + 1 : path);
}

static bool files_find_name(struct files *f, const char *name)
{
    if (!name_is_plain(text_of(name)))
        return false;
    for (uint32_t i = 0; i <= f->library.n; i++) {
        buf_reset(&f->path);
        if (i > 0 && strcmp(f->library.root[i - 1], ".") != 0)
            buf_printf(&f->path, "%s/", f->library.root[i - 1]);
        buf_printf(&f->path, "scenarios/%s", name);
        buf_char(&f->path, '\0');
        if (files_find_path(f, f->path.at))
            return true;
    }
    return false;
}

/* ---- the translations beside it ---- */

/* The language of the file NAME, or empty where it is no translation of this scenario. */
static struct text lang_of_file(const struct files *f, struct text name)
{
    if (name.len <= f->stem.len + 3 || memcmp(name.at + name.len - 3, ".po", 3) != 0)
        return (struct text){0};
    if (f->stem.len > 0 && memcmp(name.at, f->stem.at, f->stem.len) != 0)
        return (struct text){0};
    struct text lang = text_from(name.at + f->stem.len, name.len - f->stem.len - 3);
    return name_is_plain(lang) && lang.len <= LANG_BYTES ? lang : (struct text){0};
}

static int lang_order(const void *a, const void *b)
{
    return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

static void files_list_langs(struct files *f)
{
    f->langs = arena_array(&f->arena, struct text, LANGS_MOST);
    int fd = openat(f->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return;
    }
    for (struct dirent *d = readdir(dir); d && f->n_langs < LANGS_MOST; d = readdir(dir)) {
        struct text lang = lang_of_file(f, text_of(d->d_name));
        if (lang.len > 0)
            f->langs[f->n_langs++] = text_keep(&f->arena, lang);
    }
    closedir(dir);
    qsort(f->langs, f->n_langs, sizeof *f->langs, lang_order);
}

/* ---- opening and closing ---- */

struct files *files_open(const char *what, const struct files_config *config, enum file_code *code)
{
    struct files *f = mem_new(sizeof *f);
    *f = (struct files){.config = config ? *config : (struct files_config){0}, .folder = -1};
    if (f->config.file_bytes == 0)
        f->config.file_bytes = FILE_MOST;
    library_find(&f->library, &f->arena);
    if (!files_find_path(f, what) && !files_find_name(f, what)) {
        *code = FILE_MISSING;
        files_close(f);
        return NULL;
    }
    *code = FILE_OK;
    files_list_langs(f);
    return f;
}

void files_close(struct files *f)
{
    if (!f)
        return;
    if (f->folder >= 0)
        close(f->folder);
    buf_done(&f->name);
    buf_done(&f->path);
    buf_done(&f->bytes);
    free(f->pairs.v);
    arena_done(&f->pairs.arena);
    arena_done(&f->arena);
    free(f);
}

const struct text *files_langs(const struct files *f, uint32_t *n)
{
    *n = f->n_langs;
    return f->langs;
}

const char *files_folder(const struct files *f) { return *f->folder_shown ? f->folder_shown : "."; }

const char *files_scenario(const struct files *f) { return f->own; }

size_t files_size(const struct files *f)
{
    int64_t size = file_size(f->folder, text_of(f->own), true);
    if (size > (int64_t)f->config.file_bytes) /* it will be refused */
        size = f->config.file_bytes;
    return size > 0 ? (size_t)size : 0;
}

/* ---- answering ---- */

/* The name shown: SHOWN/PATH, or PATH alone where SHOWN is the working folder. */
static void name_show(struct files *f, const char *shown, struct text path)
{
    buf_reset(&f->name);
    if (*shown && strcmp(shown, ".") != 0) {
        buf_str(&f->name, shown);
        if (shown[strlen(shown) - 1] != '/')
            buf_char(&f->name, '/');
    }
    buf_text(&f->name, path);
}

/* What is in f->path, beneath the scenario's folder. */
static enum file_code read_own(struct files *f, bool typed)
{
    name_show(f, f->folder_shown, buf_view(&f->path));
    return file_read(f->folder, buf_view(&f->path), typed, f->config.file_bytes, &f->bytes);
}

static void path_set(struct files *f, const char *folder, struct text name, struct text lang, const char *end)
{
    buf_reset(&f->path);
    buf_str(&f->path, folder);
    buf_text(&f->path, name);
    if (lang.len > 0) {
        buf_char(&f->path, '.');
        buf_text(&f->path, lang);
    }
    buf_str(&f->path, end);
}

/* The first of FOLDERS beneath ROOT that has the file NAME[.LANG]END. */
static enum file_code read_beneath(struct files *f, int root, const char *shown, const char *const *folders,
                                   const struct need *need, const char *end)
{
    enum file_code code = FILE_MISSING;
    for (; *folders && code == FILE_MISSING; folders++) {
        path_set(f, *folders, need->name, need->lang, end);
        name_show(f, shown, buf_view(&f->path));
        code = file_read(root, buf_view(&f->path), false, f->config.file_bytes, &f->bytes);
    }
    return code;
}

/* A shared file: of the scenario's folder, else of the library. */
static enum file_code read_shared(struct files *f, const struct need *need, const char *end)
{
    static const char *const own_rubrics[] = {"rubrics/", "", NULL}, *const own_scripts[] = {"scripts/", NULL};
    static const char *const rubrics[] = {"rubrics/", "scenarios/rubrics/", NULL}, *const scripts[] = {"scripts/", NULL};
    bool rubric = need->kind == NEED_RUBRIC;
    if (!name_is_plain(need->name))
        return FILE_OUTSIDE;
    enum file_code code = read_beneath(f, f->folder, f->folder_shown, rubric ? own_rubrics : own_scripts, need, end);
    for (uint32_t i = 0; i < f->library.n && code == FILE_MISSING; i++) {
        int root = folder_open(f->library.root[i]);
        if (root < 0)
            continue;
        code = read_beneath(f, root, f->library.root[i], rubric ? rubrics : scripts, need, end);
        close(root);
    }
    return code;
}

/* A companion of the scenario's own file: its stem, then WHAT. */
static enum file_code read_companion(struct files *f, struct text what, const char *end)
{
    buf_reset(&f->path);
    buf_text(&f->path, f->stem);
    buf_text(&f->path, what);
    buf_str(&f->path, end);
    return read_own(f, true);
}

static enum file_code read_file(struct files *f, const struct need *need)
{
    switch (need->kind) {
    case NEED_SCENARIO:
        path_set(f, "", text_of(f->own), (struct text){0}, "");
        return read_own(f, true);
    case NEED_LOCAL: return read_companion(f, TEXT("local"), ".xml");
    case NEED_RUBRIC: return read_shared(f, need, ".xml");
    case NEED_SCRIPT_USE: return read_shared(f, need, ".lua");
    case NEED_SCRIPT_SRC:
        path_set(f, "", need->name, (struct text){0}, "");
        return read_own(f, false);
    case NEED_KINDS: break;
    }
    return FILE_OUTSIDE;
}

static enum file_code read_po(struct files *f, const struct need *need)
{
    f->pairs.n = f->pairs.bad_line = 0;
    arena_reset(&f->pairs.arena);
    if (!f->config.po_parse)
        return FILE_MISSING;
    if (!name_is_plain(need->lang) || need->lang.len > LANG_BYTES)
        return FILE_OUTSIDE;
    enum file_code code = FILE_OUTSIDE;
    if (need->kind == NEED_SCENARIO)
        code = read_companion(f, need->lang, ".po");
    else if (need->kind == NEED_RUBRIC)
        code = read_shared(f, need, ".po");
    if (code == FILE_OK &&
        !f->config.po_parse(f->config.self, buf_view(&f->name), buf_view(&f->bytes), &f->pairs))
        code = FILE_FAILED;
    return code;
}

/* One hostile scenario must not make the host read the disk all day. */
static bool files_within_bounds(struct files *f, const struct need *need)
{
    size_t most = f->config.file_bytes > FILE_MOST ? (size_t)f->config.file_bytes * 4 : TOTAL_MOST;
    if (need->kind == NEED_SCENARIO && !need->po)
        f->total = f->count = 0;
    return f->count++ < FILES_MOST && f->total <= most;
}

void files_answer(struct files *f, const struct need *need, struct file_answer *out)
{
    *out = (struct file_answer){.code = FILE_LARGE};
    if (!files_within_bounds(f, need))
        return;
    buf_reset(&f->name);
    out->code = need->po ? read_po(f, need) : read_file(f, need);
    out->name = buf_view(&f->name);
    out->bad_line = out->code == FILE_FAILED && need->po ? f->pairs.bad_line : 0;
    if (out->code != FILE_OK)
        return;
    f->total += f->bytes.len * (need->po ? PO_COSTS : 1);
    out->bytes = need->po ? (struct text){0} : buf_view(&f->bytes);
    out->pairs = f->pairs.v;
    out->n_pairs = need->po ? f->pairs.n : 0;
}

/* cmd_new.c -- `rehearse new SLUG`: a folder with a small scenario that plays, checks clean and explains itself.
 *
 * Written beside the others where there is a folder of scenarios, else here.  Nothing that exists is ever touched. */
#include "cmd/commands.h"
#include "cmd/new_words.h"

#include "wire/files_library.h"
#include "wire/put.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char schema[] = "schema/rehearse-1.rng";
static const char *const places[] = {"scenarios/", ""}; /* of the schema in a library: the source tree, an installation */

static const struct new_words *words_in(const struct call *call)
{
    const struct new_words *row = new_words;
    while (row->tag && strcmp(row->tag, words_tag(call->words)) != 0)
        row++;
    return row->tag ? row : new_words;
}

static bool is_slug(const char *s)
{
    size_t len = strlen(s);
    return len >= 1 && len <= 64 && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == len && *s != '-';
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* What the xml-model line names: the schema beside the folder, else the installed one, else the place it would have. */
static void find_schema(const char *parent, struct buf *out)
{
    struct arena a = {0};
    struct library lib;
    struct buf path = {0};
    char whole[PATH_MAX];
    buf_printf(&path, "%s/%s", parent, schema);
    buf_char(&path, 0);
    bool beside = access(path.at, R_OK) == 0;
    library_find(&lib, &a);
    for (uint32_t i = 0; i < 2 * lib.n && !beside && !out->len; i++) {
        buf_reset(&path);
        buf_printf(&path, "%s/%s%s", lib.root[i / 2], places[i % 2], schema);
        buf_char(&path, 0);
        if (realpath(path.at, whole))
            buf_printf(out, "file://%s", whole);
    }
    if (!out->len)
        buf_printf(out, "../%s", schema);
    buf_done(&path);
    arena_done(&a);
}

/* The template with its quotation marks and its two blanks filled in. */
static void fill(const char *xml, const char *slug, struct text model, struct buf *out)
{
    struct text args[2] = {text_of(slug), model};
    words_fill(out, xml, args, 2);
    for (size_t i = 0; i < out->len; i++)
        if (out->at[i] == '\'')
            out->at[i] = '"';
}

static void say_what_next(const struct call *call, const char *path, const char *name)
{
    struct buf b = {0};
    struct text args[2] = {text_of(path), text_of(name)};
    words_fill(&b, tr(call->words, "Written: %1\nPlay it:   rehearse play %2\nCheck it:  rehearse check %2\n"
                                  "Then read the file from top to bottom: its comments say what each part is for.\n"), args, 2);
    fwrite(b.at, 1, b.len, stdout);
    buf_done(&b);
}

/* Conversations of the new scenario, as its first tests. */
static int write_runs(const char *folder, const char *slug, const struct new_run *run)
{
    struct buf path = {0}, text = {0};
    struct text args[1] = {text_of(slug)};
    buf_printf(&path, "%s/runs", folder);
    buf_char(&path, 0);
    int error = mkdir(path.at, 0777) == 0 || errno == EEXIST ? 0 : errno;
    for (; !error && run->name; run++) {
        buf_reset(&path);
        buf_reset(&text);
        buf_printf(&path, "%s/runs/%s.run", folder, run->name);
        buf_char(&path, 0);
        words_fill(&text, run->text, args, 1);
        error = put_new(path.at, buf_view(&text), 0666);
        error = error == EEXIST ? 0 : error;
    }
    buf_done(&path);
    buf_done(&text);
    return error;
}

static int write_files(const char *path, struct text xml, const char *folder, const char *slug, const struct new_run *runs)
{
    int error = put_new(path, xml, 0666);
    return error ? error : write_runs(folder, slug, runs);
}

static int write_scenario(const struct call *call, const char *folder, const char *name, const char *slug, struct text model)
{
    struct buf path = {0}, xml = {0};
    int status = STATUS_FINE, error = 0;
    buf_printf(&path, "%s/scenario.xml", folder);
    buf_char(&path, 0);
    fill(words_in(call)->xml, slug, model, &xml);
    if (mkdir(folder, 0777) != 0 && (errno != EEXIST || access(path.at, F_OK) == 0))
        status = call_fails(call, errno == EEXIST ? STATUS_USAGE : STATUS_IO,
                            errno == EEXIST ? N_("%1 is there already; nothing was changed") : N_("cannot make %1: %2"),
                            folder, strerror(errno));
    else if ((error = write_files(path.at, buf_view(&xml), folder, slug, words_in(call)->runs)) != 0)
        status = call_fails(call, STATUS_IO, N_("cannot write %1: %2"), path.at, strerror(error));
    else
        say_what_next(call, path.at, name);
    buf_done(&path);
    buf_done(&xml);
    return status;
}

static int run(const struct call *call)
{
    const char *typed = call->operands[0];
    const char *slash = strrchr(typed, '/');
    const char *slug = slash ? slash + 1 : typed;
    struct buf parent = {0}, folder = {0}, model = {0};
    if (!is_slug(slug))
        return call_fails(call, STATUS_USAGE,
                          N_("“%1” cannot be a scenario's name: small letters, digits and hyphens only, such as late-handover"),
                          slug, "");
    if (slash)
        buf_add(&parent, typed, (size_t)(slash - typed) + (slash == typed));
    else
        buf_str(&parent, is_folder("scenarios") ? "scenarios" : ".");
    buf_char(&parent, 0);
    if (strcmp(parent.at, ".") == 0)
        buf_str(&folder, slug);
    else
        buf_printf(&folder, "%s/%s", parent.at, slug);
    buf_char(&folder, 0);
    find_schema(parent.at, &model);
    bool by_name = strcmp(parent.at, "scenarios") == 0;
    int status = write_scenario(call, folder.at, by_name ? slug : folder.at, slug, buf_view(&model));
    buf_done(&parent);
    buf_done(&folder);
    buf_done(&model);
    return status;
}

static const struct option_row options[] = {
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language to write it in: en, zh-CN")}, OPTION_HELP, {0}};

const struct command command_new = {
    .name = "new",
    .operands = N_("NAME"),
    .least = 1,
    .most = 1,
    .operand = OPERAND_NAME,
    .summary = N_("starts a scenario of your own"),
    .about = N_("Makes a folder with a small scenario that can be played at once. It is meant to be written over: every "
                "part has a comment that says what it is for.\n\n"
                "The folder is made in ./scenarios where there is one, else here; a path may be given too."),
    .examples = "rehearse new my-scenario\nrehearse new my-scenario --lang zh-CN",
    .options = options,
    .run = run,
};

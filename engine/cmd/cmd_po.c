/* cmd_po.c -- `rehearse po SCENARIO LANG`: a scenario's texts for translators, as a PO file or as a table.
 *
 * The new file is written beside the old one and takes its place only when it is whole. */
#include "cmd/commands.h"

#include "base/terminal.h"
#include "front/csv.h"
#include "front/po.h"
#include "wire/client.h"
#include "wire/put.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PO_BYTES_MOST = 4 << 20, FAULTS_TOLD = 40 };

struct job {
    const struct call *call;
    struct files *files;
    struct client *client;
    struct arena arena;
    const char *path;         /* of the PO file */
    struct buf old;           /* its bytes */
    struct po_row *rows;      /* the scenario's texts */
    uint32_t n;
};

static int fails(struct job *j, int status, const char *form, const char *a1, const char *a2)
{
    return call_fails(j->call, status, form, a1, a2);
}

/* ---- files ---- */

/* False, with errno, where PATH is there and cannot be read. */
static bool read_whole(const char *path, struct buf *out)
{
    char bytes[16384];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat st;
    ssize_t n = 0;
    if (fd < 0)
        return errno == ENOENT;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > PO_BYTES_MOST) {
        close(fd);
        errno = EFBIG;
        return false;
    }
    while ((n = read(fd, bytes, sizeof bytes)) > 0 && out->len <= PO_BYTES_MOST)
        buf_add(out, bytes, (size_t)n);
    close(fd);
    return n == 0;
}

/* ---- the scenario's texts ---- */

static bool is_tag(const char *s)
{
    size_t len = strlen(s);
    return len >= 2 && len <= 35 && *s != '-' &&
           strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == len;
}

static int take_texts(struct job *j)
{
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    const struct client_text *v = NULL;
    if (client_load(j->client, &problems, &fault) != CLIENT_OK)
        return fails(j, STATUS_ENGINE, N_("the engine stopped over %1"), j->call->operands[0], "");
    /* a scenario with errors may lack texts, and their translations would go */
    if (problems.errors || client_texts(j->client, &v, &j->n, &fault) != CLIENT_OK)
        return fails(j, STATUS_DATA, N_("%1 has errors: rehearse check shows them"), j->call->operands[0], "");
    j->rows = arena_array(&j->arena, struct po_row, j->n + 1);
    for (uint32_t i = 0; i < j->n; i++)
        j->rows[i] = (struct po_row){.ctx = text_keep(&j->arena, v[i].ctx), .id = text_keep(&j->arena, v[i].words)};
    const struct client_scenario *s = client_scenario(j->client);
    if (s->n_langs && text_is(s->langs[0], j->call->operands[1]))
        return fails(j, STATUS_USAGE, N_("%1 is the language the scenario is written in"), j->call->operands[1], "");
    return STATUS_FINE;
}

/* "scenarios/late-handover/en.po"; beside another file of that folder "sketch.en.po". */
static void find_path(struct job *j)
{
    struct buf b = {0};
    const char *file = files_scenario(j->files), *slash = strrchr(file, '/');
    const char *base = slash ? slash + 1 : file;
    buf_printf(&b, "%s/", files_folder(j->files));
    if (strcmp(base, "scenario.xml") != 0)
        buf_printf(&b, "%.*s.", (int)(strlen(base) - (strlen(base) > 4 ? 4 : 0)), base);
    buf_printf(&b, "%s.po", j->call->operands[1]);
    j->path = text_keep(&j->arena, buf_view(&b)).at;
    buf_done(&b);
}

/* ---- what is asked for ---- */

static void say_counts(struct job *j, const char *path, const struct po_counts *c)
{
    char kept[16], fresh[16], changed[16], missing[16];
    snprintf(kept, sizeof kept, "%u", c->kept);
    snprintf(fresh, sizeof fresh, "%u", c->fresh);
    snprintf(changed, sizeof changed, "%u", c->fuzzy);
    snprintf(missing, sizeof missing, "%u", c->missing);
    struct buf b = {0}, shown = {0};
    terminal_clean(text_of(path), CLEAN_CHECK, &shown);
    struct text args[4] = {buf_view(&shown), text_of(missing), text_of(changed), text_of(fresh)};
    words_fill(&b, tr(j->call->words, "%1: %2 to translate, %3 to look at again, %4 new"), args, 4);
    printf("%.*s\n", (int)b.len, b.at);
    buf_done(&b);
    buf_done(&shown);
}

static int update(struct job *j)
{
    struct buf fresh = {0};
    struct po_counts counts;
    struct po_rows fault;
    char line[16];
    int status = STATUS_FINE;
    const struct client_scenario *s = client_scenario(j->client);
    if (!po_update(buf_view(&j->old), j->rows, j->n, s->id, text_of(j->call->operands[1]), &j->arena, &fresh, &counts, &fault)) {
        struct buf place = {0};
        snprintf(line, sizeof line, "%u", fault.bad_line);
        buf_printf(&place, "%s:%s", j->path, line);
        buf_char(&place, 0);
        status = fails(j, STATUS_DATA, "%1: %2", place.at, text_keep(&j->arena, fault.bad_words).at);
        buf_done(&place);
    } else {
        int error = put_over(j->path, buf_view(&fresh), 0666);
        if (error)
            status = fails(j, STATUS_IO, N_("cannot write %1: %2"), j->path, strerror(error));
        else
            say_counts(j, j->path, &counts);
    }
    buf_done(&fresh);
    return status;
}

/* The rows of the PO file as it stands, in the scenario's order. */
static int print_table(struct job *j)
{
    struct po_rows old = {0};
    struct buf out = {0};
    if (j->old.len && !po_read(buf_view(&j->old), &j->arena, &old))
        return fails(j, STATUS_DATA, N_("%1 is no PO file in UTF-8"), j->path, "");
    csv_write(j->rows, j->n, &old, &out);
    bool ok = fwrite(out.at, 1, out.len, stdout) == out.len;
    buf_done(&out);
    return ok ? STATUS_FINE : STATUS_IO;
}

/* What could not be used, each with its place; as much as anybody reads at once. */
static void tell_faults(struct job *j, const char *path, const struct csv_table *t)
{
    struct buf line = {0}, clean = {0};
    for (size_t i = 0; i < t->n_faults && i < FAULTS_TOLD; i++) {
        const struct csv_fault *f = &t->faults[i];
        struct text args[2] = {f->a1, f->a2};
        buf_reset(&line);
        buf_reset(&clean);
        buf_printf(&line, "%s:%u: ", path, f->line);
        words_fill(&line, tr(j->call->words, f->form), args, 2);
        terminal_clean(buf_view(&line), CLEAN_CHECK, &clean);
        fprintf(stderr, "%.*s\n", (int)clean.len, clean.at);
    }
    buf_done(&line);
    buf_done(&clean);
    char more[24];
    snprintf(more, sizeof more, "%zu", t->n_faults > FAULTS_TOLD ? t->n_faults - FAULTS_TOLD : 0);
    if (t->n_faults > FAULTS_TOLD)
        fails(j, 0, N_("and %1 lines more"), more, "");
}

static void say_taken(struct job *j, const struct csv_table *t, const struct csv_counts *c)
{
    char taken[16], same[16], empty[16], unused[24];
    struct buf b = {0};
    snprintf(taken, sizeof taken, "%u", c->taken);
    snprintf(same, sizeof same, "%u", c->same);
    snprintf(empty, sizeof empty, "%u", c->empty);
    snprintf(unused, sizeof unused, "%zu", t->n_faults);
    struct text args[4] = {text_of(taken), text_of(same), text_of(empty), text_of(unused)};
    words_fill(&b, tr(j->call->words, "Taken over: %1. As they were: %2. Left empty: %3. Not used: %4."), args, 4);
    printf("%.*s\n", (int)b.len, b.at);
    buf_done(&b);
}

/* A table that somebody has filled in, into the PO file. */
static int take_table(struct job *j, const char *path)
{
    struct buf bytes = {0};
    struct csv_table t = {0};
    struct csv_counts counts;
    struct po_rows old = {0};
    int status = STATUS_FINE;
    if (access(path, F_OK) != 0)
        status = fails(j, STATUS_NO_INPUT, N_("there is no file %1"), path, "");
    else if (!read_whole(path, &bytes))
        status = fails(j, STATUS_IO, N_("cannot read %1: %2"), path, strerror(errno));
    else if (j->old.len && !po_read(buf_view(&j->old), &j->arena, &old))
        status = fails(j, STATUS_DATA, N_("%1 is no PO file in UTF-8"), j->path, "");
    else if (!csv_read(buf_view(&bytes), &t)) {
        tell_faults(j, path, &t);
        status = STATUS_DATA;
    } else {
        csv_match(&t, j->rows, j->n, &old, &counts);
        status = update(j);
    }
    if (status == STATUS_FINE) {
        say_taken(j, &t, &counts);
        tell_faults(j, path, &t);
        status = t.n_faults ? STATUS_WARNINGS : STATUS_FINE;
    }
    csv_done(&t);
    buf_done(&bytes);
    return status;
}

static int work(struct job *j)
{
    const char *from = call_value(j->call, "from");
    int status = take_texts(j);
    if (status != STATUS_FINE)
        return status;
    find_path(j);
    if (!read_whole(j->path, &j->old))
        return fails(j, STATUS_IO, N_("cannot read %1: %2"), j->path, strerror(errno));
    if (from)
        return take_table(j, from);
    return call_value(j->call, "csv") ? print_table(j) : update(j);
}

static int run(const struct call *call)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    struct job j = {.call = call};
    enum file_code code = FILE_OK;
    if (!is_tag(call->operands[1]))
        return call_fails(call, STATUS_USAGE, N_("“%1” is no language; write en, zh-CN, de …"), call->operands[1], "");
    j.files = files_open(call->operands[0], &hands, &code);
    if (!j.files)
        return call_fails(call, STATUS_NO_INPUT, N_("there is no scenario “%1”"), call->operands[0], "");
    struct client_config config = {.files = j.files, .texts = true, .watch = -1, .no_jail = call_value(call, "no-jail") != NULL};
    j.client = client_open(&config);
    int status = work(&j);
    client_close(j.client);
    files_close(j.files);
    buf_done(&j.old);
    arena_done(&j.arena);
    return status;
}

static const struct option_row options[] = {
    {"csv", NULL, TAKES_NOTHING, NULL, N_("prints the texts as a table for a spreadsheet; changes nothing")},
    {"from", N_("FILE"), TAKES_FILE, NULL, N_("takes over the translations of such a table, saved as CSV in UTF-8")},
    {"no-jail", NULL, TAKES_NOTHING, NULL, N_("works where this system cannot shut the engine in; only files you trust")},
    OPTION_LANG,
    OPTION_HELP,
    {0}};

const struct command command_po = {
    .name = "po",
    .operands = N_("SCENARIO TAG"),
    .least = 2,
    .most = 2,
    .operand = OPERAND_SCENARIO,
    .summary = N_("makes or updates a scenario's translation"),
    .about = N_("Writes every text of the scenario to a PO file beside it, TAG.po. Run it again whenever the scenario has changed: "
                "translations are kept; where the source changed they are marked fuzzy, with the old source beside them; what "
                "is gone is kept at the end of the file, switched off.\n\n"
                "With --csv the texts are printed as a table that WPS and Excel open. Fill in the column translation, save it as "
                "“CSV UTF-8”, and --from reads it back: empty cells change nothing, and a line that cannot be used is told "
                "with its number. Then the exit status is 1."),
    .examples = "rehearse po late-handover en\nrehearse po late-handover en --csv > late-handover.csv\n"
                "rehearse po late-handover en --from late-handover.csv",
    .options = options,
    .run = run,
};

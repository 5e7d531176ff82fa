/* test_store_file.c -- the file that SQLite's store lies in: who may read it, what is refused and left as it is, how a
 * damaged one is moved aside, how an old one is brought up to date, and that what was erased is gone. */
#include "unit.h"

#include "record/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static struct store_fault fault;

static const char *at(const char *name)
{
    static char path[4][400];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/rehearse-store-XXXXXX");
    fault = (struct store_fault){0};
    return mkdtemp(folder) ? 0 : -1;
}

/* Calls SEE for every file of the folder. */
static void files(void (*see)(const char *path, void *self), void *self)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *d; (d = readdir(dir));)
        if (d->d_name[0] != '.')
            see(at(d->d_name), self);
    closedir(dir);
}

static void drop(const char *path, void *self)
{
    (void)self;
    remove(path);
}

static int drop_folder(void **state)
{
    (void)state;
    files(drop, NULL);
    return rmdir(folder);
}

static struct store *open_at(const char *name) { return store_open(&(struct store_config){.where = at(name)}, &fault); }

static void refused(const char *name, enum store_why why)
{
    struct store *s = open_at(name);
    assert_null(s);
    assert_int_equal(fault.why, why);
    fault = (struct store_fault){0};
}

static void put(const char *name, long offset, const void *bytes, size_t len)
{
    int fd = open(at(name), O_RDWR | O_CREAT, 0600);
    assert_true(fd >= 0 && pwrite(fd, bytes, len, offset) == (ssize_t)len);
    close(fd);
}

static void get(const char *path, struct buf *out)
{
    char bytes[65536];
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0;)
        buf_add(out, bytes, (size_t)n);
    close(fd);
}

/* ---- rights ---- */

static mode_t mode_of(const char *name)
{
    struct stat st;
    assert_int_equal(lstat(at(name), &st), 0);
    return st.st_mode & 07777;
}

static void for_its_owner_alone(void **state)
{
    (void)state;
    mode_t before = umask(0);
    struct store *s = store_open(&(struct store_config){.where = at("new/")}, &fault);
    umask(before);
    assert_non_null(s);
    assert_int_equal(mode_of("new"), 0700);
    assert_int_equal(mode_of("new/records.sqlite"), 0600);
    assert_int_equal(mode_of("new/records.sqlite-wal"), 0600);
    assert_int_equal(mode_of("new/records.sqlite-shm"), 0600);
    store_close(s);
    assert_int_equal(chmod(at("new/records.sqlite"), 0644), 0);
    s = open_at("new/records.sqlite");
    assert_non_null(s);
    assert_int_equal(mode_of("new/records.sqlite"), 0600);
    store_close(s);
    remove(at("new/records.sqlite"));
    remove(at("new/records.sqlite.lock"));
    assert_int_equal(rmdir(at("new")), 0);
}

static void the_users_own_file(void **state)
{
    (void)state;
    char *home = getenv("XDG_DATA_HOME"), *kept = home ? strdup(home) : NULL;
    setenv("XDG_DATA_HOME", folder, 1);
    struct store *s = store_open(&(struct store_config){0}, &fault);
    assert_non_null(s);
    assert_int_equal(store_kind(s), STORE_OWN);
    expect_text(store_place(s), at("rehearse/records.sqlite"), "place");
    store_close(s);
    remove(at("rehearse/records.sqlite"));
    remove(at("rehearse/records.sqlite.lock"));
    assert_int_equal(rmdir(at("rehearse")), 0);
    if (kept)
        setenv("XDG_DATA_HOME", kept, 1);
    else
        unsetenv("XDG_DATA_HOME");
    free(kept);
}

/* ---- what is not ours ---- */

static void links_are_not_followed(void **state)
{
    (void)state;
    struct store *s = open_at("real.sqlite");
    assert_non_null(s);
    store_close(s);
    assert_int_equal(symlink("real.sqlite", at("link.sqlite")), 0);
    refused("link.sqlite", STORE_DENIED);
    assert_int_equal(link(at("real.sqlite"), at("second.sqlite")), 0);
    refused("second.sqlite", STORE_FOREIGN);
}

static void other_files_stay_as_they_are(void **state)
{
    static const char text[] = "<scenario id=\"late-handover\"/>\n";
    char head[512] = "SQLite format 3";
    (void)state;
    put("story.xml", 0, text, sizeof text - 1);
    refused("story.xml", STORE_FOREIGN);
    memcpy(head + 68, "Else", 4);
    put("other.sqlite", 0, head, sizeof head);
    refused("other.sqlite", STORE_FOREIGN);
    put("tiny", 0, "x", 1);
    refused("tiny", STORE_FOREIGN);
    struct buf b = {0};
    get(at("story.xml"), &b);
    expect_text(buf_view(&b), text, "as it was");
    buf_reset(&b);
    get(at("other.sqlite"), &b);
    assert_true(b.len == sizeof head && memcmp(b.at, head, sizeof head) == 0);
    buf_done(&b);
    assert_null(store_open(&(struct store_config){.where = "/dev/null"}, &fault));
    assert_int_equal(fault.why, STORE_FOREIGN);
    assert_null(store_open(&(struct store_config){.where = at("none.sqlite"), .existing = true}, &fault));
    assert_int_equal(fault.why, STORE_MISSING);
    assert_true(access(at("none.sqlite"), F_OK) != 0);
}

/* ---- versions of the schema ---- */

static const char *const old_tables[] = {"CREATE TABLE trainees (id %1, name TEXT NOT NULL)",
                                         "INSERT INTO trainees (name) VALUES ('Wei')", NULL};
static const char *const new_tables[] = {"ALTER TABLE trainees ADD COLUMN seat TEXT NOT NULL DEFAULT 'window'",
                                         "CREATE TABLE seats (seat TEXT NOT NULL, PRIMARY KEY (seat))%2",
                                         "INSERT INTO seats (seat) SELECT seat FROM trainees", NULL};
static const char *const bad_tables[] = {"CREATE TABLE half (id %1)", "CREATE TABLE half (id %1)", NULL};
static const struct schema_step steps[] = {{old_tables}, {new_tables}}, broken[] = {{old_tables}, {bad_tables}};

static struct store *open_schema(const struct schema_step *v, uint32_t n)
{
    const struct schema schema = {v, n};
    return store_open(&(struct store_config){.where = at("records.sqlite"), .schema = &schema}, &fault);
}

static void old_files_are_brought_up_to_date(void **state)
{
    (void)state;
    struct store *s = open_schema(steps, 1);
    assert_non_null(s);
    store_close(s);
    assert_null(open_schema(broken, 2)); /* a step that fails leaves nothing of itself */
    assert_int_equal(fault.why, STORE_WRONG);
    s = open_schema(steps, 2);
    assert_non_null(s);
    store_close(s);
    s = open_schema(steps, 2);
    assert_non_null(s);
    store_close(s);
    assert_null(open_schema(steps, 1)); /* and a newer one is left alone */
    assert_int_equal(fault.why, STORE_NEWER);
    struct buf b = {0};
    get(at("records.sqlite"), &b);
    assert_non_null(memmem(b.at, b.len, "window", 6));
    assert_null(memmem(b.at, b.len, "half", 4));
    buf_done(&b);
}

/* A store as an earlier version left it, brought up by a step of this test's own: what it holds is still there. */
static void a_stored_old_file(void **state)
{
    static const char *const more[] = {"ALTER TABLE sessions ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'",
                                       "CREATE TABLE moods (mood TEXT NOT NULL, PRIMARY KEY (mood))%2",
                                       "INSERT INTO moods (mood) SELECT DISTINCT mood FROM sessions", NULL};
    struct schema_step v[16];
    struct buf old = {0}, events = {0};
    struct arena a = {0};
    struct kept_session k;
    (void)state;
    for (uint32_t i = 0; i < store_schema.n; i++)
        v[i] = store_schema.steps[i];
    v[store_schema.n] = (struct schema_step){more};
    const struct schema schema = {v, store_schema.n + 1};
    get("tests/store/old/version-1.sqlite", &old);
    put("records.sqlite", 0, old.at, old.len);
    struct store *s = store_open(&(struct store_config){.where = at("records.sqlite"), .schema = &schema}, &fault);
    assert_non_null(s);
    assert_true(store_session(s, TEXT("aged01"), TEXT("en"), &a, &k, &fault));
    expect_text(k.title, "The late handover", "title");
    expect_text(k.tags, "autumn", "tags");
    assert_int_equal(k.phase, WIRE_ENDED);
    assert_true(store_events_text(s, k.id, &events, &fault));
    assert_true(k.events > 10 && text_starts(buf_view(&events), "{\"n\":0,\"e\":\"began\""));
    assert_true(store_trainee(s, TEXT("wei"), false, 1, &a, &(struct kept_trainee){0}, &fault));
    store_close(s);
    assert_null(open_at("records.sqlite")); /* it is newer than this program now */
    assert_int_equal(fault.why, STORE_NEWER);
    buf_done(&old);
    buf_done(&events);
    arena_done(&a);
}

/* ---- damage ---- */

static void fill(struct store *s, const char *secret)
{
    struct arena a = {0};
    struct kept_trainee t;
    struct store_writer w;
    int64_t v;
    assert_true(store_trainee(s, TEXT("Wei"), true, 1, &a, &t, &fault));
    assert_true(store_version_keep(s, &(struct kept_version){.scenario = TEXT("s"), .digest = TEXT("d")}, NULL, 0, NULL, 0, 1,
                                   &v, &fault));
    struct store_begin begin = {.trainee = t.id, .version = v, .mode = WIRE_PRACTICE, .before = -1};
    struct buf b = {0};
    buf_str(&b, "{\"n\":0,\"e\":\"began\"}\n");
    for (int i = 1; i < 200; i++)
        buf_printf(&b, "{\"n\":%d,\"e\":\"noted\",\"text\":\"%s and much else that has to stand somewhere\"}\n", i, secret);
    assert_true(store_begin(s, &begin, buf_view(&b), &(struct store_standing){.phase = WIRE_ASK}, &w, &fault));
    buf_done(&b);
    arena_done(&a);
}

static void a_damaged_file_is_moved_aside(void **state)
{
    (void)state;
    struct store *s = open_at("records.sqlite");
    assert_non_null(s);
    fill(s, "a note");
    store_close(s);
    char rubbish[4096];
    memset(rubbish, 0xA5, sizeof rubbish);
    for (long page = 4; page < 40; page += 3)
        put("records.sqlite", page * 4096, rubbish, sizeof rubbish);
    struct buf damaged = {0}, aside = {0};
    get(at("records.sqlite"), &damaged);
    s = store_open(&(struct store_config){.where = at("records.sqlite"), .check = true}, &fault);
    assert_non_null(s);
    assert_true(store_moved(s).len > 0);
    assert_int_equal(store_count_moved(s), 1);
    fill(s, "another");
    get(store_moved(s).at, &aside);
    assert_true(aside.len == damaged.len && memcmp(aside.at, damaged.at, aside.len) == 0);
    store_close(s);
    s = open_at("records.sqlite");
    assert_non_null(s);
    assert_int_equal(store_moved(s).len, 0);
    assert_int_equal(store_count_moved(s), 1);
    store_close(s);
    buf_done(&damaged);
    buf_done(&aside);
}

/* While somebody else has it open, nothing is moved. */
static void a_damaged_file_in_use_stays(void **state)
{
    (void)state;
    struct store *s = open_at("records.sqlite"), *other;
    assert_non_null(s);
    fill(s, "a note");
    store_close(s);
    s = open_at("records.sqlite");
    assert_non_null(s);
    char rubbish[4096];
    memset(rubbish, 0xA5, sizeof rubbish);
    for (long page = 4; page < 40; page += 3)
        put("records.sqlite", page * 4096, rubbish, sizeof rubbish);
    other = store_open(&(struct store_config){.where = at("records.sqlite"), .check = true}, &fault);
    assert_null(other);
    assert_int_equal(fault.why, STORE_DAMAGED);
    assert_int_equal(store_count_moved(s), 0);
    store_close(s);
}

static void a_head_of_rubbish(void **state)
{
    (void)state;
    put("records.sqlite", 0, "not a database at all, not any more", 34);
    struct store *s = open_at("records.sqlite");
    assert_non_null(s);
    assert_true(store_moved(s).len > 0);
    store_close(s);
}

/* ---- erasing ---- */

struct search {
    const char *words;
    int found;
};

static void look(const char *path, void *self)
{
    struct search *w = self;
    struct buf b = {0};
    get(path, &b);
    w->found += b.len && memmem(b.at, b.len, w->words, strlen(w->words)) != NULL;
    buf_done(&b);
}

static void erased_words_are_gone(void **state)
{
    (void)state;
    struct store *s = open_at("records.sqlite");
    struct search w = {"a very private line", 0};
    struct store_erased gone;
    assert_non_null(s);
    fill(s, w.words);
    files(look, &w);
    assert_true(w.found > 0);
    assert_true(store_forget(s, TEXT("wei"), &gone, &fault));
    assert_true(gone.scrubbed && gone.events == 200);
    w.found = 0;
    files(look, &w);
    assert_int_equal(w.found, 0);
    store_close(s);
}

static bool stay(void *self, const struct kept_session *k)
{
    struct store_erased gone;
    (void)k;
    /* somebody reads while another erases: it is erased, and said that bytes may be left */
    assert_true(store_forget(self, TEXT("wei"), &gone, &fault));
    assert_false(gone.scrubbed);
    assert_int_equal(gone.why.why, STORE_BUSY);
    return false;
}

static bool impatient(void *self, int fd, bool to_write, int ms)
{
    (void)self, (void)fd, (void)to_write, (void)ms;
    return false;
}

static void erasing_while_somebody_reads(void **state)
{
    (void)state;
    struct store *reader = open_at("records.sqlite");
    struct store *s = store_open(&(struct store_config){.where = at("records.sqlite"), .wait = impatient}, &fault);
    assert_non_null(s);
    assert_non_null(reader);
    fill(s, "private");
    assert_true(store_sessions(reader, &(struct kept_filter){0}, stay, s, &fault));
    struct store_erased gone;
    assert_true(store_forget_older(s, 1, &gone, &fault)); /* nothing more to erase; and now it can be scrubbed */
    assert_true(gone.scrubbed);
    store_close(s);
    store_close(reader);
}

#define in_folder(f) cmocka_unit_test_setup_teardown(f, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(for_its_owner_alone), in_folder(the_users_own_file), in_folder(links_are_not_followed),
        in_folder(other_files_stay_as_they_are), in_folder(old_files_are_brought_up_to_date), in_folder(a_stored_old_file),
        in_folder(a_damaged_file_is_moved_aside), in_folder(a_damaged_file_in_use_stays), in_folder(a_head_of_rubbish),
        in_folder(erased_words_are_gone), in_folder(erasing_while_somebody_reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_wire_files.c -- what of the disk a scenario can make the host open. */
#include "unit.h"

#include "wire/files.h"
#include "wire/files_open.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char base[] = "/tmp/rehearse-files-XXXXXX";
static char before[4096];

static void write_file(const char *name, const char *bytes)
{
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    fputs(bytes, f);
    fclose(f);
}

/* A disk of our own, and in it a working folder. */
static int disk_make(void **state)
{
    (void)state;
    if (!getcwd(before, sizeof before) || !mkdtemp(base) || chdir(base) != 0)
        return -1;
    static const char *const folders[] = {"here", "here/story", "here/story/rubrics", "here/story/scripts",
                                          "here/story/deep", "here/story/deep/er", "here/scenarios",
                                          "here/scenarios/named", "lib", "lib/scenarios", "lib/scenarios/shared",
                                          "lib/scenarios/rubrics", "lib/scripts", "outside"};
    for each (i, folders)
        if (mkdir(folders[i], 0700) != 0)
            return -1;
    write_file("outside/secret", "secret");
    write_file("here/story/scenario.xml", "<story/>");
    write_file("here/story/en.po", "en");
    write_file("here/story/zh-CN.po", "zh");
    write_file("here/story/sketch.xml", "<sketch/>");
    write_file("here/story/sketch.fr.po", "fr");
    write_file("here/story/notes.txt", "notes");
    write_file("here/story/score.lua", "score");
    write_file("here/story/deep/er/far.lua", "far");
    write_file("here/story/rubrics/own.xml", "<own/>");
    write_file("here/story/scripts/own.lua", "own");
    write_file("here/scenarios/named/scenario.xml", "<named/>");
    write_file("lib/scenarios/shared/scenario.xml", "<shared/>");
    write_file("lib/scenarios/rubrics/service.xml", "<service/>");
    write_file("lib/scenarios/rubrics/service.en.po", "rubric");
    write_file("lib/scenarios/rubrics/own.xml", "<library/>");
    write_file("lib/scripts/listening.lua", "listening");
    bool linked = symlink("../../outside/secret", "here/story/link.lua") == 0 &&
                  symlink("../../outside", "here/story/out") == 0 && mkfifo("here/story/fifo.lua", 0600) == 0 &&
                  symlink("/etc", "lib/scripts/etc.lua") == 0;
    setenv("REHEARSE_LIBRARY", "../lib", 1);
    return linked && chdir("here") == 0 ? 0 : -1;
}

static int disk_remove(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", base);
    return chdir(before) == 0 && system(command) == 0 ? 0 : -1;
}

static bool parse(void *self, struct text name, struct text bytes, struct po_pairs *out)
{
    (void)self;
    (void)name;
    po_pairs_add(out, &(struct po_pair){.ctx = TEXT("c"), .id = TEXT("i"), .str = bytes, .line = 3});
    return !text_is(bytes, "fr");
}

static struct files *story(const char *what)
{
    enum file_code code;
    struct files *f = files_open(what, &(struct files_config){.po_parse = parse}, &code);
    assert_non_null(f);
    return f;
}

static void finding(void **state)
{
    (void)state;
    static const struct {
        const char *what, *folder, *own, *bytes; /* folder NULL: not found */
    } rows[] = {
        {"story", "story", "scenario.xml", "<story/>"},
        {"story/", "story", "scenario.xml", "<story/>"},
        {"./story///", "./story", "scenario.xml", "<story/>"},
        {"story/scenario.xml", "story", "scenario.xml", "<story/>"},
        {"story/sketch.xml", "story", "sketch.xml", "<sketch/>"},
        {"named", "scenarios/named", "scenario.xml", "<named/>"},
        {"nobody", NULL, NULL, NULL},
        {"", NULL, NULL, NULL},
        {"../outside", NULL, NULL, NULL},
        {"story/deep", NULL, NULL, NULL},
    };
    for each (i, rows) {
        enum file_code code;
        struct files *f = files_open(rows[i].what, NULL, &code);
        if (!rows[i].folder) {
            assert_null(f);
            expect_number(code, FILE_MISSING, rows[i].what);
            continue;
        }
        assert_non_null(f);
        struct file_answer a;
        files_answer(f, &(struct need){.kind = NEED_SCENARIO}, &a);
        expect_number(a.code, FILE_OK, rows[i].what);
        expect_text(a.bytes, rows[i].bytes, rows[i].what);
        expect_text(text_of(files_folder(f)), rows[i].folder, rows[i].what);
        expect_text(text_of(files_scenario(f)), rows[i].own, rows[i].what);
        expect_number(files_size(f), strlen(rows[i].bytes), rows[i].what);
        files_close(f);
    }
    struct files *f = story("shared");
    assert_non_null(strstr(files_folder(f), "lib/scenarios/shared"));
    files_close(f);
}

static void answering(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        enum need_kind kind;
        const char *name;
        enum file_code code;
        const char *bytes, *shown; /* the end of the name shown */
    } rows[] = {
        {"story", NEED_SCENARIO, "", FILE_OK, "<story/>", "story/scenario.xml"},
        {"story", NEED_LOCAL, "", FILE_MISSING, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "score.lua", FILE_OK, "score", "story/score.lua"},
        {"story", NEED_SCRIPT_SRC, "deep/er/far.lua", FILE_OK, "far", "story/deep/er/far.lua"},
        {"story", NEED_SCRIPT_SRC, "none.lua", FILE_MISSING, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "../story/score.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "deep/../score.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "./score.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "deep//er/far.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "/etc/passwd", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "deep/", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "a%2e.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "c:score.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "a/b/c/d/e/f/g/h/i.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "link.lua", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "out/secret", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "fifo.lua", FILE_NOT_REGULAR, NULL, NULL},
        {"story", NEED_SCRIPT_SRC, "deep", FILE_NOT_REGULAR, NULL, NULL},
        {"story", NEED_SCRIPT_USE, "own", FILE_OK, "own", "story/scripts/own.lua"},
        {"story", NEED_SCRIPT_USE, "listening", FILE_OK, "listening", "lib/scripts/listening.lua"},
        {"story", NEED_SCRIPT_USE, "../score", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_USE, "etc", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_SCRIPT_USE, "", FILE_OUTSIDE, NULL, NULL},
        {"story", NEED_RUBRIC, "own", FILE_OK, "<own/>", "story/rubrics/own.xml"},
        {"story", NEED_RUBRIC, "sketch", FILE_OK, "<sketch/>", "story/sketch.xml"},
        {"story", NEED_RUBRIC, "service", FILE_OK, "<service/>", "lib/scenarios/rubrics/service.xml"},
        {"story", NEED_RUBRIC, "none", FILE_MISSING, NULL, NULL},
    };
    for each (i, rows) {
        struct files *f = story(rows[i].what);
        struct file_answer a;
        files_answer(f, &(struct need){.kind = rows[i].kind, .name = text_of(rows[i].name)}, &a);
        expect_number(a.code, rows[i].code, rows[i].name);
        if (rows[i].bytes) {
            size_t n = strlen(rows[i].shown);
            expect_text(a.bytes, rows[i].bytes, rows[i].name);
            assert_true(a.name.len >= n);
            expect_text(text_from(a.name.at + a.name.len - n, n), rows[i].shown, rows[i].name);
        }
        files_close(f);
    }
}

static void translations(void **state)
{
    (void)state;
    uint32_t n;
    struct file_answer a;
    struct files *f = story("story");
    const struct text *langs = files_langs(f, &n);
    assert_int_equal(n, 2);
    expect_text(langs[0], "en", "first");
    expect_text(langs[1], "zh-CN", "second");
    files_answer(f, &(struct need){.po = true, .kind = NEED_SCENARIO, .lang = TEXT("zh-CN")}, &a);
    assert_int_equal(a.code, FILE_OK);
    assert_int_equal(a.n_pairs, 1);
    expect_text(a.pairs[0].str, "zh", "pair");
    files_answer(f, &(struct need){.po = true, .kind = NEED_RUBRIC, .name = TEXT("service"), .lang = TEXT("en")}, &a);
    assert_int_equal(a.code, FILE_OK);
    expect_text(a.pairs[0].str, "rubric", "pair of the rubric");
    files_answer(f, &(struct need){.po = true, .kind = NEED_SCENARIO, .lang = TEXT("../en")}, &a);
    assert_int_equal(a.code, FILE_OUTSIDE);
    files_close(f);
    f = story("story/sketch.xml");
    langs = files_langs(f, &n);
    assert_int_equal(n, 1);
    expect_text(langs[0], "fr", "of the sketch");
    files_answer(f, &(struct need){.po = true, .kind = NEED_SCENARIO, .lang = TEXT("fr")}, &a);
    assert_int_equal(a.code, FILE_FAILED); /* parse says so */
    files_close(f);
}

/* Sizes, one by one and together; and how many. */
static void bounds(void **state)
{
    (void)state;
    enum file_code code;
    struct file_answer a;
    struct need own = {.kind = NEED_SCRIPT_SRC, .name = TEXT("score.lua")};
    struct files *f = files_open("story", &(struct files_config){.file_bytes = 5}, &code);
    files_answer(f, &own, &a);
    assert_int_equal(a.code, FILE_OK);
    files_close(f);
    f = files_open("story", &(struct files_config){.file_bytes = 4}, &code);
    files_answer(f, &own, &a);
    assert_int_equal(a.code, FILE_LARGE);
    files_close(f);
    f = story("story");
    for (int i = 0; i < 100; i++)
        files_answer(f, &own, &a);
    assert_int_equal(a.code, FILE_OK);
    files_answer(f, &own, &a);
    assert_int_equal(a.code, FILE_LARGE);
    files_answer(f, &(struct need){.kind = NEED_SCENARIO}, &a); /* a new load begins */
    assert_int_equal(a.code, FILE_OK);
    files_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finding),
        cmocka_unit_test(answering),
        cmocka_unit_test(translations),
        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(tests, disk_make, disk_remove);
}

/* test_lua.c -- plays every line of the files in tests/lua and compares what it does.
 *
 * A case is the lines up to one that ends in `-- expect: text`; further lines that are only that add to it.  It is
 * played as the `do` of an option; `= expression` shows a value, `? expression` is played as a condition.  Lines
 * between
 * `-- script` (or `-- shared`) and `-- end` are the file's script.  `…` at the end of an expectation stands for
 * anything; `nothing` for no effect at all.  After each case the same scenario must still play. */
#include "unit.h"

#include "lua_world.h"

#include <dirent.h>
#include <stdio.h>
#include <time.h>

#ifdef __SANITIZE_ADDRESS__
enum { MS_MOST = 20000 };
#else
enum { MS_MOST = 1000 }; /* of processor time, so that a host's patience is never the limit */
#endif

struct file {
    struct buf bytes, script, shared, code, wanted, got;
    const char *name;
    int line, first;
    unsigned cases, failed;
};

static bool matches(struct text wanted, struct text got)
{
    static const char dots[] = "…";
    size_t n = sizeof dots - 1;
    if (wanted.len >= n && memcmp(wanted.at + wanted.len - n, dots, n) == 0) {
        wanted.len -= n;
        got.len = got.len < wanted.len ? got.len : wanted.len;
    }
    return text_eq(wanted, got);
}

static bool all_match(struct text wanted, struct text got)
{
    struct text w, g;
    if (text_is(wanted, "nothing\n")) {
        return got.len == 0;
    }
    while (text_split(&wanted, '\n', &w)) {
        if (!text_split(&got, '\n', &g) || !matches(w, g)) {
            return false;
        }
    }
    return got.len == 0;
}

static void play(struct file *f, struct text code, struct text when)
{
    struct world w = {.script = buf_view(&f->script), .shared = buf_view(&f->shared)};
    clock_t begin = clock();
    if (world_open(&w, code, when, NULL)) {
        assert_true(world_play(&w, "listen"));
        buf_text(&f->got, buf_view(&w.out));
        buf_reset(&w.out);
        assert_true(world_play(&w, "push"));
        struct text after = buf_view(&w.out);
        if (!text_starts(after, "trust = 6\n") && f->script.len == 0) {
            buf_str(&f->got, "afterwards: ");
            buf_text(&f->got, after);
        }
    } else {
        buf_text(&f->got, buf_view(&w.out));
    }
    world_close(&w);
    long ms = (long)((clock() - begin) / (CLOCKS_PER_SEC / 1000));
    if (ms >= MS_MOST) {
        buf_printf(&f->got, "took too long: %ld ms\n", ms);
    }
}

static void case_run(struct file *f)
{
    struct text code = text_trim(buf_view(&f->code)), when = {0};
    struct buf made = {0};
    if (text_starts(code, "= ")) {
        buf_printf(&made, "error(tostring(%.*s))", (int)code.len - 2, code.at + 2);
        code = buf_view(&made);
    } else if (text_starts(code, "? ")) {
        when = text_from(code.at + 2, code.len - 2);
        code = (struct text){0};
    }
    play(f, code, when);
    f->cases++;
    if (!all_match(buf_view(&f->wanted), buf_view(&f->got))) {
        f->failed++;
        print_error("tests/lua/%s:%d\n  wanted %.*s  got    %.*s\n", f->name, f->first, (int)f->wanted.len,
                    f->wanted.at, (int)f->got.len, f->got.at);
    }
    buf_done(&made);
    buf_reset(&f->code);
    buf_reset(&f->wanted);
    buf_reset(&f->got);
}

/* Takes the code of one line and what is expected of it. */
static void line_take(struct file *f, struct text line)
{
    static const char mark[] = "-- expect: ";
    const char *at = line.len ? memmem(line.at, line.len, mark, sizeof mark - 1) : NULL;
    struct text code = at ? text_trim(text_from(line.at, (size_t)(at - line.at))) : line;
    if (f->wanted.len && (code.len || !at)) {
        case_run(f);
    }
    if (code.len) {
        f->first = f->code.len ? f->first : f->line;
        buf_text(&f->code, code);
        buf_char(&f->code, '\n');
    }
    if (at) {
        at += sizeof mark - 1;
        buf_text(&f->wanted, text_trim(text_from(at, (size_t)(line.at + line.len - at))));
        buf_char(&f->wanted, '\n');
    }
}

static void file_run(struct file *f)
{
    struct text rest = buf_view(&f->bytes), line;
    struct buf *into = NULL;
    for (f->line = 1; text_split(&rest, '\n', &line); f->line++) {
        if (text_is(line, "-- script") || text_is(line, "-- shared")) {
            if (f->wanted.len) {
                case_run(f);
            }
            into = text_is(line, "-- script") ? &f->script : &f->shared;
            buf_reset(into);
        } else if (text_is(line, "-- end")) {
            into = NULL;
        } else if (into) {
            buf_text(into, line);
            buf_char(into, '\n');
        } else if (!text_starts(line, "--") || text_starts(line, "-- expect: ") || text_starts(line, "--[")) {
            line_take(f, line);
        }
    }
    if (f->wanted.len) {
        case_run(f);
    }
}

static void file_read(struct buf *out, const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, in)) > 0;) {
        buf_add(out, chunk, n);
    }
    fclose(in);
}

static void test_files(void **state)
{
    (void)state;
    unsigned cases = 0, failed = 0;
    struct dirent **names;
    int n = scandir("tests/lua", &names, NULL, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        size_t len = strlen(names[i]->d_name);
        if (len > 4 && strcmp(names[i]->d_name + len - 4, ".lua") == 0) {
            struct file f = {.name = names[i]->d_name};
            file_read(&f.bytes, "tests/lua", f.name);
            file_run(&f);
            cases += f.cases;
            failed += f.failed;
            struct buf *bufs[] = {&f.bytes, &f.script, &f.shared, &f.code, &f.wanted, &f.got};
            for each (k, bufs) {
                buf_done(bufs[k]);
            }
        }
        free(names[i]);
    }
    free(names);
    print_message("%u cases of tests/lua\n", cases);
    assert_true(cases > 100);
    assert_int_equal(failed, 0);
}

int main(void)
{
    rehearse_warm();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

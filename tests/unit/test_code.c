/* test_code.c -- the small language means in C what it means in Lua.
 *
 * Random statements and conditions, always of the right kinds, are played once by the engine itself and once by Lua
 * (limits.lua_only); what they do must be the same, effect by effect.  Beside it: what stays in the small language and
 * what leaves it, marks, reasons, batches that try to change the language, and the examples of docs/lua-api.md. */
#include "unit.h"

#include "lua_world.h"
#include "scenario/code.h"
#include "scenario/code_resolve.h"
#include "script/host.h"

#include <stdio.h>
#include <time.h>

/* ---- random programs ---- */

static uint64_t seed = 42;

static uint32_t draw(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static void number(struct buf *b, int depth);

static void truth(struct buf *b, int depth)
{
    static const char *const leaves[] = {"heard",
                                         "true",
                                         "false",
                                         "seen(\"opening\")",
                                         "seen(\"later\")",
                                         "chose(\"first/listen\")",
                                         "chose('push')",
                                         "mood == \"calm\"",
                                         "\"tense\" ~= mood",
                                         "role == \"you\"",
                                         "role ~= \"he\"",
                                         "(mood == 'tense')"};
    static const char *const compare[] = {" == ", " ~= ", " < ", " <= ", " > ", " >= "};
    uint32_t kind = depth > 0 ? draw(5) : 0;
    if (kind == 0) {
        buf_str(b, leaves[draw(12)]);
    } else if (kind == 1) {
        buf_str(b, "not (");
        truth(b, depth - 1);
        buf_str(b, ")");
    } else if (kind == 2) {
        number(b, depth - 1);
        buf_str(b, compare[draw(6)]);
        number(b, depth - 1);
    } else {
        buf_str(b, "(");
        truth(b, depth - 1);
        buf_str(b, draw(2) ? " and " : " or ");
        truth(b, depth - 1);
        buf_str(b, draw(2) ? " and " : " or ");
        truth(b, depth - 1);
        buf_str(b, ")");
    }
}

static void number(struct buf *b, int depth)
{
    static const char *const leaves[] = {"trust",
                                         "visits",
                                         "low",
                                         "turn",
                                         "points(\"listening\")",
                                         "times('listen')",
                                         "moves(\"svc:overpromise\")",
                                         "times(\"first/push\")"};
    static const char *const signs[] = {" + ", " - ", " * "};
    uint32_t kind = depth > 0 ? draw(6) : draw(2);
    if (kind == 0) {
        buf_str(b, leaves[draw(8)]);
    } else if (kind == 1) {
        static const long big[] = {0, 1, 3, 10, 1000000, 2147483648, 4294967297, 999999999999999999};
        buf_int(b, big[draw(8)]);
    } else if (kind == 2) {
        buf_str(b, "- ");
        number(b, depth - 1);
    } else {
        bool paren = draw(2);
        buf_str(b, paren ? "(" : "");
        number(b, depth - 1);
        buf_str(b, signs[draw(3)]);
        number(b, depth - 1);
        buf_str(b, paren ? ")" : "");
    }
}

static void statement(struct buf *b)
{
    static const char *const facts[] = {"trust", "visits", "low"};
    uint32_t kind = draw(6);
    if (kind == 0) {
        buf_str(b, "heard = ");
        truth(b, 3);
    } else if (kind == 1) {
        buf_str(b, draw(2) ? "mood = \"calm\"" : "mood = 'tense'");
    } else {
        buf_printf(b, "%s = ", facts[draw(3)]);
        number(b, 4);
    }
    buf_str(b, draw(3) ? "; " : "\n");
}

enum { PROGRAMS = 1500 };

/* The body of an option: PROGRAMS elements, statements and conditions in turn. */
static void programs(struct buf *out)
{
    struct buf code = {0};
    for (int i = 0; i < PROGRAMS; i++) {
        buf_reset(&code);
        if (i % 2) {
            for (uint32_t n = draw(3) + 1; n > 0; n--) {
                statement(&code);
            }
            buf_str(out, "<do>");
            world_escape(out, buf_view(&code), false);
            buf_str(out, "</do>");
        } else {
            truth(&code, 4);
            buf_str(out, "<change gauge='low' add='1' when=\"");
            world_escape(out, buf_view(&code), true);
            buf_str(out, "\"/>");
        }
    }
    buf_done(&code);
}

static uint32_t codes_in_lua(const struct scenario *s)
{
    uint32_t n = 0;
    for (uint32_t i = 1; i <= s->n_codes; i++) {
        n += s->codes[i].lua;
    }
    return n;
}

static void test_same(void **state)
{
    (void)state;
    for (int round = 0; round < 4; round++) {
        struct world w[2] = {0};
        struct buf body = {0};
        programs(&body);
        for (int lua = 0; lua < 2; lua++) {
            struct limits limits = LIMITS_DEFAULT;
            limits.lua_only = (uint32_t)lua;
            w[lua].body = buf_view(&body);
            if (!world_open(&w[lua], (struct text){0}, (struct text){0}, &limits)) {
                print_error("%.*s\n", (int)w[lua].out.len, w[lua].out.at);
                fail();
            }
            assert_true(world_play(&w[lua], "listen"));
        }
        const struct scenario *s = w[0].r->model;
        assert_true(s->n_codes > PROGRAMS / 2);
        assert_true(codes_in_lua(s) < s->n_codes / 10);
        assert_int_equal(codes_in_lua(w[1].r->model), w[1].r->model->n_codes);
        assert_true(w[0].out.len > 1000);
        buf_char(&w[0].out, '\0');
        buf_char(&w[1].out, '\0');
        assert_string_equal(w[0].out.at, w[1].out.at);
        world_close(&w[0]);
        world_close(&w[1]);
        buf_done(&body);
    }
}

/* ---- what stays in the small language ---- */

static void test_native(void **state)
{
    (void)state;
    static const struct {
        const char *code, *when;
        bool lua;
    } rows[] = {
        {"trust = trust + 1", "", false},
        {"trust = 1; heard = true; mood = \"calm\"", "", false},
        {"trust = 1 heard = false", "", false},
        {";", "", true},
        {"trust = - 3 * (2 + trust)", "", false},
        {"heard = trust > 3 and not heard", "", false},
        {"trust = 7 // 2", "", true},
        {"trust = 7 % 2", "", true},
        {"trust = #mood", "", true},
        {"trust = 1.0", "", true},
        {"trust = 0x10", "", true},
        {"trust, visits = 1, 2", "", true},
        {"local n = 1 trust = n", "", true},
        {"trust = math.abs(-1)", "", true},
        {"score('listening', 1, 'x')", "", true},
        {"", "heard", false},
        {"", "(((heard)))", false},
        {"", "trust >= 3 and heard or mood == 'calm'", false},
        {"", "seen('later') and times('push') > 0 and moves('svc:overpromise') == 0", false},
        {"", "points('listening') > 0 and turn > 0 and role == 'you'", false},
        {"", "chose 'push'", true},
        {"", "trust and heard", true},
        {"", "random(6) == 6", true},
        {"", "mood .. '' == 'calm'", true},
        {"", "mood < 'd'", true},
    };
    for each (i, rows) {
        struct world w = {0};
        const char *row = *rows[i].code ? rows[i].code : rows[i].when;
        if (!world_open(&w, text_of(rows[i].code), text_of(rows[i].when), NULL)) {
            print_error("%s: %.*s\n", row, (int)w.out.len, w.out.at);
            fail();
        }
        const struct scenario *s = w.r->model;
        bool found = false;
        for (uint32_t k = 1; k <= s->n_codes; k++) {
            if (text_is(s->codes[k].text, row)) {
                expect_number(s->codes[k].lua, rows[i].lua, row);
                found = true;
            }
        }
        expect_number(found, true, row);
        world_close(&w);
    }
}

/* ---- marks, reasons ---- */

static void test_marks(void **state)
{
    (void)state;
    struct world w = {0};
    assert_true(world_open(&w,
                           TEXT("score('listening', 1, 'she was heard') score('listening', 1, \"she \\\"was\\\"\")"),
                           TEXT("seen('later') and chose('first/push') and times('first/listen') > 0 and moves('svc:overpromise') > 0"), NULL));
    const struct scenario *s = w.r->model;
    assert_int_not_equal(s->scenes[scenario_scene(s, TEXT("later")).i].mark, 0);
    assert_int_equal(s->scenes[scenario_scene(s, TEXT("opening")).i].mark, 0);
    assert_int_not_equal(s->options[scenario_option(s, TEXT("push")).i].mark, 0);
    assert_int_equal(s->options[scenario_option(s, TEXT("push")).i].times, 0);
    assert_int_equal(s->options[scenario_option(s, TEXT("listen")).i].mark, 0);
    assert_int_not_equal(s->options[scenario_option(s, TEXT("listen")).i].times, 0);
    assert_int_not_equal(s->move_mark[scenario_move(s, TEXT("svc:overpromise")).i], 0);
    assert_int_equal(s->move_mark[scenario_move(s, TEXT("listen:clarify")).i], 0);
    assert_int_equal(s->n_script_words, 2);
    expect_text(s->script_words[0], "she was heard", "reason");
    expect_text(s->script_words[1], "she \"was\"", "reason with quotes");
    world_close(&w);
}

/* ---- batches ---- */

/* Snippets that are wrong alone and right together: each must be refused at its own place. */
static void test_batches(void **state)
{
    (void)state;
    struct world w = {.body = TEXT("<do>trust=1 end, function()</do><do>--[[</do><do>]] trust=2</do>")};
    assert_false(world_open(&w, (struct text){0}, (struct text){0}, NULL));
    expect_text(buf_view(&w.out), "code-unexpected [end] end\ncode-string-open [--[[]\ncode-unexpected []] ]\n",
                "batch");
    world_close(&w);

    struct world lines = {.body = TEXT("<do>local a = 1\ntrust = a</do><do>local b = 2\r\n\n\rtrust = b</do>"
                                       "<do>local c = [[\n\n]] error(c)</do><do>error(\"last\")</do>")};
    assert_true(world_open(&lines, (struct text){0}, (struct text){0}, NULL));
    assert_true(world_play(&lines, "listen"));
    expect_text(buf_view(&lines.out),
                "trust = 1\ntrust = 2\nscript-failed []] error(c)]  \n"
                "script-failed [error(\"last\")] last\n",
                "lines");
    world_close(&lines);
}

/* One budget serves all scripts of a step, however many there are. */
static void test_shared_budget(void **state)
{
    (void)state;
    struct buf body = {0};
    for (int i = 0; i < 2000; i++) {
        buf_printf(&body, "<do>local n = %d for i = 1, 1e9 do n = n + i end</do>", i);
    }
    buf_str(&body, "<do>trust = math.abs(7)</do>");
    struct world w = {.body = buf_view(&body)};
    assert_true(world_open(&w, (struct text){0}, (struct text){0}, NULL));
    clock_t begin = clock();
    assert_true(world_play(&w, "listen"));
    assert_true((clock() - begin) / CLOCKS_PER_SEC < 10);
    assert_true(text_starts(buf_view(&w.out), "script-budget [local n = 0 for"));
    buf_reset(&w.out);
    assert_true(world_play(&w, "push")); /* a new step, a new budget */
    expect_text(buf_view(&w.out), "trust = 6\n", "afterwards");
    world_close(&w);
    buf_done(&body);
}

/* A state with too little memory is refused, not crashed into. */
static void test_little_memory(void **state)
{
    (void)state;
    unsigned refused = 0, played = 0;
    for (uint32_t bytes = 0; bytes < 100000; bytes += 997) {
        struct limits limits = LIMITS_DEFAULT;
        limits.script_memory = bytes;
        struct world w = {
            .script = TEXT("local t = {1, 2, {3}} function f(n) local u = {} for i = 1, n do u[i] = {i} end end")};
        if (world_open(&w, TEXT("f(5) trust = math.abs(3)"), (struct text){0}, &limits)) {
            assert_true(world_play(&w, "listen"));
            assert_true(text_is(buf_view(&w.out), "trust = 3\n") || text_starts(buf_view(&w.out), "script-memory"));
            played++;
        } else {
            assert_true(text_starts(buf_view(&w.out), "script-memory"));
            refused++;
        }
        world_close(&w);
    }
    assert_true(refused > 0 && played > 0);
}

/* ---- pick ---- */

static void test_pick(void **state)
{
    (void)state;
    static const struct {
        const char *script, *out;
    } rows[] = {
        {"function pick(d) if d == 'second' then return 'two' end end", "trust = 6\nvisits = 1\n"},
        {"function pick(d) end", "trust = 6\n"},
        {"function pick(d) return 'one' end", "trust = 6\n"},
        {"function pick(d) return 5 end", "trust = 6\nscript-pick"},
        {"function pick(d) return {} end", "trust = 6\nscript-pick"},
        {"function pick(d) return ('x'):rep(1000) end", "trust = 6\nscript-pick"},
        {"function pick(d) return 'three' end", "trust = 6\npick-unknown"},
        {"function pick(d) trust = 1 return 'two' end", "trust = 6\nscript-pure"},
        {"function pick(d) while true do end end", "trust = 6\nscript-budget"},
        {"function pick(d) return random(2) < 3 and 'two' or 'one' end", "trust = 6\ndraw "},
    };
    for each (i, rows) {
        struct world w = {.script = text_of(rows[i].script)};
        assert_true(world_open(&w, (struct text){0}, (struct text){0}, NULL));
        assert_true(world_play(&w, "push"));
        if (!text_starts(buf_view(&w.out), rows[i].out)) {
            expect_text(buf_view(&w.out), rows[i].out, rows[i].script);
        }
        world_close(&w);
    }
}

/* ---- hostile sizes ---- */

/* Pieces that make a careless loader quadratic, as many as fit; @ is a number, different in each. */
static void test_hostile(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        unsigned per; /* pieces in one <do>; 0: all in the script */
    } rows[] = {
        {"score('listening', 1, 'a@')", 1},
        {"x@ = 1 ", 300},
        {"trust = ", 1000},
        {"local a@ ", 1500},
        {"score('listening',", 700},
        {"chose('a@') ", 500},
        {"]]]=", 3000},
        {"((((", 3000},
        {"a[b.c(d)],e,", 1000},
        {"local a@ = 1 ", 0},
        {"function f@() end ", 0},
        {"score('listening',", 0},
        {"f@ = function() return ", 0},
        {"{{{{", 0},
        {"not not - - ", 1000},
        {"[=[=", 3000},
        {"'\\z '..", 2000},
        {"goto a@ ::b@:: ", 500},
    };
    for each (i, rows) {
        struct buf body = {0}, script = {0};
        struct buf *into = rows[i].per ? &body : &script;
        for (unsigned n = 0; into->len < (rows[i].per ? 1000000 : 60000); n++) {
            if (rows[i].per && n % rows[i].per == 0) { /* the number keeps it from being one code with the others */
                buf_printf(into, "<do>-- %u\n", n);
            }
            for (const char *p = rows[i].piece; *p; p++) {
                if (*p == '@') {
                    buf_int(into, n);
                } else {
                    buf_char(into, *p);
                }
            }
            buf_str(into, rows[i].per && n % rows[i].per == rows[i].per - 1 ? "</do>" : "");
        }
        buf_str(&body, body.len && memcmp(body.at + body.len - 5, "</do>", 5) != 0 ? "</do>" : "");
        struct world w = {.body = buf_view(&body), .script = buf_view(&script)};
        clock_t begin = clock();
        world_open(&w, (struct text){0}, (struct text){0}, NULL);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 5) { /* half a second each; a sanitizer is slower */
            print_error("%s took %.1f s\n", rows[i].piece, seconds);
            fail();
        }
        world_close(&w);
        buf_done(&body);
        buf_done(&script);
    }
}

/* ---- the table of functions ---- */

static bool is_statement(struct text example)
{
    static const char *const begins[] = {"assert", "error", "score", "go", "local", "for"};
    for each (i, begins) {
        if (text_starts(example, begins[i])) {
            return true;
        }
    }
    return false;
}

static void test_api(void **state)
{
    (void)state;
    for (const struct api_row *row = api_rows; row->name; row++) {
        if (!*row->name) {
            continue;
        }
        struct text root = text_of(row->name), piece, line;
        assert_true(text_split(&root, '.', &piece));
        assert_true(code_name_known(piece));
        struct buf code = {0}, got = {0};
        bool statement = is_statement(text_of(row->example));
        buf_printf(&code, statement ? "%s" : "error(tostring(%s))", row->example);
        struct world w = {0};
        if (!world_open(&w, buf_view(&code), (struct text){0}, NULL) || !world_play(&w, "listen")) {
            print_error("%s: %.*s\n", row->name, (int)w.out.len, w.out.at);
            fail();
        }
        /* "script-failed [code] words": the words, and for a statement the name before them */
        struct text rest = buf_view(&w.out);
        while (text_split(&rest, '\n', &line)) {
            const char *end = line.len ? memmem(line.at, line.len, "] ", 2) : NULL;
            for (const char *p = end; p && (p = memmem(p + 1, (size_t)(line.at + line.len - p) - 1, ")] ", 3));) {
                end = p + 1;
            }
            buf_str(&got, got.len ? "\n" : "");
            if (end && text_starts(line, "script-failed")) {
                buf_str(&got, statement ? "script-failed: " : "");
                buf_add(&got, end + 2, (size_t)(line.at + line.len - end) - 2);
            } else {
                buf_text(&got, line);
            }
        }
        expect_text(buf_view(&got), row->gives, row->name);
        buf_done(&code);
        buf_done(&got);
        world_close(&w);
    }
}

/* docs/lua-api.md is what the table says now; `make docs` writes it anew. */
static void test_document(void **state)
{
    (void)state;
    struct buf made = {0}, kept = {0};
    char chunk[4096];
    FILE *f = fopen("docs/lua-api.md", "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;) {
        buf_add(&kept, chunk, n);
    }
    fclose(f);
    lua_api_document(&made);
    assert_true(text_eq(buf_view(&made), buf_view(&kept)));
    buf_done(&made);
    buf_done(&kept);
}

int main(void)
{
    rehearse_warm();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),    cmocka_unit_test(test_native),        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_batches), cmocka_unit_test(test_shared_budget), cmocka_unit_test(test_little_memory),
        cmocka_unit_test(test_pick),    cmocka_unit_test(test_hostile),       cmocka_unit_test(test_document),
        cmocka_unit_test(test_api),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

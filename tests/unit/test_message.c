/* test_message.c -- a diagnostic as people read it.
 *
 * The row "xml-encoding" stands for all: its text has one argument, its mend none. */
#include "unit.h"

#include "base/arena.h"
#include "base/message.h"
#include "base/terminal.h"

#include <string.h>

static struct message sample(const char *quoted, const char *mark)
{
    const char *at = strstr(quoted, mark);
    return (struct message){
        .code = msg_find(TEXT("xml-encoding")),
        .args = {TEXT("GBK")},
        .file = TEXT("s/scenario.xml"),
        .line = 41,
        .col = 19,
        .quoted = text_of(quoted),
        .from = (size_t)(at - quoted),
        .to = (size_t)(at - quoted) + strlen(mark),
    };
}

/* The quoted line and the caret line: the second and third of a message. */
static void quote_of(const struct message *m, const struct message_look *look, struct buf *out)
{
    struct buf b = {0};
    message_show(m, look, &b);
    struct text rest = buf_view(&b), line;
    text_split(&rest, '\n', &line);
    for (int i = 0; i < 2 && text_split(&rest, '\n', &line); i++) {
        const char *mend = memchr(line.at, '^', line.len);
        size_t carets = i && mend ? strspn(mend, "^~") : 0;
        buf_text(out, carets ? text_from(line.at, (size_t)(mend - line.at) + carets) : line);
        buf_char(out, '\n');
    }
    buf_done(&b);
}

static void carets(void **state)
{
    (void)state;
    static const struct {
        const char *quoted, *mark;
        unsigned width;
        const char *shown;
    } rows[] = {
        {"  <option goto=\"apology\">", "apology", 0,
         "   41 |   <option goto=\"apology\">\n      |                 ^~~~~~~\n"},
        {"\t<line who=\"何军\">第三次了</line>", "第三次", 0,
         "   41 |     <line who=\"何军\">第三次了</line>\n      |                      ^~~~~~\n"},
        {"<a>👩‍💻<b/>", "<b/>", 0, "   41 | <a>👩‍💻<b/>\n      |      ^~~~\n"},
        {"e\xCC\x81<b/>", "<b/>", 0, "   41 | e\xCC\x81<b/>\n      |  ^~~~\n"},
        {"a\x1b[2Jb<c>", "<c>", 0, "   41 | a^[[2Jb<c>\n      |        ^~~\n"},
        {"a\xE2\x80\xAE<c>", "<c>", 0, "   41 | a<U+202E><c>\n      |          ^~~\n"},
        {"bad \xC4\xE3\xBA\xC3 <c>", "<c>", 0, "   41 | bad \uFFFD\uFFFD\uFFFD\uFFFD <c>\n      |          ^~~\n"},
        {"the end", "", 0, "   41 | the end\n      | ^\n"},
        {"0123456789012345678901234567890123456789<x>", "<x>", 40,
         "   41 | …345678901234567890123456789<x>\n      |                             ^~~\n"},
        {"<x>0123456789012345678901234567890123456789", "<x>", 40,
         "   41 | <x>012345678901234567890123456…\n      | ^~~\n"},
    };
    for each (i, rows) {
        struct message m = sample(rows[i].quoted, rows[i].mark);
        struct buf b = {0};
        quote_of(&m, &(struct message_look){.width = rows[i].width}, &b);
        expect_text(buf_view(&b), rows[i].shown, rows[i].quoted);
        buf_done(&b);
    }
}

static void whole_message(void **state)
{
    (void)state;
    struct message m = sample("<?xml encoding=\"GBK\"?>", "GBK");
    struct buf b = {0};
    struct message_look look = {0};
    message_show(&m, &look, &b);
    message_line(&m, &look, &b);
    m.quoted = TEXT("");
    buf_char(&b, '\n');
    message_show(&m, &look, &b);
    m.file = TEXT("");
    look.style = (struct message_style){.error = "<e>", .end = "</>"};
    message_line(&m, &look, &b);
    expect_text(
        buf_view(&b),
        "s/scenario.xml:41:19: error: the file says it is in GBK, but only UTF-8 can be read [xml-encoding]\n"
        "   41 | <?xml encoding=\"GBK\"?>\n"
        "      |                 ^~~ save it as UTF-8 and write encoding=\"UTF-8\"\n"
        "s/scenario.xml:41:19: error: the file says it is in GBK, but only UTF-8 can be read: "
        "save it as UTF-8 and write encoding=\"UTF-8\" [xml-encoding]\n"
        "s/scenario.xml:41:19: error: the file says it is in GBK, but only UTF-8 can be read [xml-encoding]\n"
        "        save it as UTF-8 and write encoding=\"UTF-8\"\n"
        "<e>error:</> the file says it is in GBK, but only UTF-8 can be read: save it as UTF-8 and write "
        "encoding=\"UTF-8\" [xml-encoding]",
        "whole");
    buf_done(&b);
}

static void of_sources(void **state)
{
    (void)state;
    struct sources ss = {0};
    uint32_t file = sources_add(&ss, TEXT("a.xml"), TEXT("\xEF\xBB\xBF<a>\r\n<b 中=\"x\">\r\n"));
    struct err e = {.code = msg_find(TEXT("xml-encoding")), .at = {file, 15, 16}, .args = {TEXT("%2")}};
    struct message m = message_of(&e, &ss);
    assert_int_equal(m.line, 2);
    assert_int_equal(m.col, 6);
    expect_text(m.quoted, "<b 中=\"x\">", "quoted");
    assert_int_equal(m.from, 7);
    assert_int_equal(m.to, 8);
    e.at = (struct span){0};
    m = message_of(&e, &ss);
    assert_int_equal(m.line, 0);
    assert_int_equal(m.file.len, 0);
    sources_done(&ss);
}

/* However hostile line and arguments are: bounded, one line each, the caret under the place. */
static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"x", "中", "\x1b", "\xFF", "e\xCC\x81\xCC\x82\xCC\x83\xCC\x84", "\xE2\x80\xAE",
                                         "👩‍💻", "\t", "\xF3\xA0\x81\x81", "\n"};
    for each (i, pieces) {
        struct buf line = {0}, b = {0};
        while (line.len < 5000) {
            buf_str(&line, pieces[i]);
        }
        size_t from = line.len;
        buf_str(&line, "<here>");
        while (line.len < 10000) {
            buf_str(&line, pieces[i]);
        }
        struct message m = sample("x", "x");
        m.quoted = buf_view(&line);
        m.from = from;
        m.to = from + 6;
        m.args[0] = m.file = buf_view(&line);
        for (unsigned width = 0; width <= 200; width += 20) {
            buf_reset(&b);
            quote_of(&m, &(struct message_look){.width = width}, &b);
            struct text rest, quoted, caret;
            buf_char(&b, 0);
            rest = text_from(b.at, b.len - 1);
            assert_true(text_split(&rest, '\n', &quoted) && text_split(&rest, '\n', &caret) && rest.len == 0);
            assert_true(quoted.len <= 8 + 300 + 6);
            unsigned limit = width == 0 ? 100 : width < 40 ? 40 : width;
            assert_true(terminal_width(quoted, false) <= limit);
            const char *here = strstr(quoted.at, "<here>");
            assert_true(here && here < caret.at);
            size_t cells = terminal_width(text_from(quoted.at, (size_t)(here - quoted.at)), false);
            assert_int_equal(cells, (size_t)((const char *)memchr(caret.at, '^', caret.len) - caret.at));
        }
        buf_reset(&b);
        message_line(&m, &(struct message_look){0}, &b);
        assert_true(b.len < 1200);
        assert_null(memchr(b.at, '\n', b.len));
        assert_null(memchr(b.at, 0x1b, b.len));
        buf_done(&line);
        buf_done(&b);
    }
}

/* A mend that needs an argument that is not there is left out. */
static void mends(void **state)
{
    (void)state;
    for (enum msg code = MSG_NONE + 1; code < MSG_COUNT; code++) {
        struct message m = {.code = code, .args = {TEXT("A")}};
        struct buf b = {0};
        message_line(&m, &(struct message_look){0}, &b);
        assert_int_equal(text_utf8_valid(buf_view(&b)), b.len);
        assert_true(b.len < 2 * MESSAGE_BYTES + 80);
        buf_done(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carets),  cmocka_unit_test(whole_message), cmocka_unit_test(of_sources),
        cmocka_unit_test(hostile), cmocka_unit_test(mends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

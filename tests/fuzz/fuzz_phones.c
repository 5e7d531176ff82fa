/* fuzz_phones.c -- any request to a room that is open: lines for method and path, cookies, language and state, then a body.
 *
 * '@' as the first of the cookies is a phone that has joined, '#' the facilitator's; '@' as the first of the body is a token
 * that fits.  Whatever comes: what is heard is in range and clean, nobody else steers, and no byte of it is markup on a page. */
#include "base/arena.h"
#include "front/phones_inside.h"

#include "base/terminal.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define BOTH(words) {TEXT(words), TEXT(words)}
static const struct room_option options[3] = {{.words = BOTH("one")}, {.words = BOTH("two")}, {.words = BOTH("three")}};
static const struct both choices[2] = {BOTH("this"), BOTH("that")};
static const struct room_item items[3] = {{.id = TEXT("sure"), .kind = ITEM_SCALE, .steps = 5, .words = BOTH("sure?")},
                                          {.id = TEXT("plus"), .kind = ITEM_TEXT, .words = BOTH("plus?")},
                                          {.id = TEXT("from"), .kind = ITEM_CHOICE, .choices = choices, .n_choices = 2, .words = BOTH("from?")}};
static const struct take_home home = {.ending = BOTH("agreed")};
static const struct desk_key keys[2] = {{' ', BOTH("next"), false}, {'h', BOTH("hands"), true}};
static const struct desk desk = {.where = BOTH("here"), .keys = keys, .n_keys = 2};
static const uint32_t counts[3] = {5, 6, 7};
static const struct room_tally tally = {1, counts};

static struct phones *phones;
static struct room room;
static bool proved, known;        /* what the request may prove */
static char said[2000], name[500];
static uint32_t vote;

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_words(struct text t)
{
    struct buf clean = {0};
    terminal_clean(t, CLEAN_PLAY, &clean);
    check(text_eq(buf_view(&clean), t) && text_utf8_valid(t) == t.len && text_eq(text_trim(t), t));
    buf_done(&clean);
}

static void keep(char *to, size_t size, struct text t)
{
    check(t.len < size);
    memcpy(to, t.at ? t.at : "", t.len);
    to[t.len] = 0;
}

static bool on_joined(void *self, uint32_t voter)
{
    (void)self;
    (void)voter;
    return false; /* a room of one */
}

static enum phones_reply on_voted(void *self, uint32_t voter, uint32_t round, uint32_t option)
{
    (void)self;
    check(known && voter == 1 && room.state == ROOM_VOTE && round == room.round && option <= room.n_options);
    vote = option;
    return PHONES_TAKEN;
}

static enum phones_reply on_named(void *self, uint32_t voter, struct text t)
{
    (void)self;
    check(known && voter == 1 && t.len && terminal_width(t, false) <= 40);
    check_words(t);
    keep(name, sizeof name, t);
    return PHONES_TAKEN;
}

static enum phones_reply on_said(void *self, uint32_t voter, struct text item, struct text t)
{
    (void)self;
    check(known && voter == 1);
    check(text_is(item, ".sentence") || (room.state == ROOM_FORM && (text_is(item, "sure") || text_is(item, "plus") || text_is(item, "from"))));
    check_words(t);
    check(text_chars(t) <= ROOM_WORDS_MAX);
    keep(said, sizeof said, t);
    return PHONES_TAKEN;
}

static void on_pressed(void *self, char key, struct text t)
{
    (void)self;
    check(proved && (key == ' ' || key == 'h'));
    check_words(t);
}

static uint32_t on_chosen(void *self, uint32_t voter, uint32_t round)
{
    (void)self;
    return voter == 1 && round == 1 ? vote : 0;
}

static struct text on_name(void *self, uint32_t voter)
{
    (void)self;
    return voter == 1 ? text_of(name) : (struct text){0};
}

static struct text on_answer(void *self, uint32_t voter, struct text item)
{
    (void)self;
    return voter == 1 && text_is(item, "plus") ? text_of(said) : (struct text){0};
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const uint8_t secret[PHONES_SECRET] = {1, 2, 3};
    struct phones_config c = {.address = "127.0.0.1", .secret = secret, .voters = 1, .identity = PHONES_NICK,
                              .hears = {NULL, on_joined, on_voted, on_named, on_said, on_pressed, on_chosen, on_name, on_answer}};
    int error;
    (void)argc;
    (void)argv;
    phones = phones_open(&c, &error);
    check(phones != NULL);
    phones_desk(phones, &desk);
    return 0;
}

static void put_cookies(struct text line, struct buf *out)
{
    struct identity one = {.voter = 1};
    struct buf cookie = {0};
    struct text value = {0};
    proved = known = false;
    if (line.len && line.at[0] == '@') {
        identity_cookie(phones, &one, &cookie);
        known = true;
    } else if (line.len && line.at[0] == '#') {
        desk_cookie(phones, &cookie);
        proved = true;
    }
    struct text rest = buf_view(&cookie);
    if (text_split(&rest, ';', &value)) {
        buf_text(out, value);
        buf_str(out, "; ");
        line = text_from(line.at + 1, line.len - 1);
    }
    buf_text(out, line);
    buf_done(&cookie);
}

static void put_body(struct text body, struct buf *out)
{
    char token[PROOF_HEX + 1];
    struct identity one = {.voter = known ? 1 : 0};
    if (body.len && body.at[0] == '@') {
        if (proved)
            desk_token(phones, token);
        else
            identity_token(phones, &one, token);
        buf_printf(out, "t=%s&s=%u", token, room.step);
        body = text_from(body.at + 1, body.len - 1);
    }
    buf_text(out, body);
}

/* Every tag of a page is one of ours, and no control character is in it. */
static void check_page(struct text t)
{
    static const char *const ours[] = {"!doctype html>", "html ", "head>", "/head>", "meta ", "title>", "/title>", "link ", "noscript>", "/noscript>", "body>", "/body>", "header>",
                                       "/header>", "p>", "p ", "/p>", "a ", "/a>", "main ", "/main>", "h1 ", "h1>", "/h1>", "h2>", "/h2>", "form ", "/form>", "input ", "button>",
                                       "button ", "/button>", "b>", "/b>", "span>", "span ", "/span>", "ul ", "ul>", "/ul>", "li>", "li ", "/li>", "div ", "div>", "/div>", "svg ", "/svg>",
                                       "rect ", "strong>", "/strong>", "em>", "/em>", "fieldset>", "/fieldset>", "legend>", "/legend>", "label ", "label>", "/label>", "textarea ",
                                       "/textarea>", "footer>", "/footer>", "script src=\"/r-", "/script>", "/html>", "style>", "/style>", "i>", "/i>", "h3>", "/h3>", "ol ", "/ol>"};
    for (size_t i = 0; i < t.len; i++) {
        check((unsigned char)t.at[i] >= ' ' || t.at[i] == '\n');
        bool known_tag = t.at[i] != '<';
        for (size_t k = 0; k < sizeof ours / sizeof ours[0] && !known_tag; k++)
            known_tag = text_starts(text_from(t.at + i + 1, t.len - i - 1), ours[k]);
        check(known_tag);
    }
}

static void set_room(struct text line)
{
    room = (struct room){.state = (enum room_state)(line.len ? (unsigned char)line.at[0] % 9 + 1 : 1), .step = 7, .options = options, .n_options = 3, .round = 1, .tallies = &tally,
                         .n_tallies = 1, .items = items, .n_items = 3, .take_home = &home, .title = BOTH("title"), .here = 3};
    phones_publish(phones, &room);
    phones_lock(phones, line.len > 1);
    if (line.len > 2)
        name[0] = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct peer peer;
    struct text rest = text_from((const char *)bytes, n), lines[4] = {{0}}, path = {0};
    struct buf cookies = {0}, body = {0};
    for (size_t i = 0; i < 4; i++)
        text_split(&rest, '\n', &lines[i]);
    set_room(lines[3]);
    put_cookies(lines[1], &cookies);
    put_body(rest, &body);
    bool post = lines[0].len && lines[0].at[0] == 'P';
    struct text query = lines[0].len ? text_from(lines[0].at + 1, lines[0].len - 1) : (struct text){0};
    text_split(&query, '?', &path);
    peer.until = 0;
    phones->voters[0].spent = 0;
    struct http_request q = {.method = post ? HTTP_POST : HTTP_GET, .path = path, .query = query, .body = buf_view(&body), .cookie = buf_view(&cookies),
                             .language = lines[2], .host = TEXT("127.0.0.1:1"), .peer = &peer};
    struct http_answer a = {.status = 200, .type = "text/html; charset=utf-8"};
    phones_asked(phones, &q, &a);
    check(a.status >= 200 && a.status < 600 && (a.status != 303 || a.location.len));
    if (strncmp(a.type, "text/html", 9) == 0 && !a.listener)
        check_page(buf_view(&a.body));
    for (size_t i = 0; i < 2; i++)
        check(!a.cookies[i].len || (!memchr(a.cookies[i].at, '\n', a.cookies[i].len) && !memchr(a.cookies[i].at, '\r', a.cookies[i].len)));
    free(a.listener);
    buf_done(&a.body);
    buf_done(&a.location);
    buf_done(&a.cookies[0]);
    buf_done(&a.cookies[1]);
    buf_done(&cookies);
    buf_done(&body);
    return 0;
}

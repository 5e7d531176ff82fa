/* test_guests.c -- a workshop and its phones: a real server on loopback, and requests of phones made by hand. */
#include "unit.h"

#include "front/guests.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct about about;
static struct both choices[3];
static struct story story;
static struct workshop w;
static struct guests_setting setting;
static struct guests_known known;
static struct guests *guests;
static struct keeper keeper;
static unsigned kept, states;   /* how often */
static bool disk_full;
static uint32_t last_key, last_voter;
static char last_line[100], last_state[300], last_words[100];

/* ---- what a host would do ---- */

static bool keep_now(void *self)
{
    (void)self;
    kept++;
    return !disk_full;
}

static void pressed(void *self, uint32_t key, struct text line)
{
    (void)self;
    last_key = key;
    snprintf(last_line, sizeof last_line, "%.*s", (int)line.len, line.at);
    if (key == 'o')
        guests_close(guests); /* the very server it came from */
}

static bool put_state(struct keeper *k, struct text kind, struct text body)
{
    (void)k;
    states++;
    snprintf(last_state, sizeof last_state, "%.*s %.*s", (int)kind.len, kind.at, (int)body.len, body.at);
    return !disk_full;
}

static bool put_words(struct keeper *k, enum kept_word_kind kind, uint32_t voter, struct text words)
{
    (void)k;
    last_voter = voter;
    snprintf(last_words, sizeof last_words, "%d %.*s", kind, (int)words.len, words.at);
    return !disk_full;
}

static bool is_kept(const struct keeper *k)
{
    (void)k;
    return !disk_full;
}

static uint16_t free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    getsockname(fd, (struct sockaddr *)&at, &size);
    close(fd);
    return ntohs(at.sin_port);
}

static struct guests *make_guests(void)
{
    return guests_new(&(struct guests_config){.setting = &setting, .w = &w, .known = &known, .keeper = &keeper, .keep_now = keep_now, .pressed = pressed});
}

static int begin(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        choices[i] = (struct both){TEXT("choice"), TEXT("choice")};
    about = (struct about){.warm_up = {.choices = choices, .n_choices = 3}};
    setting = (struct guests_setting){.address = "127.0.0.1", .port = free_port()};
    known = (struct guests_known){.voters = 0};
    keeper = (struct keeper){.state = put_state, .words = put_words, .kept = is_kept};
    kept = states = 0;
    disk_full = false;
    workshop_begin(&w, &about, &story, NULL);
    w.debrief_pages = 1;
    guests = make_guests();
    return 0;
}

static int end(void **state)
{
    (void)state;
    guests_free(guests);
    workshop_done(&w);
    return 0;
}

static void show(void)
{
    static const struct minutes *const none[2] = {NULL, NULL};
    static const struct desk_key keys[2] = {{' ', {TEXT("on"), TEXT("on")}, false}, {'o', {TEXT("off"), TEXT("off")}, false}};
    static const struct desk desk = {.keys = keys, .n_keys = 2};
    guests_show(guests, none, &desk);
}

static void open_guests(void)
{
    int error = 0;
    assert_true(guests_open(guests, &error));
    show();
}

static void open_vote(void)
{
    w.now.stage = STAGE_VOTE;
    w.now.poll = POLL_WARM_UP;
    w.now.first_round = 1;
    ballot_open(&w.now.ballot, 3);
    show();
}

/* ---- a phone ---- */

struct phone {
    char cookie[3][200], token[40];
    char page[16384];
};

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(setting.port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    inet_pton(AF_INET, setting.address, &to.sin_addr);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void keep_cookies(struct phone *p)
{
    for (char *at = p->page; (at = strstr(at, "Set-Cookie: ")); at += 12) {
        int slot = at[12] == 'r' ? 0 : at[12] == 'd' ? 1 : 2;
        snprintf(p->cookie[slot], sizeof p->cookie[slot], "%.*s; ", (int)strcspn(at + 12, ";"), at + 12);
    }
    char *token = strstr(p->page, "name=\"t\" value=\"");
    if (token)
        snprintf(p->token, sizeof p->token, "%.32s", token + 16);
}

/* Sends it, runs the server until it has answered; the status. */
static int ask(struct phone *p, const char *method, const char *path, const char *body)
{
    char text[2000], form[600];
    size_t n = 0;
    int fd = dial(), status = 0;
    snprintf(form, sizeof form, "t=%s&%s", p->token, body);
    snprintf(text, sizeof text,
             "%s %s HTTP/1.1\r\nHost: %s:%u\r\nConnection: close\r\nCookie: %s%s%sx=y\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
             method, path, setting.address, setting.port, p->cookie[0], p->cookie[1], p->cookie[2], *method == 'P' ? strlen(form) : 0, *method == 'P' ? form : "");
    assert_true(write(fd, text, strlen(text)) > 0);
    for (int i = 0; i < 500; i++) {
        struct pollfd f[] = {{.fd = fd, .events = POLLIN}, {.fd = guests_descriptor(guests), .events = POLLIN}};
        poll(f, 2, 20);
        ssize_t got = f[0].revents ? read(fd, p->page + n, sizeof p->page - 1 - n) : -1;
        if (got == 0)
            break;
        n += got > 0 ? (size_t)got : 0;
        guests_run(guests);
    }
    close(fd);
    p->page[n] = 0;
    sscanf(p->page, "HTTP/1.1 %d", &status);
    keep_cookies(p);
    return status;
}

static void join(struct phone *p)
{
    *p = (struct phone){.token = ""};
    assert_int_equal(ask(p, "GET", "/", ""), 200);
    assert_int_equal(ask(p, "POST", "/join", ""), 303);
    assert_int_equal(ask(p, "GET", "/", ""), 200);
}

static void look(struct phone *p) { assert_int_equal(ask(p, "GET", "/", ""), 200); }

/* ---- tests ---- */

static void joins_and_votes(void **state)
{
    (void)state;
    static struct phone one, two;
    open_guests();
    join(&one);
    join(&two);
    assert_int_equal(w.phones, 2);
    assert_int_equal(kept, 1); /* numbers are kept ahead */
    assert_true(known.voters >= 2 && known.has_secret);
    open_vote();
    look(&one);
    assert_int_equal(ask(&one, "POST", "/vote", "r=1&o=2"), 303);
    assert_int_equal(ask(&one, "POST", "/vote", "r=1&o=3"), 303);
    look(&two);
    assert_int_equal(ask(&two, "POST", "/vote", "r=1&o=3"), 303);
    assert_int_equal(ask(&two, "POST", "/vote", "r=2&o=3"), 409);
    assert_int_equal(ballot_votes(&w.now.ballot, 1, 2), 2);
    assert_int_equal(kept, 4);
    disk_full = true;
    assert_int_equal(ask(&two, "POST", "/vote", "r=1&o=1"), 503);
    disk_full = false;
    assert_int_equal(ask(&two, "POST", "/vote", "r=1&o=1"), 303);
    look(&two);
    assert_non_null(strstr(two.page, "value=\"1\" aria-pressed=\"true\""));
}

static void nobody_joins_whom_no_disk_keeps(void **state)
{
    (void)state;
    static struct phone one;
    open_guests();
    disk_full = true;
    assert_int_equal(ask(&one, "GET", "/", ""), 200);
    assert_int_equal(ask(&one, "POST", "/join", ""), 503);
    assert_int_equal(w.phones, 0);
    assert_int_equal(known.voters, 0);
    disk_full = false;
    assert_int_equal(ask(&one, "POST", "/join", ""), 303);
    assert_int_equal(w.phones, 1);
}

static void names_and_answers(void **state)
{
    (void)state;
    static struct phone one, two;
    setting.identity = PHONES_NICK;
    open_guests();
    join(&one);
    join(&two);
    assert_int_equal(ask(&one, "POST", "/name", "n=Ana"), 303);
    assert_string_equal(last_state, "phone 1 {\"name\":\"Ana\",\"answers\":{}}");
    assert_int_equal(ask(&two, "POST", "/name", "n=%EF%BC%A1na%21"), 409); /* however it is written */
    assert_int_equal(ask(&two, "POST", "/name", "n=Bo"), 303);
    w.now.stage = STAGE_DEBRIEF;
    show();
    look(&one);
    char form[200], *step = strstr(one.page, "name=\"s\" value=\"");
    snprintf(form, sizeof form, "s=%d&i-.plus=He+asked&i-.delta=", atoi(step + 16));
    assert_int_equal(ask(&one, "POST", "/say", form), 303);
    assert_string_equal(last_state, "phone 1 {\"name\":\"Ana\",\"answers\":{\".plus\":\"He asked\"}}");
    assert_string_equal(last_words, "1 He asked");
    assert_int_equal(last_voter, 1);
    look(&one);
    assert_non_null(strstr(one.page, "He asked</textarea>"));
    unsigned before = states;
    assert_int_equal(ask(&one, "POST", "/say", form), 303);
    assert_int_equal(states, before); /* nothing new */
    w.now.stage = STAGE_TAKE_HOME;
    show();
    look(&two);
    assert_int_equal(ask(&two, "POST", "/sentence", "w=Which+day&pass=1"), 303);
    assert_string_equal(last_words, "3 Which day");
    assert_true(last_voter >= BALLOT_VOTERS); /* nobody's number */
    assert_int_equal(states, before);
}

static void another_process(void **state)
{
    (void)state;
    static struct phone one, two;
    setting.identity = PHONES_NICK;
    open_guests();
    join(&one);
    assert_int_equal(ask(&one, "POST", "/name", "n=Ana"), 303);
    guests_free(guests);
    guests = make_guests();
    assert_true(guests_take(guests, TEXT("phone 1"), TEXT("{\"name\":\"Ana\",\"answers\":{\".plus\":\"x\",\"gone\":\"y\"}}")));
    static const char *const bad[][2] = {{"phone 0", "{\"answers\":{}}"}, {"phone 4096", "{\"answers\":{}}"}, {"phone x", "{\"answers\":{}}"},
                                         {"phon 1", "{\"answers\":{}}"}, {"phone 1", "{"}, {"phone 1", "[]"}, {"phone 1", ""}};
    for each (i, bad)
        assert_false(guests_take(guests, text_of(bad[i][0]), text_of(bad[i][1])));
    open_guests();
    look(&one);
    assert_null(strstr(one.page, "What shall we call you?"));
    join(&two);
    assert_int_equal(ask(&two, "POST", "/name", "n=ANA"), 409);
    assert_true(known.voters > 2); /* no number is given twice */
}

static void off_and_on(void **state)
{
    (void)state;
    static struct phone one, desk;
    struct buf told = {0};
    open_guests();
    join(&one);
    open_vote();
    look(&one);
    assert_int_equal(ask(&one, "POST", "/vote", "r=1&o=2"), 303);
    guests_tell(guests, NULL, &told);
    buf_char(&told, 0);
    desk = (struct phone){.token = ""};
    assert_int_equal(ask(&desk, "GET", strstr(told.at, "/F/"), ""), 303);
    assert_int_equal(ask(&desk, "GET", "/f", ""), 200);
    char *step = strstr(desk.page, "name=\"s\" value=\""), form[60];
    snprintf(form, sizeof form, "s=%d&k=111", atoi(step + 16));
    ask(&desk, "POST", "/f/key", form);
    assert_int_equal(last_key, 'o');
    assert_false(guests_are_open(guests));
    assert_int_equal(guests_descriptor(guests), -1);
    assert_int_equal(guests_timeout(guests), -1);
    show();
    assert_false(guests_run(guests));
    expect_number((long)guests_address(guests).len, 0, "no address");
    assert_int_equal(ballot_votes(&w.now.ballot, 1, 1), 1); /* what was voted counts */
    guests_lock(guests, true);
    open_guests();
    look(&one);
    assert_non_null(strstr(one.page, "value=\"2\" aria-pressed=\"true\""));
    static struct phone late;
    look(&late);
    assert_int_equal(ask(&late, "POST", "/join", ""), 403); /* it is still locked */
    guests_close(guests);
    setting.address = "127.0.0.2"; /* another network: its cookies are of no use there */
    open_guests();
    assert_int_equal(ballot_votes(&w.now.ballot, 1, 1), 0);
    assert_int_equal(w.phones, 0);
    buf_done(&told);
}

static void where_it_cannot_listen(void **state)
{
    (void)state;
    int error = 0;
    setting.address = "192.0.2.77";
    assert_false(guests_open(guests, &error));
    assert_true(error != 0);
    show();
    assert_false(guests_run(guests));
    setting.address = "127.0.0.1";
    open_guests();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(joins_and_votes), TEST(nobody_joins_whom_no_disk_keeps), TEST(names_and_answers), TEST(another_process), TEST(off_and_on),
                                       TEST(where_it_cannot_listen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

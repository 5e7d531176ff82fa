/* room.c -- a room for tests: the phones' server with a scripted workshop behind it.
 *
 * Commands come on standard input, one a line; what phones say, and where the server is, goes to standard output, one a
 * line.  It ends with its input.
 *
 *     lobby | wall | vote ROUND | again ROUND | wait | discuss | reveal | break | form | home | none
 *     hands OPTION N      that many raised their hands for it in the open round
 *     lock | unlock | renew | look | kept VOTER ROUND OPTION
 *     tally               voters, and the votes of the open round by option
 *     code TEXT           its QR code, a row of 0 and 1 each
 *
 * reveal says "published NANOSECONDS" of the monotonic clock; look prints figures.  With --hostile all texts are what a
 * hostile author would write. */
#include "front/phones.h"

#include "base/arena.h"
#include "front/http.h"
#include "front/qr.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { VOTERS = 4000, ROUNDS = 16, ITEMS = 8, OPTIONS = 3, WORDS = 1000 };

#define BOTH(english, chinese) {TEXT(english), TEXT(chinese)}

static const struct both PROMPT = BOTH("He has finished, and waits. What do you say?", "他说完了，等着。你说什么？");
static const struct room_option options[OPTIONS] = {
    {.words = BOTH("Nine minutes' warning, then nobody to shout for. You're worn out, and more than that, it feels as if we left you to it.",
                   "提前九分钟，出了事连个人都喊不到。你是累坏了，更觉得我们把你一个人扔在那儿。")},
    {.manner = BOTH("half standing", "半站起来"),
     .words = BOTH("Last night was the last of it. From now on I'll watch each release myself. Go and sleep.",
                   "昨晚是最后一次。以后每次上线我亲自盯，你去睡吧。")},
    {.words = BOTH("Those eleven calls, were they all to the number on the note?", "那十一个电话，都是打的交接单上的号码吗？")},
};
static const struct room_option hostile_options[OPTIONS] = {
    {.words = BOTH("<script>window.bad=1</script><img src=x onerror=\"window.bad=1\">", "</span></button><b onclick=bad()>点我</b>")},
    {.words = BOTH("\"'><svg onload=window.bad=1> & \xE2\x80\xAE" "reversed \x1b[31m", "event: room\n\ndata: <h1>bad</h1>")},
    {.words = BOTH("plain", "普通")},
};
static const struct both lobby_words[] = {
    BOTH("The laptop keeps what each phone chooses, and writes down what you send at the end. Nothing leaves it.",
         "这台电脑会记下每部手机的选择和最后写下的话，不会传到别处。")};
static const struct both questions[] = {BOTH("What did he need that nobody had offered?", "他需要的是什么，而没有人给过他？"),
                                        BOTH("Which sentence would you say in your own words?", "哪一句你会用自己的话说出来？")};
static const struct both break_words[] = {BOTH("We go on at 10:40.", "10:40 继续。")};
static const struct both learnt[] = {BOTH("A manual", "看手册"), BOTH("A colleague", "问同事"), BOTH("Nothing of that kind", "都没有")};
static const struct room_item items[] = {
    {.id = TEXT("sure"), .kind = ITEM_SCALE, .steps = 5, .words = BOTH("I would be sure of myself in such a talk.", "面对这样的谈话，我有把握。"),
     .low = BOTH("not at all", "没把握"), .high = BOTH("very", "很有把握")},
    {.id = TEXT("from"), .kind = ITEM_CHOICE, .words = BOTH("What has helped you before?", "以前什么帮到过你？"), .choices = learnt, .n_choices = 3},
    {.id = TEXT("plus"), .kind = ITEM_TEXT, .words = BOTH("What went well?", "哪里做得好？")},
    {.id = TEXT("delta"), .kind = ITEM_TEXT, .words = BOTH("What would you change?", "哪里可以调整？")},
};
static const struct take_step path[] = {
    {BOTH("Nine minutes' warning, then nobody to shout for.", "提前九分钟，出了事连个人都喊不到。"), BOTH("Lin Yue", "林越"),
     BOTH("(sits down) That's about it.", "（坐下）差不多就是这样。"), BOTH("Names what it was like before anything is explained.", "先说出他的处境，再谈原因。")},
    {BOTH("From Thursday the note goes out at four.", "从周四起，交接单下午四点发出。"), BOTH("Lin Yue", "林越"), BOTH("Thursday. Good.", "周四。好。"),
     BOTH("", "")},
};
static const struct take_brief briefs[] = {
    {BOTH("Lin Yue", "林越"), BOTH("You have slept three hours. Nobody has asked yet how the night was.", "你只睡了三个小时。还没有人问过昨晚怎么样。")}};
static const struct take_home home = {.path = path, .n_path = 2, .ending = BOTH("Agreed, with a day and an owner.", "谈成了：有日子，有负责人。"),
                                      .briefs = briefs, .n_briefs = 1, .questions = questions, .n_questions = 2};
static const struct both notes[] = {BOTH("Wait five seconds. Ask: is he angry, or tired?", "停五秒。问：他是生气，还是累？")};
static const struct both plan[] = {BOTH("Decision 3, quick, 4 minutes", "第 3 个决定，快，4 分钟"), BOTH("Debrief, 10 minutes", "复盘，10 分钟")};
static const struct desk_key keys[] = {{' ', BOTH("Next", "下一步"), false},
                                       {'r', BOTH("Reveal", "公布"), false},
                                       {'d', BOTH("Discuss", "讨论"), false},
                                       {'h', BOTH("Show of hands", "举手"), true}};

struct test_room {
    struct phones *phones;
    struct room room;
    struct desk desk;
    struct desk_option desk_options[OPTIONS];
    struct room_tally tallies[2];
    uint32_t counts[2][OPTIONS], hands[ROUNDS][OPTIONS];
    uint8_t votes[VOTERS + 1][ROUNDS];
    char names[VOTERS + 1][64];
    char answers[VOTERS + 1][ITEMS][WORDS];
    uint32_t voters, rounds[2];
    bool quiet; /* says only what it must: for measuring */
};

static void say(const struct test_room *t, const char *form, ...) __attribute__((format(printf, 2, 3)));
static void say(const struct test_room *t, const char *form, ...)
{
    va_list args;
    if (t->quiet)
        return;
    va_start(args, form);
    vprintf(form, args);
    va_end(args);
    fflush(stdout);
}

/* ---- what is heard ---- */

static uint32_t tally(const struct test_room *t, uint32_t round, uint32_t counts[OPTIONS])
{
    uint32_t sum = 0;
    memcpy(counts, t->hands[round % ROUNDS], OPTIONS * sizeof *counts);
    for (uint32_t v = 1; v <= t->voters; v++)
        if (t->votes[v][round % ROUNDS])
            counts[t->votes[v][round % ROUNDS] - 1]++;
    for (uint32_t i = 0; i < OPTIONS; i++)
        sum += counts[i];
    return sum;
}

static void count(struct test_room *t)
{
    uint32_t counts[OPTIONS];
    uint32_t sum = tally(t, t->room.round, counts);
    for (uint32_t i = 0; i < OPTIONS; i++)
        t->desk_options[i].votes = counts[i];
    phones_count(t->phones, t->room.state == ROOM_FORM ? 0 : sum, t->voters);
    phones_desk(t->phones, &t->desk);
}

static bool joined(void *self, uint32_t voter)
{
    struct test_room *t = self;
    if (voter > VOTERS)
        return false;
    t->voters = voter;
    say(t, "joined %u\n", voter);
    count(t);
    return true;
}

static enum phones_reply voted(void *self, uint32_t voter, uint32_t round, uint32_t option)
{
    struct test_room *t = self;
    if (round != t->room.round || t->room.state != ROOM_VOTE)
        return PHONES_LATE;
    t->votes[voter][round % ROUNDS] = (uint8_t)option;
    say(t, "voted %u %u %u\n", voter, round, option);
    count(t);
    return PHONES_TAKEN;
}

static enum phones_reply named(void *self, uint32_t voter, struct text name)
{
    struct test_room *t = self;
    for (uint32_t v = 1; v <= t->voters; v++)
        if (v != voter && text_is(name, t->names[v]))
            return PHONES_IN_USE;
    snprintf(t->names[voter], sizeof t->names[voter], "%.*s", (int)name.len, name.at);
    say(t, "named %u %s\n", voter, t->names[voter]);
    return PHONES_TAKEN;
}

static int item_of(struct text id)
{
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
        if (text_eq(items[i].id, id))
            return (int)i;
    return ITEMS - 1;
}

static enum phones_reply said(void *self, uint32_t voter, struct text item, struct text words)
{
    struct test_room *t = self;
    char *kept = t->answers[voter][item_of(item)];
    snprintf(kept, WORDS, "%.*s", (int)words.len, words.at);
    say(t, "said %u %.*s %s\n", voter, (int)item.len, item.at, kept);
    return PHONES_TAKEN;
}

static void pressed(void *self, char key, struct text words)
{
    say(self, "pressed %d %.*s\n", key, (int)words.len, words.at);
}

static uint32_t chosen(void *self, uint32_t voter, uint32_t round)
{
    const struct test_room *t = self;
    return t->votes[voter][round % ROUNDS];
}

static struct text name_of(void *self, uint32_t voter) { return text_of(((struct test_room *)self)->names[voter]); }

static struct text answer(void *self, uint32_t voter, struct text item)
{
    return text_of(((struct test_room *)self)->answers[voter][item_of(item)]);
}

/* ---- what is shown ---- */

static void set_state(struct test_room *t, enum room_state state, const struct both *paragraphs, uint32_t n)
{
    t->room.state = state;
    t->room.step++;
    t->room.paragraphs = paragraphs;
    t->room.n_paragraphs = n;
    t->room.heading = state == ROOM_VOTE || state == ROOM_DISCUSS || state == ROOM_REVEAL ? PROMPT : (struct both){{0}, {0}};
    t->room.answered = 0;
    t->room.here = t->voters;
}

static void open_round(struct test_room *t, uint32_t round, bool again)
{
    set_state(t, ROOM_VOTE, NULL, 0);
    t->room.round = round;
    t->room.again = again;
    t->rounds[again] = round;
    if (!again)
        t->rounds[1] = 0;
}

static void reveal(struct test_room *t)
{
    set_state(t, ROOM_REVEAL, NULL, 0);
    t->room.n_tallies = 0;
    for (uint32_t i = 0; i < 2 && t->rounds[i]; i++) {
        tally(t, t->rounds[i], t->counts[i]);
        t->tallies[t->room.n_tallies++] = (struct room_tally){t->rounds[i], t->counts[i]};
    }
    t->room.tallies = t->tallies;
    t->room.played = 1;
    for (uint32_t i = 1; i < OPTIONS; i++)
        if (t->counts[t->room.n_tallies > 1][i] > t->counts[t->room.n_tallies > 1][t->room.played - 1])
            t->room.played = i + 1;
}

static void look(const struct test_room *t)
{
    struct phones_seen s;
    phones_look(t->phones, &s);
    printf("seen voters %u awake %u addresses %u most %u desks %u refused %u guesses %u\n", s.voters, s.awake, s.addresses,
           s.most, s.desks, s.refused, s.guesses);
    fflush(stdout);
}

static void say_code(struct text t)
{
    struct qr q;
    if (!qr_make(t, &q))
        q.side = 0;
    printf("code %u", q.side);
    for (unsigned y = 0; y < q.side; y++) {
        putchar(' ');
        for (unsigned x = 0; x < q.side; x++)
            putchar(qr_dark(&q, (int)x, (int)y) ? '1' : '0');
    }
    printf("\n");
    fflush(stdout);
}

static void say_desk(const struct test_room *t)
{
    struct buf b = {0};
    phones_desk_url(t->phones, &b);
    printf("desk %.*s\n", (int)b.len, b.at);
    fflush(stdout);
    buf_done(&b);
}

/* False where the command shows nothing new. */
static bool change_state(struct test_room *t, const char *word, uint32_t n)
{
    if (strcmp(word, "lobby") == 0)
        set_state(t, ROOM_LOBBY, lobby_words, 1);
    else if (strcmp(word, "wall") == 0)
        set_state(t, ROOM_WALL, NULL, 0);
    else if (strcmp(word, "vote") == 0 || strcmp(word, "again") == 0)
        open_round(t, n, word[0] == 'a');
    else if (strcmp(word, "wait") == 0)
        set_state(t, ROOM_WAIT, NULL, 0);
    else if (strcmp(word, "discuss") == 0)
        set_state(t, ROOM_DISCUSS, questions, 2);
    else if (strcmp(word, "reveal") == 0)
        reveal(t);
    else if (strcmp(word, "break") == 0)
        set_state(t, ROOM_BREAK, break_words, 1);
    else if (strcmp(word, "form") == 0)
        set_state(t, ROOM_FORM, NULL, 0);
    else if (strcmp(word, "home") == 0)
        set_state(t, ROOM_TAKE_HOME, NULL, 0);
    else
        return false;
    return true;
}

static void obey(struct test_room *t, const char *line)
{
    char word[20] = "";
    uint32_t a = 0, b = 0, c = 0;
    struct timespec now;
    sscanf(line, "%19s %u %u %u", word, &a, &b, &c);
    if (change_state(t, word, a)) {
        phones_publish(t->phones, &t->room);
        clock_gettime(CLOCK_MONOTONIC, &now);
        count(t);
        printf("published %lld\n", (long long)now.tv_sec * 1000000000 + now.tv_nsec);
        fflush(stdout);
    } else if (strcmp(word, "none") == 0) {
        phones_publish(t->phones, NULL);
    } else if (strcmp(word, "hands") == 0) {
        t->hands[t->room.round % ROUNDS][(a - 1) % OPTIONS] = b;
        count(t);
    } else if (strcmp(word, "kept") == 0) {
        t->votes[a % (VOTERS + 1)][b % ROUNDS] = (uint8_t)c;
    } else if (strcmp(word, "lock") == 0 || strcmp(word, "unlock") == 0) {
        phones_lock(t->phones, word[0] == 'l');
    } else if (strcmp(word, "renew") == 0) {
        phones_desk_renew(t->phones);
        say_desk(t);
    } else if (strcmp(word, "tally") == 0) {
        uint32_t counts[OPTIONS];
        tally(t, t->room.round, counts);
        printf("tally %u %u %u %u\n", t->voters, counts[0], counts[1], counts[2]);
        fflush(stdout);
    } else if (strcmp(word, "code") == 0) {
        say_code(text_of(line + 5));
    } else if (strcmp(word, "look") == 0) {
        look(t);
    } else {
        printf("unknown %s\n", word);
        fflush(stdout);
    }
}

/* Takes what the input holds; false at its end. */
static bool read_commands(struct test_room *t, struct buf *in)
{
    char more[4096];
    ssize_t n = read(STDIN_FILENO, more, sizeof more);
    if (n <= 0)
        return n < 0 && errno == EINTR;
    buf_add(in, more, (size_t)n);
    char *line = in->at, *end;
    while ((end = memchr(line, '\n', in->len - (size_t)(line - in->at)))) {
        *end = 0;
        obey(t, line);
        line = end + 1;
    }
    in->len -= (size_t)(line - in->at);
    memmove(in->at, line, in->len);
    return true;
}

/* ---- the program ---- */

static void serve(struct test_room *t)
{
    struct buf in = {0};
    for (;;) {
        struct pollfd p[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = phones_descriptor(t->phones), .events = POLLIN}};
        poll(p, 2, phones_timeout(t->phones));
        if (p[0].revents && !read_commands(t, &in))
            break;
        phones_run(t->phones);
    }
    buf_done(&in);
}

static bool read_secret(const char *hex, uint8_t out[PHONES_SECRET])
{
    for (int i = 0; i < PHONES_SECRET; i++)
        if (sscanf(hex + 2 * i, "%2hhx", &out[i]) != 1)
            return false;
    return true;
}

static void announce(const struct test_room *t)
{
    struct buf b = {0};
    phones_address(t->phones, &b);
    printf("address %.*s\n", (int)b.len, b.at);
    buf_reset(&b);
    phones_url(t->phones, &b);
    printf("url %.*s\nsecret ", (int)b.len, b.at);
    for (int i = 0; i < PHONES_SECRET; i++)
        printf("%02x", phones_secret(t->phones)[i]);
    putchar('\n');
    buf_done(&b);
    say_desk(t);
    printf("ready\n");
    fflush(stdout);
}

static struct test_room *room_new(bool hostile)
{
    struct test_room *t = calloc(1, sizeof *t);
    if (!t)
        exit(1);
    t->room = (struct room){.title = BOTH("The late handover", "迟到的交接"), .options = hostile ? hostile_options : options,
                            .n_options = OPTIONS, .items = items, .n_items = sizeof items / sizeof items[0], .take_home = &home};
    if (hostile)
        t->room.title = (struct both)BOTH("</title><script>window.bad=1</script>", "<b>x</b>");
    for (uint32_t i = 0; i < OPTIONS; i++)
        t->desk_options[i] = (struct desk_option){.words = options[i].words, .does = BOTH("He sits down.", "他坐下来。")};
    t->desk = (struct desk){.where = BOTH("Decision 2 of 5, first vote", "第 2 个决定（共 5 个），第一轮"),
                            .clock = BOTH("12 of 45 minutes", "已用 12 分钟，共 45 分钟"), .notes = notes, .n_notes = 1, .plan = plan, .n_plan = 2,
                            .options = t->desk_options, .n_options = OPTIONS, .keys = keys, .n_keys = sizeof keys / sizeof keys[0]};
    return t;
}

int main(int argc, char **argv)
{
    static const struct text roster[] = {{"Ana", 3}, {"Bo", 2}, {"陈曦", 6}, TEXT("Re\xCC\x81mi")};
    static uint8_t secret[PHONES_SECRET];
    struct http_limits limits = HTTP_LIMITS;
    struct phones_config c = {.address = "127.0.0.1", .roster = roster, .n_roster = 4, .limits = &limits};
    bool hostile = false, quiet = false;
    int error = 0;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--hostile") == 0 || strcmp(argv[i], "--quiet") == 0) {
            *(argv[i][2] == 'h' ? &hostile : &quiet) = true;
            continue;
        }
        if (strcmp(argv[i], "--address") == 0)
            c.address = value;
        else if (strcmp(argv[i], "--port") == 0)
            c.port = (uint16_t)atoi(value);
        else if (strcmp(argv[i], "--secret") == 0 && read_secret(value, secret))
            c.secret = secret;
        else if (strcmp(argv[i], "--voters") == 0)
            c.voters = (uint32_t)atoi(value);
        else if (strcmp(argv[i], "--desk") == 0)
            c.desk = (uint32_t)atoi(value);
        else if (strcmp(argv[i], "--joins") == 0)
            c.joins_per_address = (uint32_t)atoi(value);
        else if (strcmp(argv[i], "--host") == 0)
            c.host = value;
        else if (strcmp(argv[i], "--lang") == 0)
            c.lang = value;
        else if (strcmp(argv[i], "--identity") == 0)
            c.identity = value[0] == 'n' ? PHONES_NICK : PHONES_ROSTER;
        else if (strcmp(argv[i], "--times") == 0) /* request, idle, comment, stuck: a tenth of a second and more */
            sscanf(value, "%u,%u,%u,%u", &limits.request_ms, &limits.idle_ms, &limits.comment_ms, &limits.stuck_ms);
        else if (strcmp(argv[i], "--connections") == 0)
            sscanf(value, "%u,%u", &limits.connections, &limits.per_address);
        else
            return 2;
        i++;
    }
    struct test_room *t = room_new(hostile);
    t->quiet = quiet;
    t->voters = c.voters;
    c.hears = (struct phones_hears){t, joined, voted, named, said, pressed, chosen, name_of, answer};
    t->phones = phones_open(&c, &error);
    if (!t->phones) {
        printf("failed %s\n", strerror(error));
        free(t);
        return 1;
    }
    phones_publish(t->phones, &t->room);
    announce(t);
    obey(t, "lobby");
    serve(t);
    phones_close(t->phones);
    free(t);
    return 0;
}

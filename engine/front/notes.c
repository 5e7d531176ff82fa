/* notes.c -- the desk on a terminal of its own.
 *
 * Everything shown comes from the workshop through its door, every key goes there; this side keeps nothing and decides
 * nothing.  With --plain each state is one spoken line, and a line typed is a key, perhaps with words behind it. */
#include "front/notes.h"

#include "base/json.h"
#include "front/desk.h"
#include "front/door.h"
#include "front/flow.h"
#include "front/keys.h"
#include "front/loop.h"
#include "front/qr.h"
#include "front/qr_draw.h"
#include "front/typing.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINE_MOST = 1 << 20, TWO_COLUMNS = 110, KEY_ROWS = 3, BOTTOM = KEY_ROWS + 3 };

struct notes {
    const struct notes_config *config;
    struct tongues tongues;
    struct loop loop;
    struct stage *stage;     /* NULL with plain */
    struct typing typing;
    struct canvas canvas;
    struct arena arena;
    struct desk_made desk;
    bool there;              /* a desk has come */
    int fd;
    struct buf in, spoken;   /* not yet a whole line; said, or turned to, last */
    unsigned page;
    enum { SHOWS_DESK, SHOWS_KEYS, SHOWS_PHONE } shows; /* the desk; in its place all keys, or the code for one's own phone */
    uint32_t waits;          /* with plain: a key whose words are typed next; 0: none */
    bool asked;              /* something was typed: what comes next answers it */
    bool dirty, over;
    int signal;
    enum notes_end end;
};

/* ---- telling the workshop ---- */

static void leave(struct notes *n, enum notes_end end)
{
    n->over = true;
    n->end = end;
}

static void tell(struct notes *n, uint32_t press, struct text line)
{
    struct buf b = {0}, name = {0};
    struct json_out o = json_to(&b);
    n->asked = true;
    press_name(press, &name);
    json_open_object(&o);
    json_put_text(&o, "press", buf_view(&name));
    if (line.len)
        json_put_text(&o, "line", line);
    json_close_object(&o);
    buf_char(&b, '\n');
    for (size_t at = 0; at < b.len && !n->over;) {
        ssize_t put = send(n->fd, b.at + at, b.len - at, MSG_NOSIGNAL);
        if (put > 0)
            at += (size_t)put;
        else if (errno != EINTR)
            leave(n, NOTES_FINE);
    }
    buf_done(&name);
    buf_done(&b);
}

/* ---- on a screen ---- */

static void add_list(struct flow *f, const char *title, const struct both *v, uint32_t n, enum ink ink)
{
    if (!n)
        return;
    flow_words(f, both_tr(title), INK_NAME);
    for (uint32_t i = 0; i < n; i++)
        flow_words(f, v[i], ink)->mark = both_same(TEXT("-"));
    flow_gap(f);
}

static void add_options(struct flow *f, const struct desk *d, struct arena *a)
{
    for (uint32_t i = 0; i < d->n_options; i++) {
        char letter[8];
        snprintf(letter, sizeof letter, "%c", 'A' + (int)i);
        struct both args[2] = {both_number(a, d->options[i].votes), d->options[i].words};
        struct block *b = flow_words(f, both_fill(a, N_("[%1]  %2"), args, 2), INK_STRONG);
        b->mark = both_same(text_keep(a, text_of(letter)));
        if (!both_empty(d->options[i].does))
            flow_words(f, d->options[i].does, INK_QUIET)->mark = both_same(TEXT(" "));
    }
    if (d->n_options)
        flow_gap(f);
}

/* The keys that do something now, in the rows at the bottom. */
static struct both keys_line(const struct desk *d, struct arena *a)
{
    struct buf en = {0}, zh = {0};
    for (uint32_t i = 0; i < d->n_keys; i++) {
        const char one[2] = {d->keys[i].key, 0};
        struct both name = *one == ' ' ? both_tr(N_("space")) : both_same(text_of(one));
        buf_str(&en, i ? "  " : "");
        buf_text(&en, name.en);
        buf_char(&en, ' ');
        buf_text(&en, d->keys[i].label.en);
        buf_str(&zh, i ? "  " : "");
        buf_text(&zh, name.zh);
        buf_char(&zh, ' ');
        buf_text(&zh, d->keys[i].label.zh);
    }
    struct both out = {text_keep(a, buf_view(&en)), text_keep(a, buf_view(&zh))};
    buf_done(&en);
    buf_done(&zh);
    return out;
}

/* Two columns where there is room: what is decided now, and what the facilitator knows. */
static void fill_flows(struct notes *n, struct flow *left, struct flow *right)
{
    const struct desk *d = &n->desk.desk;
    if (!both_empty(n->desk.now)) {
        flow_words(left, n->desk.now, INK_PLAIN);
        flow_gap(left);
    }
    if (left == right)
        add_list(left, N_("Notes"), d->notes, d->n_notes, INK_ASIDE);
    add_options(left, d, &n->canvas.arena);
    if (left != right)
        add_list(right, N_("Notes"), d->notes, d->n_notes, INK_ASIDE);
    add_list(right, N_("What is left"), d->plan, d->n_plan, INK_PLAIN);
    flow_words(right, n->desk.phones, INK_QUIET);
    if (n->desk.own.len)
        flow_words(right, both_tr(N_("y: a code that makes your own phone a second keyboard, with these notes.")), INK_QUIET);
}

static void put_bottom(struct notes *n, unsigned w, unsigned h, unsigned pages)
{
    struct canvas *c = &n->canvas;
    char page[48];
    canvas_wrapped(c, 1, h - KEY_ROWS - 2, w - 2, 0, KEY_ROWS, both_in(keys_line(&n->desk.desk, &c->arena), &n->tongues, 0), INK_QUIET);
    canvas_put(c, 1, h - 2, both_in(n->desk.remark, &n->tongues, 0), INK_WARN);
    if (!both_empty(n->desk.field)) {
        canvas_fill(c, 0, h - 1, w, 1, ' ', INK_FIELD);
        unsigned x = 1 + canvas_put(c, 1, h - 1, both_in(n->desk.field, &n->tongues, 0), INK_FIELD) + 1;
        x += canvas_put(c, x, h - 1, n->desk.typed, INK_FIELD);
        canvas_str(c, x, h - 1, "_", INK_FIELD);
    } else if (pages > 1) {
        snprintf(page, sizeof page, "%u/%u", n->page + 1, pages);
        canvas_right(c, w - 1, h - 1, text_of(page), INK_QUIET);
    }
}

/* The address that makes a phone the facilitator's, and its code. */
static void draw_phone(struct notes *n, unsigned w, unsigned h)
{
    struct canvas *c = &n->canvas;
    struct qr code;
    unsigned qw = 0, qh = 0, x = 1;
    if (n->desk.own.len && qr_make(n->desk.own, &code)) {
        qr_draw_size(c, code.side, &qw, &qh);
        bool beside = w > qw + 30 && h > qh, below = !beside && h > qh + 5 && w > qw;
        if (beside || below)
            qr_draw(c, below ? 0 : 1, below ? 5 : 0, code.dark, code.side);
        x = beside ? qw + 3 : 1;
    }
    const char *words = n->desk.own.len ? N_("Scan this with your own phone, or open the address. Show it to nobody: whoever has it holds the keys. o and o again makes another.")
                                        : N_("Phones are off: o asks them in.");
    unsigned y = 1 + canvas_wrapped(c, x, 1, w - x - 1, 0, 6, both_in(both_tr(words), &n->tongues, 0), INK_STRONG);
    canvas_wrapped(c, x, y + 1, w - x - 1, 0, 3, n->desk.own, INK_PLAIN);
}

static void draw(struct notes *n)
{
    unsigned w, h;
    struct canvas *c = &n->canvas;
    struct flow one = {0}, two = {0};
    stage_size(n->stage, &w, &h);
    canvas_begin(c, w, h, stage_wide(n->stage));
    n->dirty = false;
    if (n->shows != SHOWS_DESK) {
        if (n->shows == SHOWS_KEYS)
            keys_draw(c, &n->tongues, 1, w - 2);
        else
            draw_phone(n, w, h);
        stage_draw(n->stage, c);
        return;
    }
    bool columns = w >= TWO_COLUMNS;
    unsigned rows = h > BOTTOM + 2 ? h - BOTTOM - 2 : 1, each = columns ? (w - 4) / 2 : w - 2;
    fill_flows(n, &one, columns ? &two : &one);
    canvas_put(c, 1, 0, both_in(n->desk.desk.where, &n->tongues, 0), INK_STRONG);
    canvas_right(c, w - 1, 0, both_in(n->desk.desk.clock, &n->tongues, 0), INK_STRONG);
    unsigned pages = flow_pages(&one, &n->tongues, c, each, rows), other = flow_pages(&two, &n->tongues, c, each, rows);
    pages = other > pages ? other : pages;
    n->page = n->page < pages ? n->page : pages - 1;
    flow_draw(&one, &n->tongues, c, 1, 2, each, rows, n->page);
    if (columns)
        flow_draw(&two, &n->tongues, c, each + 3, 2, each, rows, n->page);
    if (h > BOTTOM + 2)
        put_bottom(n, w, h, pages);
    stage_draw(n->stage, c);
    flow_done(&one);
    flow_done(&two);
}

static void read_keys(struct notes *n)
{
    uint32_t key;
    while (!n->over && (key = stage_press(n->stage)) != PRESS_NONE) {
        n->dirty = true;
        bool free = both_empty(n->desk.field);
        if (n->shows != SHOWS_DESK && key != 'o')
            n->shows = SHOWS_DESK;
        else if (free && (key == '?' || key == 'y'))
            n->shows = key == '?' ? SHOWS_KEYS : SHOWS_PHONE;
        else if (key == PRESS_DOWN)
            n->page++;
        else if (key == PRESS_UP)
            n->page -= n->page > 0;
        else if (key == PRESS_REDRAW)
            stage_redraw(n->stage);
        else
            tell(n, key, (struct text){0});
    }
}

/* ---- in words ---- */

static void say(struct notes *n, struct both b)
{
    for (uint32_t i = 0; i < n->tongues.n; i++) {
        struct text t = both_in(b, &n->tongues, i);
        if (t.len && (i == 0 || !text_eq(t, both_in(b, &n->tongues, 0))))
            printf("%.*s\n", (int)t.len, t.at);
    }
    fflush(stdout);
}

static void say_list(struct notes *n, const struct both *v, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        say(n, v[i]);
    if (!count)
        say(n, both_tr(N_("Nothing.")));
}

static void say_options(struct notes *n)
{
    const struct desk *d = &n->desk.desk;
    struct arena a = {0};
    for (uint32_t i = 0; i < d->n_options; i++) {
        char letter[2] = {(char)('A' + i), 0};
        struct both args[4] = {both_same(text_of(letter)), both_number(&a, d->options[i].votes), d->options[i].words, d->options[i].does};
        say(n, both_fill(&a, N_("%1, %2 votes: %3 (%4)"), args, 4));
    }
    if (!d->n_options)
        say(n, both_tr(N_("Nothing.")));
    arena_done(&a);
}

static void say_wall(struct notes *n)
{
    for (uint32_t i = 0; i < n->desk.n_wall; i++)
        say(n, both_same(n->desk.wall[i]));
}

static void say_keys(struct notes *n)
{
    const struct desk *d = &n->desk.desk;
    struct arena a = {0};
    for (uint32_t i = 0; i < d->n_keys; i++) {
        struct both args[2] = {both_same(d->keys[i].key == ' ' ? TEXT("Enter") : text_from(&d->keys[i].key, 1)), d->keys[i].label};
        say(n, both_fill(&a, d->keys[i].field ? N_("%1 and words behind it: %2") : N_("%1: %2"), args, 2));
    }
    say(n, both_tr(N_("Also: wall, notes, plan, options, phones, where; Ctrl-D leaves.")));
    arena_done(&a);
}

/* Says the state where it is another than the one said last; where somebody asked, at least where it stands. */
static void say_state(struct notes *n)
{
    struct text t = both_in(n->desk.spoken, &n->tongues, 0);
    bool asked = n->asked;
    n->asked = false;
    if (text_eq(t, buf_view(&n->spoken))) {
        if (asked)
            say(n, n->desk.desk.where);
        return;
    }
    buf_reset(&n->spoken);
    buf_text(&n->spoken, t);
    say(n, n->desk.spoken);
    if (!both_empty(n->desk.field))
        say(n, n->desk.field);
}

static const struct desk_key *field_key(const struct notes *n, uint32_t key)
{
    const struct desk *d = &n->desk.desk;
    for (uint32_t i = 0; i < d->n_keys; i++)
        if (d->keys[i].field && (unsigned char)d->keys[i].key == key)
            return &d->keys[i];
    return NULL;
}

/* A key, with its words behind it or, where it has a field and none are there, on the next line. */
static void hear_key(struct notes *n, struct text line)
{
    uint32_t key;
    text_next(&line, &key);
    const struct desk_key *field = field_key(n, key);
    line = text_trim(line);
    if (field && !line.len) {
        n->waits = key;
        say(n, field->label);
    } else if (!field && line.len) {
        say(n, both_tr(N_("That is no key; ? says the keys.")));
    } else {
        tell(n, key, line);
    }
}

/* What is asked for in a word; false where LINE is none of them. */
static bool hear_word(struct notes *n, struct text line)
{
    const struct desk *d = &n->desk.desk;
    if (text_is(line, "notes"))
        say_list(n, d->notes, d->n_notes);
    else if (text_is(line, "plan"))
        say_list(n, d->plan, d->n_plan);
    else if (text_is(line, "options"))
        say_options(n);
    else if (text_is(line, "wall"))
        say_wall(n);
    else if (text_is(line, "?") || text_is(line, "？"))
        say_keys(n);
    else if (text_is(line, "phones")) {
        say(n, both_empty(n->desk.phones) ? both_tr(N_("Phones are off: o asks them in.")) : n->desk.phones);
        say(n, both_same(n->desk.own));
    } else if (text_is(line, "where")) {
        say(n, n->desk.spoken);
        say(n, d->clock);
    } else
        return false;
    return true;
}

static void hear_line(struct notes *n, struct text line)
{
    uint32_t waits = n->waits;
    n->waits = 0;
    line = text_trim(line);
    if (waits && line.len)
        tell(n, waits, line);
    else if (waits)
        say(n, n->desk.desk.where);
    else if (!line.len)
        tell(n, ' ', line);
    else if (*line.at >= '0' && *line.at <= '9')
        tell(n, field_key(n, '1') ? '1' : 'h', line);
    else if (!hear_word(n, line))
        hear_key(n, line);
}

static void hear(struct notes *n)
{
    switch (n->typing.take(&n->typing)) {
    case TYPED_NOTHING: break;
    case TYPED_LINE: hear_line(n, buf_view(&n->typing.line)); break;
    case TYPED_END: leave(n, NOTES_FINE); break;
    case TYPED_LOST:
        n->signal = SIGHUP;
        leave(n, NOTES_FINE);
    }
}

/* ---- from the workshop ---- */

/* Something else stands on the wall: what is to be known of it is on the first page. */
static void turn_to_it(struct notes *n)
{
    struct buf now = {0};
    const struct both all[] = {n->desk.desk.where, n->desk.now};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buf_text(&now, all[i].en.len ? all[i].en : all[i].zh);
        buf_char(&now, '\n');
    }
    if (!text_eq(buf_view(&now), buf_view(&n->spoken))) {
        n->page = 0;
        buf_reset(&n->spoken);
        buf_text(&n->spoken, buf_view(&now));
    }
    buf_done(&now);
}

static void take_line(struct notes *n, struct text line)
{
    arena_reset(&n->arena);
    const struct json_value *v = json_parse(&n->arena, line);
    n->there = v && desk_take(v, &n->arena, &n->desk);
    n->dirty = true;
    if (n->there && n->stage)
        turn_to_it(n);
    else if (n->there)
        say_state(n);
}

static void read_desk(struct notes *n)
{
    char piece[8192];
    ssize_t got = recv(n->fd, piece, sizeof piece, MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
        leave(n, NOTES_FINE);
        return;
    }
    if (got > 0)
        buf_add(&n->in, piece, (size_t)got);
    size_t from = 0;
    for (size_t i = 0; i < n->in.len; i++)
        if (n->in.at[i] == '\n') {
            take_line(n, text_from(n->in.at + from, i - from));
            from = i + 1;
        }
    memmove(n->in.at, n->in.at + from, n->in.len - from);
    n->in.len -= from;
    if (n->in.len > LINE_MOST)
        leave(n, NOTES_IO);
}

/* ---- the loop ---- */

static void on_signal(struct notes *n, int sig)
{
    if (sig == SIGWINCH && n->stage) {
        stage_resize(n->stage);
        n->dirty = true;
    } else if (sig == SIGTSTP && n->stage) {
        stage_pause(n->stage);
        loop_suspend();
        stage_go_on(n->stage);
    } else if (sig != SIGWINCH && sig != SIGCONT && sig != SIGTSTP) {
        n->signal = sig == SIGINT ? 0 : sig;
        leave(n, NOTES_FINE);
    }
}

static void run(struct notes *n)
{
    while (!n->over) {
        int fds[2] = {n->there ? STDIN_FILENO : -1, n->fd}; /* keys mean something once there is something to see */
        bool ready[2] = {false, false};
        int sig = 0;
        if (n->dirty && n->stage && n->there)
            draw(n);
        switch (loop_watch(&n->loop, fds, ready, 2, -1, &sig)) {
        case WAKE_SIGNAL: on_signal(n, sig); break;
        case WAKE_INPUT:
        case WAKE_ENGINE:
            if (ready[1])
                read_desk(n);
            if (ready[0] && n->stage)
                read_keys(n);
            else if (ready[0])
                hear(n);
            break;
        case WAKE_TIME: break;
        }
    }
}

enum notes_end notes_run(const struct notes_config *config, int *sig)
{
    struct notes n = {.config = config, .fd = -1};
    *sig = 0;
    if (!tongues_read(config->lang, &n.tongues))
        return NOTES_USAGE;
    n.fd = door_knock();
    if (n.fd < 0)
        return errno == ENOENT ? NOTES_NO_WORKSHOP : NOTES_IO;
    if (!loop_open(&n.loop))
        return NOTES_IO;
    if (config->plain)
        typing_read(&n.typing, STDIN_FILENO, STDOUT_FILENO, false);
    else
        n.stage = stage_open(config->theme);
    if (config->plain || n.stage)
        run(&n);
    else
        n.end = NOTES_IO;
    stage_close(n.stage);
    if (config->plain)
        n.typing.done(&n.typing);
    close(n.fd);
    loop_close(&n.loop);
    canvas_done(&n.canvas);
    arena_done(&n.arena);
    buf_done(&n.in);
    buf_done(&n.spoken);
    *sig = n.signal;
    return n.end;
}

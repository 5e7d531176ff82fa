/* play_input.c -- what the trainee types: the number of an answer, or a command.
 *
 * Forgiving where nothing can be mistaken: full-width digits and colons from a Chinese input method, a full stop behind
 * the number, the Chinese names of commands.  Whatever is not understood gets a sentence that says what would be. */
#include "front/play_inside.h"

#include <string.h>

/* ---- one step of the engine ---- */

void play_goes_on(struct play *p)
{
    switch (client_session_phase(p->session)) {
    case WIRE_ASK:
        play_show_options(p);
        break;
    case WIRE_ENDED:
        if (p->replay)
            break;
        play_keep_grade(p);
        play_closing(p);
        break;
    case WIRE_STUCK:
        if (p->replay)
            break;
        play_keep_grade(p);
        play_look_back(p);
        play_leave(p, PLAY_BAD_DATA);
        break;
    default: break;
    }
}

void play_after(struct play *p, const struct client_answer *answer)
{
    if (client_restarts(p->client) != p->restarts) {
        p->restarts = client_restarts(p->client);
        play_notice(p, N_("The engine was started again; the conversation goes on where it was."));
    }
    play_outputs(p, answer->v, answer->n);
    play_goes_on(p);
}

void play_step(struct play *p, const struct client_input *in)
{
    struct client_answer answer = {0};
    struct client_fault fault = {0};
    uint32_t from = client_session_n_events(p->session);
    enum client_end end = play_take(p, in, &answer, &fault);
    if (end == CLIENT_OK) {
        recording_step(&p->recording, in, &answer);
        if (play_kept(p, &answer, from))
            play_after(p, &answer);
        return;
    }
    bool goes_on = play_trouble(p, end, &fault);
    if (goes_on && in->kind == WIRE_BEGIN)
        play_leave(p, end == CLIENT_INTERRUPTED ? PLAY_SIGNAL : PLAY_NO_ENGINE);
    else if (goes_on)
        play_show_options(p);
}

/* ---- the clock ---- */

enum { WARN_BEFORE = 10000 };

int play_time_left(const struct play *p)
{
    if (!p->config->clock || !p->silence || !p->seconds || p->over || p->held || client_session_phase(p->session) != WIRE_ASK)
        return -1;
    long long over = p->asked + (long long)p->seconds * 1000;
    long long next = p->warned || p->seconds * 1000u <= 2u * WARN_BEFORE ? over : over - WARN_BEFORE;
    long long left = next - loop_now();
    return left < 0 ? 0 : (int)left;
}

void play_silence(struct play *p)
{
    play_notice(p, N_("Time is over: you said nothing."));
    play_step(p, &(struct client_input){.kind = WIRE_NO_ANSWER, .ms = p->seconds * 1000u});
}

void play_time(struct play *p)
{
    if (loop_now() >= p->asked + (long long)p->seconds * 1000) {
        play_silence(p);
        return;
    }
    p->warned = true;
    play_notice(p, N_("Ten seconds left."));
}

/* ---- commands ---- */

/* The number a line begins with, when nothing but a full stop or closing mark stands behind it; 0 for anything else. */
static unsigned number_in(struct text t)
{
    unsigned n = 0;
    size_t i = 0;
    for (; i < t.len && i < 3 && t.at[i] >= '0' && t.at[i] <= '9'; i++)
        n = n * 10 + (unsigned)(t.at[i] - '0');
    struct text rest = text_trim(text_from(t.at + i, t.len - i));
    bool clear = !rest.len || text_is(rest, ".") || text_is(rest, ")") || text_is(rest, "、") || text_is(rest, "。");
    return i && clear ? n : 0;
}

static bool judged(struct play *p)
{
    if (p->config->mode != WIRE_CHECK_IN)
        return false;
    play_notice(p, N_("Not in a check-in: it shows what you do on your own."));
    return true;
}

static void do_back(struct play *p, struct text rest)
{
    (void)rest;
    if (play_start_over(p) || judged(p))
        return;
    if (p->n_road < 2) {
        play_notice(p, N_("This is the first decision; there is nothing to go back to."));
        return;
    }
    uint32_t to = p->road[p->n_road - 2].event;
    p->n_road -= 2; /* the engine shows the decision again, which puts it back on the road */
    play_notice(p, N_("Back at the decision before. What you chose first stays what counts."));
    play_step(p, &(struct client_input){.kind = WIRE_REWIND, .to = to});
}

static void do_hint(struct play *p, struct text rest)
{
    bool any = p->hint.len != 0;
    (void)rest;
    if (judged(p))
        return;
    if (any)
        p->screen.view->notice(&p->screen, p->hint);
    for (uint32_t i = 0; i < p->n_offers; i++) {
        if (!p->offers[i].hint.len || p->writing)
            continue;
        struct buf n = {0};
        buf_printf(&n, "%u  ", i + 1);
        buf_text(&n, p->offers[i].hint);
        p->screen.view->item(&p->screen, buf_view(&n));
        buf_done(&n);
        any = true;
    }
    if (!any)
        play_notice(p, N_("There is no hint here. What might the other person need just now?"));
}

/* What competency ID is. */
static void explain(struct play *p, struct text id)
{
    struct arena a = {0};
    for (uint32_t i = 0; i < p->info.n_competencies; i++) {
        const struct info_competency *c = &p->info.competencies[i];
        struct text summary = clean_runs(&a, c->summary);
        if (summary.len && text_eq(c->id, id))
            p->screen.view->labelled(&p->screen, clean_runs(&a, c->title), summary);
    }
    arena_done(&a);
}

/* The lessons that no scene opens by itself: number WANTED, or 0 for their titles.  How many there are. */
static unsigned show_lessons(struct play *p, unsigned wanted)
{
    struct arena a = {0};
    unsigned n = 0;
    for (uint32_t i = 0; i < p->info.n_lessons; i++) {
        const struct info_lesson *l = &p->info.lessons[i];
        if (l->opens.len)
            continue;
        n++;
        if (n == wanted) {
            play_lesson(p, l);
        } else if (!wanted) {
            struct buf b = {0};
            buf_printf(&b, "%u  ", n);
            buf_text(&b, clean_runs(&a, l->title));
            p->screen.view->item(&p->screen, buf_view(&b));
            buf_done(&b);
        }
    }
    arena_done(&a);
    return n;
}

static void do_lesson(struct play *p, struct text rest)
{
    unsigned wanted = number_in(text_trim(rest)), n = show_lessons(p, wanted);
    if (!n)
        play_notice(p, N_("This scenario has no lessons to read."));
    else if (!wanted)
        play_notice(p, N_("Read one with :lesson and its number."));
    else if (wanted > n) {
        struct buf b = {0};
        buf_printf(&b, "%u", n);
        play_notice_fill(p, n == 1 ? N_("There is one lesson here: 1.") : N_("There are lessons 1 to %1 here."), buf_view(&b), (struct text){0});
        buf_done(&b);
    }
}

static void do_why(struct play *p, struct text rest)
{
    (void)rest;
    if (judged(p))
        return;
    if (!p->showed.n) {
        play_notice(p, p->n_road < 2 ? N_("Choose first; then :why says what your answer showed.")
                                     : N_("Nothing is said about your last answer."));
        return;
    }
    p->screen.view->comment(&p->screen, p->showed.rows, p->showed.n, p->showed.also);
    for (size_t k = 0; k < p->showed.n; k++)
        explain(p, p->showed.ids[k]);
    if (show_lessons(p, 0))
        play_notice(p, N_("Read one with :lesson and its number."));
}

static void do_note(struct play *p, struct text rest)
{
    rest = text_trim(rest);
    if (!rest.len) {
        play_notice(p, N_("Write the note behind it, such as :note ask which day first"));
        return;
    }
    struct client_answer answer = {0};
    struct client_fault fault = {0};
    struct text words = clean_text(&p->kept, rest);
    array_room(p->notes, p->n_notes, p->cap_notes);
    p->notes[p->n_notes++] = (struct own_note){.turn = play_turns(p), .words = words};
    struct client_input note = {.kind = WIRE_NOTE, .text = words};
    uint32_t from = client_session_n_events(p->session);
    enum client_end end = play_take(p, &note, &answer, &fault);
    if (end == CLIENT_OK)
        recording_step(&p->recording, &note, &answer);
    if (end == CLIENT_OK && !play_kept(p, &answer, from))
        return;
    if (end == CLIENT_OK || play_trouble(p, end, &fault))
        play_notice(p, N_("Noted; you will see it again at the end."));
}

static void list_languages(struct play *p)
{
    const struct client_scenario *s = client_scenario(p->client);
    struct buf list = {0};
    for (uint32_t i = 0; i < s->n_langs; i++) {
        buf_str(&list, i ? ", " : "");
        buf_text(&list, s->langs[i]);
    }
    play_notice_fill(p, N_("This scenario speaks: %1"), buf_view(&list), (struct text){0});
    buf_done(&list);
}

static void do_lang(struct play *p, struct text rest)
{
    struct client_answer answer = {0};
    struct client_fault fault = {0};
    rest = text_trim(rest);
    if (!rest.len || !play_set_lang(p, rest)) {
        list_languages(p);
        return;
    }
    struct client_input change = {.kind = WIRE_LANGUAGE, .lang = p->lang};
    enum client_end end = play_take(p, &change, &answer, &fault);
    if (end == CLIENT_OK)
        recording_step(&p->recording, &change, &answer);
    uint32_t from = p->n_road ? p->road[p->n_road - 1].event : 0;
    if (end == CLIENT_OK && !play_kept(p, &answer, from))
        return;
    if (end == CLIENT_OK)
        end = client_show(p->session, from, p->lang, &answer, &fault);
    if (end == CLIENT_OK)
        play_show(p, &answer);
    else if (play_trouble(p, end, &fault))
        play_show_options(p);
}

static void do_quit(struct play *p, struct text rest)
{
    (void)rest;
    play_quit(p);
}

static void do_help(struct play *p, struct text rest);

static const struct {
    const char *name, *chinese; /* both work, whatever the language */
    const char *argument;
    const char *words;
    bool practice;              /* not in a check-in */
    void (*run)(struct play *p, struct text rest);
} commands[] = {
    {"?", ":帮助", "", N_("this help"), false, do_help},
    {":back", ":返回", "", N_("back to the decision before"), true, do_back},
    {":hint", ":提示", "", N_("a nudge, where the scenario has one"), true, do_hint},
    {":why", ":为什么", "", N_("what your last answer showed"), true, do_why},
    {":lesson", ":课", N_("NUMBER"), N_("a short lesson, where the scenario has some"), true, do_lesson},
    {":note", ":记", N_("TEXT"), N_("a line for yourself, shown at the end"), false, do_note},
    {":lang", ":语言", N_("TAG"), N_("another language: en, zh-CN"), false, do_lang},
    {":quit", ":退出", "", N_("leaves"), false, do_quit},
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void do_help(struct play *p, struct text rest)
{
    (void)rest;
    play_notice(p, N_("Type the number of what you would say, and Enter. Besides:"));
    for (int i = 0; i < COMMANDS; i++) {
        struct buf name = {0};
        if (commands[i].practice && p->config->mode == WIRE_CHECK_IN)
            continue;
        buf_str(&name, commands[i].name);
        if (*commands[i].argument)
            buf_printf(&name, " %s", tr(p->screen.words, commands[i].argument));
        p->screen.view->labelled(&p->screen, buf_view(&name), text_of(tr(p->screen.words, commands[i].words)));
        buf_done(&name);
    }
}

/* ---- understanding a line ---- */

uint32_t play_time_taken(const struct play *p)
{
    long long ms = loop_now() - p->asked;
    return (uint32_t)(ms < 0 ? 0 : ms > 86400000 ? 86400000 : ms);
}

void play_choose(struct play *p, unsigned n)
{
    uint32_t most = play_form_numbers(p);
    if (!n && most > p->n_offers)
        n = most; /* none of these */
    if (n < 1 || n > most) {
        struct buf b = {0};
        buf_printf(&b, "%u", most);
        play_notice_fill(p, most == 1 ? N_("There is one answer here: 1.") : N_("There are answers 1 to %1 here."), buf_view(&b), (struct text){0});
        buf_done(&b);
        return;
    }
    p->showed.n = 0;
    play_step(p, &(struct client_input){.kind = WIRE_CHOOSE,
                                        .option = n > p->n_offers ? p->otherwise : p->offers[n - 1].id,
                                        .ms = play_time_taken(p)});
}

/* True for a line that is meant for the program, even misspelt. */
static bool is_command(struct text line)
{
    return text_starts(line, ":") || text_starts(line, "：") || text_is(line, "?") || text_is(line, "？");
}

static bool command(struct play *p, struct text line)
{
    struct text rest = line, name;
    if (!text_word(&rest, &name))
        return true; /* an empty line asks for nothing */
    for (int i = 0; i < COMMANDS; i++)
        if (text_is(name, commands[i].name) || text_is(name, commands[i].chinese)) {
            commands[i].run(p, rest);
            return true;
        }
    if (*name.at != ':')
        return false;
    struct text names[COMMANDS];
    for (int i = 0; i < COMMANDS; i++)
        names[i] = text_of(commands[i].name);
    struct text near = text_nearest(name, names, COMMANDS);
    if (near.len)
        play_notice_fill(p, N_("There is no %1; did you mean %2?"), name, near);
    else
        play_notice_fill(p, N_("There is no %1; ? lists the commands."), name, (struct text){0});
    return true;
}

/* What was written goes with the session as a note; then the talk goes on. */
static void answer_discussion(struct play *p, struct text line)
{
    if (line.len) {
        do_note(p, line);
        if (p->over || p->held)
            return;
    }
    play_choose(p, 1);
}

void play_line(struct play *p, struct text line)
{
    struct text own = text_trim(line);
    if (p->held) {
        play_keep_line(p, own);
        return;
    }
    if (p->asking) {
        if (p->asking == ASKING_BEFORE || p->asking == ASKING_AFTER)
            play_survey_line(p, own);
        else
            play_closing_line(p, own);
        return;
    }
    if (p->reading && !is_command(own)) {
        p->reading = false;
        play_show_options(p);
        return;
    }
    if (p->form == WIRE_FORM_DISCUSS && client_session_phase(p->session) == WIRE_ASK && !is_command(own)) {
        answer_discussion(p, own);
        return;
    }
    struct buf b = {0};
    phrase_narrow(line, &b);
    struct text t = text_trim(buf_view(&b));
    unsigned n = number_in(t);
    int number = n || text_is(t, "0") ? (int)n : -1;
    if (!is_command(own) && play_form_line(p, own, number))
        ;
    else if (n || (t.len && *t.at == '0'))
        play_choose(p, n);
    else if (!command(p, t))
        play_notice(p, N_("Type the number of what you would say; ? shows what else there is."));
    buf_done(&b);
}

void play_offer_words(void *self, struct text before, void (*add)(void *list, const char *word), void *list)
{
    struct play *p = self;
    struct text rest = before, first = {0};
    if (text_word(&rest, &first)) {
        const struct client_scenario *s = client_scenario(p->client);
        for (uint32_t i = 0; text_is(first, ":lang") && i < s->n_langs; i++)
            add(list, text_keep(&p->kept, s->langs[i]).at);
        return;
    }
    for (uint32_t i = 0; i < play_form_numbers(p); i++) {
        struct buf b = {0};
        buf_printf(&b, "%u", i + 1);
        buf_char(&b, 0);
        add(list, b.at);
        buf_done(&b);
    }
    for (int i = 0; i < COMMANDS; i++)
        if (!(commands[i].practice && p->config->mode == WIRE_CHECK_IN))
            add(list, commands[i].name);
}

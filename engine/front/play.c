/* play.c -- a play's beginning and end, and its one loop.
 *
 * The order matters: files are found and the engine is started before the terminal is touched, so that a complaint is an
 * ordinary line on standard error; from the first prompt on, every way out goes through play_leave, which gives the
 * terminal back.  Knows neither JSON nor escape sequences. */
#include "front/play_inside.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TWICE_WITHIN = 2000 }; /* milliseconds between two Ctrl-C that leave */

static bool interrupted(void *self)
{
    struct play *p = self;
    return loop_stop_asked(&p->loop);
}

static enum play_end end_of(enum opening_end end)
{
    switch (end) {
    case OPENING_FINE: return PLAY_ENDED;
    case OPENING_USAGE: return PLAY_USAGE;
    case OPENING_DATA: return PLAY_BAD_DATA;
    case OPENING_NO_FILE: return PLAY_NO_FILE;
    case OPENING_NO_ENGINE: return PLAY_NO_ENGINE;
    case OPENING_IO: return PLAY_IO;
    case OPENING_INTERRUPTED: return PLAY_SIGNAL;
    }
    return PLAY_NO_ENGINE;
}

/* What an opening is told; complaints in the language that the screen has by now. */
static struct opening_config opening_config(struct play *p)
{
    const struct play_config *c = p->config;
    const struct play_resume *r = c->resume;
    return (struct opening_config){.command = "play", .words = p->screen.words, .scenario = c->scenario, .role = c->role,
                                   .no_jail = c->no_jail, .kept = r ? r->files : NULL, .n_kept = r ? r->n_files : 0,
                                   .watch = loop_descriptor(&p->loop), .interrupted = interrupted, .self = p};
}

static enum play_end complain(struct play *p, enum opening_end end, const char *form, struct text a1, struct text a2)
{
    struct opening_config config = opening_config(p);
    return end_of(opening_complain(&config, end, form, a1, a2));
}

static enum play_end say_fault(struct play *p, const struct client_fault *f)
{
    struct opening_config config = opening_config(p);
    return end_of(opening_fault(&config, f));
}

/* ---- beginning ---- */

bool play_set_lang(struct play *p, struct text tag)
{
    const struct client_scenario *s = client_scenario(p->client);
    struct client_info info;
    struct text lang = client_serving(s, tag);
    if (!lang.len)
        return false;
    if (client_info(p->client, lang, &info, &p->fault) != CLIENT_OK)
        return false;
    const struct info_role *role = NULL;
    for (uint32_t i = 0; p->role && i < info.n_roles; i++)
        if (text_eq(info.roles[i].id, p->role->id))
            role = &info.roles[i];
    if (p->role && (!role || info.n_roles != p->info.n_roles)) {
        client_info_done(&info); /* not the same scenario: no engine of ours says that */
        return false;
    }
    p->role = role;
    client_info_done(&p->info);
    p->info = info;
    p->lang = text_keep(&p->kept, lang);
    const struct words *w;
    if (words_find(lang, &w))
        p->screen.words = w;
    return true;
}

/* What was asked for, else the scenario's own: then the program's words follow it, so that a screen is in one language. */
static void choose_language(struct play *p)
{
    const struct client_scenario *s = client_scenario(p->client);
    struct text asked = p->config->lang ? text_of(p->config->lang) : (struct text){0};
    const struct words *w;
    if (asked.len && play_set_lang(p, asked))
        return;
    if (s->n_langs)
        play_set_lang(p, s->langs[0]);
    bool known = asked.len && words_find(asked, &w);
    if (known) /* ours is known, the scenario's is missing */
        p->screen.words = w;
    p->untranslated = known || p->config->lang_asked;
}

/* Whoever is played; p->role is of the scenario's words in one language. */
static enum play_end find_role(struct play *p)
{
    struct opening_config config = opening_config(p);
    enum play_end end = end_of(opening_role(&p->opening, &config, &p->info));
    for (uint32_t i = 0; end == PLAY_ENDED && i < p->info.n_roles; i++)
        if (text_eq(p->info.roles[i].id, p->opening.role))
            p->role = &p->info.roles[i];
    return end;
}

static enum play_end open_engine(struct play *p)
{
    struct opening_config config = opening_config(p);
    enum play_end end = end_of(opening_open(&p->opening, &config));
    p->client = p->opening.client;
    return end;
}

static void time_now(char out[32])
{
    time_t t = time(NULL);
    struct tm tm;
    if (!gmtime_r(&t, &tm) || !strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm))
        *out = 0;
}

static enum play_end unkept(struct play *p)
{
    struct arena a = {0};
    enum play_end end = complain(p, OPENING_IO, N_("%1 With --no-record it is played without records."), play_keep_why(p, &a),
                                 (struct text){0});
    arena_done(&a);
    return end;
}

static enum client_end begin_session(struct play *p, client_keep_fn *keep, void *self, struct client_fault *fault)
{
    char now[32];
    enum client_end end = CLIENT_OK;
    const struct play_resume *r = p->config->resume;
    time_now(now);
    struct client_params params = {.seed = p->config->seed, .lang = p->lang, .mode = p->config->mode, .roles = &p->role->id,
                                   .n_roles = 1, .started = text_of(now)};
    p->session = r ? client_resume(p->client, r->events, keep, self, &end, fault)
                   : client_start(p->client, &params, keep, self, &end, fault);
    if (p->session && p->config->record)
        recording_begin(&p->recording, client_scenario(p->client), &params);
    return end;
}

static enum play_end start(struct play *p)
{
    struct keeper *k = p->config->keeper;
    struct client_fault fault = {0};
    choose_language(p);
    if (!p->lang.len)
        return say_fault(p, &p->fault);
    enum play_end found = find_role(p);
    if (found != PLAY_ENDED)
        return found;
    if (!play_keep_open(p, p->opening.origin))
        return unkept(p);
    enum client_end end = begin_session(p, k ? k->keep : NULL, k ? k->self : NULL, &fault);
    if (!p->session && p->config->resume && end == CLIENT_REFUSED)
        return complain(p, OPENING_DATA, N_("this conversation was kept by another version of the program, which reads its scenario otherwise"),
                        (struct text){0}, (struct text){0});
    if (!p->session)
        return say_fault(p, &fault);
    if (k && !k->kept(k))
        return unkept(p);
    if (client_length(p->client, p->role->id, &p->length, &fault) != CLIENT_OK)
        p->length = 0; /* it is told without */
    p->met = arena_array(&p->kept, bool, p->info.n_roles + 1);
    if (!p->config->resume)
        play_keep_settings(p);
    return PLAY_ENDED;
}

/* ---- the first screen ---- */

static void show_brief(struct play *p, const struct info_role *r, struct text title)
{
    struct text brief = phrase(&p->scratch, r->brief);
    if (brief.len)
        p->screen.view->page(&p->screen, title, &brief, 1);
}

static void show_opening(struct play *p)
{
    struct screen *s = &p->screen;
    struct arena *a = &p->scratch;
    const char *mode = p->config->mode == WIRE_CHECK_IN ? tr(p->screen.words, "check-in") : tr(p->screen.words, "practice");
    bool replays = p->config->what == PLAY_REPLAY, whole = !p->config->resume || replays;
    if (replays)
        play_notice_fill(p, N_("%1, as it was played on %2."), p->config->resume->name, p->config->resume->date);
    else
        play_keep_about(p);
    if (p->untranslated)
        play_notice_fill(p, N_("This scenario is not translated into %1 yet; it is shown in %2."),
                         p->config->lang_asked ? text_of(p->config->lang) : text_of(words_tag(s->words)), p->lang);
    screen_line_end(s);
    s->view->title(s, clean_runs(a, p->info.title), text_of(mode));
    if (whole)
        s->view->paragraph(s, phrase(a, p->info.summary));
    if (whole && p->info.care.n)
        s->view->paragraph(s, phrase(a, p->info.care));
    struct text name = clean_runs(a, p->role->name), position = clean_runs(a, p->role->position);
    struct text who = position.len ? doc_fill(a, tr(p->screen.words, "You are %1, %2."), name, position)
                                   : doc_fill(a, tr(p->screen.words, "You are %1."), name, position);
    show_brief(p, p->role, who);
    for (uint32_t i = 0; i < p->info.n_roles; i++) {
        const struct info_role *r = &p->info.roles[i];
        if (r != p->role && r->brief_at_start)
            show_brief(p, r, clean_runs(a, r->name));
    }
    if (p->config->mode == WIRE_CHECK_IN)
        s->view->paragraph(s, text_of(tr(p->screen.words, "What your answers showed comes at the end.")));
    arena_reset(a);
}

/* ---- the loop ---- */

void play_leave(struct play *p, enum play_end end)
{
    p->over = true;
    p->end = end;
}

void play_quit(struct play *p)
{
    if (p->asking > ASKING_BEFORE && !p->held) {
        play_leave(p, PLAY_ENDED);
        return;
    }
    screen_line_end(&p->screen);
    play_say_stopped(p);
    play_keep_grade(p);
    play_leave(p, PLAY_ENDED);
}

static void on_interrupt(struct play *p)
{
    long long now = loop_now();
    if (p->interrupted && now - p->interrupted <= TWICE_WITHIN) {
        p->signal = SIGINT;
        play_leave(p, PLAY_SIGNAL);
        return;
    }
    p->interrupted = now;
    p->typing.cancel(&p->typing);
    p->typing.hide(&p->typing);
    play_notice(p, N_("Once more Ctrl-C leaves; :quit and Ctrl-D do too."));
    screen_flush(&p->screen);
    p->typing.show(&p->typing);
}

static void on_signal(struct play *p, int sig)
{
    switch (sig) {
    case SIGWINCH:
        screen_measure(&p->screen);
        p->typing.resize(&p->typing, p->screen.columns, p->screen.rows);
        break;
    case SIGTSTP:
        p->typing.pause(&p->typing);
        loop_suspend();
        screen_measure(&p->screen);
        p->typing.go_on(&p->typing);
        break;
    case SIGCONT: break;
    case SIGINT: on_interrupt(p); break;
    default:
        p->signal = sig;
        play_leave(p, PLAY_SIGNAL);
    }
}

/* The engine ended while nobody had asked it anything: it is started anew at once, so that it can be said. */
static void on_engine(struct play *p)
{
    struct client_answer answer;
    struct client_fault fault = {0};
    p->typing.hide(&p->typing);
    enum client_end end = client_show(p->session, client_session_n_events(p->session), p->lang, &answer, &fault);
    if (end != CLIENT_OK && !play_trouble(p, end, &fault))
        return;
    p->restarts = client_restarts(p->client);
    play_notice(p, N_("The engine had stopped. It was started again; the conversation goes on where it was."));
    screen_flush(&p->screen);
    p->typing.show(&p->typing);
}

static void on_time(struct play *p)
{
    p->typing.hide(&p->typing);
    play_time(p);
    screen_flush(&p->screen);
    if (!p->over)
        p->typing.show(&p->typing);
}

/* One line from whoever types; false when the play is over without one. */
static bool next_line(struct play *p)
{
    for (;;) {
        int sig = 0;
        int engine = client_descriptor(p->client);
        enum wake why = p->typing.waiting(&p->typing) && !loop_stop_asked(&p->loop)
                            ? WAKE_INPUT
                            : loop_wait(&p->loop, p->typing.in, engine, play_time_left(p), &sig);
        if (why == WAKE_SIGNAL)
            on_signal(p, sig);
        else if (why == WAKE_ENGINE)
            on_engine(p);
        else if (why == WAKE_TIME)
            on_time(p);
        else if (why == WAKE_INPUT) {
            switch (p->typing.take(&p->typing)) {
            case TYPED_NOTHING: break;
            case TYPED_LINE: return true;
            case TYPED_END:
                play_quit(p);
                break;
            case TYPED_LOST:
                p->signal = SIGHUP;
                play_leave(p, PLAY_SIGNAL);
            }
        }
        if (p->over)
            return false;
    }
}

/* The first decision, or the one that was open. */
static void open_talk(struct play *p)
{
    play_resume_answers(p);
    if (p->config->resume && client_session_n_events(p->session) > 1) {
        if (!play_resume(p))
            play_leave(p, PLAY_NO_ENGINE);
    } else if (!play_survey_open(p, WIRE_BEFORE))
        play_step(p, &(struct client_input){.kind = WIRE_BEGIN});
}

static void converse(struct play *p)
{
    open_talk(p);
    while (!p->over) {
        if (!screen_flush(&p->screen)) {
            play_leave(p, PLAY_IO);
            break;
        }
        p->typing.ask(&p->typing);
        if (next_line(p))
            play_line(p, buf_view(&p->typing.line));
    }
    p->typing.leave(&p->typing);
    if (p->end == PLAY_SIGNAL && p->signal != SIGHUP)
        screen_line_end(&p->screen); /* the shell's prompt shall not stand behind ours */
}

static void look_back(struct play *p)
{
    play_resume_answers(p);
    p->ended = play_resume(p) && play_look_back(p);
    if (!p->ended)
        play_leave(p, PLAY_NO_ENGINE);
}

static void replay(struct play *p)
{
    show_opening(p);
    play_replay(p);
}

static void talk(struct play *p)
{
    bool tty = isatty(STDIN_FILENO);
    bool edit = tty && isatty(STDOUT_FILENO) && p->screen.view == &view_term;
    if (edit)
        typing_edit(&p->typing, STDIN_FILENO, STDOUT_FILENO);
    else
        typing_read(&p->typing, STDIN_FILENO, STDOUT_FILENO, !tty);
    p->typing.offer = play_offer_words;
    p->typing.offerer = p;
    p->began = loop_now();
    show_opening(p);
    converse(p);
    p->typing.done(&p->typing);
}

static enum play_end play(struct play *p)
{
    switch (p->config->what) {
    case PLAY_LOOK_BACK: look_back(p); break;
    case PLAY_REPLAY: replay(p); break;
    case PLAY_GO_ON: talk(p); break;
    }
    play_write_page(p);
    bool written = screen_flush(&p->screen);
    if (!written && p->screen.error != EPIPE && p->end != PLAY_SIGNAL)
        complain(p, OPENING_IO, N_("cannot write: %1"), text_of(strerror(p->screen.error)), (struct text){0});
    return !written && p->end == PLAY_ENDED ? PLAY_IO : p->end;
}

static void done(struct play *p)
{
    if (p->session)
        client_session_end(p->session);
    client_info_done(&p->info);
    opening_close(&p->opening);
    screen_done(&p->screen);
    arena_done(&p->kept);
    arena_done(&p->turn);
    arena_done(&p->scratch);
    arena_done(&p->last);
    recording_done(&p->recording);
    free(p->road);
    free(p->notes);
    free(p->answers);
    free(p->slots);
    free(p->parts);
}

enum play_end play_run(const struct play_config *config, int *signal_number)
{
    struct play p = {.config = config};
    screen_open(&p.screen, STDOUT_FILENO, config->plain, config->words);
    if (!loop_open(&p.loop))
        return PLAY_IO;
    enum play_end end = open_engine(&p);
    if (end == PLAY_ENDED)
        end = start(&p);
    if (end == PLAY_ENDED)
        end = play(&p);
    int unsaved = p.recording.on ? recording_save(&p.recording, config->record) : 0;
    if (unsaved)
        end = complain(&p, OPENING_IO, N_("cannot write %1: %2"), text_of(config->record), text_of(strerror(unsaved)));
    int sig = p.signal;
    if (end == PLAY_SIGNAL && !sig)
        loop_wait(&p.loop, -1, -1, 0, &sig);
    *signal_number = sig ? sig : SIGINT;
    play_keep_close(&p);
    play_replay_done(&p);
    done(&p);
    loop_close(&p.loop);
    return end;
}

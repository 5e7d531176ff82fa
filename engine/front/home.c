/* home.c -- the first screen: numbers to choose by, letters to find by.
 *
 * One list of numbers runs through everything that can be chosen, so that what is seen can be typed.  In a pipe it is a list
 * and asks nothing. */
#include "front/home.h"

#include "front/asker.h"
#include "front/phrase.h"
#include "front/survey.h"

#include <stdio.h>

struct showing {
    const struct home *h;
    const struct home_hands *hands;
    struct asker a;
    struct arena arena;
    struct home_choice choice;
    struct text filter;        /* folded; only scenarios that hold it are shown */
    bool over;
};

static void notice(struct showing *s, const char *words)
{
    s->a.screen.view->notice(&s->a.screen, text_of(tr(s->a.screen.words, words)));
}

static void leave(struct showing *s, enum home_end end)
{
    s->choice.end = end;
    s->over = true;
}

/* A line that is asked for; false where nobody answers any more. */
static bool answered(struct showing *s, struct text *line)
{
    enum asked end = asker_line(&s->a, line);
    if (end == ASKED_LINE)
        return true;
    s->choice.signal = s->a.signal;
    leave(s, end == ASKED_SIGNAL ? HOME_SIGNAL : HOME_LEFT);
    return false;
}

static bool leaves(struct text line)
{
    return text_is(line, ":quit") || text_is(line, ":退出") || text_is(line, "：退出");
}

/* ---- before all else ---- */

static void ask_intent(struct showing *s)
{
    static const char *const did[] = {"yes", "not-yet", "no"};
    const struct words *w = s->a.screen.words;
    struct text line = {0};
    long n = 0;
    s->a.screen.view->paragraph(&s->a.screen, doc_fill(&s->arena, tr(w, "Last time you wanted to try: “%1”"), s->h->intent, (struct text){0}));
    if (s->h->plan.len)
        s->a.screen.view->notice(&s->a.screen, s->h->plan);
    notice(s, N_("Did you?  1 yes   2 not yet   3 no   (Enter: ask me later)"));
    while (answered(s, &line) && line.len && !text_int(asker_narrow(&s->a), 1, 3, &n) && !leaves(line))
        notice(s, N_("1, 2 or 3; Enter asks you later."));
    if (s->over || !n)
        return;
    struct text said = {0};
    if (n == 1) {
        notice(s, N_("And what did they say? One line; Enter leaves it out."));
        if (!answered(s, &said))
            return;
    }
    s->hands->followed(s->hands->self, did[n - 1], said);
    notice(s, n == 1 ? N_("Good. That is what it is for.") : N_("It will keep. You can choose another sentence after the next conversation."));
}

/* False where the rest of that conversation's questions are not to be asked now. */
static bool ask_later(struct showing *s, const struct home_later *q)
{
    struct text line, value = {0};
    survey_show(&s->a.screen, q->item);
    while (answered(s, &line) && !leaves(line)) {
        value = line.len ? survey_fitting(&s->a.screen, &s->arena, q->item, line) : (struct text){0};
        if (line.len && !value.len)
            continue;
        s->hands->later(s->hands->self, q, value);
        return true;
    }
    return false;
}

/* What became of it at work. */
static void ask_all_later(struct showing *s)
{
    const struct home *h = s->h;
    bool asking = true;
    for (uint32_t i = 0; i < h->n_later && !s->over; i++) {
        if (!i || h->later[i].session != h->later[i - 1].session) {
            s->a.screen.view->paragraph(&s->a.screen, doc_fill(&s->arena, tr(s->a.screen.words, "“%1”, which you played on %2. Since then:"),
                                                                  h->later[i].title, h->later[i].day));
            asking = true;
        }
        asking = asking && ask_later(s, &h->later[i]);
    }
}

static void ask_person(struct showing *s)
{
    struct text line;
    screen_line_end(&s->a.screen);
    notice(s, N_("Two questions, once, so that what fits your work comes first. Enter leaves them out."));
    notice(s, N_("Which department are you in?"));
    if (!answered(s, &line))
        return;
    struct text department = clean_text(&s->arena, line);
    notice(s, N_("And what is your work there?"));
    if (!answered(s, &line))
        return;
    s->hands->person(s->hands->self, department, clean_text(&s->arena, line));
}

/* ---- what there is ---- */

static bool shown(const struct showing *s, const struct home_scenario *c)
{
    return !s->filter.len || text_occurs(s->filter, c->search);
}

static void heading(struct showing *s, const char *words)
{
    s->a.screen.view->heading(&s->a.screen, text_of(tr(s->a.screen.words, words)));
}

static void show_scenario(struct showing *s, unsigned number, const struct home_scenario *c)
{
    struct screen *sc = &s->a.screen;
    const struct words *w = sc->words;
    struct text title = doc_fill(&s->arena, trc(w, "title, name", "%1 (%2)"), c->title.len ? c->title : c->name, c->name);
    sc->view->option(sc, number, (struct text){0}, title);
    if (c->broken) {
        sc->view->labelled(sc, text_of(tr(w, "It has errors")), doc_fill(&s->arena, "rehearse check %1", c->name, c->name));
        return;
    }
    if (c->tags.len)
        sc->view->labelled(sc, text_of(tr(w, "About")), c->tags);
    if (c->last.len)
        sc->view->labelled(sc, text_of(tr(w, "Last time")), c->last);
    else
        sc->view->labelled(sc, text_of(tr(w, "The story")), c->summary);
}

static void show_all(struct showing *s)
{
    const struct home *h = s->h;
    unsigned number = 1;
    if (h->n_left && !s->filter.len)
        heading(s, N_("To go on with"));
    for (uint32_t i = 0; i < h->n_left; i++, number++)
        if (!s->filter.len)
            s->a.screen.view->option(&s->a.screen, number, (struct text){0}, h->left[i].words);
    if (h->n_next && !s->filter.len)
        heading(s, N_("What to practise next"));
    for (uint32_t i = 0; i < h->n_next; i++, number++)
        if (!s->filter.len)
            s->a.screen.view->option(&s->a.screen, number, (struct text){0}, h->next[i].words);
    if (h->n_scenarios)
        heading(s, N_("Scenarios"));
    for (uint32_t i = 0; i < h->n_scenarios; i++, number++)
        if (shown(s, &h->scenarios[i]))
            show_scenario(s, number, &h->scenarios[i]);
    if (!h->n_scenarios)
        notice(s, N_("No scenarios were found here. Start one with: rehearse new my-scenario"));
}

/* ---- choosing ---- */

static void choose_scenario(struct showing *s, uint32_t i)
{
    if (s->h->scenarios[i].broken) {
        s->a.screen.view->notice(&s->a.screen, doc_fill(&s->arena, tr(s->a.screen.words, "This one has errors: rehearse check %1"),
                                                           s->h->scenarios[i].name, (struct text){0}));
        return;
    }
    s->choice.scenario = i;
    leave(s, HOME_PLAY);
}

static void choose(struct showing *s, uint32_t n)
{
    const struct home *h = s->h;
    if (n < h->n_left) {
        s->choice.session = h->left[n].session;
        leave(s, HOME_RESUME);
    } else if (n - h->n_left < h->n_next) {
        const struct home_next *next = &h->next[n - h->n_left];
        s->choice.role = next->role;
        s->choice.own_words = next->own_words;
        choose_scenario(s, next->scenario);
    } else
        choose_scenario(s, n - h->n_left - h->n_next);
}

/* Letters: fewer scenarios; where one is left, it is chosen by Enter. */
static void find(struct showing *s, struct text line)
{
    struct buf folded = {0};
    uint32_t n = 0, last = 0;
    text_fold(line, &folded);
    s->filter = text_keep(&s->arena, buf_view(&folded));
    buf_done(&folded);
    for (uint32_t i = 0; i < s->h->n_scenarios; i++)
        if (shown(s, &s->h->scenarios[i])) {
            n++;
            last = i;
        }
    if (n == 0) {
        notice(s, N_("No scenario is called anything like that. Enter shows all of them."));
        s->filter = (struct text){0};
        return;
    }
    show_all(s);
    if (n == 1) {
        struct text next;
        notice(s, N_("Enter plays it."));
        if (!answered(s, &next))
            return;
        if (!next.len)
            choose_scenario(s, last);
        else
            find(s, next);
    }
}

static void take_line(struct showing *s, struct text line)
{
    long n;
    uint32_t most = s->h->n_left + s->h->n_next + s->h->n_scenarios;
    if (leaves(line)) {
        leave(s, HOME_LEFT);
    } else if (text_is(line, ":progress") || text_is(line, ":进展") || text_is(line, "：进展")) {
        leave(s, HOME_PROGRESS);
    } else if (!line.len) {
        s->filter = (struct text){0};
        show_all(s);
    } else if (text_int(line, 1, (long)most, &n)) {
        choose(s, (uint32_t)n - 1);
    } else if (text_int(line, 0, 1000000, &n)) {
        char number[16];
        const char *form = most == 1 ? N_("There is one number here: 1.") : N_("There are numbers 1 to %1 here.");
        snprintf(number, sizeof number, "%u", most);
        s->a.screen.view->notice(&s->a.screen, doc_fill(&s->arena, tr(s->a.screen.words, form), text_of(number), (struct text){0}));
    } else
        find(s, line);
}

static void offer(void *self, struct text before, void (*add)(void *list, const char *word), void *list)
{
    struct showing *s = self;
    if (before.len)
        return;
    for (uint32_t i = 0; i < s->h->n_scenarios; i++)
        add(list, text_keep(&s->arena, s->h->scenarios[i].name).at);
    add(list, ":progress");
    add(list, ":quit");
}

static void ask(struct showing *s, bool first)
{
    struct text line;
    if (first && s->hands && s->h->intent.len)
        ask_intent(s);
    if (first && s->hands && !s->over)
        ask_all_later(s);
    if (first && s->hands && s->h->stranger && !s->over)
        ask_person(s);
    if (s->over)
        return;
    show_all(s);
    while (!s->over) {
        screen_line_end(&s->a.screen);
        notice(s, N_("Type a number, or letters of a title. :progress shows how you are doing, :quit leaves."));
        if (answered(s, &line))
            take_line(s, asker_narrow(&s->a));
    }
}

struct home_choice home_run(const struct home *h, const struct home_hands *hands, bool plain, const struct words *words, bool first)
{
    struct showing s = {.h = h, .hands = hands};
    if (!asker_open(&s.a, plain, words))
        return (struct home_choice){.end = HOME_IO};
    s.a.typing.offer = offer;
    s.a.typing.offerer = &s;
    s.a.screen.view->heading(&s.a.screen, text_of(tr(words, "Rehearse: practise a hard conversation before it happens.")));
    if (h->about.len)
        s.a.screen.view->notice(&s.a.screen, h->about);
    s.choice.end = HOME_LEFT;
    if (s.a.types)
        ask(&s, first);
    else {
        show_all(&s);
        screen_line_end(&s.a.screen);
        if (h->n_scenarios)
            s.a.screen.view->notice(&s.a.screen, doc_fill(&s.arena, tr(words, "Play one with: rehearse play %1"), h->scenarios[0].name, (struct text){0}));
        notice(&s, N_("Everything else: rehearse --help"));
    }
    bool written = asker_close(&s.a);
    arena_done(&s.arena);
    if (!written && s.choice.end != HOME_SIGNAL)
        s.choice.end = HOME_IO;
    return s.choice;
}

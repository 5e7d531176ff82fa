/* cmd_home.c -- `rehearse` alone: what was to be tried, what was left, what is due, and every scenario. */
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/playing.h"
#include "cmd/later.h"

#include "front/home.h"
#include "front/phrase.h"
#include "front/survey.h"
#include "report/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LEFT_MOST = 5, ASK_AFTER_HOURS = 12 };

/* One filling of the first screen. */
struct filling {
    const struct call *call;
    struct keep *k;
    struct arena arena;
    struct shelved_all all;
    struct home home;
    struct home_left *left;
    struct home_scenario *scenarios;
    struct proposal proposals[NEXT_MOST];
    struct kept_intent intent;
    struct store_fault fault;
};

static struct text filled(struct filling *f, const char *form, const struct text *args, size_t n)
{
    struct buf b = {0};
    words_fill(&b, form, args, n);
    return doc_keep(&f->arena, &b);
}

static struct text day(struct filling *f, int64_t at)
{
    char out[16];
    progress_day(at, out);
    return text_keep(&f->arena, text_of(out));
}

/* ---- from the records ---- */

static bool take_left(void *self, const struct kept_session *s)
{
    struct filling *f = self;
    char turn[16];
    snprintf(turn, sizeof turn, "%u", s->turn + 1);
    struct text args[] = {clean_text(&f->arena, s->title), text_of(turn), day(f, s->last)};
    if (s->mode == WIRE_WORKSHOP)
        return true;
    f->left[f->home.n_left++] = (struct home_left){text_keep(&f->arena, s->name),
                                                   filled(f, tr(f->call->words, "%1, turn %2, left on %3"), args, 3)};
    return f->home.n_left < LEFT_MOST;
}

static bool take_played(void *self, const struct kept_played *p)
{
    struct filling *f = self;
    const struct words *w = f->call->words;
    for (uint32_t i = 0; i < f->all.n; i++) {
        if (!text_eq(f->all.v[i].id, p->scenario))
            continue;
        const struct kept_session *s = &p->newest;
        struct text args[] = {day(f, s->last), text_of(s->ending.len ? page_outcome(w, s->outcome) : tr(w, "not finished"))};
        f->scenarios[i].last = filled(f, trc(w, "day, outcome", "%1 · %2"), args, 2);
    }
    return true;
}

static bool read_intent(struct filling *f)
{
    struct store_fault none = {0};
    const struct words *w = f->call->words;
    if (!store_intent(f->k->store, f->k->trainee.id, text_of(words_tag(w)), &f->arena, &f->intent, &none)) {
        f->fault = none;
        return none.why == STORE_MISSING;
    }
    if (keep_now() - f->intent.at < (int64_t)ASK_AFTER_HOURS * 3600 * 1000) /* it had no time yet */
        return true;
    struct text args[] = {clean_text(&f->arena, f->intent.title), day(f, f->intent.at), clean_text(&f->arena, f->intent.where)};
    f->home.intent = clean_text(&f->arena, f->intent.sentence);
    f->home.plan = filled(f, args[2].len ? tr(w, "(after “%1”, %2; you wrote: %3)") : tr(w, "(after “%1”, %2)"), args, 3);
    return true;
}

static bool read_records(struct filling *f)
{
    struct text lang = text_of(words_tag(f->call->words));
    struct kept_filter left = {.trainee = f->k->trainee.id, .state = KEPT_UNFINISHED, .lang = lang};
    f->left = arena_array(&f->arena, struct home_left, LEFT_MOST);
    f->home.left = f->left;
    if (!f->k->store || !f->k->trainee.id)
        return true;
    f->home.stranger = !f->k->trainee.asked;
    return store_sessions(f->k->store, &left, take_left, f, &f->fault) &&
           store_played(f->k->store, f->k->trainee.id, lang, take_played, f, &f->fault) && read_intent(f);
}

/* ---- the rest ---- */

static void take_shelf(struct filling *f)
{
    f->scenarios = arena_array(&f->arena, struct home_scenario, f->all.n + 1);
    f->home.scenarios = f->scenarios;
    f->home.n_scenarios = f->all.n;
    for (uint32_t i = 0; i < f->all.n; i++) {
        const struct shelved_scenario *s = &f->all.v[i];
        f->scenarios[i] = (struct home_scenario){.name = text_of(s->name), .title = s->title, .summary = s->summary,
                                                 .tags = s->tags, .search = s->search, .broken = s->broken};
    }
}

static bool take_proposals(struct filling *f)
{
    uint32_t n = 0;
    if (!f->k->store)
        return true;
    bool ok = shelved_propose(&f->all, f->k, f->call->words, f->proposals, &n, &f->fault);
    struct home_next *next = arena_array(&f->arena, struct home_next, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct next_pick *p = &f->proposals[i].pick;
        next[i] = (struct home_next){p->scenario, f->all.v[p->scenario].next.chairs[p->chair].role,
                                     p->why == NEXT_DUE && p->how == PRACTICE_OWN_WORDS, f->proposals[i].words};
    }
    f->home.next = next;
    f->home.n_next = n;
    return ok;
}

static bool take_later(struct filling *f)
{
    struct home_later *v;
    if (!later_find(&f->all, f->k, keep_now(), &v, &f->home.n_later, &f->fault))
        return false;
    for (uint32_t i = 0; i < f->home.n_later; i++)
        v[i].day = day(f, v[i].at);
    f->home.later = v;
    return true;
}

static bool fill(struct filling *f, const struct call *call, struct keep *k)
{
    *f = (struct filling){.call = call, .k = k};
    shelved_read(&f->all, call->words);
    take_shelf(f);
    return read_records(f) && take_later(f) && take_proposals(f);
}

static void empty(struct filling *f)
{
    shelved_done(&f->all);
    arena_done(&f->arena);
}

/* ---- what was answered ---- */

static void followed(void *self, const char *did, struct text said)
{
    struct filling *f = self;
    struct store_fault fault = {0};
    if (!store_words_set(f->k->store, f->intent.session, KEPT_DID, 0, text_of(did), keep_now(), &fault) ||
        (said.len && !store_words_set(f->k->store, f->intent.session, KEPT_ANSWERED, 0, said, keep_now(), &fault)))
        keep_fails(f->call, &fault);
}

static void later(void *self, const struct home_later *q, struct text value)
{
    struct filling *f = self;
    struct store_fault fault = {0};
    struct kept_answer kept = survey_kept(q->item, value);
    kept.at = keep_now();
    if (!store_answer_set(f->k->store, q->session, &kept, &fault))
        keep_fails(f->call, &fault);
}

static void person(void *self, struct text department, struct text role)
{
    struct filling *f = self;
    struct store_fault fault = {0};
    f->k->trainee.department = text_keep(&f->k->arena, department);
    f->k->trainee.role = text_keep(&f->k->arena, role);
    f->k->trainee.asked = true;
    if (!store_trainee_set(f->k->store, &f->k->trainee, &fault))
        keep_fails(f->call, &fault);
}

/* ---- what was chosen ---- */

static int play(struct filling *f, const struct home_choice *c)
{
    struct play_config config = {
        .scenario = f->all.v[c->scenario].path,
        .mode = WIRE_PRACTICE,
        .role = c->role.len ? c->role.at : NULL,
        .lang = f->call->lang,
        .lang_asked = call_value(f->call, "lang") != NULL,
        .words = f->call->words,
        .seed = playing_seed(),
        .own_words = c->own_words ? OWN_WORDS_ALL : OWN_WORDS_THIRD,
        .plain = call_value(f->call, "plain") != NULL,
    };
    return playing_new(f->k, &config, (struct text){0});
}

static int resume(struct filling *f, const struct home_choice *c)
{
    struct kept_play p;
    int status = STATUS_FINE;
    struct text name = text_keep(&f->arena, c->session);
    if (kept_play_find(&p, f->k, f->call, name.at, true, &status))
        status = playing_resume(f->call, f->k, &p);
    kept_play_done(&p);
    return status;
}

/* One screen and what came of it; false where it was the last. */
static bool once(const struct call *call, struct keep *k, bool first, int *status)
{
    struct filling f;
    if (!fill(&f, call, k)) {
        *status = keep_fails(call, &f.fault);
        empty(&f);
        return false;
    }
    struct home_hands hands = {&f, followed, later, person};
    struct home_choice c = home_run(&f.home, k->store ? &hands : NULL, call_value(call, "plain") != NULL, call->words, first);
    bool on = true;
    switch (c.end) {
    case HOME_PLAY: *status = play(&f, &c); break;
    case HOME_RESUME: *status = resume(&f, &c); break;
    case HOME_PROGRESS: *status = progress_tell(call, k); break;
    case HOME_SIGNAL: *status = STATUS_SIGNAL + c.signal; on = false; break;
    case HOME_IO: *status = STATUS_IO; on = false; break;
    case HOME_LEFT: on = false; break;
    }
    empty(&f);
    return on && *status < STATUS_SIGNAL;
}

static int run(const struct call *call)
{
    struct keep k;
    int status = STATUS_FINE;
    bool there = isatty(STDIN_FILENO) ? keep_open(&k, call, true, &status) : keep_open_if_there(&k, call, &status);
    for (bool first = true; there && once(call, &k, first, &status); first = false)
        status = STATUS_FINE;
    keep_close(&k);
    return status;
}

static const struct option_row options[] = {
    OPTION_LANG,
    OPTION_STORE,
    OPTION_AS,
    OPTION_PLAIN,
    {"version", NULL, TAKES_NOTHING, NULL, N_("shows the version")},
    OPTION_HELP,
    {0}};

const struct command command_home = {
    .name = "",
    .operands = "",
    .most = 0,
    .summary = N_("practise a hard conversation before it happens"),
    .about = N_("Plays role-plays for service between colleagues: listening, feedback, conflict, service, teamwork. It works "
                "in Chinese and in English, offline; nothing leaves this machine.\n\n"
                "Without a command it shows what you wanted to try, what you left, what is due, and the scenarios that can be played "
                "from here: choose by number, or type letters of a title."),
    .examples = "rehearse\nrehearse play late-handover\nrehearse progress",
    .options = options,
    .run = run,
};

/* cmd_workshop.c -- `rehearse workshop SCENARIO`. */
#include "cmd/commands.h"
#include "cmd/keep.h"
#include "cmd/phones_options.h"
#include "front/workshop.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static uint64_t seed_of(const char *asked)
{
    uint64_t seed = 0;
    if (asked)
        return strtoull(asked, NULL, 10);
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = 1;
    return seed >> 2; /* 62 bits: every place that keeps it as a number can */
}

static int status_of(const struct workshop_config *config)
{
    int signal = 0;
    enum opening_end end = workshop_run(config, &signal);
    return signal ? STATUS_SIGNAL + signal : (int)end;
}

static struct workshop_config config_of(const struct call *call, const char *scenario)
{
    const char *minutes = call_value(call, "minutes"), *theme = call_value(call, "theme");
    return (struct workshop_config){
        .opening = {.command = "workshop", .words = call->words, .scenario = scenario, .role = call_value(call, "role"),
                    .no_jail = call_value(call, "no-jail") != NULL, .notes = true},
        .lang = call->lang,
        .minutes = minutes ? (unsigned)strtoul(minutes, NULL, 10) : 0,
        .theme = theme && strcmp(theme, "paper") == 0 ? THEME_PAPER : THEME_DARK,
        .seed = seed_of(call_value(call, "seed")),
    };
}

/* ---- a new one ---- */

static int begin(const struct call *call, const struct workshop_phones_config *phones)
{
    struct workshop_config config = config_of(call, call->operands[0]);
    struct keep k;
    int status = STATUS_FINE;
    config.phones = *phones;
    if (call_value(call, "no-record"))
        return status_of(&config);
    if (keep_open_store(&k, call, true, &status)) {
        struct recorder *r = recorder_open(&(struct recorder_config){.store = k.store, .wait = &k.wait});
        config.keeper = recorder_keeper(r);
        status = status_of(&config);
        recorder_close(r);
    }
    keep_close(&k);
    return status;
}

/* ---- one that was broken off ---- */

/* What stands behind NAME in the settings it was begun with, NUL behind it; NULL: nothing. */
static const char *setting(struct kept_play *p, const char *name)
{
    struct text rest = p->settings, word;
    size_t n = strlen(name);
    while (text_word(&rest, &word))
        if (text_starts(word, name))
            return text_keep(&p->arena, text_from(word.at + n, word.len - n)).at;
    return NULL;
}

/* What phones said: their names, what they answered. */
struct known {
    struct arena *a;
    struct phone_said *v;
    uint32_t n, cap;
};

static void know(struct known *k, uint32_t voter, struct text item, struct text words)
{
    if (!voter)
        return;
    array_room(k->v, k->n, k->cap);
    k->v[k->n++] = (struct phone_said){voter, text_keep(k->a, item), text_keep(k->a, words)};
}

static bool take_voter(void *self, const struct kept_voter *v)
{
    know(self, v->voter, (struct text){0}, v->nick);
    return true;
}

static bool take_answer(void *self, const struct kept_answer *a)
{
    struct buf b = {0};
    if (a->text.len)
        buf_text(&b, a->text);
    else
        buf_int(&b, a->value);
    know(self, a->voter, a->item, buf_view(&b));
    buf_done(&b);
    return true;
}

static bool take_words(void *self, const struct kept_words *w)
{
    if (w->kind == KEPT_PLUS || w->kind == KEPT_DELTA || w->kind == KEPT_SENTENCE)
        know(self, w->voter, w->kind == KEPT_PLUS ? TEXT(".plus") : w->kind == KEPT_DELTA ? TEXT(".delta") : TEXT(".sentence"), w->text);
    return true;
}

static bool know_all(struct keep *k, int64_t session, struct known *known, struct store_fault *fault)
{
    struct kept_filter one = {.session = session};
    return store_voters(k->store, session, take_voter, known, fault) && store_answers(k->store, &one, take_answer, known, fault) &&
           store_words(k->store, &one, take_words, known, fault);
}

static int go_on(const struct call *call, struct keep *k, struct kept_play *p, const struct workshop_phones_config *phones)
{
    int status = STATUS_FINE;
    struct store_fault fault = {0};
    struct workshop_resume resume = {0};
    struct known known = {.a = &p->arena};
    if (!kept_play_read(p, k, call, &status) || !kept_play_state(p, k, call, "workshop", &resume.state, &status) ||
        !kept_play_state(p, k, call, "phones", &resume.phones, &status))
        return status;
    if (!know_all(k, p->session.id, &known, &fault)) {
        free(known.v);
        return keep_fails(call, &fault);
    }
    resume.said = known.v;
    resume.n_said = known.n;
    struct text roles = p->session.roles, role = {0};
    text_word(&roles, &role);
    struct workshop_config config = config_of(call, p->session.scenario.at);
    config.opening.role = text_keep(&p->arena, role).at;
    config.opening.kept = p->files;
    config.opening.n_kept = p->n_files;
    config.seed = p->session.seed;
    const char *lang = setting(p, "lang="), *theme = setting(p, "theme=");
    if (!call_value(call, "lang") && lang)
        config.lang = lang;
    if (!call_value(call, "theme") && theme)
        config.theme = strcmp(theme, "paper") == 0 ? THEME_PAPER : THEME_DARK;
    resume.events = p->events;
    resume.files = p->files;
    resume.n_files = p->n_files;
    config.resume = &resume;
    config.phones = *phones;
    struct recorder *r = recorder_resume(&(struct recorder_config){.store = k->store, .wait = &k->wait}, &p->session, &fault);
    if (r) {
        config.keeper = recorder_keeper(r);
        status = status_of(&config);
    } else {
        status = keep_fails(call, &fault);
    }
    recorder_close(r);
    free(known.v);
    return status;
}

static int resume(const struct call *call, const struct workshop_phones_config *phones)
{
    struct keep k;
    struct kept_play p = {0};
    int status = STATUS_FINE;
    if (keep_open_store(&k, call, false, &status) && kept_room_find(&p, &k, call, call->n ? call->operands[0] : NULL, &status))
        status = go_on(call, &k, &p, phones);
    kept_play_done(&p);
    keep_close(&k);
    return status;
}

static int run(const struct call *call)
{
    struct workshop_phones_config phones;
    struct arena a = {0};
    int status = STATUS_FINE;
    bool again = call_value(call, "resume") != NULL;
    if (!call->n && !again)
        return call_fails(call, STATUS_USAGE, N_("what is missing: %1; --help shows how it is used"), tr(call->words, call->command->operands), "");
    if (phones_options_read(call, &a, &phones, &status))
        status = again ? resume(call, &phones) : begin(call, &phones);
    arena_done(&a);
    return status;
}

static const struct option_row options[] = {
    {"minutes", N_("NUMBER"), TAKES_NUMBER, NULL, N_("time there is, lobby to take-home: plans what is voted on and what is told")},
    {"role", N_("ID"), TAKES_WORD, NULL, N_("whom the room plays, where several can be played")},
    {"lang", N_("TAG"), TAKES_LANG, NULL, N_("the language of the wall: en, zh-CN, or both: zh-CN+en")},
    {"theme", N_("THEME"), TAKES_CHOICE, "dark paper", N_("dark: light letters; paper: dark letters, for a bright room")},
    {"seed", N_("NUMBER"), TAKES_NUMBER, NULL, N_("the same number gives the same chances")},
    PHONES_OPTIONS,
    {"resume", NULL, TAKES_NOTHING, NULL, N_("goes on with the newest workshop, or with the session named, where it stopped")},
    OPTION_STORE,
    {"no-record", NULL, TAKES_NOTHING, NULL, N_("keeps nothing: it cannot be gone on with")},
    OPTION_NO_JAIL_PLAYS,
    OPTION_HELP,
    {0}};

const struct command command_workshop = {
    .name = "workshop",
    .operands = N_("SCENARIO"),
    .least = 0,
    .most = 1,
    .operand = OPERAND_SCENARIO,
    .summary = N_("plays a scenario with a room, on a projected screen"),
    .about = N_("Shows a scenario on a projected terminal, for a room that plays it together: it reads, votes with hands or cards, "
                "talks, votes again, and sees what its choice causes. Space goes on, ? lists the keys.\n\n"
                "With --phones the wall shows an address and a code, and phones vote beside hands: nothing is installed on them, and nobody "
                "is asked for a name. rehearse doctor looks beforehand whether phones will come through.\n\n"
                "The facilitator's notes are never on this screen: rehearse notes shows them in a second terminal, rehearse guide "
                "prints them. docs/workshops.md takes you from a bare laptop to the first vote."),
    .examples = "rehearse workshop third-return --minutes 45 --lang zh-CN\n"
                "rehearse workshop third-return --minutes 45 --phones --wifi Meeting-room-3\n"
                "rehearse workshop late-handover --lang zh-CN+en --theme paper\n"
                "rehearse workshop --resume",
    .options = options,
    .run = run,
};

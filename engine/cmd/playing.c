/* playing.c -- a play's end as an exit status, and a kept conversation made ready to be played.
 *
 * Everything a play was begun with is in its first event and in its states: nothing has to be asked for again. */
#include "cmd/playing.h"

#include "front/po.h"
#include "report/doc.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

int playing_status(const struct play_config *config)
{
    int signal = 0;
    switch (play_run(config, &signal)) {
    case PLAY_ENDED: return STATUS_FINE;
    case PLAY_NO_FILE: return STATUS_NO_INPUT;
    case PLAY_BAD_DATA: return STATUS_DATA;
    case PLAY_USAGE: return STATUS_USAGE;
    case PLAY_NO_ENGINE: return STATUS_ENGINE;
    case PLAY_IO: return STATUS_IO;
    case PLAY_SIGNAL: return STATUS_SIGNAL + signal;
    }
    return STATUS_ENGINE;
}

/* ---- a kept conversation ---- */

/* The version of the same scenario that stands where SESSION's was found, where that is another one now; in A. */
static struct text newer_version(const struct kept_session *session, bool no_jail, struct arena *a)
{
    static const struct files_config hands = {.po_parse = po_pairs_parse};
    struct client_problems problems = {0};
    struct client_fault fault = {0};
    enum file_code code;
    struct text newer = {0};
    struct files *files = session->origin.len ? files_open(session->origin.at, &hands, &code) : NULL;
    if (!files)
        files = files_open(session->scenario.at, &hands, &code);
    struct client_config config = {.files = files, .watch = -1, .no_jail = no_jail};
    struct client *c = files ? client_open(&config) : NULL;
    if (c && client_load(c, &problems, &fault) == CLIENT_OK && problems.playable) {
        const struct client_scenario *s = client_scenario(c);
        if (text_eq(s->id, session->scenario) && !text_eq(s->digest, session->digest))
            newer = text_keep(a, s->version);
    }
    client_close(c);
    files_close(files);
    return newer;
}

/* What `rehearse play` would call the scenario: its name where the library has it, else where it was found. */
static const char *scenario_name(const struct kept_session *session, struct arena *a)
{
    enum file_code code;
    struct text origin = session->origin, end = TEXT("/scenario.xml");
    struct files *files = files_open(session->scenario.at, NULL, &code);
    bool known = files || !origin.len;
    files_close(files);
    if (known)
        return session->scenario.at;
    bool folder = origin.len > end.len && memcmp(origin.at + origin.len - end.len, end.at, end.len) == 0;
    return text_keep(a, text_from(origin.at, origin.len - (folder ? end.len : 0))).at;
}

static struct play_config config_of(const struct call *call, struct kept_play *p, const struct play_resume *resume,
                                    const char *role)
{
    struct text settings = p->settings;
    return (struct play_config){
        .scenario = scenario_name(&p->session, &p->arena),
        .mode = p->session.mode,
        .role = role,
        .lang = call_value(call, "lang") ? call->lang : kept_play_lang(p).at,
        .lang_asked = call_value(call, "lang") != NULL,
        .words = call->words,
        .seed = p->session.seed,
        .clock = text_has_word(settings, TEXT("clock")),
        .own_words = text_has_word(settings, TEXT("own-words=all")) ? OWN_WORDS_ALL : text_has_word(settings, TEXT("own-words=none")) ? OWN_WORDS_NONE : OWN_WORDS_THIRD,
        .page = call_value(call, "page"),
        .whole = call_value(call, "all") != NULL,
        .resume = resume,
        .plain = call_value(call, "plain") != NULL,
        .no_jail = call_value(call, "no-jail") != NULL,
    };
}

/* The day it was begun, here. */
static struct text day_of(int64_t ms, struct arena *a)
{
    char date[32] = "";
    time_t t = (time_t)(ms / 1000);
    struct tm tm;
    if (localtime_r(&t, &tm))
        strftime(date, sizeof date, "%Y-%m-%d", &tm);
    return text_keep(a, text_of(date));
}

int playing_kept(const struct call *call, struct keep *k, struct kept_play *p, enum play_what what, struct recorder *r)
{
    int status = STATUS_FINE;
    if (!kept_play_read(p, k, call, &status))
        return status;
    struct text roles = p->session.roles, role = {0};
    text_word(&roles, &role);
    struct play_resume resume = {.events = p->events, .files = p->files, .n_files = p->n_files, .draft = p->draft,
                                 .answers = p->answers, .n_answers = p->n_answers, .name = p->session.name, .plus = p->plus,
                                 .delta = p->delta, .sentence = p->sentence, .where = p->where,
                                 .date = day_of(p->session.started, &p->arena)};
    struct play_config config = config_of(call, p, &resume, text_keep(&p->arena, role).at);
    config.what = what;
    if (r) {
        config.keeper = recorder_keeper(r);
        resume.newer = newer_version(&p->session, config.no_jail, &p->arena);
    }
    if (what == PLAY_REPLAY) {
        config.lang = call_value(call, "lang") ? call->lang : p->session.lang.at; /* it changes where it changed then */
        config.stepwise = call_value(call, "step") != NULL;
        config.paced = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !call_value(call, "at-once");
    }
    return playing_status(&config);
}

/* Takes the right to write, so that no other window adds anything from here on. */
int playing_resume(const struct call *call, struct keep *k, struct kept_play *p)
{
    struct store_fault fault = {0};
    struct recorder_config config = {.store = k->store, .wait = &k->wait, .trainee = &k->trainee, .shared = p->session.shared};
    if (p->session.mode == WIRE_WORKSHOP)
        return call_fails(call, STATUS_USAGE, N_("“%1” was played by a room: rehearse workshop --resume"), p->session.name.at, NULL);
    struct recorder *r = recorder_resume(&config, &p->session, &fault);
    if (!r)
        return keep_fails(call, &fault);
    int status = playing_kept(call, k, p, PLAY_GO_ON, r);
    recorder_close(r);
    return status;
}

int playing_with_session(const struct call *call, bool unfinished, playing_fn *then)
{
    struct keep k;
    struct kept_play p = {0};
    int status = STATUS_FINE;
    const char *page = call_value(call, "page");
    if (page && !doc_named_well(page))
        return call_fails(call, STATUS_USAGE, N_("“%1” must end in .html, .md or .txt"), page, NULL);
    if (keep_open(&k, call, false, &status) &&
        kept_play_find(&p, &k, call, call->n ? call->operands[0] : NULL, unfinished, &status))
        status = then(call, &k, &p);
    kept_play_done(&p);
    keep_close(&k);
    return status;
}

/* ---- a new one ---- */

uint64_t playing_seed(void)
{
    uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = 1;
    return seed >> 2;
}

int playing_new(struct keep *k, struct play_config *config, struct text tags)
{
    struct recorder *r = recorder_open(&(struct recorder_config){.store = k->store, .wait = &k->wait, .trainee = &k->trainee,
                                                                 .tags = tags});
    config->keeper = recorder_keeper(r);
    int status = playing_status(config);
    recorder_close(r);
    return status;
}

/* test_replay.c -- whole plays of real scenarios: the same choices give the same bytes, and replaying them runs no
 * script. */
#include "unit.h"

#include "rehearse.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[640], file_name[1200];
static char *file_bytes;

static enum read_answer read_file(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    static const char *const before[] = {"", "/scenario.xml", "/local.xml", "scenarios/rubrics/", "scripts/", "/"};
    static const char *const after[] = {"", "", "", ".xml", ".lua", ""};
    (void)self;
    if (kind > FILE_SCRIPT_SRC)
        return READ_NONE;
    snprintf(file_name, sizeof file_name, "%s%s%.*s%s", kind == FILE_RUBRIC || kind == FILE_SCRIPT_USE ? "" : folder,
             before[kind], (int)name.len, name.at, after[kind]);
    FILE *f = fopen(file_name, "rb");
    if (!f)
        return READ_NONE;
    size_t n = fread(file_bytes, 1, 4 << 20, f);
    fclose(f);
    *out = (struct file_bytes){text_of(file_name), text_from(file_bytes, n)};
    return READ_OK;
}

/* ---- a scorer that must not be called ---- */

static bool no_test(void *self, struct step *p, code_id c, bool *value, struct err *err)
{
    (void)self, (void)p, (void)c, (void)value, (void)err;
    abort();
}

static bool no_run(void *self, struct step *p, code_id c, struct err *err)
{
    (void)self, (void)p, (void)c, (void)err;
    abort();
}

static bool no_hook(void *self, struct step *p, const char *hook, struct text arg, struct text *picked, struct err *err)
{
    (void)self, (void)p, (void)hook, (void)arg, (void)picked, (void)err;
    abort();
}

static void no_begin(void *self)
{
    (void)self;
    abort();
}

static const struct scorer aborts = {NULL, no_test, no_run, no_hook, no_begin};

/* ---- plays ---- */

static uint32_t dice(uint32_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 17;
    *s ^= *s << 5;
    return *s;
}

static void put_events(const struct session *se, uint32_t from, struct buf *out)
{
    for (uint32_t n = from; n < se->n_events; n++) {
        event_json(se, n, out);
        buf_char(out, '\n');
    }
}

static void put_outputs(const struct outputs *o, struct buf *out)
{
    for (uint32_t i = 0; i < o->n; i++) {
        const struct output *v = &o->v[i];
        buf_printf(out, "%d %u %u %d %u ", v->kind, v->who.i, v->option.i, v->value, v->n_points);
        buf_text(out, v->words);
        buf_char(out, '|');
        buf_text(out, v->manner);
        buf_char(out, '\n');
    }
}

struct rehearsal_kit {
    struct rehearse_scenario *scenario;
    struct session_params params;
    struct buf events, outputs;
    uint32_t choices;
};

/* What the screen offers now. */
struct offer {
    option_id options[27];
    uint32_t n, parts[8], n_parts;
    uint8_t form;
    bool ended, asked;
};

static void take_outputs(const struct outputs *o, uint32_t *dice_state, struct offer *f)
{
    bool filling = false, fresh = false;
    f->asked = false;
    for (uint32_t i = 0; i < o->n; i++) {
        const struct output *v = &o->v[i];
        f->ended |= v->kind == OUT_ENDED;
        if (v->kind == OUT_ASK) {
            f->n = f->n_parts = 0;
            f->form = v->form;
        }
        f->asked |= v->kind == OUT_ASK || v->kind == OUT_WROTE;
        if (v->kind == OUT_OPTION && f->n < 27)
            f->options[f->n++] = v->option;
        else if (v->kind == OUT_SLOT)
            filling = f->n_parts < 8 && (!v->value || dice(dice_state) % 2), fresh = true;
        else if (v->kind == OUT_PART && filling && (fresh || dice(dice_state) % 2)) {
            f->n_parts += fresh;
            f->parts[f->n_parts - 1] = v->ref;
            fresh = false;
        }
    }
}

static struct input next_input(struct offer *f, uint32_t *s)
{
    static const char *const own[] = {"They do not dare any more, thank you.", "他们不敢问了", "Let us see.", "grateful, later"};
    if (f->form == FORM_COMPOSE)
        return (struct input){.kind = IN_COMPOSE, .parts = f->parts, .n_parts = f->n_parts, .ms = dice(s) % 9000};
    if (f->form == FORM_ASK && dice(s) % 2)
        return (struct input){.kind = IN_WRITE, .text = text_of(own[dice(s) % 4])};
    return (struct input){.kind = IN_CHOOSE, .by = BY_TRAINEE, .option = f->options[dice(s) % f->n], .ms = dice(s) % 9000};
}

/* Plays with choices drawn from SEED, going back now and then; events and outputs are appended. */
static bool play(struct rehearsal_kit *kit, uint32_t seed)
{
    struct err err;
    uint32_t s = seed * 2654435761u + 1, shown = 0, offers[256], n_offers = 0;
    struct rehearse_session *p = rehearse_start(kit->scenario, &kit->params, &err);
    struct input in = {.kind = IN_BEGIN, .by = BY_TRAINEE};
    struct offer f = {0};
    assert_non_null(p);
    while (rehearse_step(p, &in, &err)) {
        const struct session *se = rehearse_session_of(p);
        const struct outputs *o = rehearse_show(p, shown);
        put_outputs(o, &kit->outputs);
        take_outputs(o, &s, &f);
        shown = se->n_events;
        if (!f.asked || kit->choices > 5000)
            break;
        offers[n_offers++ % 256] = se->offered;
        in = next_input(&f, &s);
        kit->choices++;
        if (dice(&s) % 9 == 0 && n_offers > 1 && n_offers < 60)
            in = (struct input){.kind = IN_REWIND, .to = offers[n_offers - 2]};
    }
    put_events(rehearse_session_of(p), 0, &kit->events);
    rehearse_end(p);
    return f.ended;
}

static void replay(const struct rehearsal_kit *kit)
{
    struct err err;
    struct arena scratch = {0};
    struct session_params params;
    struct buf again = {0};
    struct text line, rest = buf_view(&kit->events);
    struct text first = rest;
    assert_true(text_split(&first, '\n', &line));
    assert_true(session_params_parse(kit->scenario->model, line, &scratch, &params, &err));
    struct session *se = session_new(kit->scenario->model, &aborts, &params);
    while (text_split(&rest, '\n', &line))
        assert_true(session_replay(se, line, &err));
    put_events(se, 0, &again);
    assert_true(text_eq(buf_view(&again), buf_view(&kit->events)));
    struct outputs o = {0};
    session_present(se, 0, se->lang, &o);
    assert_true(o.n > 0);
    outputs_done(&o);
    session_free(se);
    arena_done(&scratch);
    buf_done(&again);
}

static void kit_reset(struct rehearsal_kit *kit)
{
    buf_reset(&kit->events);
    buf_reset(&kit->outputs);
    kit->choices = 0;
}

static void twice_and_replayed(const char *path, uint32_t plays)
{
    struct rehearsal_kit kit = {0}, other = {0};
    struct reader reader = {.read = read_file};
    snprintf(folder, sizeof folder, "%s", path);
    kit.scenario = rehearse_load(&reader, NULL);
    other.scenario = rehearse_load(&reader, NULL);
    assert_true(rehearse_playable(kit.scenario));
    uint32_t ended = 0;
    for (uint32_t role = 1; role <= kit.scenario->model->n_roles; role++) {
        if (!kit.scenario->model->roles[role].playable)
            continue;
        for (uint32_t i = 1; i <= plays; i++) {
            kit_reset(&kit);
            kit_reset(&other);
            kit.params = (struct session_params){.seed = i * 77, .roles = {{role}}, .n_roles = 1};
            other.params = kit.params;
            ended += play(&kit, i);
            play(&other, i);
            assert_true(text_eq(buf_view(&kit.events), buf_view(&other.events)));
            assert_true(text_eq(buf_view(&kit.outputs), buf_view(&other.outputs)));
            replay(&kit);
        }
    }
    assert_true(ended >= plays / 3); /* a step back to a road since left ends a play, too */
    buf_done(&kit.events), buf_done(&kit.outputs), buf_done(&other.events), buf_done(&other.outputs);
    rehearse_unload(kit.scenario);
    rehearse_unload(other.scenario);
}

static void play_all_in(const char *where)
{
    DIR *d = opendir(where);
    uint32_t played = 0;
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        char path[600];
        struct stat st;
        snprintf(path, sizeof path, "%s/%s/scenario.xml", where, e->d_name);
        if (e->d_name[0] == '.' || stat(path, &st) != 0)
            continue;
        *strrchr(path, '/') = '\0';
        twice_and_replayed(path, 60);
        played++;
    }
    closedir(d);
    assert_true(played > 0);
}

static void test_every_scenario(void **state)
{
    (void)state;
    play_all_in("scenarios");
    play_all_in("tests/run");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_scenario)};
    rehearse_warm();
    file_bytes = mem_new(4 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(file_bytes);
    return failed;
}

/* client_info.c -- what a scenario says about itself, read into one arena that the caller keeps. */
#include "wire/client_inside.h"

#include "base/words.h"

/* A new, zeroed element behind the N that are in V. */
#define info_add(r, v, n) ((v) = list_room((r)->a, (v), (n), sizeof *(v)), &(v)[(n)++])

static void scenario_part(struct client_info *info, struct reading *r, const struct json_value *v)
{
    info->id = read_name(r, v, "scenario", MUST_BE);
    info->version = read_text(r, v, "version", MUST_BE);
    info->lang = read_name(r, v, "lang", MUST_BE);
    info->title = read_runs(r, v, "title");
    info->summary = read_runs(r, v, "summary");
    info->objectives = read_runs_list(r, v, "objectives", &info->n_objectives);
    info->audience = read_runs(r, v, "audience");
    info->minutes = read_count(r, v, "minutes", MUST_BE);
    info->minutes_room = read_count(r, v, "minutes-room", MUST_BE);
    info->pass = (uint32_t)read_int(r, v, "pass", MAY_MISS, 0, 100);
    info->author = read_text(r, v, "author", MAY_MISS);
    info->licence = read_text(r, v, "licence", MAY_MISS);
    info->tags = read_runs_list(r, v, "tags", &info->n_tags);
    info->care = read_runs(r, v, "care");
    info->case_text = read_runs(r, v, "case");
    info->case_source = read_text(r, v, "case-source", MAY_MISS);
}

static void role_part(struct client_info *info, struct reading *r, const struct json_value *v)
{
    struct info_role *role = info_add(r, info->roles, info->n_roles);
    role->id = read_name(r, v, "role", MUST_BE);
    role->name = read_runs(r, v, "name");
    role->position = read_runs(r, v, "position");
    role->brief = read_runs(r, v, "brief");
    role->playable = read_bool(r, v, "playable");
    role->brief_at_start = read_bool(r, v, "brief-at-start");
    role->focus = read_names(r, v, "focus", &role->n_focus);
}

static void competency_part(struct client_info *info, struct reading *r, const struct json_value *v)
{
    struct info_competency *c = info_add(r, info->competencies, info->n_competencies);
    c->id = read_name(r, v, "competency", MUST_BE);
    c->title = read_runs(r, v, "title");
    c->summary = read_runs(r, v, "summary");
}

static void lesson_part(struct client_info *info, struct reading *r, const struct json_value *v)
{
    struct info_lesson *l = info_add(r, info->lessons, info->n_lessons);
    l->id = read_name(r, v, "lesson", MUST_BE);
    l->title = read_runs(r, v, "title");
    l->opens = read_name(r, v, "opens", MAY_MISS);
    l->paragraphs = read_runs_list(r, v, "paragraphs", &l->n_paragraphs);
}

static void survey_part(struct client_info *info, struct reading *r, const struct json_value *v)
{
    struct info_survey *s = info_add(r, info->surveys, info->n_surveys);
    s->id = read_name(r, v, "survey", MUST_BE);
    s->when = read_term(r, v, "when", MUST_BE, &survey_when_terms);
    s->kind = read_term(r, v, "kind", MAY_MISS, &survey_kind_terms);
    s->weeks = read_count(r, v, "weeks", MAY_MISS);
    s->steps = read_count(r, v, "steps", MAY_MISS);
    s->text = read_runs(r, v, "text");
    s->low = read_runs(r, v, "low");
    s->high = read_runs(r, v, "high");
    s->choices = read_runs_list(r, v, "choices", &s->n_choices);
}

static void question_part(struct client_info *info, struct reading *r, const struct json_value *v)
{
    *info_add(r, info->questions, info->n_questions) = read_runs(r, v, "question");
}

static void info_part(struct call *call, struct reading *r, const struct json_value *v)
{
    static const struct {
        const char *key;
        void (*read)(struct client_info *info, struct reading *r, const struct json_value *v);
    } rows[] = {
        {"scenario", scenario_part}, {"role", role_part},     {"competency", competency_part},
        {"lesson", lesson_part},     {"survey", survey_part}, {"question", question_part},
    };
    struct client_info *info = call->out;
    info->original |= read_bool(r, v, "original");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!json_find(v, rows[i].key))
            continue;
        rows[i].read(info, r, v);
        return;
    }
    r->bad = true;
}

static enum client_end info_once(struct client *c, struct text lang, struct client_info *out, struct client_fault *fault)
{
    *out = (struct client_info){0};
    struct json_out o = request_open(c, "info");
    if (lang.len > 0)
        json_put_text(&o, "lang", lang);
    struct call call = {.line = request_end(c, &o), .part = info_part, .out = out, .arena = &out->arena};
    enum client_end end = client_call(c, &call, fault);
    if (end == CLIENT_OK) {
        struct reading r = {.a = &out->arena};
        out->scenes = read_count(&r, call.done, "scenes", MUST_BE);
        out->decisions = read_count(&r, call.done, "decisions", MUST_BE);
        out->options = read_count(&r, call.done, "options", MUST_BE);
        if (r.bad || out->id.len == 0)
            end = client_nonsense(c, &call, fault);
    }
    if (end != CLIENT_OK)
        client_info_done(out);
    return end;
}

enum client_end client_info(struct client *c, struct text lang, struct client_info *out, struct client_fault *fault)
{
    enum client_end end = info_once(c, lang, out, fault);
    return client_died(end, fault) ? info_once(c, lang, out, fault) : end;
}

void client_info_done(struct client_info *info)
{
    arena_done(&info->arena);
    *info = (struct client_info){0};
}

struct text client_serving(const struct client_scenario *s, struct text tag)
{
    const struct words *w;
    struct text wanted = tag;
    if (words_find(tag, &w))
        wanted = text_of(words_tag(w)); /* zh_CN.UTF-8 is zh-CN */
    for (uint32_t i = 0; i < s->n_langs; i++)
        if (text_eq(s->langs[i], wanted) || text_eq(s->langs[i], tag))
            return s->langs[i];
    for (uint32_t i = 0; i < s->n_langs; i++) {
        struct text rest = s->langs[i], first, mine = wanted, primary;
        if (text_split(&rest, '-', &first) && text_split(&mine, '-', &primary) && text_eq(first, primary))
            return s->langs[i];
    }
    return (struct text){0};
}

/* server_info.c -- what a scenario says about itself, in one language: one line for it, then one for each role,
 * competency, lesson, survey item and question.  And every text of it, for translators. */
#include "wire/server_inside.h"

enum { LIST_MOST = 16, CHOICES_MOST = 64 };

/* A part about to be written: whether a translation was missing in it. */
struct info_part {
    struct server *sv;
    uint32_t lang;
    bool original;
};

static struct info_part info_open(struct server *sv, uint32_t lang)
{
    part_open(sv);
    return (struct info_part){sv, lang, false};
}

static void info_words(struct info_part *p, const char *key, words_id id)
{
    p->original |= put_words(p->sv, NULL, p->lang, key, id);
}

static void info_list(struct info_part *p, const char *key, const words_id *v, uint32_t n, uint32_t most)
{
    json_key(&p->sv->out, key);
    json_open_array(&p->sv->out);
    for (uint32_t i = 0; i < n && i < most; i++)
        info_words(p, NULL, v[i]);
    json_close_array(&p->sv->out);
}

static void info_send(struct info_part *p)
{
    if (p->original)
        json_put_bool(&p->sv->out, "original", true);
    part_send(p->sv);
}

static void put_if(struct json_out *o, const char *key, struct text t)
{
    if (t.len > 0)
        json_put_text(o, key, t);
}

static void scenario_send(struct server *sv, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    struct info_part p = info_open(sv, lang);
    struct json_out *o = &sv->out;
    put_name(sv, "scenario", s->id);
    json_put_text(o, "version", s->version);
    json_put_text(o, "lang", s->languages[lang].tag);
    info_words(&p, "title", s->title);
    info_words(&p, "summary", s->summary);
    info_list(&p, "objectives", s->objectives, s->n_objectives, LIST_MOST);
    info_words(&p, "audience", s->audience);
    json_put_int(o, "minutes", s->minutes);
    json_put_int(o, "minutes-room", s->minutes_room);
    if (s->pass > 0)
        json_put_int(o, "pass", s->pass);
    put_if(o, "author", s->author);
    put_if(o, "licence", s->licence);
    info_list(&p, "tags", s->tags, s->n_tags, LIST_MOST);
    info_words(&p, "care", s->care);
    info_words(&p, "case", s->case_text);
    put_if(o, "case-source", s->case_source);
    info_send(&p);
}

/* What is graded in the role's chair. */
static void focus_put(struct server *sv, const struct scenario *s, const struct role *r)
{
    if (!r->n_focus)
        return;
    json_key(&sv->out, "focus");
    json_open_array(&sv->out);
    for (uint32_t i = 0; i < r->n_focus; i++)
        json_str(&sv->out, scenario_name(s, s->rubric.comps[r->focus[i].comp.i].name));
    json_close_array(&sv->out);
}

static void roles_send(struct server *sv, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    for (uint32_t i = 1; i <= s->n_roles; i++) {
        struct info_part p = info_open(sv, lang);
        put_name(sv, "role", s->roles[i].name);
        info_words(&p, "name", s->roles[i].title);
        info_words(&p, "position", s->roles[i].position);
        info_words(&p, "brief", s->roles[i].brief);
        json_put_bool(&sv->out, "playable", s->roles[i].playable);
        json_put_bool(&sv->out, "brief-at-start", s->roles[i].brief_at_start);
        focus_put(sv, s, &s->roles[i]);
        info_send(&p);
    }
}

static void competencies_send(struct server *sv, uint32_t lang)
{
    const struct rubric *r = &sv->scenario->model->rubric;
    for (uint32_t i = 1; i <= r->n_comps; i++) {
        struct info_part p = info_open(sv, lang);
        put_name(sv, "competency", r->comps[i].name);
        info_words(&p, "title", r->comps[i].title);
        info_words(&p, "summary", r->comps[i].summary);
        info_send(&p);
    }
}

static void lessons_send(struct server *sv, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    for (uint32_t i = 1; i <= s->n_lessons; i++) {
        const struct lesson *l = &s->lessons[i];
        struct info_part p = info_open(sv, lang);
        put_name(sv, "lesson", l->name);
        info_words(&p, "title", l->title);
        if (l->opens.i)
            put_name(sv, "opens", s->scenes[l->opens.i].name);
        info_list(&p, "paragraphs", s->paragraphs + l->first_p, l->n_p, CHOICES_MOST);
        info_send(&p);
    }
}

static void survey_send(struct server *sv, uint32_t lang, const struct survey_item *item)
{
    static const enum wire_survey_when whens[] = {
        [SURVEY_BEFORE] = WIRE_BEFORE, [SURVEY_AFTER] = WIRE_AFTER, [SURVEY_WEEKS] = WIRE_WEEKS};
    static const enum wire_survey_kind kinds[] = {
        [SURVEY_SCALE] = WIRE_SCALE, [SURVEY_CHOICE] = WIRE_CHOICE, [SURVEY_TEXT] = WIRE_TEXT};
    const struct scenario *s = sv->scenario->model;
    struct info_part p = info_open(sv, lang);
    struct json_out *o = &sv->out;
    put_name(sv, "survey", item->name);
    put_term(sv, "when", &survey_when_terms, whens[item->when]);
    if (item->when == SURVEY_WEEKS)
        json_put_int(o, "weeks", item->weeks);
    put_term(sv, "kind", &survey_kind_terms, kinds[item->kind]);
    info_words(&p, "text", item->text);
    if (item->kind == SURVEY_SCALE)
        json_put_int(o, "steps", item->steps);
    info_words(&p, "low", item->low);
    info_words(&p, "high", item->high);
    if (item->kind == SURVEY_CHOICE)
        info_list(&p, "choices", s->paragraphs + item->first_choice, item->n_choices, CHOICES_MOST);
    info_send(&p);
}

static void questions_send(struct server *sv, uint32_t lang)
{
    const struct scenario *s = sv->scenario->model;
    for (uint32_t i = 0; i < s->n_questions; i++) {
        struct info_part p = info_open(sv, lang);
        info_words(&p, "question", s->questions[i]);
        info_send(&p);
    }
}

void serve_info(struct server *sv, const struct request *rq)
{
    const struct scenario *s;
    uint32_t lang;
    if (!request_model(sv, &s) || !request_lang(sv, rq, 0, &lang))
        return;
    scenario_send(sv, lang);
    roles_send(sv, lang);
    competencies_send(sv, lang);
    lessons_send(sv, lang);
    for (uint32_t i = 1; i <= s->n_surveys; i++)
        survey_send(sv, lang, &s->surveys[i]);
    questions_send(sv, lang);
    struct json_out *o = done_open(sv);
    json_put_int(o, "scenes", s->n_scenes);
    json_put_int(o, "decisions", s->n_decisions);
    json_put_int(o, "options", s->n_options);
    done_end(sv);
}

void serve_texts(struct server *sv, const struct request *rq)
{
    (void)rq;
    const struct scenario *s;
    uint32_t n = 0;
    if (!request_model(sv, &s))
        return;
    const struct po_text *v = scenario_po_texts(s, &sv->arena, &n);
    for (uint32_t i = 0; i < n; i++) {
        struct json_out *o = part_open(sv);
        struct where w = source_where(sv->scenario->sources, v[i].at);
        json_put_text(o, "ctx", v[i].ctx);
        json_put_text(o, "words", v[i].words);
        json_put_text(o, "file", w.name);
        json_put_int(o, "line", w.line);
        part_send(sv);
    }
    json_put_int(done_open(sv), "texts", n);
    done_end(sv);
}

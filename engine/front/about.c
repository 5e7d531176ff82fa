/* about.c -- a scenario's own words, taken from what the engine says of it, one language after the other. */
#include "front/about.h"

#include "base/words.h"
#include "front/phrase.h"

#include <string.h>

enum { CHOICES_MOST = 26 };

static void put(struct both *to, struct text tag, struct text t)
{
    struct both b = both_of(tag, t);
    to->en = b.en.len ? b.en : to->en;
    to->zh = b.zh.len ? b.zh : to->zh;
}

static void put_runs(struct about *a, struct both *to, struct text tag, struct runs r) { put(to, tag, phrase(&a->arena, r)); }
static void put_name(struct about *a, struct both *to, struct text tag, struct runs r) { put(to, tag, clean_runs(&a->arena, r)); }

static void put_list(struct about *a, struct both *to, struct text tag, const struct runs *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        put_runs(a, &to[i], tag, v[i]);
}

/* ---- places, made by the first language ---- */

static void make_lessons(struct about *a, const struct client_info *info)
{
    a->n_lessons = info->n_lessons;
    a->lessons = arena_array(&a->arena, struct about_lesson, a->n_lessons + 1);
    for (uint32_t i = 0; i < a->n_lessons; i++) {
        struct about_lesson *l = &a->lessons[i];
        l->id = text_keep(&a->arena, info->lessons[i].id);
        l->opens = text_keep(&a->arena, info->lessons[i].opens);
        l->n_paragraphs = info->lessons[i].n_paragraphs;
        l->paragraphs = arena_array(&a->arena, struct both, l->n_paragraphs + 1);
    }
}

static void make_roles(struct about *a, const struct client_info *info, struct text role)
{
    a->n_roles = info->n_roles;
    a->roles = arena_array(&a->arena, struct about_role, a->n_roles + 1);
    for (uint32_t i = 0; i < a->n_roles; i++) {
        a->roles[i] = (struct about_role){.id = text_keep(&a->arena, info->roles[i].id), .playable = info->roles[i].playable,
                                          .open = info->roles[i].brief_at_start};
        if (text_eq(info->roles[i].id, role))
            a->own = &a->roles[i];
    }
}

/* The item to warm up with: a choice, else a scale. */
static const struct info_survey *warm_up_of(const struct client_info *info)
{
    const struct info_survey *scale = NULL;
    for (uint32_t i = 0; i < info->n_surveys; i++) {
        const struct info_survey *s = &info->surveys[i];
        if (s->when != WIRE_BEFORE)
            continue;
        if (s->kind == WIRE_CHOICE && s->n_choices && s->n_choices <= CHOICES_MOST)
            return s;
        if (s->kind == WIRE_SCALE && s->steps > 1 && s->steps <= CHOICES_MOST && !scale)
            scale = s;
    }
    return scale;
}

static void make_warm_up(struct about *a, const struct client_info *info)
{
    static const char *const own[] = {N_("Yes, I have."), N_("Nearly: I let it be."), N_("No, not lately.")};
    const struct info_survey *s = warm_up_of(info);
    struct about_warm_up *w = &a->warm_up;
    w->n_choices = !s ? sizeof own / sizeof *own : s->kind == WIRE_CHOICE ? s->n_choices : s->steps;
    w->choices = arena_array(&a->arena, struct both, w->n_choices + 1);
    if (s)
        return;
    w->words = both_tr(N_("Have you had a hard conversation with a colleague this month?"));
    for (uint32_t i = 0; i < w->n_choices; i++)
        w->choices[i] = both_tr(own[i]);
}

static void make_after(struct about *a, const struct client_info *info)
{
    a->after = arena_array(&a->arena, struct about_item, info->n_surveys + 1);
    for (uint32_t i = 0; i < info->n_surveys; i++) {
        const struct info_survey *s = &info->surveys[i];
        if (s->when != WIRE_AFTER)
            continue;
        struct about_item *to = &a->after[a->n_after++];
        *to = (struct about_item){.id = text_keep(&a->arena, s->id), .kind = s->kind, .steps = s->steps, .n_choices = s->n_choices};
        to->choices = arena_array(&a->arena, struct both, s->n_choices + 1);
    }
}

static void make_places(struct about *a, const struct client_info *info, struct text role)
{
    a->n_objectives = info->n_objectives;
    a->objectives = arena_array(&a->arena, struct both, a->n_objectives + 1);
    a->n_questions = info->n_questions;
    a->questions = arena_array(&a->arena, struct both, a->n_questions + 1);
    a->minutes = info->minutes_room;
    make_roles(a, info, role);
    a->n_competencies = info->n_competencies;
    a->competencies = arena_array(&a->arena, struct about_competency, a->n_competencies + 1);
    for (uint32_t i = 0; i < a->n_competencies; i++)
        a->competencies[i].id = text_keep(&a->arena, info->competencies[i].id);
    make_lessons(a, info);
    make_warm_up(a, info);
    make_after(a, info);
}

/* ---- words, in each language ---- */

static void warm_up_words(struct about *a, const struct client_info *info, struct text tag)
{
    const struct info_survey *s = warm_up_of(info);
    struct about_warm_up *w = &a->warm_up;
    if (!s)
        return;
    put_runs(a, &w->words, tag, s->text);
    for (uint32_t i = 0; i < w->n_choices; i++) {
        struct buf b = {0};
        if (s->kind == WIRE_CHOICE) {
            put_runs(a, &w->choices[i], tag, s->choices[i]);
            continue;
        }
        struct text end = i == 0 ? clean_runs(&a->arena, s->low) : i + 1 == w->n_choices ? clean_runs(&a->arena, s->high) : TEXT("");
        buf_printf(&b, "%u%s", i + 1, end.len ? "  " : "");
        buf_text(&b, end);
        put(&w->choices[i], tag, text_keep(&a->arena, buf_view(&b)));
        buf_done(&b);
    }
}

static void after_words(struct about *a, const struct client_info *info, struct text tag)
{
    for (uint32_t i = 0, k = 0; i < info->n_surveys && k < a->n_after; i++) {
        const struct info_survey *s = &info->surveys[i];
        if (s->when != WIRE_AFTER)
            continue;
        struct about_item *to = &a->after[k++];
        put_name(a, &to->words, tag, s->text);
        put_name(a, &to->low, tag, s->low);
        put_name(a, &to->high, tag, s->high);
        for (uint32_t c = 0; c < to->n_choices; c++)
            put_name(a, &to->choices[c], tag, s->choices[c]);
    }
}

static void take_words(struct about *a, const struct client_info *info, struct text tag)
{
    put_name(a, &a->title, tag, info->title);
    put_runs(a, &a->summary, tag, info->summary);
    put_runs(a, &a->care, tag, info->care);
    put_runs(a, &a->case_text, tag, info->case_text);
    put_list(a, a->objectives, tag, info->objectives, a->n_objectives);
    put_list(a, a->questions, tag, info->questions, a->n_questions);
    for (uint32_t i = 0; i < a->n_roles; i++) {
        put_name(a, &a->roles[i].name, tag, info->roles[i].name);
        put_name(a, &a->roles[i].position, tag, info->roles[i].position);
        put_runs(a, &a->roles[i].brief, tag, info->roles[i].brief);
    }
    for (uint32_t i = 0; i < a->n_competencies; i++)
        put_name(a, &a->competencies[i].title, tag, info->competencies[i].title);
    for (uint32_t i = 0; i < a->n_lessons; i++) {
        put_name(a, &a->lessons[i].title, tag, info->lessons[i].title);
        put_list(a, a->lessons[i].paragraphs, tag, info->lessons[i].paragraphs, a->lessons[i].n_paragraphs);
    }
    warm_up_words(a, info, tag);
    after_words(a, info, tag);
}

/* Whether INFO has the places of what was taken before: another engine may answer anything. */
static bool is_same(const struct about *a, const struct client_info *info)
{
    const struct info_survey *s = warm_up_of(info);
    uint32_t choices = !s ? a->warm_up.n_choices : s->kind == WIRE_CHOICE ? s->n_choices : s->steps, k = 0;
    if (info->n_objectives != a->n_objectives || info->n_questions != a->n_questions || info->n_roles != a->n_roles ||
        info->n_lessons != a->n_lessons || info->n_competencies != a->n_competencies || choices != a->warm_up.n_choices)
        return false;
    for (uint32_t i = 0; i < a->n_lessons; i++)
        if (info->lessons[i].n_paragraphs != a->lessons[i].n_paragraphs)
            return false;
    for (uint32_t i = 0; i < info->n_surveys; i++)
        if (info->surveys[i].when == WIRE_AFTER && (k >= a->n_after || a->after[k++].n_choices != info->surveys[i].n_choices))
            return false;
    return k == a->n_after;
}

bool about_take(struct about *a, const struct client_info *info, struct text tag, struct text role)
{
    if (!a->roles)
        make_places(a, info, role);
    else if (!is_same(a, info))
        return false;
    take_words(a, info, tag);
    return true;
}

void about_done(struct about *a)
{
    arena_done(&a->arena);
    *a = (struct about){0};
}

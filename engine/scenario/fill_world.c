/* fill_world.c -- all of the model but the conversation: what the scenario says of itself, people, facts, lessons,
 * surveys, scripts. */
#include "scenario/build.h"

#include <stdio.h>
#include <stdlib.h>

static void report(struct builder *b, enum msg code, struct span at, struct text a1, struct text a2, struct text a3)
{
    errs_add(b->es, code, at, a1, a2, a3);
}

static const struct text none;

/* ---- info --------------------------------------------------------------------------------------------------------- */

static void fill_info(struct builder *b, uint32_t info)
{
    struct scenario *s = b->s;
    const struct doc *d = &b->doc;
    for (uint32_t e = info ? d->xml.elements[info].first_child : 0; e; e = d->xml.elements[e].next) {
        switch (d->kind[e]) {
        case EL_TITLE:
            s->title = build_words(b, d, e);
            break;
        case EL_SUMMARY:
            s->summary = build_words(b, d, e);
            break;
        case EL_OBJECTIVE:
            s->objectives[s->n_objectives++] = build_words(b, d, e);
            break;
        case EL_AUDIENCE:
            s->audience = build_words(b, d, e);
            break;
        case EL_DURATION:
            s->minutes = (uint16_t)attr_number(d, e, "minutes", 0);
            s->minutes_room = (uint16_t)attr_number(d, e, "minutes-room", 0);
            break;
        case EL_AUTHOR:
            s->author = build_plain(b, d, e);
            break;
        case EL_LICENCE:
            s->licence = build_plain(b, d, e);
            break;
        case EL_TAG:
            s->tags[s->n_tags++] = build_words(b, d, e);
            break;
        case EL_CARE:
            s->care = build_words(b, d, e);
            break;
        case EL_CASE:
            s->case_text = build_words(b, d, e);
            s->case_source = attr_text(d, e, "source");
            break;
        default:
            break;
        }
    }
}

/* ---- cast and settings -------------------------------------------------------------------------------------------- */

static void fill_role(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct role *r = &b->s->roles[b->id_of[e]];
    uint32_t brief = child_of(d, e, EL_BRIEF);
    r->playable = attr_is(d, e, "playable", "yes");
    r->title = build_words(b, d, child_of(d, e, EL_NAME));
    r->position = build_words(b, d, child_of(d, e, EL_POSITION));
    r->brief = build_words(b, d, brief);
    r->brief_at_start = brief && attr_is(d, brief, "reveal", "start");
}

/* local.xml says what an organisation calls its own things. */
static void fill_local(struct builder *b)
{
    const struct doc *d = &b->local_doc;
    for (uint32_t e = 1; d->kind && e <= d->xml.n_elements; e++) {
        if (d->kind[e] != EL_SETTING)
            continue;
        struct text id = attr_text(d, e, "id");
        uint32_t i = map_find(&b->settings, id);
        if (i)
            b->s->settings[i].is = build_attr_words(b, d, e, "is");
        else if (id.len)
            report_unknown(b, MSG_SETTING_UNKNOWN, attr_span(d, e, "id"), id, &b->settings);
    }
}

/* ---- facts -------------------------------------------------------------------------------------------------------- */

static void fill_one_of(struct builder *b, struct fact *f, uint32_t e)
{
    struct text values = attr_text(&b->doc, e, "values"), start = attr_text(&b->doc, e, "start"), word, rest = values;
    struct scenario *s = b->s;
    f->values = s->n_values;
    f->start = -1;
    for (f->to = -1; text_word(&rest, &word);) {
        f->to++;
        if (text_eq(word, start))
            f->start = f->to;
        s->values[s->n_values++] = build_name(b, word);
    }
    if (f->start < 0 && start.len && values.len)
        report(b, MSG_ONE_OF_START, attr_span(&b->doc, e, "start"), start, values, none);
    f->start = f->start < 0 ? 0 : f->start;
}

static void fill_fact(struct builder *b, uint32_t e)
{
    static const char shown[] = "never debrief always";
    const struct doc *d = &b->doc;
    struct fact *f = &b->s->facts[b->id_of[e]];
    f->label = build_attr_words(b, d, e, "label");
    f->shown = (uint8_t)(attr_find(d, e, "shown") ? word_index(shown, attr_text(d, e, "shown")) : SHOWN_NEVER);
    if (f->kind == FACT_ONE_OF) {
        fill_one_of(b, f, e);
        return;
    }
    if (f->kind == FACT_FLAG) {
        f->to = 1;
        f->start = attr_is(d, e, "start", "yes");
        return;
    }
    f->from = attr_number(d, e, "from", 0);
    f->to = attr_number(d, e, "to", f->from);
    f->start = attr_number(d, e, "start", f->from);
    if (f->from >= f->to || f->start < f->from || f->start > f->to)
        report(b, MSG_FACT_BOUNDS, element_span(d, e), attr_text(d, e, "id"), none, none);
}

/* ---- lessons and surveys ------------------------------------------------------------------------------------------ */

static void fill_lesson(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct lesson *l = &s->lessons[b->id_of[e]];
    l->title = build_attr_words(b, d, e, "title");
    l->first_p = s->n_paragraphs;
    if (!child_of(d, e, EL_P)) {
        s->paragraphs[s->n_paragraphs++] = build_words(b, d, e);
    } else {
        for (uint32_t p = child_of(d, e, EL_P); p; p = next_of(d, p))
            s->paragraphs[s->n_paragraphs++] = build_words(b, d, p);
    }
    l->n_p = s->n_paragraphs - l->first_p;
    struct text opens = attr_text(d, e, "opens");
    uint32_t place = map_find(&b->places, opens);
    if (place && (place - 1) % 2 == PLACE_SCENE)
        l->opens = (scene_id){(place - 1) >> 1};
    else if (opens.len)
        report_unknown(b, MSG_SCENE_UNKNOWN, attr_span(d, e, "opens"), opens, &b->places);
}

static void fill_survey(struct builder *b, uint32_t e)
{
    static const char kinds[] = "scale choice text";
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct text when = attr_text(d, e, "when");
    for (uint32_t k = child_of(d, e, EL_ITEM); k; k = next_of(d, k)) {
        struct survey_item *it = &s->surveys[++s->n_surveys];
        struct text id = attr_text(d, k, "id");
        long weeks = 0;
        it->name = id.len ? build_name(b, id) : (name_id){0};
        it->when = text_is(when, "before") ? SURVEY_BEFORE : text_is(when, "after") ? SURVEY_AFTER : SURVEY_WEEKS;
        if (it->when == SURVEY_WEEKS && when.len > 6 && text_int(text_from(when.at + 6, when.len - 6), 1, 52, &weeks))
            it->weeks = (uint16_t)weeks;
        it->kind = (uint8_t)(word_index(kinds, attr_text(d, k, "kind")) + 1);
        it->steps = (uint8_t)attr_number(d, k, "steps", 5);
        it->text = build_words(b, d, k);
        it->low = build_attr_words(b, d, k, "low");
        it->high = build_attr_words(b, d, k, "high");
        it->first_choice = s->n_paragraphs;
        for (uint32_t c = child_of(d, k, EL_CHOICE); c; c = next_of(d, c))
            s->paragraphs[s->n_paragraphs++] = build_words(b, d, c);
        it->n_choices = s->n_paragraphs - it->first_choice;
        if (it->kind == SURVEY_CHOICE && it->n_choices < 2)
            report(b, MSG_SURVEY_CHOICES, element_span(d, k), none, none, none);
    }
}

static void fill_debrief(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    s->pass = (int8_t)(e ? attr_number(d, e, "pass", -1) : -1);
    for (uint32_t q = e ? child_of(d, e, EL_QUESTION) : 0; q; q = next_of(d, q))
        s->questions[s->n_questions++] = build_words(b, d, q);
}

enum { SCRIPTS_MOST = 64 };

/* ---- scripts ------------------------------------------------------------------------------------------------------ */

enum msg read_message(enum read_answer answer, bool use)
{
    switch (answer) {
    case READ_NONE:
        return use ? MSG_USE_MISSING : MSG_FILE_MISSING;
    case READ_OUTSIDE:
        return MSG_FILE_OUTSIDE;
    case READ_NOT_FILE:
        return MSG_FILE_KIND;
    case READ_TOO_LARGE:
        return MSG_FILE_LARGE;
    default:
        return MSG_FILE_FAILED;
    }
}

bool build_read(struct builder *b, enum file_kind kind, struct text name, struct span at, uint32_t *file)
{
    struct file_bytes f = {0};
    enum read_answer answer = b->reader->read(b->reader->self, kind, name, &f);
    bool use = kind == FILE_RUBRIC || kind == FILE_SCRIPT_USE;
    if (answer == READ_OK && f.bytes.len > (kind == FILE_SCRIPT_USE || kind == FILE_SCRIPT_SRC ? b->s->limits.script_bytes
                                                                                                : b->s->limits.file_bytes))
        answer = READ_TOO_LARGE;
    if (answer != READ_OK) {
        struct text shown = name.len ? name : f.name.len ? f.name : TEXT("scenario.xml");
        report(b, read_message(answer, use), at, shown, kind == FILE_RUBRIC ? TEXT("rubric") : TEXT("script"), none);
        return false;
    }
    struct text bytes = text_keep(&b->s->arena, f.bytes);
    *file = sources_add(b->sources, f.name, bytes);
    digest_file(b, kind, name, bytes);
    return true;
}

/* Each may cost a question to the host and up to 64 KiB, so those that cannot be had count as well. */
static bool script_is_one_more(struct builder *b, uint32_t e)
{
    if (++b->n_scripts == SCRIPTS_MOST + 1)
        report(b, MSG_SCRIPTS_MANY, element_span(&b->doc, e), TEXT("64"), none, none);
    return b->n_scripts <= SCRIPTS_MOST;
}

static void fill_script(struct builder *b, uint32_t e)
{
    const struct doc *d = &b->doc;
    struct scenario *s = b->s;
    struct text use = attr_text(d, e, "use"), src = attr_text(d, e, "src");
    struct xml_range at;
    uint32_t problems = b->es->n;
    struct text inside = build_script(b, d, e, &at);
    if (b->es->n > problems)
        return;
    if ((use.len > 0) + (src.len > 0) + (text_trim(inside).len > 0) != 1) {
        report(b, MSG_SCRIPT_WHAT, element_span(d, e), none, none, none);
        return;
    }
    struct script sc = {.shared = use.len > 0, .name = use.len ? use : src};
    if ((src.len && !value_is_path(src)) || (use.len && !value_is_id(use)))
        return; /* has been reported */
    if (!script_is_one_more(b, e))
        return;
    if (use.len || src.len) {
        uint32_t file;
        struct span from = attr_span(d, e, use.len ? "use" : "src");
        if (!build_read(b, use.len ? FILE_SCRIPT_USE : FILE_SCRIPT_SRC, sc.name, from, &file))
            return;
        sc.bytes = b->sources->v[file].bytes;
        sc.at = (struct span){file, 0, (uint32_t)sc.bytes.len};
    } else {
        sc.name = TEXT("script");
        sc.bytes = inside;
        sc.at = (struct span){s->file, at.from, at.to};
    }
    array_room(s->scripts, s->n_scripts + 1, b->cap_scripts);
    s->scripts[0] = (struct script){0};
    s->scripts[++s->n_scripts] = sc;
}

/* ---- all ---------------------------------------------------------------------------------------------------------- */

void fill_world(struct builder *b)
{
    const struct doc *d = &b->doc;
    uint32_t rubric = child_of(d, 1, EL_RUBRIC_USE);
    if (rubric && attr_text(d, rubric, "use").len)
        rubric_load(b, attr_text(d, rubric, "use"), rubric);
    for (uint32_t e = child_of(d, 1, EL_SETTING); e; e = next_of(d, e))
        b->s->settings[b->id_of[e]].is = build_attr_words(b, d, e, "is");
    fill_local(b);
    fill_info(b, child_of(d, 1, EL_INFO));
    for (uint32_t e = 1; e <= d->xml.n_elements; e++) {
        switch (d->kind[e]) {
        case EL_ROLE:
            fill_role(b, e);
            break;
        case EL_GAUGE:
        case EL_FLAG:
        case EL_COUNTER:
        case EL_ONE_OF:
            fill_fact(b, e);
            break;
        case EL_LESSON:
            fill_lesson(b, e);
            break;
        case EL_SURVEY:
            fill_survey(b, e);
            break;
        case EL_SCRIPT:
            fill_script(b, e);
            break;
        default:
            break;
        }
    }
    focus_fill(b);
    fill_debrief(b, child_of(d, 1, EL_DEBRIEF));
}

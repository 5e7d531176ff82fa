/* portable_read.c -- lines of records read back.
 *
 * Each kind of line is a table of fields: what is not in the table, is of another type, out of range or missing is refused
 * by its name.  An event is not looked into here: its bytes are the truth, and only the engine can tell whether they are. */
#include "record/portable_read.h"

#include "base/json.h"

#include <stddef.h>
#include <string.h>

enum field_kind { FIELD_TEXT, FIELD_COUNT, FIELD_NUMBER, FIELD_SEED, FIELD_BOOL, FIELD_TERM };

struct field {
    const char *name;           /* NULL ends a table */
    enum field_kind kind;
    bool required;
    size_t to;                  /* in struct portable_line */
    size_t most;                /* bytes of a text; 0: TEXT_MOST */
    const struct terms *terms;
};

enum { TEXT_MOST = 4096, BODY_MOST = 1 << 20, FILE_MOST = 32 << 20 };
static const int64_t TIME_MOST = 253402300799999; /* the end of the year 9999 */

#define TO(member) offsetof(struct portable_line, member)

static const char *const need_names[] = {"", "file", "po"};
static const struct terms need_word_terms = {need_names, 2};


static const struct field head_fields[] = {{.name = "format", .kind = FIELD_NUMBER, .required = true, .to = TO(format)},
                                           {.name = "ends", .kind = FIELD_BOOL, .to = TO(ends)},
                                           {0}};
static const struct field version_fields[] = {
    {.name = "digest", .required = true, .to = TO(version.digest), .most = 64},
    {.name = "scenario", .required = true, .to = TO(version.scenario), .most = 64},
    {.name = "version", .required = true, .to = TO(version.version)},
    {.name = "lang", .required = true, .to = TO(version.lang), .most = 64},
    {0}};
static const struct field file_fields[] = {
    {.name = "version", .required = true, .to = TO(digest), .most = 64},
    {.name = "need", .kind = FIELD_TERM, .required = true, .to = TO(word_kind), .terms = &need_word_terms},
    {.name = "kind", .kind = FIELD_TERM, .required = true, .to = TO(file.need.kind), .terms = &need_terms},
    {.name = "name", .to = TO(file.need.name)},
    {.name = "lang", .to = TO(file.need.lang), .most = 64},
    {.name = "line", .required = true, .to = TO(file.line), .most = BODY_MOST},
    {.name = "text", .to = TO(file.bytes), .most = FILE_MOST},
    {.name = "base64", .to = TO(body), .most = FILE_MOST},
    {0}};
static const struct field trainee_fields[] = {
    {.name = "name", .required = true, .to = TO(trainee.name), .most = KEPT_NAME_BYTES},
    {.name = "department", .to = TO(trainee.department)},
    {.name = "role", .to = TO(trainee.role)},
    {.name = "tags", .to = TO(trainee.tags)},
    {.name = "asked", .kind = FIELD_BOOL, .to = TO(trainee.asked)},
    {.name = "since", .kind = FIELD_NUMBER, .required = true, .to = TO(trainee.since)},
    {0}};
static const struct field session_fields[] = {
    {.name = "name", .to = TO(session.name), .most = KEPT_SESSION_NAME},
    {.name = "trainee", .to = TO(session.trainee_name), .most = KEPT_NAME_BYTES},
    {.name = "digest", .required = true, .to = TO(session.digest), .most = 64},
    {.name = "origin", .to = TO(session.origin)},
    {.name = "roles", .required = true, .to = TO(session.roles)},
    {.name = "mode", .kind = FIELD_TERM, .required = true, .to = TO(session.mode), .terms = &mode_terms},
    {.name = "lang", .required = true, .to = TO(session.lang), .most = 64},
    {.name = "seed", .kind = FIELD_SEED, .required = true, .to = TO(session.seed)},
    {.name = "started", .kind = FIELD_NUMBER, .required = true, .to = TO(session.started)},
    {.name = "before", .kind = FIELD_COUNT, .to = TO(session.before)},
    {.name = "shared", .kind = FIELD_BOOL, .to = TO(session.shared)},
    {.name = "tags", .to = TO(session.tags)},
    {.name = "events", .kind = FIELD_COUNT, .to = TO(session.events)},
    {0}};
static const struct field state_fields[] = {
    {.name = "kind", .required = true, .to = TO(state), .most = 64},
    {.name = "body", .required = true, .to = TO(body), .most = BODY_MOST},
    {0}};
static const struct field words_fields[] = {
    {.name = "kind", .kind = FIELD_TERM, .required = true, .to = TO(word_kind), .terms = &portable_word_terms},
    {.name = "voter", .kind = FIELD_COUNT, .to = TO(voter)},
    {.name = "at", .kind = FIELD_NUMBER, .required = true, .to = TO(at)},
    {.name = "text", .required = true, .to = TO(words), .most = BODY_MOST},
    {0}};
static const struct field answer_fields[] = {
    {.name = "item", .required = true, .to = TO(answer.item), .most = 64},
    {.name = "when", .kind = FIELD_TERM, .required = true, .to = TO(answer.when), .terms = &survey_when_terms},
    {.name = "voter", .kind = FIELD_COUNT, .to = TO(answer.voter)},
    {.name = "at", .kind = FIELD_NUMBER, .required = true, .to = TO(answer.at)},
    {.name = "value", .kind = FIELD_COUNT, .to = TO(answer.value)},
    {.name = "text", .to = TO(answer.text), .most = BODY_MOST},
    {0}};
static const struct field voter_fields[] = {
    {.name = "voter", .kind = FIELD_COUNT, .required = true, .to = TO(in_room.voter)},
    {.name = "nick", .to = TO(in_room.nick), .most = KEPT_NAME_BYTES},
    {.name = "lang", .to = TO(in_room.lang), .most = 64},
    {.name = "joined", .kind = FIELD_NUMBER, .required = true, .to = TO(in_room.joined)},
    {0}};
static const struct field round_fields[] = {
    {.name = "round", .kind = FIELD_COUNT, .required = true, .to = TO(round.round)},
    {.name = "offered", .kind = FIELD_COUNT, .required = true, .to = TO(round.offered)},
    {.name = "decision", .required = true, .to = TO(round.decision), .most = 64},
    {.name = "vote", .kind = FIELD_COUNT, .required = true, .to = TO(round.vote)},
    {.name = "heads", .kind = FIELD_COUNT, .to = TO(round.heads)},
    {.name = "opened", .kind = FIELD_NUMBER, .required = true, .to = TO(round.opened)},
    {.name = "closed", .kind = FIELD_NUMBER, .to = TO(round.closed)},
    {.name = "decided", .to = TO(round.decided), .most = 256},
    {.name = "how", .to = TO(round.how), .most = 64},
    {0}};
static const struct field vote_fields[] = {
    {.name = "round", .kind = FIELD_COUNT, .required = true, .to = TO(vote.round)},
    {.name = "voter", .kind = FIELD_COUNT, .required = true, .to = TO(vote.voter)},
    {.name = "option", .required = true, .to = TO(vote.option), .most = 256},
    {.name = "at", .kind = FIELD_NUMBER, .required = true, .to = TO(vote.at)},
    {0}};
static const struct field hands_fields[] = {
    {.name = "round", .kind = FIELD_COUNT, .required = true, .to = TO(hands.round)},
    {.name = "option", .required = true, .to = TO(hands.option), .most = 256},
    {.name = "hands", .kind = FIELD_COUNT, .required = true, .to = TO(hands.hands)},
    {.name = "at", .kind = FIELD_NUMBER, .required = true, .to = TO(hands.at)},
    {0}};

static const struct field end_fields[] = {{.name = "sessions", .kind = FIELD_COUNT, .required = true, .to = TO(sessions)}, {0}};

static const struct {
    const char *key;
    enum portable_kind kind;
    const struct field *fields;
} kinds[] = {{"version", PORTABLE_VERSION, version_fields}, {"file", PORTABLE_FILE, file_fields},
             {"trainee", PORTABLE_TRAINEE, trainee_fields}, {"session", PORTABLE_SESSION, session_fields},
             {"state", PORTABLE_STATE, state_fields},       {"words", PORTABLE_WORDS, words_fields},
             {"answer", PORTABLE_ANSWER, answer_fields},    {"voter", PORTABLE_VOTER, voter_fields},
             {"round", PORTABLE_ROUND, round_fields},       {"vote", PORTABLE_VOTE, vote_fields},
             {"hands", PORTABLE_HANDS, hands_fields},       {"end", PORTABLE_END, end_fields}};

static bool flawed(struct portable_flaw *flaw, const char *form, struct text field)
{
    *flaw = (struct portable_flaw){form, field};
    return false;
}

/* ---- fields ---- */

static bool put_number(const struct field *f, const struct json_value *v, void *to)
{
    int64_t most = f->kind == FIELD_NUMBER ? TIME_MOST : f->kind == FIELD_SEED ? INT64_MAX : INT32_MAX;
    if (v->kind != JSON_IS_INT || v->number < 0 || v->number > most)
        return false;
    if (f->kind == FIELD_COUNT)
        *(uint32_t *)to = (uint32_t)v->number;
    else if (f->kind == FIELD_NUMBER)
        *(int64_t *)to = v->number;
    else
        *(uint64_t *)to = (uint64_t)v->number;
    return true;
}

static bool put_field(const struct field *f, const struct json_value *v, struct portable_line *out)
{
    void *to = (char *)out + f->to;
    struct text t = json_text(v);
    switch (f->kind) {
    case FIELD_TEXT:
        *(struct text *)to = t;
        return v->kind == JSON_IS_TEXT && t.len <= (f->most ? f->most : TEXT_MOST) && (t.len || !f->required);
    case FIELD_TERM:
        *(uint32_t *)to = term_find(f->terms, t);
        return t.len && *(uint32_t *)to;
    case FIELD_BOOL:
        *(bool *)to = v->kind == JSON_IS_BOOL && v->truth;
        return v->kind == JSON_IS_BOOL;
    case FIELD_COUNT:
    case FIELD_NUMBER:
    case FIELD_SEED: break;
    }
    return put_number(f, v, to);
}

static const struct field *field_find(const struct field *fields, struct text name)
{
    for (; fields->name; fields++)
        if (text_is(name, fields->name))
            return fields;
    return NULL;
}

static bool read_fields(const struct field *fields, const struct json_value *v, const char *but, struct portable_line *out,
                        struct portable_flaw *flaw)
{
    for (uint32_t i = 0; i < v->n; i++) {
        const struct json_value *member = &v->items[i];
        const struct field *f = field_find(fields, member->key);
        if (!f && but && text_is(member->key, but))
            continue;
        if (!f)
            return flawed(flaw, N_("nothing here is called “%1”"), member->key);
        if (!put_field(f, member, out))
            return flawed(flaw, N_("“%1” is not what it has to be"), member->key);
    }
    for (const struct field *f = fields; f->name; f++)
        if (f->required && !json_find(v, f->name))
            return flawed(flaw, N_("“%1” is missing"), text_of(f->name));
    return true;
}

/* ---- what no table says ---- */

static bool read_titles(struct arena *a, const struct json_value *v, struct portable_line *out, struct portable_flaw *flaw)
{
    const struct json_value *list = json_get_array(v, "titles");
    if (!list)
        return flawed(flaw, N_("“%1” is missing"), TEXT("titles"));
    out->titles = arena_array(a, struct kept_title, list->n + 1);
    for (uint32_t i = 0; i < list->n; i++) {
        struct kept_title *t = &out->titles[out->n_titles++];
        if (list->items[i].n != 2 || !json_get_text(&list->items[i], "lang", &t->lang) ||
            !json_get_text(&list->items[i], "title", &t->title))
            return flawed(flaw, N_("“%1” is not what it has to be"), TEXT("titles"));
    }
    return true;
}

static int letter_of(char c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? (int)(at - letters) : -1;
}

/* False where T is no base64 by the rules (RFC 4648, padded). */
static bool read_base64(struct arena *a, struct text t, struct text *out)
{
    char *to = arena_push(a, t.len / 4 * 3 + 4);
    size_t n = 0, padding = 0;
    while (padding < 2 && padding < t.len && t.at[t.len - 1 - padding] == '=')
        padding++;
    if (t.len % 4)
        return false;
    for (size_t i = 0; i < t.len; i += 4) {
        uint32_t bits = 0;
        for (size_t k = 0; k < 4; k++) {
            int letter = i + k < t.len - padding ? letter_of(t.at[i + k]) : 0;
            if (letter < 0)
                return false;
            bits = bits << 6 | (uint32_t)letter;
        }
        for (int k = 0; k < 3; k++)
            to[n++] = (char)(bits >> (16 - 8 * k) & 255);
    }
    *out = text_from(to, n - padding);
    return true;
}

static bool finish_file(struct arena *a, struct portable_line *out, struct portable_flaw *flaw)
{
    out->file.need.po = out->word_kind == 2;
    if (!out->body.len)
        return true;
    return (!out->file.bytes.len && read_base64(a, out->body, &out->file.bytes)) ||
           flawed(flaw, N_("“%1” is not what it has to be"), TEXT("base64"));
}

/* {"at":1795600000000,"event":{…}} -- spelled just so, because the event is taken from it as it stands. */
static bool read_event(struct text line, const struct json_value *v, struct portable_line *out, struct portable_flaw *flaw)
{
    static const char before[] = "{\"at\":", between[] = ",\"event\":";
    static const struct field fields[] = {{.name = "at", .kind = FIELD_NUMBER, .required = true, .to = TO(at)}, {0}};
    char digits[24];
    out->kind = PORTABLE_EVENT;
    if (!read_fields(fields, v, "event", out, flaw))
        return false;
    int n = snprintf(digits, sizeof digits, "%lld", (long long)out->at);
    size_t head = sizeof before - 1 + (size_t)n + sizeof between - 1;
    struct buf wanted = {0};
    buf_printf(&wanted, "%s%s%s", before, digits, between);
    bool fits = json_get_object(v, "event") && line.len > head + 1 && memcmp(line.at, wanted.at, head) == 0 && line.at[line.len - 1] == '}';
    buf_done(&wanted);
    if (!fits)
        return flawed(flaw, N_("“%1” is not what it has to be"), TEXT("event"));
    out->event = text_from(line.at + head, line.len - head - 1);
    return true;
}

static bool read_head(const struct json_value *v, struct portable_line *out, struct portable_flaw *flaw)
{
    out->kind = PORTABLE_HEAD;
    if (!text_is(json_text(json_find(v, "rehearse")), "records"))
        return flawed(flaw, N_("these are no records of Rehearse"), (struct text){0});
    return read_fields(head_fields, v, "rehearse", out, flaw);
}

bool portable_read(struct arena *a, struct text line, struct portable_line *out, struct portable_flaw *flaw)
{
    const struct json_value *v = json_parse(a, line);
    *out = (struct portable_line){0};
    if (!v || v->kind != JSON_IS_OBJECT)
        return flawed(flaw, N_("this is no JSON object on a line of its own"), (struct text){0});
    if (json_find(v, "rehearse"))
        return read_head(v, out, flaw);
    if (json_find(v, "event"))
        return read_event(line, v, out, flaw);
    for (size_t i = 0; v->n == 1 && i < sizeof kinds / sizeof *kinds; i++) {
        const struct json_value *fields = json_get_object(v, kinds[i].key);
        if (!fields)
            continue;
        out->kind = kinds[i].kind;
        return read_fields(kinds[i].fields, fields, out->kind == PORTABLE_VERSION ? "titles" : NULL, out, flaw) &&
               (out->kind != PORTABLE_VERSION || read_titles(a, fields, out, flaw)) &&
               (out->kind != PORTABLE_FILE || finish_file(a, out, flaw));
    }
    return flawed(flaw, N_("no line of records is called “%1”"), v->n ? v->items[0].key : (struct text){0});
}

/* fuzz_load.c -- a stranger's files: "scenario NUL local NUL rubric NUL script NUL translation", each any bytes.
 *
 * Loaded and checked by all of the core.  An empty rubric is a small sound one, so that what hangs on competencies and
 * moves is reached; the translation is lines of context, source and words with tabs between, `!` for fuzzy.  Nothing
 * crashes, every place lies in its file, loading twice says the same, and what has no errors can be played. */
#include "base/message.h"
#include "rehearse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 5, ENTRIES = 200, ANSWERS = 50 };

static const char rubric[] =
    "<rubric xmlns=\"urn:rehearse:scenario:1\" id=\"tiny\" version=\"1\" xml:lang=\"en\">"
    "<level number=\"1\" cut=\"0\"><name>1</name></level><level number=\"2\" cut=\"15\"><name>2</name></level>"
    "<level number=\"3\" cut=\"40\"><name>3</name></level><level number=\"4\" cut=\"65\"><name>4</name></level>"
    "<level number=\"5\" cut=\"85\"><name>5</name></level>"
    "<competency id=\"listening\"><name>l</name></competency><competency id=\"conflict\"><name>c</name></competency>"
    "<move id=\"listen:reflect-feeling\" competency=\"listening\" points=\"2\"><name>r</name></move>"
    "<move id=\"listen:clarify\" competency=\"listening\" points=\"1\"><name>c</name></move>"
    "<move id=\"listen:notice-cue\" competency=\"listening\" points=\"1..2\"><name>n</name></move>"
    "<move id=\"listen:defend\" competency=\"listening\" points=\"-1\" kind=\"flaw\"><name>d</name></move>"
    "<move id=\"mode:avoiding\" competency=\"conflict\" points=\"-2..2\" apt=\"heated\" costly=\"urgent\"><name>a</name></move>"
    "</rubric>";

struct world {
    struct text part[PARTS];
    struct po_entry entries[ENTRIES];
};

static enum read_answer world_read(void *self, enum file_kind kind, struct text name, struct file_bytes *out)
{
    const struct world *w = self;
    (void)name;
    switch (kind) {
    case FILE_SCENARIO:
        *out = (struct file_bytes){TEXT("scenario.xml"), w->part[0]};
        return READ_OK;
    case FILE_LOCAL:
        *out = (struct file_bytes){TEXT("local.xml"), w->part[1]};
        return w->part[1].len ? READ_OK : READ_NONE;
    case FILE_RUBRIC:
        *out = (struct file_bytes){TEXT("rubric.xml"), w->part[2].len ? w->part[2] : text_of(rubric)};
        return READ_OK;
    case FILE_SCRIPT_USE:
    case FILE_SCRIPT_SRC:
        *out = (struct file_bytes){TEXT("script.lua"), w->part[3]};
        return READ_OK;
    case FILE_PO:
        break;
    }
    return READ_FAILED;
}

static enum read_answer world_read_po(void *self, enum file_kind owner, struct text use, struct text lang, struct text *name,
                                      const struct po_entry **v, uint32_t *n)
{
    struct world *w = self;
    struct text rest = w->part[4], line;
    (void)owner, (void)use, (void)lang;
    *name = TEXT("xx.po");
    *v = w->entries;
    for (*n = 0; *n < ENTRIES && text_split(&rest, '\n', &line); ++*n) {
        struct po_entry *e = &w->entries[*n];
        *e = (struct po_entry){.line = *n * 3, .fuzzy = text_starts(line, "!")};
        text_split(&line, '\t', &e->ctx);
        text_split(&line, '\t', &e->id);
        e->str = line;
    }
    return READ_OK;
}

/* All that was found, as people read it. */
static void write_problems(struct rehearse_scenario *r, struct buf *out)
{
    struct message_look look = {.width = 80};
    for (uint32_t i = 0; i < r->problems.n; i++) {
        const struct err *e = &r->problems.v[i];
        if (e->at.file > r->sources->n || e->at.from > e->at.to ||
            (e->at.file && e->at.to > r->sources->v[e->at.file].bytes.len)) {
            fprintf(stderr, "%s has no place: file %u, %u to %u\n", msg_name(e->code), e->at.file, e->at.from, e->at.to);
            abort();
        }
        struct message m = message_of(e, r->sources);
        message_show(&m, &look, out);
    }
}

/* Takes the first option offered until the play ends or has been long enough. */
static void play(struct rehearse_scenario *r)
{
    struct err err = {0};
    struct rehearse_session *p = rehearse_start(r, &(struct session_params){.seed = 7}, &err);
    if (!p || !rehearse_step(p, &(struct input){.kind = IN_BEGIN}, &err))
        abort();
    for (int i = 0; i < ANSWERS; i++) {
        const struct session *se = rehearse_session_of(p);
        rehearse_show(p, 0);
        if (!se->offered)
            break;
        const struct event *e = session_event(se, se->offered);
        const struct item *it = event_items(e);
        while (it->kind != ITEM_OPTION)
            it++;
        struct input in = {.kind = IN_CHOOSE, .by = BY_TRAINEE, .option = {it->ref}};
        if (!rehearse_step(p, &in, &err))
            break; /* too long to go on */
    }
    rehearse_end(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static bool warm;
    static struct world w;
    if (!warm)
        rehearse_warm();
    warm = true;
    w = (struct world){0};
    struct text rest = text_from((const char *)bytes, n), lang = TEXT("xx");
    for (int i = 0; i < PARTS && text_split(&rest, '\0', &w.part[i]); i++)
        ;
    struct limits limits = LIMITS_DEFAULT;
    limits.script_steps = 20000;
    limits.script_memory = 1u << 20;
    struct reader reader = {.self = &w, .read = world_read, .read_po = world_read_po, .langs = &lang,
                            .n_langs = w.part[4].len > 0, .contexts = true};
    struct buf first = {0}, second = {0};
    struct rehearse_scenario *r = rehearse_load(&reader, &limits);
    write_problems(r, &first);
    if (rehearse_playable(r))
        play(r);
    rehearse_unload(r);
    r = rehearse_load(&reader, &limits);
    write_problems(r, &second);
    rehearse_unload(r);
    if (!text_eq(buf_view(&first), buf_view(&second)))
        abort();
    buf_done(&first);
    buf_done(&second);
    return 0;
}

/* recording.c -- writes a rehearsal run.
 *
 * Options by name, so that the run outlives a change of order or words. */
#include "front/recording.h"

#include "wire/put.h"

static void put(struct recording *r, const char *what, struct text value)
{
    buf_str(&r->run, what);
    buf_text(&r->run, value);
}

void recording_begin(struct recording *r, const struct client_scenario *s, const struct client_params *params)
{
    r->on = true;
    put(r, "scenario: ", s->id);
    buf_printf(&r->run, "   seed: %llu", (unsigned long long)params->seed);
    put(r, "   lang: ", params->lang);
    if (params->n_roles)
        put(r, "   role: ", params->roles[0]);
    if (params->mode == WIRE_CHECK_IN)
        buf_str(&r->run, "   mode: check-in");
    buf_char(&r->run, '\n');
}

/* In one line, whatever was typed. */
static void put_line(struct recording *r, const char *what, struct text typed)
{
    buf_str(&r->run, what);
    for (size_t i = 0; i < typed.len; i++)
        buf_char(&r->run, (unsigned char)typed.at[i] < ' ' ? ' ' : typed.at[i]);
}

static void put_input(struct recording *r, const struct client_input *in)
{
    switch (in->kind) {
    case WIRE_BEGIN: put(r, "> start", (struct text){0}); break;
    case WIRE_CHOOSE: put(r, "> ", in->option); break;
    case WIRE_NO_ANSWER: put(r, "> :silence", (struct text){0}); break;
    case WIRE_REWIND: put(r, "> :back", (struct text){0}); break;
    case WIRE_NOTE: put_line(r, "> :note ", in->text); break;
    case WIRE_LANGUAGE: put(r, "> :lang ", in->lang); break;
    case WIRE_WRITE: put_line(r, "> write: ", in->text); break;
    case WIRE_COMPOSE:
        buf_str(&r->run, "> compose:");
        for (uint32_t i = 0; i < in->n_parts; i++)
            put(r, " ", in->parts[i]);
        break;
    case WIRE_INPUTS: return;
    }
    buf_char(&r->run, '\n');
}

void recording_step(struct recording *r, const struct client_input *in, const struct client_answer *answer)
{
    if (!r->on)
        return;
    put_input(r, in);
    for (uint32_t i = 0; i < answer->n; i++) {
        const struct client_output *o = &answer->v[i];
        for (uint32_t k = 0; o->kind == WIRE_OUT_COMMENT && !o->again && k < o->n_points; k++) {
            put(r, "", o->points[k].competency);
            buf_printf(&r->run, " %+d\n", o->points[k].points);
        }
        if (o->kind == WIRE_OUT_ENDED) {
            put(r, "ending: ", o->id);
            buf_char(&r->run, '\n');
        }
    }
}

int recording_save(const struct recording *r, const char *path) { return put_new(path, buf_view(&r->run), 0666); }

void recording_done(struct recording *r)
{
    buf_done(&r->run);
    r->on = false;
}

/* event_row.c -- an event's line taken apart into what SQL may ask about.  The line itself stays as it is. */
#include "record/store_inside.h"

#include "base/json.h"

bool event_row(struct arena *a, struct text line, struct kept_event *out)
{
    const struct json_value *v = json_parse(a, line);
    int64_t n, ms = 0;
    *out = (struct kept_event){.body = line};
    if (!v || !json_get_int(v, "n", 0, UINT32_MAX, &n) || !json_get_text(v, "e", &out->kind))
        return false;
    out->n = (uint32_t)n;
    json_get_int(v, "ms", 0, UINT32_MAX, &ms);
    out->ms = (uint32_t)ms;
    if (!json_get_text(v, "scene", &out->place))
        json_get_text(v, "ending", &out->place);
    json_get_text(v, "decision", &out->decision);
    json_get_text(v, "option", &out->option);
    json_get_text(v, "by", &out->by);
    json_get_bool(v, "again", &out->again);
    json_get_bool(v, "self", &out->self);
    return true;
}

/* schema.h -- what is written from the format's table: the schema for editors, the reference for people.
 *
 * The functions themselves are declared in rehearse.h, which this floor may not include. */
#ifndef SCENARIO_SCHEMA_H
#define SCENARIO_SCHEMA_H

#include "scenario/table.h"

/* No fact may be called so. */
#define SCHEMA_LUA_WORDS                                                                                               \
    "and break do else elseif end false for function goto if in local nil not or repeat return then true until while"

/* RELAX NG, XML syntax. */
void rehearse_schema(struct buf *out);
/* The element reference of docs/format.md. */
void rehearse_format_doc(struct buf *out);

/* The name of an element's row where names are not unique: "rubric-use" for the <rubric> inside a scenario. */
void schema_name(enum element e, struct buf *out);

#endif

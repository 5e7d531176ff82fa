/* schema.h -- the tables of a store, as the steps that made them.
 *
 * A store says which version it has; steps beyond it are taken in one transaction when it is opened.  A step that was
 * ever released is never changed: what is new is a step of its own. */
#ifndef RECORD_SCHEMA_H
#define RECORD_SCHEMA_H

#include "record/sql.h"

/* Step N makes version N + 1 of version N.  %1 stands for the driver's `key`, %2 for its `tail`. */
struct schema_step {
    const char *const *statements; /* ends in NULL */
};

struct schema {
    const struct schema_step *steps;
    uint32_t n;
};

extern const struct schema store_schema;

/* Brings DB to the newest version of SCHEMA; STORE_NEWER where it is beyond. */
bool schema_apply(const struct sql_driver *sql, void *db, const struct schema *schema, struct store_fault *f);

#endif

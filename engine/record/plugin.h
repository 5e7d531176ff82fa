/* plugin.h -- finding and opening the plug-in that speaks to PostgreSQL. */
#ifndef RECORD_PLUGIN_H
#define RECORD_PLUGIN_H

#include "record/sql.h"

/* PATH, or where it is installed when NULL; *HANDLE for plugin_close.  False with STORE_NO_DRIVER. */
bool plugin_open(const char *path, void **handle, const struct sql_driver **sql, struct store_fault *f);
void plugin_close(void *handle);

#endif

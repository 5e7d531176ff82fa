/* plugin.c -- rehearse-postgres.so, where the engine is, too.
 *
 * Never by a search path or the environment: what is opened runs with every right of the user. */
#include "record/plugin.h"

#include "wire/engine_find.h"

#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

bool plugin_open(const char *given, void **handle, const struct sql_driver **sql, struct store_fault *f)
{
    struct buf path = {0};
    bool there = true;
    if (given)
        buf_add(&path, given, strlen(given) + 1);
    else
        there = engine_part("rehearse-postgres.so", R_OK, &path);
    void *so = there ? dlopen(path.at, RTLD_NOW | RTLD_LOCAL) : NULL;
    const char *why = so ? "" : there ? dlerror() : path.at;
    void *symbol = so ? dlsym(so, "rehearse_sql_driver") : NULL;
    sql_plugin_fn *driver = NULL;
    memcpy(&driver, &symbol, sizeof driver); /* C has no cast from data to function */
    bool ok = driver && driver()->abi == SQL_ABI;
    if (ok)
        *handle = so, *sql = driver();
    else if (so)
        dlclose(so);
    if (!ok)
        store_fault_place(f, why ? why : ""), store_fails(f, STORE_NO_DRIVER, why ? why : "");
    buf_done(&path);
    return ok;
}

void plugin_close(void *handle)
{
    if (handle)
        dlclose(handle);
}

/* store.c -- opening a store, and opening it again after a fault.
 *
 * The name decides: postgresql:// opens the plug-in, anything else is a file.  A damaged file that was ours is moved aside
 * before a new one is begun; nothing is ever written into it again.  Knows no tables. */
#include "record/store_inside.h"

#include "record/plugin.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool just_wait(void *self, int fd, bool to_write, int ms)
{
    struct pollfd p = {.fd = fd, .events = to_write ? POLLOUT : POLLIN};
    (void)self;
    return poll(&p, 1, ms) >= 0 || errno == EINTR;
}

/* ---- one attempt ---- */

static bool connect_db(struct store *s, bool check, struct store_fault *f)
{
    const struct sql_config config = {.where = s->where.at, .check = check, .no_wal = s->kind == STORE_NETWORK,
                                      .patience = s->config.patience, .wait = s->config.wait, .self = s->config.self};
    const struct schema *schema = s->config.schema ? s->config.schema : &store_schema;
    s->db = s->sql->open(&config, f);
    if (!s->db)
        return false;
    if (schema_apply(s->sql, s->db, schema, f))
        return true;
    s->sql->close(s->db);
    s->db = NULL;
    return false;
}

static bool open_file(struct store *s, struct store_fault *f)
{
    struct store_fault own = {0};
    f = f ? f : &own;
    bool whole = place_open(&s->place, s->shown.at, f);
    if (!whole && f->why != STORE_DAMAGED)
        return false;
    buf_reset(&s->where);
    buf_add(&s->where, s->place.path.at, s->place.path.len + 1);
    if (s->place.network)
        s->kind = STORE_NETWORK;
    if (whole && connect_db(s, s->config.check || s->place.crashed, f))
        return true;
    if (f->why != STORE_DAMAGED || !place_move_aside(&s->place, &s->moved, f))
        return false;
    *f = (struct store_fault){0};
    return connect_db(s, false, f);
}

static bool open_server(struct store *s, struct store_fault *f)
{
    if (!s->plugin && !plugin_open(s->config.plugin, &s->plugin, &s->sql, f))
        return false;
    return connect_db(s, false, f);
}

static bool open_any(struct store *s, struct store_fault *f)
{
    bool ok = s->kind == STORE_SERVER ? open_server(s, f) : open_file(s, f);
    if (!ok && f && !*f->place)
        store_fault_place(f, s->shown.at);
    return ok;
}

static void close_db(struct store *s)
{
    if (s->db)
        s->sql->close(s->db);
    s->db = NULL;
    if (s->kind != STORE_SERVER)
        place_close(&s->place);
}

/* ---- names ---- */

static bool is_server(const char *where)
{
    return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

/* An address, WHERE or what it ends in, without the password in it, and without its options. */
static void show_server(const char *where, struct buf *out)
{
    const char *rest = strstr(where, "://") + 3;
    const char *at = strchr(rest, '@'), *end = rest + strcspn(rest, "?");
    if (is_server(where))
        buf_str(out, "postgresql://");
    else
        buf_add(out, where, (size_t)(rest - where));
    if (at && at < end) {
        const char *colon = memchr(rest, ':', (size_t)(at - rest));
        buf_add(out, rest, (size_t)((colon ? colon : at) - rest));
        rest = at;
    }
    buf_add(out, rest, (size_t)(end - rest));
}

/* Letters and ://, as no file is called. */
static bool is_address(const char *where)
{
    size_t n = 0;
    while ((where[n] | 32) >= 'a' && (where[n] | 32) <= 'z')
        n++;
    return n && strncmp(where + n, "://", 3) == 0;
}

static bool name_store(struct store *s, const char *where, struct store_fault *f)
{
    s->kind = where ? is_server(where) ? STORE_SERVER : STORE_FILE : STORE_OWN;
    if (!where)
        return place_default(&s->shown) || store_fails(f, STORE_NO_HOME, "");
    if (is_address(where))
        show_server(where, &s->shown);
    else
        buf_str(&s->shown, where);
    buf_char(&s->shown, '\0');
    s->shown.len--;
    buf_str(&s->where, where);
    buf_char(&s->where, '\0');
    store_fault_place(f, s->shown.at);
    return s->kind == STORE_SERVER || !is_address(where) || store_fails(f, STORE_NO_PLACE, "");
}

/* ---- for everybody ---- */

struct store *store_open(const struct store_config *config, struct store_fault *f)
{
    struct store *s = mem_new(sizeof *s);
    *s = (struct store){.config = *config, .sql = &sql_sqlite, .place = {.folder = -1, .lock = -1}};
    s->config.wait = config->wait ? config->wait : just_wait;
    bool ok = name_store(s, config->where, f);
    if (ok && config->existing && s->kind != STORE_SERVER && access(s->shown.at, F_OK) != 0)
        store_fault_place(f, s->shown.at), ok = store_fails(f, STORE_MISSING, "");
    if (ok && open_any(s, f))
        return s;
    store_close(s);
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    close_db(s);
    plugin_close(s->plugin);
    buf_done(&s->where);
    buf_done(&s->shown);
    buf_done(&s->moved);
    free(s);
}

bool store_reopen(struct store *s, struct store_fault *f)
{
    close_db(s);
    s->config.check = true;
    return open_any(s, f);
}

bool store_is_open(const struct store *s) { return s->db != NULL; }

struct text store_place(const struct store *s) { return buf_view(&s->shown); }
enum store_kind store_kind(const struct store *s) { return s->kind; }
struct text store_moved(const struct store *s) { return text_of(s->moved.at); }
uint32_t store_count_moved(const struct store *s) { return s->kind == STORE_SERVER ? 0 : place_count_aside(&s->place); }

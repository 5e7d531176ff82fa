/* fuzz_lua.c -- a stranger's script, statement and condition: "script NUL do NUL when", each any bytes.
 *
 * Loaded by the whole loader, played with small budgets.  Whatever it says, nothing crashes, and both plays of the same
 * scenario do the same. */
#include "../unit/lua_world.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static bool warm;
    if (!warm) {
        rehearse_warm();
        warm = true;
    }
    struct text rest = text_from((const char *)bytes, n), piece[3] = {0};
    for (int i = 0; i < 3 && text_split(&rest, '\0', &piece[i]); i++) {
    }
    struct limits limits = LIMITS_DEFAULT;
    limits.script_steps = 20000;
    limits.script_memory = 1u << 20;
    limits.script_bytes = 16384;
    struct world w = {.script = piece[0]};
    if (world_open(&w, piece[1], piece[2], &limits)) {
        buf_reset(&w.out);
        world_play(&w, "listen");
        struct buf first = w.out;
        w.out = (struct buf){0};
        world_play(&w, "listen");
        if (!text_eq(buf_view(&first), buf_view(&w.out))) {
            abort();
        }
        buf_done(&first);
    }
    world_close(&w);
    return 0;
}

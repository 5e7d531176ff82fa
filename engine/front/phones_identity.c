/* phones_identity.c -- who a phone is, proved by what it sends back.
 *
 * Nothing is looked up: a cookie is a number, 128 random bits and a proof over both, made from the workshop's secret, so
 * that another process with the same secret knows the phone again.  A phone that has not joined has the number 0.  Each
 * proof is for one use, named in it: what proves a cookie does not prove a form.
 *
 *     r8080=12.5f0c…9a.77e2…03
 *
 * The facilitator's code is a proof, too, over a serial number that goes up when the code is renewed. */
#include "front/phones_inside.h"

#include "base/mac.h"
#include "front/form.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

enum { COOKIE_SECONDS = 12 * 3600, CODE_SYMBOLS = 26 };

static const char hex_digits[] = "0123456789abcdef";

static void put_hex(const uint8_t *bytes, size_t n, char *out)
{
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = hex_digits[bytes[i] >> 4];
        out[2 * i + 1] = hex_digits[bytes[i] & 15];
    }
    out[2 * n] = 0;
}

static int hex_value(char c)
{
    const char *at = c ? strchr(hex_digits, c) : NULL;
    return at ? (int)(at - hex_digits) : -1;
}

static bool get_hex(struct text t, uint8_t *out, size_t n)
{
    if (t.len != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int hi = hex_value(t.at[2 * i]), lo = hex_value(t.at[2 * i + 1]);
        if (hi < 0 || lo < 0)
            return false;
        out[i] = (uint8_t)(hi << 4 | lo);
    }
    return true;
}

static void prove(const struct phones *p, const char *use, uint32_t number, const uint8_t random[PROOF], uint8_t out[PROOF])
{
    uint8_t whole[MAC_BYTES], n[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16), (uint8_t)(number >> 24)};
    struct text parts[] = {text_of(use), text_from((const char *)n, sizeof n),
                           text_from((const char *)random, random ? PROOF : 0)};
    mac(p->secret, parts, 3, whole);
    memcpy(out, whole, PROOF);
}

/* ---- cookies ---- */

static void cookie_name(const struct phones *p, char letter, char out[8])
{
    struct buf b = {0};
    /* cookies know no ports, and two rooms on one laptop should not take each other's phones away */
    buf_printf(&b, "%c%u", letter, http_port(p->http));
    memcpy(out, b.at, b.len);
    out[b.len] = 0;
    buf_done(&b);
}

static void put_cookie(const struct phones *p, char letter, struct text value, struct buf *out)
{
    char name[8];
    cookie_name(p, letter, name);
    buf_printf(out, "%s=", name);
    buf_text(out, value);
    buf_printf(out, "; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax", COOKIE_SECONDS);
}

static bool get_cookie(const struct phones *p, struct text cookies, char letter, struct text *value)
{
    char name[8];
    cookie_name(p, letter, name);
    return form_cookie(cookies, name, value);
}

void cookie_put(const struct phones *p, const char *name, struct text value, struct buf *out)
{
    struct buf hex = {0};
    for (size_t i = 0; i < value.len; i++) {
        char two[3];
        put_hex((const uint8_t *)value.at + i, 1, two);
        buf_str(&hex, two);
    }
    put_cookie(p, name[0], buf_view(&hex), out);
    buf_done(&hex);
}

bool cookie_get(const struct phones *p, struct text cookies, const char *name, struct buf *out)
{
    struct text value;
    buf_reset(out);
    if (!get_cookie(p, cookies, name[0], &value) || value.len % 2 || value.len > 16 * SENTENCE_MAX)
        return false;
    for (size_t i = 0; i < value.len; i += 2) {
        uint8_t byte;
        if (!get_hex(text_from(value.at + i, 2), &byte, 1))
            return false;
        buf_char(out, (char)byte);
    }
    return true;
}

/* ---- a phone ---- */

bool random_bytes(uint8_t *out, size_t n)
{
    while (n > 0) {
        ssize_t got = getrandom(out, n, 0);
        if (got < 0 && errno != EINTR)
            return false;
        out += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

bool identity_new(struct identity *out)
{
    *out = (struct identity){0};
    return random_bytes(out->random, sizeof out->random);
}

bool identity_read(const struct phones *p, struct text cookies, struct identity *out)
{
    struct text rest, number = {0}, random = {0};
    uint8_t came[PROOF], ours[PROOF];
    long n;
    *out = (struct identity){0};
    if (!get_cookie(p, cookies, 'r', &rest) || !text_split(&rest, '.', &number) || !text_split(&rest, '.', &random) ||
        !text_int(number, 0, VOTERS_MAX, &n) || !get_hex(random, out->random, PROOF) || !get_hex(rest, came, PROOF))
        return false;
    prove(p, "phone", (uint32_t)n, out->random, ours);
    if (!mac_same(came, ours, PROOF))
        return false;
    /* a number that was never kept is nobody's */
    out->voter = (uint32_t)n <= p->n_voters ? (uint32_t)n : 0;
    return true;
}

void identity_cookie(const struct phones *p, const struct identity *who, struct buf *out)
{
    uint8_t proof[PROOF];
    char hex[PROOF_HEX + 1];
    struct buf value = {0};
    buf_printf(&value, "%u.", who->voter);
    put_hex(who->random, PROOF, hex);
    buf_str(&value, hex);
    prove(p, "phone", who->voter, who->random, proof);
    put_hex(proof, PROOF, hex);
    buf_char(&value, '.');
    buf_str(&value, hex);
    put_cookie(p, 'r', buf_view(&value), out);
    buf_done(&value);
}

void identity_token(const struct phones *p, const struct identity *who, char out[PROOF_HEX + 1])
{
    uint8_t proof[PROOF];
    prove(p, "form", who->voter, who->random, proof);
    put_hex(proof, PROOF, out);
}

bool token_fits(const char token[PROOF_HEX + 1], struct text came)
{
    return came.len == PROOF_HEX && mac_same(token, came.at, PROOF_HEX);
}

/* ---- the facilitator's phone ---- */

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void desk_code(const struct phones *p, struct buf *out)
{
    uint8_t proof[PROOF];
    unsigned held = 0, bits = 2; /* 130 bits are written for 128 */
    prove(p, "code", p->desk_serial, NULL, proof);
    for (size_t i = 0; i < PROOF; i++) {
        held = held << 8 | proof[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            buf_char(out, symbols[held >> bits & 31]);
        }
        held &= (1u << bits) - 1;
    }
}

/* As people type it: small letters, blanks and dashes between, O for 0, I and L for 1. */
static char symbol_of(char c)
{
    c = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

bool desk_code_fits(const struct phones *p, struct text typed)
{
    struct buf ours = {0};
    char came[CODE_SYMBOLS + 1] = {0};
    size_t n = 0;
    for (size_t i = 0; i < typed.len && n <= CODE_SYMBOLS; i++) {
        if (typed.at[i] == ' ' || typed.at[i] == '-')
            continue;
        came[n < CODE_SYMBOLS ? n : CODE_SYMBOLS] = symbol_of(typed.at[i]);
        n++;
    }
    desk_code(p, &ours);
    bool fits = mac_same(came, ours.at, CODE_SYMBOLS) & (n == CODE_SYMBOLS);
    buf_done(&ours);
    return fits;
}

void desk_cookie(const struct phones *p, struct buf *out)
{
    uint8_t proof[PROOF];
    char hex[PROOF_HEX + 1];
    prove(p, "desk", p->desk_serial, NULL, proof);
    put_hex(proof, PROOF, hex);
    put_cookie(p, 'd', text_of(hex), out);
}

bool desk_proved(const struct phones *p, struct text cookies)
{
    uint8_t came[PROOF], ours[PROOF];
    struct text value;
    if (!get_cookie(p, cookies, 'd', &value) || !get_hex(value, came, PROOF))
        return false;
    prove(p, "desk", p->desk_serial, NULL, ours);
    return mac_same(came, ours, PROOF);
}

void desk_token(const struct phones *p, char out[PROOF_HEX + 1])
{
    uint8_t proof[PROOF];
    prove(p, "desk form", p->desk_serial, NULL, proof);
    put_hex(proof, PROOF, out);
}

/* qr.c -- QR codes by libqrencode, whose header lives here alone.
 *
 * The size comes first, then as much redundancy as that size has room for: of a code of 25 cells some can be lost to a
 * lamp's reflection, and a larger one would be read by fewer from the back.  Knows no terminal: qr_draw.c does. */
#include "front/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

/* NUL-terminated TEXT at LEVEL in the smallest version that holds it; NULL where that is beyond our largest. */
static QRcode *encode(const char *text, QRecLevel level)
{
    QRcode *code = QRcode_encodeString(text, 0, level, QR_MODE_8, 1);
    if (code && code->width > QR_SIDE_MAX) {
        QRcode_free(code);
        return NULL;
    }
    return code;
}

/* The smallest at a middling level, or where only the lowest fits that; then every level that costs no cell. */
static QRcode *best_code(const char *text)
{
    static const QRecLevel levels[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};
    QRcode *best = encode(text, QR_ECLEVEL_M);
    best = best ? best : encode(text, QR_ECLEVEL_L);
    for (size_t i = 2; best && i < sizeof levels / sizeof levels[0]; i++) {
        QRcode *more = encode(text, levels[i]);
        if (more && more->width == best->width) {
            QRcode_free(best);
            best = more;
        } else {
            QRcode_free(more);
        }
    }
    return best;
}

bool qr_make(struct text t, struct qr *out)
{
    struct buf text = {0};
    bool whole = t.len > 0 && !memchr(t.at, 0, t.len);
    buf_text(&text, t);
    buf_char(&text, 0);
    QRcode *code = whole ? best_code(text.at) : NULL;
    buf_done(&text);
    if (!code)
        return false;
    out->side = (unsigned)code->width;
    for (unsigned i = 0; i < out->side * out->side; i++)
        out->dark[i] = code->data[i] & 1;
    QRcode_free(code);
    return true;
}

bool qr_dark(const struct qr *q, int column, int row)
{
    int side = (int)q->side;
    return column >= 0 && row >= 0 && column < side && row < side && q->dark[row * side + column];
}

static void put_escaped(struct text t, struct buf *out)
{
    for (size_t i = 0; i < t.len; i++) {
        if (strchr("\\;,\":", t.at[i]) && t.at[i])
            buf_char(out, '\\');
        buf_char(out, t.at[i]);
    }
}

void qr_wifi(struct text name, struct text password, struct buf *out)
{
    buf_str(out, password.len ? "WIFI:T:WPA;S:" : "WIFI:T:nopass;S:");
    put_escaped(name, out);
    if (password.len) {
        buf_str(out, ";P:");
        put_escaped(password, out);
    }
    buf_str(out, ";;");
}

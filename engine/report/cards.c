/* cards.c -- the cards, as one HTML file that prints.
 *
 * A letter, its colour and the colour's name in both languages, so that nobody needs to see colours or read letters.  Black
 * lines show where to cut; browsers print no backgrounds unless asked, so the letter stands in its colour with a frame, too. */
#include "report/cards.h"

static const struct {
    char letter;
    const char *back, *ink, *en, *zh;
} cards[] = {
    {'A', "#005faf", "#fff", "blue", "蓝"},  {'B', "#ffaf00", "#000", "orange", "橙"}, {'C', "#00875f", "#fff", "green", "绿"},
    {'D', "#875faf", "#fff", "purple", "紫"}, {'E', "#ffff5f", "#000", "yellow", "黄"}, {'F', "#bcbcbc", "#000", "grey", "灰"},
};

static const char STYLE[] =
    "@page{size:A4;margin:8mm}\n"
    "*{box-sizing:border-box}body{margin:0;font-family:Arial,\"Liberation Sans\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif}\n"
    ".set{display:grid;grid-template-columns:1fr 1fr;grid-auto-rows:92mm}\n"
    ".large .card{height:278mm;break-after:page}\n"
    ".card{border:1px solid #000;display:flex;flex-direction:column;align-items:center;justify-content:center;"
    "-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
    ".card b{font-size:62mm;line-height:1}.large .card b{font-size:190mm}\n"
    ".card span{font-size:8mm}.large .card span{font-size:18mm}\n";

void cards_html(bool large, struct buf *out)
{
    buf_str(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                 "<title>A B C D E F</title>\n<style>\n");
    buf_str(out, STYLE);
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++)
        buf_printf(out, ".%c{background:%s;color:%s}\n", cards[i].letter, cards[i].back, cards[i].ink);
    buf_printf(out, "</style>\n</head>\n<body>\n<div class=\"%s\">\n", large ? "large" : "set");
    for (size_t i = 0; i < sizeof cards / sizeof *cards; i++)
        buf_printf(out, "<div class=\"card %c\"><b>%c</b><span>%s <span lang=\"zh-CN\">%s</span></span></div>\n", cards[i].letter,
                   cards[i].letter, cards[i].en, cards[i].zh);
    buf_str(out, "</div>\n</body>\n</html>\n");
}

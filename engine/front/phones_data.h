/* phones_data.h -- the files that phones' pages are made of, linked in by the build: phones.css, phones.js. */
#ifndef FRONT_PHONES_DATA_H
#define FRONT_PHONES_DATA_H

extern const unsigned char phones_css[], phones_js[];
extern const unsigned long phones_css_len, phones_js_len;

#endif

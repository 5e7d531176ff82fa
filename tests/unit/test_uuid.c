/* test_uuid.c -- names become the identifiers that RFC 9562 says. */
#include "unit.h"

#include "base/uuid.h"

#include <string.h>

static void test_of(void **state)
{
    (void)state;
    const struct uuid dns = {{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};
    const struct uuid url = {{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};
    const struct {
        const struct uuid *space;
        const char *name, *id;
    } rows[] = {{&dns, "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2"},
                {&dns, "", "4ebd0208-8328-5d69-8c44-ec50939c0967"},
                {&url, "鸡蛋", "91213251-60ce-5acf-83b0-e9c65eebad0c"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char id[UUID_TEXT + 1];
        struct uuid u = uuid_of(rows[i].space, text_of(rows[i].name));
        uuid_text(&u, id);
        assert_string_equal(id, rows[i].id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_of)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

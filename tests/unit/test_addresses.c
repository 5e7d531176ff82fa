/* test_addresses.c -- which of a laptop's addresses a phone can reach. */
#include "unit.h"

#include "front/addresses.h"

#include <string.h>

static void kinds(void **state)
{
    (void)state;
    static const struct {
        const char *card, *address;
        bool wireless, tunnel;
        enum address_kind kind;
    } rows[] = {
        {"wlp3s0", "192.168.1.5", true, false, ADDRESS_WIFI}, {"wlan0", "10.0.0.7", false, false, ADDRESS_WIFI}, {"enp0s31f6", "172.16.4.4", false, false, ADDRESS_WIRED},
        {"eth0", "172.31.255.1", false, false, ADDRESS_WIRED}, {"eth0", "172.32.0.1", false, false, ADDRESS_PUBLIC}, {"usb0", "192.168.42.7", false, false, ADDRESS_OTHER},
        {"ap0", "192.168.12.1", true, false, ADDRESS_WIFI}, {"docker0", "172.17.0.1", false, false, ADDRESS_VIRTUAL}, {"br-a1b2c3", "172.18.0.1", false, false, ADDRESS_VIRTUAL},
        {"virbr0", "192.168.122.1", false, false, ADDRESS_VIRTUAL}, {"tun0", "10.8.0.2", false, true, ADDRESS_VPN}, {"wg0", "10.9.0.2", false, false, ADDRESS_VPN},
        {"eth1", "10.9.0.2", false, true, ADDRESS_VPN}, {"lo", "127.0.0.1", false, false, ADDRESS_LOOPBACK}, {"lo", "::1", false, false, ADDRESS_LOOPBACK},
        {"wlan0", "169.254.3.4", true, false, ADDRESS_LOCAL}, {"wlan0", "fe80::1", true, false, ADDRESS_LOCAL}, {"wlan0", "fe80::1%wlan0", true, false, ADDRESS_LOCAL},
        {"wlan0", "fd00::1", true, false, ADDRESS_WIFI}, {"wlan0", "2001:db8::1", true, false, ADDRESS_PUBLIC}, {"wlan0", "100.64.3.3", true, false, ADDRESS_WIFI},
        {"wlan0", "203.0.113.9", true, false, ADDRESS_PUBLIC}, {"tailscale0", "100.101.2.3", false, false, ADDRESS_VPN},
    };
    for each (i, rows)
        expect_number(address_kind_of(rows[i].card, rows[i].address, rows[i].wireless, rows[i].tunnel), rows[i].kind, rows[i].address);
}

/* Whatever this machine has: each is whole, and what phones can reach stands first. */
static void found(void **state)
{
    (void)state;
    struct address at[ADDRESSES_MAX];
    size_t n = addresses_find(at);
    for (size_t i = 0; i < n; i++) {
        assert_true(at[i].kind >= ADDRESS_WIFI && at[i].kind <= ADDRESS_LOOPBACK);
        assert_true(strlen(at[i].text) > 0 && strlen(at[i].card) > 0);
        assert_true(i == 0 || address_reaches(at[i - 1].kind) || !address_reaches(at[i].kind));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds), cmocka_unit_test(found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

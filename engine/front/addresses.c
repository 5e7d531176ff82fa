/* addresses.c -- which of a laptop's addresses a phone can reach.
 *
 * A laptop has more of them than people think: a tunnel to the company, a bridge for containers, a card without a cable.
 * The kinds are told by what the system says of a card and by how such cards are called; where that is wrong, the
 * facilitator names the address. */
#include "front/addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool begins(const char *name, const char *const *prefixes)
{
    for (; *prefixes; prefixes++)
        if (strncmp(name, *prefixes, strlen(*prefixes)) == 0)
            return true;
    return false;
}

static const char *const virtual_names[] = {"docker", "br-", "virbr", "veth", "vnet", "vmnet", "vboxnet", "lxc", "lxd", "cni", "flannel", "podman", "incus", NULL};
static const char *const tunnel_names[] = {"tun", "tap", "wg", "ppp", "utun", "tailscale", "zt", "ipsec", "gpd", "cscotun", "nordlynx", "proton", "vpn", NULL};
static const char *const wifi_names[] = {"wl", "wifi", "ath", "ra", NULL};
static const char *const wired_names[] = {"en", "eth", "em", NULL};

static enum address_kind kind4(struct in_addr a)
{
    uint32_t n = ntohl(a.s_addr);
    if (n >> 24 == 127)
        return ADDRESS_LOOPBACK;
    if (n >> 16 == 0xA9FE)
        return ADDRESS_LOCAL;
    if (n >> 24 == 10 || n >> 20 == 0xAC1 || n >> 16 == 0xC0A8 || n >> 22 == 0x191) /* 100.64/10: a provider's own */
        return ADDRESS_OTHER;
    return ADDRESS_PUBLIC;
}

static enum address_kind kind6(const struct in6_addr *a)
{
    if (IN6_IS_ADDR_LOOPBACK(a))
        return ADDRESS_LOOPBACK;
    if (IN6_IS_ADDR_LINKLOCAL(a))
        return ADDRESS_LOCAL;
    return (a->s6_addr[0] & 0xFE) == 0xFC ? ADDRESS_OTHER : ADDRESS_PUBLIC;
}

/* By the number alone. */
static enum address_kind range_of(const char *address)
{
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, address, &four) == 1)
        return kind4(four);
    return inet_pton(AF_INET6, address, &six) == 1 ? kind6(&six) : ADDRESS_LOCAL; /* with a %card behind it */
}

enum address_kind address_kind_of(const char *name, const char *address, bool wireless, bool tunnel)
{
    enum address_kind range = range_of(address);
    if (range == ADDRESS_LOOPBACK || range == ADDRESS_LOCAL)
        return range;
    if (tunnel || begins(name, tunnel_names))
        return ADDRESS_VPN;
    if (begins(name, virtual_names))
        return ADDRESS_VIRTUAL;
    if (range == ADDRESS_PUBLIC)
        return range;
    return wireless || begins(name, wifi_names) ? ADDRESS_WIFI : begins(name, wired_names) ? ADDRESS_WIRED : ADDRESS_OTHER;
}

bool address_reaches(enum address_kind kind) { return kind && kind <= ADDRESS_PUBLIC; }

static bool is_wireless(const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/sys/class/net/%.15s/wireless", name);
    return access(path, F_OK) == 0;
}

static bool take(const struct ifaddrs *i, struct address *out)
{
    if (!i->ifa_addr || !(i->ifa_flags & IFF_UP) || (i->ifa_addr->sa_family != AF_INET && i->ifa_addr->sa_family != AF_INET6))
        return false;
    *out = (struct address){.six = i->ifa_addr->sa_family == AF_INET6};
    socklen_t size = out->six ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    char text[NI_MAXHOST];
    if (getnameinfo(i->ifa_addr, size, text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0 || strlen(text) >= sizeof out->text)
        return false;
    memcpy(out->text, text, strlen(text) + 1);
    snprintf(out->card, sizeof out->card, "%.15s", i->ifa_name);
    out->kind = address_kind_of(i->ifa_name, out->text, is_wireless(i->ifa_name), (i->ifa_flags & IFF_POINTOPOINT) != 0);
    return true;
}

/* What can be reached first; of that the short form first, which people type sooner than eight groups of letters. */
static int by_use(const void *a, const void *b)
{
    const struct address *x = a, *y = b;
    bool reach = address_reaches(x->kind);
    if (reach != address_reaches(y->kind))
        return reach ? -1 : 1;
    if (x->six != y->six)
        return x->six ? 1 : -1;
    if (x->kind != y->kind)
        return (int)x->kind - (int)y->kind;
    int card = strcmp(x->card, y->card);
    return card ? card : strcmp(x->text, y->text);
}

size_t addresses_find(struct address out[ADDRESSES_MAX])
{
    struct ifaddrs *all = NULL;
    size_t n = 0;
    if (getifaddrs(&all) != 0)
        return 0;
    for (const struct ifaddrs *i = all; i && n < ADDRESSES_MAX; i = i->ifa_next)
        n += take(i, &out[n]);
    freeifaddrs(all);
    qsort(out, n, sizeof out[0], by_use);
    return n;
}

/* doctor.c -- what usually keeps phones from a laptop, looked for before people come.
 *
 * Whatever can be seen without any right is looked at: addresses, the port, a tunnel, a firewall's own files.  The rest --
 * networks that keep their guests apart, login pages -- only a real phone can tell, which is what the card's code is for. */
#include "front/doctor.h"

#include "base/arena.h"
#include "front/listen.h"
#include "front/phrase.h"
#include "front/view.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- looking ---- */

static bool file_says(const char *path, const char *line)
{
    char read[256];
    bool says = false;
    FILE *f = fopen(path, "re");
    while (f && fgets(read, sizeof read, f))
        says |= strncmp(read, line, strlen(line)) == 0;
    if (f)
        fclose(f);
    return says;
}

static enum doctor_firewall look_for_firewall(void)
{
    if (file_says("/etc/ufw/ufw.conf", "ENABLED=yes"))
        return FIREWALL_UFW;
    return access("/run/firewalld", F_OK) == 0 ? FIREWALL_FIREWALLD : FIREWALL_UNKNOWN;
}

void doctor_look(struct doctor *d, const char *asked, uint16_t port, const struct words *words)
{
    *d = (struct doctor){.words = words, .port = port, .address = asked, .firewall = look_for_firewall()};
    d->n = addresses_find(d->found);
    for (size_t i = 0; i < d->n; i++) {
        d->tunnel |= d->found[i].kind == ADDRESS_VPN;
        if (!d->address && address_reaches(d->found[i].kind))
            d->address = d->found[i].text;
    }
    if (d->address) {
        int fd = listen_at(d->address, port);
        d->listening = fd < 0 ? errno : 0;
        if (fd >= 0)
            close(fd);
    }
}

/* ---- telling ---- */

static const char *kind_words(enum address_kind kind)
{
    switch (kind) {
    case ADDRESS_WIFI: return N_("Wi-Fi. Phones in the same Wi-Fi can reach it.");
    case ADDRESS_WIRED: return N_("a cable. Phones can reach it where cable and Wi-Fi are one network.");
    case ADDRESS_OTHER: return N_("another network. Phones in it can reach it.");
    case ADDRESS_PUBLIC: return N_("a public address. The whole internet may reach it: take another one if there is one.");
    case ADDRESS_VPN: return N_("a tunnel (VPN). Phones in the room are not in it.");
    case ADDRESS_VIRTUAL: return N_("for virtual machines on this laptop. No phone can reach it.");
    case ADDRESS_LOCAL: return N_("no network has given this card an address.");
    case ADDRESS_LOOPBACK: return N_("this laptop alone.");
    }
    return "";
}

static void tell_heading(struct screen *s, const char *words) { s->view->heading(s, text_of(tr(s->words, words))); }

static void tell_item(struct screen *s, const char *words, struct text a1, struct text a2)
{
    struct arena a = {0};
    s->view->item(s, doc_fill(&a, tr(s->words, words), a1, a2));
    arena_done(&a);
}

static void tell_addresses(const struct doctor *d, struct screen *s)
{
    tell_heading(s, N_("Addresses of this laptop"));
    for (size_t i = 0; i < d->n; i++) {
        struct arena a = {0};
        const struct address *at = &d->found[i];
        if (at->kind == ADDRESS_LOOPBACK || at->kind == ADDRESS_LOCAL)
            continue;
        struct text what = doc_fill(&a, tr(s->words, kind_words(at->kind)), (struct text){0}, (struct text){0});
        tell_item(s, d->address && strcmp(d->address, at->text) == 0 ? N_("%1: %2 A workshop takes this one.") : N_("%1: %2"),
                  clean_text(&a, text_of(at->text)), what);
        arena_done(&a);
    }
    if (!d->address)
        tell_item(s, N_("None that a phone could reach: this laptop is in no network. Join one, or vote by hand and cards, which need none."),
                  (struct text){0}, (struct text){0});
}

static const char *listening_words(int error)
{
    switch (error) {
    case 0: return N_("%1, port %2: can be listened on.");
    case EADDRINUSE: return N_("%1, port %2: another program has it. Choose another with --port.");
    case EACCES: return N_("%1, port %2: may not be taken by this user. Choose one above 1024 with --port.");
    case EADDRNOTAVAIL: return N_("%1, port %2: this is no address of this laptop.");
    default: return N_("%1, port %2: cannot be listened on.");
    }
}

static void tell_port(const struct doctor *d, struct screen *s)
{
    struct buf port = {0};
    struct arena a = {0};
    if (!d->address)
        return;
    buf_int(&port, d->port);
    tell_heading(s, N_("Port"));
    tell_item(s, listening_words(d->listening), clean_text(&a, text_of(d->address)), buf_view(&port));
    arena_done(&a);
    buf_done(&port);
}

static const char *firewall_words(enum doctor_firewall firewall)
{
    switch (firewall) {
    case FIREWALL_UFW: return N_("A firewall (ufw) is switched on here. If no page comes: sudo ufw allow %1/tcp");
    case FIREWALL_FIREWALLD: return N_("A firewall (firewalld) runs here. If no page comes: sudo firewall-cmd --add-port=%1/tcp");
    case FIREWALL_UNKNOWN: break;
    }
    return N_("A firewall on this laptop may keep phones out: allow port %1 for incoming TCP.");
}

static void tell_troubles(const struct doctor *d, struct screen *s)
{
    static const char *const troubles[] = {
        N_("The phone is on mobile data. Switch that off, and stay in the Wi-Fi although the phone says it has no internet."),
        N_("The page loads for ever, on every phone: guest networks often keep their guests apart (client isolation). Ask for a network "
           "without it, or open a hotspot, on this laptop or on a phone, and bring everybody into that one."),
        N_("The network wants a login first (captive portal). Open any page on the phone and log in; on this laptop, too."),
        N_("The browser makes https:// of the address. Type http:// before it."),
        N_("The laptop has gone to sleep, or has changed its network: its address is another one then. Keep it plugged in and awake."),
    };
    struct buf port = {0};
    buf_int(&port, d->port);
    tell_heading(s, N_("When a phone does not come through"));
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        tell_item(s, troubles[i], (struct text){0}, (struct text){0});
    tell_item(s, firewall_words(d->firewall), buf_view(&port), (struct text){0});
    tell_item(s, d->tunnel ? N_("A VPN is up on this laptop, and may keep the room's network away: switch it off for the workshop. Phones, too.")
                           : N_("A VPN on the phone, or on this laptop, keeps the room's network away. Switch it off for the workshop."),
              (struct text){0}, (struct text){0});
    tell_item(s, N_("Whatever it is: hands and cards need no network, and go on with the same keys."), (struct text){0}, (struct text){0});
    buf_done(&port);
}

void doctor_tell(const struct doctor *d, struct screen *s)
{
    tell_addresses(d, s);
    tell_port(d, s);
    tell_troubles(d, s);
}

void doctor_tell_came(const struct doctor *d, struct screen *s, int count)
{
    struct buf line = {0}, n = {0};
    buf_int(&n, count);
    if (count > 0) {
        words_fill(&line, trn(d->words, "%1 phone came through.", "%1 phones came through.", (unsigned long)count), (struct text[]){buf_view(&n)}, 1);
        s->view->notice(s, buf_view(&line));
    } else {
        s->view->notice(s, text_of(tr(d->words, N_("No phone came through. The list above says what it usually is."))));
    }
    buf_done(&line);
    buf_done(&n);
}

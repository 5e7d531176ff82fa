# Rehearse.  `make help` lists the targets; `make play` and `make check` do everything from a bare Debian 12.
# B: where to build.  CC: gcc or clang.
B      ?= build
CC     ?= gcc
PREFIX ?= /usr/local

# The one list of what building, playing and testing need.
PACKAGES_PLAY  = gcc make pkg-config gettext liblua5.4-dev libxml2-dev libreadline-dev libunistring-dev libjansson-dev \
                 libseccomp-dev libmd-dev libgettextpo-dev
PACKAGES_CHECK = libcmocka-dev libxml2-utils jing tmux python3 clang libclang-rt-14-dev valgrind lua5.4 procps
PACKAGES_BENCH = nodejs npm

STD    = -std=c17 -D_POSIX_C_SOURCE=200809L -D_GNU_SOURCE=1
WARN   = -Wall -Wextra -Wformat=2 -Wconversion -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Werror
HARD   = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection \
         -ftrivial-auto-var-init=zero -fPIE
OPT    = -O2 -g
CPPFLAGS_ALL = $(STD) -Iengine -I$(B)/gen $(shell pkg-config --cflags lua5.4 libxml-2.0 jansson libseccomp 2>/dev/null)
CFLAGS_ALL   = $(CPPFLAGS_ALL) $(WARN) $(OPT) $(HARD) $(CFLAGS) -MMD -MP
LDFLAGS_ALL  = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS_ENGINE  = -lxml2 -llua5.4 -lunistring -ljansson -lseccomp -lmd -lm
LIBS_HOST    = -lunistring -ljansson -lmd -lreadline -lgettextpo

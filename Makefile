# Rehearse.  `make play` and `make check` do everything from a bare Debian 12; `make help` lists the rest.
# B: folder to build in.  CC: gcc or clang.  JAIL: linux, or none for sanitizers.
B      ?= build
CC     := $(if $(filter default,$(origin CC)),gcc,$(CC))
JAIL   ?= linux
PREFIX ?= /usr/local
DESTDIR ?=

# The one list of what playing, testing and measuring need.
PACKAGES_PLAY  = gcc make pkg-config gettext liblua5.4-dev libxml2-dev libreadline-dev libunistring-dev \
                 libjansson-dev libseccomp-dev libmd-dev libgettextpo-dev
PACKAGES_CHECK = $(PACKAGES_PLAY) libcmocka-dev libxml2-utils jing tmux python3 clang libclang-rt-14-dev valgrind \
                 lua5.4 procps
PACKAGES_BENCH = $(PACKAGES_PLAY) python3 lua5.4 nodejs npm time

# ---- flags -------------------------------------------------------------------------------------------------------
STD   = -std=c17 -D_GNU_SOURCE
WARN  = -Wall -Wextra -Wformat=2 -Wconversion -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Werror
OPT   = -O2 -g
HARD  = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection \
        -ftrivial-auto-var-init=zero
PKG   = $(shell pkg-config --cflags lua5.4 libxml-2.0 jansson 2>/dev/null)
ALL_CFLAGS  = $(STD) -Iengine -I$(B)/gen $(PKG) $(WARN) $(OPT) $(HARD) -fPIE -MMD -MP $(CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS_CORE   = -lxml2 -llua5.4 -lunistring -ljansson -lmd -lm
LIBS_ENGINE = $(LIBS_CORE) $(if $(filter linux,$(JAIL)),-lseccomp)
LIBS_HOST   = -lunistring -ljansson -lmd -lreadline -lgettextpo
PATHS = -DLIBEXECDIR='"$(PREFIX)/libexec/rehearse"' -DDATADIR='"$(PREFIX)/share/rehearse"'

# ---- what is built from what -------------------------------------------------------------------------------------
objects = $(patsubst %.c,$(B)/%.o,$(wildcard $(1)))
BASE    = $(call objects,engine/base/*.c) $(B)/gen/words_data.o
CORE    = $(BASE) $(call objects,engine/scenario/*.c engine/play/*.c engine/script/*.c engine/study/*.c engine/rehearse.c)
SERVER  = $(call objects,engine/wire/lines.c engine/wire/terms.c engine/wire/server*.c engine/wire/engine_main.c) \
          $(B)/engine/wire/jail_$(JAIL).o
CLIENT  = $(call objects,engine/wire/lines.c engine/wire/terms.c engine/wire/client*.c engine/wire/files*.c engine/wire/engine_find.c) \
          $(B)/engine/wire/built_$(JAIL).o
HOST    = $(BASE) $(CLIENT) $(call objects,engine/report/*.c engine/record/*.c engine/front/*.c engine/cmd/*.c)
UNIT    = $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

# V=1 shows whole commands.
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) '$(patsubst $(B)/%,%,$@)')

all: $(B)/rehearse $(B)/rehearse-engine $(B)/librehearse.a

$(B)/rehearse: $(HOST)
	$(call say,link)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_HOST)
$(B)/rehearse-engine: $(SERVER) $(B)/librehearse.a
	$(call say,link)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_ENGINE)
$(B)/librehearse.a: $(CORE)
	$(call say,ar)
	$(Q)rm -f $@ && ar rcs $@ $^
$(B)/%.o: %.c
	$(call say,cc)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(PATHS) -c -o $@ $<

include engine/po/po.mk

# A unit test may use the core and every floor of the host but its main.
$(B)/tests/%: $(B)/tests/unit/%.o $(B)/librehearse.a $(filter-out %/main.o,$(HOST)) $(filter-out %/engine_main.o,$(SERVER))
	$(call say,link)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(sort $(filter-out $(BASE),$(filter %.o,$(filter-out $<,$^)))) $(B)/librehearse.a \
	    $(LIBS_HOST) $(LIBS_ENGINE) -lcmocka

-include $(shell find $(B) -name '*.d' 2>/dev/null)

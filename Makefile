# Rehearse.  `make play` and `make check` do everything from a bare Debian 12; `make help` lists the rest.
# B: folder to build in.  CC: gcc or clang.  JAIL: linux, or none for sanitizers.
B      ?= build
CC     := $(if $(filter default,$(origin CC)),gcc,$(CC))
JAIL   ?= linux
PREFIX ?= /usr/local
DESTDIR ?=

# The one list of what playing, testing and measuring need.
PACKAGES_PLAY  = gcc make pkg-config gettext liblua5.4-dev libxml2-dev libreadline-dev libunistring-dev \
                 libjansson-dev libseccomp-dev libmd-dev libgettextpo-dev libsqlite3-dev libpq-dev libncurses-dev \
                 libcurl4-openssl-dev libmicrohttpd-dev libqrencode-dev
PACKAGES_CHECK = $(PACKAGES_PLAY) libcmocka-dev libxml2-utils jing tmux python3 clang libclang-rt-14-dev valgrind \
                 lua5.4 procps openssl chromium fonts-noto-cjk nodejs npm postgresql redis-server
PACKAGES_BENCH = $(PACKAGES_PLAY) python3 lua5.4 nodejs npm time

# ---- flags -------------------------------------------------------------------------------------------------------
STD   = -std=c17 -D_GNU_SOURCE
WARN  = -Wall -Wextra -Wformat=2 -Wconversion -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Werror
OPT   = -O2 -g -DNDEBUG
HARD  = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection \
        -ftrivial-auto-var-init=zero $(if $(findstring clang,$(CC)),$(CLANG_ZERO))
# clang 14 wants to hear that the flag above may go one day; later ones know it as it is.
CLANG_ZERO = -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
PKG   = $(shell pkg-config --cflags lua5.4 libxml-2.0 jansson 2>/dev/null)
ALL_CFLAGS  = $(STD) -Iengine -I$(B)/gen $(PKG) $(WARN) $(OPT) $(HARD) -fPIE -MMD -MP $(CFLAGS)
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS_CORE   = -lxml2 -llua5.4 -lunistring -ljansson -lmd -lm
LIBS_ENGINE = $(LIBS_CORE) $(if $(filter linux,$(JAIL)),-lseccomp)
LIBS_HOST   = -lunistring -ljansson -lmd -lreadline -lgettextpo -lsqlite3 -lncursesw -lmicrohttpd -lqrencode -lm
PATHS = -DLIBEXECDIR='"$(PREFIX)/libexec/rehearse"' -DDATADIR='"$(PREFIX)/share/rehearse"'

# ---- what is built from what -------------------------------------------------------------------------------------
objects = $(patsubst %.c,$(B)/%.o,$(wildcard $(1)))
BASE    = $(call objects,engine/base/*.c) $(B)/gen/words_data.o
CORE    = $(BASE) $(call objects,engine/scenario/*.c engine/play/*.c engine/script/*.c engine/study/*.c engine/rehearse.c)
SERVER  = $(call objects,engine/wire/lines.c engine/wire/terms.c engine/wire/server*.c engine/wire/engine_main.c) \
          $(B)/engine/wire/jail_$(JAIL).o
CLIENT  = $(call objects,engine/wire/lines.c engine/wire/terms.c engine/wire/client*.c engine/wire/files*.c engine/wire/engine_find.c engine/wire/put.c) \
          $(B)/engine/wire/built_$(JAIL).o
RECORD  = $(filter-out %/store_postgres.o,$(call objects,engine/record/*.c))
HOST    = $(BASE) $(CLIENT) $(B)/engine/play/ballot.o $(call objects,engine/report/*.c engine/front/*.c engine/cmd/*.c) $(RECORD) \
          $(B)/gen/phones_data.o
# rehearse-send: the command line of the host, and what alone speaks to a network.
SEND    = $(BASE) $(call objects,engine/send/*.c engine/wire/engine_find.c engine/wire/put.c engine/front/screen.c engine/front/term.c \
          engine/front/plain.c engine/report/shown.c) $(addprefix $(B)/engine/cmd/,call.o cmd_send.o help.o options.o process.o) $(B)/engine/wire/built_$(JAIL).o
UNIT    = $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c)) $(B)/tests/crowd

# V=1 shows whole commands.
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) '$(patsubst $(B)/%,%,$@)')

all: $(B)/rehearse $(B)/rehearse-engine $(B)/rehearse-send $(B)/librehearse.a $(B)/rehearse-postgres.so

$(B)/rehearse: $(HOST)
	$(call say,link)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_HOST)
$(B)/rehearse-engine: $(SERVER) $(B)/librehearse.a
	$(call say,link)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_ENGINE)
$(B)/rehearse-send: $(SEND)
	$(call say,link)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lunistring -ljansson -lmd -lcurl
# Opened only where records are kept on a server; it uses nothing of the program that opens it.
$(B)/rehearse-postgres.so: engine/record/store_postgres.c
	$(call say,so)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -fPIC $(shell pkg-config --cflags libpq) -shared $(filter-out -pie,$(ALL_LDFLAGS)) -o $@ $< -lpq
$(B)/librehearse.a: $(CORE)
	$(call say,ar)
	$(Q)rm -f $@ && ar rcs $@ $^
$(B)/%.o: %.c
	$(call say,cc)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(PATHS) -c -o $@ $<

# What phones are sent, as it is written: styles and script are linked in.
$(B)/gen/phones_data.c: engine/front/phones.css engine/front/phones.js engine/front/embed.sh
	$(Q)mkdir -p $(@D)
	$(Q)sh engine/front/embed.sh engine/front/phones.css engine/front/phones.js > $@.new && mv $@.new $@
$(B)/gen/phones_data.o: $(B)/gen/phones_data.c
	$(call say,cc)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

include engine/po/po.mk

# A unit test may use the core and every floor of the host but cmd/.
PARTS = $(filter-out $(BASE) $(B)/engine/cmd/% %/engine_main.o,$(sort $(HOST) $(SERVER)))
$(B)/tests/%: $(B)/tests/unit/%.o $(PARTS) $(B)/librehearse.a
	$(call say,link)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_HOST) $(LIBS_ENGINE) -lcmocka
$(B)/tests/crowd: $(B)/tests/store/crowd.o $(PARTS) $(B)/librehearse.a
	$(call say,link)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_HOST) $(LIBS_ENGINE)
# Fuzz targets: with libFuzzer under clang (make fuzz), else with a main that replays files.
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(if $(FUZZ),,$(B)/tests/fuzz/replay.o) $(PARTS) $(B)/librehearse.a
	$(call say,link)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) $(if $(FUZZ),-fsanitize=fuzzer) -o $@ $^ $(LIBS_HOST) $(LIBS_ENGINE)

# A room for tests and measurements: the phones' server with a scripted workshop behind it.
PHONES = $(BASE) $(B)/gen/phones_data.o $(call objects,$(addprefix engine/front/,phones*.c http*.c listen.c form.c peers.c loop.c qr.c))
$(B)/web/room: $(B)/tests/web/room.o $(PHONES)
	$(call say,link)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lunistring -ljansson -lmd -lmicrohttpd -lqrencode

units: $(UNIT) $(B)/web/room
fuzzers: $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

# ---- for people --------------------------------------------------------------------------------------------------
help:
	@echo 'make play     play the late handover (installs what is missing, builds)'
	@echo 'make check    run every test (installs what tests need, builds); JOBS=2 to run suites side by side'
	@echo 'make all      build the three programs and the library into $(B)/'
	@echo 'make san      every test under address and undefined-behaviour sanitizers'
	@echo 'make fuzz     each fuzz target for SECONDS=60'
	@echo 'make bench    measure against limits and peers'
	@echo 'make bless    rewrite expectations, to be reviewed as a diff'
	@echo 'make cover    line coverage of the tests'
	@echo 'make install  into $$(DESTDIR)$(PREFIX)'
	@echo 'make deps fmt docs po-update clean'

play: deps-play
	$(Q)$(MAKE) --no-print-directory all
	@echo
	$(Q)$(B)/rehearse play scenarios/late-handover $(ARGS)

check: deps-check
	$(Q)$(MAKE) --no-print-directory all units fuzzers
	$(Q)B='$(B)' python3 tests/all.py $(SUITES)

SECONDS ?= 60
SAN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
san: deps-check
	$(Q)$(MAKE) --no-print-directory all units fuzzers B=$(B)-san JAIL=none OPT='-O1 -g' HARD= CFLAGS='$(SAN)' LDFLAGS='$(SAN)'
	$(Q)B='$(B)-san' SANITIZED=1 python3 tests/all.py $(SUITES)

fuzz: deps-check
	$(Q)$(MAKE) --no-print-directory fuzzers B=$(B)-fuzz CC=clang FUZZ=1 JAIL=none OPT='-O1 -g' HARD= \
	    CFLAGS='$(SAN) -fsanitize=fuzzer-no-link' LDFLAGS='$(SAN)'
	$(Q)B='$(B)-fuzz' python3 tests/fuzz/run.py --seconds $(SECONDS)

cover: deps-check
	$(Q)$(MAKE) --no-print-directory all units fuzzers B=$(B)-cover JAIL=none OPT='-O0 -g' HARD= CFLAGS=--coverage LDFLAGS=--coverage
	$(Q)B='$(B)-cover' python3 tests/all.py $(SUITES)
	$(Q)python3 tests/cover.py $(B)-cover

bench: deps-bench
	$(Q)$(MAKE) --no-print-directory all $(B)/web/room
	$(Q)$(MAKE) --no-print-directory -C tests/bench B='$(abspath $(B))' CC='$(CC)'

bless: all units
	$(Q)B='$(B)' BLESS=1 python3 tests/all.py $(SUITES)

# Schema, element reference and Lua reference are written from the tables in the code.
docs: all
	$(Q)B='$(B)' python3 tests/generated.py --write

fmt:
	clang-format -i $$(git ls-files 'engine/*.[ch]' 'tests/*.[ch]')

# ---- dependencies ------------------------------------------------------------------------------------------------
# Installs what is missing from the lists above, says so, and uses sudo where it is needed.
deps deps-check:
	$(Q)sh scripts/deps.sh $(PACKAGES_CHECK)
	$(Q)sh scripts/npm.sh tests/web
	$(Q)sh scripts/npm.sh tests/lrs
deps-play: ; $(Q)sh scripts/deps.sh $(PACKAGES_PLAY)
deps-bench: ; $(Q)sh scripts/deps.sh $(PACKAGES_BENCH)

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/rehearse $(DESTDIR)$(PREFIX)/lib \
	    $(DESTDIR)$(PREFIX)/share/rehearse/rubrics $(DESTDIR)$(PREFIX)/share/rehearse/scripts \
	    $(DESTDIR)$(PREFIX)/share/rehearse/scenarios $(DESTDIR)$(PREFIX)/share/rehearse/schema $(DESTDIR)$(PREFIX)/share/man/man1
	install $(B)/rehearse $(B)/rehearse-send $(DESTDIR)$(PREFIX)/bin
	install $(B)/rehearse-engine $(B)/rehearse-postgres.so $(DESTDIR)$(PREFIX)/libexec/rehearse
	install -m 644 scenarios/rubrics/* $(DESTDIR)$(PREFIX)/share/rehearse/rubrics
	install -m 644 scripts/*.lua $(DESTDIR)$(PREFIX)/share/rehearse/scripts
	install -m 644 scenarios/schema/* $(DESTDIR)$(PREFIX)/share/rehearse/schema
	cp -r $(filter-out scenarios/rubrics scenarios/schema,$(wildcard scenarios/*)) $(DESTDIR)$(PREFIX)/share/rehearse/scenarios
	install -m 644 docs/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/share/man/zh_CN/man1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	    $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 644 docs/man/zh_CN/*.1 $(DESTDIR)$(PREFIX)/share/man/zh_CN/man1
	$(B)/rehearse completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/rehearse
	$(B)/rehearse completion zsh --lang en > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_rehearse
	$(B)/rehearse completion fish --lang en > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/rehearse.fish

clean:
	rm -rf $(B) $(B)-san $(B)-fuzz $(B)-cover

.PHONY: all units fuzzers help play check san fuzz cover bench bless docs fmt deps deps-check deps-play deps-bench install clean
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)

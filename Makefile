# Everything that a developer types. `make test` is what CI runs.

PREFIX ?= /usr/local
DESTDIR ?=
RELEASE = .build/release/execplan
SEEDS ?= 60000
SHELL = /bin/bash

.PHONY: help setup build test lint demo release install uninstall mutants simulate fuzz sanitize bench kill-storm clean

help:
	@echo 'make demo      build, then run the plan of plans/ and show a failure and its resume'
	@echo 'make test      what CI runs: setup, format, build, tests, checks of schemas and docs'
	@echo 'make build     debug build'
	@echo 'make release   release build with the Swift library linked in'
	@echo 'make install   install program, manual page and completions below PREFIX=$(PREFIX)'
	@echo 'make lint      check the format of the sources'
	@echo 'make mutants   break the program in many small ways; every break must fail a test'
	@echo 'make simulate  run plans through random crashes: SEEDS=COUNT or SEEDS=FROM-TO (SEEDS=$(SEEDS))'
	@echo 'make fuzz      give the readers inputs of libFuzzer, SECONDS=60 for each of TARGETS'
	@echo 'make sanitize  run all tests with the address and the thread sanitizer'
	@echo 'make bench     measure'
	@echo 'make kill-storm  kill a run 500 times at random moments and compare it with what really ran;'
	@echo '                 kill a load on SQLite and PostgreSQL 200 times each and count the rows'

setup:
	@.ci/setup

build: setup
	swift build

test:
	@.ci/run

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

demo: setup
	@.ci/demo

release: setup
	swift build -c release --static-swift-stdlib --product execplan

install: release
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/share/man/man1' \
	  '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' \
	  '$(DESTDIR)$(PREFIX)/share/zsh/site-functions' '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	install -s -m 755 $(RELEASE) '$(DESTDIR)$(PREFIX)/bin/execplan'
	$(RELEASE) man > '$(DESTDIR)$(PREFIX)/share/man/man1/execplan.1'
	$(RELEASE) completions bash > '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/execplan'
	$(RELEASE) completions zsh > '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_execplan'
	$(RELEASE) completions fish > '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/execplan.fish'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/execplan' '$(DESTDIR)$(PREFIX)/share/man/man1/execplan.1' \
	  '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/execplan' \
	  '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_execplan' \
	  '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/execplan.fish'

mutants: setup
	@.ci/mutants

simulate: setup
	swift build -c release --product simulate
	.build/release/simulate $(SEEDS)

fuzz: setup
	@.ci/fuzz $(or $(SECONDS),60) $(TARGETS)

sanitize: setup
	@.ci/sanitize

bench: release
	@.ci/bench --write

kill-storm: setup
	swift build --build-tests
	EXECPLAN_KILLS=$${KILLS:-500} EXECPLAN_SQL_KILLS=$${SQL_KILLS:-200} EXECPLAN_SEED=$${SEED:-1000} \
	  EXECPLAN_TRIALS=$${TRIALS:-20} \
	  swift test --skip-build --disable-xctest --filter '(KillStorm|SQLKill|Damage)Tests'

clean:
	rm -rf .build .demo

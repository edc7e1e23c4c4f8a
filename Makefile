# sg: lyrics in, song out. `make help` lists what can be made.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
DESTDIR ?=
# 1: tools that carry Swift's standard library with them; 0: they need it installed.
STATIC ?= 1
SEED ?= 2
FUZZ_RUNS ?= 1000000
MODEL ?= default-model
BENCH_MODEL ?= .build/bench-model
BENCH_SECONDS ?= 30

TOOLS := sg-lyrics sg-encode sg-lm sg-decode sg-mix sg-edit sg-inspect sg-eval sg-model sg-train
SCRIPTS := sg-generate
SHELLS := bash zsh fish
BUILD := swift build --configuration release
BIN := .build/release

bindir := $(DESTDIR)$(PREFIX)/bin
mandir := $(DESTDIR)$(PREFIX)/share/man
bashdir := $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir := $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir := $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

ifeq ($(STATIC),1)
install_build := $(BUILD) --static-swift-stdlib --scratch-path .build-static
install_bin := .build-static/release
else
install_build := $(BUILD)
install_bin := $(BIN)
endif

# Debian packages that are missing. Package.swift lists the libraries; a line there reads
# system(MODULE, PKG-CONFIG-NAME, DEBIAN-PACKAGE); kissfft is linked by its module map instead.
define missing_libraries
command -v pkg-config > /dev/null || echo pkg-config; \
sed -n 's/^ *system("[^"]*", "\([^"]*\)", "\([^"]*\)"),$$/\1 \2/p' Package.swift | \
while read -r name package; do \
  pkg-config --exists "$$name" 2> /dev/null || echo "$$package"; \
done; \
pkg-config --exists kissfft-float 2> /dev/null || echo libkissfft-dev
endef

# What the tests need beside the libraries.
define missing_programs
for program in python3 mandoc espeak-ng sox; do \
  command -v "$$program" > /dev/null || echo "$$program"; \
done
endef

# Installs the packages that the commands in $(1) print.
define install_packages
@packages=$$($(1)); \
if [ -n "$$packages" ]; then \
  if ! command -v apt-get > /dev/null; then \
    echo "make: please install what Debian calls:" $$packages >&2; exit 69; \
  fi; \
  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
  $$sudo apt-get update && \
  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $$packages; \
fi
endef

.NOTPARALLEL:

.PHONY: build song check test install uninstall bench bench-pipe default-model fuzz soak soak-deps \
  sanitize fmt lint completions deps deps-check swift clean help

build: deps ## build the tools
	$(BUILD)

song: build ## build, and write song.flac from the README's lyrics with the embedded model
	@request=$$(grep -m 1 '^{"idx"' README.md) || \
	  { echo "make: README.md has no line that begins with {\"idx\"" >&2; exit 66; }; \
	PATH="$(CURDIR)/$(BIN):$$PATH"; set -o pipefail; \
	printf '%s\n' "$$request" | sg-lyrics | sg-lm --seed $(SEED) | sg-decode | \
	  sg-mix -o song.flac > /dev/null

check: deps-check lint test ## install what is missing, run the style checks and all tests

# Without testable imports the tests share the build of the tools.
test: swift ## run all tests
	swift test --configuration release --disable-testable-imports

soak: build soak-deps ## test what takes long: a hundred kills, clusters, load
	for script in $(sort $(wildcard Tests/Soak/[0-9]*.sh)); do \
	  Tests/Soak/run "$$script" || exit 1; \
	done

# Debian's packages of the clusters that these tests set up.
soak-deps: deps-check
	$(call install_packages,for pair in parallel:parallel sbatch:slurm-wlm munged:munge \
	  sshd:openssh-server ssh:openssh-client ip:iproute2; do \
	  PATH="$$PATH:/usr/sbin:/sbin" command -v "$${pair%%:*}" > /dev/null || echo "$${pair##*:}"; \
	done)

sanitize: deps-check ## run the tests of the libraries under the address and the thread sanitizer
	for kind in address thread; do \
	  ASAN_OPTIONS=detect_leaks=0 swift test --sanitize $$kind --scratch-path .build-$$kind \
	    --skip PipelineTests || exit 1; \
	done

install: deps ## install tools, man pages and completions: PREFIX=/usr/local DESTDIR= STATIC=1
	$(foreach tool,$(TOOLS),$(install_build) --product $(tool) &&) true
	install -d $(bindir) $(mandir)/man1 $(mandir)/man5 $(mandir)/man7 \
	  $(bashdir) $(zshdir) $(fishdir)
	install -m 755 -s $(addprefix $(install_bin)/,$(TOOLS)) $(bindir)
	install -m 755 $(addprefix Sources/sg-generate/,$(SCRIPTS)) $(bindir)
	install -m 644 man/man1/*.1 $(mandir)/man1
	install -m 644 man/man5/*.5 $(mandir)/man5
	install -m 644 man/man7/*.7 $(mandir)/man7
	for tool in $(TOOLS); do \
	  install -m 644 completions/bash/$$tool $(bashdir) && \
	  install -m 644 completions/zsh/_$$tool $(zshdir) && \
	  install -m 644 completions/fish/$$tool.fish $(fishdir) || exit 1; \
	done

uninstall: ## remove what install put there (same PREFIX and DESTDIR)
	rm -f $(addprefix $(bindir)/,$(TOOLS) $(SCRIPTS)) \
	  $(foreach page,$(wildcard man/man?/*.?),$(mandir)/$(page:man/%=%)) \
	  $(addprefix $(bashdir)/,$(TOOLS)) $(TOOLS:%=$(zshdir)/_%) $(TOOLS:%=$(fishdir)/%.fish)

bench: build ## time the parts of the models at official sizes
	$(BIN)/sg-bench

bench-pipe: build ## time the whole pipe on random weights of the base model, 18 GB: BENCH_SECONDS=30
	[ -e $(BENCH_MODEL) ] || { rm -rf $(BENCH_MODEL).raw && \
	  $(BIN)/sg-model fake --like base -o $(BENCH_MODEL).raw && \
	  $(BIN)/sg-model import $(BENCH_MODEL).raw --quantize lm=q8 -o $(BENCH_MODEL) && \
	  rm -rf $(BENCH_MODEL).raw; }
	python3 Tests/Bench/pipe.py $(BIN) $(BENCH_MODEL) $(BENCH_SECONDS)

default-model: build ## make the embedded model from nothing, some hours: MODEL=default-model
	PATH="$(CURDIR)/$(BIN):$$PATH" Sources/CDefaultModel/recipe/make.sh $(MODEL)

fuzz: swift ## run libFuzzer over the readers of what comes from outside: FUZZ_RUNS=1000000
	Tests/Fuzz/run.sh $(FUZZ_RUNS)

fmt: swift ## format the Swift code
	swift format format --in-place --parallel --recursive Package.swift Sources Tests

lint: swift ## check the style of the Swift code
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

completions: build ## write completions/ anew from the tools' options
	mkdir -p completions/bash completions/zsh completions/fish
	for tool in $(TOOLS); do \
	  $(BIN)/$$tool --generate-completion-script bash > completions/bash/$$tool && \
	  $(BIN)/$$tool --generate-completion-script zsh > completions/zsh/_$$tool && \
	  $(BIN)/$$tool --generate-completion-script fish > completions/fish/$$tool.fish || exit 1; \
	done

deps: swift
	$(call install_packages,$(missing_libraries))

deps-check: swift
	$(call install_packages,{ $(missing_libraries); $(missing_programs); })

swift:
	@command -v swift > /dev/null || \
	  { echo "make: swift is not installed; see https://www.swift.org/install" >&2; exit 69; }

clean: ## remove what was built
	rm -rf .build .build-static .build-fuzz .build-address .build-thread song.flac

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \2/p' Makefile | \
	  awk '{ printf "  make %-15s", $$2; $$1 = $$2 = ""; sub(/^ +/, ""); print }'

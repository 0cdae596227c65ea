# Shared by demo, test and the scripts under eng. Sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$@"; } # a line for each argument
fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 2; }

need_sdk() {
  command -v dotnet >/dev/null || fail "the .NET 10 SDK is not installed (no 'dotnet' on the PATH); see https://dotnet.microsoft.com/download"
  (cd "$root" && dotnet --version >/dev/null) || fail "a .NET 10 SDK is needed; 'dotnet --list-sdks' shows which ones are installed"
}

# Builds one project or the solution. Quiet when all is well, complete when it is not.
build() {
  local started=$SECONDS log
  log=$(mktemp)
  say "Building $1 (the first time takes about a minute: packages are restored) ..."
  if ! (cd "$root" && dotnet build "$1" --configuration "$configuration" --verbosity quiet) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "the build failed; its output is above"
  fi
  rm -f "$log"
  say "Built in $((SECONDS - started)) s."
}

# Runs the tool as built.
quiesce() { dotnet "$root/artifacts/bin/Quiesce.Cli/release/quiesce.dll" "$@"; }

# A page under docs/results, around what comes on standard input: with date, commit and machine, so that a figure is never without them.
record() { # PAGE COMMAND TITLE ABOUT
  local page=$root/docs/results/$1.md machine
  machine="$(nproc) cores of $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1), Linux $(uname -r), .NET $(cd "$root" && dotnet --version)"
  mkdir -p "$root/docs/results"
  {
    printf '# %s\n\nWritten by `%s`; do not edit. %s, commit %s.\nMachine: %s.\n\n%s\n\n' \
      "$3" "$2" "$(date -u +%Y-%m-%d)" "$(git -C "$root" rev-parse --short HEAD)" "$machine" "$4"
    cat
  } >"$page.new"
  mv "$page.new" "$page"
  say "Written to docs/results/$1.md."
}

# A project as one self-contained file for Linux on x64: trimmed, compiled ahead, without a need for .NET. Everything that is built on the way goes
# to a folder of its own, so that no other build's output is touched.
publish_single_file() { # PROJECT FOLDER BUILD
  dotnet publish "$1" --configuration Release --runtime linux-x64 --self-contained --output "$2" --artifacts-path "$3" --verbosity quiet \
    -p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true -p:EnableCompressionInSingleFile=true -p:EventSourceSupport=false \
    -p:PackAsTool=false -p:DebugType=none -p:InvariantGlobalization=true \
    -p:RestoreLockedMode=false "-p:NuGetLockFilePath=$3/$(basename "$1").lock.json"
}

# bench/BenchService as an application is that takes Quiesce from its packages: as it is built, in WORK/built, and as it goes into an image that shall start
# fast, compiled ahead for Linux on x64, in WORK/published. Nothing of it gets into the tree or among the user's packages. The solution must be built.
build_services() { # WORK
  local version=0.1.0-bench.$$ options
  "$root/eng/pack" "$1/feed" "$version" >"$1/log" 2>&1 || { cat "$1/log" >&2; fail "the packages could not be made; what was said is above"; }
  options=(--configuration "$configuration" --verbosity quiet --artifacts-path "$1/build" "-p:QuiesceVersion=$version"
    "-p:RestoreAdditionalProjectSources=$1/feed" "-p:RestorePackagesPath=$1/packages" "-p:RestoreFallbackFolders=${NUGET_PACKAGES:-$HOME/.nuget/packages}"
    -p:RestoreLockedMode=false "-p:NuGetLockFilePath=$1/service.lock.json")
  {
    dotnet build "$root/bench/BenchService" --output "$1/built" "${options[@]}" &&
      dotnet publish "$root/bench/BenchService" --output "$1/published" --runtime linux-x64 --no-self-contained -p:PublishReadyToRun=true "${options[@]}"
  } >"$1/log" 2>&1 || { cat "$1/log" >&2; fail "the service could not be built from the packages; what was said is above"; }
}

# What a bench says of both of them.
both_ways() { # WORK COMMAND ...: called with the program's file behind it
  say "With the packages, and itself compiled when it is first called:" ""
  "${@:2}" "$1/built/BenchService.dll" || return
  say "" "Published with \`PublishReadyToRun\`, all of it compiled ahead:" ""
  "${@:2}" "$1/published/BenchService.dll"
}

fenced() { printf '```\n'; cat; printf '```\n'; }

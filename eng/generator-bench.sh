#!/usr/bin/env bash
# Builds a project of 200 contracts with 1000 events in four ways, and prints how long each takes and how much longer than the first.
# Then it prints what the generator adds beside the generators of others (eng/generator-peers.sh), and how long it runs while you type, with
# 10, 100 and 200 contracts (tests/EventBus.Benchmarks.Typing).
# The goal was 1.5. It is not met and cannot be (docs/decisions/0013): 'senders' is what typed senders cost before they do anything, and neither the events nor a formatter is in it yet.
#   bare       the compiler is given neither generator nor analyzers: interfaces and what they carry, nothing emitted
#   senders    as bare, with the signatures of the senders and nothing else: no bodies, no events, no formatters
#   emitted    as bare, with the emitted code among the sources: what a project has that keeps such code by hand
#   generator  with the generator and the analyzers
# cold: everything is compiled, by a compiler that was just started. incremental: a file that touches no contract was edited, and the compiler server runs.
#   ./eng/generator-bench.sh [repeats]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repeats=${1:-5}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

folder=$(mktemp -d)
server_id=eventbus-bench-$$

# The compiler server is this script's own, and would outlive it by ten minutes.
end_server() {
  local server
  for server in $(pgrep -f -- "-pipename:${server_id}( |\$)"); do
    kill "$server" 2> /dev/null || true
  done
}
trap 'rm -rf "$folder"; end_server' EXIT

dotnet build src/EventBus --configuration Release --verbosity quiet

# Every contract has five events with what contracts carry: an object with a list of others in it, text, numbers, dates, binary.
write_sources() {
  local i
  for i in $(seq 200); do
    cat > "$folder/I${i}Events.cs" <<CS
using EventBus;

namespace Bench;

[BroadcastEvent(Namespace = "/n$((i % 10))")]
public interface ISubject${i}Events
{
    void Touched(DateTimeOffset at);
    ValueTask Changed(Subject${i} subject, string by);
    Task Renamed(Guid id, string from, string to);
    ValueTask Pictured(Guid id, ReadOnlyMemory<byte> jpeg, int width, int height);
    ValueTask Counted(IReadOnlyDictionary<string, int> byName, IReadOnlyList<Part${i}> parts, double? average);
}

public sealed record Subject${i}(Guid Id, string Name, decimal Price, IReadOnlyList<Part${i}> Parts, DateTimeOffset? Since);

public readonly record struct Part${i}(int Number, string? Label);
CS
  done
}

write_project() {
  mkdir -p "$folder/$1"
  cat > "$folder/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="../*.cs" />
    <Reference Include="$PWD/src/EventBus/bin/Release/net10.0/EventBus.dll" />
    $2
  </ItemGroup>
</Project>
XML
  dotnet restore "$folder/$1" --verbosity quiet
}

write_senders() {
  local file
  mkdir "$folder/senders.files"
  for file in "$folder"/emitted.files/EventBus.Generators/*/Bench.*.g.cs; do
    { sed '/Defines the contract when/,$d; s/^        [A-Za-z]*Event\.\(SendAsync\|Post\)(.*);$/        default;/' "$file"; echo '}'; } > "$folder/senders.files/$(basename "$file")"
  done
}

analyzer() {
  echo "<Analyzer Include=\"$PWD/src/EventBus.$1/bin/Release/netstandard2.0/EventBus.$1.dll\" />"
}

build() {
  dotnet build "$folder/$1" --no-restore --verbosity quiet "${@:2}" > "$folder/build.log" || { cat "$folder/build.log" >&2; exit 1; }
}

# Milliseconds of one build.
timed() {
  local start
  start=$(date +%s%N)
  build "$@"
  echo $((($(date +%s%N) - start) / 1000000))
}

cold() {
  rm -rf "$folder/$1/bin" "$folder/$1/obj/Debug"
  timed "$1" -p:UseSharedCompilation=false
}

edit() {
  echo "namespace Bench; public static class Elsewhere { public const string Value = \"$1\"; }" > "$folder/Elsewhere.cs"
}

median() {
  sort -n | sed -n "$(((repeats + 1) / 2))p"
}

report() {
  local project bare milliseconds
  bare=$(median < "$folder/$1.bare")
  for project in "${projects[@]}"; do
    milliseconds=$(median < "$folder/$1.$project")
    awk -v what="$1" -v project="$project" -v ms="$milliseconds" -v bare="$bare" 'BEGIN { printf "%-12s %-10s %9d ms %6.2f\n", what, project, ms, ms / bare }'
  done
}

projects=(bare senders emitted generator)
edit 0
write_sources
write_project bare ""
write_project generator "$(analyzer Generators)$(analyzer Analyzers)"

# The emitted code of one build is the source of another project.
build generator -p:EmitCompilerGeneratedFiles=true -p:CompilerGeneratedFilesOutputPath="$folder/emitted.files"
write_project emitted '<Compile Include="../emitted.files/EventBus.Generators/**/*.cs" />'
write_senders
write_project senders '<Compile Include="../senders.files/*.cs" />'

# In turns, so that what else the machine does falls on all.
for i in $(seq "$repeats"); do
  for project in "${projects[@]}"; do
    cold "$project" >> "$folder/cold.$project"
  done
done
# The compiler server is warm before it is timed.
server=(-p:UseSharedCompilation=true "-p:SharedCompilationId=$server_id")
for i in 1 2 3; do
  edit "warm$i"
  for project in "${projects[@]}"; do
    build "$project" "${server[@]}"
  done
done
for i in $(seq "$repeats"); do
  edit "$i"
  for project in "${projects[@]}"; do
    timed "$project" "${server[@]}" >> "$folder/incremental.$project"
  done
done

echo "200 contracts, 1000 events; $(cat $(find "$folder/emitted.files/EventBus.Generators" -name '*.cs') | wc -l) lines are emitted; median of $repeats"
report cold
report incremental
echo
eng/generator-peers.sh "$repeats"
echo
dotnet run --project tests/EventBus.Benchmarks.Typing --configuration Release --verbosity quiet

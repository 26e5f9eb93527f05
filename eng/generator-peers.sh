#!/usr/bin/env bash
# Measures how much build time the generator adds beside the generators of others, for the same 400 payload types and 200 interfaces.
#   types      the payload types alone; the others are compared with it
#   EventBus   and 200 contracts with 1000 events, with the generator and the analyzers
#   generator  the same without the analyzers
#   STJ        and a context of System.Text.Json for the payload types, without interfaces
#   Orleans    and serializers of the payload types and 200 grain interfaces with 1000 methods
#   Refit      and 200 interfaces with 1000 methods
# MessagePack-CSharp is left out: version 2 generates its formatters at run time.
# The goals: EventBus adds at most 0.5 × what STJ adds, and 0.15 × what Orleans adds.
# cold: everything is compiled, by a compiler that was just started. warm: a file was edited that touches no type, and the compiler server runs.
#   ./eng/generator-peers.sh [repeats]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repeats=${1:-5}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

folder=$(mktemp -d)
server_id=eventbus-peers-$$
projects=(types EventBus generator STJ Orleans Refit)

# The compiler server is this script's own, and would outlive it by ten minutes.
end_server() {
  local server
  for server in $(pgrep -f -- "-pipename:${server_id}( |\$)"); do
    kill "$server" 2> /dev/null || true
  done
}
trap 'rm -rf "$folder"; end_server' EXIT

# Writes the two payload types of one subject. The second and third arguments are attributes of a type and a property.
write_types() {
  cat > "$folder/$1/Subject$2.cs" <<CS
namespace Bench;

$3
public sealed record Subject$2($(member "$4" 0)Guid Id, $(member "$4" 1)string Name, $(member "$4" 2)decimal Price, $(member "$4" 3)IReadOnlyList<Part$2> Parts, $(member "$4" 4)DateTimeOffset? Since);

$3
public readonly record struct Part$2($(member "$4" 0)int Number, $(member "$4" 1)string? Label);
CS
}

member() {
  [ -z "$1" ] || echo "[property: $1($2)] "
}

# Writes an interface with five methods: attributes of the interface, its bases, the result of a method, and an attribute of a method.
write_interface() {
  local project=$1 i=$2 attributes=$3 bases=$4 result=$5 method=$6
  cat > "$folder/$project/I$i.cs" <<CS
namespace Bench;

$attributes
public interface ISubject${i}Events$bases
{
    $method $result Touched(DateTimeOffset at);
    $method $result Changed(Subject$i subject, string by);
    $method $result Renamed(Guid id, string from, string to);
    $method $result Pictured(Guid id, byte[] jpeg, int width, int height);
    $method $result Counted(Dictionary<string, int> byName, List<Part$i> parts, double? average);
}
CS
}

write_context() {
  local i
  {
    echo 'namespace Bench;'
    for i in $(seq 200); do
      echo "[System.Text.Json.Serialization.JsonSerializable(typeof(Subject$i)), System.Text.Json.Serialization.JsonSerializable(typeof(Part$i))]"
    done
    echo 'public sealed partial class Context : System.Text.Json.Serialization.JsonSerializerContext;'
  } > "$folder/STJ/Context.cs"
}

write_project() {
  cat > "$folder/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <AssemblyName>Bench.$1</AssemblyName>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>$2</ItemGroup>
</Project>
XML
  dotnet restore "$folder/$1" --verbosity quiet
}

write_projects() {
  local project i
  for project in "${projects[@]}"; do
    mkdir -p "$folder/$project"
    for i in $(seq 200); do
      case $project in
        Orleans) write_types "$project" "$i" '[Orleans.GenerateSerializer]' 'Orleans.Id' ;;
        *) write_types "$project" "$i" '' '' ;;
      esac
      case $project in
        EventBus | generator) write_interface "$project" "$i" "[EventBus.BroadcastEvent(Namespace = \"/n$((i % 10))\")]" '' ValueTask '' ;;
        Orleans) write_interface "$project" "$i" '' ' : Orleans.IGrainWithGuidKey' Task '' ;;
        Refit) write_interface "$project" "$i" '' '' Task "[Refit.Post(\"/$i\")]" ;;
      esac
    done
  done
  write_context
  write_project types ''
  write_project STJ ''
  write_project Orleans '<PackageReference Include="Microsoft.Orleans.Sdk" Version="10.4.2" />'
  write_project Refit '<PackageReference Include="Refit" Version="16.4.0" />'
  write_project EventBus "<Reference Include=\"$PWD/src/EventBus/bin/Release/net10.0/EventBus.dll\" />$(analyzer Generators)$(analyzer Analyzers)"
  write_project generator "<Reference Include=\"$PWD/src/EventBus/bin/Release/net10.0/EventBus.dll\" />$(analyzer Generators)"
}

analyzer() {
  echo "<Analyzer Include=\"$PWD/src/EventBus.$1/bin/Release/netstandard2.0/EventBus.$1.dll\" />"
}

edit() {
  local project
  for project in "${projects[@]}"; do
    echo "namespace Bench; public static class Elsewhere { public const string Value = \"$1\"; }" > "$folder/$project/Elsewhere.cs"
  done
}

# Milliseconds of one build.
timed() {
  local start
  start=$(date +%s%N)
  dotnet build "$folder/$1" --no-restore --verbosity quiet "${@:2}" > "$folder/build.log" || { cat "$folder/build.log" >&2; exit 1; }
  echo $((($(date +%s%N) - start) / 1000000))
}

median() {
  sort -n "$folder/$1" | sed -n "$(((repeats + 1) / 2))p"
}

report() {
  local project types added
  types=$(median "$1.types")
  for project in "${projects[@]}"; do
    added=$(($(median "$1.$project") - types))
    awk -v what="$1" -v project="$project" -v ms="$((types + added))" -v added="$added" \
      -v stj="$(($(median "$1.STJ") - types))" -v orleans="$(($(median "$1.Orleans") - types))" \
      'BEGIN { printf "%-5s %-9s %8d ms, adds %8d ms: %6.2f of STJ, %6.2f of Orleans\n", what, project, ms, added, added / stj, added / orleans }'
  done
}

dotnet build src/EventBus --configuration Release --verbosity quiet
write_projects
edit 0

# In turns, so that what else the machine does falls on all.
for i in $(seq "$repeats"); do
  for project in "${projects[@]}"; do
    rm -rf "$folder/$project/bin" "$folder/$project/obj/Debug"
    timed "$project" -p:UseSharedCompilation=false >> "$folder/cold.$project"
  done
done
server=(-p:UseSharedCompilation=true "-p:SharedCompilationId=$server_id")
for i in $(seq $((repeats + 2))); do
  edit "$i"
  for project in "${projects[@]}"; do
    milliseconds=$(timed "$project" "${server[@]}")
    [ "$i" -le 2 ] || echo "$milliseconds" >> "$folder/warm.$project" # The compiler server is warm before it is timed.
  done
done

echo "400 payload types; median of $repeats"
report cold
report warm

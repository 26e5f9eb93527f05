using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests;

/// <summary>The properties of a project, and the keys of an <c>.editorconfig</c> that holds for all of its files.</summary>
internal sealed class Settings(IReadOnlyDictionary<string, string> properties, IReadOnlyDictionary<string, string> keys)
    : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties);

    public static AnalyzerOptions Property(string name, string value) => Of(new() { [$"build_property.{name}"] = value }, []);

    public static AnalyzerOptions Key(string name, string value) => Of([], new() { [name] = value });

    public static AnalyzerOptions Of(Dictionary<string, string> properties, Dictionary<string, string> keys) =>
        new(ImmutableArray<AdditionalText>.Empty, new Settings(properties, keys));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(keys);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(keys);

    private sealed class Values(IReadOnlyDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

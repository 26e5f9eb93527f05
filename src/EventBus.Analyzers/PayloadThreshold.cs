using System.Globalization;
using EventBus.Generators.Contracts.Bounds;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers;

/// <summary>From how many bytes a project's messages are attached: <c>eventbus_payload_threshold</c> of an <c>.editorconfig</c>, else the project's <c>EventBusPayloadThreshold</c>, else 8000.</summary>
internal static class PayloadThreshold
{
    private const string Property = "build_property.EventBusPayloadThreshold";
    private const string Key = "eventbus_payload_threshold";

    // What the option of the same name may be at run time.
    private const int Least = 128;

    public static int Of(AnalyzerConfigOptionsProvider options, SyntaxTree? tree)
    {
        if (tree is not null && options.GetOptions(tree).TryGetValue(Key, out var ofFile) && Parse(ofFile) is { } threshold)
            return threshold;
        return options.GlobalOptions.TryGetValue(Property, out var ofProject) ? Parse(ofProject) ?? EventBounds.PayloadLimit : EventBounds.PayloadLimit;
    }

    private static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is >= Least and <= EventBounds.PayloadLimit ? bytes : null;
}

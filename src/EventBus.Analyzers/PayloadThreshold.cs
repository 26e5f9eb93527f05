using System.Globalization;
using EventBus.Generators.Contracts.Bounds;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers;

/// <summary>
/// The number of bytes from which a project's messages travel as attachments: <c>eventbus_payload_threshold</c> of an <c>.editorconfig</c>,
/// else the project's <c>EventBusPayloadThreshold</c>, else 8000.
/// </summary>
internal static class PayloadThreshold
{
    private const string Property = "build_property.EventBusPayloadThreshold";
    private const string Key = "eventbus_payload_threshold";

    // The least value of the option at run time.
    private const int Least = 128;

    public static int Of(AnalyzerConfigOptionsProvider options, SyntaxTree? tree)
    {
        if (tree is not null && options.GetOptions(tree).TryGetValue(Key, out var ofFile) && Parse(ofFile) is { } threshold)
            return threshold;
        return (options.GlobalOptions.TryGetValue(Property, out var ofProject) ? Parse(ofProject) : null) ?? EventBounds.PayloadLimit;
    }

    private static int? Parse(string text)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes);
        return isNumber && bytes is >= Least and <= EventBounds.PayloadLimit ? bytes : null;
    }
}

using System.Collections.Immutable;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>One event on the wire, as one line: <c>/orders placed(id: guid, note?: string) -> bool</c>.</summary>
internal sealed class EventForm(string busNamespace, string name, ImmutableArray<NamedForm> parameters, TypeForm? answer)
{
    public ImmutableArray<NamedForm> Parameters { get; } = parameters;

    public TypeForm? Answer { get; } = answer;

    /// <summary>What receivers tell events by: <c>/orders placed</c>.</summary>
    public string Key { get; } = $"{FormText.QuoteNamespace(busNamespace)} {FormText.Quote(name)}";

    public override string ToString() => $"{Key}({string.Join(", ", Parameters)}){(Answer is null ? "" : $" -> {Answer}")}";
}

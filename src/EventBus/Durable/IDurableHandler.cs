using EventBus.Rooms;

namespace EventBus.Durable;

/// <summary>The handler of a group, as the host calls it.</summary>
internal interface IDurableHandler
{
    /// <summary>The name of its contract.</summary>
    string Contract { get; }

    /// <summary>The bus namespace of its contract.</summary>
    string Namespace { get; }

    /// <summary>The names of its events on the wire.</summary>
    IReadOnlySet<string> EventNames { get; }

    EventDecoder Decoder { get; }

    /// <summary>Returns the names of its events that are not written to the journal.</summary>
    IReadOnlyList<string> FindUnjournaled(JournalScope scope);

    /// <summary>The names of its events without a partition key.</summary>
    IReadOnlyList<string> WithoutKey { get; }

    /// <summary>Cancelled when the host begins to stop. Handlers receive it.</summary>
    CancellationToken Stop { get; }

    /// <summary>Completes when the host has started.</summary>
    Task Opened { get; }

    /// <summary>Calls the application's handler, in a scope that has the context.</summary>
    ValueTask InvokeAsync(object decoded, DurableContext context);

    /// <summary>Returns a name of the handler for messages.</summary>
    string Describe(object decoded);

    /// <summary>Calls the application's dead-letter handler, if it has one, after the dead letter was stored.</summary>
    ValueTask BuriedAsync(object decoded, Exception failure);
}

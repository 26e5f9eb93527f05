using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>What carries out commands: a node of the cluster, or an emitter that joins nothing. Disposing it publishes what was started before.</summary>
internal interface IMember : IAsyncDisposable
{
    /// <summary>What it calls itself in its <c>ready</c>.</summary>
    string Uid { get; }

    /// <summary>Starts a command; the task ends with its result. What has to be in the order of the commands is done when the call returns.</summary>
    /// <exception cref="NotSupportedException">It has no such command.</exception>
    Task<JsonNode?> StartAsync(Command command);
}

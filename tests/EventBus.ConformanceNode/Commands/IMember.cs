using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>
/// Executes commands: a node of the cluster, or an emitter that joins nothing. Dispose publishes the events that were started before.
/// </summary>
internal interface IMember : IAsyncDisposable
{
    /// <summary>Its name in the <c>ready</c> report.</summary>
    string Uid { get; }

    /// <summary>
    /// Starts a command; the task completes with its result. The parts that must keep the order of commands are done when the call returns.
    /// </summary>
    /// <exception cref="NotSupportedException">It does not have this command.</exception>
    Task<JsonNode?> StartAsync(Command command);
}

using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Waits until a node counts the nodes of a namespace as a test expects them.</summary>
internal static class NodeCount
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Completes when the node counts this many nodes, itself included.</summary>
    /// <remarks>
    /// A node that has started may not know all others yet: if the process stands still, their responses arrive after the first round.
    /// </remarks>
    public static async Task UntilAsync(IBusNamespace busNamespace, int nodes)
    {
        var changed = NewSignal();
        busNamespace.NodeJoined += Change;
        busNamespace.NodeLeft += Change;
        try
        {
            while (true)
            {
                var next = Volatile.Read(ref changed).Task;
                if (await busNamespace.ServerCountAsync(TestContext.Current.CancellationToken) == nodes)
                    return;
                await next.WaitAsync(Patience, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            busNamespace.NodeJoined -= Change;
            busNamespace.NodeLeft -= Change;
        }

        void Change(string uid) => Interlocked.Exchange(ref changed, NewSignal()).TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

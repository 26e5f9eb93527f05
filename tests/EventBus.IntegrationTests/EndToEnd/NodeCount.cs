using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Waits until a node counts the nodes of a namespace as a test needs it.</summary>
internal static class NodeCount
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Completes when the number of nodes, the counting one included, is within bounds.</summary>
    /// <remarks>
    /// A node that has started may not know all others yet: if the process stands still, their responses arrive after the first round.
    /// </remarks>
    /// <returns>The number of nodes.</returns>
    public static async Task<int> UntilAsync(IBusNamespace busNamespace, int atLeast = 0, int atMost = int.MaxValue)
    {
        var changed = NewSignal();
        busNamespace.NodeJoined += Change;
        busNamespace.NodeLeft += Change;
        try
        {
            while (true)
            {
                var next = Volatile.Read(ref changed).Task;
                var count = await busNamespace.ServerCountAsync(TestContext.Current.CancellationToken);
                if (count >= atLeast && count <= atMost)
                    return count;
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

using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification;

/// <summary>
/// The members of a cluster in their roles, and the sockets of one scenario. Dispose ends the nodes that the scenario added.
/// </summary>
internal sealed class Stage(ClusterSite site, Position position, IReadOnlyList<Member> members, bool disturbs) : IAsyncDisposable
{
    private const string End = "the end";

    private readonly List<MemberSocket> _sockets = [];
    private readonly List<MemberSocket> _witnesses = [];
    private readonly List<Member> _added = [];
    private readonly List<Member> _ended = [];
    private readonly Dictionary<Member, int> _reportsBefore = members.ToDictionary(
        static member => member, static member => member.Reports.All.Count);

    public IReadOnlyList<Member> Members { get; } = members;

    public Member Sender => Members[0];

    /// <summary>The members that are nodes.</summary>
    public IEnumerable<Member> Nodes => Members.Where(static member => member.Kind.IsNode());

    /// <summary>The nodes except the sender.</summary>
    public IEnumerable<Member> Others => Members.Skip(1);

    /// <summary>Adds a socket on each node; an emitter's role has none.</summary>
    /// <param name="settings">The initial settings of the socket of a role.</param>
    /// <param name="nsp">The bus namespace, which every node joins.</param>
    public async Task<Sockets> ConnectAsync(Func<int, SocketSettings>? settings = null, string nsp = "/")
    {
        var connecting = Members.Select(
            (member, role) =>
                member.Kind.IsNode() ? member.ConnectAsync(nsp, settings?.Invoke(role) ?? new SocketSettings()) : null).ToArray();
        var sockets = new MemberSocket?[connecting.Length];
        for (var role = 0; role < sockets.Length; role++)
            sockets[role] = connecting[role] is { } socket ? await socket : null;
        _sockets.AddRange(sockets.OfType<MemberSocket>());
        await WhenCountedAsync(position.Nodes, nsp);
        return new Sockets(sockets);
    }

    /// <summary>Starts one more node, of the kind of the last role. All nodes count it when this completes.</summary>
    public async Task<Member> AddNodeAsync()
    {
        var added = await site.StartAsync(position.Kinds[^1]);
        _added.Add(added);
        await WhenCountedAsync(position.Nodes + _added.Count);
        await added.WhenCountsAsync(position.Nodes + _added.Count);
        return added;
    }

    /// <summary>Adds a socket on a node that was added.</summary>
    public async Task<MemberSocket> ConnectAsync(Member added, SocketSettings? settings = null)
    {
        var socket = await added.ConnectAsync("/", settings ?? new SocketSettings());
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>Stops an added node. No node counts it when this completes.</summary>
    public Task StopAsync(Member added) => EndAsync(added, added.StopAsync());

    /// <summary>Ends an added node abruptly. No node counts it when this completes.</summary>
    public Task CrashAsync(Member added) => EndAsync(added, added.CrashAsync().AsTask());

    /// <summary>Cuts the listening connection of every node.</summary>
    public Task CutListenersAsync() => site.CutListenersAsync(Nodes);

    /// <summary>Rejects every attachment until <see cref="AcceptAttachmentsAsync"/>.</summary>
    public Task RejectAttachmentsAsync() => site.RejectAttachmentsAsync();

    /// <summary>Accepts them again.</summary>
    public Task AcceptAttachmentsAsync() => site.AcceptAttachmentsAsync();

    /// <summary>Waits until each node counts this number of nodes.</summary>
    public Task WhenCountedAsync(int nodes, string nsp = "/") => Task.WhenAll(Nodes.Select(node => node.WhenCountsAsync(nodes, nsp)));

    /// <summary>
    /// Verifies that the sockets received exactly the expected events in their order, and that no member reported a failure.
    /// </summary>
    public async Task VerifyAsync()
    {
        foreach (var nsp in _sockets.Select(static socket => socket.Nsp).Distinct().ToArray())
            await FinishAsync(nsp);

        foreach (var socket in _sockets)
        {
            ReceivedEvent[] received = [.. socket.Received.Where(static received => received.Name != End)];
            Assert.True(
                socket.Expected.SequenceEqual(received),
                $"{socket} should have received {ReceivedEvent.Print(socket.Expected)}, but it received {ReceivedEvent.Print(received)}");
        }

        if (!disturbs)
            Assert.All(Members, AssertReportsNoFailure);
    }

    /// <summary>Restores the initial state of the cluster.</summary>
    public async Task ClearAsync()
    {
        foreach (var socket in _sockets.Concat(_witnesses).Where(socket => !_added.Contains(socket.Member)))
            await socket.DisconnectAsync();
        await DisposeAsync();
        await WhenCountedAsync(position.Nodes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var added in _added.Concat(_ended))
            await added.DisposeAsync();
    }

    // Every node has to reach the end, also without a socket: messages that it still has to read must not reach a later scenario.
    private async Task FinishAsync(string nsp)
    {
        var here = _sockets.Where(socket => socket.Nsp == nsp && socket.IsConnected).ToList();
        foreach (var node in Nodes.Except(here.Select(static socket => socket.Member)).ToArray())
        {
            var witness = await node.ConnectAsync(nsp, new SocketSettings());
            _witnesses.Add(witness);
            here.Add(witness);
        }

        // An attachment, because a Socket.IO server delivers these later than others.
        await Sender.EmitAsync(End, [Json.Binary(0)], new To { Nsp = nsp });
        await Task.WhenAll(here.Select(static socket => socket.WhenReceivedAsync(End)));
    }

    private async Task EndAsync(Member added, Task ending)
    {
        await ending;
        _added.Remove(added);
        _ended.Add(added);
        _sockets.RemoveAll(socket => socket.Member == added);
        await WhenCountedAsync(position.Nodes + _added.Count);
    }

    private void AssertReportsNoFailure(Member member)
    {
        foreach (var report in member.Reports.All.Skip(_reportsBefore[member]))
        {
            Assert.False(
                ReportLog.IsOf(report, "error") || ReportLog.IsOf(report, "gap") || ReportLog.IsOf(report, "attachmentLost"),
                $"The {member} reported: {report.GetRawText()}");
        }
    }
}

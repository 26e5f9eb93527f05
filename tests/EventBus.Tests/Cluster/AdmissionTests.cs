using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Tests.Cluster;

public sealed class AdmissionTests : IAsyncDisposable
{
    private const int Own = 1;
    private const int Peer = 2;
    private const int Stranger = 3;
    private const int SameStranger = 4;
    private const int Unknown = 5;

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly Backends _backends;
    private readonly Admission _admission;

    public AdmissionTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null, time: _time);
        _backends = new Backends(lookUp: null, static () => { }, _time, _logger);
        _admission = new Admission(_backends, _time, _diagnostics);
        Find(Own, "own", isOwn: true);
        Find(Peer, "peer");
        Find(Stranger, "stranger");
        Find(SameStranger, "stranger");
    }

    public ValueTask DisposeAsync() => _backends.DisposeAsync();

    [Theory]
    [InlineData(Stranger)]
    [InlineData(Unknown)]
    public void TryAdmit_flood_uses_up_the_budget_of_its_role_only(int pid)
    {
        var admitted = Flood(pid);
        Assert.InRange(admitted, 1, Admission.ForeignBurst / 1024);

        Assert.True(Request(Own));
        Assert.True(Request(Peer));
        Assert.Equal(pid == Unknown, Request(SameStranger));
        Assert.Equal(pid != Unknown, Request(6));
        Assert.Equal(1, _logger.Count(323));
        Assert.True(_diagnostics.RefusedRequests.Value > 0);
    }

    [Fact]
    public void TryAdmit_large_response_is_made_up_for()
    {
        Assert.True(_admission.TryAdmit(Message(Stranger), out var budget));
        budget.Charge(60 * Admission.ForeignPerSecond);
        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.False(Request(Stranger));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Request(Stranger));
    }

    [Fact]
    public void TryAdmit_management_of_a_stranger_costs_more()
    {
        var requests = Flood(Stranger);
        Assert.InRange(Flood(Peer, MessageType.SocketsJoin), 1, requests / 4);
    }

    [Fact]
    public void TryAdmit_more_roles_than_kept_share_one_budget()
    {
        for (var i = 0; i < 10 * Admission.MaxRoles; i++)
        {
            Find(1000 + i, $"role-{i}");
            Request(1000 + i);
        }

        Flood(1000 + (10 * Admission.MaxRoles) - 1);
        Assert.False(Request(Unknown));
        Assert.True(Request(1000));
    }

    private int Flood(int pid, MessageType type = MessageType.FetchSockets)
    {
        var admitted = 0;
        while (_admission.TryAdmit(Message(pid, type), out _))
            admitted++;
        return admitted;
    }

    private bool Request(int pid) => _admission.TryAdmit(Message(pid), out _);

    private void Find(int pid, string role, bool isOwn = false) => _backends.Of(pid).Found = new BackendRole(pid, role, isOwn);

    private static ClusterMessage Message(int pid, MessageType type = MessageType.FetchSockets)
    {
        var message = new ClusterMessage().Set(new Envelope { Type = type, Uid = "x" }, "/", size: 85, isAttached: false);
        message.Pid = pid;
        return message;
    }
}

using System.Text.Json.Nodes;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification;

/// <summary>The sockets of a scenario by the roles of their members.</summary>
internal sealed class Sockets(IReadOnlyList<MemberSocket?> sockets)
{
    /// <summary>The socket of a role that is a node in every position, that is, of any role except the sender.</summary>
    public MemberSocket this[int role] =>
        sockets[role] ?? throw new ArgumentException($"The role {role} has no socket in this position.", nameof(role));

    public IEnumerable<MemberSocket> All => sockets.OfType<MemberSocket>();

    public int Count => All.Count();

    /// <summary>The sockets of those roles that have one.</summary>
    public IEnumerable<MemberSocket> Of(params IEnumerable<int> roles) => roles.Select(role => sockets[role]).OfType<MemberSocket>();

    /// <summary>Joins a room with the sockets of these roles.</summary>
    public Task JoinAsync(string room, params IEnumerable<int> roles) => Task.WhenAll(Of(roles).Select(socket => socket.JoinAsync(room)));

    /// <summary>Expects an event at all sockets, and waits for it.</summary>
    public Task ReceiveAsync(string name, JsonArray? args = null) => ReceiveAsync(All, name, args);

    /// <summary>Expects an event at the sockets of these roles, and waits for it.</summary>
    public Task ReceiveAsync(IEnumerable<int> roles, string name, JsonArray? args = null) => ReceiveAsync(Of(roles), name, args);

    private static Task ReceiveAsync(IEnumerable<MemberSocket> sockets, string name, JsonArray? args) =>
        Task.WhenAll(sockets.Select(socket => socket.ReceivesAsync(ReceivedEvent.Of(name, args))));
}

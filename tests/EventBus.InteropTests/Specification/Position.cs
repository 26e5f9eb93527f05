using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Specification;

/// <summary>The kinds of members in their roles: one letter each. The first is the sender.</summary>
/// <remarks>
/// <c>M</c> a .NET node in memory, <c>D</c> a .NET node over PostgreSQL, <c>N</c> a Socket.IO server, <c>P</c> a .NET publisher, <c>E</c>
/// the reference's emitter.
/// </remarks>
internal sealed class Position(string name)
{
    public string Name { get; } = name;

    public IReadOnlyList<MemberKind> Kinds { get; } = [.. name.Select(letter => letter switch
    {
        'M' => MemberKind.InMemoryNode,
        'P' when name.Contains('M') => MemberKind.InMemoryPublisher,
        'D' => MemberKind.DotNetNode,
        'P' => MemberKind.DotNetPublisher,
        'N' => MemberKind.SocketIoServer,
        'E' => MemberKind.SocketIoEmitter,
        _ => throw new ArgumentException($"'{letter}' is no kind of member.", nameof(name)),
    })];

    public MemberKind Sender => Kinds[0];

    /// <summary>The number of nodes.</summary>
    public int Nodes => Kinds.Count(static kind => kind.IsNode());

    public bool HasReference => Kinds.Any(static kind => kind.IsReference());

    public override string ToString() => $"{Name} ({string.Join(", ", Kinds.Select(static (kind, role) => $"{role}: {kind.Describe()}"))})";
}

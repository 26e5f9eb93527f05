namespace EventBus.Transport;

/// <summary>The role of a backend, as PostgreSQL reports it.</summary>
/// <param name="Pid">The process id of the backend.</param>
/// <param name="Role">Its role; null if the backend has gone.</param>
/// <param name="IsOwn">Whether it is the role of this node.</param>
internal sealed record BackendRole(int Pid, string? Role, bool IsOwn);

/// <summary>
/// A process of PostgreSQL that has notified this node. PostgreSQL stamps its pid on each notification, so no message can forge it. The
/// role becomes known a moment after the first notification.
/// </summary>
internal sealed class Backend(int pid)
{
    private volatile BackendRole? _found;

    /// <summary>The sender of messages without a pid: there are only members.</summary>
    public static Backend Local { get; } = new(0) { Found = new BackendRole(0, "", IsOwn: true) };

    public int Pid { get; } = pid;

    /// <summary>The result of the last look-up; null before the first one.</summary>
    public BackendRole? Found
    {
        get => _found;
        set => _found = value;
    }

    /// <summary>Its role; null if it is not known.</summary>
    public string? Role => _found?.Role;

    /// <summary>Whether it has the role of this node.</summary>
    public bool IsOwn => _found is { IsOwn: true };

    /// <summary>Whether it had gone before its role was looked up.</summary>
    public bool IsGone => _found is { Role: null };

    /// <summary>Whether a look-up is queued or under way. <see cref="Backends"/> owns it.</summary>
    public bool IsWanted { get; set; }

    /// <summary>The timestamp of the last look-up.</summary>
    public long LookedUp { get; set; }
}

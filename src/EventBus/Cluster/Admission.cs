using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// Decides whether this node carries out what other backends request: to respond, or to change its sockets. Each role has a budget of
/// bytes, so no role can use up the one of another. Events are never refused. The pump owns it; the budgets are thread-safe.
/// </summary>
/// <remarks>
/// The role is the one of the backend that PostgreSQL stamps on the notification; uids can be forged. All backends whose role is not known
/// share one budget: backends that had gone before it was looked up, and new ones for a moment.
/// </remarks>
internal sealed class Admission(Backends backends, TimeProvider time, BusDiagnostics diagnostics)
{
    /// <summary>The bytes that a foreign role may cause at once, and per second.</summary>
    public const int ForeignBurst = 4 * 1024 * 1024, ForeignPerSecond = 512 * 1024;

    /// <summary>The same for the role of this node.</summary>
    public const int OwnBurst = 256 * 1024 * 1024, OwnPerSecond = 64 * 1024 * 1024;

    /// <summary>The most foreign roles with a budget of their own. Further ones share one.</summary>
    public const int MaxRoles = 256;

    /// <summary>The least cost of a request of a foreign role: each response costs a place in the queue, too.</summary>
    private const int LeastForeignCost = 1024;

    // A message that changes sockets concerns all of them, and can name a thousand rooms.
    private const int ManagementFactor = 4;

    private readonly TokenBucket _own = new(OwnBurst, OwnPerSecond, time);
    private readonly TokenBucket _unknown = new(ForeignBurst, ForeignPerSecond, time);
    private readonly Dictionary<string, TokenBucket> _roles = new(StringComparer.Ordinal);

    /// <summary>Charges a request to the budget of its sender.</summary>
    /// <param name="message">The request.</param>
    /// <param name="budget">The budget, to which the bytes of the response are charged, too.</param>
    /// <returns>False if the budget is used up, so that the request must be ignored. It is then counted.</returns>
    public bool TryAdmit(ClusterMessage message, out TokenBucket budget)
    {
        var sender = backends.Of(message.Pid);
        var cost = message.Size;
        if (sender.IsOwn)
        {
            budget = _own;
        }
        else
        {
            budget = sender.Role is { } role ? Foreign(role) : _unknown;
            cost = Math.Max(cost, LeastForeignCost);
            if (message.Type is MessageType.SocketsJoin or MessageType.SocketsLeave or MessageType.DisconnectSockets)
                cost *= ManagementFactor;
        }

        if (budget.TryTake(cost))
            return true;
        diagnostics.Rejections.Refused(message.Uid, sender.Pid, sender.Role, message.Namespace);
        return false;
    }

    private TokenBucket Foreign(string role)
    {
        if (_roles.TryGetValue(role, out var budget))
            return budget;
        if (_roles.Count == MaxRoles)
            return _unknown;
        budget = new TokenBucket(ForeignBurst, ForeignPerSecond, time);
        _roles.Add(role, budget);
        return budget;
    }
}

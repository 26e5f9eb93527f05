using System.ComponentModel;
using System.Text;

namespace EventBus.CompilerServices;

/// <summary>What is known of an event, whichever contract it is of and whatever it carries. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDefinition
{
    private readonly string _parameters;

    private protected EventDefinition(string name, string parameters, EventSize size)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Size = size;
        _parameters = parameters;
    }

    /// <summary>The event's name on the wire, in UTF-8.</summary>
    internal byte[] Name { get; }

    /// <summary>How many bytes its notification takes.</summary>
    internal EventSize Size { get; }

    /// <summary>What its arguments are of, in their order. An event that is only sent is not asked for them.</summary>
    internal EventParameter[] Parameters => field ??= EventParameter.All(_parameters);

    /// <summary>What an operator sends through.</summary>
    private protected static TBroadcaster Behind<TBroadcaster>(IBroadcaster? broadcaster)
        where TBroadcaster : class, IBroadcaster
        => (TBroadcaster)(broadcaster ?? throw new InvalidOperationException("An operator is had from an emitter, not from 'default'."));
}

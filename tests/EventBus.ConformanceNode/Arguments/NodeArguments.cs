using System.Globalization;
using Npgsql;

namespace EventBus.ConformanceNode.Arguments;

/// <summary>The options of the command line.</summary>
internal sealed record NodeArguments(string Connection, bool IsEmitter, EventBusOptions Options)
{
    // No event is smaller, and the bus accepts no lower threshold.
    private const int LeastPayloadThreshold = 128;

    /// <exception cref="BadArgumentsException">
    /// The connection is missing or invalid, an option is unknown, or a value is not a number or is negative.
    /// </exception>
    public static NodeArguments Parse(IReadOnlyList<string> arguments)
    {
        string? connection = null;
        var isEmitter = false;

        // A handler only writes a line, which never waits: no event may be dropped. Each socket stands for a client.
        var options = new EventBusOptions { SocketQueueEvents = int.MaxValue, AllowRemoteManagement = true };

        for (var index = 0; index < arguments.Count; index++)
        {
            var option = arguments[index];
            switch (option)
            {
                case "--connection":
                    connection = Value();
                    break;
                case "--prefix":
                    options.ChannelPrefix = Value();
                    break;
                case "--table":
                    options.TableName = Value();
                    break;
                case "--uid":
                    options.Uid = Value();
                    break;
                case "--payload-threshold":
                    options.PayloadThreshold = Math.Max(Number(), LeastPayloadThreshold);
                    break;
                case "--heartbeat-interval":
                    options.HeartbeatInterval = Milliseconds();
                    break;
                case "--heartbeat-timeout":
                    options.HeartbeatTimeout = Milliseconds();
                    break;
                case "--requests-timeout":
                    options.RequestsTimeout = Milliseconds();
                    break;
                case "--cleanup-interval":
                    options.CleanupInterval = Milliseconds();
                    break;
                case "--emitter":
                    isEmitter = true;
                    break;
                default:
                    throw new BadArgumentsException($"There is no option '{option}'.");
            }

            string Value() => ++index < arguments.Count ? arguments[index] : throw new BadArgumentsException($"{option} has no value.");

            int Number() => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new BadArgumentsException($"{option} is '{arguments[index]}': it must be a non-negative integer.");

            TimeSpan Milliseconds() => TimeSpan.FromMilliseconds(Number());
        }

        if (string.IsNullOrWhiteSpace(connection))
            throw new BadArgumentsException("--connection is missing: give an Npgsql connection string.");
        Check(connection);
        return new(connection, isEmitter, options);
    }

    private static void Check(string connection)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException exception)
        {
            throw new BadArgumentsException($"--connection is not an Npgsql connection string: {exception.Message}");
        }
    }
}

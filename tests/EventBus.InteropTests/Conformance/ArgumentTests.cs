using EventBus.ConformanceNode.Arguments;

namespace EventBus.InteropTests.Conformance;

/// <summary>The command line of the conformance node.</summary>
public sealed class ArgumentTests
{
    [Fact]
    public void Read_sets_every_option()
    {
        var arguments = NodeArguments.Parse(
        [
            "--connection", "Host=h", "--prefix", "p", "--table", "s.t", "--uid", "00ff", "--payload-threshold", "500",
            "--heartbeat-interval", "10", "--heartbeat-timeout", "20", "--requests-timeout", "30", "--cleanup-interval", "40", "--emitter",
        ]);

        Assert.Equal("Host=h", arguments.Connection);
        Assert.True(arguments.IsEmitter);
        var options = arguments.Options;
        Assert.Equal(("p", "s.t", "00ff", 500), (options.ChannelPrefix, options.TableName, options.Uid, options.PayloadThreshold));
        Assert.Equal(
            [10, 20, 30, 40],
            new[] { options.HeartbeatInterval, options.HeartbeatTimeout, options.RequestsTimeout, options.CleanupInterval }
                .Select(static time => time.TotalMilliseconds));
    }

    [Fact]
    public void Read_uses_defaults_for_absent_options()
    {
        var arguments = NodeArguments.Parse(["--connection", "Host=h"]);

        Assert.False(arguments.IsEmitter);
        Assert.Equivalent(new EventBusOptions { SocketQueueEvents = int.MaxValue, AllowRemoteManagement = true }, arguments.Options);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("128")]
    public void Payload_threshold_of_1_attaches_every_event(string bytes) =>
        Assert.Equal(128, NodeArguments.Parse(["--connection", "Host=h", "--payload-threshold", bytes]).Options.PayloadThreshold);

    [Theory]
    [InlineData("--connection is missing")]
    [InlineData("--connection has no value", "--connection")]
    [InlineData("--connection is missing", "--connection", " ")]
    [InlineData("--connection is not an Npgsql connection string", "--connection", "this is none")]
    [InlineData("--connection is not an Npgsql connection string", "--connection", "Colour=red")]
    [InlineData("There is no option '--colour'", "--connection", "Host=h", "--colour", "red")]
    [InlineData("There is no option 'Host=h'", "Host=h")]
    [InlineData("--payload-threshold is 'many'", "--connection", "Host=h", "--payload-threshold", "many")]
    [InlineData("--heartbeat-interval is '-1'", "--connection", "Host=h", "--heartbeat-interval", "-1")]
    [InlineData("--cleanup-interval is '1.5'", "--connection", "Host=h", "--cleanup-interval", "1.5")]
    [InlineData("--requests-timeout has no value", "--connection", "Host=h", "--requests-timeout")]
    [InlineData("--heartbeat-timeout is '99999999999'", "--connection", "Host=h", "--heartbeat-timeout", "99999999999")]
    public void Read_names_an_invalid_argument(string message, params string[] arguments)
    {
        var exception = Assert.Throws<BadArgumentsException>(() => NodeArguments.Parse(arguments));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }
}

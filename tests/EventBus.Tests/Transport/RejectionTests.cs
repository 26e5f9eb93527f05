using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Tests.Transport;

/// <summary>The meaning of errors of the server for the messages of a statement.</summary>
public sealed class RejectionTests
{
    [Theory]
    [InlineData("ERROR", "53100", "mdextend", true)]
    [InlineData("ERROR", "XX000", "exec_stmt_raise", true)]
    [InlineData("ERROR", "57014", "ProcessInterrupts", true)]
    [InlineData("ERROR", "08007", "exec_stmt_raise", false)]
    [InlineData("ERROR", "40003", "exec_stmt_raise", false)]
    [InlineData("ERROR", "08P01", null, false)] // a pooler
    [InlineData("FATAL", "57P01", "ProcessInterrupts", false)]
    [InlineData("PANIC", "XX000", "XLogWrite", false)]
    public void ProvesRollback_is_true_for_errors_of_the_server(string severity, string code, string? routine, bool proves)
    {
        var exception = new PostgresException("text", "localised", severity, code, routine: routine);
        Assert.Equal(proves, exception.ProvesRollback);
    }

    [Theory]
    [InlineData("26000", true)] // the prepared statement is gone: a new connection has it again
    [InlineData("42P05", true)] // a pooler's other session has a statement of this name
    [InlineData("54000", true)]
    [InlineData("55P03", true)]
    [InlineData("53200", false)]
    [InlineData("22021", false)]
    public void MayPass_is_true_for_causes_outside_the_message(string code, bool mayPass) =>
        Assert.Equal(mayPass, new PostgresException("text", "ERROR", "ERROR", code).MayPass);
}

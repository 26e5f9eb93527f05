using EventBus.Transport.Postgres;
using Npgsql;

namespace EventBus.Tests.Transport;

/// <summary>Which errors prove that nothing of a statement was committed.</summary>
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
}

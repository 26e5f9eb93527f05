using EventBus.Diagnostics;
using EventBus.Transport.Postgres;
using EventBus.Transport.Sql;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventBus.Tests.Transport;

public sealed class SweepOutcomesTests
{
    private readonly List<Exception> _reported = [];
    private readonly BusDiagnostics _diagnostics;
    private readonly SweepOutcomes _outcomes;

    public SweepOutcomesTests()
    {
        _diagnostics = new BusDiagnostics(NullLogger.Instance, _reported.Add);
        _outcomes = new SweepOutcomes(new AttachmentSchema("attachments"), _diagnostics);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.LockNotAvailable)]
    [InlineData(PostgresErrorCodes.QueryCanceled)]
    [InlineData(PostgresErrorCodes.DiskFull)]
    public void Fail_transient_cause_is_reported_after_three_in_a_row(string code)
    {
        Fail(Rejection(code), times: 2);
        _outcomes.Succeed(removed: 0);
        Fail(Rejection(code), times: 2);
        Assert.Empty(_reported);
        Fail(Rejection(code), times: 5);
        Assert.IsType<AttachmentsNotRemovedException>(Assert.Single(_reported));
        Assert.Equal(9, _diagnostics.FailedSweeps.Value);
    }

    [Theory]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, "Grant DELETE")]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, "default_transaction_read_only")]
    [InlineData(PostgresErrorCodes.ObjectNotInPrerequisiteState, "REPLICA IDENTITY FULL")]
    [InlineData(PostgresErrorCodes.RaiseException, "\"attachments\"")]
    public void Fail_lasting_cause_is_reported_at_once_with_its_remedy(string code, string text)
    {
        Fail(Rejection(code), times: 3);
        Assert.Contains(text, Assert.Single(_reported).Message, StringComparison.Ordinal);
        Assert.True(_diagnostics.Snapshot().IsSweepRejected);
        _outcomes.Succeed(removed: 0);
        Assert.False(_diagnostics.Snapshot().IsSweepRejected);
        Fail(Rejection(code), times: 1);
        Assert.Equal(2, _reported.Count);
    }

    [Fact]
    public void Fail_exhausted_pool_or_timeout_is_reported_after_three_in_a_row()
    {
        Fail(new NpgsqlException("The connection pool has been exhausted", new TimeoutException()), times: 3);
        Assert.Single(_reported);
    }

    [Fact]
    public void Fail_lost_connection_is_only_counted()
    {
        Fail(new NpgsqlException("Exception while reading from stream", new EndOfStreamException()), times: 10);
        Assert.Empty(_reported);
        Assert.Equal(10, _diagnostics.Snapshot().FailedSweeps);
    }

    [Fact]
    public void Miss_ten_in_a_row_are_reported_once()
    {
        Miss(9);
        _outcomes.Succeed(removed: 0);
        Miss(9);
        Assert.Empty(_reported);
        Miss(5);
        Assert.Contains("advisory lock", Assert.Single(_reported).Message, StringComparison.Ordinal);
        Assert.Equal(5, _diagnostics.FailedSweeps.Value);

        void Miss(int times)
        {
            for (var i = 0; i < times; i++)
                _outcomes.Miss();
        }
    }

    private static PostgresException Rejection(string code) => new("rejected", "ERROR", "ERROR", code, routine: "exec");

    private void Fail(Exception exception, int times)
    {
        for (var i = 0; i < times; i++)
            _outcomes.Fail(exception);
    }
}

using System.Data;
using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Reads batches of attachments over the worker connections, in their order and within the budget.</summary>
internal sealed class AttachmentReader(
    WorkerConnections workers,
    AttachmentSchema schema,
    AttachmentBudget budget,
    TimeProvider time,
    BusDiagnostics diagnostics,
    Func<long, Task>? beforeReady)
{
    private const int CommandTimeout = 10;

    /// <summary>The time for which reading is retried, before an attachment is counted as lost.</summary>
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(10);

    // The sort moves only the pointers of the rows to their payloads.
    private string Sql => $"""
        SELECT a.id, octet_length(a.payload), a.payload
        FROM unnest($1) WITH ORDINALITY wanted(id, o) JOIN {schema.Name} a ON a.id = wanted.id
        ORDER BY o
        """;

    /// <summary>Reads the attachments. All are ready when the task completes, and most before that.</summary>
    /// <param name="batch">The attachments, in the order of their notifications.</param>
    /// <param name="isReady">Called when an attachment is ready.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task ReadAsync(IReadOnlyList<AttachmentFetch> batch, Action isReady, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var began = time.GetTimestamp();
        var backoff = new Backoff(Random.Shared);
        var done = 0;
        while (done < batch.Count)
        {
            try
            {
                var worker = await workers.RentAsync(cancellationToken).ConfigureAwait(false);
                await using (worker.ConfigureAwait(false))
                    await ReadAndNameLockAsync(worker.Connection).ConfigureAwait(false);
            }
            catch (Exception exception) when (done < batch.Count && !cancellationToken.IsCancellationRequested)
            {
                budget.Release(batch[done]);
                batch[done].Free();
                if (exception is PostgresException { MayPass: false } || time.GetElapsedTime(began) > RetryTime)
                {
                    var cause = MissingPrivilege.Explain(exception, schema, new(Reads: true, Removes: true)) ?? exception.Message;
                    while (done < batch.Count)
                    {
                        await FinishAsync(fetch => fetch.Fail($"it cannot be read from {schema.Name}: {cause}"))
                            .ConfigureAwait(false);
                    }

                    return;
                }

                var delay = backoff.Next();
                diagnostics.Logger.AttachmentsRetry(delay, exception);
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }
        }

        async Task ReadAndNameLockAsync(NpgsqlConnection connection)
        {
            try
            {
                await ReadOnceAsync(connection).ConfigureAwait(false);
            }
            catch (Exception exception) when (TableLock.IsSuspected(exception) && !cancellationToken.IsCancellationRequested)
            {
                throw await TableLock.NameAsync(connection, schema, exception, isWrite: false).ConfigureAwait(false);
            }
        }

        async Task ReadOnceAsync(NpgsqlConnection connection)
        {
            var ids = new long[batch.Count - done];
            for (var i = 0; i < ids.Length; i++)
                ids[i] = batch[done + i].Id;
            var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = CommandTimeout };
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids });
            await using var ofCommand = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
            await using var ofReader = reader.ConfigureAwait(false);
            while (done < batch.Count && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var id = reader.GetInt64(0);
                while (batch[done].Id != id)
                    await FinishAsync(static fetch => fetch.FailMissing()).ConfigureAwait(false);
                var length = reader.IsDBNull(1) ? 0 : reader.GetInt32(1);
                if (length is 0 or > EventBusDefaults.MaxMessageBytes)
                    await FinishAsync(fetch => fetch.Fail($"its payload has {length} bytes")).ConfigureAwait(false);
                else
                    await ReadPayloadAsync(reader, length).ConfigureAwait(false);
            }

            while (done < batch.Count)
                await FinishAsync(static fetch => fetch.FailMissing()).ConfigureAwait(false);
        }

        async Task ReadPayloadAsync(NpgsqlDataReader reader, int length)
        {
            await budget.ReserveAsync(batch[done], length).WaitAsync(cancellationToken).ConfigureAwait(false);
            var payload = await reader.GetStreamAsync(2, cancellationToken).ConfigureAwait(false);
            await using (payload.ConfigureAwait(false))
                await batch[done].ReadAsync(payload, length, cancellationToken).ConfigureAwait(false);
            await FinishAsync(static fetch => fetch.Succeed()).ConfigureAwait(false);
        }

        async Task FinishAsync(Action<AttachmentFetch> end)
        {
            var fetch = batch[done];
            if (beforeReady is not null)
                await beforeReady(fetch.Id).ConfigureAwait(false);
            done++;
            end(fetch);
            isReady();
        }
    }
}

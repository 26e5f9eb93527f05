using System.Text;
using EventBus.ConformanceNode.Arguments;
using EventBus.ConformanceNode.Commands;
using EventBus.ConformanceNode.Lines;
using Microsoft.Extensions.Options;
using Npgsql;

const int stopped = 0, failedToStart = 1, badArguments = 2;

await using var lines = new LineWriter(Console.OpenStandardOutput());
var reports = new Reports(lines);

NpgsqlDataSource dataSource;
IMember member;
try
{
    var arguments = NodeArguments.Parse(args);
    arguments.Options.ErrorHandler = exception => reports.Error(exception.Message);
    dataSource = NpgsqlDataSource.Create(arguments.Connection);
    member = arguments.IsEmitter
        ? await EmitterMember.StartAsync(dataSource, arguments.Options, reports)
        : await NodeMember.StartAsync(dataSource, arguments.Options, reports);
}
catch (Exception exception) when (exception is BadArgumentsException or OptionsValidationException or ArgumentException)
{
    return Fail(badArguments, exception);
}
catch (Exception exception) // The driver reads the reason from standard error.
{
    return Fail(failedToStart, exception);
}

using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
await Session.RunAsync(input, lines, reports, member);
await dataSource.DisposeAsync();
return stopped;

static int Fail(int exitCode, Exception exception)
{
    Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    return exitCode;
}

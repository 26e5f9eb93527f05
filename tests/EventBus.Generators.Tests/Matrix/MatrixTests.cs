using System.Text.Json;
using EventBus.Generators.Tests.Running;
using EventBus.SampleContracts;
using EventBus.Serialization;
using Xunit.Sdk;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>Every type in both encodings, from .NET to .NET and between .NET and Node.js in both directions.</summary>
public sealed class MatrixTests(ITestOutputHelper output)
{
    private static readonly ValueEncoding[] BothEncodings = [ValueEncoding.Json, ValueEncoding.MessagePack];

    private readonly MatrixTable _table = new();

    [Fact]
    public async Task Matrix_every_type_and_direction_is_right()
    {
        var wires = await SendToDotNetAsync();
        if (!MatrixNode.IsMissing)
        {
            await SendToNodeAsync(wires);
            await SendFromNodeAsync();
        }

        output.WriteLine(_table.ToString());
        Assert.Empty(_table.Wrong);
        Assert.SkipWhen(MatrixNode.IsMissing, "The packages of the interop tests are missing: run eng/setup.sh. .NET to .NET is right.");
        Assert.Equal(MatrixRows.All.Count * 6, _table.Cells);
    }

    [Fact]
    public void Matrix_has_a_row_for_every_event() => Assert.Equal(
        typeof(IMatrixEvents).GetMethods().Select(static method => char.ToLowerInvariant(method.Name[0]) + method.Name[1..])
            .Order(StringComparer.Ordinal),
        MatrixRows.All.Select(static row => row.Event).Order(StringComparer.Ordinal));

    [Fact]
    public void Matrix_reports_a_wrong_cell()
    {
        _table.Set("int", "here", MatrixTable.Right);
        _table.Set("text", "here", "read [ 1 ]");

        Assert.Equal("text, here: read [ 1 ]", Assert.Single(_table.Wrong));
        Assert.Contains("WRONG", _table.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(MatrixTable.Right, Compare(1, 2));
        Assert.NotEqual(MatrixTable.Right, Compare(JsonElement.Parse("1"), JsonElement.Parse("2")));
    }

    private async Task<Dictionary<(string, ValueEncoding), string>> SendToDotNetAsync()
    {
        var wires = new Dictionary<(string, ValueEncoding), string>();
        foreach (var row in MatrixRows.All)
        {
            foreach (var encoding in BothEncodings)
            {
                if (HasNoForm(row, encoding, ".NET→.NET"))
                    continue;
                var (handler, recorder) = Recorder<IMatrixEvents>.Create();
                var loopback = new Loopback<IMatrixEvents>(encoding, handler);
                await row.SendAsync(loopback.Emitter);
                wires[(row.Event, encoding)] = loopback.Wire;
                Set(row, encoding, ".NET→.NET", Compare(row.Value, recorder.Last.Arguments[0]));
            }
        }

        return wires;
    }

    private async Task SendToNodeAsync(Dictionary<(string, ValueEncoding), string> wires)
    {
        var cells = Cells(".NET→Node");
        var answers = await MatrixNode.AskAsync(
            cells.Select(
                cell => MatrixNode.Read(
                    cell.Encoding,
                    wires[(cell.Row.Event, cell.Encoding)],
                    cell.Encoding == ValueEncoding.Json ? cell.Row.Inline : cell.Row.Attached)),
            TestContext.Current.CancellationToken);
        foreach (var (cell, answer) in cells.Zip(answers))
            Set(cell.Row, cell.Encoding, ".NET→Node", answer.Length == 0 ? MatrixTable.Right : answer);
        Assert.Equal(cells.Count, answers.Count);
    }

    private async Task SendFromNodeAsync()
    {
        var cells = Cells("Node→.NET");
        var answers = await MatrixNode.AskAsync(
            cells.Select(static cell => MatrixNode.Write(cell.Encoding, cell.Row.Event, cell.Row.Written)),
            TestContext.Current.CancellationToken);
        Assert.Equal(cells.Count, answers.Count);
        foreach (var (cell, answer) in cells.Zip(answers))
            Set(cell.Row, cell.Encoding, "Node→.NET", await ReceiveAsync(cell.Row, cell.Encoding, answer));
    }

    private static async Task<string> ReceiveAsync(MatrixRow row, ValueEncoding encoding, string data)
    {
        var (handler, recorder) = Recorder<IMatrixEvents>.Create();
        var loopback = new Loopback<IMatrixEvents>(encoding, handler);
        try
        {
            await (encoding == ValueEncoding.Json ? loopback.ReceiveAsync(data) : loopback.ReceiveHexAsync(data));
        }
        catch (EventSerializationException exception)
        {
            return exception.Message;
        }

        return Compare(row.Value, recorder.Last.Arguments[0]);
    }

    // JSON has no form for binary: such an event is always attached.
    private List<(MatrixRow Row, ValueEncoding Encoding)> Cells(string way) =>
        [.. from row in MatrixRows.All from encoding in BothEncodings where !HasNoForm(row, encoding, way) select (row, encoding)];

    private bool HasNoForm(MatrixRow row, ValueEncoding encoding, string way)
    {
        if (encoding == ValueEncoding.MessagePack || row.Inline.Length > 0)
            return false;
        Set(row, encoding, way, MatrixTable.NoForm);
        return true;
    }

    private void Set(MatrixRow row, ValueEncoding encoding, string way, string result) =>
        _table.Set(row.Event, $"{way} {encoding}", result);

    private static string Compare(object? expected, object? actual)
    {
        if (expected is JsonDocument document)
            return Compare(document.RootElement, (actual as JsonDocument)?.RootElement);
        if (expected is JsonElement json)
            return actual is JsonElement other && other.GetRawText() == json.GetRawText() ? MatrixTable.Right : $"{actual}";
        try
        {
            Assert.Equal(expected, actual is ReadOnlyMemory<byte> memory ? memory.ToArray() : actual);
            return MatrixTable.Right;
        }
        catch (XunitException exception)
        {
            return exception.Message;
        }
    }
}

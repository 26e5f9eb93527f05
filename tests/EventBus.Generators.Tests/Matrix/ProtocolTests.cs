using System.Globalization;
using System.Text;
using EventBus.Generators.Tests.Running;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>The tables of values in docs/protocol.md are those of the matrix.</summary>
public sealed class ProtocolTests
{
    private static readonly ValueEncoding[] BothEncodings = [ValueEncoding.Json, ValueEncoding.MessagePack];

    [Fact]
    public void Every_row_of_the_matrix_has_one_form() => Assert.Equal(
        MatrixRows.All.Select(static row => row.Event).Order(StringComparer.Ordinal),
        ValueForms.All.SelectMany(static form => form.Events).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Table_of_types_is_that_of_the_matrix()
    {
        var table = new StringBuilder()
            .Append("| .NET | inline, JSON | attached, MessagePack | Read |\n|---|---|---|---|\n");
        foreach (var form in ValueForms.All)
        {
            var inline = await CellAsync(form, ValueEncoding.Json, form.Inline);
            var attached = await CellAsync(form, ValueEncoding.MessagePack, form.Attached);
            table.Append(CultureInfo.InvariantCulture, $"| {form.Types} | {inline} | {attached} | {form.Read} |\n");
        }

        ProtocolPage.Verify("types", table.ToString());
    }

    [Fact]
    public async Task Table_of_edge_values_is_that_of_the_matrix()
    {
        Assert.SkipWhen(MatrixNode.IsMissing, "The packages of the interop tests are missing: run eng/setup.sh.");
        var results = new List<(EdgeValue Value, ValueEncoding Encoding, EdgeResult Result)>();
        foreach (var value in EdgeValues.All)
        {
            foreach (var encoding in BothEncodings)
                results.Add((value, encoding, await EdgeResult.OfAsync(value, encoding)));
        }

        var answers = new Queue<string>(await MatrixNode.AskAsync(
            results.Where(static one => one.Result.Wire.Length > 0).Select(static one => MatrixNode.Echo(one.Encoding, one.Result.Wire)),
            TestContext.Current.CancellationToken));
        var table = new StringBuilder()
            .Append("| Value | Inline | Attached | .NET reads | after a Socket.IO server | Why |\n|---|---|---|---|---|---|\n");
        foreach (var pair in results.Chunk(2))
        {
            var echoes = new List<string>();
            foreach (var (_, encoding, result) in pair)
                echoes.Add(await EdgeResult.AfterEchoAsync(encoding, result.Wire.Length == 0 ? "" : answers.Dequeue()));
            var value = pair[0].Value;
            var (inline, attached) = (pair[0].Result, pair[1].Result);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {value.Code} | {Wire(value, ValueEncoding.Json, inline)} | {Wire(value, ValueEncoding.MessagePack, attached)} "
                    + $"| {Both(inline.Read, attached.Read)} | {Both(echoes[0], echoes[1])} | {value.Why} |\n");
        }

        Assert.Empty(answers);
        ProtocolPage.Verify("edge values", table.ToString());
    }

    [Fact]
    public void Part_of_a_page_is_found_and_replaced()
    {
        const string Page = "a\n<!-- generated: one -->\nold\n<!-- end -->\nb\n<!-- generated: two -->\n<!-- end -->\n";

        Assert.Equal("old\n", ProtocolPage.Find(Page, "one"));
        Assert.Equal(Page.Replace("old", "new", StringComparison.Ordinal), ProtocolPage.Replace(Page, "one", "new\n"));
        Assert.Equal("", ProtocolPage.Find(Page, "two"));
    }

    // The kinds of all types of the form, the first one as an example, and the remark.
    private static async Task<string> CellAsync(ValueForm form, ValueEncoding encoding, string remark)
    {
        var values = new List<WireValue>();
        foreach (var row in form.Events.Select(static name => MatrixRows.All.Single(row => row.Event == name)))
        {
            if (encoding == ValueEncoding.Json && row.Inline.Length == 0)
                return $"never; {remark}";
            var loopback = new Loopback<IMatrixEvents>(encoding, Recorder<IMatrixEvents>.Create().Handler);
            await row.SendAsync(loopback.Emitter);
            values.Add(WireValue.Of(encoding, loopback.Wire, row.Event));
        }

        var kinds = string.Join(", ", values.Select(static value => value.Kind).Distinct());
        return $"{kinds}: {values[0]}{(remark.Length == 0 ? "" : $"; {remark}")}";
    }

    private static string Wire(EdgeValue value, ValueEncoding encoding, EdgeResult result) =>
        result.Wire.Length == 0 ? result.Read : WireValue.Of(encoding, result.Wire, value.Event).ToString();

    private static string Both(string inline, string attached) =>
        inline == attached ? inline : $"inline {inline}, attached {attached}";
}

using System.Globalization;
using System.Text;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>The result of each type in each cell, as a readable table.</summary>
internal sealed class MatrixTable
{
    public const string Right = "ok";
    public const string NoForm = "-";

    private readonly List<string> _columns = [];
    private readonly SortedDictionary<string, Dictionary<string, string>> _rows = new(StringComparer.Ordinal);

    public IEnumerable<string> Wrong => from row in _rows
                                        from cell in row.Value
                                        where cell.Value is not (Right or NoForm)
                                        select $"{row.Key}, {cell.Key}: {cell.Value}";

    public int Cells => _rows.Values.Sum(static row => row.Count);

    public void Set(string row, string column, string result)
    {
        if (!_columns.Contains(column))
            _columns.Add(column);
        if (!_rows.TryGetValue(row, out var cells))
            _rows.Add(row, cells = []);
        cells.Add(column, result);
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{"",-16}").AppendJoin("  ", _columns).Append('\n');
        foreach (var (row, cells) in _rows)
            text.Append(CultureInfo.InvariantCulture, $"{row,-16}")
                .AppendJoin("  ", _columns.Select(column => Cell(cells, column).PadRight(column.Length))).Append('\n');
        return text.ToString();
    }

    private static string Cell(Dictionary<string, string> cells, string column) =>
        cells.TryGetValue(column, out var result) ? result is Right or NoForm ? result : "WRONG" : "?";
}

using System.Net;
using System.Text;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Reporting;

/// <summary>A picture of medians as bars, each with a line from the least to the greatest value, as SVG.</summary>
internal static class BarChart
{
    private const int Width = 860;
    private const int LabelWidth = 270;
    private const int ValueWidth = 110;
    private const int RowHeight = 30;
    private const int BarHeight = 18;
    private const int Top = 64;
    private const int BarWidth = Width - LabelWidth - ValueWidth;

    /// <param name="title">The title.</param>
    /// <param name="subtitle">The circumstances.</param>
    /// <param name="bars">The bars, from top to bottom.</param>
    public static string Draw(string title, string subtitle, IReadOnlyList<(string Name, Spread Spread, bool IsOwn)> bars)
    {
        var greatest = bars.Max(static bar => bar.Spread.Greatest);
        var height = Top + bars.Count * RowHeight + 12;
        var svg = new StringBuilder();
        svg.Append($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img"
                font-family="system-ui, sans-serif" font-size="13">
              <title>{WebUtility.HtmlEncode(title)}</title>
              <rect width="{Width}" height="{height}" fill="#ffffff"/>
              <text x="16" y="26" font-size="16" font-weight="600" fill="#1f2328">{WebUtility.HtmlEncode(title)}</text>
              <text x="16" y="46" font-size="11" fill="#59636e">{WebUtility.HtmlEncode(subtitle)}</text>

            """);
        for (var i = 0; i < bars.Count; i++)
            AppendBar(svg, bars[i], Top + i * RowHeight, greatest);
        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendBar(StringBuilder svg, (string Name, Spread Spread, bool IsOwn) bar, int top, double greatest)
    {
        double Scale(double value) => value / greatest * BarWidth;
        var middle = top + BarHeight / 2;
        var (fill, weight) = bar.IsOwn ? ("#0969da", "600") : ("#8c959f", "400");
        var name = WebUtility.HtmlEncode(bar.Name);
        var (from, to) = (LabelWidth + Scale(bar.Spread.Least), LabelWidth + Scale(bar.Spread.Greatest));
        svg.Append($"""
              <text x="{LabelWidth - 8}" y="{middle + 5}" text-anchor="end" font-weight="{weight}" fill="#1f2328">{name}</text>
              <rect x="{LabelWidth}" y="{top}" width="{Scale(bar.Spread.Median):0.0}" height="{BarHeight}" fill="{fill}"/>
              <line x1="{from:0.0}" x2="{to:0.0}" y1="{middle}" y2="{middle}" stroke="#1f2328" stroke-width="1.5"/>
              <text x="{Width - 12}" y="{middle + 5}" text-anchor="end" fill="#1f2328">{bar.Spread.Median:N0}</text>

            """);
    }
}

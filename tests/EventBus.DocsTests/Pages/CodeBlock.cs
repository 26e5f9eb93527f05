namespace EventBus.DocsTests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, relative to the root.</param>
/// <param name="Line">The line of the fence, counted from 1.</param>
/// <param name="Language">The word behind the fence; empty if there is none.</param>
/// <param name="Code">The lines between the fences.</param>
/// <param name="Preambles">
/// The files of the folder <c>Preambles</c> that it is compiled with: <c>&lt;!-- compile: with chat --&gt;</c>.
/// </param>
/// <param name="Exemption">The reason why it is not compiled, <c>&lt;!-- compile: no, because … --&gt;</c>; null if it is.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Code, IReadOnlyList<string> Preambles, string? Exemption)
{
    public bool Contains(int line) => line >= Line && line <= Line + Code.Split('\n').Length + 1;

    public override string ToString() => $"{Page}:{Line}";
}

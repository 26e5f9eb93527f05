using EventBus.Analyzers.Locking;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>Writes accepted changes into the unshipped file of a contract lock. If there is none, it creates one.</summary>
internal static class LockEdit
{
    public static async Task<Solution> ApplyAsync(Project project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var unshipped = Find(project, LockFile.Unshipped);
        var text = unshipped is null ? null : await unshipped.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var edited = SourceText.From(Edit(text?.ToString() ?? "", diagnostics), text?.Encoding);
        if (unshipped is not null)
            return project.Solution.WithAdditionalDocumentText(unshipped.Id, edited);

        var directory = Path.GetDirectoryName(Find(project, LockFile.Shipped)?.FilePath) ?? "";
        var path = Path.Combine(directory, LockFile.Unshipped);
        return project.Solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), LockFile.Unshipped, edited, filePath: path);
    }

    private static TextDocument? Find(Project project, string name) =>
        project.AdditionalDocuments.FirstOrDefault(file => LockFile.HasName(file.FilePath ?? file.Name, name));

    // Comments stay at the top; the events are in ordinal order.
    private static string Edit(string text, IEnumerable<Diagnostic> diagnostics)
    {
        var lines = text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0).ToList();
        var comments = lines.Where(static line => line[0] == '#').ToList();
        var events = new HashSet<string>(lines.Where(static line => line[0] != '#'));
        foreach (var diagnostic in diagnostics)
        {
            // A line that was never shipped is removed. A shipped line is taken back.
            if (diagnostic.Properties.TryGetValue(LockProperties.Replaced, out var replaced) && !events.Remove(replaced!))
                events.Add(LockFile.Removed + replaced);
            if (diagnostic.Properties.TryGetValue(LockProperties.Added, out var added))
                events.Add(added!);
        }

        var end = text.Contains("\r\n") ? "\r\n" : "\n";
        return string.Concat(comments.Concat(events.OrderBy(static line => line, StringComparer.Ordinal)).Select(line => line + end));
    }
}

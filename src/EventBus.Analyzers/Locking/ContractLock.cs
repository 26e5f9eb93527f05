using System.Collections.Immutable;
using EventBus.Generators.Contracts.Forms;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Locking;

/// <summary>The events that a project has promised: the lines of its two files, without those that were taken back.</summary>
internal sealed class ContractLock
{
    private readonly ILookup<string, LockLine> _byKey;

    private ContractLock(ImmutableArray<LockFile> files)
    {
        var lines = files.SelectMany(static file => file.Lines).ToList();
        var removed = new HashSet<string>(lines.Where(static line => line is { IsRemoved: true, File.IsUnshipped: true }).Select(static line => line.Text));
        var shipped = new HashSet<string>(lines.Where(static line => line is { IsRemoved: false, File.IsUnshipped: false }).Select(static line => line.Text));
        Lines = [.. lines.Where(line => line is { IsRemoved: false, Form: not null } && (line.File.IsUnshipped || !removed.Contains(line.Text)))];
        Faults = [.. lines.Select(line => (line, FindFault(line, shipped))).Where(static pair => pair.Item2 is not null).Select(static pair => (pair.line, pair.Item2!))];
        _byKey = Lines.ToLookup(static line => line.Form!.Key);
    }

    /// <summary>What is promised.</summary>
    public ImmutableArray<LockLine> Lines { get; }

    /// <summary>Lines that mean nothing, and why.</summary>
    public ImmutableArray<(LockLine Line, string Reason)> Faults { get; }

    /// <summary>Null where the project has no lock.</summary>
    public static ContractLock? Of(ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellationToken)
    {
        var files = additionalFiles.Select(file => LockFile.TryRead(file, cancellationToken)).Where(static file => file is not null).Select(static file => file!).ToImmutableArray();
        return files.IsEmpty ? null : new ContractLock(files);
    }

    /// <summary>
    /// The line that an event must keep to: its own if there is one, else one that it is compatible with, else any of its name; null for a new event. A line that another event of the name keeps to,
    /// in a contract beside this one, is not this one's.
    /// </summary>
    public LockLine? Find(EventForm form, DeclaredForms declared)
    {
        var text = form.ToString();
        var named = _byKey[form.Key].ToList();
        if (named.FirstOrDefault(line => line.Text == text) is { } own)
            return own;

        var lines = named.Where(line => !declared.Contains(line.Text)).ToList();
        return lines.FirstOrDefault(line => FormChange.FindBreak(line.Form!, form) is null) ?? lines.FirstOrDefault();
    }

    private static string? FindFault(LockLine line, HashSet<string> shipped) => line switch
    {
        { Form: null } => "it is not the form of an event",
        { IsRemoved: true, File.IsUnshipped: false } => $"what is shipped is taken back in '{LockFile.Unshipped}'",
        { IsRemoved: true } when !shipped.Contains(line.Text) => $"'{LockFile.Shipped}' has no such line to take back",
        _ => null,
    };
}

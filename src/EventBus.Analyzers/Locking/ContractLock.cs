using System.Collections.Immutable;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Forms;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Locking;

/// <summary>The events that a project has promised: the lines of its two files, without the lines that were taken back.</summary>
internal sealed class ContractLock
{
    private readonly ILookup<string, LockLine> _byKey;

    private ContractLock(ImmutableArray<LockFile> files)
    {
        var lines = files.SelectMany(static file => file.Lines).ToList();
        var removed = Texts(lines.Where(static line => line is { IsRemoved: true, File.IsUnshipped: true }));
        var shipped = Texts(lines.Where(static line => line is { IsRemoved: false, File.IsUnshipped: false }));
        Lines =
        [
            .. lines.Where(line => line is { IsRemoved: false, Form: not null } && (line.File.IsUnshipped || !removed.Contains(line.Text))),
        ];
        Faults = [.. from line in lines let fault = FindFault(line, shipped) where fault is not null select (line, fault)];
        _byKey = Lines.ToLookup(static line => line.Form!.Key);
    }

    /// <summary>The lines that promise an event.</summary>
    public ImmutableArray<LockLine> Lines { get; }

    /// <summary>The lines that mean nothing, each with the reason.</summary>
    public ImmutableArray<(LockLine Line, string Reason)> Faults { get; }

    /// <summary>Null if the project has no contract lock.</summary>
    public static ContractLock? Of(ImmutableArray<AdditionalText> additionalFiles, CancellationToken cancellationToken)
    {
        var files = additionalFiles.Select(file => LockFile.TryRead(file, cancellationToken)).OfType<LockFile>().ToImmutableArray();
        return files.IsEmpty ? null : new ContractLock(files);
    }

    /// <summary>
    /// The line that an event must keep to: its own line, else a line that it is compatible with, else any line of its name; null for a new
    /// event. A line that another event of the same name keeps to, declared by another contract, does not count.
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

    private static HashSet<string> Texts(IEnumerable<LockLine> lines) => [.. lines.Select(static line => line.Text)];

    private static string? FindFault(LockLine line, HashSet<string> shipped) => line switch
    {
        { Form: null } => "it does not describe an event",
        { IsRemoved: true, File.IsUnshipped: false } => $"a shipped line is taken back in '{LockFile.Unshipped}'",
        { IsRemoved: true } when !shipped.Contains(line.Text) => $"'{LockFile.Shipped}' has no such line to take back",
        _ => null,
    };
}

/// <summary>The forms of all events that a project declares. They are found on first use: most events keep to their own line.</summary>
internal sealed class DeclaredForms(TypeShapeReader shapes)
{
    private readonly Lazy<HashSet<string>> _texts = new(() => [.. Find(shapes)]);

    public bool Contains(string text) => _texts.Value.Contains(text);

    private static IEnumerable<string> Find(TypeShapeReader shapes)
    {
        var reader = new FormReader(shapes);
        return from contract in ContractEvents.DeclaredIn(shapes.Compilation.Assembly)
               where ContractValidity.IsValid(contract, shapes)
               from method in ContractEvents.Of(contract)
               select reader.Read(method, contract).ToString();
    }
}

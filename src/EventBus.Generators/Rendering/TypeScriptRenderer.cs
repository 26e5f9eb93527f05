using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the TypeScript of an assembly's contracts.</summary>
internal static class TypeScriptRenderer
{
    public static string Render(TypeScriptFile file) => string.Join("\n", Blocks(file));

    private static IEnumerable<string> Blocks(TypeScriptFile file)
    {
        yield return $"// Written by EventBus from the contracts of {file.AssemblyName}. What is changed here is lost with the next build.\n";
        yield return Namespaces(file);
        foreach (var contract in file.Contracts)
            yield return $"{Comment(contract.Origin)}export interface {contract.Name} {Braces(contract.Events.Select(Event))}\n";
        foreach (var type in file.Types.Concat(file.BuiltInTypes))
            yield return Comment(type.Origin) + Declaration(type);
    }

    private static string Declaration(TypeScriptType type) => type.Members is { } members
        ? $"export interface {type.Name} {Braces(members)}\n"
        : $"export type {type.Name} = {type.Expression};\n";

    private static string Namespaces(TypeScriptFile file)
    {
        var literals = file.Namespaces.Select(static ns => ns.Literal).ToList();
        var preset = literals.Contains("\"/\"") ? " = \"/\"" : literals.Count == 1 ? $" = {literals[0]}" : "";
        return SourceTemplate.Render(
            $$"""
            /** What a Socket.IO server sends to the clients of a namespace: for the client's Socket<ServerToClientEvents, …> and the server's Server<…, ServerToClientEvents>. */
            export type ServerToClientEvents<Namespace extends keyof NamespaceEvents{{preset}}> = NamespaceEvents[Namespace];

            /** The events of every namespace. */
            export interface NamespaceEvents {{Braces(file.Namespaces.Select(Member))}}

            """);
    }

    private static string Member(TypeScriptNamespace ns) => $"{ns.Literal}: {string.Join(" & ", ns.Parts)}";

    private static string Event(TypeScriptEvent item) => $"{item.Key}: ({string.Join(", ", item.Parameters)}) => void";

    private static string Braces(IEnumerable<string> members) =>
        $"{{\n{string.Concat(members.Select(static member => $"  {member};\n"))}}}";

    private static string Comment(string text) => $"/** {text.Replace("*/", "*\u200b/")} */\n";
}

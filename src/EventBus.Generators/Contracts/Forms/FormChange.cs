using System.Collections.Immutable;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>Compares two forms of an event: whether peers that know different forms understand each other.</summary>
internal static class FormChange
{
    /// <summary>The first misunderstanding, as a sentence without its end; null if the forms differ in optional parts only.</summary>
    public static string? FindBreak(EventForm before, EventForm after) =>
        Parameters(before.Parameters, after.Parameters) ?? Ack(before.Ack, after.Ack);

    // Only its position identifies an argument.
    private static string? Parameters(ImmutableArray<NamedForm> before, ImmutableArray<NamedForm> after)
    {
        for (var i = 0; i < Math.Max(before.Length, after.Length); i++)
        {
            var found = i >= before.Length ? Added(after[i], after[i].Name)
                : i >= after.Length ? Removed(before[i], before[i].Name)
                : before[i].Name != after[i].Name ? Renamed(i, before, after)
                : !before[i].IsOptional || after[i].IsOptional ? Type(before[i].Type, after[i].Type, before[i].Name)
                : $"'{before[i].Name}' was optional and is now required";
            if (found is not null)
                return found;
        }

        return null;
    }

    private static string Renamed(int index, ImmutableArray<NamedForm> before, ImmutableArray<NamedForm> after) =>
        before.Any(parameter => parameter.Name == after[index].Name)
            ? $"'{after[index].Name}' is in the place of '{before[index].Name}'"
            : after.Any(parameter => parameter.Name == before[index].Name)
                ? $"'{after[index].Name}' was inserted before '{before[index].Name}'"
                : $"'{before[index].Name}' was renamed to '{after[index].Name}'";

    private static string? Members(ImmutableArray<NamedForm> before, ImmutableArray<NamedForm> after, string path)
    {
        foreach (var old in before)
        {
            var now = after.FirstOrDefault(member => member.Name == old.Name);
            var name = $"{path}.{old.Name}";
            var found = now is null ? Removed(old, name)
                : now.IsOptional != old.IsOptional ? $"'{name}' was {Presence(old)} and is now {Presence(now)}"
                : Type(old.Type, now.Type, name);
            if (found is not null)
                return found;
        }

        return after.Where(member => before.All(old => old.Name != member.Name))
            .Select(member => Added(member, $"{path}.{member.Name}"))
            .FirstOrDefault(static found => found is not null);
    }

    private static string? Cases(ImmutableArray<NamedForm> before, ImmutableArray<NamedForm> after, string path)
    {
        foreach (var name in before.Concat(after).Select(static item => item.Name))
        {
            var (old, now) = (before.FirstOrDefault(item => item.Name == name), after.FirstOrDefault(item => item.Name == name));
            var found = old is null ? $"'{path}' has the new case '{name}'"
                : now is null ? $"'{path}' no longer has the case '{name}'"
                : Type(old.Type, now.Type, $"{path} as {name}");
            if (found is not null)
                return found;
        }

        return null;
    }

    private static string? Ack(TypeForm? before, TypeForm? after) => (before, after) switch
    {
        (null, null) => null,
        (null, _) => "it is now acknowledged",
        (_, null) => "it is no longer acknowledged",
        _ => Type(before, after, "the ack"),
    };

    private static string? Type(TypeForm before, TypeForm after, string path) => (before, after) switch
    {
        (TypeForm.Nullable old, TypeForm.Nullable now) => Type(old.Underlying, now.Underlying, path),
        (TypeForm.List old, TypeForm.List now) => Type(old.Element, now.Element, $"{path}[]"),
        (TypeForm.Map old, TypeForm.Map now) => Type(old.Key, now.Key, $"the keys of {path}") ?? Type(old.Value, now.Value, $"{path}[]"),
        (TypeForm.Tuple old, TypeForm.Tuple now) when old.Items.Length == now.Items.Length =>
            old.Items.Select((item, i) => Type(item, now.Items[i], $"{path}.Item{i + 1}")).OfType<string>().FirstOrDefault(),
        (TypeForm.Object old, TypeForm.Object now) => Members(old.Members, now.Members, path),
        (TypeForm.Union old, TypeForm.Union now) when old.Key == now.Key => Cases(old.Cases, now.Cases, path),
        _ => before.ToString() == after.ToString() ? null : $"'{path}' was '{before}' and is now '{after}'",
    };

    private static string? Added(NamedForm added, string name) => added.IsOptional ? null : $"'{name}' was added as required";

    private static string? Removed(NamedForm removed, string name) =>
        removed.IsOptional ? null : $"'{name}' was required and is now missing";

    private static string Presence(NamedForm form) => form.IsOptional ? "optional" : "required";
}

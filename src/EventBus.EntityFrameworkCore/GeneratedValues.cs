using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Shows events the values that the database has generated, such as keys. EF Core knows them when the rows are written, but assigns them to
/// the entities only after the commit, and not at all if the commit fails: so they are taken back until then.
/// </summary>
internal readonly struct GeneratedValues : IDisposable
{
    private readonly List<(object Entity, MemberInfo Member, object? Before)> _assigned;

    private GeneratedValues(List<(object Entity, MemberInfo Member, object? Before)> assigned) => _assigned = assigned;

    /// <summary>Assigns the values to the entities, until the result is disposed.</summary>
    public static GeneratedValues Show(DbContext context)
    {
        var values = new GeneratedValues([]);
        using (new UndetectedChanges(context.ChangeTracker))
        {
            foreach (var entry in context.ChangeTracker.Entries())
            {
                if (entry.State is EntityState.Added or EntityState.Modified)
                    values.Show(entry);
            }
        }

        return values;
    }

    public void Dispose()
    {
        foreach (var (entity, member, before) in _assigned)
            Write(entity, member, before);
    }

    private void Show(EntityEntry entry)
    {
        foreach (var property in entry.Properties)
        {
            var metadata = property.Metadata;
            if (metadata.IsShadowProperty() || metadata.IsIndexerProperty() || property.IsTemporary)
                continue;
            var member = metadata.GetMemberInfo(forMaterialization: true, forSet: true);
            var (before, value) = (metadata.GetGetter().GetClrValue(entry.Entity), property.CurrentValue);
            if (Equals(before, value))
                continue;
            _assigned.Add((entry.Entity, member, before));
            Write(entry.Entity, member, value);
        }
    }

    private static void Write(object entity, MemberInfo member, object? value)
    {
        if (member is FieldInfo field)
            field.SetValue(entity, value);
        else
            ((PropertyInfo)member).SetValue(entity, value);
    }
}

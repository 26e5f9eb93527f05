using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Shows events the values that the database has generated, such as keys. EF Core knows them when the rows are written, but assigns them to
/// the entities only when it accepts the rows, and not at all if an event or the commit fails: so they are taken back until then.
/// </summary>
internal readonly struct GeneratedValues : IDisposable
{
    private readonly List<(object Entity, MemberInfo Member, object? Before)> _assigned;

    private GeneratedValues(List<(object Entity, MemberInfo Member, object? Before)> assigned) => _assigned = assigned;

    /// <summary>Assigns the values to the entities, until the result is disposed.</summary>
    public static GeneratedValues Show(IEnumerable<EntityEntry> rows)
    {
        var values = new GeneratedValues([]);
        try
        {
            foreach (var entry in rows.Where(static entry => entry.State is EntityState.Added or EntityState.Modified))
                values.Show(entry);

            return values;
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var (entity, member, before) in _assigned)
            Write(entity, member, before);
    }

    private void Show(EntityEntry entry)
    {
        foreach (var property in entry.Metadata.GetProperties().Where(IsGenerated))
        {
            var current = entry.Property(property);
            var before = property.GetGetter().GetClrValue(entry.Entity);
            if (current.IsTemporary || Equals(before, current.CurrentValue))
                continue;
            var member = property.GetMemberInfo(forMaterialization: true, forSet: true);
            _assigned.Add((entry.Entity, member, before));
            Write(entry.Entity, member, current.CurrentValue);
        }
    }

    // By the database, or as the key of another row. Other properties need no member that can be set: a constructor can set them.
    private static bool IsGenerated(IProperty property) =>
        (property.ValueGenerated != ValueGenerated.Never || property.IsForeignKey())
        && !property.IsShadowProperty() && !property.IsIndexerProperty();

    private static void Write(object entity, MemberInfo member, object? value)
    {
        if (member is FieldInfo field)
            field.SetValue(entity, value);
        else
            ((PropertyInfo)member).SetValue(entity, value);
    }
}

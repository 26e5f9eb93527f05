namespace EventBus.Hosting;

/// <summary>Finds the name that a mistyped text probably means.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest changed letters, if that is at most a third of them; else null. Case does not count.</summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        var nearest = names.Select(name => (Name: name, Changes: CountChanges(text, name))).MinBy(static pair => pair.Changes);
        return nearest.Changes * 3 <= text.Length ? nearest.Name : null;
    }

    // The distance of Levenshtein: a letter is inserted, removed or replaced.
    private static int CountChanges(string text, string name)
    {
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 0; i < text.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < name.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(text[i]) == char.ToUpperInvariant(name[j]) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}

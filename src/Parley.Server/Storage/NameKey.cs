using Parley.Server.Events.People;

namespace Parley.Server.Storage;

/// <summary>What a name is looked up and sorted by: two names are the same where they differ in the case of ASCII letters alone.</summary>
internal static class NameKey
{
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.AsSpan().ContainsAnyInRange('A', 'Z')
            ? string.Create(name.Length, name, static (key, from) =>
            {
                for (var i = 0; i < key.Length; i++)
                    key[i] = MemberOrder.Fold(from[i]);
            })
            : name;
    }
}

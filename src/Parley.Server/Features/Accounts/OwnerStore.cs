using System.Globalization;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>The server's owner: the account that its operator has named. Nobody becomes that by coming first.</summary>
internal static class OwnerStore
{
    public static UserId? Find(DatabaseConnection db) =>
        db.Prepare("SELECT value FROM properties WHERE name = 'owner'").Text() is { } value && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new UserId(id)
            : null;

    public static void Set(DatabaseConnection db, UserId owner) =>
        db.Prepare("INSERT INTO properties(name, value) VALUES('owner', @owner) ON CONFLICT(name) DO UPDATE SET value = excluded.value")
            .Set("@owner", owner.Value.ToString(CultureInfo.InvariantCulture))
            .Execute();
}

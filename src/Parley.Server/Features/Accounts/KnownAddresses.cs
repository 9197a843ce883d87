using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// The addresses from which somebody logged in successfully: there, wrong passwords of others do not lock them out (docs/adr/0019). What is kept of an address
/// is 24 bits of a keyed hash of it and of the user: enough to know it again, and too little to find it out, for 256 IPv4 addresses fit each. That another
/// address fits by chance wins a guesser ten tries a minute at one name, from that address alone.
/// </summary>
internal sealed class KnownAddresses
{
    /// <summary>For each user; the one that was not used for longest goes.</summary>
    public const int MostOfAUser = 8;

    private const int MostRemovedAtOnce = 1_000;
    private const long DayMicroseconds = 24 * 3_600_000_000L;
    private const long LifetimeMicroseconds = 90 * DayMicroseconds;

    private readonly byte[] _key;

    private KnownAddresses(byte[] key) => _key = key;

    public static KnownAddresses Open(Database database) => new(Convert.FromHexString(
        database.Read(db => db.Prepare("SELECT value FROM properties WHERE name = 'address_key'").Text()) ?? throw new InvalidOperationException("The database has no key for addresses.")));

    /// <summary>Whether the user logged in from there before, and whether the time of that is due to be written again (at most once a day).</summary>
    public (bool IsKnown, bool IsDue) Find(DatabaseConnection db, UserId user, IPAddress address, long now)
    {
        var last = db.Prepare("SELECT last_used_at FROM known_addresses WHERE user_id = @user AND address = @address AND last_used_at > @since")
            .Set("@user", user.Value)
            .Set("@address", HashOf(user, address))
            .Set("@since", now - LifetimeMicroseconds)
            .Integer();
        return (last is not null, last is null || last < now - DayMicroseconds);
    }

    /// <summary>Keeps that the user has just logged in from there.</summary>
    public void Keep(DatabaseConnection db, UserId user, IPAddress address, long now)
    {
        db.Prepare("""
                INSERT INTO known_addresses(user_id, address, last_used_at) VALUES(@user, @address, @now)
                ON CONFLICT(user_id, address) DO UPDATE SET last_used_at = excluded.last_used_at
                """)
            .Set("@user", user.Value)
            .Set("@address", HashOf(user, address))
            .Set("@now", now)
            .Execute();
        db.Prepare("""
                DELETE FROM known_addresses WHERE user_id = @user AND address NOT IN
                    (SELECT address FROM known_addresses WHERE user_id = @user ORDER BY last_used_at DESC, address = @address DESC LIMIT @most)
                """)
            .Set("@user", user.Value)
            .Set("@address", HashOf(user, address))
            .Set("@most", MostOfAUser)
            .Execute();
    }

    /// <summary>Forgets all of a user's: whoever knew the former password may have been there.</summary>
    public static void RemoveAll(DatabaseConnection db, UserId user) => db.Prepare("DELETE FROM known_addresses WHERE user_id = @user").Set("@user", user.Value).Execute();

    /// <summary>Forgets what was not used for 90 days, some of it at a time.</summary>
    public static void RemoveOld(DatabaseConnection db, long now) =>
        db.Prepare("""
                DELETE FROM known_addresses WHERE (user_id, address) IN
                    (SELECT user_id, address FROM known_addresses WHERE last_used_at <= @until ORDER BY last_used_at LIMIT @most)
                """)
            .Set("@until", now - LifetimeMicroseconds)
            .Set("@most", MostRemovedAtOnce)
            .Execute();

    private long HashOf(UserId user, IPAddress address)
    {
        Span<byte> text = stackalloc byte[sizeof(long) + 16];
        BinaryPrimitives.WriteInt64BigEndian(text, user.Value);
        address.TryWriteBytes(text[sizeof(long)..], out var length);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, text[..(sizeof(long) + length)], hash);
        return BinaryPrimitives.ReadInt32BigEndian(hash) & 0xFF_FFFF;
    }
}

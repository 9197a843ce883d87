using Parley.Server.Hosting;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Tests.Storage;

public sealed class SqliteFileLockTests
{
    [Fact]
    public async Task However_many_come_and_go_at_once_one_has_it()
    {
        const int rounds = 3_000;
        using var folder = new TempFolder();
        var path = folder["chat_data.db"];
        var (inside, taken, most) = (0, 0, 0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(ComeAndGo)));

        Assert.Equal(1, most);
        Assert.InRange(taken, 1, 4 * rounds);
        Assert.Empty(Directory.GetFiles(folder.Path));

        void ComeAndGo()
        {
            for (var round = 0; round < rounds; round++)
            {
                try
                {
                    using var held = SqliteFileLock.Take(path);
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Interlocked.Increment(ref taken);
                    Thread.Yield();
                    Interlocked.Decrement(ref inside);
                }
                catch (StartupException)
                {
                    // Another one has it.
                }
            }
        }
    }

    [Fact]
    public void Where_there_is_no_folder_no_other_server_is_blamed()
    {
        using var folder = new TempFolder();

        var refused = Assert.Throws<StartupException>(() => SqliteFileLock.Take(Path.Combine(folder.Path, "none", "chat_data.db")));

        Assert.DoesNotContain("another server", refused.Message, StringComparison.Ordinal);
    }
}

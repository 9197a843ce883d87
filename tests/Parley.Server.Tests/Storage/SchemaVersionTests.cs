using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Tests.Storage;

public sealed class SchemaVersionTests
{
    [Fact]
    public void The_steps_lead_to_the_present_version() => Assert.Equal(SchemaVersion.Current, SqliteSchema.Steps.Length + 1);
}

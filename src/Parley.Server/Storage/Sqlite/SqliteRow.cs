using System.Text;
using SQLitePCL;

namespace Parley.Server.Storage.Sqlite;

/// <summary>The row that a statement stands at, by its address.</summary>
internal sealed class SqliteRow(nint statement) : Row
{
    public override bool IsNull(int column) => SqliteCalls.ColumnType(statement, column) == raw.SQLITE_NULL;

    public override long Integer(int column) => SqliteCalls.ColumnInteger(statement, column);

    public override unsafe string Text(int column)
    {
        var text = SqliteCalls.ColumnText(statement, column);
        return text is null ? "" : Encoding.UTF8.GetString(text, SqliteCalls.ColumnBytes(statement, column));
    }
}

using System.Text;
using SQLitePCL;

namespace Parley.Server.Storage;

/// <summary>The row that a statement stands at.</summary>
internal readonly struct Row(nint statement)
{
    public bool IsNull(int column) => SqliteCalls.ColumnType(statement, column) == raw.SQLITE_NULL;

    public long Integer(int column) => SqliteCalls.ColumnInteger(statement, column);

    public unsafe string Text(int column)
    {
        var text = SqliteCalls.ColumnText(statement, column);
        return text is null ? "" : Encoding.UTF8.GetString(text, SqliteCalls.ColumnBytes(statement, column));
    }
}

namespace Parley.Server.Storage;

/// <summary>The version of the schema that this program writes, whichever engine it is in. Each engine's migrations lead to it.</summary>
internal static class SchemaVersion
{
    public const int Current = 9;
}

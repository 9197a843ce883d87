namespace Parley.Server.Storage;

/// <summary>What kind of thing a name stands for.</summary>
internal enum FileKind
{
    Regular,
    Folder,
    Device,
    Pipe,
    Socket,
    Other,
}

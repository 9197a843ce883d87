using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parley.Server.Storage;

/// <summary>What Linux knows of a file beside its bytes. Two names with the same device and number are one file.</summary>
/// <param name="Device">The file system that it lies on.</param>
/// <param name="Number">Its number there (the inode).</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The permission bits.</param>
/// <param name="User">Its owner.</param>
/// <param name="Group">Its group.</param>
internal sealed partial record FileStatus(ulong Device, ulong Number, FileKind Kind, UnixFileMode Mode, uint User, uint Group)
{
    // struct statx (linux/stat.h), which is the same on every processor; struct stat is not.
    private const int StructBytes = 256;
    private const int UserAt = 20;
    private const int ModeAt = 28;
    private const int NumberAt = 32;
    private const int DeviceAt = 136;
    private const int WorkingFolder = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int KindMask = 0xF000;
    private const int PermissionMask = 0xFFF;

    /// <summary>Of what a name leads to, links followed; null where there is nothing, and on other systems than Linux.</summary>
    public static FileStatus? Of(string path) => OperatingSystem.IsLinux() ? Read(WorkingFolder, path, 0) : null;

    /// <summary>Of an open file.</summary>
    public static FileStatus? Of(SafeFileHandle file) => OperatingSystem.IsLinux() ? Read((int)file.DangerousGetHandle(), "", EmptyPath) : null;

    public bool IsSameFileAs(FileStatus? other) => other is not null && Device == other.Device && Number == other.Number;

    private static FileStatus? Read(int folder, string path, int flags)
    {
        Span<byte> bytes = stackalloc byte[StructBytes];
        if (Statx(folder, path, flags, BasicFields, ref MemoryMarshal.GetReference(bytes)) != 0)
            return null;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(bytes[ModeAt..]);
        return new FileStatus(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[DeviceAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[NumberAt..]),
            KindOf(mode & KindMask),
            (UnixFileMode)(mode & PermissionMask),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[UserAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[(UserAt + sizeof(uint))..]));
    }

    private static FileKind KindOf(int bits) => bits switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x2000 or 0x6000 => FileKind.Device,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint fields, ref byte status);
}

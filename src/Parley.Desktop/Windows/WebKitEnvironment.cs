using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// The environment that WebKitGTK and GTK start with, here and in the processes that they start. What the person has set stands. docs/performance.md,
/// "The window", says what each of them is worth.
/// </summary>
internal static partial class WebKitEnvironment
{
    private const string NoSharedGraphicsMemory = "WEBKIT_DISABLE_DMABUF_RENDERER";

    private static readonly List<string> _ours = [];

    /// <summary>Sets it; before the libraries look at it.</summary>
    internal static void Set()
    {
        // WebKitGTK paints blank on some drivers with it, and it costs 90 MB more (DESIGN.md, "The desktop").
        SetDefault(NoSharedGraphicsMemory, "1");
        if (Environment.GetEnvironmentVariable(NoSharedGraphicsMemory) is null or "1")
            SetDefault("GDK_GL", "disable"); // The pages are painted without it; GDK would load a driver to choose a visual.
        // The page's script passes on what .NET has drawn. Interpreted, it takes no more time, and neither compilers nor what they compiled.
        SetDefault("JSC_useJIT", "0");
    }

    /// <summary>Opens an address with the person's own program for it, which starts without what is set here.</summary>
    internal static void Launch(string uri)
    {
        var context = LaunchContextNew();
        foreach (var name in _ours)
            LaunchContextUnset(context, name);
        _ = LaunchDefaultForUri(uri, context, 0);
        ObjectUnref(context);
    }

    // .NET keeps a copy of the environment: what is set in it is not seen by native code, and what is set here is not seen in it.
    private static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null)
            return;
        _ = SetEnvironment(name, value, overwrite: 0);
        _ours.Add(name);
    }

    private const string GioLibrary = "libgio-2.0.so.0";

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(GioLibrary, EntryPoint = "g_app_launch_context_new")]
    private static partial nint LaunchContextNew();

    [LibraryImport(GioLibrary, EntryPoint = "g_app_launch_context_unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void LaunchContextUnset(nint context, string name);

    [LibraryImport(GioLibrary, EntryPoint = "g_app_info_launch_default_for_uri", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LaunchDefaultForUri(string uri, nint context, nint error);

    [LibraryImport("libgobject-2.0.so.0", EntryPoint = "g_object_unref")]
    private static partial void ObjectUnref(nint instance);
}

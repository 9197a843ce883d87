using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// Watches whether a new web view comes to show anything: its page answers, and then what it painted is not all of one colour. The watch ends with
/// that; nothing runs on beside a window that works. For the window's thread, but for <see cref="PageIsAlive"/>.
/// </summary>
internal sealed partial class PaintWatch
{
    private const uint LookEveryMilliseconds = 500;

    // 20 s of a window that is on the screen: far more than a start on a busy machine takes.
    private const int MostBlankLooks = 40;

    // A picture a quarter as wide and high: enough to see whether there is anything.
    private const int Reduction = 4;

    private readonly nint _view;
    private readonly Action _giveUp;
    private readonly GCHandle _self;
    private volatile bool _isAlive;
    private bool _isStopped;
    private int _blankLooks;

    internal PaintWatch(nint view, Action giveUp)
    {
        _view = view;
        _giveUp = giveUp;
        _self = GCHandle.Alloc(this);
        LookLater();
    }

    /// <summary>The page answers. May be called from any thread.</summary>
    internal void PageIsAlive() => _isAlive = true;

    /// <summary>The view is gone.</summary>
    internal void Stop() => _isStopped = true;

    /// <summary>Whether the pixels are of more than one colour; the fourth byte of each means nothing.</summary>
    internal static bool HasPicture(ReadOnlySpan<uint> pixels)
    {
        const uint Colour = 0x00ffffff;
        var first = pixels.IsEmpty ? 0 : pixels[0] & Colour;
        foreach (var pixel in pixels)
        {
            if ((pixel & Colour) != first)
                return true;
        }

        return false;
    }

    [UnmanagedCallersOnly]
    private static int OnLook(nint data)
    {
        var handle = GCHandle.FromIntPtr(data);
        if (handle.Target is PaintWatch watch && watch.Look())
            watch.LookLater();
        else
            handle.Free();
        return 0;
    }

    // After all else, and counted from the end of the last look: a look that takes long must not leave the window's thread without time for the page,
    // which it may be waiting for.
    private unsafe void LookLater() => _ = Gtk.TimeoutAdd(Gtk.PriorityLow, LookEveryMilliseconds, &OnLook, GCHandle.ToIntPtr(_self), 0);

    // True to look again. What is not on the screen (minimized, another workspace) need not be painted, and proves nothing. To draw a view whose page
    // has not answered yet is to wait for that page for half a second, while it may be waiting for us.
    private bool Look()
    {
        if (_isStopped)
            return false;
        if (_isAlive && HasPainted())
            return false;
        if (IsOnScreen())
            _blankLooks++;
        if (_blankLooks < MostBlankLooks)
            return true;
        _giveUp();
        return false;
    }

    private bool IsOnScreen() => Gtk.WidgetGetWindow(_view) is not 0 and var window && WindowIsViewable(window) != 0;

    // Draws what the view shows into a picture of our own: the same with every kind of display, and whatever lies above the window.
    private unsafe bool HasPainted()
    {
        var (width, height) = (WidgetGetWidth(_view) / Reduction, WidgetGetHeight(_view) / Reduction);
        if (width <= 0 || height <= 0)
            return false;
        ContainerCheckResize(WidgetGetToplevel(_view)); // What waits for its size cannot be drawn.
        var surface = ImageSurfaceCreate(Rgb24, width, height);
        var context = Create(surface);
        Scale(context, 1.0 / Reduction, 1.0 / Reduction);
        WidgetDraw(_view, context);
        SurfaceFlush(surface);
        var pixels = new ReadOnlySpan<uint>(ImageSurfaceGetData(surface), ImageSurfaceGetStride(surface) / sizeof(uint) * height);
        var painted = HasPicture(pixels);
        Destroy(context);
        SurfaceDestroy(surface);
        return painted;
    }

    private const int Rgb24 = 1;
    private const string GtkLibrary = "libgtk-3.so.0";
    private const string GdkLibrary = "libgdk-3.so.0";
    private const string CairoLibrary = "libcairo.so.2";

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_get_allocated_width")]
    private static partial int WidgetGetWidth(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_get_allocated_height")]
    private static partial int WidgetGetHeight(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_get_toplevel")]
    private static partial nint WidgetGetToplevel(nint widget);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_container_check_resize")]
    private static partial void ContainerCheckResize(nint container);

    [LibraryImport(GtkLibrary, EntryPoint = "gtk_widget_draw")]
    private static partial void WidgetDraw(nint widget, nint context);

    [LibraryImport(GdkLibrary, EntryPoint = "gdk_window_is_viewable")]
    private static partial int WindowIsViewable(nint window);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_create")]
    private static partial nint ImageSurfaceCreate(int format, int width, int height);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_get_data")]
    private static unsafe partial void* ImageSurfaceGetData(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_image_surface_get_stride")]
    private static partial int ImageSurfaceGetStride(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_flush")]
    private static partial void SurfaceFlush(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_surface_destroy")]
    private static partial void SurfaceDestroy(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_create")]
    private static partial nint Create(nint surface);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_scale")]
    private static partial void Scale(nint context, double x, double y);

    [LibraryImport(CairoLibrary, EntryPoint = "cairo_destroy")]
    private static partial void Destroy(nint context);
}

using System.Runtime.InteropServices;

namespace Parley.Desktop.Windows;

/// <summary>
/// What WebKitGTK offers at a right click, without a browser's words ("Back", "Reload", "Open Link in New Window"): what one does with text, and the address
/// of somebody's link. For the window's thread.
/// </summary>
internal static partial class TextMenu
{
    // WebKitContextMenuAction: the numbers are part of the library's interface.
    private const int Separator = 0;
    private const int CopyLink = 4;
    private const int Copy = 14;
    private const int Cut = 15;
    private const int Paste = 16;
    private const int Delete = 17;
    private const int SelectAll = 18;
    private const int FirstOfSpelling = 21;
    private const int LastOfSpelling = 24;

    /// <summary>Leaves in a menu what has a place here.</summary>
    /// <param name="isOurs">Whether an address is one of our own pages, whose address is nobody's business.</param>
    /// <returns>Whether anything is left to be shown.</returns>
    internal static bool Reduce(nint menu, nint hit, Func<string, bool> isOurs)
    {
        var isLink = HitIsLink(hit) != 0 && Marshal.PtrToStringUTF8(HitGetLink(hit)) is { } link && !isOurs(link);
        var isText = HitIsEditable(hit) != 0 || HitIsSelection(hit) != 0;
        var kept = 0;
        var endsWithSeparator = true; // None at the top.
        for (var i = 0u; i < MenuCount(menu);)
        {
            var item = MenuItemAt(menu, i);
            var action = ItemIsSeparator(item) != 0 ? Separator : ItemGetAction(item);
            if (action == Separator ? endsWithSeparator : !(IsOfText(action) ? isText : action == CopyLink && isLink))
            {
                MenuRemove(menu, item);
                continue;
            }

            endsWithSeparator = action == Separator;
            kept += endsWithSeparator ? 0 : 1;
            i++;
        }

        if (kept > 0 && endsWithSeparator)
            MenuRemove(menu, MenuItemAt(menu, MenuCount(menu) - 1));
        return kept > 0;
    }

    private static bool IsOfText(int action) =>
        action is Copy or Cut or Paste or Delete or SelectAll or (>= FirstOfSpelling and <= LastOfSpelling);

    private const string WebKitLibrary = "libwebkit2gtk-4.1.so.0";

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_context_menu_get_n_items")]
    private static partial uint MenuCount(nint menu);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_context_menu_get_item_at_position")]
    private static partial nint MenuItemAt(nint menu, uint position);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_context_menu_remove")]
    private static partial void MenuRemove(nint menu, nint item);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_context_menu_item_get_stock_action")]
    private static partial int ItemGetAction(nint item);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_context_menu_item_is_separator")]
    private static partial int ItemIsSeparator(nint item);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_hit_test_result_context_is_link")]
    private static partial int HitIsLink(nint hit);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_hit_test_result_get_link_uri")]
    private static partial nint HitGetLink(nint hit);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_hit_test_result_context_is_editable")]
    private static partial int HitIsEditable(nint hit);

    [LibraryImport(WebKitLibrary, EntryPoint = "webkit_hit_test_result_context_is_selection")]
    private static partial int HitIsSelection(nint hit);
}
